"""What is under a named day: on that day, the day before and the day after, for dates of any precision."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from commitgraph import questions
from commitgraph.dataset import load
from commitgraph.dates import Day, day_or_none
from commitgraph.domain.endings import refusals_by, refusals_of, withdrawals_by
from commitgraph.domain.evidence import disclosures_of, observations
from commitgraph.domain.instruments import instrument
from commitgraph.domain.parties import changes_of, parties
from commitgraph.domain.rolls import rolls
from commitgraph.domain.standing import adherences_of, adherents, split_on
from commitgraph.domain.undertakings import undertakings_of
from commitgraph.engine import Embedded
from commitgraph.iris import local, thing
from commitgraph.views.compare import compare
from commitgraph.views.matrix import Matrix
from tests.graphs import dated_graph

PLEDGE = thing("instrument", "dated")
DAY = thing("party", "day")
ALL = {"day", "month", "year", "undated", "early"}
#: A day: who adheres on it, who did and does no longer, who will.
STANDINGS = {
    "2024-02-29": ({"year"}, set(), {"day", "month", "undated", "early"}),
    "2024-03-01": ({"year", "undated", "early"}, set(), {"day", "month"}),
    "2024-04-30": ({"year", "undated", "early"}, set(), {"day", "month"}),
    "2024-05-01": ({"year", "undated", "early", "month"}, set(), {"day"}),
    "2024-05-21": ({"year", "undated", "early", "month"}, set(), {"day"}),
    "2024-05-22": (ALL, set(), set()),
    "2025-06-30": (ALL, set(), set()),
    "2025-07-01": ({"year", "undated", "early"}, {"day", "month"}, set()),
    "2025-12-31": ({"year", "undated", "early"}, {"day", "month"}, set()),
    "2026-01-01": ({"undated", "early"}, {"day", "month", "year"}, set()),
    "": ({"undated", "early"}, {"day", "month", "year"}, set()),
}  # fmt: skip
#: A day: of what is dated by 22 May 2024, by May 2024, or not at all, that which is shown for it.
DATED = {
    "2024-04-30": set(),
    "2024-05-01": {"month"},
    "2024-05-21": {"month"},
    "2024-05-22": {"day", "month"},
    "2026-01-01": {"day", "month"},
    "": {"day", "month", "undated"},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dated_graph(tmp_path_factory.mktemp("dated"))


@pytest.fixture(scope="module")
def engine(home: Path) -> Embedded:
    return Embedded(load(home).store)


def _names(found: object) -> set[str]:
    return {local(one.party) for one in found}  # type: ignore[attr-defined]


@pytest.mark.parametrize("day", STANDINGS)
def test_standings_hold_from_their_first_possible_day_to_their_last(engine: Embedded, day: str) -> None:
    on = day_or_none(day)
    found = split_on(on, adherents(engine, PLEDGE))
    assert (_names(found.held), _names(found.ended), _names(found.later)) == STANDINGS[day]
    if on:
        assert _names(adherents(engine, PLEDGE, on)) == STANDINGS[day][0]
        assert {p for p in ALL if adherences_of(engine, thing("party", p), on)} == STANDINGS[day][0]


@pytest.mark.parametrize("day", STANDINGS)
def test_commitments_are_taken_on_while_a_standing_holds(engine: Embedded, day: str) -> None:
    bound = {p for p in ALL if undertakings_of(engine, thing("party", p), day_or_none(day))}
    assert bound == STANDINGS[day][0]


@pytest.mark.parametrize("day", STANDINGS)
def test_a_comparison_counts_what_holds(engine: Embedded, day: str) -> None:
    pair = [thing("party", "day"), thing("party", "undated")]
    found = compare(engine, pair, ["Day Ltd", "Undated Ltd"], day_or_none(day))
    shared = [row.iri for row in found.rows if row.shared]
    assert shared == ([PLEDGE] if {"day", "undated"} <= STANDINGS[day][0] else [])


@pytest.mark.parametrize("day", STANDINGS)
def test_the_matrix_tells_the_same_standings(engine: Embedded, day: str) -> None:
    answers = _answers(engine, day)
    assert {p for p in ALL if answers[p] == "adheres"} == STANDINGS[day][0]
    assert {p for p in ALL if answers[p] == "former"} == STANDINGS[day][1]
    expected = "not-asked" if day == "2024-02-29" else "not-listed" if day >= "2024-05-22" else None
    for p in STANDINGS[day][2]:
        assert answers[p] == (expected or "not-listed")


@pytest.mark.parametrize("day", DATED)
def test_the_matrix_tells_a_refusal_from_its_day_on(engine: Embedded, day: str) -> None:
    answers = _answers(engine, day)
    refused = {p for p in ("day", "month", "undated") if answers[f"refuser-{p}"] == "refused"}
    assert refused == DATED[day]


def test_the_matrix_reads_a_list_from_its_day_on(engine: Embedded) -> None:
    assert _answers(engine, "2024-05-21")["refuser-undated"] == "unknown"
    assert _answers(engine, "2024-05-22")["refuser-undated"] == "not-listed"


def _answers(engine: Embedded, day: str) -> dict[str, str]:
    matrix = Matrix(engine, day_or_none(day))
    everybody = parties(engine)
    text = instrument(engine, PLEDGE)
    assert text
    return {local(p.iri): matrix.cell(p, text).answer for p in everybody}


@pytest.mark.parametrize("day", DATED)
def test_acts_evidence_and_changes_are_told_from_their_first_possible_day_on(
    engine: Embedded, day: str
) -> None:
    on, expected = day_or_none(day), DATED[day]
    assert {local(r.iri).split("/")[-1] for r in refusals_of(engine, PLEDGE, on)} == expected
    by = {p: refusals_by(engine, thing("party", f"refuser-{p}"), on) for p in ("day", "month", "undated")}
    assert {p for p, found in by.items() if found} == expected
    assert {local(c.iri).split("/")[-1] for c in changes_of(engine, DAY, on)} == expected
    assert {local(f.iri) for f in observations(engine, party=DAY, as_of=on)} == expected
    assert {local(f.iri) for f in observations(engine, instrument=PLEDGE, as_of=on)} == expected
    assert bool(disclosures_of(engine, DAY, on)) == ("day" in expected)


def test_an_act_that_ends_a_standing_is_told_from_its_day_on(engine: Embedded) -> None:
    assert withdrawals_by(engine, DAY, Day(2025, 6, 29)) == ()
    assert len(withdrawals_by(engine, DAY, Day(2025, 6, 30))) == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-05-21", set()),
        ("2024-05-22", {"day"}),
        ("2024-05-31", {"day"}),
        ("2024-06-01", {"day", "month"}),
        ("", {"day", "month", "undated"}),
    ],
)
def test_lists_are_read_from_the_first_day_that_they_may_speak_for(
    engine: Embedded, day: str, expected: set[str]
) -> None:
    assert {local(r.iri).split("/")[-1] for r in rolls(engine, PLEDGE, day_or_none(day))} == expected


@pytest.mark.parametrize("day", [day for day in STANDINGS if day])
def test_the_saved_questions_tell_the_same(engine: Embedded, day: str) -> None:
    for name in ("adherents-as-of", "signatories"):
        asked = questions.get(name).bind(instrument=PLEDGE, asof=day)
        assert {local(row["party"]) for row in engine.query(asked).values()} == STANDINGS[day][0]
    taken_on = questions.get("taken-on-as-of")
    asked_of = {p: taken_on.bind(party=thing("party", p), asof=day) for p in ALL}
    assert {p for p, asked in asked_of.items() if engine.query(asked).values()} == STANDINGS[day][0]


@pytest.mark.parametrize("day", ["2024-05-21", "2024-05-22", "2025-06-30", "2025-07-01"])
def test_the_command_tells_the_same(home: Path, day: str) -> None:
    held, ended, later = STANDINGS[day]
    told = _run(home, "who", "dated", "--as-of", day)
    assert told["asOf"] == day
    for name, expected in (("adherents", held), ("ended", ended), ("later", later)):
        assert {local(a["party"]) for a in told[name]} == expected
    assert {local(r["iri"]).split("/")[-1] for r in told["refusals"]} == (
        {"month"} if day < "2024-05-22" else {"day", "month"}
    )
    expected_lists = set() if day < "2024-05-22" else {"day"} if day < "2024-06" else {"day", "month"}
    assert {local(r["roll"]).split("/")[-1] for r in told["rolls"]} == expected_lists
    pledges = _run(home, "pledges", "day", "--as-of", day)
    where = "direct" if "day" in held else "ended" if "day" in ended else "later"
    assert {name for name in ("direct", "ended", "later") if pledges[name]} == {where}


def _run(home: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "commitgraph", *arguments, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COMMITGRAPH_HOME": str(home)},
    )
    assert done.returncode in (0, 1), done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result
