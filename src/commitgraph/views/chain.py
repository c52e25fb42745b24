"""From a value or principle to the resolution, to pledges, to companies and to what they show.

The saved questions `chain-from-value` and `chain-from-principle` say which steps there are; this puts their
rows together, so that a page, a program or a test can go from step to step and see which one is empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from commitgraph import questions
from commitgraph.domain.ref import Ref
from commitgraph.engine import Engine
from commitgraph.iris import SCHEME

_Row = dict[str, str]


@dataclass(frozen=True)
class ChainParagraph:
    """A paragraph of A/RES/78/265 that names or serves the concept.

    Attributes:
        place: where it stands and what it is, as a reference to its provision.
        force: how firmly it asks; empty where it asks for nothing.
        source: address of its first proof.
        correspondence: how it stands to the sentence of the chain; empty where it stands alone.
    """

    place: Ref
    force: str
    source: str
    correspondence: str


@dataclass(frozen=True)
class ChainEvidence:
    """What a company shows of a sentence, or a search that found nothing.

    Attributes:
        iri: the evidence or the search.
        bearing: how the evidence stands to the sentence; empty for a search.
        on: the provision that it bears on: the sentence, or one around it.
        source: address of the evidence; empty for a search.
        searched_on: the day of the search; empty for evidence.
    """

    iri: str
    bearing: str
    on: str
    source: str
    searched_on: str


@dataclass(frozen=True)
class ChainCompany:
    """A company that stands to a sentence.

    Attributes:
        party: the company.
        tie: `has taken it on`, or `reports under its framework`, which is no signature.
        confidence: how well that is borne out.
        shown: its evidence and the searches; empty where there is neither.
    """

    party: Ref
    tie: str
    confidence: str
    shown: tuple[ChainEvidence, ...]


@dataclass(frozen=True)
class ChainSentence:
    """A sentence of a company pledge, or of the Hiroshima code, that names or serves the concept.

    Attributes:
        instrument, place: the text, and the provision with its place in it.
        summary: what it says, in our words.
        force: how firmly it speaks.
        bearing: whether it names or serves the concept, and `reason` why the judge says so.
        source: address of its first proof.
        paragraphs: those that it was judged to share a part with.
        companies: who stands to it.
    """

    instrument: Ref
    place: Ref
    summary: str
    force: str
    bearing: str
    reason: str
    source: str
    paragraphs: tuple[ChainParagraph, ...]
    companies: tuple[ChainCompany, ...]


@dataclass(frozen=True)
class Chain:
    """All that is known on the way from a concept to evidence.

    Attributes:
        sentences: of pledges and of the Hiroshima code, by text, in its order.
        alone: paragraphs of the resolution that share a part with none of these sentences.
    """

    sentences: tuple[ChainSentence, ...]
    alone: tuple[ChainParagraph, ...]

    @property
    def companies(self) -> tuple[Ref, ...]:
        """Whoever has taken on one of the sentences by an act of its own, by name."""
        found = {
            company.party
            for sentence in self.sentences
            for company in sentence.companies
            if company.tie == "has taken it on"
        }
        return tuple(sorted(found, key=lambda ref: ref.label.casefold()))


def chain(engine: Engine, concept: str) -> Chain:
    """The chain from a value or principle (IRI)."""
    kind = concept.removeprefix(SCHEME).split("/")[0]
    answer = engine.query(questions.get(f"chain-from-{kind}").bind(**{kind: concept}))
    found = [{name: term.value for name, term in row.items()} for row in answer]
    by_text = sorted(
        (row for row in found if "provision" in row),
        key=lambda row: (row["instrumentLabel"].casefold(), row["instrument"]),
    )
    sentences: dict[str, list[_Row]] = {}
    for row in by_text:
        sentences.setdefault(row["provision"], []).append(row)
    alone = {row["paragraph"]: _paragraph(row) for row in found if "provision" not in row}
    return Chain(tuple(_sentence(rows) for rows in sentences.values()), tuple(alone.values()))


def _sentence(rows: list[_Row]) -> ChainSentence:
    first = rows[0]
    return ChainSentence(
        instrument=Ref(first["instrument"], first["instrumentLabel"]),
        place=Ref(first["provision"], first["locator"]),
        summary=first["summary"],
        force=first["force"],
        bearing=first["bearing"],
        reason=first["reason"],
        source=first.get("source", ""),
        paragraphs=tuple({row["paragraph"]: _paragraph(row) for row in rows if "paragraph" in row}.values()),
        companies=tuple(_companies(row for row in rows if "party" in row)),
    )


def _companies(rows: Iterable[_Row]) -> Iterable[ChainCompany]:
    def who(row: _Row) -> tuple[str, str, str]:
        return row["tie"], row["partyLabel"].casefold(), row["party"]

    for _, group in groupby(sorted(rows, key=who), key=who):
        told = list(group)
        shown = {
            (row["evidence"], row["evidenceOn"]): ChainEvidence(
                row["evidence"],
                row.get("evidenceBearing", ""),
                row["evidenceOn"],
                row.get("evidenceSource", ""),
                row.get("searchedOn", ""),
            )
            for row in told
            if "evidence" in row
        }
        yield ChainCompany(
            Ref(told[0]["party"], told[0]["partyLabel"]),
            told[0]["tie"],
            told[0]["confidence"],
            tuple(shown.values()),
        )


def _paragraph(row: _Row) -> ChainParagraph:
    return ChainParagraph(
        Ref(row["paragraph"], row["paragraphPlace"]),
        row.get("paragraphForce", ""),
        row["paragraphSource"],
        row.get("correspondence", ""),
    )
