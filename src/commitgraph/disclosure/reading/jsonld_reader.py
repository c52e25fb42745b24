"""From a tree (YAML or JSON) to statements, through JSON-LD.

The friendly form is JSON-LD with an implied context. Every group of fields gets a marker before
the JSON-LD processor runs; afterwards the markers tell which node came from where. So JSON-LD may come
in any of its forms: expanded, flattened or compact, as one node, an array of nodes or a graph.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure import characters, field_names, fields
from commitgraph.disclosure.fields import CALLED, Field, Level
from commitgraph.disclosure.reading import forms
from commitgraph.disclosure.reading.contexts import (
    is_linked,
    names_ours,
    plain_json,
    refuse_foreign,
    written_out,
)
from commitgraph.disclosure.reading.source import (
    MAX_ENTRIES,
    MAX_STATEMENTS,
    Place,
    Refused,
    Remark,
    Remarks,
    Value,
    walk,
)
from commitgraph.disclosure.reading.statements import (
    DISCLOSURE,
    FILE_BASE,
    NODE,
    Document,
    Object,
    Statement,
    lists_of,
    name_of,
    one_root,
)
from commitgraph.iris import RDF_TYPE, is_iri

_MARK = "urn:commitgraph:at"
#: How a JSON file names the schema that an editor holds it to.
SCHEMA_KEY = "$schema"
_PLACEHOLDER = ("@value", "@list", "@set")
#: What the class of a disclosure may be called where our context holds.
_OUR_CLASS = frozenset((DISCLOSURE, "cg:Disclosure", "Disclosure"))


class _Written(NamedTuple):
    """A value of a field as the author wrote it: its place, its text, and its marker when it is a group."""

    key_at: Place
    value_at: Place
    text: str
    mark: int | None


def read(tree: Value, remarks: Remarks) -> Document:
    """Turn a tree into statements; what is odd but harmless is added to `remarks`.

    Raises:
        Refused: the tree is no disclosure, or asks for a context that does not ship with us.
    """
    if not is_linked(tree):
        hint = "write the fields of one disclosure without a list around them" if tree.kind == "list" else ""
        wrong = "The file is not a group of fields; a disclosure is expected."
        raise Refused("CG010", wrong, tree.place, hint=hint)
    refuse_foreign(tree)
    reading = _Reading(remarks)
    plain: Any = [reading.whole(node) for node in tree.items] if tree.items else reading.whole(tree)
    if isinstance(plain, dict) and names_ours(tree) and not {"@type", "@graph"} & plain.keys():
        plain["@type"] = DISCLOSURE
    try:
        parsed = ox.parse(input=json.dumps(plain), format=ox.RdfFormat.JSON_LD, base_iri=FILE_BASE)
        quads = list(parsed)
    except (SyntaxError, ValueError) as error:
        # Of several faults in a context the processor names now one, now another.
        own = any("@context" in value.members for value in walk(tree))
        reason = "its context or its use of keywords (@…) breaks the rules" if own else f"{error}".rstrip(".")
        raise Refused("CG005", f"This is not well-formed JSON-LD: {reason}.") from None
    if len(quads) > MAX_STATEMENTS:
        raise Refused("CG008", f"The file makes more than {MAX_STATEMENTS:,} statements.")
    return reading.document(quads)


class _Spot(NamedTuple):
    """Where a value hangs: on which group of fields, by which property, and where its key stands."""

    mark: int
    iri: str
    key_at: Place


class _Reading:
    """One pass over one tree: checks the fields of the friendly form and sets the markers."""

    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks
        self.marks: list[Place] = []
        self.written: dict[tuple[int, str], list[_Written]] = {}
        self.empty_fields: dict[tuple[int, str], Place] = {}
        self.rejected_fields: set[tuple[int, str]] = set()
        self.misnamed: dict[tuple[int, str], Remark] = {}
        self.spaces: dict[str, str] = {}
        self.terms: set[str] = set()
        self.alone = False  # the whole file is one node

    def whole(self, tree: Value) -> dict[str, Any]:
        """A node that hangs on no other, or the graph of such nodes, as plain JSON with markers."""
        ours = names_ours(tree)
        if tree.members.keys() <= {"@context", "@graph"} and "@graph" in tree.members:
            # The processor would take a marker beside the graph for a sign that the graph has a name.
            self._take_prefixes(tree)
            nodes = tree.members["@graph"][1]
            plain: dict[str, Any] = {"@graph": [self._top(one, ours) for one in nodes.items or [nodes]]}
            if "@context" in tree.members:
                plain["@context"] = written_out(tree.members["@context"][1])
        else:
            self.alone = True
            plain = self._top(tree, ours, alone=True)
        if ours and "@context" not in tree.members:
            plain["@context"] = fields.context()
        return plain

    def _top(self, value: Value, ours: bool, *, alone: bool = False) -> Any:
        if value.kind != "map":
            return plain_json(value)
        kinds = value.members.get("@type")
        ours = ours or ("@context" in value.members and names_ours(value))
        named = alone and kinds is None
        if kinds:
            named = any(kind.text in _OUR_CLASS for kind in (kinds[1], *kinds[1].items))
        return self.node(value, fields.top() if ours and named else None, value.place)

    def node(self, value: Value, level: Level | None, place: Place) -> dict[str, Any]:
        """A group of fields as plain JSON with its marker, the last one in :attr:`marks`."""
        mark = len(self.marks)
        self.marks.append(place)
        if level is None or "@context" in value.members:
            self._take_prefixes(value)
        plain: dict[str, Any] = {_MARK: str(mark)}
        self._members(value, level, mark, plain)
        return plain

    def _members(self, value: Value, level: Level | None, mark: int, plain: dict[str, Any]) -> None:
        for key, (key_at, child) in value.members.items():
            field = level.fields.get(key) if level else None
            if field:
                self._field(field, key_at, child, mark, plain)
            elif key == "@context":
                plain[key] = written_out(child)
            elif key == SCHEMA_KEY and level is fields.top():
                continue  # editors of JSON find the schema by it
            elif key.startswith("@") or ":" in key or (level is None and self._means(key)):
                plain[key] = self._free(_Spot(mark, self._property(key), key_at), child, None)
            elif level is None:
                message = f'The field "{key}" means nothing here: no context says what it stands for.'
                hint = "leave it out, or write the whole address of the property"
                self.remarks.append(Remark("CG109", message, key_at, hint, key))
            else:
                self._unknown(key, key_at, mark, level, value)

    def _unknown(self, key: str, key_at: Place, mark: int, level: Level, value: Value) -> None:
        """Remark on a field that is not known at its level, and keep which one it probably stands for."""
        hint = field_names.cure(key, level, value.members)
        message = f'The field "{characters.shown(key)}" is not known here.'
        remark = Remark("CG109", message, key_at, hint, key)
        self.remarks.append(remark)
        field = field_names.meant(key, level, value.members)
        for one in _properties(field) if field else ():
            self.misnamed[mark, one.iri] = remark

    def _field(self, field: Field, key_at: Place, child: Value, mark: int, plain: dict[str, Any]) -> None:
        if child.empty or _is_blank_group(field, child):
            for inner in _properties(field):
                self.empty_fields[mark, inner.iri] = key_at
            return
        if field.many != (child.kind == "list"):
            self._wrong(field, child, mark, "a list" if field.many else CALLED[field.kind])
            return
        if field.kind == "group" and field.level:
            if child.kind != "map":
                self._wrong(field, child, mark)
                return
            for inner in field.level.fields.values():
                self.empty_fields[mark, inner.iri] = key_at
            # Their properties belong to the item itself: JSON-LD calls this nesting.
            nested: dict[str, Any] = {}
            self._members(child, field.level, mark, nested)
            plain[field.key] = nested
            return
        if field.level and len(child.items) > MAX_ENTRIES:
            raise Refused("CG008", f"More than {MAX_ENTRIES:,} items stand under `{field.key}`.", key_at)
        values = [self._value(field, key_at, one, mark) for one in (child.items or [child])]
        kept = [one for one in values if one is not None]
        if kept:
            plain[field.key] = kept if field.many else kept[0]

    def _value(self, field: Field, key_at: Place, value: Value, mark: int) -> Any:
        """One value as JSON-LD wants it; None when it is of the wrong kind."""
        spot = _Spot(mark, field.iri, key_at)
        if value.kind == "map" and any(key in value.members for key in ("@id", *_PLACEHOLDER)):
            return self._free(spot, value, field.level)
        if value.empty or not _fits(field, value):
            return self._wrong(field, value, mark)
        if field.kind == "item" or value.kind == "map":
            self._note(spot, value, "", len(self.marks))
            return self.node(value, field.level, value.place if field.many else key_at)
        self._note(spot, value, value.text)
        if field.kind == "truth":
            return value.text.lower() == "true"
        # A name: who or what it means is settled later.
        return {"@value": value.text} if field.kind == "choice" else value.text

    def _free(self, spot: _Spot, value: Value, level: Level | None) -> Any:
        """A value that the friendly form does not know: kept for the JSON-LD processor."""
        if value.kind == "list":
            return [self._free(spot, one, level) for one in value.items]
        if value.kind != "map":
            self._note(spot, value, value.text)
            return plain_json(value)
        for word in ("@value", "@id"):
            if word in value.members and (word == "@value" or len(value.members) == 1):
                inner = value.members[word][1]
                self._note(spot, inner, inner.text)
                return plain_json(value)
        for word in ("@list", "@set"):
            if word in value.members and len(value.members) == 1:
                return {word: self._free(spot, value.members[word][1], level)}
        if any(word in value.members for word in _PLACEHOLDER):
            return plain_json(value)
        self._note(spot, value, "", len(self.marks))
        return self.node(value, level, value.place)

    def _property(self, key: str) -> str:
        """The property that a key stands for, as far as the contexts say it simply."""
        term = self.spaces.get(key, key)
        if term == "@type":
            return RDF_TYPE
        whole = fields.expand(term, self.spaces)
        return whole if ":" in whole else self.spaces.get("@vocab", "") + whole

    def _means(self, key: str) -> bool:
        return key in self.terms or "@vocab" in self.terms

    def _wrong(self, field: Field, value: Value, mark: int, wanted: str = "") -> None:
        self.rejected_fields |= {(mark, one.iri) for one in _properties(field)}
        got = {
            "map": "a group of fields",
            "list": "a list",
            "text": f'the text "{value.text}"',
            "number": f"the number {value.text}",
            "truth": f"the truth value {value.text}",
            "null": "nothing",
        }[value.kind]
        message = f"The field `{field.key}` takes {wanted or CALLED[field.kind]}; here stands {got}."
        hint = forms.cure(field, value, in_list=field.many and not wanted)
        self.remarks.append(Remark("CG108", message, value.place, hint, value.text or None))

    def _note(self, spot: _Spot, value: Value, text: str, mark: int | None = None) -> None:
        """Keep where a value of a property stands, for the statement that the processor makes of it."""
        written = _Written(spot.key_at, value.place, text, mark)
        self.written.setdefault((spot.mark, spot.iri), []).append(written)

    def _take_prefixes(self, value: Value) -> None:
        named = value.members.get("@context")
        for one in walk(named[1]) if named else ():
            for key, (_, child) in one.members.items():
                self.terms.add(key)
                if child.kind == "text":
                    self.spaces[key] = child.text
                elif child.kind == "map" and "@id" in child.members:
                    self.spaces[key] = child.members["@id"][1].text
        if named is None or names_ours(value):
            self.terms |= fields.context().keys()
            self.spaces |= {key: term for key, term in fields.context().items() if isinstance(term, str)}

    # ------------------------------------------------------------ after the processor

    def document(self, quads: list[ox.Quad]) -> Document:
        """Put places on the processor's statements and give its blank nodes names in reading order."""
        marks: dict[str, list[int]] = {}
        for quad in quads:
            if quad.predicate.value == _MARK and isinstance(quad.object, ox.Literal):
                marks.setdefault(name_of(quad.subject), []).append(int(quad.object.value))
        for listed in marks.values():
            listed.sort()
        said = _unfolded([quad for quad in quads if quad.predicate.value != _MARK])
        if len({quad.graph_name for quad in said}) > 1:
            raise Refused("CG010", "The file holds more than one graph; a disclosure is one.")
        statements = [self._statement(quad, marks) for quad in said]
        statements.sort(key=lambda s: (s.object_at, s.predicate_at))
        names = {mark: _name(label, listed[0]) for label, listed in marks.items() for mark in listed}
        places = {_name(label, listed[0]): self.marks[listed[0]] for label, listed in marks.items()}
        root = one_root(statements)
        if names.get(0) == root.value and self.alone:
            places[root.value] = Place(
                sheet=self.marks[0].sheet
            )  # the file is the disclosure: its first line stands for it
        empty_fields = {
            (names[mark], iri): at for (mark, iri), at in self.empty_fields.items() if mark in names
        }
        rejected_fields = [(names[mark], iri) for mark, iri in self.rejected_fields if mark in names]
        misnamed = {(names[mark], iri): r for (mark, iri), r in self.misnamed.items() if mark in names}
        return Document(statements, root, empty_fields, places, rejected_fields, misnamed)

    def _statement(self, quad: ox.Quad, marks: dict[str, list[int]]) -> Statement:
        own = marks.get(name_of(quad.subject), [])
        subject = _named(quad.subject, own)
        subject_at = self.marks[own[0]] if own else Place()
        target = [] if isinstance(quad.object, ox.Literal) else marks.get(name_of(quad.object), [])
        chosen = self._find(own, quad, target)
        value: Object = quad.object if isinstance(quad.object, ox.Literal) else _named(quad.object, target)
        key_at = chosen.key_at if chosen else subject_at
        value_at = chosen.value_at if chosen else subject_at
        written = (chosen.text if chosen else "") or value.value
        return Statement(subject, quad.predicate, value, subject_at, key_at, value_at, written)

    def _find(self, own: list[int], quad: ox.Quad, target: list[int]) -> _Written | None:
        candidates = [one for mark in own for one in self.written.get((mark, quad.predicate.value), [])]
        for one in candidates:
            if one.mark is not None and one.mark in target:
                return one
        lexical = name_of(quad.object)
        for one in candidates:
            if one.mark is None and lexical in (one.text, one.text.lower(), one.text.removeprefix("_:")):
                return one
        for one in candidates:
            if one.mark is None and one.text and lexical.endswith(one.text):
                return one
        return candidates[0] if candidates else None


def _unfolded(quads: list[ox.Quad]) -> list[ox.Quad]:
    """The quads with the members of a list as values of the property that had the list."""
    members, used = lists_of(quads)
    unfolded = []
    for number, quad in enumerate(quads):
        if number in used:
            continue
        inside = None if isinstance(quad.object, ox.Literal) else members.get(name_of(quad.object))
        if inside is None:
            unfolded.append(quad)
            continue
        for first in inside:
            unfolded.append(ox.Quad(quad.subject, quad.predicate, quads[first].object, quad.graph_name))
    return unfolded


def _fits(field: Field, value: Value) -> bool:
    if value.kind == "map":
        return field.level is not None
    if field.kind == "item":
        return False
    if field.kind == "truth":
        return value.kind == "truth"
    # A bare year is let through: the check on dates has more to say than that it is a number.
    return value.kind == "text" or (field.kind == "date" and value.kind == "number")


def _is_blank_group(field: Field, value: Value) -> bool:
    """Whether it is a single group with nothing in any of its fields; as in tables, it is not there."""
    inside = [child for _, child in value.members.values()]
    return not field.many and bool(inside) and all(child.empty for child in inside)


def _properties(field: Field) -> tuple[Field, ...]:
    """The fields that stand for properties: a field itself, or what is in it where it is a mere group."""
    return tuple(field.level.fields.values()) if field.kind == "group" and field.level else (field,)


def _name(label: str, mark: int) -> str:
    return label if is_iri(label) else f"{NODE}{mark:06d}"


def _named(term: object, marks: list[int]) -> ox.NamedNode:
    if isinstance(term, ox.NamedNode):
        return term
    if not isinstance(term, ox.BlankNode):
        raise Refused("CG005", "Statements about statements have no place in a disclosure.")
    return ox.NamedNode(f"{NODE}{marks[0]:06d}" if marks else f"{NODE}{term.value}")
