"""The statements of a file, each with the places of its subject, predicate and object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure.reading.source import Place, Refused, Remark
from commitgraph.iris import RDF_TYPE, XSD, cg

#: The class of the thing that a whole file is about.
DISCLOSURE = cg("Disclosure")

#: Parts of a file that have no address of their own are called by this and a number in reading order.
NODE = "urn:commitgraph:node:"

Node = ox.NamedNode
Object = ox.NamedNode | ox.Literal


class Statement(NamedTuple):
    """One triple and where it stands.

    Attributes:
        written: the object as the author wrote it.
    """

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: Object
    subject_at: Place
    predicate_at: Place
    object_at: Place
    written: str


def text(value: str) -> ox.Literal:
    """A plain literal."""
    return ox.Literal(value)


def typed(value: str, kind: str) -> ox.Literal:
    """A literal of the XML Schema type `kind`."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


def one_root(statements: Iterable[Statement]) -> ox.NamedNode:
    """The disclosure among the subjects of a file.

    Raises:
        Refused: there is none, or more than one.
    """
    roots = {
        s.subject.value: s
        for s in statements
        if s.predicate.value == RDF_TYPE and s.object.value == DISCLOSURE
    }
    if len(roots) != 1:
        found = f"{len(roots)} disclosures" if roots else "no disclosure"
        place = list(roots.values())[1].subject_at if roots else None
        hint = "give exactly one thing the type cg:Disclosure"
        raise Refused("CG010", f"The file holds {found}; exactly one is expected.", place, hint=hint)
    return next(iter(roots.values())).subject


class Document:
    """The statements of one file, indexed for questions about places.

    Attributes:
        statements: in reading order.
        root: the disclosure.
        empty_fields: places of fields that are there but say nothing, by subject and predicate.
        rejected_fields: fields whose value was of the wrong kind and could not be taken over.
        misnamed: remarks on unknown fields by the subject and predicate that they probably stand for.
    """

    def __init__(  # noqa: PLR0913, PLR0917  (all that reading finds out)
        self,
        statements: Iterable[Statement],
        root: ox.NamedNode,
        empty_fields: dict[tuple[str, str], Place] | None = None,
        item_places: dict[str, Place] | None = None,
        rejected_fields: Iterable[tuple[str, str]] = (),
        misnamed: dict[tuple[str, str], Remark] | None = None,
    ) -> None:
        self.statements = list(statements)
        self.root = root
        self.empty_fields = empty_fields or {}
        self.rejected_fields = frozenset(rejected_fields)
        self.misnamed = misnamed or {}
        self._item_places = dict(item_places or {})
        self._by_property: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        self._owners: dict[str, Statement] = {}
        for statement in self.statements:
            self._by_property[statement.subject.value, statement.predicate.value].append(statement)
            self._item_places.setdefault(statement.subject.value, statement.subject_at)
            if isinstance(statement.object, ox.NamedNode):
                self._owners.setdefault(statement.object.value, statement)

    def with_statements(self, statements: Iterable[Statement]) -> Document:
        """The same document with other statements (names resolved, foreign ones left out)."""
        return Document(
            statements,
            self.root,
            self.empty_fields,
            self._item_places,
            self.rejected_fields,
            self.misnamed,
        )

    def values(self, subject: str, predicate: str) -> list[Statement]:
        """Statements of one property of one item, in reading order."""
        return self._by_property.get((subject, predicate), [])

    def place(self, item: str) -> Place | None:
        """Where an item stands; None when the file makes no statement about it."""
        return self._item_places.get(item)

    def owner(self, item: str) -> Statement | None:
        """The statement by which an item hangs on another."""
        return self._owners.get(item)
