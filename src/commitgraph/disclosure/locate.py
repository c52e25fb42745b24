"""From a validation result to a finding: where it stands, what it says, what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from commitgraph.disclosure import characters, cures, sources
from commitgraph.disclosure.account import UNSHOWN
from commitgraph.disclosure.reading.source import Place, Remark
from commitgraph.disclosure.reading.statements import NODE, Document, Statement
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.report import Finding, clipped
from commitgraph.disclosure.shapes import Shape
from commitgraph.iris import BASE, ID, SCHEME, cg, local, thing
from commitgraph.shacl import Hit

_OUR_ADDRESS = re.compile(re.escape(BASE) + r"(?:id|scheme)/[\w.~/-]*[\w~]")
#: A sign that is directly followed by a word: notes have a space between.
_COMMENT = re.compile(r":?\s+(#[^\s#].*)")
_ENTRY, _REPORTS_ON, _HAS_EVIDENCE = cg("entry"), cg("reportsOn"), cg("hasEvidence")
_PREPARED_BY, _NO_INFORMATION = cg("preparedBy"), SCHEME + "status/no-information"
#: Codes by which `core` says that a day, a link or a digest cannot be read.
_MALFORMED = frozenset(("CG201", "CG301", "CG302"))


class Locator:
    """Turns results about one document into findings.

    Args:
        file: how the document is called.
        document: its statements with their places.
        items: the disclosure and its parts.
        register: the names of the graph, for hints.
        lines: the lines of the file where a # may begin a comment in them.
        silent: parts of which nothing is told, since nobody has written anything in them.
        faults: the codes of all results on the document, by the entry or the item.

    Attributes:
        told: remarks on unknown fields that a finding has told: what is missing stands there by another name.
    """

    def __init__(  # noqa: PLR0913, PLR0917  (all that a place and a hint rest on)
        self,
        file: str,
        document: Document,
        items: Iterable[str],
        register: Register,
        lines: Sequence[str] = (),
        silent: Iterable[str] = (),
        faults: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.file = file
        self.document = document
        self.items = frozenset(items)
        self.register = register
        self.lines = lines
        self.silent = frozenset(silent)
        self.faults = faults or {}
        self.told: set[Remark] = set()

    def is_echo(self, hit: Hit, shape: Shape) -> bool:
        """Whether a result says what another has said already, and better.

        It does so where it finds something missing whose value was of the wrong kind, or that stands there
        under another name which a finding has told; and where a claim shows no source because a link, a
        digest or a day beside it is malformed.
        """
        if shape.code in UNSHOWN and any(
            _MALFORMED & set(self.faults.get(item.object.value, ())) for item in self._evidence(hit)
        ):
            return True
        if hit.focus not in self.items or {hit.focus, hit.value} & self.silent:
            return True
        lacking = {(hit.focus, path) for path in self._missing(hit, shape)}
        lacking |= {(hit.value or "", path) for subject, _, path in shape.absent if subject == "?value"}
        return bool(lacking & self.document.rejected_fields) or self._misnamed(hit, shape) in self.told

    def finding(self, hit: Hit, shape: Shape) -> Finding:
        """The finding that a result of `shape` stands for."""
        item = hit.focus
        if hit.value in self.items:
            item = hit.value  # a query on the whole disclosure names the part by ?value
        statement = self._statement(item, hit)
        place = self._place(item, hit, shape, statement)
        # Of two days of the disclosure itself the later one is shown; a day in an entry is shown there.
        for other in shape.against if self._answered(item) is None else ():
            for compared in self.document.values(self.document.root.value, other):
                place = max(place, compared.object_at)
        value = self._value(statement, hit)
        hint = cures.cure(self.register, self._applying(shape), statement, value)
        if shape.code in UNSHOWN:
            hint = sources.cure(self.document, self._evidence(hit), self.faults) or hint
        misnamed = self._misnamed(hit, shape)
        if misnamed and hit.value in {None, hit.focus}:
            self.told.add(misnamed)
            place, hint, value = misnamed.place, misnamed.hint, misnamed.value
        elif any((hit.focus, path) in self.document.empty_fields for path in self._missing(hit, shape)):
            hint = f"the field is there, and nothing stands in it; {hint}"
        cut = self._cut_off(place)
        if cut:
            hint = (
                f"{cut} is a comment: if it belongs to the value, put the whole value between quotes; {hint}"
            )
        provision = self._provision(item, hit, shape)
        return Finding(
            file=self.file,
            line=place.line,
            column=place.column,
            code=shape.code,
            name=shape.name,
            severity=shape.severity,
            message=clipped(self._message(hit, shape, value), 400),
            hint=clipped(hint, 1_000),
            provision=provision,
            value=None if value is None else clipped(value, 200),
            width=place.width,
            sheet=clipped(place.sheet) or None,
            about=self._about(provision),
            shape=hit.shape,
            component=hit.component,
            focus=hit.focus,
            path=hit.path,
            term=hit.term,
            commitment=self._commitment(item, hit),
        )

    def _applying(self, shape: Shape) -> Shape:
        """The shape, without a status that only somebody else than the organisation can give."""
        if shape.name != "unknown-status" or self.document.values(self.document.root.value, _PREPARED_BY):
            return shape
        return replace(shape, allowed=tuple(word for word in shape.allowed if word != _NO_INFORMATION))

    def _evidence(self, hit: Hit) -> list[Statement]:
        """The items of evidence of the entry that a result names by its value."""
        return self.document.values(hit.value, _HAS_EVIDENCE) if hit.value else []

    def _cut_off(self, place: Place) -> str:
        """What YAML takes for a comment though it may belong to the value, as in "Report #2025"."""
        line = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        found = _COMMENT.match(line, place.column - 1 + place.width)
        return clipped(found[1], 40) if found else ""

    def _missing(self, hit: Hit, shape: Shape) -> list[str]:
        """The properties whose absence a result tells; none where it tells something else."""
        if hit.value not in {None, hit.focus} and (not hit.path or hit.value in self.items):
            return []
        wanted = [hit.path] if hit.path else shape.asks
        return [path for path in wanted if not self.document.values(hit.focus, path)]

    def _misnamed(self, hit: Hit, shape: Shape) -> Remark | None:
        """The remark on the unknown field that goes for what a result finds missing."""
        there = (self.document.misnamed.get((hit.focus, path)) for path in self._missing(hit, shape))
        return next((remark for remark in there if remark), None)

    def _statement(self, item: str, hit: Hit) -> Statement | None:
        if not hit.path:
            return None
        there = self.document.values(item, hit.path)
        for statement in there:
            if statement.object.value == hit.value:
                return statement
        if item == hit.value and there:
            return there[0]
        # Too many values: the last one is the one too many.
        return there[-1] if there and hit.value is None else None

    def _place(self, item: str, hit: Hit, shape: Shape, statement: Statement | None) -> Place:
        if statement:
            return statement.object_at
        if hit.path:
            present = self.document.values(item, hit.path)
            if present:
                return present[0].predicate_at
        for path in (hit.path,) if hit.path else shape.asks:
            empty = self.document.empty_fields.get((item, path))
            if empty:
                return empty
        owner = self.document.owner(item)
        return self.document.place(item) or (owner.object_at if owner else Place())

    def _value(self, statement: Statement | None, hit: Hit) -> str | None:
        if statement:
            return None if statement.written.startswith(NODE) else statement.written
        if hit.value and hit.value != hit.focus and not hit.value.startswith(NODE):
            return local(hit.value)
        return None

    def _provision(self, item: str, hit: Hit, shape: Shape) -> str | None:
        """The provision concerned: the one at fault, the one that gives the reason, or that of the entry."""
        return self._value_as_provision(hit) or shape.rests_on or self._answered(item)

    def _commitment(self, item: str, hit: Hit) -> str | None:
        """The promise that a result is about: that of the entry, or the one that has no entry."""
        return self._answered(item) or self._value_as_provision(hit)

    def _value_as_provision(self, hit: Hit) -> str | None:
        space = ID + "provision/"
        known = hit.value and hit.value.startswith(space) and self.register.knows(hit.value)
        return hit.value if known else None

    def _answered(self, item: str) -> str | None:
        """The provision that the entry answers for in which an item stands."""
        while True:
            for answered in self.document.values(item, _REPORTS_ON):
                if self.register.knows(answered.object.value):
                    return answered.object.value
            owner = self.document.owner(item)
            if owner is None or item == self.document.root.value:
                return None
            item = owner.subject.value

    def _about(self, provision: str | None) -> str | None:
        """A provision in words: the title of its instrument and the place in it."""
        if provision is None:
            return None
        title = self.register.label(thing("instrument", local(provision).partition("/")[0]))
        place = self.register.label(provision)
        return ", ".join(part for part in (title, place) if part) or None

    def _message(self, hit: Hit, shape: Shape, value: str | None) -> str:
        # An engine puts the variables of a query in; it knows nothing of what was written for other values.
        message = hit.messages[0] if hit.messages else shape.message
        if shape.value_message and value is not None:
            message = shape.value_message.replace("{?value}", clipped(characters.shown(value)))
        return _OUR_ADDRESS.sub(lambda found: local(found[0]), message)
