"""Every example gets exactly the report that is on file for it."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.catalogue import checks
from commitgraph.disclosure.reading.notations import NOTATIONS
from commitgraph.disclosure.shapes import profiles
from tests.unit.disclosure import examples

#: Well-formed files that are empty, evasive or contradictory.
EVASIVE = [path for path in examples.files("bad") if path.name.startswith("evasive-")]
#: Files that cannot be opened, are too large or make the checker fail, and names that the data of today
#: do not make ambiguous: other tests see to them.
WITHOUT_EXAMPLE = {"CG001", "CG003", "CG008", "CG012", "CG013", "CG014", "CG018", "CG402"}


#: What a good file may be told: that the graph does not know its organisation, and what it has taken on.
TOLD_TO_GOOD = {"CG407", "CG410", "CG505"}
#: Of these files with one fault two checks tell different things: what is wrong, and what follows from it.
TOLD_TWICE = {
    # Each of the four further addresses is a place to mend.
    "evasive-CG563-one-page-in-five-guises.yaml": ["CG563", *["CG576"] * 4],
    "evasive-CG572-nothing-but-a-search.yaml": ["CG551", "CG572"],
}


def expected_codes(path: Path) -> list[str]:
    """The codes of the report that is on file for a bad file, in its order."""
    report = json.loads(examples.expected(path).read_text(encoding="utf-8"))
    return [finding["code"] for finding in report["files"][0]["findings"]]


@pytest.mark.parametrize("path", examples.files("good"), ids=lambda path: path.name)
def test_a_good_file_has_no_finding(path: Path) -> None:
    report = examples.report(path)
    codes = {finding["code"] for finding in report["files"][0]["findings"]}
    assert codes <= (TOLD_TO_GOOD if path.name.startswith("usual-") else set())
    assert report["conforms"]


@pytest.mark.parametrize("path", examples.files("bad"), ids=lambda path: path.name)
def test_a_bad_file_has_the_report_on_file(path: Path) -> None:
    assert examples.report(path) == json.loads(examples.expected(path).read_text(encoding="utf-8"))


def test_a_bad_file_is_found_out_by_the_code_in_its_name() -> None:
    for path in examples.files("bad"):
        named = next((part for part in path.name.split("-") if part[:2] == "CG"), "")
        assert not named or named.partition(".")[0] in expected_codes(path), path.name


def test_an_evasion_is_one_fault_and_told_once() -> None:
    for path in EVASIVE:
        named = path.name.split("-")[1].partition(".")[0]
        told = [code for code in expected_codes(path) if code not in TOLD_TO_GOOD]
        assert told == TOLD_TWICE.get(path.name, [named]), path.name


def test_there_are_as_many_files_as_promised() -> None:
    assert len(examples.files("good")) >= 40
    assert len(examples.files("bad")) >= 250
    assert len(EVASIVE) >= 60


def test_good_and_bad_files_come_in_every_notation() -> None:
    for kind in ("good", "bad"):
        there = {path.suffix for path in examples.files(kind)}
        assert {min(notation.extensions) for notation in NOTATIONS} <= there, kind


def test_every_profile_has_a_good_and_a_bad_file() -> None:
    for kind in ("good", "bad"):
        there = {profile for path in examples.files(kind) for profile in examples.profiles(path)}
        assert there == set(profiles()), kind


def test_every_code_has_an_example() -> None:
    shown = {code for path in examples.files("bad") for code in expected_codes(path)}
    assert {check.code for check in checks()} - WITHOUT_EXAMPLE <= shown


def test_one_fault_is_one_finding_in_every_notation() -> None:
    """The same wrong status in YAML, JSON-LD and Turtle: same code, name, severity and message shape."""
    found = []
    for name in ("CG411-unknown-status.yaml", "CG411-unknown-status.jsonld", "CG411-unknown-status.ttl"):
        (finding,) = examples.report(examples.FOLDER / "bad" / name)["files"][0]["findings"]
        found.append((finding["code"], finding["name"], finding["severity"], finding["message"][-16:]))
    assert len(set(found)) == 1


def test_another_process_gives_the_same_report() -> None:
    path = examples.FOLDER / "bad" / "CG411-unknown-status.yaml"
    arguments = (path.name, path.read_bytes(), ("core",), examples.TODAY)
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(judge_file_bytes, *arguments).result() == judge_file_bytes(*arguments)
