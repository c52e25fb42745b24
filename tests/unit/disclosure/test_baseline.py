"""Baselines: what is known does not fail, what is new does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.disclosure import Report, validate
from commitgraph.disclosure.baseline import BaselineError, from_report, read
from commitgraph.disclosure.fingerprint import fingerprints
from tests.unit.disclosure.examples import FOLDER, TODAY

WRONG = (FOLDER / "bad" / "CG411-unknown-status.yaml").read_text(encoding="utf-8")


def judged(path: Path) -> Report:
    """The report on a file or a folder."""
    return validate(path, ["core"], today=TODAY)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A file with one violation."""
    path = tmp_path / "reports" / "wrong.yaml"
    path.parent.mkdir()
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_known_findings_do_not_fail_wherever_they_move(wrong: Path, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    path.write_text(from_report(judged(wrong), path, TODAY).text(), encoding="utf-8")
    known = read(path)
    wrong.write_text("# one\n# two\n" + WRONG, encoding="utf-8")
    report = known.applied_to(judged(wrong), TODAY)
    assert report.conforms
    (finding,) = report.findings
    assert finding.suppression is not None
    assert finding.suppression.words == "known from the baseline until 2027-11-21"
    assert known.gone(report) == 0


def test_a_new_finding_fails(wrong: Path, tmp_path: Path) -> None:
    known = from_report(judged(wrong), tmp_path / "known.json", TODAY)
    wrong.write_text(WRONG.replace("status: Implemented", "status: Planned"), encoding="utf-8")
    report = known.applied_to(judged(wrong), TODAY)
    assert not report.conforms
    assert known.gone(report) == 1


def test_the_same_finding_in_another_file_is_new(wrong: Path, tmp_path: Path) -> None:
    known = from_report(judged(wrong), tmp_path / "known.json", TODAY)
    other = wrong.with_name("other.yaml")
    other.write_text(WRONG, encoding="utf-8")
    report = known.applied_to(judged(wrong.parent), TODAY)
    assert [(Path(file.file).name, file.conforms()) for file in report.files] == [
        ("other.yaml", False),
        ("wrong.yaml", True),
    ]


def test_a_file_is_the_same_from_wherever_it_is_named(
    wrong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = from_report(judged(wrong), tmp_path / "known.json", TODAY)
    assert {key[0] for key in known.known} == {"reports/wrong.yaml"}
    monkeypatch.chdir(wrong.parent)
    assert known.applied_to(judged(Path("wrong.yaml")), TODAY).conforms


def test_it_holds_for_a_year(wrong: Path, tmp_path: Path) -> None:
    report = judged(wrong)
    known = from_report(report, tmp_path / "known.json", TODAY)
    assert known.applied_to(report, known.until).conforms
    assert not known.applied_to(report, known.until.replace(day=known.until.day + 1)).conforms
    leap = from_report(report, tmp_path / "known.json", TODAY.replace(year=2028, month=2, day=29))
    assert str(leap.until) == "2029-02-28"


def test_a_file_that_cannot_be_judged_is_never_known(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("title: [\n", encoding="utf-8")
    report = judged(path)
    known = from_report(report, tmp_path / "known.json", TODAY)
    assert known.known == frozenset()
    (fingerprint,) = fingerprints(report.findings)
    forged = replace(known, known=frozenset({("broken.yaml", "CG005", "not-well-formed", fingerprint)}))
    assert not forged.applied_to(judged(path), TODAY).conforms


def test_what_a_comment_allows_is_not_written(wrong: Path, tmp_path: Path) -> None:
    comment = "  # commitgraph: allow CG411 until 2027-01-01: agreed"
    wrong.write_text(WRONG.replace("status: Implemented", "status: Implemented" + comment), encoding="utf-8")
    assert from_report(judged(wrong), tmp_path / "known.json", TODAY).known == frozenset()


def test_it_is_written_in_a_stable_order_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    known = from_report(judged(FOLDER / "bad" / "CG301-links.yaml"), path, TODAY)
    path.write_text(known.text(), encoding="utf-8")
    assert read(path) == known
    rows = json.loads(known.text())["known"]
    assert rows == sorted(rows, key=lambda row: (row["file"], row["code"], row["name"], row["fingerprint"]))
    assert set(rows[0]) == {"file", "code", "name", "fingerprint"}


NONE = {
    "no JSON": "known",
    "a list": "[]",
    "no day": '{"version": 1, "known": []}',
    "no such day": '{"version": 1, "until": "2027-02-30", "known": []}',
    "a key that is no text": '{"version": 1, "until": "2027-01-01", "known": [{"file": 1, "code": "x", '
    '"name": "x", "fingerprint": "x"}]}',
    "another version": '{"version": 2, "until": "2027-01-01", "known": []}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("case", NONE)
def test_what_is_no_baseline_is_refused(case: str, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    path.write_text(NONE[case], encoding="utf-8")
    with pytest.raises(BaselineError, match="write it anew"):
        read(path)


def test_a_baseline_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"missing\.json"):
        read(tmp_path / "missing.json")


@given(st.binary(max_size=200))
def test_whatever_is_in_it_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes(data)
    with pytest.raises(BaselineError):
        read(path)
