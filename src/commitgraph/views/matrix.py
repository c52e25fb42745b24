"""The matrix: for each party and each instrument one honest answer, never a blank.

The answers, and the rule for each:

* `adheres`: the graph holds an adherence that lasts; its mode tells by which act (signed, reported …).
* `former`: it holds one that has ended.
* `refused`: a documented decision not to adhere.
* `not-listed`: parties of this kind were asked, a list that claims to be complete was read, and the party
  is not on it. It says what the list shows, not why.
* `not-asked`: the instrument is not for parties of this kind, is not open to anybody's adherence, or had
  not been issued yet.
* `unknown`: parties of this kind were asked, but no complete list has been read.

Parties of a kind count as asked when the instrument's type is meant for their kind (:data:`_MEANT_FOR`),
or when the graph knows an adherent of that kind. Guidance and standards are nobody's to sign, unless
somebody did.

Being tied by reference is never an answer: it stands beside it as a mark of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from commitgraph.dates import Day, belongs_to, partial_or_none
from commitgraph.domain.instruments import InstrumentEntry
from commitgraph.domain.parties import PartyEntry
from commitgraph.domain.ref import Ref
from commitgraph.domain.standing import Adherence, all_adherences, split_on
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

Answer = Literal["adheres", "former", "refused", "not-listed", "not-asked", "unknown"]

_STATES = frozenset({"State", "PublicBody"})
#: InstrumentEntry type: the kinds of party it is meant for. Types that are not here are meant for those kinds
#: that are found among the adherents.
_MEANT_FOR: dict[str, frozenset[str]] = {
    "company-pledge": frozenset({"Company"}),
    "reporting-framework": frozenset({"Company"}),
    "un-resolution": _STATES,
    "recommendation": _STATES,
    "declaration": _STATES,
    "treaty": _STATES,
    "agenda": _STATES,
}
_ROLLS = """
SELECT ?roll ?instrument ?label ?observed ?adherence WHERE {
  ?roll cg:rollOf ?instrument ; rdfs:label ?label ; cg:claimsComplete true .
  OPTIONAL { ?roll cg:observedOn ?observed }
  OPTIONAL { ?roll cg:lists ?adherence }
}
"""
_LACKING = "SELECT ?roll ?adherence WHERE { ?roll cg:lacks ?adherence }"
_REFUSALS = """
SELECT ?refusal ?party ?instrument ?day WHERE {
  ?refusal cg:refusedBy ?party ; cg:refusedInstrument ?instrument .
  OPTIONAL { ?refusal cg:observedOn ?day }
}
"""
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
        adherences: what bears `adheres` and `former` out.
        rolls: complete lists without the party, the latest first: for `not-listed` those that do not show
            it, for `adheres` and `former` those that lack its standing (`cg:lacks`).
        proof: IRI of the adherence, roll, refusal or instrument that a reader should open.
        by_reference: ties through other instruments, strongest first.
    """

    answer: Answer
    reason: str
    adherences: tuple[Adherence, ...]
    rolls: tuple[RollGlance, ...]
    proof: str
    by_reference: tuple[ByReference, ...]


@dataclass(frozen=True)
class _Roll:
    glance: RollGlance
    lists: frozenset[str]
    lacks: frozenset[str]


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
            self._through.setdefault(adherence.party, set()).add(adherence.instrument)
        self._rolls = _rolls(engine, as_of)
        self._refusals = {
            (row["party"], row["instrument"]): (row["refusal"], row["day"]) for row in rows(engine, _REFUSALS)
        }
        self._mentions = _mentions(engine)

    def instruments_with_adherents(self) -> frozenset[str]:
        """IRIs of instruments that anybody is known to adhere to."""
        return frozenset(instrument for _, instrument in self._standing)

    def instruments_of(self, parties: Iterable[PartyEntry]) -> frozenset[str]:
        """IRIs of instruments that any of `parties` adheres to, did, or refused."""
        among = {party.iri for party in parties}
        known = (*self._standing, *self._refusals)
        return frozenset(instrument for party, instrument in known if party in among)

    def asked_kinds(self, instrument: InstrumentEntry, parties: Iterable[PartyEntry]) -> frozenset[str]:
        """The kinds of party that `instrument` is for: by its type, and by its known adherents."""
        kinds = {p.iri: p.kinds for p in parties}
        known = (kinds.get(party, ()) for party, iri in self._standing if iri == instrument.iri)
        return _MEANT_FOR.get(local(instrument.type.iri), frozenset()).union(*known)

    def cell(self, party: PartyEntry, instrument: InstrumentEntry, asked: frozenset[str]) -> Cell:
        """The answer for `party` and `instrument`, whose :meth:`asked_kinds` are `asked`."""
        standing = self._standing.get((party.iri, instrument.iri), [])
        now = split_on(self.as_of, standing)
        ties = self._ties(party.iri, instrument.iri)
        lacking = self._lists_lacking(standing, instrument)
        if now.held:
            words = "; ".join(
                f"{a.mode_label}{', in part' if a.scope == 'part' else ''}{f' {a.since}' if a.since else ''}"
                for a in now.held
            )
            return Cell("adheres", words, now.held, lacking, now.held[0].iri, ())
        if now.ended:
            words = f"until {now.ended[0].until or 'a later act'}"
            return Cell("former", words, now.ended, lacking, now.ended[0].iri, ties)
        refusal, refused_on = self._refusals.get((party.iri, instrument.iri), ("", ""))
        if refusal and belongs_to(refused_on, self.as_of):
            return Cell("refused", "decided not to adhere", (), (), refusal, ties)
        unasked = self._unasked(party, instrument, asked)
        if unasked:
            return Cell("not-asked", unasked, (), (), instrument.iri, ties)
        return self._absence(standing, instrument, ties)

    def _unasked(self, party: PartyEntry, instrument: InstrumentEntry, asked: frozenset[str]) -> str:
        """Why `party` was not asked to adhere, or nothing if it was."""
        issued = partial_or_none(instrument.issued)
        if self.as_of and issued and not issued.possibly_by(self.as_of):
            return f"not issued before {instrument.issued}"
        return "" if asked.intersection(party.kinds) else _not_asked(instrument, asked)

    def _absence(
        self, standing: list[Adherence], instrument: InstrumentEntry, ties: tuple[ByReference, ...]
    ) -> Cell:
        """The answer for a party that was asked and does not adhere on the day; it may do so later."""
        known = {a.iri for a in standing}
        without = tuple(roll.glance for roll in self._rolls.get(instrument.iri, ()) if not known & roll.lists)
        if without:
            words = f"not on the {without[0].label}, which speaks for {without[0].observed_on}"
            return Cell("not-listed", words, (), without, without[0].iri, ties)
        if standing:
            words = f"not before {standing[0].since}"
            return Cell("not-listed", words, tuple(standing), (), standing[0].iri, ties)
        return Cell("unknown", "no complete list has been read", (), (), instrument.iri, ties)

    def _lists_lacking(
        self, standing: list[Adherence], instrument: InstrumentEntry
    ) -> tuple[RollGlance, ...]:
        known = {a.iri for a in standing}
        return tuple(roll.glance for roll in self._rolls.get(instrument.iri, ()) if known & roll.lacks)

    def _ties(self, party: str, instrument: str) -> tuple[ByReference, ...]:
        found = (
            self._mentions[through, instrument]
            for through in self._through.get(party, ())
            if (through, instrument) in self._mentions
        )
        return tuple(sorted(found, key=lambda tie: (-tie.rank, tie.through.iri)))


def _not_asked(instrument: InstrumentEntry, asked: frozenset[str]) -> str:
    if not asked:
        return f"{instrument.type.label}: not open for anybody to sign"
    words: Mapping[str, str] = {
        "Company": "companies",
        "State": "states",
        "PublicBody": "public bodies",
        "Association": "associations",
        "ResearchBody": "research bodies",
        "Person": "persons",
    }
    return "for " + " and ".join(words[kind] for kind in sorted(asked, key=list(words).index)) + " only"


def _rolls(engine: Engine, as_of: Day | None) -> dict[str, tuple[_Roll, ...]]:
    heads: dict[str, dict[str, str]] = {}
    lists: dict[str, set[str]] = {}
    for row in rows(engine, _ROLLS):
        if belongs_to(row["observed"], as_of):
            heads[row["roll"]] = row
            lists.setdefault(row["roll"], set()).add(row["adherence"])
    lacks: dict[str, set[str]] = {}
    for row in rows(engine, _LACKING):
        lacks.setdefault(row["roll"], set()).add(row["adherence"])
    found: dict[str, list[_Roll]] = {}
    for iri, row in heads.items():
        glance = RollGlance(iri, row["label"], row["observed"])
        roll = _Roll(glance, frozenset(lists[iri]), frozenset(lacks.get(iri, ())))
        found.setdefault(row["instrument"], []).append(roll)
    return {
        instrument: tuple(sorted(all_, key=lambda r: (r.glance.observed_on, r.glance.iri), reverse=True))
        for instrument, all_ in found.items()
    }


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
