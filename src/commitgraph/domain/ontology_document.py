"""The ontology as it is published: one header, its own terms, and of the borrowed ones those that it uses."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from commitgraph.domain.things import graph
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import SCHEME, graph_of

#: The files that the ontology is written in, and what is inferred of all its terms alike.
_OWN = (
    graph_of("ontology/commitgraph.ttl"),
    graph_of("ontology/disclosure.ttl"),
    graph_of("inferred/isDefinedBy.rq"),
)
#: The graph of terms that are borrowed, by the ontology or by the data.
EXTERNAL = graph_of("ontology/external.ttl")
#: The graph that says how our terms stand to those of other vocabularies.
ALIGNMENTS = graph_of("ontology/alignments.ttl")
_HEADER = """
SELECT ?version ?created ?modified ?citation WHERE {
  ?ontology owl:versionInfo ?version ; dcterms:created ?created ; dcterms:modified ?modified ;
    dcterms:bibliographicCitation ?citation .
} LIMIT 1
"""


_ALIGNMENTS = """
SELECT ?term ?relation ?target WHERE {
  VALUES ?relation { rdfs:subClassOf rdfs:subPropertyOf owl:equivalentClass owl:equivalentProperty
    rdfs:seeAlso skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }
  GRAPH $graph { ?term ?relation ?target }
} ORDER BY ?term ?relation ?target
"""

_SCHEMES = "SELECT ?scheme WHERE { ?scheme a skos:ConceptScheme } ORDER BY ?scheme"


@dataclass(frozen=True)
class Header:
    """What the ontology says of itself.

    Attributes:
        version: such as `0.2.0`.
        created, modified: days.
        citation: how to name it in a text.
    """

    version: str
    created: str
    modified: str
    citation: str


def header(engine: Engine) -> Header | None:
    """The header of the ontology; None for data without one."""
    found = rows(engine, _HEADER)
    return Header(**found[0]) if found else None


def schemes(engine: Engine) -> tuple[str, ...]:
    """Names of our schemes of concepts, as their addresses have them."""
    found = (row["scheme"] for row in rows(engine, _SCHEMES))
    return tuple(scheme.removeprefix(SCHEME) for scheme in found if scheme.startswith(SCHEME))


def alignments(engine: Engine) -> tuple[tuple[str, str, str], ...]:
    """How terms stand to those of other vocabularies: our term, the relation, the other one (IRIs)."""
    found = rows(engine, _ALIGNMENTS, graph=ALIGNMENTS)
    return tuple((row["term"], row["relation"], row["target"]) for row in found)


def published(engine: Engine) -> tuple[ox.Triple, ...]:
    """The ontology as one document in OWL 2 DL, which needs no other to be read."""
    own = {triple for name in _OWN for triple in graph(engine, name)}
    used = {term for triple in own for term in (triple.predicate, triple.object)}
    borrowed = {triple for triple in graph(engine, EXTERNAL) if triple.subject in used}
    return tuple(sorted(own | borrowed, key=_place))


def _place(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)
