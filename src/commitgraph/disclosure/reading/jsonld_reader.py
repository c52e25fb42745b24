"""From a tree (YAML or JSON) to statements, through JSON-LD.

The friendly form is JSON-LD with an implied context. Every group of fields gets a marker before
the JSON-LD processor runs; afterwards the markers tell which node came from where.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure import characters, field_names, fields, forms
from commitgraph.disclosure.fields import CALLED, CONTEXT, Field, Level
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
from commitgraph.disclosure.reading.statements import DISCLOSURE, NODE, Document, Object, Statement, one_root
from commitgraph.iris import RDF_TYPE, is_iri

_MARK = "urn:commitgraph:at"
_PLACEHOLDER = ("@value", "@list", "@set")


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
    if tree.kind != "map":
        hint = "write the fields of one disclosure without a list around them" if tree.kind == "list" else ""
        wrong = "The file is not a group of fields; a disclosure is expected."
        raise Refused("CG010", wrong, tree.place, hint=hint)
    _refuse_foreign_contexts(tree)
    reading = _Reading(remarks)
    plain = reading.node(tree, fields.top() if _ours(tree) else None, tree.place)
    if _ours(tree):
        plain["@context"] = _contexts(tree)
        if not any(key in tree.members for key in ("@type", "@graph")):
            plain["@type"] = DISCLOSURE
    try:
        quads = list(ox.parse(input=json.dumps(plain), format=ox.RdfFormat.JSON_LD))
    except (SyntaxError, ValueError) as error:
        raise Refused("CG005", f"This is not well-formed JSON-LD: {error}.") from None
    if len(quads) > MAX_STATEMENTS:
        raise Refused("CG008", f"The file makes more than {MAX_STATEMENTS:,} statements.")
    return reading.document(quads)


def _ours(tree: Value) -> bool:
    """Whether our context holds: it is implied, or named."""
    named = tree.members.get("@context")
    if named is None:
        return True
    return any(value.kind == "text" and value.text == CONTEXT for value in (named[1], *named[1].items))


def _contexts(tree: Value) -> Any:
    """What stands behind `@context`, ours written out in full."""
    named = tree.members.get("@context")
    if named is None:
        return fields.context()
    listed = named[1].items if named[1].kind == "list" else [named[1]]
    return [fields.context() if value.kind == "text" else _plain(value) for value in listed]


def _refuse_foreign_contexts(tree: Value) -> None:
    for value in walk(tree):
        for key, (place, child) in value.members.items():
            if key == "@import":
                raise Refused(
                    "CG009", "A context must not import another one.", place, value=child.text or None
                )
            if key != "@context":
                continue
            for named in walk(child) if child.kind == "list" else (child,):
                if named.kind == "text" and named.text != CONTEXT:
                    raise Refused(
                        "CG009",
                        f'The context "{named.text}" does not ship with commitgraph, and none is fetched.',
                        named.place,
                        value=named.text,
                    )


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
                plain[key] = _plain(child)
            elif key.startswith("@") or level is None or ":" in key:
                below = level if key == "@graph" else None
                plain[key] = self._free(_Spot(mark, self._property(key), key_at), child, below)
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
        if child.empty:
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
        if field.kind == "item":
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
            return _plain(value)
        for word in ("@value", "@id"):
            if word in value.members and (word == "@value" or len(value.members) == 1):
                self._note(spot, value, value.members[word][1].text)
                return _plain(value)
        if any(word in value.members for word in _PLACEHOLDER):
            return _plain(value)
        self._note(spot, value, "", len(self.marks))
        return self.node(value, level, value.place)

    def _property(self, key: str) -> str:
        """The property that a key stands for, as far as the contexts say it simply."""
        if key == "@type":
            return RDF_TYPE
        term = self.spaces.get(key, key)
        whole = fields.expand(term, self.spaces)
        return whole if ":" in whole else self.spaces.get("@vocab", "") + whole

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
                if child.kind == "text":
                    self.spaces[key] = child.text
                elif child.kind == "map" and "@id" in child.members:
                    self.spaces[key] = child.members["@id"][1].text
        if named is None or _ours(value):
            self.spaces |= {key: term for key, term in fields.context().items() if isinstance(term, str)}

    # ------------------------------------------------------------ after the processor

    def document(self, quads: list[ox.Quad]) -> Document:
        """Put places on the processor's statements and give its blank nodes names in reading order."""
        marks: dict[str, int] = {}
        for quad in quads:
            if quad.predicate.value == _MARK and isinstance(quad.object, ox.Literal):
                mark = int(quad.object.value)
                marks[_label(quad.subject)] = min(mark, marks.get(_label(quad.subject), mark))
        statements = []
        for quad in quads:
            if quad.predicate.value == _MARK:
                continue
            if quad.graph_name != ox.DefaultGraph():
                raise Refused("CG010", "The file names graphs of its own; a disclosure is one graph.")
            statements.append(self._statement(quad, marks))
        statements.sort(key=lambda s: (s.object_at, s.predicate_at))
        names = {mark: _name(label, mark) for label, mark in marks.items()}
        places = {name: self.marks[mark] for mark, name in names.items()}
        root = one_root(statements)
        if names.get(0) == root.value:
            places[root.value] = Place()  # the file is the disclosure: its first line stands for it
        empty_fields = {
            (names[mark], iri): at for (mark, iri), at in self.empty_fields.items() if mark in names
        }
        rejected_fields = [(names[mark], iri) for mark, iri in self.rejected_fields if mark in names]
        misnamed = {(names[mark], iri): r for (mark, iri), r in self.misnamed.items() if mark in names}
        return Document(statements, root, empty_fields, places, rejected_fields, misnamed)

    def _statement(self, quad: ox.Quad, marks: dict[str, int]) -> Statement:
        mark = marks.get(_label(quad.subject))
        subject = _named(quad.subject, mark)
        subject_at = self.marks[mark] if mark is not None else Place()
        target = marks.get(_label(quad.object)) if not isinstance(quad.object, ox.Literal) else None
        chosen = self._find(mark, quad, target)
        value: Object = quad.object if isinstance(quad.object, ox.Literal) else _named(quad.object, target)
        key_at = chosen.key_at if chosen else subject_at
        value_at = chosen.value_at if chosen else subject_at
        written = (chosen.text if chosen else "") or value.value
        return Statement(subject, quad.predicate, value, subject_at, key_at, value_at, written)

    def _find(self, mark: int | None, quad: ox.Quad, target: int | None) -> _Written | None:
        if mark is None:
            return None
        candidates = self.written.get((mark, quad.predicate.value), [])
        for one in candidates:
            if one.mark is not None and one.mark == target:
                return one
        lexical = _label(quad.object)
        for one in candidates:
            if one.mark is None and (one.text == lexical or one.text.lower() == lexical):
                return one
        for one in candidates:
            if one.mark is None and one.text and lexical.endswith(one.text):
                return one
        return candidates[0] if candidates else None


def _fits(field: Field, value: Value) -> bool:
    if field.kind == "item":
        return value.kind == "map"
    if field.kind == "truth":
        return value.kind == "truth"
    # A bare year is let through: the check on dates has more to say than that it is a number.
    return value.kind == "text" or (field.kind == "date" and value.kind == "number")


def _properties(field: Field) -> tuple[Field, ...]:
    """The fields that stand for properties: a field itself, or what is in it where it is a mere group."""
    return tuple(field.level.fields.values()) if field.kind == "group" and field.level else (field,)


def _label(term: object) -> str:
    return str(getattr(term, "value", term))


def _name(label: str, mark: int) -> str:
    return label if is_iri(label) else f"{NODE}{mark:06d}"


def _named(term: object, mark: int | None) -> ox.NamedNode:
    if isinstance(term, ox.NamedNode):
        return term
    if not isinstance(term, ox.BlankNode):
        raise Refused("CG005", "Statements about statements have no place in a disclosure.")
    return ox.NamedNode(f"{NODE}{mark:06d}" if mark is not None else f"{NODE}{term.value}")


def _plain(value: Value) -> Any:
    """A tree as plain JSON; numbers keep their characters."""
    if value.kind == "map":
        return {key: _plain(child) for key, (_, child) in value.members.items()}
    if value.kind == "list":
        return [_plain(item) for item in value.items]
    if value.kind == "truth":
        return value.text.lower() == "true"
    return None if value.kind == "null" else value.text
