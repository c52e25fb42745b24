"""Standing: who adheres to what, since when, by which act; and how that is on a day.

An act has a group (`cg:actGroup`). What only others say of a party is the group :data:`NAMED`: no act of the
party. A delisting is no end: a later list no longer shows whom an earlier one showed, and between the days of
the two lists nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commitgraph.dates import Day, partial_or_none
from commitgraph.domain.ref import Ref
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

#: The group of acts of which only others tell.
NAMED = "named-by-others"
#: The group of acts by which a party takes on what a text says.
TOOK_ON = "took-on"

_ADHERENCES = """
SELECT ?adherence ?party ?partyLabel ?instrument ?instrumentLabel ?mode ?modeLabel ?group ?signs ?scope
       ?since ?until ?signedAs ?confidence ?withdrawal ?issued ?delisting ?seen ?gone ?ceased WHERE {
  %s
  ?adherence cg:adherent ?party ; cg:toInstrument ?instrument ; cg:mode ?mode ; cg:scope ?scope .
  ?party rdfs:label ?partyLabel .
  ?instrument rdfs:label ?instrumentLabel .
  ?mode skos:prefLabel ?modeLabel ; cg:signs ?signs ; cg:actGroup ?group .
  OPTIONAL { ?adherence cg:since ?since }
  OPTIONAL { ?adherence cg:until ?until }
  OPTIONAL { ?adherence cg:signedAs ?signedAs }
  OPTIONAL { ?adherence cg:confidence ?confidence }
  OPTIONAL { ?withdrawal cg:ends ?adherence }
  OPTIONAL { ?delisting cg:delists ?adherence ; cg:lastSeenOn ?seen ; cg:notSeenOn ?gone }
  OPTIONAL {
    ?change cg:changes ?party ; cg:changeKind <https://w3id.org/commitgraph/scheme/change-kind/dissolved> ;
      cg:heldOn ?ceased
  }
  OPTIONAL { ?instrument dcterms:issued ?issued }
}
ORDER BY LCASE(STR(?partyLabel)) ?since ?instrument ?adherence ?withdrawal ?delisting ?signedAs
"""
_LACKING = """
SELECT DISTINCT ?thing ?roll ?label WHERE {
  VALUES ?thing { $things } ?roll cg:lacks ?thing ; rdfs:label ?label
} ORDER BY ?thing ?label ?roll
"""
_NOTES = "SELECT ?thing ?note WHERE { VALUES ?thing { $things } ?thing cg:note ?note } ORDER BY ?thing ?note"


@dataclass(frozen=True)
class Adherence:
    """One standing of one party towards one instrument.

    Attributes:
        iri: the adherence.
        party, party_label: who.
        instrument, instrument_label: towards what.
        mode, mode_label: by which kind of act.
        group: the group of that act: `took-on`, `supported`, `reported`, `member` or `named-by-others`.
        signs: whether that act is one of signing or joining.
        scope: `whole`, `part` or `at-least`: a part, and perhaps more that is open to choice.
        since, until: day, month or year, as exactly as the source tells; empty where unknown.
        signed_as: the name as printed; several are parted by a semicolon.
        confidence: `two-sources`, `one-source`, `conflict` or `from-memory`.
        withdrawal: IRI of the act that ended it, or empty.
        issued: when the instrument was issued; a standing of unknown day did not begin before.
        delisting: IRI of the record that a later list no longer shows it, or empty.
        last_seen_on, not_seen_on: for which day, month or year the list that shows it speaks, and the one
            that does not; empty without a delisting.
        ceased: when the party ceased to exist, or empty.
        lacking: lists that claim to be complete and lack it (`cg:lacks`), although another list shows it.
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
    group: str
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
    delisting: str = ""
    last_seen_on: str = ""
    not_seen_on: str = ""
    ceased: str = ""
    lacking: tuple[Ref, ...] = ()

    @property
    def weakness(self) -> str:
        """What marks its first proof as a weak source; empty where that is none, or there is no proof."""
        return self.sources[0].weakness if self.sources else ""

    @property
    def disputed(self) -> bool:
        """Whether sources disagree: what they say excludes each other, or a complete list lacks it."""
        return self.confidence == "conflict" or bool(self.lacking)

    @property
    def named_by_others(self) -> bool:
        """Whether only others say it: then it is no act of the party."""
        return self.group == NAMED

    @property
    def takes_on(self) -> bool:
        """Whether the act is one by which a party takes on what the text says."""
        return self.group == TOOK_ON

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
            return bool(self.until or self.withdrawal or self.ceased)
        ends = (partial_or_none(self.until), partial_or_none(self.ceased))
        return any(end is not None and end.surely_before(day) for end in ends)

    def listed_on(self, day: Day | None) -> Literal["yes", "unknown", "no"]:
        """Whether it counts as listed on `day`, as far as delistings tell; without a day, as things stand.

        Seen to the last day of the day, month or year for which the list speaks that shows it; gone from
        when the one that does not show it is known to speak for; in between nobody knows.
        """
        if not self.delisting:
            return "yes"
        seen, gone = partial_or_none(self.last_seen_on), partial_or_none(self.not_seen_on)
        if day is None or (gone is not None and gone.surely_by(day)):
            return "no"
        return "unknown" if seen is None or seen.surely_before(day) else "yes"


@dataclass(frozen=True)
class Standings:
    """Standings, split by how they are on one day, each part in the order in which they were given.

    Attributes:
        held: those that hold, those among them that only others name included.
        unknown: those of which it is not known whether they hold: seen on a list before that day, and not
            seen on one after it; none where no day is asked for.
        delisted: those that are no longer listed. They have not ended as far as anybody says, and they are
            not counted as present either.
        ended: those that have ended.
        later: those that have not begun; none where no day is asked for.
    """

    held: tuple[Adherence, ...]
    unknown: tuple[Adherence, ...]
    delisted: tuple[Adherence, ...]
    ended: tuple[Adherence, ...]
    later: tuple[Adherence, ...]

    @property
    def own(self) -> tuple[Adherence, ...]:
        """Those that hold by an act of the party."""
        return tuple(one for one in self.held if not one.named_by_others)

    @property
    def named(self) -> tuple[Adherence, ...]:
        """Those that hold as far as others say, and by no act of the party."""
        return tuple(one for one in self.held if one.named_by_others)


def split_on(day: Day | None, found: Iterable[Adherence]) -> Standings:
    """How `found` are on `day`; without a day, which have ended or are no longer listed at all."""
    held: list[Adherence] = []
    unknown: list[Adherence] = []
    delisted: list[Adherence] = []
    ended: list[Adherence] = []
    later: list[Adherence] = []
    for one in found:
        if one.ended_by(day):
            ended.append(one)
        elif day is not None and not one.begun_by(day):
            later.append(one)
        else:
            {"yes": held, "unknown": unknown, "no": delisted}[one.listed_on(day)].append(one)
    return Standings(tuple(held), tuple(unknown), tuple(delisted), tuple(ended), tuple(later))


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


def _adherences(engine: Engine, bound: str, as_of: Day | None, **terms: str) -> tuple[Adherence, ...]:
    told: dict[str, dict[str, str]] = {}
    printed: dict[str, dict[str, None]] = {}
    for row in rows(engine, _ADHERENCES % bound, **terms):
        told.setdefault(row["adherence"], row)
        names = printed.setdefault(row["adherence"], {})
        if row["signedAs"]:
            names[row["signedAs"]] = None
    sources = sources_of(engine, told)
    notes = notes_on(engine, told)
    lacking: dict[str, list[Ref]] = {iri: [] for iri in told}
    if told:
        for row in rows(engine, _LACKING, things=told):
            lacking[row["thing"]].append(Ref(row["roll"], row["label"]))
    found = (
        Adherence(
            iri,
            row["party"],
            row["partyLabel"],
            row["instrument"],
            row["instrumentLabel"],
            local(row["mode"]),
            row["modeLabel"],
            local(row["group"]),
            row["signs"] in ("true", "1"),
            local(row["scope"]),
            row["since"],
            row["until"],
            "; ".join(printed[iri]),
            local(row["confidence"]),
            row["withdrawal"],
            tuple(notes[iri]),
            sources[iri],
            row["issued"],
            row["delisting"],
            row["seen"],
            row["gone"],
            row["ceased"],
            tuple(lacking[iri]),
        )
        for iri, row in told.items()
    )
    return tuple(found) if as_of is None else split_on(as_of, found).held


def notes_on(engine: Engine, things: Iterable[str]) -> dict[str, list[str]]:
    """Our remarks on each of `things` (IRIs)."""
    notes: dict[str, list[str]] = {iri: [] for iri in things}
    if notes:
        for row in rows(engine, _NOTES, things=notes):
            notes[row["thing"]].append(row["note"])
    return notes
