"""Parties, evidence, claims, references, things: what pages and the command tell from the graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from commitgraph.dates import Day
from commitgraph.domain.claims import claims_about
from commitgraph.domain.concepts import concepts, ties
from commitgraph.domain.endings import (
    delistings_from,
    refusals_by,
    refusals_of,
    withdrawals_by,
    withdrawals_from,
)
from commitgraph.domain.evidence import disclosures_of, observations
from commitgraph.domain.instruments import mentions_by, mentions_of, profile
from commitgraph.domain.ontology_terms import terms
from commitgraph.domain.parties import changes_of, countries, party
from commitgraph.domain.provisions import (
    children_of,
    find_provisions,
    provisions_of,
)
from commitgraph.domain.ratings import ratings_of
from commitgraph.domain.rolls import roll
from commitgraph.domain.sources import passages_of
from commitgraph.domain.standing import adherence, adherences_of, adherents, split_on
from commitgraph.domain.things import pointers, statements
from commitgraph.domain.undertakings import reached_by, undertakers_of, undertakings_of
from commitgraph.engine import Embedded, ask
from commitgraph.iris import concept, local, thing
from tests.expected import signatories

SEOUL = thing("instrument", "seoul-ai-business-pledge")


def test_a_term_that_is_no_iri_never_reaches_the_engine(engine: Embedded) -> None:
    with pytest.raises(ValueError, match="expected an absolute IRI"):
        ask.rows(engine, "ASK { $thing ?p ?o }", thing="x> } #")


def test_a_party_has_its_names_with_their_language_and_marks_what_is_not_verified(engine: Embedded) -> None:
    found = party(engine, thing("party", "01-ai"))
    assert found
    assert ("零一万物", "zh-hans") in {(n.text, n.language) for n in found.names}
    assert (found.kinds, countries(engine)["KR"]) == (("Company",), "Republic of Korea")
    everyone = [
        p for slug in ("samsung-electronics", "google", "ibm") if (p := party(engine, thing("party", slug)))
    ]
    for identifier in (i for p in everyone for i in p.identifiers):
        assert identifier.verified == (identifier.confidence != "from-memory")
    assert party(engine, thing("party", "nobody")) is None


def test_a_lookup_is_told_apart_from_evidence(engine: Embedded) -> None:
    found = observations(engine, party=thing("party", "ibm"))
    looked = [f for f in found if not f.found]
    assert looked
    # Where was looked is an edition that was read, or is told in words.
    assert all(f.sources or any("Where:" in note for note in f.notes) for f in looked)
    assert any("not among" in f.summary and f.sources for f in looked)
    amazon = observations(engine, party=thing("party", "amazon"))
    assert any(f.found and f.self_declared and f.bearing and local(f.bearing.iri) == "for" for f in amazon)
    assert not observations(engine, party=thing("party", "amazon"), as_of=Day(2020, 1, 1))


def test_evidence_tells_what_is_not_known_of_it(engine: Embedded) -> None:
    found = {local(o.iri): o for o in observations(engine, party=thing("party", "openai"))}
    beta = found["frontier-ai-safety-commitments/openai-preparedness-framework-beta"]
    assert (beta.observed_on, beta.in_force_on) == ("2023-12-18", "2025-03")
    answered = found["company/openai-gpt41-no-card"]
    assert "no frontier model" in answered.answer
    assert [ref.iri for ref in answered.answered_in] == [thing("publication", "openai/openai-gpt41-no-card")]
    silent = found["company/openai-deep-research-late-card"]
    assert (silent.answer, silent.answered_in, silent.contested) == ("", (), False)


def test_no_evidence_of_ours_speaks_for_a_promise_that_it_is_not_known_to_follow(engine: Embedded) -> None:
    # One rule for all: what has no date and is in force on no day known speaks neither for nor against.
    for slug in ("salesforce", "samsung-electronics", "telefonica", "microsoft"):
        for found in observations(engine, party=thing("party", slug)):
            if found.found and not found.observed_on and not found.in_force_on:
                assert found.bearing
                assert local(found.bearing.iri) == "context", found.iri


def test_ratings_are_told_with_their_scale_newest_first(engine: Embedded) -> None:
    anthropic = ratings_of(engine, thing("party", "anthropic"))
    assert [rating.value for rating in anthropic] == ["34 of 100", "C+", "35 of 100", "2.2 of 5"]
    assert {rating.assessor.label for rating in anthropic} == {"SaferAI", "Future of Life Institute"}
    assert all(rating.sources for rating in anthropic)
    assert [r.value for r in ratings_of(engine, thing("party", "anthropic"), Day(2025, 6, 1))] == ["2.2 of 5"]
    assert ratings_of(engine, thing("party", "kakao")) == ()


def test_a_version_knows_the_one_before_it(engine: Embedded) -> None:
    versions = {d.version: d for d in disclosures_of(engine, thing("party", "google")) if d.version}
    assert versions["2.0"].previous
    assert versions["2.0"].previous.iri == versions["1.0"].iri
    assert versions["1.0"].previous is None


def test_a_change_says_who_there_is_after_it(engine: Embedded) -> None:
    renamed, merged = changes_of(engine, thing("party", "x-corp"))
    assert (renamed.kind, [ref.label for ref in renamed.results]) == ("renamed", ["X"])
    assert (merged.kind, [ref.label for ref in merged.results]) == ("merged", ["xAI"])
    (ended,) = changes_of(engine, thing("party", "truemedia"))
    assert ended.kind == "service ended"
    (listed,) = changes_of(engine, thing("party", "minimax"))
    assert (listed.kind, len(listed.results)) == ("listed", 1)


def test_a_check_by_somebody_else_stands_beside_the_evidence(engine: Embedded) -> None:
    checked = [f for f in observations(engine, party=thing("party", "sk-telecom")) if f.assurances]
    assert checked
    assessor = checked[0].assurances[0].assessor
    assert assessor
    assert assessor.label == "Korean Standards Association"
    assert checked[0].assurances[0].sources


def test_a_mark_opens_at_the_words_but_proves_nothing(engine: Embedded) -> None:
    found = [s for f in observations(engine, party=thing("party", "mastercard")) for s in f.sources]
    marks = [s for s in found if s.iri.startswith(thing("mark", ""))]
    assert marks
    assert all(s.link.partition(":~:text=")[2] and not s.provable for s in marks)
    meta = adherence(engine, thing("adherence", "frontier-ai-safety-commitments", "meta"))
    assert meta
    assert [s.provable for s in meta.sources if s.fragment] == [True]


def test_a_refusal_is_told_from_both_sides_from_its_day_on(engine: Embedded) -> None:
    meta, code = thing("party", "meta"), thing("instrument", "eu-gpai-code-of-practice-2025")
    (by,) = refusals_by(engine, meta)
    (of,) = refusals_of(engine, code)
    assert by == of
    assert (by.instrument.iri, by.observed_on, bool(by.notes), bool(by.sources)) == (
        code,
        "2025-07-18",
        True,
        True,
    )
    assert refusals_by(engine, meta, Day(2025, 7, 17)) == ()


def test_a_name_that_a_later_list_lacks_is_no_withdrawal(engine: Embedded) -> None:
    code = thing("instrument", "eu-gpai-code-of-practice-2025")
    gone = delistings_from(engine, code)
    assert len(gone) == 8
    assert withdrawals_from(engine, code) == ()
    assert withdrawals_by(engine, thing("party", "accexible")) == ()
    assert not [a for a in adherents(engine, code) if a.ended_by(None)]


def test_changes_of_a_party_say_when_they_are_only_remembered(engine: Embedded) -> None:
    (change, _) = changes_of(engine, thing("party", "zhipu-ai"))
    assert (change.held_on, change.confidence, change.sources) == ("2025", "from-memory", ())
    assert change.notes
    assert changes_of(engine, thing("party", "inflection"), Day(2024, 2, 28)) == ()


def test_evidence_is_found_from_the_provision_too(engine: Embedded) -> None:
    found = observations(
        engine, provision=thing("provision", "frontier-ai-safety-commitments", "pre-framework")
    )
    assert {"Amazon", "Anthropic", "IBM"} <= {f.party.label for f in found if f.party}
    assert disclosures_of(engine, thing("party", "anthropic"))[0].issued >= "2026"


def test_an_account_by_somebody_else_is_never_shown_as_the_own_one_of_a_party() -> None:
    store = ox.Store()
    store.load(
        b"""@prefix cg: <https://w3id.org/commitgraph/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:own> cg:disclosedBy <urn:party> ; rdfs:label "own" .
        <urn:other> cg:disclosedBy <urn:party> ; rdfs:label "other" ; cg:preparedBy <urn:watch> .""",
        format=ox.RdfFormat.TURTLE,
    )
    assert [found.label for found in disclosures_of(Embedded(store), "urn:party")] == ["own"]


def test_claims_on_a_point_stand_side_by_side_the_preferred_first(engine: Embedded) -> None:
    points = {p.label: p for p in claims_about(engine, thing("instrument", "unesco-rec-ai-ethics-2021"))}
    day = points["day of adoption"]
    assert day.disputed
    assert {c.value for c in day.claims} == {"2021-11-23", "2021-11-25"}
    assert [c.preferred for c in day.claims] == sorted((c.preferred for c in day.claims), reverse=True)
    assert all(c.sources for c in day.claims)


def test_references_name_the_sentence_and_their_kind(engine: Embedded) -> None:
    found = {local(m.target.iri): m for m in mentions_by(engine, SEOUL)}
    assert found["seoul-declaration"].kind == "buildsOn"
    assert found["unga-res-78-265"].kind == "recognises"
    assert [s.force for s in found["unga-res-78-265"].sentences] == ["will-try", "acknowledges"]
    back = mentions_of(engine, thing("instrument", "unga-res-78-265"))
    assert SEOUL in {m.origin.iri for m in back}


def test_a_profile_tells_who_keeps_the_text_and_where_it_was_adopted(engine: Embedded) -> None:
    found = profile(engine, SEOUL)
    assert found
    assert [local(r.iri) for r in found.convened_by] == ["msit-korea"]
    assert found.sources[0].read_on == "2026-11-21"
    assert sum(c.provisions for c in found.topics) > 50
    assert profile(engine, thing("instrument", "nothing")) is None


def test_who_has_taken_on_a_commitment(engine: Embedded) -> None:
    found = undertakers_of(engine, thing("provision", "seoul-ai-business-pledge", "a1-3"))
    assert {u.party.iri for u in found if u.taken_on} == signatories("seoul-ai-business-pledge")
    assert {u.party.iri for u in found} == {a.party for a in adherents(engine, SEOUL)}


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("kakao", id="one pledge"),
        pytest.param("naver", id="one that others name"),
        pytest.param("anthropic", id="measures of its own"),
        pytest.param("openai", id="beside another's own measures"),
        pytest.param("xai", id="one chapter only"),
        pytest.param("european-union", id="a treaty ratified"),
        pytest.param("ca", id="a treaty only signed"),
    ],
)
def test_what_the_nodes_tell_is_what_the_standings_of_today_reach(engine: Embedded, slug: str) -> None:
    iri = thing("party", slug)
    held = [found.iri for found in split_on(None, adherences_of(engine, iri)).held]
    told = undertakings_of(engine, iri)
    assert held and told
    assert set(told) == set(reached_by(engine, held))


def test_provisions_are_found_by_all_that_is_given(engine: Embedded) -> None:
    every = provisions_of(engine, SEOUL)
    found = find_provisions(engine, instrument=SEOUL, kind="Commitment", force=concept("force", "will-try"))
    assert set(found) == {p.iri for p in every if p.kind == "Commitment" and p.force == "will-try"}
    inner = [p for p in every if p.parent]
    assert inner[0].iri in {p.iri for p in children_of(engine, inner[0].parent)}


def test_a_passage_gives_what_finds_the_words_but_not_the_words(engine: Embedded) -> None:
    found = passages_of(engine, thing("provision", "seoul-ai-business-pledge", "a1-3"))[0]
    assert (len(found.digest), found.form) == (64, "letters-digits-1")
    assert len(found.starts) + len(found.ends) < found.length


def test_topics_have_their_groups_and_counts(engine: Embedded) -> None:
    found = {local(c.iri): c for c in concepts(engine, "topic")}
    topic = found["risk-management"]
    assert (local(topic.broader), topic.provisions > 50) == ("risk-and-safety", True)
    assert found["risk-and-safety"].provisions >= topic.provisions
    assert topic.iri in {r.iri for r in ties(engine, found["risk-and-safety"].iri).narrower}


def test_statements_name_the_graphs_that_make_them(engine: Embedded) -> None:
    entry = thing("entry", "seoul-ai-business-pledge", "page", "kakao")
    titles = {title for s in statements(engine, entry) for _, title in s.graphs}
    assert "Seoul AI Business Pledge: the list on the pledge page" in titles
    standing = thing("adherence", "seoul-ai-business-pledge", "kakao")
    pointing = {p.subject for p in pointers(engine, standing)}
    assert {entry, thing("roll", "seoul-ai-business-pledge", "page")} <= pointing


def test_one_adherence_and_one_list_can_be_told(engine: Embedded) -> None:
    commitment = "unesco-private-sector-commitment-2024"
    found = adherence(engine, thing("adherence", commitment, "mastercard"))
    assert found
    assert found.mode == "signed"
    assert found.disputed
    assert {local(r.iri) for r in found.lacking} == {f"{commitment}/efe"}
    report = roll(engine, thing("roll", commitment, "efe"))
    assert report
    assert report.instrument == thing("instrument", commitment)
    assert {a.party_label for a in report.lacking} == {"Mastercard"}
    assert adherence(engine, SEOUL) is None
    assert roll(engine, SEOUL) is None


def test_terms_come_with_definitions_and_traits(engine: Embedded) -> None:
    found = {t.name: t for t in terms(engine)}
    assert all(t.definition for t in found.values())
    assert "functional" in found["adherent"].traits
    assert cg_names(found["Party"].subs) >= {"Company", "State"}
    assert found["Party"].uses > 100


def cg_names(iris: tuple[str, ...]) -> set[str]:
    return {iri.rsplit("#", 1)[1] for iri in iris}
