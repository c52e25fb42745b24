"""Things: every statement about one thing, with the file that makes it, and its description as RDF."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from commitgraph.engine import Engine, Term
from commitgraph.engine.ask import result, rows

_STATEMENTS = """
SELECT ?graph ?graphTitle ?property ?propertyLabel ?value ?valueLabel WHERE {
  GRAPH ?graph { $thing ?property ?value }
  OPTIONAL { ?graph dcterms:title ?graphTitle }
  OPTIONAL { ?property rdfs:label ?propertyLabel }
  OPTIONAL { ?value rdfs:label|skos:prefLabel ?valueName }
  OPTIONAL { ?value dcterms:title ?valueTitle }
  BIND(COALESCE(?valueName, ?valueTitle) AS ?valueLabel)
} ORDER BY ?property ?valueLabel ?value ?graph
"""
_INCOMING = """
SELECT DISTINCT ?subject ?label ?property ?propertyLabel WHERE {
  ?subject ?property $thing .
  FILTER ( ISIRI(?subject) )
  OPTIONAL { ?subject rdfs:label|skos:prefLabel ?name }
  OPTIONAL { ?subject dcterms:title ?title }
  BIND(COALESCE(?name, ?title) AS ?label)
  OPTIONAL { ?property rdfs:label ?propertyLabel }
} ORDER BY ?property ?subject
"""
# What a passage hangs on (its edition, its selector) belongs to the description: without it a reader of
# the file could not find the words. A scheme of concepts without its concepts would say nothing.
_DESCRIPTION = """
CONSTRUCT {
  $thing ?p ?o . ?concept ?cp ?co . ?passage ?pp ?po . ?selector ?sp ?so . ?edition ?ep ?eo
} WHERE {
  { $thing ?p ?o }
  UNION { ?concept skos:inScheme $thing ; ?cp ?co }
  UNION { $thing cg:wordedIn|cg:attestedBy ?passage . ?passage ?pp ?po }
  UNION { $thing (cg:wordedIn|cg:attestedBy)?/oa:hasSelector ?selector . ?selector ?sp ?so }
  UNION { $thing (cg:wordedIn|cg:attestedBy)?/cg:inEdition ?edition . ?edition ?ep ?eo }
}
"""
_EXISTS = "ASK { { $thing ?property ?value } UNION { GRAPH $thing { ?s ?p ?o } } }"
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $thing { ?s ?p ?o } }"


@dataclass(frozen=True)
class Statement:
    """One property of a thing and its value.

    Attributes:
        property, property_label: what is said; the label is empty for terms without one.
        value: the value, `value_label` what it is called.
        graphs: IRI and title of each named graph (file or rule) that says so.
    """

    property: str
    property_label: str
    value: Term
    value_label: str
    graphs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pointer:
    """Another thing that points to this one, and by which property."""

    subject: str
    label: str
    property: str
    property_label: str


def statements(engine: Engine, thing: str) -> tuple[Statement, ...]:
    """All that is stated about `thing` (IRI), by property; empty where nothing is."""
    found: dict[tuple[str, Term], tuple[str, str, dict[str, str]]] = {}
    for row in result(engine, _STATEMENTS, thing=thing):
        key = (row["property"].value, row["value"])
        labels = found.setdefault(key, (_text(row, "propertyLabel"), _text(row, "valueLabel"), {}))
        labels[2][row["graph"].value] = _text(row, "graphTitle")
    return tuple(
        Statement(name, label, value, value_label, tuple(graphs.items()))
        for (name, value), (label, value_label, graphs) in found.items()
    )


def pointers(engine: Engine, thing: str) -> tuple[Pointer, ...]:
    """What points to `thing` (IRI)."""
    found: dict[tuple[str, str], Pointer] = {}
    for row in rows(engine, _INCOMING, thing=thing):
        pair = (row["subject"], row["property"])
        found.setdefault(pair, Pointer(*pair[:1], row["label"], row["property"], row["propertyLabel"]))
    return tuple(found.values())


def exists(engine: Engine, thing: str) -> bool:
    """Whether anything is stated about `thing` (IRI), or in the named graph of that name."""
    return result(engine, _EXISTS, thing=thing).boolean


def description(engine: Engine, thing: str) -> tuple[ox.Triple, ...]:
    """The statements about `thing` (IRI), sorted.

    With it come the passages, selectors and editions that they rest on, and the concepts of a scheme.
    """
    return _sorted(result(engine, _DESCRIPTION, thing=thing).triples)


def graph(engine: Engine, name: str) -> tuple[ox.Triple, ...]:
    """All triples of the named graph (IRI), sorted."""
    return _sorted(result(engine, _GRAPH, thing=name).triples)


def _sorted(triples: tuple[ox.Triple, ...]) -> tuple[ox.Triple, ...]:
    return tuple(sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object))))


def _text(row: dict[str, Term], name: str) -> str:
    return row[name].value if name in row else ""
