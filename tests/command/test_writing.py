"""`commitgraph template`, `convert`, `fields` and `schema`, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command.runner import run

MINIMAL = "organisation: cisco\ntitle: Report  # a comment\nentries:\n  - status: planned\n"


def test_a_template_is_written_and_found_unanswered(tmp_path: Path) -> None:
    for form, name in (("yaml", "a.yaml"), ("xlsx", "a.xlsx")):
        out = tmp_path / name
        done = run("template", "Kakao Corp.", "--format", form, "--out", str(out))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        told = run("validate", str(out))
        assert told.returncode == 1
        assert "answers are not given yet" in " ".join(told.stdout.split())


def test_who_is_meant_is_never_guessed() -> None:
    several = run("template", "Naver Cloud or so")
    assert several.returncode == 1
    assert "`organisation: {name: …" in several.stderr
    assert "`pledges: none`" in several.stderr
    assert several.stdout == ""
    begin = several.stderr[several.stderr.index("commitgraph: disclosure/1") :].splitlines()
    assert begin[1:] == [
        'organisation: {name: "Naver Cloud or so", url: https://…, country: …}',
        "title: …",
        "period: {from: …, to: …}",
        "published: …",
        "pledges: none",
    ]
    text = run("template", "haip-reporting-framework")
    assert (text.returncode, text.stdout) == (1, "")
    assert "got the text 'haip-reporting-framework'" in text.stderr
    assert run("template", "kakao", "--format", "docx").returncode == 2


def test_a_file_is_converted_from_standard_input_and_from_disk(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(MINIMAL, encoding="utf-8")
    done = run("convert", str(file), "--to", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["entries"] == [{"status": "planned"}]
    assert done.stderr == "commitgraph: 1 comment was left behind\n"
    assert run("convert", "-", "--to", "ntriples", stdin=MINIMAL).stdout.count(" .\n") == 5


def test_what_cannot_be_converted_is_exit_2_and_nothing_is_written(tmp_path: Path) -> None:
    file, out = tmp_path / "a.yaml", tmp_path / "a.csv"
    for content, expected in (
        (MINIMAL + "risks:\n  - right: privacy\n", "line 5, `risks`"),
        (MINIMAL + "colour: blue\n", "warning CG109 unknown-field"),
        ("title: a: b\n", "violation CG005 not-well-formed"),
    ):
        file.write_text(content, encoding="utf-8")
        done = run("convert", str(file), "--to", "csv", "--out", str(out))
        assert (done.returncode, done.stdout) == (2, "")
        assert expected in done.stderr
        assert not out.exists()
    file.write_text(MINIMAL, encoding="utf-8")
    assert "--to: expected one of yaml" in run("convert", str(file), "--to", "docx").stderr
    assert "--out: expected a file" in run("convert", str(file), "--to", "csv", "--out", "/no/x.csv").stderr


def test_fields_are_told_by_name_and_by_path() -> None:
    told = run("fields", "entries.status")
    assert told.returncode == 0
    assert "entries.status (required)" in told.stdout
    assert "CG106 missing-status (violation, core)" in told.stdout
    inside = json.loads(run("fields", "evidence", "--format", "json").stdout)
    assert "entries.evidence.digest" in [entry["path"] for entry in inside]
    listed = run("fields").stdout.splitlines()
    assert listed[0].startswith("field\tneed")
    wrong = run("fields", "evidense")
    assert wrong.returncode == 1
    assert 'did you mean "evidence"?' in wrong.stderr


def test_a_wrong_name_of_a_field_hides_no_right_one_beside_it() -> None:
    both = run("fields", "entries.risks", "pledges", "qwxv")
    assert both.returncode == 1
    assert "pledges (in some cases)" in both.stdout
    assert """'entries.risks': did you mean "risks"?""" in both.stderr
    assert "'qwxv': `commitgraph fields` lists them all" in both.stderr


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$id"] == "https://w3id.org/commitgraph/schema/disclosure.json"


@pytest.mark.parametrize("command", [("template", "kakao"), ("convert", "-", "--to", "json")])
def test_a_file_in_which_somebody_may_have_written_is_left_alone(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    filled_in = tmp_path / "answers.yaml"
    filled_in.write_text(MINIMAL, encoding="utf-8")
    done = run(*command, "--out", str(filled_in), stdin=MINIMAL)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert filled_in.read_text(encoding="utf-8") == MINIMAL
