"""`commitgraph validate`, run as a user runs it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from tests.command import runner as command
from tests.unit.disclosure.examples import FOLDER

GOOD, BAD = FOLDER / "good", FOLDER / "bad"


def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the verb and return what it printed."""
    return command.run("validate", *map(str, arguments), stdin=stdin)


def wrong(tmp_path: Path) -> Path:
    """A file with one violation and one warning."""
    path = tmp_path / "wrong.yaml"
    text = (GOOD / "complete.yaml").read_text(encoding="utf-8")
    path.write_text(
        text.replace("not-done", "never").replace("title: Responsible AI report\n", ""), encoding="utf-8"
    )
    return path


def test_good_files_pass() -> None:
    done = run(GOOD)
    assert (done.returncode, done.stderr) == (0, "")
    assert "profile core: well-formed and consistent; nothing to remark." in done.stdout


def test_a_finding_shows_place_source_line_caret_and_help(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    done = run(path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "CG411" in line)
    assert lines[at].startswith(f"{path}:24:13: violation CG411 unknown-status: ")
    assert lines[at + 1] == "   24 |     status: never"
    assert lines[at + 2] == "      |             ^^^^^"
    assert lines[at + 3].startswith("  help: write the one that applies: implemented (")
    assert "\x1b" not in done.stdout


def test_what_claims_something_and_shows_nothing_is_never_called_traceable() -> None:
    done = run(BAD / "coverage-CG137-nothing-shown.yaml", "--profile", "core", "--profile", "coverage")
    said = done.stdout.splitlines()[-1]
    assert "Claims that something was done or begun: 42; none names evidence." in said
    assert not re.search("traceable|complete|compl(y|ies)", done.stdout)


def test_the_verdict_names_only_what_was_looked_at() -> None:
    core = run(GOOD / "complete.yaml").stdout
    assert "promise" not in core.replace("whether a promise was kept", "")
    assert "1 of them names evidence" in core
    coverage = run(GOOD / "complete.yaml", "--profile", "coverage").stdout.splitlines()[-1]
    assert "promises asked for without an entry" in coverage
    assert "well-formed" not in coverage


def test_an_account_by_somebody_else_is_headed_so() -> None:
    done = run(GOOD / "by-others.yaml")
    assert "account by Example Watch about Microsoft" in done.stdout.splitlines()[0]
    assert "1 entry gives no information." in done.stdout
    assert "account by" not in run(GOOD / "complete.yaml").stdout


def test_json_says_the_same_as_text(tmp_path: Path) -> None:
    report = json.loads(run(wrong(tmp_path), "--format", "json").stdout)
    assert report["version"] == 1
    assert report["conforms"] is False
    assert [(f["code"], f["line"]) for f in report["files"][0]["findings"]] == [("CG122", 1), ("CG411", 24)]
    assert (report["summary"]["violation"], report["summary"]["warning"]) == (1, 1)
    assert report["summary"]["verdict"] in run(wrong(tmp_path)).stdout
    assert report["files"][0]["account"] == {
        "organisation": "Microsoft",
        "prepared_by": None,
        "entries": 2,
        "claims": 1,
        "claims_with_evidence": 1,
        "no_information": 0,
    }


def test_fail_on_sets_the_threshold(tmp_path: Path) -> None:
    path = tmp_path / "warned.yaml"
    text = (GOOD / "complete.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("title: Responsible AI report\n", ""), encoding="utf-8")
    assert run(path).returncode == 0
    assert run(path, "--fail-on", "warning").returncode == 1
    assert json.loads(run(path, "--fail-on", "warning", "--format", "json").stdout)["conforms"] is False


def test_profiles_add_up(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    both = json.loads(run(path, "--profile", "core", "--profile", "coverage", "--format", "json").stdout)
    coverage = json.loads(run(path, "--profile", "coverage", "--format", "json").stdout)
    codes = {finding["code"] for finding in both["files"][0]["findings"]}
    assert {"CG411", "CG501"} <= codes
    assert "CG411" not in {finding["code"] for finding in coverage["files"][0]["findings"]}


def test_standard_input_is_told_apart_by_its_first_sign() -> None:
    assert run("-", stdin=(GOOD / "complete.yaml").read_text(encoding="utf-8")).returncode == 0
    assert run("-", stdin="\n " + (GOOD / "short.json").read_text(encoding="utf-8")).returncode == 0
    broken = run("-", stdin='{"organisation": "microsoft",}')
    assert broken.returncode == 2
    assert "<stdin>:1:29: violation CG005" in broken.stdout


def test_an_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    wrong(tmp_path)
    done = run(tmp_path, "--format", "json")
    assert done.returncode == 2
    files = json.loads(done.stdout)["files"]
    assert [(Path(f["file"]).name, f["findings"][0]["code"]) for f in files] == [
        ("a.json", "CG005"),
        ("wrong.yaml", "CG122"),
    ]


def test_patterns_find_files(tmp_path: Path) -> None:
    wrong(tmp_path)
    assert "CG411" in run(tmp_path / "*.yaml").stdout
    assert run(tmp_path / "*.ttl").returncode == 2


def test_what_does_not_exist_is_named(tmp_path: Path) -> None:
    done = run(tmp_path / "missing.yaml", GOOD / "short.json")
    assert done.returncode == 2
    assert "missing.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert "1 file," in done.stdout
    empty = run(tmp_path)
    assert empty.returncode == 2
    assert "found none" in empty.stderr


def test_tables_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    done = run(tmp_path / "a.xlsx")
    assert done.returncode == 2
    assert "YAML (.yaml, .yml)" in done.stdout


def test_a_wrong_option_says_what_was_expected() -> None:
    for option, value in (("--profile", "cor"), ("--format", "xml"), ("--fail-on", "error")):
        done = run(GOOD / "short.json", option, value)
        assert done.returncode == 2
        assert option in done.stderr
        assert f"got '{value}'" in done.stderr
