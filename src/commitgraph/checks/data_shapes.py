"""SHACL: what the files must state, by `ontology/checks/data.ttl`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import pyoxigraph as ox
from rdflib import RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material
from commitgraph.engine.bridge import rdflib_graph, silent_literals
from commitgraph.iris import RDF_TYPE

FILE = "ontology/checks/data.ttl"
_SPACE = "https://w3id.org/commitgraph/shape/data/"
_KIND = ox.NamedNode(RDF_TYPE)
_BELOW = ox.NamedNode(str(RDFS.subClassOf))


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


def _data(material: Material, shapes: Graph) -> Graph:
    """What the Turtle files of `data/` state that shapes ask for, and which classes lie below which.

    Tables stay away: their reader holds each row to what the shapes ask.
    """
    below = [triple for file in material.files for triple in file.triples if triple.predicate == _BELOW]
    # More than half of the statements are of properties and classes that no shape names.
    asked: set[object] = {ox.NamedNode(term) for term in shapes.objects() if isinstance(term, URIRef)}
    while more := {triple.subject for triple in below if triple.object in asked} - asked:
        asked |= more
    return rdflib_graph(
        chain(
            below,
            (
                triple
                for file in material.data
                for triple in file.triples
                if (triple.object if triple.predicate == _KIND else triple.predicate) in asked
            ),
        )
    )


CHECKS = [Named("shapes", "Every thing states what its class must state, in the right form.", _run)]
