"""Concepts: topics, values, principles, rights, and the words by which force, mode and the rest are told."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.ref import Ref
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import SCHEME

_SCHEME = """
SELECT DISTINCT ?concept ?label ?definition ?notation ?broader WHERE {
  ?concept skos:inScheme $scheme ; skos:prefLabel ?label .
  OPTIONAL { ?concept skos:definition ?definition }
  OPTIONAL { ?concept skos:notation ?notation FILTER ( ISNUMERIC(?notation) ) }
  OPTIONAL { ?concept skos:broader ?broader }
} ORDER BY LCASE(STR(?label)) ?concept ?broader
"""
_COUNTS = """
SELECT ?concept (COUNT(DISTINCT ?provision) AS ?provisions)
       (COUNT(DISTINCT ?instrument) AS ?instruments) WHERE {
  ?provision cg:about/skos:broader* ?concept ; cg:inInstrument ?instrument .
  ?concept skos:inScheme $scheme .
} GROUP BY ?concept
"""
_TIES = """
SELECT DISTINCT ?kind ?other ?label ?locator ?instrument WHERE {
  { $concept skos:broader ?other . BIND("broader" AS ?kind) }
  UNION { ?other skos:broader $concept . BIND("narrower" AS ?kind) }
  UNION { $concept skos:related ?other . BIND("related" AS ?kind) }
  UNION { $concept skos:closeMatch|skos:exactMatch ?other . BIND("match" AS ?kind) }
  UNION { $concept cg:setOutIn ?other . BIND("set out in" AS ?kind)
          ?other cg:locator ?locator ; cg:inInstrument/rdfs:label ?instrument }
  OPTIONAL { ?other skos:prefLabel ?label }
} ORDER BY ?kind ?label ?other ?instrument ?locator
"""


@dataclass(frozen=True)
class Concept:
    """A concept of one of our schemes.

    Attributes:
        iri, label, definition: what it is; `rank` is its notation where it has one, else 0.
        broader: IRI of the group it belongs to, or empty.
        provisions, instruments: how many provisions are about it (or a narrower one), in how many texts.
    """

    iri: str
    label: str
    definition: str
    rank: int
    broader: str
    provisions: int
    instruments: int


@dataclass(frozen=True)
class Ties:
    """What a concept is connected with."""

    broader: tuple[Ref, ...]
    narrower: tuple[Ref, ...]
    related: tuple[Ref, ...]
    matches: tuple[Ref, ...]
    set_out_in: tuple[Ref, ...]


def concepts(engine: Engine, scheme: str) -> tuple[Concept, ...]:
    """All concepts of a scheme (its name, such as `topic` or `force`), by label."""
    iri = SCHEME + scheme
    counts = {row["concept"]: row for row in rows(engine, _COUNTS, scheme=iri)}
    found: dict[str, Concept] = {}
    for row in rows(engine, _SCHEME, scheme=iri):
        count = counts.get(row["concept"], {})
        found.setdefault(
            row["concept"],
            Concept(
                iri=row["concept"],
                label=row["label"],
                definition=row["definition"],
                rank=int(row["notation"] or 0),
                broader=row["broader"],
                provisions=int(count.get("provisions", 0)),
                instruments=int(count.get("instruments", 0)),
            ),
        )
    return tuple(found.values())


def ties(engine: Engine, concept: str) -> Ties:
    """What the concept (IRI) is connected with."""
    found: dict[str, list[Ref]] = {}
    for row in rows(engine, _TIES, concept=concept):
        place = f"{row['instrument']}, {row['locator']}" if row["locator"] else ""
        found.setdefault(row["kind"], []).append(Ref(row["other"], row["label"] or place or row["other"]))
    return Ties(
        broader=tuple(found.get("broader", ())),
        narrower=tuple(found.get("narrower", ())),
        related=tuple(found.get("related", ())),
        matches=tuple(found.get("match", ())),
        set_out_in=tuple(found.get("set out in", ())),
    )
