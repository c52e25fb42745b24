"""OWL: ontology and data are in OWL 2 DL and free of contradiction, by pyHermiT.

The reasoner reads the whole ontology and, of the data, how things are joined: kinds and object properties.
Dates stay out, since `xsd:date` is no OWL 2 datatype. For speed, so do other literals, concepts, passages
and marks with their selectors, judgements, identifiers, names and entries of lists: nine tenths of the
data, which only the domain and range of each property tie to a class, and those `wrong-domain`,
`wrong-range` and `wrong-datatype` look at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pyoxigraph as ox

from commitgraph.checks.finding import Finding, Named, Skipped
from commitgraph.checks.material import Material
from commitgraph.iris import BASE, ID, SCHEME

_ONTOLOGY = tuple(f"ontology/{name}.ttl" for name in ("commitgraph", "disclosure", "external", "alignments"))
_LEFT_OUT = tuple(
    f"{ID}{kind}/"
    for kind in (
        "passage", "mark", "selector", "concept-link", "no-concept", "correspondence", "no-counterpart",
        "identifier", "name", "entry",
    )
)  # fmt: skip
_DOCUMENT = "https://w3id.org/commitgraph/ns"
_OTHER_HEADS = (ox.NamedNode(BASE + "external"), ox.NamedNode(BASE + "alignments"))


def _reason(material: Material) -> Iterator[Finding]:
    if find_spec("pyhermit") is None:
        raise Skipped("pyHermiT is not installed: pip install 'commitgraph[reason]'")
    from pyhermit import PyHermiTError, Reasoner, load_snapshot  # noqa: PLC0415  (an extra)
    from pyowl_core import PyOWLCoreError  # noqa: PLC0415

    document = ox.serialize(_view(material), format=ox.RdfFormat.N_TRIPLES) or b""
    try:
        consistent = Reasoner(load_snapshot(document, document_iri=_DOCUMENT)).is_consistent()
    except (PyHermiTError, PyOWLCoreError) as error:
        yield Finding(
            "reasoner",
            expected="ontology and data in OWL 2 DL",
            got=" ".join(str(error).split())[:300],
            todo="Declare the terms in ontology/; see declared-terms, wrong-domain and wrong-range.",
        )
        return
    if not consistent:
        yield Finding(
            "reasoner",
            expected="an ontology and data that can all be true together",
            got="a contradiction",
            todo="See what wrong-domain, wrong-range, one-kind, functional-twice and within-cycle find.",
        )


def _view(material: Material) -> Iterator[ox.Triple]:
    for file in material.graphs:
        if file.name in _ONTOLOGY:
            yield from (triple for triple in file.triples if not _heads_another(triple))
        elif file.name.startswith(("data/", "ontology/schemes/")):
            yield from filter(_joins, file.triples)


def _joins(triple: ox.Triple) -> bool:
    terms = (triple.subject, triple.object)
    return all(
        isinstance(term, ox.NamedNode) and not term.value.startswith(_LEFT_OUT) for term in terms
    ) and not (isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(SCHEME))


def _heads_another(triple: ox.Triple) -> bool:
    """Whether the triple is of the header of a file beside the ontology: the reasoner reads one header."""
    return triple.subject in _OTHER_HEADS


CHECKS = [Named("reasoner", "Ontology and data are in OWL 2 DL and free of contradiction.", _reason)]
