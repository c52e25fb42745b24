"""The field reference: every field of a disclosure, what it means, what may stand in it and who asks for it.

Nothing is listed by hand: the fields are those of the context, their meanings those of the ontology, their
words those of the schemes, and who asks for them the shapes say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from commitgraph.disclosure import fields
from commitgraph.disclosure.catalogue import VARIABLE, checks
from commitgraph.disclosure.fields import CALLED, Field, Level
from commitgraph.disclosure.reading import yaml_reader
from commitgraph.disclosure.reading.source import Remarks, Value
from commitgraph.disclosure.reading.table import columns
from commitgraph.disclosure.shapes import USUAL, Severity, Shape, graph_of, profiles, shapes_of
from commitgraph.disclosure.vocabulary import Vocabulary
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.home import home
from commitgraph.iris import ID, SH

Need = Literal["required", "wanted", "in some cases", "optional"]

_MEANINGS = """
SELECT ?property ?label ?meaning WHERE {
  VALUES ?property { $properties }
  OPTIONAL { ?property rdfs:label ?label }
  OPTIONAL { ?property skos:definition|rdfs:comment ?meaning }
} ORDER BY ?property ?label ?meaning"""
#: What names stand for that are looked up in the graph.
_NAMED = {
    "party/": "a party of the graph: its slug, address, LEI, Wikidata id or name",
    "provision/": "a provision of the graph: its slug, such as seoul-ai-business-pledge/a1-3, or its address",
    "instrument/": "an instrument of the graph: its slug or its address",
}


@dataclass(frozen=True)
class Asking:
    """A check that asks for a field.

    Attributes:
        code, name, severity, profiles: of the check, and the profiles that hold it.
        always: whether it asks in every disclosure, or only under a condition that it names.
        says: what it finds where the field is missing.
    """

    code: str
    name: str
    severity: Severity
    profiles: tuple[str, ...]
    always: bool
    says: str


@dataclass(frozen=True)
class Word:
    """One word that may stand in a field, and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Entry:
    """One field of a disclosure.

    Attributes:
        path: its name after those of the fields that it lies in, such as `entries.evidence.title`.
        iri: address of its property in RDF; empty for a mere group.
        label: what it is called in words.
        meaning: what it says; empty for a mere group.
        kind: what may stand in it, in words.
        many: whether it takes a list.
        words: what may stand in it, where this is a list of the format.
        need: whether it must or should be there, by the usual profiles.
        asked_by: the checks that ask for it.
        in_tables: where it stands in a CSV file and in a workbook; empty where it has no place there.
        in_csv: whether a CSV file can hold it.
        example: a value out of the examples of the checks; empty for groups, and where none has one.
    """

    path: str
    iri: str
    label: str
    meaning: str
    kind: str
    many: bool
    words: tuple[Word, ...]
    need: Need
    asked_by: tuple[Asking, ...]
    in_tables: str
    in_csv: bool
    example: str

    @property
    def where(self) -> str:
        """Which formats hold it, and where it stands in tables, in a sentence."""
        if not self.in_tables:
            held = "All formats but tables hold it; there, the fields in it have places of their own."
        elif self.in_csv:
            held = f"All formats hold it; in tables: {self.in_tables}."
        else:
            held = f"All formats but CSV hold it; in a workbook: {self.in_tables}."
        return f"{held} In RDF: the property <{self.iri}>." if self.iri else held


def field_reference(engine: Engine) -> tuple[Entry, ...]:
    """All fields, in the order of the context, each after the one that it lies in.

    Args:
        engine: of the graph that holds the ontology and its schemes.
    """
    if engine not in _MADE:
        _MADE[engine] = _reference(engine)
    return _MADE[engine]


_MADE: WeakKeyDictionary[Engine, tuple[Entry, ...]] = WeakKeyDictionary()


def allowed(field: Field) -> tuple[str, ...]:
    """What alone may stand in a field: addresses of concepts, or texts; empty where much else may."""
    graph = graph_of(("core",))
    found = (
        shape.allowed
        for shape in shapes_of(("core",)).values()
        if shape.allowed and graph.text(ox.NamedNode(shape.iri), SH + "path") == field.iri
    )
    return next(found, ())


def walk(level: Level | None = None, before: str = "", owner: str = "") -> Iterator[tuple[str, Field, str]]:
    """Every field with its path and the property by which its group hangs on another; empty at the top."""
    for field in (level or fields.top()).fields.values():
        path = f"{before}{field.key}"
        yield path, field, owner
        if field.level:
            # The fields of a mere group belong to what the group lies in.
            yield from walk(field.level, f"{path}.", field.iri or owner)


def _reference(engine: Engine) -> tuple[Entry, ...]:
    told = rows(engine, _MEANINGS, properties=sorted(fields.by_iri()))
    meanings = {row["property"]: (row["label"], row["meaning"]) for row in reversed(told)}
    vocabulary = Vocabulary(engine)
    asked, cells, examples = _asked(), _cells(), _examples()
    made = []
    for path, field, _ in walk():
        if field.kind == "group" and field.level:
            # A mere group is asked for as what is in it.
            inside = [asked.get(f"{path}.{key}", ()) for key in field.level.fields]
            asked[path] = tuple(asking for askings in inside for asking in askings)
        label, meaning = meanings.get(field.iri, ("", ""))
        may = allowed(field)
        words = vocabulary.terms(may) if may and may[0].startswith("http") else ()
        in_tables = cells.get(path, "")
        made.append(
            Entry(
                path=path,
                iri=field.iri,
                label=label or field.key,
                meaning=meaning,
                kind=_kind(field, may),
                many=field.many,
                words=tuple(Word(word.name, word.meaning) for word in words),
                need=_need(path, asked),
                asked_by=asked.get(path, ()),
                in_tables=in_tables,
                in_csv=bool(in_tables) and not path.startswith("risks"),
                example=examples.get(path, ""),
            )
        )
    return tuple(made)


def _kind(field: Field, may: tuple[str, ...]) -> str:
    if may and not may[0].startswith("http"):
        kind = f"the text {' or '.join(may)}"
    elif may:
        kind = "one of the words below"
    elif field.kind == "choice":
        kind = next(words for space, words in _NAMED.items() if field.space == ID + space)
        kind += ", or a group of fields" if field.level else ""
    else:
        kind = CALLED[field.kind]
    return f"a list; each item is {kind}" if field.many else kind


def _need(path: str, asked: dict[str, tuple[Asking, ...]]) -> Need:
    usual = [one for one in asked.get(path, ()) if not set(USUAL).isdisjoint(one.profiles)]
    always = {asking.severity for asking in usual if asking.always}
    if "violation" in always:
        return "required"
    if "warning" in always:
        return "wanted"
    return "in some cases" if usual else "optional"


def _asked() -> dict[str, tuple[Asking, ...]]:
    """The checks that ask for a field, by its path."""
    found: dict[str, dict[str, Asking]] = {}
    holders = {check.code: check.profiles for check in checks()}
    for shape in shapes_of(profiles()).values():
        for path, always in _asks(shape):
            asking = Asking(
                shape.code,
                shape.name,
                shape.severity,
                holders[shape.code],
                always,
                VARIABLE.sub("…", shape.message),
            )
            found.setdefault(path, {}).setdefault(shape.code, asking)
    return {path: tuple(by_code[code] for code in sorted(by_code)) for path, by_code in found.items()}


def _asks(shape: Shape) -> Iterator[tuple[str, bool]]:
    """The paths of the fields that a shape asks for, and whether it asks always."""
    graph, node = graph_of(profiles()), ox.NamedNode(shape.iri)
    owner = graph.text(node, SH + "targetObjectsOf")
    direct = graph.text(node, SH + "path") if graph.value(node, SH + "minCount") else ""
    for path, field, within in walk():
        if field.iri and within == owner and field.iri in shape.asks:
            yield path, field.iri == direct
    for subject, owner, iri in shape.absent:
        yield from ((path, False) for path in _named(subject, owner, iri, shape.hint))


def _named(subject: str, owner: str, iri: str, hint: str) -> Iterator[str]:
    """The fields of a property whose absence a query finds, where the hint says to write them."""
    places = [
        (path, field)
        for path, field, within in walk()
        if field.iri == iri and (not within or subject != "$this") and (not owner or within == owner)
    ]
    if len(places) == 1 and re.search(rf"(?<![\w-]){re.escape(places[0][1].key)}:", hint):
        yield places[0][0]


def _cells() -> dict[str, str]:
    """Where fields stand in tables, by their paths."""
    top = fields.top()
    found = {
        name: f"the line `# {name}: …` on top of a CSV file, the key `{name}` on the sheet `disclosure`"
        for name in columns(top, rows=False)
    }
    for sheet in ("entries", "risks"):
        level = top.fields[sheet].level
        for name in columns(level, rows=True) if level else ():
            of = "in CSV and on the sheet `entries`" if sheet == "entries" else "on the sheet `risks`"
            more = ", each piece of evidence in a row of its own" if name.startswith("evidence.") else ""
            found[f"{sheet}.{name}"] = f"the column `{name}` {of}{more}"
    return found


@cache
def _examples() -> dict[str, str]:
    """A value for each field that the examples of the checks show, by its path."""
    found: dict[str, str] = {}
    for path in sorted((home() / "ontology" / "shapes" / "examples").glob("*.passing.yaml")):
        tree = yaml_reader.read(path.read_text(encoding="utf-8"), Remarks())
        for name, value in _values(tree, fields.top(), ""):
            found.setdefault(name, value)
    return found


def _values(group: Value, level: Level, before: str) -> Iterator[tuple[str, str]]:
    for key, (_, value) in group.members.items():
        field = level.fields.get(key)
        if field is None:
            continue
        path = f"{before}{key}"
        if value.text:
            yield path, value.text
        for one in value.items or [value]:
            if one.kind == "map" and field.level:
                yield from _values(one, field.level, f"{path}.")
        if value.items and value.items[0].text:
            yield path, f"[{', '.join(one.text for one in value.items)}]"
