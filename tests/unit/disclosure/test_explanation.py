"""The examples that ship beside the shapes show what they say they show."""

from __future__ import annotations

import pytest

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.catalogue import checks, named
from commitgraph.disclosure.explanation import explain
from commitgraph.engine import Embedded
from commitgraph.home import home
from tests.unit.disclosure.examples import TODAY

FOLDER = home() / "ontology" / "shapes" / "examples"
CODES = sorted({path.name.partition(".")[0] for path in FOLDER.glob("CG*")})


def findings(code: str, kind: str) -> list[tuple[str, bool]]:
    """The codes that are found in an example, and whether the finding is allowed."""
    path = FOLDER / f"{code}.{kind}.yaml"
    check = named(code)
    assert check is not None
    profiles = ("core",) if "core" in check.profiles else ("core", *check.profiles)
    report = judge_file_bytes(path.name, path.read_bytes(), profiles, TODAY)
    return [(found["code"], "suppression" in found) for found in report["files"][0]["findings"]]


@pytest.mark.parametrize("code", CODES)
def test_a_failing_example_has_its_fault_and_no_other(code: str) -> None:
    assert {found for found, _ in findings(code, "failing")} == {code}


@pytest.mark.parametrize("code", CODES)
def test_a_passing_example_has_no_fault(code: str) -> None:
    # What is open for an organisation is told beside any account of it.
    assert {found for found, allowed in findings(code, "passing") if not allowed} <= {"CG505"} - {code}


def test_examples_belong_to_checks_and_come_in_pairs() -> None:
    assert set(CODES) <= {check.code for check in checks()}
    assert {path.name for path in FOLDER.iterdir()} == {
        "README.md",
        *(f"{code}.{kind}.yaml" for code in CODES for kind in ("failing", "passing")),
    }
    assert len(CODES) >= 60


def test_an_explanation_gives_the_provision_behind_a_check(engine: Embedded) -> None:
    check = named("missing-entries")
    assert check is not None
    told = explain(check, engine)
    assert told.reason is not None
    assert told.reason.instrument.label == "HAIP Reporting Framework"
    assert told.reason.sources
    assert "entries:" in told.passing
    assert "entries:" not in told.failing
    without = explain(checks()[0], engine)
    assert (without.reason, without.failing, without.passing) == (None, "", "")


def test_a_check_is_found_by_code_and_name() -> None:
    for check in checks():
        assert named(check.code) == named(check.name) == named(f" {check.code.lower()} ") == check
    assert named("nothing") is None


def test_no_summary_shows_a_placeholder() -> None:
    assert [check.code for check in checks() if "{" in check.summary] == []
