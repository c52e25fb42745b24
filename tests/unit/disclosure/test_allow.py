"""Comments that allow a finding: where they hold, until when, and what is wrong with those that do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.allow import allow
from tests.unit.disclosure.examples import FOLDER, TODAY

GOOD = (FOLDER / "good" / "complete.yaml").read_text(encoding="utf-8")
LONG = "    statement: Incidents are handled case by case.\n"
STATUS = "    status: not-done\n"
SHORT = "    statement: Case by case.\n"
REASON = "until 2026-11-21: the wording is agreed"
ALLOW = f"# commitgraph: allow CG139 {REASON}"
TURTLE = (FOLDER / "bad" / "CG411-unknown-status.ttl").read_text(encoding="utf-8")


def judged(text: str, name: str = "x.yaml", profiles: tuple[str, ...] = ("core",)) -> dict[str, Any]:
    """The report on one file."""
    file: dict[str, Any] = judge_file_bytes(name, text.encode(), profiles, TODAY)["files"][0]
    return file


def outcome(text: str, name: str = "x.yaml") -> list[tuple[str, bool]]:
    """The code of each finding, and whether it is allowed."""
    return [(f["code"], "suppression" in f) for f in judged(text, name)["findings"]]


HOLDS = {
    "on the line above": f"    {ALLOW}\n{SHORT}",
    "on the line": f"{SHORT.rstrip()}  {ALLOW}\n",
    "by name": f"    # commitgraph: allow short-statement {REASON}\n{SHORT}",
    "above other comments": f"    {ALLOW}\n    # more\n\n{SHORT}",
    "with more spaces": f"    #   commitgraph:  allow  CG139   until  2026-11-21 :  agreed\n{SHORT}",
    "less indented": f"{ALLOW}\n{SHORT}",
}


@pytest.mark.parametrize("case", HOLDS)
def test_a_comment_holds(case: str) -> None:
    assert outcome(GOOD.replace(LONG, HOLDS[case])) == [("CG139", True)]


DOES_NOT_HOLD = {
    "behind the line above": GOOD.replace(STATUS + LONG, f"    status: not-done {ALLOW}\n{SHORT}"),
    "below": GOOD.replace(LONG, f"{SHORT}    {ALLOW}\n"),
    "two lines above": GOOD.replace(STATUS + LONG, f"    {ALLOW}\n    status: not-done\n{SHORT}"),
    "for another check": GOOD.replace(LONG, f"    {ALLOW.replace('CG139', 'CG122')}\n{SHORT}"),
}  # fmt: skip


@pytest.mark.parametrize("case", DOES_NOT_HOLD)
def test_a_comment_that_stands_elsewhere_allows_nothing_and_is_told(case: str) -> None:
    found = outcome(DOES_NOT_HOLD[case])
    assert sorted(found) == [("CG139", False), ("CG605", False)]


def test_a_top_level_finding_is_allowed_from_the_first_line() -> None:
    text = f"# commitgraph: allow CG122 {REASON}\n" + GOOD.replace("title: Responsible AI report\n", "")
    assert outcome(text) == [("CG122", True)]


def test_it_stops_holding_after_its_day() -> None:
    text = GOOD.replace(LONG, f"    {ALLOW}\n{SHORT}")
    report = judge_file_bytes("x.yaml", text.encode(), ("core",), TODAY.replace(day=22))
    found = report["files"][0]["findings"]
    assert [(f["code"], f["line"], "suppression" in f) for f in found] == [
        ("CG604", 26, False),
        ("CG139", 27, False),
    ]


def test_an_allowed_violation_does_not_fail_the_file() -> None:
    text = GOOD.replace("status: not-done", f"status: never {ALLOW.replace('CG139', 'CG411')}")
    file = judged(text)
    assert file["conforms"]
    (found,) = file["findings"]
    assert found["severity"] == "violation"
    assert found["suppression"] == {
        "by": "comment",
        "until": "2026-11-21",
        "reason": "the wording is agreed",
    }
    assert not judged(GOOD.replace("status: not-done", "status: never"))["conforms"]


WRONG = {
    "allow": "CG601",
    "allow CG999 until 2027-01-01: x": "CG601",
    "allow short-statment until 2027-01-01: x": "CG601",
    "allow CG139": "CG603",
    "allow CG139: agreed": "CG603",
    "allow CG139 until 2027: agreed": "CG603",
    "allow CG139 until 2027-02-30: agreed": "CG603",
    "allow CG139 until further notice: agreed": "CG603",
    "allow CG139 until 2027-01-01": "CG602",
    "allow CG139 until 2027-01-01:": "CG602",
    "allow CG139 until 2027-01-01: …": "CG602",
    "allow CG139 until 2026-11-20: agreed": "CG604",
    "allow CG122 until 2027-01-01: agreed": "CG605",
}


@pytest.mark.parametrize("comment", WRONG)
def test_what_a_comment_lacks_is_told_once_and_it_allows_nothing(comment: str) -> None:
    text = GOOD.replace(LONG, f"    # commitgraph: {comment}\n{SHORT}")
    assert sorted(outcome(text)) == [("CG139", False), (WRONG[comment], False)]
    told = next(f for f in judged(text)["findings"] if f["code"] == WRONG[comment])
    assert (told["line"], told["column"]) == (26, 5)


def test_a_misspelt_name_is_hinted_at() -> None:
    text = GOOD.replace(LONG, f"    # commitgraph: allow short-statment {REASON}\n{LONG}")
    assert judged(text)["findings"][0]["hint"] == 'did you mean "short-statement"?'


def test_text_of_the_file_is_no_comment() -> None:
    block = f"    statement: |\n      Case {ALLOW}\n      {ALLOW}\n"
    assert outcome(GOOD.replace(LONG, block)) == []
    assert outcome(GOOD.replace(LONG, f'    statement: "Case by case and so on {ALLOW}"\n')) == []
    assert outcome(GOOD.replace("title: Responsible AI report", f'title: "{ALLOW}"')) == []


def test_turtle_takes_comments_too() -> None:
    plain = [("CG411", False)]
    status = "    cg:status status:plan ;\n"
    comment = f"# commitgraph: allow CG411 {REASON}"
    assert outcome(TURTLE, "x.ttl") == plain
    assert outcome(TURTLE.replace(status, f"{comment}\n{status}"), "x.ttl") == [("CG411", True)]
    assert outcome(TURTLE.replace(status, f"{status.rstrip()} {comment}\n"), "x.ttl") == [("CG411", True)]
    inside = TURTLE.replace("case by case.", f"case by case.\n{comment}\n{comment}")
    assert outcome(inside, "x.ttl") == plain
    address = TURTLE.replace("report-2026>", "report-2026#commitgraph:allow>")
    assert outcome(address, "x.ttl") == plain


def test_a_check_that_did_not_run_is_let_be() -> None:
    text = GOOD.replace("entries:", f"# commitgraph: allow CG501 {REASON}\nentries:")
    assert outcome(text) == []
    both = judged(text, profiles=("core", "coverage"))["findings"]
    assert "CG605" not in {f["code"] for f in both}
    assert all("suppression" in f for f in both if f["code"] == "CG501")


def test_what_cannot_be_judged_is_not_allowed() -> None:
    file = judged(f"# commitgraph: allow CG005 {REASON}\n" + "title: [\n")
    assert [(f["code"], "suppression" in f) for f in file["findings"]] == [("CG005", False)]
    assert not file["conforms"]


def test_a_flood_of_comments_is_refused() -> None:
    text = GOOD + f"# commitgraph: allow CG501 {REASON}\n" * 1001
    assert [code for code, _ in outcome(text)] == ["CG008"]
    assert [code for code, _ in outcome(GOOD + "# commitgraph: allow\n" * 1000)] == ["CG601"] * 1000


@given(st.text(max_size=60), st.sampled_from(["yaml", "turtle", "json"]))
def test_whatever_follows_the_word_is_taken_or_told(rest: str, notation: str) -> None:
    text = "a: 1 # commitgraph: allow " + rest
    findings, remarks = allow((), text, notation, ("core",), TODAY)
    assert findings == []
    assert len(remarks) <= 1 + rest.count("#")
