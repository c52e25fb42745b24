"""Judgements on which values, principles, rights and goals a provision names, serves or touches."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.provisions import Judgement, judgement_of
from commitgraph.domain.ref import Ref
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows

_OF_PROVISION = """
SELECT DISTINCT ?judgement ?concept ?label ?kind ?kindLabel ?reason ?sureness ?judge ?day WHERE {
  ?judgement a cg:ConceptLink ; cg:fromProvision $provision ; cg:toConcept ?concept ; cg:linkKind ?kind ;
    cg:note ?reason ; cg:sureness ?sureness .
  ?concept skos:prefLabel ?label . ?kind skos:prefLabel ?kindLabel .
  OPTIONAL { ?judgement cg:judgedBy/rdfs:label ?judge }
  OPTIONAL { ?judgement cg:reviewedOn ?day }
} ORDER BY ?kind DESC(?sureness) ?concept ?judgement
"""


@dataclass(frozen=True)
class ConceptLink:
    """How a provision stands to a concept.

    Attributes:
        concept: the value, principle, right or goal.
        kind: how the provision stands to it, such as `names it`, by the scheme `link-kind`.
        judgement: who says so, when, how surely and why.
    """

    concept: Ref
    kind: Ref
    judgement: Judgement


def concept_links(engine: Engine, provision: str) -> tuple[ConceptLink, ...]:
    """All judgements on the provision (IRI), those that name a concept first."""
    return tuple(
        ConceptLink(Ref(row["concept"], row["label"]), Ref(row["kind"], row["kindLabel"]), judgement_of(row))
        for row in rows(engine, _OF_PROVISION, provision=provision)
    )
