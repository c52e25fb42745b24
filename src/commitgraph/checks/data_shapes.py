"""SHACL: what the files must state, by `ontology/checks/data.ttl`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

import pyoxigraph as ox

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material
from commitgraph.iris import RDF_TYPE, RDFS, SH
from commitgraph.shacl import Hit, Shapes, compiled

FILE = "ontology/checks/data.ttl"
_SPACE = "https://w3id.org/commitgraph/shape/data/"
_KIND = ox.NamedNode(RDF_TYPE)
_BELOW = ox.NamedNode(RDFS + "subClassOf")


def _run(material: Material) -> Iterator[Finding]:
    shapes = _compiled((material.root / FILE).read_bytes())
    found = [_finding(material, shapes, hit) for hit in shapes.judge(_data(material, shapes))]
    yield from sorted(found, key=lambda finding: (finding.file, finding.line, finding.check, finding.got))


def _finding(material: Material, shapes: Shapes, hit: Hit) -> Finding:
    shape = ox.NamedNode(hit.shape)
    file, line = material.place(hit.focus)
    name = (hit.component or "").removeprefix(SH).removesuffix("ConstraintComponent")
    if name in {"Or", "Xone"} and hit.path is None:
        got = f"{brief(hit.focus)} has {'none or both' if name == 'Xone' else 'none'} of them"
    elif hit.term is None:
        missing = {"MinCount": "has none", "MaxCount": "has more"}
        got = f"{brief(hit.focus)} {missing.get(name, 'does not have it as it should')}"
    else:
        got = str(hit.term) if isinstance(hit.term, ox.Literal) else brief(hit.term.value)
    return Finding(
        f"shapes/{hit.shape.removeprefix(_SPACE)}",
        expected=shapes.graph.text(shape, SH + "message"),
        got=got,
        todo=shapes.graph.text(shape, SH + "description"),
        subject=hit.focus,
        file=file,
        line=line,
    )


@lru_cache(maxsize=2)
def _compiled(content: bytes) -> Shapes:
    return compiled(quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE))


def _data(material: Material, shapes: Shapes) -> Iterable[ox.Triple]:
    """What the Turtle files of `data/` state that shapes ask for, and which classes lie below which.

    Tables stay away: their reader holds each row to what the shapes ask.
    """
    below = [triple for file in material.files for triple in file.triples if triple.predicate == _BELOW]
    # Nearly half of the statements are of properties and classes that no shape names.
    asked: set[object] = set(shapes.graph.terms())
    while more := {triple.subject for triple in below if triple.object in asked} - asked:
        asked |= more
    return chain(
        below,
        (
            triple
            for file in material.data
            for triple in file.triples
            if (triple.object if triple.predicate == _KIND else triple.predicate) in asked
        ),
    )


CHECKS = [Named("shapes", "Every thing states what its class must state, in the right form.", _run)]
