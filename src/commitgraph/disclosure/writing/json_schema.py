"""The JSON Schema of the YAML and JSON form, made from the context, the shapes and the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from commitgraph.disclosure import fields
from commitgraph.disclosure.field_reference import Entry, allowed, field_reference
from commitgraph.disclosure.fields import Field, Level
from commitgraph.disclosure.shapes import Shape, graph_of, shapes_of
from commitgraph.engine import Engine
from commitgraph.iris import BASE, SCHEME, SH, local
from commitgraph.shacl import Term

#: Address by which a file or an editor names the schema.
ADDRESS = BASE + "schema/disclosure.json"

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LINKED: Schema = {"$ref": "#/$defs/linked"}
#: What counts as left out.
_EMPTY: Schema = {"enum": [None, "", []]}
_ABOUT = (
    "A company's account of how it keeps what it promised. What this schema rejects, `commitgraph validate` "
    "finds fault with, too; what it accepts may still be found wanting there."
)


def json_schema(engine: Engine) -> Schema:
    """The schema: structure, lists of words, and what must be there.

    It is never stricter than the checker: where that takes an address in place of a word, or a value
    written as JSON-LD has it, so does the schema.

    Args:
        engine: of the graph that holds the ontology and its schemes.
    """
    return {
        "$schema": _DIALECT,
        "$id": ADDRESS,
        "title": "Disclosure",
        "description": _ABOUT,
        "$defs": {
            "linked": {
                "description": "A value as JSON-LD writes it, such as a text with its language.",
                "type": "object",
                "anyOf": [{"required": [word]} for word in ("@value", "@id", "@set", "@list")],
            }
        },
        **_Making({entry.path: entry for entry in field_reference(engine)}).group(fields.top(), "", ""),
    }


class _Making:
    def __init__(self, reference: dict[str, Entry]) -> None:
        self.reference = reference
        self.rules = list(_rules())

    def group(self, level: Level, before: str, owner: str) -> Schema:
        """The schema of a group of fields.

        Args:
            level: the fields.
            before: the path of the group with a full stop behind it; empty at the top.
            owner: the property by which the group hangs on another; empty at the top.
        """
        made: Schema = {
            "type": "object",
            "properties": {
                field.key: self.member(field, f"{before}{field.key}", owner)
                for field in level.fields.values()
            },
            # Words of JSON-LD, and names with a prefix.
            "patternProperties": {"^@|:": True} if owner or before else {"^@|:|^\\$schema$": True},
            "additionalProperties": False,
        }
        required = [key for key in level.fields if self.reference[f"{before}{key}"].need == "required"]
        if required:
            made["required"] = required
        keys = {field.iri: field.key for field in level.fields.values() if field.iri}
        conditions = [one for target, node in self.rules if target == owner and (one := _rule(node, keys))]
        if conditions:
            made["allOf"] = conditions
        return made

    def member(self, field: Field, path: str, owner: str) -> Schema:
        entry = self.reference[path]
        made: Schema = {"title": entry.label}
        told = [entry.meaning, *_asked(entry)]
        if any(told):
            made["description"] = " ".join(part for part in told if part)
        value = self.value(field, path, owner)
        if field.many:
            value = {"type": "array", "items": value}
        if entry.need != "required":
            value = {"anyOf": [value, _EMPTY]}
        if entry.example and not field.many:
            made["examples"] = [{"true": True, "false": False}.get(entry.example, entry.example)]
        return made | value

    def value(self, field: Field, path: str, owner: str) -> Schema:
        """The schema of one value."""
        if field.kind == "group" and field.level:
            return self.group(field.level, f"{path}.", owner)
        groups = [self.group(field.level, f"{path}.", field.iri)] if field.level else []
        if field.kind == "item":
            return {"anyOf": [*groups, _LINKED]}
        return {"anyOf": [*self.words(field, path), *groups, _LINKED]}

    def words(self, field: Field, path: str) -> list[Schema]:
        may = allowed(field)
        if may and may[0].startswith(SCHEME):
            words = [{"const": word.name, "description": word.meaning} for word in self.reference[path].words]
            return [*words, {"enum": list(may)}]
        if may:
            return [{"enum": list(may)}]
        if field.kind == "truth":
            return [{"type": "boolean"}]
        if field.kind == "date":
            # A bare year is read as one, and remarked upon.
            return [{"type": "string", "format": "date"}, {"type": "number"}]
        if field.kind == "link":
            return [{"type": "string", "format": "uri"}]
        return [{"type": "string", **_pattern(field)}]


def _asked(entry: Entry) -> Iterator[str]:
    if entry.need == "wanted":
        yield f"Wanted ({', '.join(one.code for one in entry.asked_by if one.always)})."


def _pattern(field: Field) -> Schema:
    """The pattern of a text, where a shape has one that means the same in JSON Schema."""
    graph = graph_of(("core",))
    for shape in _violations():
        node = ox.NamedNode(shape.iri)
        pattern = graph.value(node, SH + "pattern")
        if pattern and not graph.value(node, SH + "flags") and graph.text(node, SH + "path") == field.iri:
            return {"pattern": f"^\\s*$|{pattern.value}"}
    return {}


def _violations() -> list[Shape]:
    return [shape for shape in shapes_of(("core",)).values() if shape.severity == "violation"]


def _rules() -> Iterator[tuple[str, Term]]:
    """The shapes with alternatives, each behind the property by which what it judges hangs on another."""
    graph = graph_of(("core",))
    for shape in _violations():
        node = ox.NamedNode(shape.iri)
        if graph.value(node, SH + "or") and not graph.value(node, SH + "path"):
            yield graph.text(node, SH + "targetObjectsOf"), node


def _rule(node: Term, keys: dict[str, str]) -> Schema | None:
    """A shape as a schema of a group; None where a schema cannot say it."""
    graph = graph_of(("core",))
    alternatives, inner = graph.value(node, SH + "or"), graph.value(node, SH + "not")
    if alternatives:
        parts = [_rule(part, keys) for part in graph.items(alternatives)]
        return None if None in parts else {"anyOf": parts}
    if inner:
        denied = _rule(inner, keys)
        return None if denied is None else {"not": denied}
    shape = graph.value(node, SH + "property")
    key = keys.get(graph.text(shape, SH + "path")) if shape else None
    return None if key is None or shape is None else _of_property(shape, key)


def _of_property(shape: Term, key: str) -> Schema | None:
    graph = graph_of(("core",))
    value, most = graph.value(shape, SH + "hasValue"), graph.value(shape, SH + "maxCount")
    if value is not None:
        return {"required": [key], "properties": {key: {"enum": _spelt(value.value)}}}
    if most is not None and most.value == "0":
        return {"anyOf": [{"not": {"required": [key]}}, {"properties": {key: _EMPTY}}]}
    if graph.value(shape, SH + "minCount") is not None:
        return {"required": [key], "properties": {key: {"not": _EMPTY}}}
    return None


def _spelt(value: str) -> list[str]:
    return [local(value), value] if value.startswith(SCHEME) else [value]
