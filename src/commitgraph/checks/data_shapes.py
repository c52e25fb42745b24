"""SHACL: what the files must state, by `ontology/checks/data.ttl`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material, Table
from commitgraph.dataset.rules import apply, inferred_graph
from commitgraph.engine.bridge import rdflib_graph, silent_literals
from commitgraph.iris import GRAPH, RDF_TYPE

FILE = "ontology/checks/data.ttl"
_SPACE = "https://w3id.org/commitgraph/shape/data/"


def _run(material: Material) -> Iterator[Finding]:
    import pyshacl  # noqa: PLC0415  (a fifth of a second that other checks and commands do not need)

    content = (material.root / FILE).read_bytes()
    shapes = _parsed(hashlib.sha256(content).hexdigest(), content)
    with silent_literals():
        _, report, _ = pyshacl.validate(
            _data(material, shapes), shacl_graph=shapes, inplace=True, advanced=False
        )
    # Results within results (sh:detail) only tell why the outer one came about.
    found = [_finding(material, shapes, report, result) for result in report.objects(None, SH.result)]
    yield from sorted(found, key=lambda finding: (finding.file, finding.line, finding.check, finding.got))


def _finding(material: Material, shapes: Graph, report: Graph, result: Node) -> Finding:
    shape = report.value(result, SH.sourceShape)
    focus = str(report.value(result, SH.focusNode))
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    name = str(shape).removeprefix(_SPACE) if isinstance(shape, URIRef) else "unnamed"
    file, line = material.place(focus)
    if path is None:
        one_of = report.value(result, SH.sourceConstraintComponent) == SH.XoneConstraintComponent
        got = f"{brief(focus)} has {'none or both' if one_of else 'none'} of them"
    elif value is None:
        got = f"{brief(focus)} does not have it as it should"
        if report.value(result, SH.sourceConstraintComponent) == SH.MinCountConstraintComponent:
            got = f"{brief(focus)} has none"
        elif report.value(result, SH.sourceConstraintComponent) == SH.MaxCountConstraintComponent:
            got = f"{brief(focus)} has more"
    else:
        got = f"{value.n3() if isinstance(value, Literal) else brief(str(value))}"
    return Finding(
        f"shapes/{name}",
        expected=_text(shapes, shape, SH.message),
        got=got,
        todo=_text(shapes, shape, SH.description),
        subject=focus,
        file=file,
        line=line,
    )


def _text(shapes: Graph, shape: Node | None, slot: URIRef) -> str:
    return str(shapes.value(shape, slot) or "") if shape is not None else ""


@lru_cache(maxsize=2)
def _parsed(digest: str, content: bytes) -> Graph:  # noqa: ARG001  (the digest keys the cache cheaply)
    return Graph().parse(data=content, format="turtle")


#: The rules whose results the shapes ask for: the types of things, and what follows from rows of tables.
_RULES = ("types", "attestedBy", "lists", "signedAs")


#: Tables, and a folder of them, whose reader holds each row to all that the shapes ask of what it states.
_HELD_BY_THEIR_READER = ("data/crosswalks/", "data/identifiers.tsv", "data/names.tsv")


def _data(material: Material, shapes: Graph) -> Graph:
    """What the shapes ask of data graphs and of what else their things must have, as rdflib wants it."""
    store = ox.Store()
    for file in material.graphs:
        if isinstance(file, Table) and file.name.startswith(_HELD_BY_THEIR_READER):
            continue
        graph = ox.NamedNode(file.graph)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in file.triples)
    apply(store, material.root, _RULES)
    inferred = set(map(inferred_graph, _RULES))
    # A seventh of the statements are of properties and classes that no shape names.
    named = {str(term) for term in shapes.objects()}
    return rdflib_graph(
        quad.triple
        for held in store.named_graphs()
        if held.value.startswith(GRAPH + "data/") or held.value in inferred
        for quad in store.quads_for_pattern(None, None, None, held)
        if quad.predicate.value in named
        or (
            quad.predicate.value == RDF_TYPE
            and isinstance(quad.object, ox.NamedNode)
            and quad.object.value in named
        )
    )


CHECKS = [Named("shapes", "Every thing states what its class must state, in the right form.", _run)]
