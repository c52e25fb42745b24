"""Instruments in full: who wrote, issued and keeps them, what they are in law, where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.sources import Source, sources_of
from commitgraph.domain.texts import Instrument, Ref, instrument
from commitgraph.engine import Engine
from commitgraph.engine.ask import result, rows
from commitgraph.iris import local

_DETAILS = """
SELECT DISTINCT ?property ?value ?label WHERE {
  VALUES ?property { skos:altLabel cg:documentNumber cg:issuedBy cg:convenedBy cg:contributor cg:officialPage
    cg:adoptedAt cg:note cg:confidence }
  $instrument ?property ?value .
  OPTIONAL { ?value rdfs:label ?label }
} ORDER BY ?property ?label ?value
"""
_EVENT = (
    "SELECT ?held ?place WHERE { OPTIONAL { $event cg:heldOn ?held } OPTIONAL { $event cg:place ?place } }"
)
_COVERAGE = """
SELECT ?concept ?label (COUNT(DISTINCT ?provision) AS ?provisions) (MAX(?rank) AS ?strongest) WHERE {
  ?provision cg:inInstrument $instrument ; cg:about ?concept .
  ?concept a cg:Topic ; skos:prefLabel ?label .
  OPTIONAL { ?provision cg:force/skos:notation ?rank }
} GROUP BY ?concept ?label ORDER BY DESC(?provisions) ?label
"""


@dataclass(frozen=True)
class Occasion:
    """An event: its name, day and place, as far as known."""

    iri: str
    label: str
    held_on: str
    place: str


@dataclass(frozen=True)
class Coverage:
    """A topic, how many provisions of an instrument are about it, and the rank of the strongest."""

    topic: Ref
    provisions: int
    strongest: int


@dataclass(frozen=True)
class Profile:
    """An instrument in full.

    Attributes:
        glance: the instrument at a glance.
        names: further names, and `numbers` of the document.
        issued_by, convened_by, contributors: parties.
        pages: addresses at which the issuer keeps it.
        adopted_at: the occasions.
        confidence: how well what we say of it is borne out, where it is less than read in the source.
        notes: our remarks.
        topics: what its provisions are about, the commonest first.
        sources: what bears it out.
    """

    glance: Instrument
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    issued_by: tuple[Ref, ...]
    convened_by: tuple[Ref, ...]
    contributors: tuple[Ref, ...]
    pages: tuple[str, ...]
    adopted_at: tuple[Occasion, ...]
    confidence: str
    notes: tuple[str, ...]
    topics: tuple[Coverage, ...]
    sources: tuple[Source, ...]


def profile(engine: Engine, iri: str) -> Profile | None:
    """The instrument with that IRI, or None."""
    glance = instrument(engine, iri)
    if glance is None:
        return None
    details: dict[str, list[Ref]] = {}
    for row in rows(engine, _DETAILS, instrument=iri):
        name = row["property"].rsplit("#", 1)[1]
        details.setdefault(name, []).append(Ref(row["value"], row["label"]))

    def texts(name: str) -> tuple[str, ...]:
        return tuple(ref.iri for ref in details.get(name, ()))

    return Profile(
        glance,
        texts("altLabel"),
        texts("documentNumber"),
        tuple(details.get("issuedBy", ())),
        tuple(details.get("convenedBy", ())),
        tuple(details.get("contributor", ())),
        texts("officialPage"),
        tuple(_occasion(engine, event) for event in details.get("adoptedAt", ())),
        local(next(iter(texts("confidence")), "")),
        texts("note"),
        _coverage(engine, iri),
        sources_of(engine, [iri])[iri],
    )


def _occasion(engine: Engine, event: Ref) -> Occasion:
    row = rows(engine, _EVENT, event=event.iri)[0]
    return Occasion(event.iri, event.label, row["held"], row["place"])


def _coverage(engine: Engine, iri: str) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(
            Ref(row["concept"].value, row["label"].value),
            int(row["provisions"].value),
            int(row["strongest"].value) if "strongest" in row else 0,
        )
        for row in result(engine, _COVERAGE, instrument=iri)
    )
