"""Rolls: each source's list of adherents, and whom a complete one lacks."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.sources import Source, sources_of
from commitgraph.domain.standing import Adherence, adherents
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows

_ROLLS = """
SELECT ?roll ?label ?complete ?observed ?note ?adherence WHERE {
  ?roll cg:rollOf $instrument ; rdfs:label ?label ; cg:claimsComplete ?complete .
  OPTIONAL { ?roll cg:observedOn ?observed }
  OPTIONAL { ?roll cg:note ?note }
  OPTIONAL { ?roll cg:lists ?adherence }
}
ORDER BY ?roll ?adherence
"""
_ROLL_OF = "SELECT ?instrument WHERE { $roll cg:rollOf ?instrument }"


@dataclass(frozen=True)
class Roll:
    """One source's list of adherents.

    Attributes:
        iri, label: the roll and its name.
        claims_complete: whether the source presents it as the full list.
        observed_on: the day or month for which it speaks.
        note: our remark.
        listed: adherences that it shows.
        lacking: adherences on another roll that this roll does not show although it claims to be complete
            and they had begun, and not ended, by the day for which it speaks.
        sources: what bears it out.
    """

    iri: str
    label: str
    claims_complete: bool
    observed_on: str
    note: str
    listed: tuple[Adherence, ...]
    lacking: tuple[Adherence, ...]
    sources: tuple[Source, ...]


def rolls(engine: Engine, instrument: str) -> tuple[Roll, ...]:
    """The lists of adherents to `instrument` (IRI) and what each lacks."""
    known = adherents(engine, instrument)
    by_iri = {adherence.iri: adherence for adherence in known}
    heads: dict[str, dict[str, str]] = {}
    listed: dict[str, list[Adherence]] = {}
    for row in rows(engine, _ROLLS, instrument=instrument):
        heads.setdefault(row["roll"], row)
        listed.setdefault(row["roll"], [])
        if row["adherence"]:
            listed[row["roll"]].append(by_iri[row["adherence"]])
    sources = sources_of(engine, heads)
    on_some_roll = {adherence.iri for members in listed.values() for adherence in members}
    found = []
    for iri, head in heads.items():
        complete = head["complete"] in ("true", "1")
        lacking = [
            a
            for a in known
            if complete and a.iri in on_some_roll and a not in listed[iri] and a.expected_on(head["observed"])
        ]
        members = sorted(listed[iri], key=lambda a: a.party_label.casefold())
        found.append(
            Roll(
                iri,
                head["label"],
                complete,
                head["observed"],
                head["note"],
                tuple(members),
                tuple(lacking),
                sources[iri],
            )
        )
    return tuple(found)


def roll(engine: Engine, iri: str) -> tuple[str, Roll] | None:
    """The instrument (IRI) of the list with that IRI, and the list; None where there is none."""
    told = rows(engine, _ROLL_OF, roll=iri)
    found = [(row["instrument"], roll) for row in told for roll in rolls(engine, row["instrument"])]
    return next((pair for pair in found if pair[1].iri == iri), None)
