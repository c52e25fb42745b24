"""From statements to the groups of fields that YAML and JSON hold.

A value is written as a person would write it wherever that is read as the same again; where it is not (a text
in another language, two values where one is expected), JSON-LD has words for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure import fields
from commitgraph.disclosure.fields import Field, Level
from commitgraph.disclosure.reading.source import Place
from commitgraph.disclosure.reading.statements import FILE_BASE, NODE, Document, Object, Statement
from commitgraph.iris import XSD, local

Group = dict[str, Any]
#: How a value of a field is written; None where there is no simple way.
Spelling = Callable[[Field, Object], str | bool | None]

_STRING = XSD + "string"


class Odd(NamedTuple):
    """What only YAML and JSON can hold, by the words of JSON-LD.

    Attributes:
        field: path of the field, such as `entries.title`; empty for the disclosure itself.
        why: in words.
        place: where it stands in the file that was read.
    """

    field: str
    why: str
    place: Place


class Tree(NamedTuple):
    """A disclosure as groups of fields, and what is odd in it."""

    root: Group
    odd: tuple[Odd, ...]


def tree(document: Document, spell: Spelling) -> Tree:
    """The groups of fields of a document.

    Args:
        document: enclosed, so that all its statements hang on the disclosure.
        spell: how values are written.
    """
    return _Making(document, spell).tree()


def as_context_reads(field: Field, value: Object) -> str | bool | None:
    """The spelling that any JSON-LD processor reads as this very value by the context alone."""
    if isinstance(value, ox.NamedNode):
        name = value.value.removeprefix(field.space)
        plain = field.kind == "choice" and field.space and name != value.value and name and ":" not in name
        return name if plain else None
    if value.language:
        return None
    if field.kind == "truth" and value.datatype.value == XSD + "boolean":
        return value.value == "true" if value.value in ("true", "false") else None
    typed = {"date": XSD + "date", "link": XSD + "anyURI", "text": _STRING}.get(field.kind)
    return value.value if value.datatype.value == typed else None


class _Making:
    def __init__(self, document: Document, spell: Spelling) -> None:
        self.document = document
        self.spell = spell
        self.by_subject: dict[str, dict[str, list[Statement]]] = {}
        for statement in document.statements:
            said = self.by_subject.setdefault(statement.subject.value, {})
            said.setdefault(statement.predicate.value, []).append(statement)
        pointed = Counter(s.object.value for s in document.statements if isinstance(s.object, ox.NamedNode))
        #: Names for nameless parts that several others point at.
        self.shared = {
            node: f"_:part{number}"
            for number, node in enumerate(pointed)
            if node.startswith(NODE) and pointed[node] > 1
        }
        self.begun: set[str] = set()
        self.odd: list[Odd] = []

    def tree(self) -> Tree:
        return Tree(self.group(self.document.root.value, fields.top(), ""), tuple(self.odd))

    def group(self, item: str, level: Level, path: str) -> Group:
        """The fields of one item, in the order of the context."""
        made: Group = {}
        name = self.shared.get(item, "" if item.startswith((NODE, FILE_BASE)) else item)
        if name:
            made["@id"] = name
            told = "it is told of in several places" if item in self.shared else f"its own address <{item}>"
            self.odd.append(Odd(path.rstrip("."), told, self.document.place(item) or Place()))
        if item in self.begun:
            return made
        self.begun.add(item)
        self.fill(made, item, level, path)
        if path and not made:
            # A group without a field would be taken for nothing at all.
            made["@id"] = f"_:empty{len(self.odd)}"
            self.odd.append(
                Odd(path.rstrip("."), "nothing stands in it", self.document.place(item) or Place())
            )
        return made

    def fill(self, made: Group, item: str, level: Level, path: str) -> None:
        for field in level.fields.values():
            if field.kind == "group" and field.level:
                inner: Group = {}
                self.fill(inner, item, field.level, f"{path}{field.key}.")
                if inner:
                    made[field.key] = inner
                continue
            found = self.by_subject.get(item, {}).get(field.iri, [])
            said = [one for one in found if not is_blank(one.object)]
            values = [self.value(field, statement, f"{path}{field.key}") for statement in said]
            if field.many and values:
                made[field.key] = values
            elif len(values) == 1:
                made[field.key] = values[0]
            elif values:
                made[field.key] = {"@set": values}
                self.odd.append(Odd(f"{path}{field.key}", "more than one value", said[1].object_at))
            elif found or (item, field.iri) in self.document.empty_fields:
                made[field.key] = [] if field.many else None

    def value(self, field: Field, statement: Statement, path: str) -> Any:
        value = statement.object
        if isinstance(value, ox.NamedNode) and field.level and self._is_part(value.value, statement):
            return self.group(value.value, field.level, f"{path}.")
        simple = self.spell(field, value)
        if simple is not None:
            return simple
        self.odd.append(Odd(path, _oddness(value), statement.object_at))
        if isinstance(value, ox.NamedNode):
            return {"@id": value.value}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        return {"@value": value.value} | (
            {} if value.datatype.value == _STRING else {"@type": value.datatype.value}
        )

    def _is_part(self, name: str, statement: Statement) -> bool:
        return name.startswith(NODE) or (name in self.by_subject and name != statement.subject.value)


def _oddness(value: Object) -> str:
    if isinstance(value, ox.NamedNode):
        return f"the address <{value.value}>"
    if value.language:
        return f"a text in the language {value.language}"
    return f"a value of the type {local(value.datatype.value)}"


def is_blank(value: Object) -> bool:
    """Whether it is a text that says nothing, which readers take for a missing one."""
    return isinstance(value, ox.Literal) and not value.value.strip()
