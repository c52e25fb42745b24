"""The statements of a file, each with the places of its subject, predicate and object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import pyoxigraph as ox

from commitgraph.disclosure.reading.source import Place, Refused, Remark
from commitgraph.iris import RDF, RDF_TYPE, XSD, cg

#: The class of the thing that a whole file is about.
DISCLOSURE = cg("Disclosure")

#: Parts of a file that have no address of their own are called by this and a number in reading order.
NODE = "urn:commitgraph:node:"

#: What a relative address is relative to where a file names no base. It is no web address, so that a
#: relative link is not mistaken for one.
FILE_BASE = "file:///disclosure"

FIRST, REST, NIL = (RDF + name for name in ("first", "rest", "nil"))

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


class Linked(Protocol):
    """What a statement of any kind has."""

    @property
    def subject(self) -> object:
        """Of what it speaks."""

    @property
    def predicate(self) -> object:
        """What it says of it."""

    @property
    def object(self) -> object:
        """The value."""


def lists_of(statements: Sequence[Linked]) -> tuple[dict[str, list[int]], set[int]]:
    """The RDF lists that some property has for its value.

    Returns:
        For the head of each list the statements (by their numbers) that hold its members, in order; and the
        numbers of all statements that make up these lists. What is no sound list is left alone.
    """
    links: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    pointed: dict[str, int] = defaultdict(int)
    heads: dict[str, None] = {}
    for number, statement in enumerate(statements):
        subject, predicate, value = map(name_of, (statement.subject, statement.predicate, statement.object))
        links[subject][predicate].append(number)
        if predicate == REST:
            pointed[value] += 1
        elif predicate != FIRST and not isinstance(statement.object, ox.Literal):
            heads[value] = None
    members: dict[str, list[int]] = {}
    used: set[int] = set()
    for head in heads:
        cells: list[tuple[int, int]] = []
        node = head
        while node != NIL:
            cell = links.get(node, {})
            sound = set(cell) == {FIRST, REST} and all(len(found) == 1 for found in cell.values())
            if not sound or pointed[node] > (node != head):
                break
            cells.append((cell[FIRST][0], cell[REST][0]))
            node = name_of(statements[cell[REST][0]].object)
        else:
            members[head] = [first for first, _ in cells]
            used.update(number for cell_of in cells for number in cell_of)
    return members, used


def unfold(statements: Sequence[Statement]) -> list[Statement]:
    """The statements with the members of a list as values of the property that had the list."""
    members, used = lists_of(statements)
    unfolded = []
    for number, statement in enumerate(statements):
        if number in used:
            continue
        inside = members.get(statement.object.value) if isinstance(statement.object, ox.NamedNode) else None
        if inside is None:
            unfolded.append(statement)
            continue
        for held in (statements[first] for first in inside):
            unfolded.append(
                statement._replace(object=held.object, object_at=held.object_at, written=held.written)
            )
    return unfolded


def name_of(term: object) -> str:
    """The characters of a term, whatever its kind."""
    return str(getattr(term, "value", term))


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

    def triples(self) -> list[ox.Triple]:
        """What it says, without places."""
        return [ox.Triple(s.subject, s.predicate, s.object) for s in self.statements]

    def values(self, subject: str, predicate: str) -> list[Statement]:
        """Statements of one property of one item, in reading order."""
        return self._by_property.get((subject, predicate), [])

    def place(self, item: str) -> Place | None:
        """Where an item stands; None when the file makes no statement about it."""
        return self._item_places.get(item)

    def owner(self, item: str) -> Statement | None:
        """The statement by which an item hangs on another."""
        return self._owners.get(item)
