"""Every example gets exactly the report that is on file for it."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.catalogue import checks
from tests.unit.disclosure import examples

#: Files that cannot be opened, are too large or make the checker fail, and names that the data of today
#: do not make ambiguous: other tests see to them.
WITHOUT_EXAMPLE = {"CG001", "CG003", "CG008", "CG012", "CG013", "CG014", "CG018", "CG402"}


@pytest.mark.parametrize("path", examples.files("good"), ids=lambda path: path.name)
def test_a_good_file_has_no_finding(path: Path) -> None:
    report = examples.report(path)
    assert report["files"][0]["findings"] == []
    assert report["conforms"]


@pytest.mark.parametrize("path", examples.files("bad"), ids=lambda path: path.name)
def test_a_bad_file_has_the_report_on_file(path: Path) -> None:
    assert examples.report(path) == json.loads(examples.expected(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", examples.files("bad"), ids=lambda path: path.name)
def test_a_bad_file_is_found_out_by_the_code_in_its_name(path: Path) -> None:
    codes = {finding["code"] for finding in examples.report(path)["files"][0]["findings"]}
    named = next((part for part in path.name.split("-") if part[:2] == "CG"), "")
    assert named.partition(".")[0] in codes or not named


def test_every_code_has_an_example() -> None:
    shown = {
        finding["code"]
        for path in examples.files("bad")
        for finding in json.loads(examples.expected(path).read_text(encoding="utf-8"))["files"][0]["findings"]
    }
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
