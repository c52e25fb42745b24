"""Who adheres to what, on which list, and what only ties by reference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commitgraph import checks, questions
from commitgraph.dates import Day
from commitgraph.domain.instruments import instrument
from commitgraph.domain.links import links_of
from commitgraph.domain.parties import parties
from commitgraph.domain.rolls import rolls
from commitgraph.domain.standing import adherences_of, adherents, all_adherences, split_on
from commitgraph.engine import Embedded, ask
from commitgraph.home import home
from commitgraph.iris import local, thing
from commitgraph.views.compare import compare
from commitgraph.views.matrix import Matrix
from tests import expected

SEOUL = thing("instrument", "seoul-ai-business-pledge")


def test_every_signatory_of_the_pledge_is_told_with_a_source(engine: Embedded) -> None:
    found = adherents(engine, SEOUL)
    assert {a.party for a in found} == expected.adherents("seoul-ai-business-pledge")
    assert [a.party_label for a in found] == sorted((a.party_label for a in found), key=str.casefold)
    assert all(a.sources and all(s.read_on and s.url for s in a.sources) for a in found)
    cisco = next(a for a in found if a.party_label == "Cisco")
    assert (cisco.mode, cisco.since, cisco.signed_as) == ("joined-later", "2024-07-11", "Cisco Systems")


def test_on_an_earlier_day_the_later_joiner_is_not_there(engine: Embedded) -> None:
    assert "cisco" not in {local(a.party) for a in adherents(engine, SEOUL, Day(2024, 7, 10))}
    assert "cisco" in {local(a.party) for a in adherents(engine, SEOUL, Day(2024, 7, 11))}


def test_one_list_lacks_mastercard_and_the_others_do_not(engine: Embedded) -> None:
    commitment = "unesco-private-sector-commitment-2024"
    lists = rolls(engine, thing("instrument", commitment))
    lacking = {local(r.iri): {a.party_label for a in r.lacking} for r in lists}
    assert lacking.pop(f"{commitment}/efe") == {"Mastercard"}
    assert len(lacking) > 1
    assert not any(lacking.values())


def test_a_list_with_blank_items_does_not_claim_to_be_complete_and_lacks_nobody(engine: Embedded) -> None:
    page = next(r for r in rolls(engine, SEOUL) if local(r.iri).endswith("/page"))
    assert "IBM" not in {a.party_label for a in page.listed}
    assert (page.claims_complete, page.lacking) == (False, ())


def test_a_standing_of_unknown_day_did_not_begin_before_its_text(engine: Embedded) -> None:
    code = thing("instrument", "eu-gpai-code-of-practice-2025")
    undated = [a for a in adherents(engine, code) if not a.since and not a.not_seen_on]
    assert len(undated) > 5
    assert adherents(engine, code, Day(2025, 7, 9)) == ()
    assert set(undated) <= set(adherents(engine, code, Day(2026, 1, 1)))


def test_a_list_does_not_lack_whoever_had_left_by_its_day(engine: Embedded) -> None:
    code = thing("instrument", "eu-gpai-code-of-practice-2025")
    left = {a.iri for a in adherents(engine, code) if a.not_seen_on == "2026-07-31"}
    assert len(left) == 8
    latest = next(r for r in rolls(engine, code) if local(r.iri).endswith("/july-2026"))
    assert latest.observed_on == "2026-07-31"
    assert not left & {a.iri for a in (*latest.listed, *latest.lacking)}


def test_a_list_that_does_not_claim_to_be_complete_lacks_nobody(engine: Embedded) -> None:
    every = {a.instrument for a in all_adherences(engine)}
    partial = [r for iri in every for r in rolls(engine, iri) if not r.claims_complete]
    assert len(partial) > 20
    assert not [r.iri for r in partial if r.lacking]


def test_pages_questions_checks_and_matrix_name_the_same_parties_as_lacking(engine: Embedded) -> None:
    held = {
        (local(row["roll"]), local(row["party"]))
        for row in ask.rows(
            engine, "SELECT ?roll ?party { ?roll cg:lacks ?adherence . ?adherence cg:adherent ?party }"
        )
    }
    assert held
    every = {row["text"] for row in ask.rows(engine, "SELECT DISTINCT ?text { ?roll cg:rollOf ?text }")}
    known = {text: rolls(engine, text) for text in every}
    assert {
        (local(r.iri), local(a.party)) for found in known.values() for r in found for a in r.lacking
    } == held

    question = questions.get("missing-from-complete-roll")
    asked = set()
    for text, found in known.items():
        named = {r.label: local(r.iri) for r in found}
        for row in engine.query(question.bind(instrument=text)).values():
            asked.add((named[row["notOn"]], local(row["party"])))
    assert asked == held

    findings = checks.run(home(), ["rolls"]).findings
    assert {(local(f.subject), f.got.split(" is on ")[0].removeprefix("party/")) for f in findings} == held

    matrix, everybody = Matrix(engine), parties(engine)
    marked = set()
    for text in every:
        about = instrument(engine, text)
        assert about
        for party in everybody:
            cell = matrix.cell(party, about)
            if cell.answer in ("adheres", "former", "named"):
                marked |= {(local(r.iri), local(party.iri)) for r in cell.rolls}
    assert marked == held


def test_no_list_lacks_whom_it_shows(engine: Embedded) -> None:
    for row in ask.rows(engine, "SELECT DISTINCT ?text { ?roll cg:rollOf ?text }"):
        for found in rolls(engine, row["text"]):
            assert not {a.party for a in found.listed} & {a.party for a in found.lacking}


@pytest.mark.parametrize(
    ("slug", "roll", "left_out"),
    [
        # Members of later years, of whom no list tells that they were there in 2019.
        ("oecd-ai-principles", "aihub-org", ("eg", "sg", "ua")),
        # They joined in 2024, on a day that no source tells: perhaps after the list was drawn up.
        ("ai-elections-accord-2024", "gadget-co-za", ("intuit", "netapp")),
        # They joined on an unknown day between this list and the next.
        ("eu-gpai-code-of-practice-2025", "december-2025", ("ai-studio-delta", "black-forest-labs")),
        # They had left by the day of the list.
        ("eu-gpai-code-of-practice-2025", "july-2026", ("accexible", "lawise")),
    ],
)
def test_a_list_is_not_said_to_lack_who_may_not_have_been_there(
    engine: Embedded, slug: str, roll: str, left_out: tuple[str, ...]
) -> None:
    text = thing("instrument", slug)
    found = next(r for r in rolls(engine, text) if local(r.iri) == f"{slug}/{roll}")
    assert set(left_out) <= {local(a.party) for a in adherents(engine, text)}
    assert not set(left_out) & {local(a.party) for a in (*found.listed, *found.lacking)}


def test_kakao_signed_one_text_and_is_tied_to_others_by_a_sentence_that_says_will_try(
    engine: Embedded,
) -> None:
    kakao = thing("party", "kakao")
    assert [(local(a.instrument), a.mode) for a in adherences_of(engine, kakao)] == [
        ("seoul-ai-business-pledge", "signed")
    ]
    ties = {local(k.instrument): k.strongest.force for k in links_of(engine, kakao) if k.strongest}
    assert ties == {
        "hiroshima-code-of-conduct": "will-try",
        "unga-res-78-265": "will-try",
        "frontier-ai-safety-commitments": "will-try",
        "seoul-declaration": "acknowledges",
    }


def test_what_a_party_signed_is_never_listed_as_by_reference(engine: Embedded) -> None:
    links = {local(k.instrument) for k in links_of(engine, thing("party", "microsoft"))}
    assert "frontier-ai-safety-commitments" not in links
    assert "unga-res-78-265" in links


def test_three_companies_share_two_pledges(engine: Embedded) -> None:
    slugs = ["microsoft", "lg-ai-research", "salesforce"]
    result = compare(engine, [thing("party", s) for s in slugs], slugs)
    assert [local(row.iri) for row in result.rows if row.shared] == [
        "seoul-ai-business-pledge",
        "unesco-private-sector-commitment-2024",
    ]


def test_parties_and_instruments_cannot_be_compared_with_each_other(engine: Embedded) -> None:
    with pytest.raises(ValueError, match="got both"):
        compare(engine, [SEOUL, thing("party", "microsoft")], ["a", "b"])


def test_an_act_ends_a_standing_even_if_its_day_is_not_known(engine: Embedded) -> None:
    one = next(a for a in adherents(engine, SEOUL) if not a.until)
    assert not one.ended_by(None)
    left = replace(one, withdrawal="urn:act")
    assert left.ended_by(None)
    assert split_on(None, [one, left]).ended == (left,)
    # It cannot be said to have come by any day that is named.
    assert not left.ended_by(Day(2100, 1, 1))
