"""The checking verbs, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command.runner import run
from tests.graphs import COPIES, Fault, small_graph

FAULTS = Path(__file__).parents[1] / "faults"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return small_graph(tmp_path)


def test_check_of_a_sound_graph_exits_0(graph: Path) -> None:
    done = run("check", "--data", str(graph))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "stable-form" not in done.stdout, "what is well is not told"
    assert ", 0 errors, 0 notes, 1 not run: in health" in done.stdout


def test_check_tells_each_fault_with_place_expectation_and_remedy(graph: Path) -> None:
    Fault.read(FAULTS / "provision-without-force.ttl").plant(graph)
    done = run("check", "--data", str(graph))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    first = next(n for n, line in enumerate(lines) if "error (shapes/speech-act-force)" in line)
    assert lines[first].startswith("data/instruments/example-pledge.ttl:")
    assert lines[first + 1] == "  expected: a cg:force"
    assert lines[first + 2].endswith("provision/example-pledge/a1 has none")
    assert lines[first + 3].startswith("  to do:    Read the force from the verb")
    assert ", 1 error, " in lines[-1]
    assert lines[-1].endswith("not in health")


def test_check_counts_notes_and_prints_them_when_asked(graph: Path) -> None:
    Fault.read(FAULTS / "provisions-without-passages.ttl").plant(graph)
    done = run("check", "--fast", "--data", str(graph))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 note on known points: `commitgraph check --notes` prints them" in done.stdout
    assert "  expected: " not in done.stdout
    assert "not run, left out by --fast: queries, reasoner" in done.stdout
    assert done.stdout.rstrip().endswith("in health, as far as the checks were run")
    for arguments in (("--fast", "--notes"), ("provisions-without-passages",)):
        assert "  expected: The provisions of" in run("check", *arguments, "--data", str(graph)).stdout


def test_a_date_that_is_none_is_told_without_a_traceback(graph: Path) -> None:
    Fault.read(FAULTS / "date-with-a-thirteenth-month.ttl").plant(graph)
    done = run("check", "date-form", "shapes", "--data", str(graph))
    assert done.returncode == 1
    assert "is 2024-13, of" in done.stdout
    assert done.stderr == ""


def test_check_as_json_names_checks_and_findings(graph: Path) -> None:
    Fault.read(FAULTS / "two-digests.ttl").plant(graph)
    done = run("check", "functional-twice", "rolls", "--data", str(graph), "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert data["healthy"] is False
    assert [check["name"] for check in data["checks"]] == ["functional-twice", "rolls"]
    (finding,) = data["findings"]
    assert finding["check"] == "functional-twice"
    assert finding["file"] == "data/instruments/example-pledge.ttl"
    assert finding["line"] > 1


@pytest.mark.parametrize("arguments", [("--data", "/nowhere"), ("spelling",)])
def test_check_that_cannot_be_run_exits_2(arguments: tuple[str, ...]) -> None:
    done = run("check", *arguments)
    assert done.returncode == 2
    assert "expected" in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_quote_and_coverage_without_copies_exit_2(tmp_path: Path) -> None:
    for arguments in (("verify",), ("quote", "seoul-ai-business-pledge/a1-1"), ("coverage",)):
        done = run(*arguments, "--sources", str(tmp_path / "none"))
        assert done.returncode == 2
        assert "expected a folder with copies of the sources" in done.stderr


def test_verify_in_an_empty_folder_checks_nothing(tmp_path: Path) -> None:
    done = run("verify", "--sources", str(tmp_path))
    assert done.returncode == 0
    assert " 0 resolved, 0 missing, " in done.stdout


def test_verify_names_what_differs_from_the_copy(tmp_path: Path) -> None:
    copy = tmp_path / "seoul-ai-business-pledge" / "text.txt"
    copy.parent.mkdir()
    copy.write_text("Another text altogether.\n", encoding="utf-8")
    done = run("verify", "--sources", str(tmp_path))
    assert done.returncode == 1
    assert f"{copy}: missing: seoul-ai-business-pledge/" in done.stdout
    data = json.loads(run("verify", "--sources", str(tmp_path), "--format", "json").stdout)
    assert data["holds"] is False
    assert data["missing"][0]["reason"] == "the first words of the passage are not in this copy"


def test_quote_of_an_unknown_provision_and_without_a_copy_exit_1(tmp_path: Path) -> None:
    for name in ("seoul-ai-business-pledge/nothing", "seoul-ai-business-pledge/a1-1"):
        done = run("quote", name, "--sources", str(tmp_path))
        assert done.returncode == 1
        assert "found none" in done.stderr


def test_quote_prints_words_locator_edition_and_place(sources: Path) -> None:
    done = run("quote", "seoul-ai-business-pledge/a1-1a", "--sources", str(sources))
    assert done.returncode == 0
    assert done.stdout.startswith("“We commit to continuing to advance research")
    assert "(read 2026-11-21)" in done.stdout
    assert ":23" in done.stdout


def test_coverage_prints_a_table_and_what_is_left(sources: Path) -> None:
    done = run("coverage", "seoul-ai-business-pledge", "--sources", str(sources))
    assert done.returncode == 0
    assert "seoul-ai-business-pledge/text.md\t100 %" in done.stdout
    data = json.loads(
        run("coverage", "seoul-ai-business-pledge", "--sources", str(sources), "--format", "json").stdout
    )
    assert {entry["name"] for entry in data} == {"seed.txt", "text.md"}


def test_coverage_of_an_instrument_without_copies_exits_1() -> None:
    done = run("coverage", "seoul-ai-business-pledge", "--sources", str(COPIES))
    assert done.returncode == 1
    assert "expected copies of seoul-ai-business-pledge" in done.stderr
