"""The reference engine: pySHACL, with a cache of translated queries."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from commitgraph.disclosure.shapes import SH, graph_of
from commitgraph.names import XSD

# rdflib prints a stack trace for every literal that it cannot convert; a stranger's file has many.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)

# A translated query holds state while it runs, so only one judgement runs at a time in a process.
_LOCK = Lock()


class Hit(NamedTuple):
    """One validation result: where it arose, on which property and value, and from which shape."""

    shape: str
    focus: str
    path: str | None
    value: str | None
    messages: tuple[str, ...]


class _Graph(rdflib.Graph):
    """A graph that translates each query text once.

    pySHACL hands over the text of a constraint again for every node in focus; translating it
    costs several times as much as running it.
    """

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query_object, str):
            query_object = _translated(query_object, tuple(sorted((kwargs.get("initNs") or {}).items())))
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=256)
def _translated(text: str, spaces: tuple[tuple[str, Any], ...]) -> Query:
    return prepareQuery(text, initNs=dict(spaces))


def judge(triples: Iterable[ox.Triple], profiles: tuple[str, ...]) -> list[Hit]:
    """Hold a graph against the shapes of some profiles.

    Returns:
        The results, in a stable order, without duplicates.
    """
    from pyshacl import validate  # noqa: PLC0415  (200 ms that `--help` does not need)

    data = _Graph()
    for triple in triples:
        data.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    with _LOCK:
        _, report, text = validate(
            data, shacl_graph=graph_of(profiles), inplace=True, advanced=False, inference="none"
        )
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"pySHACL gave no report: {text}")
    hits = {_hit(report, node) for node in report.subjects(rdflib.RDF.type, SH.ValidationResult)}
    return sorted(hits, key=lambda hit: tuple(str(part or "") for part in hit))


def _hit(report: rdflib.Graph, node: rdflib.term.Node) -> Hit:
    def one(name: rdflib.URIRef) -> str | None:
        value = report.value(node, name)
        return None if value is None else str(value)

    messages = sorted(str(m) for m in report.objects(node, SH.resultMessage))
    return Hit(
        one(SH.sourceShape) or "", one(SH.focusNode) or "", one(SH.resultPath), one(SH.value), tuple(messages)
    )


def _term(term: object) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"expected an address or a literal, got {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == XSD + "string":
        # rdflib tells plain text and xsd:string apart, RDF does not.
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
