"""Judgements on which values, principles, rights and goals a provision names, serves or touches."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.ref import Ref
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows

_OF_PROVISION = """
SELECT DISTINCT ?link ?concept ?label ?kind ?kindLabel ?reason ?sureness ?judge ?day WHERE {
  ?link a cg:ConceptLink ; cg:fromProvision $provision ; cg:toConcept ?concept ; cg:linkKind ?kind ;
    cg:note ?reason ; cg:sureness ?sureness .
  ?concept skos:prefLabel ?label . ?kind skos:prefLabel ?kindLabel .
  OPTIONAL { ?link cg:judgedBy/rdfs:label ?judge }
  OPTIONAL { ?link cg:reviewedOn ?day }
} ORDER BY ?kind DESC(?sureness) ?concept ?link
"""


@dataclass(frozen=True)
class ConceptLink:
    """One judgement.

    Attributes:
        iri: the judgement.
        concept: the value, principle, right or goal.
        kind: how the provision stands to it, such as `names it`, by the scheme `link-kind`.
        reason: on which words the judgement rests.
        sureness: from 0 to 1.
        judged_by, reviewed_on: who judged, and the day; empty where that is not told.
    """

    iri: str
    concept: Ref
    kind: Ref
    reason: str
    sureness: float
    judged_by: str
    reviewed_on: str


def concept_links(engine: Engine, provision: str) -> tuple[ConceptLink, ...]:
    """All judgements on the provision (IRI), those that name a concept first."""
    return tuple(
        ConceptLink(
            row["link"],
            Ref(row["concept"], row["label"]),
            Ref(row["kind"], row["kindLabel"]),
            row["reason"],
            float(row["sureness"]),
            row["judge"],
            row["day"],
        )
        for row in rows(engine, _OF_PROVISION, provision=provision)
    )
