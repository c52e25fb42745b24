"""Refusals and withdrawals: decisions not to adhere, and acts that end a standing, as sources tell them."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.sources import Source, sources_of
from commitgraph.domain.texts import Ref
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_REFUSALS = """
SELECT DISTINCT ?act ?party ?partyLabel ?instrument ?instrumentLabel ?day ?confidence WHERE {
  %s
  ?act cg:refusedBy ?party ; cg:refusedInstrument ?instrument .
  ?party rdfs:label ?partyLabel . ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL { ?act cg:observedOn ?day }
  OPTIONAL { ?act cg:confidence ?confidence }
} ORDER BY DESC(STR(?day)) LCASE(STR(?partyLabel)) ?instrumentLabel
"""
_WITHDRAWALS = """
SELECT DISTINCT ?act ?party ?partyLabel ?instrument ?instrumentLabel ?day ?confidence ?adherence WHERE {
  %s
  ?act cg:ends ?adherence . ?adherence cg:adherent ?party ; cg:toInstrument ?instrument .
  ?party rdfs:label ?partyLabel . ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL { ?act cg:observedOn ?day }
  OPTIONAL { ?act cg:confidence ?confidence }
} ORDER BY DESC(STR(?day)) LCASE(STR(?partyLabel)) ?instrumentLabel
"""
_NOTES = "SELECT DISTINCT ?act ?note WHERE { VALUES ?act { $acts } ?act cg:note ?note } ORDER BY ?act ?note"
_OF_PARTY = "VALUES ?party { $thing }"
_OF_INSTRUMENT = "VALUES ?instrument { $thing }"


@dataclass(frozen=True)
class Refusal:
    """A documented decision of a party not to adhere, or not to adhere any longer.

    Attributes:
        iri: the refusal or withdrawal.
        party, instrument: whose decision about which text.
        observed_on: the day or month for which it is told, or empty.
        confidence: how well it is borne out.
        notes: our remarks.
        sources: what bears it out.
        adherence: IRI of the standing that it ends; empty where there never was one.
    """

    iri: str
    party: Ref
    instrument: Ref
    observed_on: str
    confidence: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    adherence: str = ""


def refusals_by(engine: Engine, party: str, as_of: str = "") -> tuple[Refusal, ...]:
    """What `party` (IRI) decided not to adhere to, newest first; with `as_of` what was known by that day."""
    return _read(engine, _REFUSALS % _OF_PARTY, party, as_of)


def refusals_of(engine: Engine, instrument: str, as_of: str = "") -> tuple[Refusal, ...]:
    """Who decided not to adhere to `instrument` (IRI), newest first; with `as_of` by that day."""
    return _read(engine, _REFUSALS % _OF_INSTRUMENT, instrument, as_of)


def withdrawals_by(engine: Engine, party: str, as_of: str = "") -> tuple[Refusal, ...]:
    """The acts that ended standings of `party` (IRI), newest first; with `as_of` by that day."""
    return _read(engine, _WITHDRAWALS % _OF_PARTY, party, as_of)


def withdrawals_from(engine: Engine, instrument: str, as_of: str = "") -> tuple[Refusal, ...]:
    """The acts that ended standings towards `instrument` (IRI), newest first; with `as_of` by that day."""
    return _read(engine, _WITHDRAWALS % _OF_INSTRUMENT, instrument, as_of)


def _read(engine: Engine, query: str, thing: str, as_of: str) -> tuple[Refusal, ...]:
    found = {row["act"]: row for row in rows(engine, query, thing=thing) if not as_of or row["day"] <= as_of}
    if not found:
        return ()
    notes: dict[str, list[str]] = {iri: [] for iri in found}
    for row in rows(engine, _NOTES, acts=found):
        notes[row["act"]].append(row["note"])
    sources = sources_of(engine, found)
    return tuple(
        Refusal(
            iri,
            Ref(row["party"], row["partyLabel"]),
            Ref(row["instrument"], row["instrumentLabel"]),
            row["day"],
            local(row["confidence"]),
            tuple(notes[iri]),
            sources[iri],
            row.get("adherence", ""),
        )
        for iri, row in found.items()
    )
