"""Crosswalks: judgements on provisions, authored as SSSOM tables.

A file of `data/crosswalks/` is a table of the Simple Standard for Sharing Ontological Mappings
(https://mapping-commons.github.io/sssom/): `#` lines with YAML on top, then tab-separated rows. A
row becomes a `cg:Correspondence` of two provisions, or a `cg:NoCounterpart` where the object is
`sssom:NoTermFound`; in `data/crosswalks/concepts/`, which has a table for each text, it becomes a
`cg:ConceptLink` of a provision and a value, principle, right or goal, or a `cg:NoConcept`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, ClassVar

import pyoxigraph as ox

from commitgraph.dataset import sssom
from commitgraph.dataset.tables import SHOWN, Reading, TableError, day, table_of, typed
from commitgraph.iris import DCTERMS, ID, RDF_TYPE, cg, concept, graph_of, is_iri, thing

#: What a table must hold, in this order.
COLUMNS = (
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "confidence",
    "author_id",
    "mapping_date",
    "comment",
)
#: Stands as the object where the second text holds no counterpart.
NONE = "sssom:NoTermFound"
_PROVISION = thing("provision", "")
#: Tables of links to concepts lie in this folder.
CONCEPTS = "data/crosswalks/concepts/"
_KINDS = concept("correspondence", "")
_LINK_KINDS = concept("link-kind", "")
#: Where values, principles and rights, and the goals of the United Nations, are named.
_CONCEPTS = (
    *(concept(scheme, "") for scheme in ("value", "principle", "right")),
    "http://metadata.un.org/sdg/",
)
_SURENESS = re.compile(r"0(\.\d+)?|1(\.0+)?", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")

_Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


# The checks read each table before the loader does.
@lru_cache(maxsize=1024)
def read(name: str, content: str) -> Reading:
    """The statements of a crosswalk file.

    Args:
        name: path of the file, relative to the folder that holds `data/`.
        content: the file.

    Raises:
        TableError: the file is no such table, or a row is wrong.
    """
    top, rows = table_of(name, content, COLUMNS)
    head = sssom.head(name, top)
    prefixes = sssom.prefixes(name, head)
    graph = ox.NamedNode(graph_of(name))
    quads = [ox.Quad(graph, p, o, graph) for p, o in _about(name, head)]
    row = _LinkRow if name.startswith(CONCEPTS) else _PairRow
    pairs: dict[frozenset[str], int] = {}
    places: dict[str, int] = {}
    for number, cells in rows:
        judgement = row(name, number, cells, prefixes)
        pair = frozenset((judgement.subject, judgement.target))
        if pair in pairs:
            raise TableError(
                name,
                number,
                "expected each pair once, in either order; "
                f"this one stands already on line {pairs[pair]}: judge it once",
            )
        pairs[pair] = places[judgement.node] = number
        quads += [ox.Quad(s, p, o, graph) for s, p, o in judgement.statements()]
    return Reading(tuple(quads), places)


def _about(name: str, head: dict[str, Any]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """What the file says about its own graph."""
    yield ox.NamedNode(RDF_TYPE), ox.NamedNode(cg("SourceGraph"))
    yield ox.NamedNode(cg("curatedBy")), ox.NamedNode(thing("curator", "commitgraph"))
    if title := str(head.get("mapping_set_title") or ""):
        yield ox.NamedNode(DCTERMS + "title"), ox.Literal(title, language="en")
    if licence := str(head.get("license") or ""):
        if not is_iri(licence):
            raise TableError(name, 1, f"license: expected the address of a licence, got {licence[:SHOWN]!r}")
        yield ox.NamedNode(DCTERMS + "license"), ox.NamedNode(licence)
    if version := str(head.get("mapping_set_version") or ""):
        yield ox.NamedNode(cg("readOn")), _day(name, 1, "mapping_set_version", version)


class _Row(ABC):
    """One judgement: its cells, read and found to be right.

    Attributes:
        kinds: where the kinds of such a judgement are named.
        found: class of a judgement that found something, and the properties that say what, and how.
        nothing: class of a judgement that found nothing.
        subject: IRI of the provision that is judged.
        target: IRI of what it was found to be tied to; empty where nothing was found.
        node: IRI of the judgement.
    """

    kinds: ClassVar[str]
    found: ClassVar[tuple[str, str, str]]
    nothing: ClassVar[str]

    def __init__(self, name: str, line: int, cells: dict[str, str], prefixes: dict[str, str]) -> None:
        self._place = name, line
        self._prefixes = prefixes
        self.subject = self._provision(cells["subject_id"])
        self.kind = self._iri(cells["predicate_id"], self.kinds)
        self.author = self._iri(cells["author_id"], ID)
        self.sureness, self.reason = cells["confidence"], cells["comment"]
        if not _SURENESS.fullmatch(self.sureness):
            raise TableError(
                name, line, f"confidence: expected a number from 0 to 1, got {self.sureness[:SHOWN]!r}"
            )
        self.day = _day(name, line, "mapping_date", cells["mapping_date"])
        if not self.reason.strip():
            raise TableError(
                name, line, "comment: expected the reason for the judgement in a sentence, got nothing"
            )
        self._own = self.subject.removeprefix(_PROVISION)
        none = cells["object_id"] == NONE
        self.target = "" if none else self._object(cells["object_id"])
        self.node = self._node()

    @abstractmethod
    def _object(self, curie: str) -> str:
        """IRI of what the row names as its object."""

    @abstractmethod
    def _node(self) -> str:
        """IRI of the judgement."""

    def statements(self) -> Iterator[_Triple]:
        """The judgement as triples."""
        node = ox.NamedNode(self.node)
        what, to, how = self.found
        yield node, ox.NamedNode(RDF_TYPE), ox.NamedNode(cg(what if self.target else self.nothing))
        yield node, ox.NamedNode(cg("fromProvision")), ox.NamedNode(self.subject)
        if self.target:
            yield node, ox.NamedNode(cg(to)), ox.NamedNode(self.target)
            yield node, ox.NamedNode(cg(how)), ox.NamedNode(self.kind)
        yield node, ox.NamedNode(cg("note")), ox.Literal(self.reason, language="en")
        yield node, ox.NamedNode(cg("sureness")), typed(self.sureness, "decimal")
        yield node, ox.NamedNode(cg("judgedBy")), ox.NamedNode(self.author)
        yield node, ox.NamedNode(cg("reviewedOn")), self.day

    def _provision(self, curie: str) -> str:
        iri = self._iri(curie, _PROVISION)
        if iri.removeprefix(_PROVISION).count("/") != 1:
            raise TableError(
                *self._place, f"expected a provision as TEXT/PLACE behind the prefix, got {curie[:SHOWN]!r}"
            )
        return iri

    def _iri(self, curie: str, *spaces: str) -> str:
        prefix, _, name = curie.partition(":")
        space = self._prefixes.get(prefix)
        if space is None or not _NAME.fullmatch(name):
            raise TableError(
                *self._place,
                "expected a name with a prefix of the curie_map "
                f"({', '.join(self._prefixes)}), got {curie[:SHOWN]!r}",
            )
        iri = space + name
        if not iri.startswith(spaces):
            raise TableError(
                *self._place, f"expected something under {' or '.join(spaces)}, got {curie[:SHOWN]!r}"
            )
        return iri


class _PairRow(_Row):
    """A judgement on two provisions of different texts."""

    kinds = _KINDS
    found = "Correspondence", "toProvision", "correspondenceKind"
    nothing = "NoCounterpart"

    def _object(self, curie: str) -> str:
        iri = self._provision(curie)
        text = self._own.split("/")[0]
        if iri.removeprefix(_PROVISION).split("/")[0] == text:
            raise TableError(*self._place, f"expected provisions of two texts, got two of {text}")
        return iri

    def _node(self) -> str:
        if not self.target:
            return thing("no-counterpart", self._own)
        return thing("correspondence", f"{self._own}--{self.target.removeprefix(_PROVISION)}")


class _LinkRow(_Row):
    """A judgement on a provision and a value, principle, right or goal."""

    kinds = _LINK_KINDS
    found = "ConceptLink", "toConcept", "linkKind"
    nothing = "NoConcept"

    def __init__(self, name: str, line: int, cells: dict[str, str], prefixes: dict[str, str]) -> None:
        super().__init__(name, line, cells, prefixes)
        text = name.removeprefix(CONCEPTS).removesuffix(".sssom.tsv")
        if self._own.split("/")[0] != text:
            raise TableError(name, line, f"expected a provision of {text}, got {self._own}")

    def _object(self, curie: str) -> str:
        return self._iri(curie, *_CONCEPTS)

    def _node(self) -> str:
        if not self.target:
            return thing("no-concept", self._own)
        scheme, name = self.target.split("/")[-2:]
        return thing("concept-link", f"{self._own}--{scheme}-{name}")


def _day(name: str, line: int, column: str, text: str) -> ox.Literal:
    try:
        return day(text)
    except ValueError as error:
        raise TableError(name, line, f"{column}: {error}") from None


__all__ = ["COLUMNS", "NONE", "read"]
