"""The fields that a disclosure may have, level by level, as `ontology/context.jsonld` defines them.

The context is the single source: a field's address, the kind of its value and where it may stand
are read from it, by our readers and by any JSON-LD processor alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from commitgraph.home import home
from commitgraph.iris import BASE

#: Address by which a JSON-LD file names the context; it is never fetched.
CONTEXT = BASE + "context.jsonld"

Kind = Literal["text", "date", "link", "truth", "choice", "item", "group"]

#: What people call a value of each kind.
CALLED: dict[Kind, str] = {
    "text": "text",
    "date": "a date such as 2025-06-30",
    "link": "the address of a web page",
    "truth": "true or false",
    "choice": "a name",
    "item": "a group of fields",
    "group": "a group of fields",
}
_KINDS: dict[str, Kind] = {
    "xsd:date": "date",
    "xsd:anyURI": "link",
    "xsd:boolean": "truth",
    "@vocab": "choice",
}


@dataclass(frozen=True)
class Field:
    """One field.

    Attributes:
        key: its name in YAML and JSON.
        iri: the property it stands for; empty for a mere group.
        kind: what its value is.
        many: whether it takes a list.
        space: where its values live when they are names (`…/scheme/status/`).
        level: the fields below it, for items and groups, and for a name that may be given as a group.
    """

    key: str
    iri: str
    kind: Kind
    many: bool
    space: str
    level: Level | None


@dataclass(frozen=True)
class Level:
    """The fields that may stand side by side."""

    fields: Mapping[str, Field]


@cache
def context() -> dict[str, Any]:
    """The content of the context file, without the outer `@context`."""
    document: dict[str, dict[str, Any]] = json.loads((home() / "ontology" / "context.jsonld").read_bytes())
    return document["@context"]


@cache
def top() -> Level:
    """The fields of the disclosure itself."""
    return _level(context())


@cache
def by_iri() -> dict[str, tuple[Field, ...]]:
    """Fields by the property they stand for; several where a property serves several levels."""
    found: dict[str, list[Field]] = {}
    todo = [top()]
    while todo:
        for field in todo.pop().fields.values():
            if field.iri:
                found.setdefault(field.iri, []).append(field)
            if field.level:
                todo.append(field.level)
    return {iri: tuple(fields) for iri, fields in found.items()}


def expand(name: str, spaces: Mapping[str, object]) -> str:
    """Write out a compact name with the prefixes of a context; other text is given back."""
    prefix, colon, rest = name.partition(":")
    space = spaces.get(prefix)
    return space + rest if colon and isinstance(space, str) and not rest.startswith("//") else name


def _level(terms: Mapping[str, Any]) -> Level:
    fields: dict[str, Field] = {}
    groups: dict[str, dict[str, Any]] = {}
    for key, term in terms.items():
        if term == "@nest":
            groups[key] = {k: t for k, t in terms.items() if isinstance(t, dict) and t.get("@nest") == key}
    for key, term in terms.items():
        if key in groups:
            inside = {k: _field(k, t) for k, t in groups[key].items()}
            fields[key] = Field(key, "", "group", False, "", Level(inside))
        elif not (isinstance(term, dict) and "@nest" in term) and _is_field(key, term):
            fields[key] = _field(key, term)
    return Level(fields)


def _is_field(key: str, term: object) -> bool:
    """Prefixes, keywords and class names of the context are no fields."""
    if key.startswith("@") or key[:1].isupper():
        return False
    return isinstance(term, dict) or (isinstance(term, str) and not term.startswith("http"))


def _field(key: str, term: str | Mapping[str, Any]) -> Field:
    if isinstance(term, str):
        return Field(key, expand(term, context()), "text", False, "", None)
    inner = term.get("@context", {})
    kind = _KINDS.get(term.get("@type", ""), "text")
    if inner and kind == "text":
        kind = "item"
    # A name may be given as a group of fields instead, where there are some for it.
    grouped = kind == "item" or (kind == "choice" and len(inner) > 1)
    return Field(
        key,
        expand(term["@id"], context()),
        kind,
        term.get("@container") == "@set",
        inner.get("@vocab", ""),
        _level(inner) if grouped else None,
    )
