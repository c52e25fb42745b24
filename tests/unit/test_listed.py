"""Who is no longer listed, named by others only, or may have taken something on: alike on every face."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import commitgraph
from commitgraph.domain import phrases
from commitgraph.domain.claims import counts_of_adherents
from commitgraph.domain.provisions import count_commitments
from commitgraph.domain.undertakings import reached_by, undertakers_of
from commitgraph.iris import local, thing
from commitgraph.views import whereabouts
from tests.graphs import listed_graph

LISTED = "listed"
#: A day: who stands by an act of its own, is named only, unknown, no longer listed, ended.
DAYS = {
    "2024-05-21": (set(), set(), set(), set(), set()),
    "2024-12-31": ({"stayer", "maker", "gone", "ceased"}, {"named"}, set(), set(), set()),
    "2025-02-01": ({"stayer", "maker", "gone"}, {"named"}, set(), set(), {"ceased"}),
    "2025-12-31": ({"stayer", "maker", "gone"}, {"named"}, set(), set(), {"ceased"}),
    "2026-01-01": ({"stayer", "maker"}, {"named"}, {"gone"}, set(), {"ceased"}),
    "2026-07-30": ({"stayer", "maker"}, {"named"}, {"gone"}, set(), {"ceased"}),
    "2026-07-31": ({"stayer", "maker"}, {"named"}, set(), {"gone"}, {"ceased"}),
    "": ({"stayer", "maker"}, {"named"}, set(), {"gone"}, {"ceased"}),
}
OFTEN_WRONG = ("withdr", "is bound", "binds", "left the", "ended")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return listed_graph(tmp_path_factory.mktemp("listed"))


@pytest.fixture(scope="module")
def graph(home: Path) -> commitgraph.Graph:
    return commitgraph.load(home)


def _split(found: commitgraph.Standings) -> tuple[set[str], ...]:
    parts = (found.own, found.named, found.unknown, found.delisted, found.ended)
    return tuple({local(a.party) for a in part} for part in parts)


@pytest.mark.parametrize("day", DAYS)
def test_between_two_lists_nobody_knows_and_after_the_second_nobody_counts(
    graph: commitgraph.Graph, day: str
) -> None:
    assert _split(graph.instrument("Listed Pledge").standings(day)) == DAYS[day]


@pytest.mark.parametrize("day", DAYS)
def test_the_matrix_and_has_x_signed_y_tell_the_same(graph: commitgraph.Graph, day: str) -> None:
    own, named, unknown, delisted, ended = DAYS[day]
    everybody = {local(p.iri): p for p in graph.parties()}
    text = next(i for i in graph.instruments() if i.label == "Listed Pledge")
    matrix = graph.matrix(day)
    answers = {slug: matrix.cell(party, text).answer for slug, party in everybody.items()}
    assert {slug for slug, answer in answers.items() if answer == "adheres"} == own
    assert {slug for slug, answer in answers.items() if answer == "named"} == named
    assert {slug for slug, answer in answers.items() if answer == "delisted"} == delisted
    assert {slug for slug, answer in answers.items() if answer == "former"} == ended
    assert all(answers[slug] == "unknown" for slug in unknown)
    assert graph.party("Gone Ltd").towards("Listed Pledge", day).answer == answers["gone"]


def test_a_delisting_is_told_with_both_days_and_never_as_an_act(graph: commitgraph.Graph) -> None:
    (gone,) = graph.instrument("Listed Pledge").standings().delisted
    said = "no longer listed (last seen December 2025, not seen 31 July 2026)"
    sentence = phrases.sentence(gone)
    assert sentence == f"Gone Ltd signed the Listed Pledge on 22 May 2024, {said}."
    assert not [word for word in OFTEN_WRONG if word in sentence]
    assert phrases.state(gone) == f"signed 2024-05-22, {said}"


def test_how_much_of_a_text_a_standing_covers_is_said_with_the_act(graph: commitgraph.Graph) -> None:
    gone, *_ = graph.instrument("Listed Pledge").standings().delisted
    chooser = replace(gone, scope="at-least", mode="committed", mode_label="committed")
    assert phrases.act(chooser) == "committed, at least in part"
    assert phrases.sentence(chooser).startswith(
        "Gone Ltd committed to the Listed Pledge, at least in part, on 22 May 2024"
    )
    assert phrases.act(replace(gone, scope="part")) == "signed, in part"


def test_whom_only_others_name_is_counted_apart(graph: commitgraph.Graph) -> None:
    now = graph.instrument("Listed Pledge").standings()
    assert phrases.tally(now) == "2, and 1 named by others only, and 1 no longer listed"
    assert phrases.groups(now.held) == (("took it on", 2), ("named by others only", 1))
    (named,) = now.named
    assert phrases.sentence(named).endswith("; no act of its own is known.")
    pair = graph.compare("Named Ltd", "Maker Ltd")
    assert not [row for row in pair.rows if row.shared]


def test_a_dispute_stands_in_sentence_cell_and_citation(graph: commitgraph.Graph) -> None:
    text = graph.instrument("Listed Pledge")
    stayer = next(a for a in text.standings().own if local(a.party) == "stayer")
    cited = phrases.citation(stayer, "abc", text.rolls())
    lists = "shown on “second list”; lacking from “first list”"
    assert f"Sources disagree: {lists}." in cited
    assert cited.index("Sources disagree") < cited.index("Source: ")
    assert phrases.sentence(stayer).endswith("; sources disagree.")
    cell = graph.party("Stayer Ltd").towards("Listed Pledge")
    assert (cell.disputed, cell.reason) == (True, "signed 2024-05-22, sources disagree")


def test_what_is_promised_on_a_condition_is_taken_on_only_by_who_meets_it(graph: commitgraph.Graph) -> None:
    maker, stayer, named = (graph.party(name) for name in ("Maker Ltd", "Stayer Ltd", "Named Ltd"))
    everything = {"listed/a", "listed/a1", "listed/a2", "listed/b"}
    assert {local(p.iri) for p in maker.commitments()} == everything
    assert {local(p.iri) for p in stayer.commitments()} == everything - {"listed/b"}
    (one,) = (u for u in stayer.undertakings() if not u.taken_on)
    assert phrases.condition(one.conditions, one.named_by_others) == "if it makes lamps"
    assert named.commitments() == ()
    told = {
        local(u.commitment.iri): phrases.condition(u.conditions, u.named_by_others)
        for u in named.undertakings()
    }
    assert told["listed/a"] == "if it did sign, as others say"
    assert told["listed/b"] == "if it makes lamps and did sign, as others say"
    assert graph.party("Gone Ltd").undertakings() == ()
    assert graph.party("Gone Ltd").commitments(as_of="2025-12-31")
    assert graph.party("Gone Ltd").undertakings(as_of="2026-01-01") == ()


def test_each_undertaking_carries_the_weakest_confidence(graph: commitgraph.Graph) -> None:
    for name, weakest in (("Maker Ltd", "one-source"), ("Stayer Ltd", "conflict")):
        for told in (graph.party(name).undertakings(), graph.party(name).undertakings("2026-11-01")):
            assert {u.confidence for u in told if u.commitment.locator != "c"} == {weakest}
            # The strongest wording of all, and last.
            assert (told[-1].commitment.locator, told[-1].confidence) == ("c", "from-memory")
        firm = graph.party(name).commitments()
        assert "c" not in {p.locator for p in firm}
        assert [p.locator for p in graph.party(name).commitments(from_memory=True)][-1] == "c"


def test_the_nodes_tell_what_the_standings_reach(graph: commitgraph.Graph) -> None:
    for party in graph.parties():
        now = graph.party(party.iri).standings()
        reached = reached_by(graph.engine, [a.iri for a in now.held])
        assert set(graph.party(party.iri).undertakings()) == set(reached)


def test_a_provision_names_who_has_taken_it_on_and_who_may_have(graph: commitgraph.Graph) -> None:
    told = {
        local(u.party.iri): u.taken_on
        for u in undertakers_of(graph.engine, thing("provision", "listed", "b"))
    }
    assert told == {"maker": True, "stayer": False, "named": False}


def test_commitments_are_counted_as_the_text_numbers_them(graph: commitgraph.Graph) -> None:
    number = count_commitments(graph.party("Maker Ltd").commitments())
    assert phrases.commitments(number) == "2 commitments (3 with their parts told apart)"


def test_what_sources_count_stands_beside_our_own_number(graph: commitgraph.Graph) -> None:
    text = graph.instrument("Listed Pledge")
    counts = counts_of_adherents(graph.engine, text.iri)
    said = phrases.counted(counts, 2)
    assert said.startswith("2 here, of 230 or more that “Listed Pledge” counts for 15 December 2025.")
    assert "115 (25 September 2024, Listed Pledge)" in said
    assert phrases.counted((), 2) == ""


def test_absence_is_told_as_far_as_it_is_known(graph: commitgraph.Graph) -> None:
    absent, land = graph.party("Absent Ltd"), graph.party("Land")
    listed = absent.towards("Listed Pledge")
    assert (listed.answer, listed.rolls[0].label) == ("not-listed", "second list")
    assert land.towards("Listed Pledge").answer == "not-asked"
    assert absent.towards("Unsignable Code").answer == "nothing-to-sign"
    assert land.towards("Unsignable Code").answer == "not-asked"
    told = whereabouts.answer(graph.engine, absent.iri, graph.instrument("Unsignable Code").iri)
    assert told.startswith("There is nothing for Absent Ltd to sign: Unsignable Code is addressed to ")
    # Whom it is addressed to is not recorded: not to be able to sign is not the same as not to be asked.
    assert land.towards("Silent Code").answer == "unknown"
    assert absent.towards("Listed Pledge", "2024-06-01").answer == "unknown"
    assert absent.towards("Listed Pledge", "2024-02-29").reason == "of 1 March 2024, later than that day"


@pytest.mark.parametrize(
    ("party", "said"),
    [
        ("maker", "Maker Ltd signed the Listed Pledge on 22 May 2024."),
        ("named", "Named Ltd is named by others"),
        ("gone", "no longer listed (last seen December 2025, not seen 31 July 2026)"),
        (
            "absent",
            "not on the list “second list”, which speaks for 31 July 2026. Absence from",
        ),
        ("stayer", "on 22 May 2024. Sources disagree: lacking from “first list”."),
    ],
)
def test_has_x_signed_y_is_never_a_bare_no(graph: commitgraph.Graph, party: str, said: str) -> None:
    told = whereabouts.answer(graph.engine, thing("party", party), thing("instrument", LISTED))
    assert said in told


def test_who_has_no_rows_is_told_where_it_does_stand(graph: commitgraph.Graph) -> None:
    told = whereabouts.stands_to(graph.engine, thing("party", "maker"))
    assert told == "Maker Ltd stands to: Listed Pledge (signed 2024-05-22)."
    assert "holds no standing" in whereabouts.stands_to(graph.engine, thing("party", "absent"))
    assert "only named by others" in whereabouts.stands_to(graph.engine, thing("party", "named"))


def _run(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "commitgraph", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COMMITGRAPH_HOME": str(home)},
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def test_the_command_uses_the_same_words(home: Path) -> None:
    out = _run(home, "who", LISTED)
    assert "Listed Pledge: 2, and 1 named by others only, and 1 no longer listed" in out
    assert "of 230 or more" in out
    assert "no longer listed (last seen December 2025, not seen 31 July 2026)" in out
    assert "agree to be shown" in out
    assert not [word for word in ("withdrew", "is bound") if word in out]
    parts = json.loads(_run(home, "who", LISTED, "--format", "json"))
    assert [local(a["party"]) for a in parts["noLongerListed"]] == ["gone"]
    assert [local(a["party"]) for a in parts["namedByOthers"]] == ["named"]
    assert "No act of its own." in _run(home, "pledges", "named")


def test_a_question_that_finds_nothing_points_to_where_the_party_stands(home: Path) -> None:
    out = _run(home, "query", "evidence-of-party", "--param", "party=maker")
    assert "found nothing" in out
    assert "Maker Ltd stands to: Listed Pledge (signed 2024-05-22)." in out
