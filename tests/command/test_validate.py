"""`commitgraph validate`, run as a user runs it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from commitgraph.disclosure.shapes import profiles
from tests.command import runner as command
from tests.unit.disclosure.examples import FOLDER

GOOD, BAD = FOLDER / "good", FOLDER / "bad"


def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the verb, by the profile core unless another is named, and return what it printed."""
    profile = () if "--profile" in arguments else ("--profile", "core")
    return command.run("validate", *map(str, arguments), *profile, stdin=stdin)


def flat(text: str) -> str:
    """A text without its line breaks: lines end where the window does."""
    return " ".join(text.split())


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
    # Of those that the graph does not know each is told so.
    assert re.search(r"profile core: passes: [0-9]+ remarks; well-formed and consistent\.", flat(done.stdout))
    assert "warning" not in done.stdout


def test_a_finding_shows_place_source_line_caret_and_help(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    done = run(path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "CG411" in line)
    assert lines[at].startswith(f"{path}:24:13: violation CG411 unknown-status:")
    at = lines.index("   24 |     status: never")
    assert lines[at + 1] == "      |             ^^^^^"
    assert lines[at + 2] == "  on: Seoul AI Business Pledge, Area 1, para 3 (iii)"
    assert lines[at + 3].startswith("  help: write the one that applies: implemented (")
    assert "\x1b" not in done.stdout


def test_what_claims_something_and_shows_nothing_is_never_called_traceable() -> None:
    done = run(BAD / "evidence-CG551-nothing-shown.yaml", "--profile", "core", "--profile", "evidence")
    said = flat(done.stdout.rpartition("\n\n")[2])
    assert "not traceable: 0 of 42 claims that something was done or begun have a source" in said
    assert not re.search("(?<!not )traceable|complete|compl(y|ies)", said)


def test_the_verdict_names_only_what_was_looked_at() -> None:
    core = flat(run(GOOD / "complete.yaml").stdout)
    assert "promise" not in core.replace("whether a promise was kept", "")
    assert "traceable" not in core
    coverage = flat(run(GOOD / "complete.yaml", "--profile", "coverage").stdout.rpartition("\n\n")[2])
    assert re.search(
        r"not complete: 2 of \d+ single promises have an entry \(the texts count \d+ commitments\)", coverage
    )
    assert "well-formed" not in coverage
    evidence = flat(run(GOOD / "complete.yaml", "--profile", "evidence").stdout)
    assert "traceable: 1 of 1 claim that something was done or begun has a source" in evidence


def test_an_organisation_that_the_graph_does_not_know_can_conform() -> None:
    done = run(BAD / "CG407-describes-itself.yaml", "--profile", "core", "--profile", "coverage")
    assert done.returncode == 0
    assert "no promise to ask for was found for 1 file" in flat(done.stdout)


def test_an_account_by_somebody_else_is_headed_so() -> None:
    done = run(GOOD / "by-others.yaml")
    assert "account by Example Watch about Microsoft" in flat(done.stdout)
    assert "1 entry gives no information." in flat(done.stdout)
    assert "account by" not in run(GOOD / "complete.yaml").stdout


def test_json_says_the_same_as_text(tmp_path: Path) -> None:
    report = json.loads(run(wrong(tmp_path), "--format", "json").stdout)
    assert report["version"] == 1
    assert report["conforms"] is False
    assert [(f["code"], f["line"]) for f in report["files"][0]["findings"]] == [("CG122", 1), ("CG411", 24)]
    assert (report["summary"]["violation"], report["summary"]["warning"]) == (1, 1)
    assert report["summary"]["verdict"] in flat(run(wrong(tmp_path)).stdout)
    assert report["files"][0]["account"] == {
        "organisation": "Microsoft",
        "prepared_by": None,
        "entries": 2,
        "claims": 1,
        "claims_with_source": None,
        "no_information": 0,
        "promises": None,
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


@pytest.mark.parametrize("profile", profiles())
def test_each_profile_judges_alone_in_a_process_that_has_read_nothing_before(profile: str) -> None:
    files = [GOOD / "complete.yaml", BAD / "allowed-by-a-comment.yaml"]
    done = subprocess.run(
        [sys.executable, "-m", "commitgraph", "validate", *files, "--profile", profile, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [finding["code"] for file in json.loads(done.stdout)["files"] for finding in file["findings"]]
    assert "CG012" not in told
    assert json.loads(done.stdout)["summary"]["unreadable"] == 0


def test_standard_input_is_told_apart_by_its_first_sign() -> None:
    assert run("-", stdin=(GOOD / "complete.yaml").read_text(encoding="utf-8")).returncode == 0
    assert run("-", stdin="\n " + (GOOD / "short.json").read_text(encoding="utf-8")).returncode == 0
    for name in ("short.ttl", "short.trig", "short.rdf", "complete.csv"):
        assert run("-", stdin=(GOOD / name).read_text(encoding="utf-8-sig")).returncode == 0, name
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


def test_documents_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    done = run(tmp_path / "a.docx")
    assert done.returncode == 2
    assert "YAML (.yaml, .yml)" in done.stdout


def test_a_finding_in_a_workbook_names_sheet_and_cell() -> None:
    path = BAD / "CG411-unknown-status.xlsx"
    assert f"{path}:entries!B2: violation CG411" in run(path).stdout
    finding = json.loads(run(path, "--format", "json").stdout)["files"][0]["findings"][0]
    assert [finding[key] for key in ("sheet", "cell", "line", "column")] == ["entries", "B2", 2, 2]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("markdown", "entries!B2 `CG411`"),
        ("junit", "CG411-unknown-status.xlsx:entries!B2: violation"),
        ("shacl", 'CG411-unknown-status.xlsx:entries!B2"'),
        ("sarif", '"fullyQualifiedName": "entries!B2"'),
        ("html", "in sheet entries, cell B2:"),
    ],
)
def test_every_form_of_report_names_the_cell(form: str, told: str) -> None:
    assert told in run(BAD / "CG411-unknown-status.xlsx", "--format", form).stdout


def test_a_name_that_means_no_file_is_told() -> None:
    for name in ("", "x" * 5000):
        done = run(name)
        assert done.returncode == 2
        assert len(done.stderr) < 400
        assert "expected a file, a folder or a pattern" in done.stderr


def test_a_link_out_of_the_folder_does_not_print_its_target(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("root:x:0:0", encoding="utf-8")
    folder = tmp_path / "submitted"
    folder.mkdir()
    (folder / "a.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (folder / "b.yaml").write_bytes((GOOD / "complete.yaml").read_bytes())
    done = run(folder)
    assert done.returncode == 2
    assert "CG014" in done.stdout
    assert "root:x" not in done.stdout + done.stderr
    assert done.stdout.rpartition("\n\n")[2].startswith("2 files")


def test_a_wrong_option_says_what_was_expected() -> None:
    for option, value in (("--profile", "cor"), ("--format", "xml"), ("--fail-on", "error")):
        done = run(GOOD / "short.json", option, value)
        assert done.returncode == 2
        assert option in done.stderr
        assert f"got '{value}'" in done.stderr


def test_a_report_goes_to_a_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.sarif"
    target.write_text("before", encoding="utf-8")
    done = run(wrong(tmp_path), "--format", "sarif", "--output", target)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.sarif", "wrong.yaml"]
    nowhere = run(wrong(tmp_path), "--output", tmp_path / "missing" / "report.txt")
    assert nowhere.returncode == 2
    assert "--output: expected a file that can be written" in nowhere.stderr
    assert run(wrong(tmp_path), "--output", tmp_path).returncode == 2
    assert "Traceback" not in nowhere.stderr


def test_many_findings_of_one_code_are_told_once_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    fields = "".join(f"field{number}: x\n" for number in range(15))
    path.write_text((GOOD / "complete.yaml").read_text(encoding="utf-8") + fields, encoding="utf-8")
    assert "and 5 more CG109 unknown-field; --all shows them" in flat(run(path).stdout)
    assert run(path).stdout.count("CG109 unknown-field:") == 10
    assert run(path, "--all").stdout.count("CG109 unknown-field:") == 15


def test_known_findings_do_not_fail_and_new_ones_do(tmp_path: Path) -> None:
    path, known = wrong(tmp_path), tmp_path / "known.json"
    written = run(path, "--write-baseline", known)
    assert written.returncode == 0
    assert "2 findings are allowed or known and do not make a file fail." in flat(written.stdout)
    again = run(path, "--baseline", known)
    assert (again.returncode, again.stderr) == (0, "")
    assert "CG411" in again.stdout
    path.write_text(path.read_text(encoding="utf-8").replace("never", "nowhere"), encoding="utf-8")
    new = run(path, "--baseline", known)
    assert new.returncode == 1
    assert "1 known finding is not among the findings of now" in new.stderr
    known.write_text(
        known.read_text(encoding="utf-8").replace('"until": "20', '"until": "19'), encoding="utf-8"
    )
    late = run(path, "--baseline", known)
    assert late.returncode == 1
    assert "all findings count" in late.stderr


def test_a_baseline_that_is_none_is_refused_before_anything_is_judged(tmp_path: Path) -> None:
    path, known = wrong(tmp_path), tmp_path / "known.json"
    assert run(path, "--baseline", known).returncode == 2
    known.write_text("[]", encoding="utf-8")
    done = run(path, "--baseline", known)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--baseline: expected a baseline of the form" in done.stderr
    both = run(path, "--baseline", known, "--write-baseline", known)
    assert both.returncode == 2
    assert "got both" in both.stderr
    assert known.read_text(encoding="utf-8") == "[]"


def test_either_engine_and_any_number_of_jobs_give_one_report() -> None:
    paths = [GOOD / "complete.yaml", BAD / "CG421-duplicate-entry.yaml", BAD / "CG204-reversed-period.yaml"]
    done = run(*paths, "--format", "json")
    assert done.returncode == 1
    for options in (("--engine", "pyshacl", "--jobs", "1"), ("--jobs", "3")):
        again = run(*paths, "--format", "json", *options)
        assert (again.returncode, again.stdout) == (1, done.stdout)


def test_a_file_that_takes_too_long_makes_the_command_fail(tmp_path: Path) -> None:
    entry = {"commitment": "seoul-ai-business-pledge/a1-3", "status": "planned", "statement": "x" * 500}
    slow = tmp_path / "slow.json"
    slow.write_text(json.dumps({"commitgraph": "disclosure/1", "entries": [entry] * 1_000}), encoding="utf-8")
    # In a process of its own: where an event loop runs already, no limit holds.
    command = [sys.executable, "-m", "commitgraph", "validate", str(slow), "--timeout", "0.1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "CG018 too-slow" in flat(done.stdout)


def test_an_unknown_engine_is_refused() -> None:
    done = run(GOOD / "complete.yaml", "--engine", "jena")
    assert done.returncode == 2
    assert "--engine: expected one of compiled, pyshacl, got 'jena'" in done.stderr
