"""Undertakings: the commitments that a party has taken on, and those that it may have taken on, and if what.

As things stand they are the nodes beside the statements of the rules `isBoundBy` and `mayHaveTakenOn`. For a
day that is named they follow from the standings of that day, from what these reach (`cg:reaches`) and take on
(`cg:takesOn`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commitgraph.dates import Day
from commitgraph.domain.provisions import Provision, provisions
from commitgraph.domain.ref import Ref
from commitgraph.domain.standing import adherences_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

#: How well something is borne out, the weakest first.
FROM_MEMORY = "from-memory"
CONFIDENCES = (FROM_MEMORY, "conflict", "one-source", "two-sources")
_NODES = """
SELECT DISTINCT ?provision ?adherence ?mode ?named ?sure ?condition ?conditionLabel ?confidence WHERE {
  VALUES ?party { $party }
  ?node cg:undertaker ?party ; cg:commitment ?provision ; cg:through ?adherence .
  ?adherence cg:mode ?act . ?act skos:prefLabel ?mode .
  BIND(EXISTS { ?act cg:actGroup <https://w3id.org/commitgraph/scheme/act-group/named-by-others> } AS ?named)
  BIND(EXISTS { ?party cg:isBoundBy ?provision } AS ?sure)
  OPTIONAL { ?node cg:condition ?condition . ?condition skos:prefLabel ?conditionLabel }
  OPTIONAL { ?node cg:confidence ?confidence }
} ORDER BY ?provision ?adherence ?conditionLabel ?condition ?confidence
"""
_REACHED = """
SELECT DISTINCT ?provision ?adherence ?mode ?named ?sure ?condition ?conditionLabel ?confidence WHERE {
  VALUES ?adherence { $things }
  ?adherence cg:reaches ?provision ; cg:adherent ?party ; cg:mode ?act . ?act skos:prefLabel ?mode .
  BIND(EXISTS { ?act cg:actGroup <https://w3id.org/commitgraph/scheme/act-group/named-by-others> } AS ?named)
  BIND(EXISTS { ?adherence cg:takesOn ?provision } AS ?sure)
  OPTIONAL {
    ?provision cg:within*/cg:appliesIf ?condition . ?condition skos:prefLabel ?conditionLabel .
    FILTER NOT EXISTS { ?qualification cg:qualifiedParty ?party ; cg:qualifiesFor/skos:broader* ?condition }
  }
  OPTIONAL {
    { ?adherence cg:confidence ?confidence } UNION { ?provision cg:confidence ?confidence }
    UNION {
      ?met cg:qualifiedParty ?party ; cg:qualifiesFor/skos:broader*/^cg:appliesIf/^cg:within* ?provision ;
        cg:confidence ?confidence
    }
  }
} ORDER BY ?provision ?adherence ?conditionLabel ?condition ?confidence
"""
_UNDERTAKERS = """
SELECT DISTINCT ?party ?label ?adherence ?named ?sure ?condition ?conditionLabel ?confidence WHERE {
  ?node cg:undertaker ?party ; cg:commitment $commitment ; cg:through ?adherence .
  ?adherence cg:mode ?act .
  ?party rdfs:label ?label .
  BIND(EXISTS { ?act cg:actGroup <https://w3id.org/commitgraph/scheme/act-group/named-by-others> } AS ?named)
  BIND(EXISTS { ?party cg:isBoundBy $commitment } AS ?sure)
  OPTIONAL { ?node cg:condition ?condition . ?condition skos:prefLabel ?conditionLabel }
  OPTIONAL { ?node cg:confidence ?confidence }
} ORDER BY LCASE(STR(?label)) ?party ?conditionLabel ?condition ?confidence
"""


@dataclass(frozen=True)
class Undertaking:
    """A commitment that a party has taken on, or may have.

    Attributes:
        commitment: what is promised.
        taken_on: whether it is known to be taken on: by an act of the party, every condition met.
        conditions: what would have to be so for the party to have taken it on, as far as nobody attests it.
        through: the standings that it comes from: IRI and the act in words.
        confidence: the weakest of all that it rests on, or empty.
        named_by_others: whether it comes only from what others say of the party.
    """

    commitment: Provision
    taken_on: bool
    conditions: tuple[Ref, ...]
    through: tuple[Ref, ...]
    confidence: str
    named_by_others: bool

    @property
    def from_memory(self) -> bool:
        """Whether something that it rests on was never checked against a source."""
        return self.confidence == FROM_MEMORY


def undertakings_of(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Undertaking, ...]:
    """What `party` (IRI) has taken on and may have, the strongest force first and what is from memory last.

    With `as_of` by its standings of that day.
    """
    if as_of is None:
        return _undertakings(engine, _NODES, party=party)
    return reached_by(engine, [held.iri for held in adherences_of(engine, party, as_of)])


def reached_by(engine: Engine, adherences: Iterable[str]) -> tuple[Undertaking, ...]:
    """What these standings (IRIs) take on, or may, whether they hold or not; in the order of the former."""
    through = tuple(adherences)
    return _undertakings(engine, _REACHED, things=through) if through else ()


@dataclass(frozen=True)
class Undertaker:
    """A party that has taken on a commitment, or may have; see :class:`Undertaking` for the rest."""

    party: Ref
    taken_on: bool
    conditions: tuple[Ref, ...]
    confidence: str
    named_by_others: bool


def undertakers_of(engine: Engine, commitment: str) -> tuple[Undertaker, ...]:
    """Who has taken on `commitment` (IRI), or may have, by name; who only from memory last."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(engine, _UNDERTAKERS, commitment=commitment):
        found.setdefault(row["party"], []).append(row)
    made = (
        Undertaker(
            Ref(party, told[0]["label"]),
            _is(told[0]["sure"]),
            _conditions(told),
            _confidence(told),
            all(_is(row["named"]) for row in told),
        )
        for party, told in found.items()
    )
    return tuple(sorted(made, key=lambda one: one.confidence == FROM_MEMORY))


def _undertakings(engine: Engine, query: str, **terms: str | Iterable[str]) -> tuple[Undertaking, ...]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(engine, query, **terms):
        found.setdefault(row["provision"], []).append(row)
    if not found:
        return ()
    made = []
    for commitment in provisions(engine, found):
        told = found[commitment.iri]
        sure = any(_is(row["sure"]) for row in told)
        # What one standing takes on is taken on, whatever another would need for it.
        told = [row for row in told if _is(row["sure"]) == sure]
        made.append(
            Undertaking(
                commitment,
                sure,
                () if sure else _conditions(told),
                tuple(
                    Ref(iri, mode) for iri, mode in {row["adherence"]: row["mode"] for row in told}.items()
                ),
                _confidence(told),
                all(_is(row["named"]) for row in told),
            )
        )
    return tuple(sorted(made, key=_order))


def _order(one: Undertaking) -> tuple[bool, int, str, int]:
    commitment = one.commitment
    return one.from_memory, -commitment.rank, commitment.instrument.iri, commitment.ordinal


def _conditions(told: Iterable[dict[str, str]]) -> tuple[Ref, ...]:
    found = {row["condition"]: row["conditionLabel"] for row in told if row["condition"]}
    return tuple(Ref(iri, label) for iri, label in found.items())


def _confidence(told: Iterable[dict[str, str]]) -> str:
    """The weakest of what a standing rests on; where several lead to the commitment, the best of these."""
    by_standing: dict[str, set[str]] = {}
    for row in told:
        by_standing.setdefault(row["adherence"], set()).add(local(row["confidence"]))
    weakest = (
        next((confidence for confidence in CONFIDENCES if confidence in known), "")
        for known in by_standing.values()
    )
    return max(weakest, key=(*CONFIDENCES, "").index)


def _is(value: str) -> bool:
    return value in ("true", "1")
