"""Ratings: scores and grades that named assessors give to parties. Opinions, and no evidence on a promise."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.dates import Day, belongs_to
from commitgraph.domain.ref import Ref
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_RATINGS = """
SELECT DISTINCT ?rating ?assessor ?assessorLabel ?index ?edition ?observed ?score ?most ?grade ?note
       ?confidence WHERE {
  ?rating a cg:Rating ; cg:ratedParty $party ; cg:assessor ?assessor ; cg:indexName ?index ;
    cg:indexEdition ?edition ; cg:observedOn ?observed .
  ?assessor rdfs:label ?assessorLabel .
  OPTIONAL { ?rating cg:score ?score ; cg:scaleMax ?most }
  OPTIONAL { ?rating cg:grade ?grade }
  OPTIONAL { ?rating cg:note ?note }
  OPTIONAL { ?rating cg:confidence ?confidence }
} ORDER BY DESC(STR(?observed)) ?index ?edition ?rating ?note
"""


@dataclass(frozen=True)
class Rating:
    """What an assessor gives a party in one edition of an index.

    Attributes:
        iri: the rating.
        assessor: who rates.
        index, edition: the index and its edition, as they name themselves.
        observed_on: the day, month or year for which it speaks.
        value: the score with the top of its scale, such as `14 of 100`, or the grade.
        confidence: how well it is borne out.
        notes: our remarks.
        sources: what bears it out.
    """

    iri: str
    assessor: Ref
    index: str
    edition: str
    observed_on: str
    value: str
    confidence: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


def ratings_of(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Rating, ...]:
    """The ratings of `party` (IRI), newest first; with `as_of` what is dated by that day."""
    found: dict[str, dict[str, str]] = {}
    notes: dict[str, list[str]] = {}
    for row in rows(engine, _RATINGS, party=party):
        if belongs_to(row["observed"], as_of):
            found.setdefault(row["rating"], row)
            notes.setdefault(row["rating"], []).extend([row["note"]] if row["note"] else [])
    sources = sources_of(engine, found)
    return tuple(
        Rating(
            iri=iri,
            assessor=Ref(row["assessor"], row["assessorLabel"]),
            index=row["index"],
            edition=row["edition"],
            observed_on=row["observed"],
            value=_value(row),
            confidence=local(row["confidence"]),
            notes=tuple(notes[iri]),
            sources=sources[iri],
        )
        for iri, row in found.items()
    )


def _value(row: dict[str, str]) -> str:
    """The grade, the score, or both."""
    score = f"{_plain(row['score'])} of {_plain(row['most'])}" if row["score"] else ""
    return f"{row['grade']} ({score})" if score and row["grade"] else score or row["grade"]


def _plain(number: str) -> str:
    """A decimal without zeros that say nothing: 95.0 is 95."""
    return number.rstrip("0").rstrip(".") if "." in number else number
