"""The matrix: for each party and each instrument one honest answer, never a blank.

The answers, and the rule for each, the first that fits:

* `adheres`: the party stands to it by an act of its own that lasts; its mode tells by which act.
* `former`: it did, and the standing has ended.
* `refused`: a documented decision not to adhere.
* `named`: only others say that it stands to it.
* `delisted`: a later list no longer shows it. Nobody says why, and it is no withdrawal.
* `not-asked`: the instrument is neither addressed to parties of this kind nor open for them to sign, as its
  text or its issuer says; or it had not been issued yet.
* `nothing-to-sign`: it is addressed to parties of this kind, or to a role that some of them play, and there
  is nothing for them to sign.
* `not-listed`: a list that claims to be complete was read, and the party is not on it. It says what the
  list shows, not why.
* `unknown`: nothing that has been read tells; or the day lies between two lists of which the earlier shows
  the party and the later does not.

Being tied by reference is never an answer: it stands beside it as a mark of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commitgraph.dates import Day, in_words, partial_or_none
from commitgraph.domain import phrases
from commitgraph.domain.endings import all_refusals
from commitgraph.domain.instruments import Audience, InstrumentEntry, audiences
from commitgraph.domain.parties import PartyEntry
from commitgraph.domain.ref import Ref
from commitgraph.domain.rolls import Roll, all_rolls
from commitgraph.domain.standing import Adherence, all_adherences, split_on
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows

Answer = Literal[
    "adheres",
    "former",
    "refused",
    "named",
    "delisted",
    "not-listed",
    "not-asked",
    "nothing-to-sign",
    "unknown",
]

_MENTIONS = """
SELECT DISTINCT ?through ?throughLabel ?instrument ?provision ?locator ?forceLabel ?rank WHERE {
  ?through cg:refersTo ?instrument ; rdfs:label ?throughLabel .
  OPTIONAL {
    ?provision cg:inInstrument ?through ; cg:invokes ?instrument ; cg:locator ?locator ;
      cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank .
  }
} ORDER BY ?through ?instrument DESC(?rank) ?provision
"""


@dataclass(frozen=True)
class RollGlance:
    """A list that claims to be complete: its name and the day for which it speaks."""

    iri: str
    label: str
    observed_on: str


@dataclass(frozen=True)
class ByReference:
    """A tie through another instrument: no promise, only as strong as the sentence that makes it.

    Attributes:
        through: the instrument that the party does adhere to.
        provision: the strongest sentence that names the other one, `locator` its place; empty where the
            graph knows the reference but no sentence.
        force_label: the force of that sentence in words, `rank` 7 to 1, 0 where unknown.
    """

    through: Ref
    provision: str
    locator: str
    force_label: str
    rank: int


@dataclass(frozen=True)
class Cell:
    """The answer for one party and one instrument.

    Attributes:
        answer: see the module.
        reason: the answer in a sentence.
        disputed: whether sources disagree on it, or a list that claims to be complete lacks the party.
        adherences: what bears `adheres`, `former`, `named` and `delisted` out.
        rolls: complete lists without the party, the latest first: for `not-listed` those that do not show
            it, else those that lack its standing (`cg:lacks`).
        proof: IRI of the adherence, roll, refusal or instrument that a reader should open.
        by_reference: ties through other instruments, strongest first.
    """

    answer: Answer
    reason: str
    disputed: bool
    adherences: tuple[Adherence, ...]
    rolls: tuple[RollGlance, ...]
    proof: str
    by_reference: tuple[ByReference, ...]


class Matrix:
    """All that the answers rest on, read once; :meth:`cell` gives them one by one.

    Args:
        engine: what is asked.
        as_of: day for which the answers hold; without it, the state of the data as they are.
    """

    def __init__(self, engine: Engine, as_of: Day | None = None) -> None:
        self.as_of = as_of
        self._standing: dict[tuple[str, str], list[Adherence]] = {}
        self._through: dict[str, set[str]] = {}
        everything = all_adherences(engine)
        for adherence in everything:
            self._standing.setdefault((adherence.party, adherence.instrument), []).append(adherence)
        for adherence in everything if as_of is None else split_on(as_of, everything).held:
            if not adherence.named_by_others:
                self._through.setdefault(adherence.party, set()).add(adherence.instrument)
        self._rolls: dict[str, list[Roll]] = {}
        complete = (roll for roll in all_rolls(engine, everything, as_of) if roll.claims_complete)
        for roll in sorted(complete, key=lambda r: (r.observed_on, r.iri), reverse=True):
            self._rolls.setdefault(roll.instrument, []).append(roll)
        # The newest stands first, and is the one that is shown.
        self._refusals: dict[tuple[str, str], str] = {}
        for refusal in all_refusals(engine, as_of):
            self._refusals.setdefault((refusal.party.iri, refusal.instrument.iri), refusal.iri)
        self._audiences = audiences(engine)
        self._mentions = _mentions(engine)

    def instruments_with_adherents(self) -> frozenset[str]:
        """IRIs of instruments that anybody is known to adhere to."""
        return frozenset(instrument for _, instrument in self._standing)

    def instruments_of(self, parties: Iterable[PartyEntry]) -> frozenset[str]:
        """IRIs of instruments that any of `parties` stands to, did, refused, or is said to stand to."""
        among = {party.iri for party in parties}
        known = (*self._standing, *self._refusals)
        return frozenset(instrument for party, instrument in known if party in among)

    def cell(self, party: PartyEntry, instrument: InstrumentEntry) -> Cell:
        """The answer for `party` and `instrument`."""
        pair = (party.iri, instrument.iri)
        standing = self._standing.get(pair, [])
        now = split_on(self.as_of, standing)
        ties = self._ties(*pair)
        if now.own:
            return self._told("adheres", now.own, ())
        refused = self._refusals.get(pair)
        if refused and not now.ended:
            return Cell("refused", "decided not to adhere", False, (), (), refused, ties)
        others: tuple[tuple[Answer, tuple[Adherence, ...]], ...] = (
            ("former", now.ended),
            ("named", now.named),
            ("unknown", now.unknown),
            ("delisted", now.delisted),
        )
        for answer, found in others:
            if found:
                return self._told(answer, found, ties)
        return self._absence(party, instrument, standing, ties)

    def _told(self, answer: Answer, by: tuple[Adherence, ...], ties: tuple[ByReference, ...]) -> Cell:
        """The answer that standings give."""
        known = {a.iri for a in by}
        lacking = tuple(
            _glance(roll)
            for roll in self._rolls.get(by[0].instrument, ())
            if any(a.iri in known for a in roll.lacking)
        )
        disputed = any(a.disputed for a in by)
        words = "; ".join(phrases.state(a) for a in by)
        return Cell(answer, words, disputed, by, lacking, by[0].iri, ties)

    def _absence(
        self,
        party: PartyEntry,
        instrument: InstrumentEntry,
        standing: list[Adherence],
        ties: tuple[ByReference, ...],
    ) -> Cell:
        """The answer for a party that does not stand to the instrument on the day; it may do so later."""
        issued = partial_or_none(instrument.issued)
        if self.as_of and issued and not issued.possibly_by(self.as_of):
            return _unasked(
                "not-asked", f"of {in_words(instrument.issued)}, later than that day", instrument, ties
            )
        audience = self._audiences.get(instrument.iri, Audience())
        if not standing and audience.shuts_out(party.kinds):
            if audience.addresses(party.kinds):
                words = f"addressed to {', '.join(audience.whom)}, and not open for it to sign"
                return _unasked("nothing-to-sign", words, instrument, ties)
            if audience.passes_over(party.kinds):
                return _unasked(
                    "not-asked", "neither addressed nor open to parties of its kind", instrument, ties
                )
        known = {a.iri for a in standing}
        without = tuple(
            _glance(roll)
            for roll in self._rolls.get(instrument.iri, ())
            if not any(a.iri in known for a in roll.listed)
        )
        if without:
            day = f", which speaks for {in_words(without[0].observed_on)}" if without[0].observed_on else ""
            return Cell(
                "not-listed",
                f"not on the list “{without[0].label}”{day}",
                False,
                (),
                without,
                without[0].iri,
                ties,
            )
        if standing:
            words = (
                f"not before {in_words(standing[0].since)}"
                if standing[0].since
                else "begun on an unknown day"
            )
            return Cell("not-listed", words, False, tuple(standing), (), standing[0].iri, ties)
        return _unasked("unknown", "no complete list has been read", instrument, ties)

    def _ties(self, party: str, instrument: str) -> tuple[ByReference, ...]:
        found = (
            self._mentions[through, instrument]
            for through in self._through.get(party, ())
            if (through, instrument) in self._mentions
        )
        return tuple(sorted(found, key=lambda tie: (-tie.rank, tie.through.iri)))


def _unasked(answer: Answer, reason: str, instrument: InstrumentEntry, ties: tuple[ByReference, ...]) -> Cell:
    return Cell(answer, reason, False, (), (), instrument.iri, ties)


def _glance(roll: Roll) -> RollGlance:
    return RollGlance(roll.iri, roll.label, roll.observed_on)


def _mentions(engine: Engine) -> dict[tuple[str, str], ByReference]:
    found: dict[tuple[str, str], ByReference] = {}
    for row in rows(engine, _MENTIONS):
        tie = ByReference(
            Ref(row["through"], row["throughLabel"]),
            row["provision"],
            row["locator"],
            row["forceLabel"],
            int(row["rank"] or 0),
        )
        found.setdefault((row["through"], row["instrument"]), tie)
    return found
