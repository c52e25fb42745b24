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
    report = validate([FOLDER / "good", BAD], today=TODAY)
    assert [file.file for file in report.files][-1] == str(BAD)
    assert len(report.files) == len(files("good")) + 1
    assert not report.conforms, "one file that fails is enough"


def test_a_lower_threshold_fails_more() -> None:
    path = FOLDER / "bad" / "CG122-no-title.yaml"
    assert validate(path, today=TODAY).conforms
    assert not validate(path, fail_on="warning", today=TODAY).conforms


def test_the_day_decides_what_is_stale() -> None:
    path = FOLDER / "good" / "complete.yaml"
    assert [f.code for f in validate(path, today=TODAY.replace(year=2027)).findings] == ["CG210"]
    future = {f.code for f in validate(path, today=TODAY.replace(year=2025)).findings}
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
