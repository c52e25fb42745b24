"""Endings: decisions not to adhere, acts that ended standings, and names that lists no longer show."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.dates import Day, belongs_to
from commitgraph.domain.ref import Ref
from commitgraph.domain.sources import Source, sources_of
from commitgraph.domain.standing import notes_on
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
} ORDER BY DESC(STR(?day)) LCASE(STR(?partyLabel)) ?instrumentLabel ?act
"""
_WITHDRAWALS = """
SELECT DISTINCT ?act ?party ?partyLabel ?instrument ?instrumentLabel ?day ?confidence ?adherence WHERE {
  %s
  ?act cg:ends ?adherence . ?adherence cg:adherent ?party ; cg:toInstrument ?instrument .
  ?party rdfs:label ?partyLabel . ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL { ?act cg:observedOn ?day }
  OPTIONAL { ?act cg:confidence ?confidence }
} ORDER BY DESC(STR(?day)) LCASE(STR(?partyLabel)) ?instrumentLabel ?act
"""
_DELISTINGS = """
SELECT DISTINCT ?act ?party ?partyLabel ?instrument ?instrumentLabel ?day ?seen ?confidence ?adherence WHERE {
  %s
  ?act cg:delists ?adherence ; cg:lastSeenOn ?seen ; cg:notSeenOn ?day .
  ?adherence cg:adherent ?party ; cg:toInstrument ?instrument .
  ?party rdfs:label ?partyLabel . ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL { ?act cg:confidence ?confidence }
} ORDER BY DESC(STR(?day)) LCASE(STR(?partyLabel)) ?instrumentLabel ?act
"""
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


@dataclass(frozen=True)
class Delisting:
    """A record that a later list no longer shows whom an earlier list of the same publisher showed.

    It is no withdrawal and no end: it tells what two lists show.

    Attributes:
        iri: the record.
        party, instrument: who is no longer listed, and under which text.
        last_seen_on, not_seen_on: the day, month or year for which the list that shows it speaks, and the
            one that does not.
        confidence: how well it is borne out.
        notes: our remarks, such as what the list says of itself.
        sources: what bears it out.
        adherence: IRI of the standing.
    """

    iri: str
    party: Ref
    instrument: Ref
    last_seen_on: str
    not_seen_on: str
    confidence: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    adherence: str


def refusals_by(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Refusal, ...]:
    """What `party` (IRI) decided not to adhere to, newest first; with `as_of` those dated by then."""
    return _decisions(engine, _REFUSALS % _OF_PARTY, party, as_of)


def refusals_of(engine: Engine, instrument: str, as_of: Day | None = None) -> tuple[Refusal, ...]:
    """Who decided not to adhere to `instrument` (IRI), newest first; with `as_of` those dated by then."""
    return _decisions(engine, _REFUSALS % _OF_INSTRUMENT, instrument, as_of)


def all_refusals(engine: Engine, as_of: Day | None = None) -> tuple[Refusal, ...]:
    """Every documented decision not to adhere, newest first; with `as_of` those dated by then."""
    return _decisions(engine, _REFUSALS % "", "", as_of)


def withdrawals_by(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Refusal, ...]:
    """The acts that ended standings of `party` (IRI), newest first; with `as_of` those dated by then."""
    return _decisions(engine, _WITHDRAWALS % _OF_PARTY, party, as_of)


def withdrawals_from(engine: Engine, instrument: str, as_of: Day | None = None) -> tuple[Refusal, ...]:
    """The acts that ended standings towards `instrument` (IRI), newest first; `as_of`: dated by then."""
    return _decisions(engine, _WITHDRAWALS % _OF_INSTRUMENT, instrument, as_of)


def delistings_by(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Delisting, ...]:
    """From which lists `party` (IRI) has gone, newest first; with `as_of` those known by then."""
    return _delistings(engine, _DELISTINGS % _OF_PARTY, party, as_of)


def delistings_from(engine: Engine, instrument: str, as_of: Day | None = None) -> tuple[Delisting, ...]:
    """Who has gone from the lists of `instrument` (IRI), newest first; with `as_of` those known by then."""
    return _delistings(engine, _DELISTINGS % _OF_INSTRUMENT, instrument, as_of)


def _decisions(engine: Engine, query: str, thing: str, as_of: Day | None) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(
            row["act"],
            Ref(row["party"], row["partyLabel"]),
            Ref(row["instrument"], row["instrumentLabel"]),
            row["day"],
            local(row["confidence"]),
            notes,
            sources,
            row.get("adherence", ""),
        )
        for row, notes, sources in _told(engine, query, thing, as_of)
    )


def _delistings(engine: Engine, query: str, thing: str, as_of: Day | None) -> tuple[Delisting, ...]:
    return tuple(
        Delisting(
            row["act"],
            Ref(row["party"], row["partyLabel"]),
            Ref(row["instrument"], row["instrumentLabel"]),
            row["seen"],
            row["day"],
            local(row["confidence"]),
            notes,
            sources,
            row["adherence"],
        )
        for row, notes, sources in _told(engine, query, thing, as_of)
    )


def _told(
    engine: Engine, query: str, thing: str, as_of: Day | None
) -> list[tuple[dict[str, str], tuple[str, ...], tuple[Source, ...]]]:
    """The rows of `query` about `thing` (IRI; empty: all) dated by then, with their notes and sources."""
    bound = {"thing": thing} if thing else {}
    found = {row["act"]: row for row in rows(engine, query, **bound) if belongs_to(row["day"], as_of)}
    if not found:
        return []
    notes = notes_on(engine, found)
    sources = sources_of(engine, found)
    return [(row, tuple(notes[iri]), sources[iri]) for iri, row in found.items()]
