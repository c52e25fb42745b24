"""From a validation result to a finding: where it stands, what it says, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commitgraph.disclosure.reading.source import Place
from commitgraph.disclosure.reading.statements import NODE, Document, Statement
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.report import Finding, clipped
from commitgraph.disclosure.shacl import Hit
from commitgraph.disclosure.shapes import Shape
from commitgraph.find.names import Kind
from commitgraph.iris import BASE, ID, cg, is_iri, local, thing
from commitgraph.near import did_you_mean

_OUR_ADDRESS = re.compile(re.escape(BASE) + r"(?:id|scheme)/[\w.~/-]*[\w~]")
_ENTRY, _REPORTS_ON = cg("entry"), cg("reportsOn")

_NAMED: dict[str, Kind] = {
    "unknown-organisation": "party",
    "unknown-commitment": "provision",
    "unknown-framework": "instrument",
}


class Locator:
    """Turns results about one document into findings.

    Args:
        file: how the document is called.
        document: its statements with their places.
        items: the disclosure and its parts.
        register: the names of the graph, for hints.
    """

    def __init__(self, file: str, document: Document, items: Iterable[str], register: Register) -> None:
        self.file = file
        self.document = document
        self.items = frozenset(items)
        self.register = register

    def is_echo(self, hit: Hit) -> bool:
        """Whether a result says that something is missing whose value was of the wrong kind.

        That has been said already, and better.
        """
        if hit.focus not in self.items:
            return True
        key = (hit.focus, hit.path or "")
        return (
            hit.value in {None, hit.focus}
            and key in self.document.rejected_fields
            and not self.document.values(*key)
        )

    def finding(self, hit: Hit, shape: Shape) -> Finding:
        """The finding that a result of `shape` stands for."""
        item = hit.focus
        if hit.value in self.items:
            item = hit.value  # a query on the whole disclosure names the part by ?value
        statement = self._statement(item, hit)
        place = self._place(item, hit, statement)
        for other in shape.against:
            for compared in self.document.values(self.document.root.value, other):
                place = max(place, compared.object_at)
        value = self._value(statement, hit)
        provision = self._provision(item, hit, shape)
        return Finding(
            file=self.file,
            line=place.line,
            column=place.column,
            code=shape.code,
            name=shape.name,
            severity=shape.severity,
            message=clipped(self._message(hit, shape, value), 400),
            hint=clipped(self._hint(shape, value), 500),
            provision=provision,
            value=None if value is None else clipped(value, 200),
            width=place.width,
            sheet=clipped(place.sheet) or None,
            about=self._about(provision),
            shape=hit.shape,
            component=hit.component,
            focus=hit.focus,
            # A path of several steps has no address.
            path=hit.path if hit.path and is_iri(hit.path) else None,
            term=hit.term,
        )

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

    def _place(self, item: str, hit: Hit, statement: Statement | None) -> Place:
        if statement:
            return statement.object_at
        if hit.path:
            present = self.document.values(item, hit.path)
            if present:
                return present[0].predicate_at
            empty_fields = self.document.empty_fields.get((item, hit.path))
            if empty_fields:
                return empty_fields
        owner = self.document.owner(item)
        return self.document.place(item) or (owner.object_at if owner else Place())

    def _value(self, statement: Statement | None, hit: Hit) -> str | None:
        if statement:
            return None if statement.written.startswith(NODE) else statement.written
        if hit.value and hit.value != hit.focus and not hit.value.startswith(NODE):
            return local(hit.value)
        return None

    def _provision(self, item: str, hit: Hit, shape: Shape) -> str | None:
        space = ID + "provision/"
        if hit.value and hit.value.startswith(space) and self.register.knows(hit.value):
            return hit.value
        if shape.rests_on:
            return shape.rests_on
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
        # pySHACL has put the variables of a query in; those of a plain shape are left to us.
        message = hit.messages[0] if hit.messages else shape.message
        if "{?value}" in shape.message:
            message = shape.message.replace("{?value}", clipped(value or ""))
        return _OUR_ADDRESS.sub(lambda found: local(found[0]), message)

    def _hint(self, shape: Shape, value: str | None) -> str:
        if value is None:
            return shape.hint
        if shape.allowed and shape.allowed[0].startswith(BASE):
            return did_you_mean(local(value), [local(iri) for iri in shape.allowed])
        kind = _NAMED.get(shape.name)
        like = self.register.like(kind, value) if kind else None
        return f'did you mean "{like}"? Otherwise {shape.hint}' if like else shape.hint
