"""Regions: where states lie, by the tables of United Nations statistics."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.ref import Ref
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows

_REGION = """
SELECT DISTINCT ?region ?label ?wider ?widerLabel ?edition ?title WHERE {
  GRAPH ?graph { $party cg:region ?region }
  ?region skos:prefLabel ?label ; skos:broader ?wider .
  ?wider skos:prefLabel ?widerLabel .
  OPTIONAL { ?graph prov:wasDerivedFrom ?edition . ?edition cg:editionOf/rdfs:label ?title }
} ORDER BY ?region ?edition
"""
_STATES = """
SELECT ?region ?label ?wider ?state WHERE {
  ?state cg:region/skos:broader* ?region . ?region skos:prefLabel ?label .
  OPTIONAL { ?region skos:broader ?wider }
} ORDER BY ?region ?state
"""


@dataclass(frozen=True)
class Region:
    """Where a state lies.

    Attributes:
        part, whole: the sub-region, and the region that takes it in.
        sources: the copies in which it was read.
    """

    part: Ref
    whole: Ref
    sources: tuple[Ref, ...]


@dataclass(frozen=True)
class States:
    """A region or sub-region and the states in it.

    Attributes:
        region: which.
        whole: IRI of the region that takes it in; empty where it is one itself.
        states: their IRIs.
    """

    region: Ref
    whole: str
    states: frozenset[str]


def region_of(engine: Engine, state: str) -> Region | None:
    """The region of `state` (IRI), or None where the graph knows none."""
    found = rows(engine, _REGION, party=state)
    if not found:
        return None
    first = found[0]
    return Region(
        part=Ref(first["region"], first["label"]),
        whole=Ref(first["wider"], first["widerLabel"]),
        sources=tuple(Ref(row["edition"], row["title"]) for row in found if row["edition"]),
    )


def states_by_region(engine: Engine) -> tuple[States, ...]:
    """The regions in which the graph knows states, each followed by its sub-regions, by name."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(engine, _STATES):
        found.setdefault(row["region"], []).append(row)
    names = {iri: told[0]["label"] for iri, told in found.items()}
    made = [
        States(Ref(iri, names[iri]), told[0]["wider"], frozenset(row["state"] for row in told))
        for iri, told in found.items()
    ]
    return tuple(
        sorted(
            made,
            key=lambda one: (
                names.get(one.whole, one.region.label),
                bool(one.whole),
                one.region.label,
            ),
        )
    )


__all__ = ["Region", "States", "region_of", "states_by_region"]
