"""The matrix: one honest answer a cell."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from commitgraph.dataset import load
from commitgraph.dates import day_or_none
from commitgraph.domain.instruments import instrument, instruments
from commitgraph.domain.parties import parties
from commitgraph.engine import Embedded
from commitgraph.iris import local, thing
from commitgraph.views.matrix import Cell, Matrix

_MORE = r"""
PREFIX cg: <https://w3id.org/commitgraph/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX id: <https://w3id.org/commitgraph/id/>
INSERT DATA {
  id:adherence\/seoul-ai-business-pledge\/kakao cg:until "2025-03"^^xsd:gYearMonth .
  <https://w3id.org/commitgraph/id/refusal/x> a cg:Refusal ; cg:observedOn "2024-06-01"^^xsd:date ;
    cg:refusedBy <https://w3id.org/commitgraph/id/party/amazon> ;
    cg:refusedInstrument <https://w3id.org/commitgraph/id/instrument/seoul-ai-business-pledge> .
}
"""


def cell(engine: Embedded, party: str, slug: str, as_of: str = "") -> Cell:
    matrix = Matrix(engine, day_or_none(as_of))
    everybody = parties(engine)
    text = instrument(engine, thing("instrument", slug))
    assert text
    entry = next(p for p in everybody if local(p.iri) == party)
    return matrix.cell(entry, text)


@pytest.mark.parametrize(
    ("party", "slug", "answer"),
    [
        ("kakao", "seoul-ai-business-pledge", "adheres"),
        ("google", "haip-reporting-framework", "adheres"),
        ("adobe", "frontier-ai-safety-commitments", "not-listed"),
        ("adobe", "haip-reporting-framework", "unknown"),
        ("us", "unga-res-78-265", "adheres"),
    ],
)
def test_each_answer_has_its_case(engine: Embedded, party: str, slug: str, answer: str) -> None:
    assert cell(engine, party, slug).answer == answer


@pytest.mark.parametrize(
    ("party", "answer", "words"),
    [
        ("meta", "refused", "decided not to adhere"),
        ("xai", "adheres", "signed, in part 2025-07-31"),
        ("google", "adheres", "signed"),
        ("kakao", "unknown", ""),
    ],
)
def test_the_european_code_has_many_answers(engine: Embedded, party: str, answer: str, words: str) -> None:
    found = cell(engine, party, "eu-gpai-code-of-practice-2025")
    assert found.answer == answer
    assert words in found.reason


def test_the_texts_of_some_parties_are_those_they_took_on_or_refused(engine: Embedded) -> None:
    meta = [p for p in parties(engine) if local(p.iri) in ("meta", "kakao")]
    texts = {local(iri) for iri in Matrix(engine).instruments_of(meta)}
    assert {"eu-gpai-code-of-practice-2025", "seoul-ai-business-pledge"} <= texts
    assert "unga-res-78-265" not in texts


def test_a_name_that_one_list_lacks_still_adheres(engine: Embedded) -> None:
    found = cell(engine, "mastercard", "unesco-private-sector-commitment-2024")
    assert found.answer in ("adheres", "named")
    assert found.disputed


def test_not_listed_names_the_latest_list_and_its_day(engine: Embedded) -> None:
    found = cell(engine, "adobe", "frontier-model-forum")
    days = [r.observed_on for r in found.rolls]
    assert len(days) > 1
    assert days == sorted(days, reverse=True)
    assert found.proof == found.rolls[0].iri


def test_a_tie_by_reference_stands_beside_the_answer(engine: Embedded) -> None:
    found = cell(engine, "kakao", "frontier-ai-safety-commitments")
    assert found.answer == "not-listed"
    tie = found.by_reference[0]
    assert (tie.force_label, local(tie.through.iri)) == ("will try", "seoul-ai-business-pledge")


def test_who_signed_is_not_tied_by_reference(engine: Embedded) -> None:
    found = cell(engine, "microsoft", "frontier-ai-safety-commitments")
    assert (found.answer, found.by_reference) == ("adheres", ())


@pytest.mark.parametrize(
    ("party", "day", "answer"),
    [
        ("kakao", "2024-05-21", "not-asked"),  # the pledge had not been issued
        ("kakao", "2024-05-22", "adheres"),
        ("cisco", "2024-07-10", "not-listed"),
        ("cisco", "2024-07-11", "adheres"),
    ],
)
def test_on_another_day_the_answer_is_another(engine: Embedded, party: str, day: str, answer: str) -> None:
    assert cell(engine, party, "seoul-ai-business-pledge", day).answer == answer


@pytest.fixture
def changed() -> Embedded:
    """The shipped data, in which Kakao's pledge has ended and Amazon has refused it."""
    store = ox.Store()
    store.extend(load().store)
    store.update(_MORE)
    return Embedded(store)


def test_an_ended_standing_is_former_and_holds_to_the_end_of_its_last_month(changed: Embedded) -> None:
    assert cell(changed, "kakao", "seoul-ai-business-pledge").answer == "former"
    assert cell(changed, "kakao", "seoul-ai-business-pledge", "2025-03-31").answer == "adheres"
    assert cell(changed, "kakao", "seoul-ai-business-pledge", "2025-04-01").answer == "former"


def test_a_refusal_is_its_own_answer_from_its_day_on(changed: Embedded) -> None:
    assert cell(changed, "amazon", "seoul-ai-business-pledge").answer == "refused"
    assert cell(changed, "amazon", "seoul-ai-business-pledge", "2024-05-31").answer == "not-listed"


def test_ties_by_reference_come_strongest_first(engine: Embedded) -> None:
    matrix, everybody = Matrix(engine), parties(engine)
    told = [
        matrix.cell(party, text).by_reference
        for text in instruments(engine)
        for party in everybody
        if "Company" in party.kinds
    ]
    ranks = [[tie.rank for tie in ties] for ties in told]
    assert any(len(set(found)) > 1 for found in ranks)
    assert all(found == sorted(found, reverse=True) for found in ranks)
