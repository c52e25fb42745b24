"""What is opened: regular files inside the folder that was named, and nothing else."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from commitgraph.disclosure import inputs, validate
from commitgraph.disclosure.reading.notations import EXTENSIONS
from commitgraph.disclosure.reading.source import MAX_BYTES
from commitgraph.disclosure.report import Report
from tests.command.runner import run
from tests.conftest import SOURCES
from tests.limits import limited
from tests.unit.disclosure.examples import FOLDER, TODAY

GOOD = (FOLDER / "good" / "complete.yaml").read_bytes()
CASES = SOURCES.parent / "findings" / "cases"
PRIVATE = "root:x:0:0: the words of another"


def judged(*names: Path) -> Report:
    return validate(names, ["core"], today=TODAY)


def codes(*names: Path) -> list[tuple[str, str]]:
    return [(Path(finding.file).name, finding.code) for finding in judged(*names).findings]


@pytest.mark.parametrize("kind", ["pipe", "socket", "link to a pipe", "link to a device"])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket must be short
    path = tmp_path / "x.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        listening = socket.socket(socket.AF_UNIX)
        listening.bind("x.yaml")
        listening.close()
    elif kind == "link to a pipe":
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to("pipe")
    else:
        path.symlink_to("/dev/zero")
    assert codes(path) == [("x.yaml", "CG014" if kind == "link to a device" else "CG013")]
    assert codes(tmp_path) == codes(path), "a folder does not pass over it in silence"


def test_a_link_out_of_the_folder_is_refused_and_the_others_are_judged(tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text(PRIVATE, encoding="utf-8")
    folder = tmp_path / "submitted"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "evil.yaml").symlink_to(outside)
    (folder / "linked").symlink_to(tmp_path)
    (folder / "good.yaml").write_bytes(GOOD)
    (folder / "deep" / "inside.yaml").symlink_to("../good.yaml")
    report = judged(folder)
    assert [(Path(f.file).name, f.code) for f in report.findings] == [("evil.yaml", "CG014")]
    assert len(report.files) == 3
    assert "words of another" not in repr(report)
    assert codes(folder / "deep" / "evil.yaml") == [("evil.yaml", "CG014")]
    assert codes(folder / "*" / "secret.yaml") == [("secret.yaml", "CG014")], "a pattern reads no further"


def test_a_workbook_that_somebody_has_open_is_judged_and_its_lock_is_not(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes((FOLDER / "good" / "complete.xlsx").read_bytes())
    (tmp_path / "~$report.xlsx").write_bytes(b"\x05Kim")
    assert [file.file for file in judged(tmp_path).files] == [str(tmp_path / "report.xlsx")]


def test_a_link_that_leads_nowhere_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "gone.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "good.yaml").write_bytes(GOOD)
    assert codes(tmp_path) == [("gone.yaml", "CG001"), ("loop.yaml", "CG001")]
    assert codes(tmp_path / "loop.yaml") == [("loop.yaml", "CG001")]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole: nobody could read it
    assert codes(path) == [("large.yaml", "CG003")]
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(inputs.content(path)) == MAX_BYTES


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "got an empty name"),
        ("  ", "got a blank name"),
        ("a" * 5000 + ".yaml", "the name is longer than the file system allows"),
        ("a\0b.yaml", "a\\x00b.yaml"),
        ("nowhere.yaml", "'nowhere.yaml', which does not exist"),
        ("good.yaml/inner.yaml", "which does not exist"),
    ],
)
def test_a_name_that_leads_to_no_file_is_told_in_one_short_sentence(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_bytes(GOOD)
    files, (problem,) = inputs.find([name])
    assert files == []
    assert said in problem
    assert len(problem) < 300


def test_what_reviewers_tried_is_judged_within_the_limits() -> None:
    if not CASES.is_dir():
        pytest.skip(f"needs the files that reviewers tried in {CASES}")
    files = [path for path in sorted(CASES.rglob("*")) if path.suffix in EXTENSIONS]
    assert len(files) > 20
    for path in files:
        with limited():
            report = judged(path)
        assert all(finding.code != "CG012" and finding.hint for finding in report.findings), path.name


def test_the_command_goes_through_a_folder_of_traps(tmp_path: Path) -> None:
    (tmp_path / "passwd.yaml").symlink_to("/etc/passwd")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    (tmp_path / "\x1b[2J.yaml").write_bytes(GOOD)
    os.mkfifo(tmp_path / "pipe.yaml")
    done = run("validate", str(tmp_path), "/dev/zero", "--profile", "core", "--format", "json")
    assert done.returncode == 2
    codes = {
        Path(file["file"]).name: [f["code"] for f in file["findings"]]
        for file in json.loads(done.stdout)["files"]
    }
    assert codes == {
        "passwd.yaml": ["CG014"],
        "pipe.yaml": ["CG013"],
        "zero.yaml": ["CG014"],
        "\\x1b[2J.yaml": [],
        "zero": ["CG002"],
    }
    assert "root:" not in done.stdout
    assert "Traceback" not in done.stderr
