"""Crosswalks: reviewed correspondences between provisions, authored as SSSOM tables.

A file of `data/crosswalks/` is a table of the Simple Standard for Sharing Ontological Mappings
(https://mapping-commons.github.io/sssom/): `#` lines with YAML on top, then tab-separated rows. A
row becomes a `cg:Correspondence`, or a `cg:NoCounterpart` where the object is `sssom:NoTermFound`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from commitgraph.dataset import sssom
from commitgraph.dataset.tables import SHOWN, Reading, TableError, day, table_of, typed
from commitgraph.iris import ID, RDF_TYPE, cg, concept, converter, graph_of, is_iri, thing

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
_KINDS = concept("correspondence", "")
_SURENESS = re.compile(r"0(\.\d+)?|1(\.0+)?", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")

_Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


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
    pairs: dict[frozenset[str], int] = {}
    places: dict[str, int] = {}
    for number, cells in rows:
        judgement = _Row(name, number, cells, prefixes)
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
        yield ox.NamedNode("http://purl.org/dc/terms/title"), ox.Literal(title, language="en")
    if licence := str(head.get("license") or ""):
        if not is_iri(licence):
            raise TableError(name, 1, f"license: expected the address of a licence, got {licence[:SHOWN]!r}")
        yield ox.NamedNode("http://purl.org/dc/terms/license"), ox.NamedNode(licence)
    if version := str(head.get("mapping_set_version") or ""):
        yield ox.NamedNode(cg("readOn")), _day(name, 1, "mapping_set_version", version)


class _Row:
    """One judgement: its cells, read and found to be right."""

    def __init__(self, name: str, line: int, cells: dict[str, str], prefixes: dict[str, str]) -> None:
        self._place = name, line
        self._prefixes = prefixes
        self.subject = self._provision(cells["subject_id"])
        self.kind = self._iri(cells["predicate_id"], _KINDS)
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
        own = self.subject.removeprefix(_PROVISION)
        if cells["object_id"] == NONE:
            self.target = ""
            self.node = thing("no-counterpart", own)
            return
        self.target = self._provision(cells["object_id"])
        other = self.target.removeprefix(_PROVISION)
        if own.split("/")[0] == other.split("/")[0]:
            raise TableError(name, line, f"expected provisions of two texts, got two of {own.split('/')[0]}")
        self.node = thing("correspondence", f"{own}--{other}")

    def statements(self) -> Iterator[_Triple]:
        """The judgement as triples."""
        node = ox.NamedNode(self.node)
        yield (
            node,
            ox.NamedNode(RDF_TYPE),
            ox.NamedNode(cg("Correspondence" if self.target else "NoCounterpart")),
        )
        yield node, ox.NamedNode(cg("fromProvision")), ox.NamedNode(self.subject)
        if self.target:
            yield node, ox.NamedNode(cg("toProvision")), ox.NamedNode(self.target)
            yield node, ox.NamedNode(cg("correspondenceKind")), ox.NamedNode(self.kind)
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

    def _iri(self, curie: str, space: str) -> str:
        prefix, _, name = curie.partition(":")
        iri = converter(self._prefixes).expand_pair(prefix, name)
        if iri is None or not _NAME.fullmatch(name):
            raise TableError(
                *self._place,
                "expected a name with a prefix of the curie_map "
                f"({', '.join(self._prefixes)}), got {curie[:SHOWN]!r}",
            )
        if not iri.startswith(space):
            raise TableError(*self._place, f"expected something under {space}, got {curie[:SHOWN]!r}")
        return iri


def _day(name: str, line: int, column: str, text: str) -> ox.Literal:
    try:
        return day(text)
    except ValueError as error:
        raise TableError(name, line, f"{column}: {error}") from None


__all__ = ["COLUMNS", "NONE", "read"]
