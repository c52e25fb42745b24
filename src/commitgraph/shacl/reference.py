"""The reference engine: pySHACL, its SPARQL answered by pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from threading import Lock
from typing import Any

import pyoxigraph as ox
import rdflib
import rdflib.query
from pyshacl import validate
from rdflib import SH

from commitgraph.engine.bridge import rdflib_graph, silent_literals, to_rdflib
from commitgraph.shacl.hit import Hit, ordered

# pySHACL patches rdflib while it runs, so only one judgement runs at a time in a process.
_LOCK = Lock()


class _Graph(rdflib.Graph):
    """A graph whose SPARQL is answered by pyoxigraph.

    pySHACL hands over the text of a constraint for every node in focus, and rdflib takes it apart
    again each time and then evaluates it slowly: together most of the time of a judgement. All
    else (targets, paths, Core constraints) stays with pySHACL and rdflib.
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        super().__init__()
        self._ox = ox.Store()
        for triple in triples:
            self._ox.add(ox.Quad(triple.subject, triple.predicate, triple.object))
            self.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))

    def query(
        self,
        query_object: Any,
        processor: Any = "sparql",  # noqa: ARG002  (the parameters are those of rdflib)
        result: Any = "sparql",  # noqa: ARG002
        initNs: Mapping[str, Any] | None = None,
        initBindings: Mapping[str, Any] | None = None,
        *_: Any,
        **__: Any,
    ) -> rdflib.query.Result:
        answer = self._ox.query(
            str(query_object),
            prefixes={prefix: str(space) for prefix, space in (initNs or {}).items()},
            substitutions={ox.Variable(str(k)): _ox_term(v) for k, v in (initBindings or {}).items()},
        )
        if isinstance(answer, ox.QueryBoolean):
            told = rdflib.query.Result("ASK")
            told.askAnswer = bool(answer)
            return told
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError("a constraint is a SELECT or an ASK query")
        names = [variable.value for variable in answer.variables]
        rows = rdflib.query.Result("SELECT")
        rows.vars = [rdflib.Variable(name) for name in names]
        rows.bindings = [
            {rdflib.Variable(name): to_rdflib(row[name]) for name in names if row[name] is not None}
            for row in answer
        ]
        return rows


def judge(triples: Iterable[ox.Triple], shapes: tuple[ox.Triple, ...]) -> list[Hit]:
    """Hold a graph against shapes.

    Returns:
        The results, in a stable order, without duplicates.
    """
    with _LOCK, silent_literals():
        data = _Graph(triples)
        _, report, text = validate(
            data, shacl_graph=graph_of(shapes), inplace=True, advanced=False, inference="none"
        )
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"pySHACL gave no report: {text}")
    return hits_of(report)


@cache
def graph_of(shapes: tuple[ox.Triple, ...]) -> rdflib.Graph:
    """Shapes as pySHACL takes them."""
    return rdflib_graph(shapes)


def hits_of(report: rdflib.Graph) -> list[Hit]:
    """The results in a validation report, in a stable order, without duplicates."""
    return ordered(_hit(report, node) for node in report.subjects(rdflib.RDF.type, SH.ValidationResult))


def _hit(report: rdflib.Graph, node: rdflib.term.Node) -> Hit:
    def one(name: rdflib.URIRef) -> str | None:
        value = report.value(node, name)
        return None if value is None else str(value)

    value, path = report.value(node, SH.value), report.value(node, SH.resultPath)
    messages = sorted(str(m) for m in report.objects(node, SH.resultMessage))
    return Hit(
        one(SH.sourceShape) or "",
        one(SH.focusNode) or "",
        str(path) if isinstance(path, rdflib.URIRef) else None,
        one(SH.value),
        tuple(messages),
        one(SH.sourceConstraintComponent),
        _ox_term(value) if isinstance(value, (rdflib.URIRef, rdflib.Literal)) else None,
    )


def _ox_term(term: rdflib.term.Identifier) -> ox.NamedNode | ox.Literal:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise TypeError(f"expected an address or a literal, got {term!r}")
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
