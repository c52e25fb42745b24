"""Claims: what each source says on a point on which sources can differ, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.dates import Day, belongs_to
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_CLAIMS = """
SELECT DISTINCT ?claim ?point ?value ?number ?qualifier ?observed ?preferred ?confidence ?note WHERE {
  ?claim cg:claimAbout $thing ; cg:claimPoint ?point ; cg:claimValue ?value .
  OPTIONAL { ?claim cg:number ?number }
  OPTIONAL { ?claim cg:qualifier ?qualifier }
  OPTIONAL { ?claim cg:observedOn ?observed }
  OPTIONAL { ?claim cg:preferred ?preferred }
  OPTIONAL { ?claim cg:confidence ?confidence }
  OPTIONAL { ?claim cg:note ?note }
} ORDER BY ?point DESC(?preferred) ?claim ?note
"""
#: Points that count adherents, whatever these are called.
_ADHERENTS = frozenset(
    {
        "number of adherents",
        "number of signatories",
        "number of signatures",
        "number of endorsers",
        "number of members",
        "number of founders",
        "number of co-sponsors at adoption",
        "number of reporting organisations in the first round",
        "number of Member States that adopted it",
    }
)


@dataclass(frozen=True)
class Claim:
    """What one source, or several alike, say on a point.

    Attributes:
        iri: the claim.
        value: what is said; `number` and `qualifier` take it apart where it is a count.
        observed_on: the day or month for which it speaks, or empty.
        preferred: whether we hold it to be the better supported one.
        confidence: how well it is borne out.
        notes: our remarks.
        sources: who says so.
    """

    iri: str
    value: str
    number: str
    qualifier: str
    observed_on: str
    preferred: bool
    confidence: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Point:
    """A point and all that is claimed on it, the preferred claim first."""

    label: str
    claims: tuple[Claim, ...]

    @property
    def disputed(self) -> bool:
        """Whether the claims differ."""
        return len({claim.value for claim in self.claims}) > 1


def claims_about(engine: Engine, thing: str) -> tuple[Point, ...]:
    """The points on which the graph holds claims about `thing` (IRI), disputed ones first."""
    found = rows(engine, _CLAIMS, thing=thing)
    sources = sources_of(engine, (row["claim"] for row in found))
    points: dict[str, dict[str, Claim]] = {}
    for row in found:
        claims = points.setdefault(row["point"], {})
        known = claims.get(row["claim"])
        notes = (*(known.notes if known else ()), *([row["note"]] if row["note"] else []))
        claims[row["claim"]] = Claim(
            iri=row["claim"],
            value=row["value"],
            number=row["number"],
            qualifier=row["qualifier"],
            observed_on=row["observed"],
            preferred=row["preferred"] in ("true", "1"),
            confidence=local(row["confidence"]),
            notes=notes,
            sources=sources[row["claim"]],
        )
    made = (Point(label, tuple(claims.values())) for label, claims in points.items())
    return tuple(sorted(made, key=lambda point: (not point.disputed, point.label)))


def counts_of_adherents(engine: Engine, instrument: str, as_of: Day | None = None) -> tuple[Claim, ...]:
    """What sources say on how many adhere to `instrument` (IRI), oldest first, the better supported last.

    With `as_of` what speaks for a day by then.
    """
    found = [
        claim
        for point in claims_about(engine, instrument)
        if point.label in _ADHERENTS
        for claim in point.claims
        if claim.number and belongs_to(claim.observed_on, as_of)
    ]
    return tuple(sorted(found, key=lambda c: (c.observed_on, c.preferred, int(c.number), c.iri)))
