"""`commitgraph explain`, run as a user runs it."""

from __future__ import annotations

import json

from commitgraph.disclosure.catalogue import checks
from tests.command.runner import run


def test_a_check_is_explained_with_reason_hint_and_examples() -> None:
    done = run("explain", "CG104")
    assert done.returncode == 0
    for said in (
        "CG104 missing-entries",
        "violation, found by the profile core",
        "What it says: The disclosure has no entry.",
        "What to do: add `entries:`",
        "Why: HAIP Reporting Framework, ",
        "https://transparency.oecd.ai/",
        "An example that fails (what it says of the organisation is made up):",
        "An example that passes (",
        "    entries:",
    ):
        assert said in done.stdout


def test_several_are_explained_by_code_and_name() -> None:
    told = json.loads(run("explain", "cg411", "missing-reason", "CG003", "--format", "json").stdout)
    assert [one["code"] for one in told] == ["CG411", "CG107", "CG003"]
    assert told[0]["profiles"] == ["core"]
    assert told[2]["rests_on"] is None
    assert told[2]["failing"] == ""


def test_what_a_check_is_known_not_to_see_is_told() -> None:
    assert "Known limit: A comment is held to the code and the line alone" in run("explain", "CG605").stdout


def test_all_are_listed() -> None:
    shown = run("explain", "--list").stdout.splitlines()
    assert len(shown) == len(checks()) + 1
    assert [row["code"] for row in json.loads(run("explain", "--list", "--format", "json").stdout)] == [
        check.code for check in checks()
    ]


def test_what_is_no_check_is_answered_with_the_nearest() -> None:
    done = run("explain", "missing-resons")
    assert done.returncode == 1
    assert 'did you mean "missing-reason"?' in done.stderr
    far = run("explain", "CG999")
    assert far.returncode == 1
    assert "explain --list" in far.stderr
    nothing = run("explain")
    assert nothing.returncode == 2
    assert "expected codes or names" in nothing.stderr
