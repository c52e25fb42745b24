"""Rolls: each source's list of adherents, and whom a complete one lacks."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.dates import Day, belongs_to
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
_LACKING = "SELECT ?roll ?adherence WHERE { ?roll cg:rollOf $instrument ; cg:lacks ?adherence }"
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
        lacking: adherences that it lacks (`cg:lacks`): another roll shows them, and they had begun, and not
            ended, by the day for which this one speaks.
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


def rolls(engine: Engine, instrument: str, as_of: Day | None = None) -> tuple[Roll, ...]:
    """The lists of adherents to `instrument` (IRI) and what each lacks; with `as_of` those dated by then."""
    known = adherents(engine, instrument)
    by_iri = {adherence.iri: adherence for adherence in known}
    heads: dict[str, dict[str, str]] = {}
    listed: dict[str, list[Adherence]] = {}
    for row in rows(engine, _ROLLS, instrument=instrument):
        if not belongs_to(row["observed"], as_of):
            continue
        heads.setdefault(row["roll"], row)
        listed.setdefault(row["roll"], [])
        if row["adherence"]:
            listed[row["roll"]].append(by_iri[row["adherence"]])
    sources = sources_of(engine, heads)
    lacking: dict[str, set[str]] = {}
    for row in rows(engine, _LACKING, instrument=instrument):
        lacking.setdefault(row["roll"], set()).add(row["adherence"])
    found = []
    for iri, head in heads.items():
        members = sorted(listed[iri], key=lambda a: a.party_label.casefold())
        found.append(
            Roll(
                iri,
                head["label"],
                head["complete"] in ("true", "1"),
                head["observed"],
                head["note"],
                tuple(members),
                tuple(a for a in known if a.iri in lacking.get(iri, ())),
                sources[iri],
            )
        )
    return tuple(found)


def roll(engine: Engine, iri: str) -> tuple[str, Roll] | None:
    """The instrument (IRI) of the list with that IRI, and the list; None where there is none."""
    told = rows(engine, _ROLL_OF, roll=iri)
    found = [(row["instrument"], roll) for row in told for roll in rolls(engine, row["instrument"])]
    return next((pair for pair in found if pair[1].iri == iri), None)
