"""Terms: the classes and properties of the ontology, with what defines them."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import NS

_TERMS = """
SELECT DISTINCT ?term ?type ?label WHERE {
  VALUES ?type { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
  ?term a ?type ; rdfs:label ?label .
  FILTER ( STRSTARTS(STR(?term), "https://w3id.org/commitgraph/ns#") )
} ORDER BY LCASE(STR(?label)) ?term
"""
_DETAILS = """
SELECT DISTINCT ?term ?property ?value WHERE {
  VALUES ?property { skos:definition skos:scopeNote skos:example rdfs:subClassOf rdfs:subPropertyOf
    rdfs:domain rdfs:range rdf:type owl:inverseOf owl:disjointWith owl:equivalentClass skos:closeMatch }
  ?term ?property ?value .
  FILTER ( STRSTARTS(STR(?term), "https://w3id.org/commitgraph/ns#") && !ISBLANK(?value) )
} ORDER BY ?term ?property ?value
"""
_USE = """
SELECT ?term (COUNT(*) AS ?uses) WHERE {
  { SELECT ?term ?s WHERE { ?s a ?term } } UNION { ?s ?term ?o }
  FILTER ( STRSTARTS(STR(?term), "https://w3id.org/commitgraph/ns#") )
} GROUP BY ?term
"""
_KINDS = {
    "Class": "class",
    "ObjectProperty": "object property",
    "DatatypeProperty": "datatype property",
    "AnnotationProperty": "annotation property",
}


@dataclass(frozen=True)
class TermEntry:
    """A class or property of the ontology.

    Attributes:
        iri, name, label: the term; `name` is what follows the namespace.
        kind: `class`, `object property`, `datatype property` or `annotation property`.
        definition, scope_note, example: texts, empty where there are none.
        supers: IRIs of what it is narrower than, and `subs` of what is narrower than it.
        domain, range, inverse, disjoint: IRIs.
        traits: such as `functional`.
        uses: how often the graph uses it.
    """

    iri: str
    name: str
    label: str
    kind: str
    definition: str
    scope_note: str
    example: str
    supers: tuple[str, ...]
    subs: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: tuple[str, ...]
    disjoint: tuple[str, ...]
    traits: tuple[str, ...]
    uses: int


def terms(engine: Engine) -> tuple[TermEntry, ...]:
    """All terms of the ontology, by label, classes first."""
    details: dict[str, dict[str, list[str]]] = {}
    for row in rows(engine, _DETAILS):
        name = row["property"].rsplit("#", 1)[1]
        details.setdefault(row["term"], {}).setdefault(name, []).append(row["value"])
    uses = {row["term"]: int(row["uses"]) for row in rows(engine, _USE)}
    subs: dict[str, list[str]] = {}
    for term, detail in details.items():
        for above in (*detail.get("subClassOf", ()), *detail.get("subPropertyOf", ())):
            subs.setdefault(above, []).append(term)
    found = []
    for row in rows(engine, _TERMS):
        detail = details.get(row["term"], {})
        traits = (value.rsplit("#", 1)[1] for value in detail.get("type", ()))
        found.append(
            TermEntry(
                row["term"],
                row["term"].removeprefix(NS),
                row["label"],
                _KINDS[row["type"].rsplit("#", 1)[1]],
                " ".join(detail.get("definition", ())),
                " ".join(detail.get("scopeNote", ())),
                " ".join(detail.get("example", ())),
                (*detail.get("subClassOf", ()), *detail.get("subPropertyOf", ())),
                tuple(subs.get(row["term"], ())),
                tuple(detail.get("domain", ())),
                tuple(detail.get("range", ())),
                tuple(detail.get("inverseOf", ())),
                tuple(detail.get("disjointWith", ())),
                tuple(t.removesuffix("Property").lower() for t in traits if t.endswith("Property")
                      and t not in _KINDS),
                uses.get(row["term"], 0),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda term: term.kind != "class"))
