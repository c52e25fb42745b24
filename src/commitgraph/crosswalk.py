"""Crosswalks: reviewed correspondences between provisions, authored as SSSOM tables.

A file of `data/crosswalks/` is a table of the Simple Standard for Sharing Ontological Mappings
(https://mapping-commons.github.io/sssom/): `#` lines with YAML on top, then tab-separated rows. A
row becomes a `cg:Correspondence`, or a `cg:NoCounterpart` where the object is `sssom:NoTermFound`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from commitgraph.names import ID, RDF_TYPE, XSD, cg, concept, graph_of, thing

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
_PROVISION = thing("provision", "")
_KINDS = concept("correspondence", "")
_SURENESS = re.compile(r"0\.\d+|1\.0+|1|0")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class CrosswalkError(ValueError):
    """A crosswalk file is not what it should be: where, what was expected, what came."""


def read(name: str, content: str) -> list[ox.Quad]:
    """The statements of a crosswalk file, in its named graph.

    Args:
        name: path of the file, relative to the folder that holds `data/`.
        content: the file.

    Raises:
        CrosswalkError: the file is no such table, or a row is wrong.
    """
    lines = content.splitlines()
    top = [line for line in lines if line.startswith("#")]
    head = _head(name, top)
    prefixes = {str(k): str(v) for k, v in dict(head.get("curie_map") or {}).items()}
    graph = ox.NamedNode(graph_of(name))
    quads = [ox.Quad(graph, p, o, graph) for p, o in _about(head)]
    rows = csv.reader(lines[len(top) :], delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = next(rows, [])
    if tuple(columns) != COLUMNS:
        raise CrosswalkError(
            f"{name}:{len(top) + 1}: expected the columns {', '.join(COLUMNS)}; got {', '.join(columns)}"
        )
    seen: dict[frozenset[str], int] = {}
    for number, row in enumerate(rows, len(top) + 2):
        place = f"{name}:{number}"
        if len(row) != len(COLUMNS):
            raise CrosswalkError(f"{place}: expected {len(COLUMNS)} columns, got {len(row)}")
        cells = dict(zip(COLUMNS, row, strict=True))
        pair = frozenset((cells["subject_id"], cells["object_id"]))
        if pair in seen:
            raise CrosswalkError(f"{place}: this pair stands already on line {seen[pair]}; judge it once")
        seen[pair] = number
        quads += [ox.Quad(s, p, o, graph) for s, p, o in _statements(place, cells, prefixes)]
    return quads


def _head(name: str, top: list[str]) -> dict[str, Any]:
    try:
        head = YAML(typ="safe", pure=True).load("\n".join(line[1:] for line in top)) or {}
    except YAMLError as error:
        raise CrosswalkError(f"{name}: expected YAML behind the # on top of the file: {error}") from None
    return head if isinstance(head, dict) else {}


def _about(head: dict[str, Any]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """What the file says about its own graph."""
    yield ox.NamedNode(RDF_TYPE), ox.NamedNode(cg("SourceGraph"))
    yield ox.NamedNode(cg("curatedBy")), ox.NamedNode(thing("curator", "commitgraph"))
    for key, term in (("mapping_set_title", "title"), ("license", "license")):
        if value := str(head.get(key) or ""):
            predicate = ox.NamedNode(f"http://purl.org/dc/terms/{term}")
            yield predicate, ox.NamedNode(value) if key == "license" else ox.Literal(value, language="en")
    if version := str(head.get("mapping_set_version") or ""):
        yield ox.NamedNode(cg("readOn")), ox.Literal(version, datatype=ox.NamedNode(XSD + "date"))


def _statements(
    place: str, cells: dict[str, str], prefixes: dict[str, str]
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    subject = _iri(place, cells["subject_id"], prefixes, _PROVISION)
    kind = _iri(place, cells["predicate_id"], prefixes, _KINDS)
    author = _iri(place, cells["author_id"], prefixes, ID)
    if not _SURENESS.fullmatch(cells["confidence"]):
        raise CrosswalkError(
            f"{place}: confidence: expected a number from 0 to 1, got {cells['confidence']!r}"
        )
    if not _DAY.fullmatch(cells["mapping_date"]):
        raise CrosswalkError(f"{place}: mapping_date: expected YYYY-MM-DD, got {cells['mapping_date']!r}")
    if not cells["comment"].strip():
        raise CrosswalkError(f"{place}: comment: expected the reason for the judgement, got nothing")
    is_none = cells["object_id"] == "sssom:NoTermFound"
    local = subject.removeprefix(_PROVISION)
    if is_none:
        node = ox.NamedNode(thing("no-counterpart", local))
        yield node, ox.NamedNode(RDF_TYPE), ox.NamedNode(cg("NoCounterpart"))
    else:
        target = _iri(place, cells["object_id"], prefixes, _PROVISION)
        node = ox.NamedNode(thing("correspondence", f"{local}--{target.removeprefix(_PROVISION)}"))
        yield node, ox.NamedNode(RDF_TYPE), ox.NamedNode(cg("Correspondence"))
        yield node, ox.NamedNode(cg("toProvision")), ox.NamedNode(target)
        yield node, ox.NamedNode(cg("correspondenceKind")), ox.NamedNode(kind)
    yield node, ox.NamedNode(cg("fromProvision")), ox.NamedNode(subject)
    yield node, ox.NamedNode(cg("note")), ox.Literal(cells["comment"], language="en")
    yield (
        node,
        ox.NamedNode(cg("sureness")),
        ox.Literal(cells["confidence"], datatype=ox.NamedNode(XSD + "decimal")),
    )
    yield node, ox.NamedNode(cg("judgedBy")), ox.NamedNode(author)
    yield (
        node,
        ox.NamedNode(cg("reviewedOn")),
        ox.Literal(cells["mapping_date"], datatype=ox.NamedNode(XSD + "date")),
    )


def _iri(place: str, curie: str, prefixes: dict[str, str], space: str) -> str:
    prefix, _, name = curie.partition(":")
    if prefix not in prefixes or not re.fullmatch(r"[\w./-]+", name):
        raise CrosswalkError(
            f"{place}: expected a name with a prefix of the curie_map ({', '.join(prefixes)}), got {curie!r}"
        )
    iri = prefixes[prefix] + name
    if not iri.startswith(space):
        raise CrosswalkError(f"{place}: expected something under {space}, got {curie!r}")
    return iri


__all__ = ["COLUMNS", "CrosswalkError", "read"]
