"""Standing: who adheres to what, since when, by which act; who left or refused; what ties by reference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from commitgraph.dates import Day, belongs_to, partial_or_none
from commitgraph.domain.ref import Ref
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_ADHERENCES = """
SELECT ?adherence ?party ?partyLabel ?instrument ?instrumentLabel ?mode ?modeLabel ?signs ?scope
       ?since ?until ?signedAs ?confidence ?withdrawal ?issued WHERE {
  %s
  ?adherence cg:adherent ?party ; cg:toInstrument ?instrument ; cg:mode ?mode ; cg:scope ?scope .
  ?party rdfs:label ?partyLabel .
  ?instrument rdfs:label ?instrumentLabel .
  ?mode skos:prefLabel ?modeLabel ; cg:signs ?signs .
  OPTIONAL { ?adherence cg:since ?since }
  OPTIONAL { ?adherence cg:until ?until }
  OPTIONAL { ?adherence cg:signedAs ?signedAs }
  OPTIONAL { ?adherence cg:confidence ?confidence }
  OPTIONAL { ?withdrawal cg:ends ?adherence }
  OPTIONAL { ?instrument dcterms:issued ?issued }
}
ORDER BY LCASE(STR(?partyLabel)) ?since ?instrument ?adherence ?withdrawal
"""
_NOTES = "SELECT ?thing ?note WHERE { VALUES ?thing { $things } ?thing cg:note ?note } ORDER BY ?thing ?note"
_LINKS = """
SELECT DISTINCT ?through ?throughLabel ?instrument ?instrumentLabel
                ?provision ?locator ?summary ?force ?forceLabel ?rank WHERE {
  $party cg:hasAdheredTo ?through .
  ?through cg:refersTo ?instrument ; rdfs:label ?throughLabel .
  ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL {
    ?provision cg:inInstrument ?through ; cg:invokes ?instrument ; cg:locator ?locator ; cg:summary ?summary .
    OPTIONAL { ?provision cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank }
  }
}
ORDER BY ?through ?instrument DESC(?rank) ?provision
"""
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
_OF_PARTY = "VALUES ?party { $thing }"
_OF_INSTRUMENT = "VALUES ?instrument { $thing }"


@dataclass(frozen=True)
class Adherence:
    """One standing of one party towards one instrument.

    Attributes:
        iri: the adherence.
        party, party_label: who.
        instrument, instrument_label: towards what.
        mode, mode_label: by which kind of act.
        signs: whether that act is one of signing or joining.
        scope: `whole` or `part`.
        since, until: day, month or year, as exactly as the source tells; empty where unknown.
        signed_as: the name as printed.
        confidence: `two-sources`, `one-source`, `conflict` or `from-memory`.
        withdrawal: IRI of the act that ended it, or empty.
        issued: when the instrument was issued; a standing of unknown day did not begin before.
        notes: our remarks.
        sources: what bears it out.
    """

    iri: str
    party: str
    party_label: str
    instrument: str
    instrument_label: str
    mode: str
    mode_label: str
    signs: bool
    scope: str
    since: str
    until: str
    signed_as: str
    confidence: str
    withdrawal: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    issued: str = ""

    def begun_by(self, day: Day) -> bool:
        """Whether the standing may have begun by `day`; one of unknown day not before its text was issued."""
        start = partial_or_none(self.since or self.issued)
        return start is None or start.possibly_by(day)

    def ended_by(self, day: Day | None) -> bool:
        """Whether the standing is known to have ended before `day`; without a day, whether it has ended.

        It still holds on the day of its end, and to the last day of a month or year in which it ended. An
        end of unknown day has not come by any day that is named.
        """
        if day is None:
            return bool(self.until or self.withdrawal)
        end = partial_or_none(self.until)
        return end is not None and end.surely_before(day)


@dataclass(frozen=True)
class Standings:
    """Standings, split by how they are on one day, each part in the order in which they were given.

    Attributes:
        held: those that hold.
        ended: those that have ended.
        later: those that have not begun; none where no day is asked for.
    """

    held: tuple[Adherence, ...]
    ended: tuple[Adherence, ...]
    later: tuple[Adherence, ...]


def split_on(day: Day | None, found: Iterable[Adherence]) -> Standings:
    """Which of `found` hold on `day`, have ended, or begin later; without a day, which have ended at all."""
    held: list[Adherence] = []
    ended: list[Adherence] = []
    later: list[Adherence] = []
    for one in found:
        if one.ended_by(day):
            ended.append(one)
        elif day is None or one.begun_by(day):
            held.append(one)
        else:
            later.append(one)
    return Standings(tuple(held), tuple(ended), tuple(later))


@dataclass(frozen=True)
class Tie:
    """A sentence of an adhered-to instrument that names another: its place, gist and force (rank 7 to 1)."""

    provision: str
    locator: str
    summary: str
    force: str
    force_label: str
    rank: int
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, row: dict[str, str], sources: dict[str, tuple[Source, ...]]) -> Tie:
        """The sentence that a row of an answer tells of, with its own among `sources` (by provision)."""
        return cls(
            row["provision"],
            row["locator"],
            row["summary"],
            local(row["force"]),
            row["forceLabel"],
            int(row["rank"] or 0),
            sources[row["provision"]],
        )


@dataclass(frozen=True)
class Link:
    """An instrument that a party is tied to only through another: no promise, only a reference."""

    instrument: str
    instrument_label: str
    through: str
    through_label: str
    ties: tuple[Tie, ...] = field(default=())

    @property
    def strongest(self) -> Tie | None:
        """The sentence with the strongest force, if any sentence is known."""
        return max(self.ties, key=lambda tie: tie.rank, default=None)


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


def adherents(engine: Engine, instrument: str, as_of: Day | None = None) -> tuple[Adherence, ...]:
    """Who adheres to `instrument` (IRI), by name; with `as_of` only those whose standing holds that day."""
    return _adherences(engine, "VALUES ?instrument { $thing }", as_of, thing=instrument)


def adherences_of(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Adherence, ...]:
    """What `party` (IRI) adheres to, oldest first; with `as_of` only what holds that day."""
    found = _adherences(engine, "VALUES ?party { $thing }", as_of, thing=party)
    return tuple(sorted(found, key=lambda a: (a.since or "9999", a.instrument)))


def adherence(engine: Engine, iri: str) -> Adherence | None:
    """The adherence with that IRI, or None."""
    return next(iter(_adherences(engine, "VALUES ?adherence { $thing }", None, thing=iri)), None)


def all_adherences(engine: Engine, as_of: Day | None = None) -> tuple[Adherence, ...]:
    """Every adherence in the graph, by party; with `as_of` only those that hold that day."""
    return _adherences(engine, "", as_of)


def links_of(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Link, ...]:
    """Instruments that `party` (IRI) is tied to only by reference, with the sentences that tie.

    With `as_of` only through what it adheres to on that day.
    """
    direct = {adherence.instrument for adherence in adherences_of(engine, party, as_of)}
    found = [
        row
        for row in rows(engine, _LINKS, party=party)
        if row["instrument"] not in direct and (as_of is None or row["through"] in direct)
    ]
    sources = sources_of(engine, (row["provision"] for row in found if row["provision"]))
    ties: dict[tuple[str, str], list[Tie]] = {}
    labels: dict[str, str] = {}
    for row in found:
        labels[row["through"]], labels[row["instrument"]] = row["throughLabel"], row["instrumentLabel"]
        pair = ties.setdefault((row["through"], row["instrument"]), [])
        if row["provision"]:
            pair.append(Tie.of(row, sources))
    links = [
        Link(target, labels[target], through, labels[through], tuple(pair))
        for (through, target), pair in ties.items()
    ]
    return tuple(
        sorted(links, key=lambda k: (k.through, -(k.strongest.rank if k.strongest else 0), k.instrument))
    )


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


def _adherences(engine: Engine, bound: str, as_of: Day | None, **terms: str) -> tuple[Adherence, ...]:
    told = {row["adherence"]: row for row in rows(engine, _ADHERENCES % bound, **terms)}
    sources = sources_of(engine, told)
    notes = _notes(engine, told)
    found = (
        Adherence(
            iri,
            row["party"],
            row["partyLabel"],
            row["instrument"],
            row["instrumentLabel"],
            local(row["mode"]),
            row["modeLabel"],
            row["signs"] in ("true", "1"),
            local(row["scope"]),
            row["since"],
            row["until"],
            row["signedAs"],
            local(row["confidence"]),
            row["withdrawal"],
            tuple(notes[iri]),
            sources[iri],
            row["issued"],
        )
        for iri, row in told.items()
    )
    return tuple(found) if as_of is None else split_on(as_of, found).held


def _notes(engine: Engine, things: Iterable[str]) -> dict[str, list[str]]:
    """Our remarks on each of `things` (IRIs)."""
    notes: dict[str, list[str]] = {iri: [] for iri in things}
    if notes:
        for row in rows(engine, _NOTES, things=notes):
            notes[row["thing"]].append(row["note"])
    return notes


def _decisions(engine: Engine, query: str, thing: str, as_of: Day | None) -> tuple[Refusal, ...]:
    bound = {"thing": thing} if thing else {}
    found = {row["act"]: row for row in rows(engine, query, **bound) if belongs_to(row["day"], as_of)}
    if not found:
        return ()
    notes = _notes(engine, found)
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
