"""`validate` as Python users call it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commitgraph.disclosure import validate
from tests.unit.disclosure.examples import FOLDER, TODAY, files

BAD = FOLDER / "bad" / "CG411-unknown-status.yaml"


def test_a_report_tells_whether_and_where() -> None:
    report = validate(str(BAD), profiles=["core"], today=TODAY)
    assert not report.conforms
    assert (report.findings[0].code, report.findings[0].line) == ("CG411", 13)


def test_several_paths_and_a_folder() -> None:
    report = validate([FOLDER / "good", BAD], ["core"], today=TODAY)
    assert [file.file for file in report.files][-1] == str(BAD)
    assert len(report.files) == len(files("good")) + 1
    assert not report.conforms, "one file that fails is enough"


def test_a_lower_threshold_fails_more() -> None:
    path = FOLDER / "bad" / "CG122-no-title.yaml"
    assert validate(path, ["core"], today=TODAY).conforms
    assert not validate(path, ["core"], fail_on="warning", today=TODAY).conforms


def test_the_day_decides_what_is_stale() -> None:
    path = FOLDER / "good" / "complete.yaml"
    assert [f.code for f in validate(path, ["core"], today=TODAY.replace(year=2027)).findings] == ["CG210"]
    future = {f.code for f in validate(path, ["core"], today=TODAY.replace(year=2025)).findings}
    assert "CG203" in future


def test_what_does_not_exist_raises() -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.yaml"):
        validate("nowhere.yaml")
    with pytest.raises(ValueError, match="core"):
        validate(BAD, profiles=["cor"])
    with pytest.raises(ValueError, match="warning"):
        validate(BAD, fail_on="error")  # type: ignore[arg-type]


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert [finding.code for finding in validate(loop).findings] == ["CG001"]
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    (folder / "inner.yaml").write_text("organisation: microsoft\n", encoding="utf-8")
    assert [Path(f.file).name for f in validate(folder).files] == ["inner.yaml"]


def test_a_file_is_judged_by_form_promises_and_sources_unless_told_otherwise() -> None:
    assert validate(BAD, today=TODAY).profiles == ("core", "coverage", "evidence")


@pytest.mark.parametrize("name", ["complete.yaml", "by-others.yaml", "evidence-complete.yaml"])
def test_the_count_of_answers_and_the_findings_agree(name: str) -> None:
    """What the verdict counts as asked for is what the shapes ask for."""
    (file,) = validate(FOLDER / "good" / name, ["coverage"], today=TODAY).files
    assert file.account
    assert file.account.asked
    left_out = sum(finding.code in ("CG501", "CG502", "CG503") for finding in file.findings)
    assert left_out > 0
    assert sum(row.asked - row.answered for row in file.account.asked) == left_out
