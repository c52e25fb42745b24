"""Rolls: each source's list of adherents, and whom a complete one lacks."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.dates import Day, belongs_to
from commitgraph.domain.sources import Source, sources_of
from commitgraph.domain.standing import Adherence, adherents
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows

_ROLLS = """
SELECT ?roll ?instrument ?label ?complete ?observed ?note ?adherence WHERE {
  %s
  ?roll cg:rollOf ?instrument ; rdfs:label ?label ; cg:claimsComplete ?complete .
  OPTIONAL { ?roll cg:observedOn ?observed }
  OPTIONAL { ?roll cg:note ?note }
  OPTIONAL { ?roll cg:lists ?adherence }
}
ORDER BY ?roll ?adherence ?note
"""
_LACKING = "SELECT ?roll ?adherence WHERE { %s ?roll cg:rollOf ?instrument ; cg:lacks ?adherence }"
_OF_INSTRUMENT = "VALUES ?instrument { $thing }"
_ROLL_OF = "SELECT ?instrument WHERE { $roll cg:rollOf ?instrument }"


@dataclass(frozen=True)
class Roll:
    """One source's list of adherents.

    Attributes:
        iri, label: the roll and its name.
        instrument: IRI of the text whose adherents it lists.
        claims_complete: whether the source presents it as the full list.
        observed_on: the day or month for which it speaks.
        note: our remarks, and what the list says of itself.
        listed: adherences that it shows.
        lacking: adherences that it lacks (`cg:lacks`): another roll shows them, and they had begun, and not
            ended, by the day for which this one speaks.
        sources: what bears it out.
    """

    iri: str
    label: str
    instrument: str
    claims_complete: bool
    observed_on: str
    note: str
    listed: tuple[Adherence, ...]
    lacking: tuple[Adherence, ...]
    sources: tuple[Source, ...]


def rolls(engine: Engine, instrument: str, as_of: Day | None = None) -> tuple[Roll, ...]:
    """The lists of adherents to `instrument` (IRI) and what each lacks; with `as_of` those dated by then."""
    return _rolls(engine, _OF_INSTRUMENT, adherents(engine, instrument), as_of, thing=instrument)


def all_rolls(engine: Engine, known: tuple[Adherence, ...], as_of: Day | None = None) -> tuple[Roll, ...]:
    """The lists of adherents to all instruments; with `as_of` those dated by then.

    Args:
        engine: what is asked.
        known: all adherences.
        as_of: a day.
    """
    return _rolls(engine, "", known, as_of)


def _rolls(
    engine: Engine, bound: str, known: tuple[Adherence, ...], as_of: Day | None, **terms: str
) -> tuple[Roll, ...]:
    by_iri = {adherence.iri: adherence for adherence in known}
    heads: dict[str, dict[str, str]] = {}
    listed: dict[str, dict[str, Adherence]] = {}
    notes: dict[str, dict[str, None]] = {}
    for row in rows(engine, _ROLLS % bound, **terms):
        if not belongs_to(row["observed"], as_of):
            continue
        heads.setdefault(row["roll"], row)
        listed.setdefault(row["roll"], {})
        if row["adherence"]:
            listed[row["roll"]][row["adherence"]] = by_iri[row["adherence"]]
        if row["note"]:
            notes.setdefault(row["roll"], {})[row["note"]] = None
    sources = sources_of(engine, heads)
    lacking: dict[str, set[str]] = {}
    for row in rows(engine, _LACKING % bound, **terms):
        lacking.setdefault(row["roll"], set()).add(row["adherence"])
    return tuple(
        Roll(
            iri,
            head["label"],
            head["instrument"],
            head["complete"] in ("true", "1"),
            head["observed"],
            " ".join(notes.get(iri, ())),
            tuple(sorted(listed[iri].values(), key=lambda a: a.party_label.casefold())),
            tuple(a for a in known if a.iri in lacking.get(iri, ())),
            sources[iri],
        )
        for iri, head in heads.items()
    )


def roll(engine: Engine, iri: str) -> Roll | None:
    """The list with that IRI, or None."""
    told = rows(engine, _ROLL_OF, roll=iri)
    found = (roll for row in told for roll in rolls(engine, row["instrument"]))
    return next((roll for roll in found if roll.iri == iri), None)
