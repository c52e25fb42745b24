"""The guide to checking in CI is true: its commands run, its hook judges, on good and on faulty files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML
from sarif_kit.validate import validation_errors

from commitgraph.disclosure.reading.notations import EXTENSIONS
from commitgraph.home import home

GUIDE = home() / "docs" / "checking-in-ci.md"
HOOKS = home() / ".pre-commit-hooks.yaml"
INSTALL = 'python -m pip install "$COMMITGRAPH"'
GOOD = (home() / "data" / "disclosures" / "lg-ai-research.yaml").read_text(encoding="utf-8")
FAULTY = re.sub(r"status: \S+", "status: never", GOOD, count=1)
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
pytestmark = pytest.mark.skipif(not GUIDE.is_file(), reason="needs a checkout: no guide is part of a wheel")


def example(file: str) -> Any:
    """The YAML that the guide shows for a file."""
    text = GUIDE.read_text(encoding="utf-8")
    block = re.search(rf"`{re.escape(file)}`\n\n```yaml\n(.*?)```", text, re.DOTALL)
    assert block, file
    return YAML(typ="safe").load(block[1])


def reports(folder: Path, *, well: bool) -> None:
    """Put `reports/` into a folder, with a good file and perhaps a faulty one."""
    (folder / "reports").mkdir()
    (folder / "reports" / "good.yaml").write_text(GOOD, encoding="utf-8")
    if not well:
        (folder / "reports" / "faulty one.yaml").write_text(FAULTY, encoding="utf-8")


def environment(**given: str) -> dict[str, str]:
    """The environment of a build server that has installed this checkout."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return own | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"} | given


def run(script: str, folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a script as both build servers do: by bash, up to the first command that fails."""
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env=environment(**given),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_example_for_github_writes_a_summary_and_findings_and_fails(tmp_path: Path) -> None:
    reports(tmp_path, well=False)
    workflow = example(".github/workflows/disclosures.yml")
    *_, check, upload = workflow["jobs"]["validate"]["steps"]
    assert INSTALL in [step.get("run") for step in workflow["jobs"]["validate"]["steps"]]
    done = run(check["run"], tmp_path, GITHUB_STEP_SUMMARY="summary.md")
    assert done.returncode == 1, done.stderr
    assert "CG411" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    log = json.loads((tmp_path / upload["with"]["sarif_file"]).read_text(encoding="utf-8"))
    assert validation_errors(log) == []
    assert workflow["permissions"]["security-events"] == "write", "an upload needs it"
    assert "cancelled" in upload["if"], "it is uploaded after a failed check, too"
    results = log["runs"][0]["results"]
    assert "CG411" in {result["ruleId"] for result in results}
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        # Code scanning finds a file by its path from the top of the repository.
        assert place["artifactLocation"]["uri"] in {"reports/good.yaml", "reports/faulty%20one.yaml"}
        assert "endLine" not in place["region"]
        assert result["message"]["text"]
        assert result["partialFingerprints"]


@pytest.mark.parametrize("well", [True, False])
def test_the_example_for_gitlab_writes_a_report_of_tests_and_fails(well: bool, tmp_path: Path) -> None:
    reports(tmp_path, well=well)
    job = example(".gitlab-ci.yml")["disclosures"]
    install, *check = job["script"]
    assert install == INSTALL
    done = run("\n".join(check), tmp_path)
    assert done.returncode == (0 if well else 1), done.stderr
    assert job["artifacts"]["when"] == "always", "a failed job keeps its report"
    written = tmp_path / job["artifacts"]["reports"]["junit"]
    root = ElementTree.fromstring(written.read_text(encoding="utf-8"))  # noqa: S314  (our own text)
    assert (root.get("failures") == "0") is well


@needs_git
def test_the_hook_judges_what_is_committed(tmp_path: Path) -> None:
    """As pre-commit runs it, but with the command of this checkout: to install one needs a package index."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    (theirs / "reports").mkdir(parents=True)
    ours.mkdir()
    shutil.copy(HOOKS, ours)

    def git(folder: Path, command: str) -> None:
        who = "-c user.name=t -c user.email=t@example.com -c commit.gpgsign=false"
        done = run(f"git {who} {command}", folder)
        assert done.returncode == 0, done.stderr

    git(ours, "init -q")
    git(ours, "add .")
    git(ours, "commit -qm hooks")
    git(ours, "tag 1.0")
    config = example(".pre-commit-config.yaml")
    (source,) = config["repos"]
    (hook,) = source["hooks"]
    source |= {"repo": str(ours), "rev": "1.0"}
    hook |= {"language": "system"}
    (theirs / ".pre-commit-config.yaml").write_text(json.dumps(config), encoding="utf-8")
    (theirs / "reports" / "a.yaml").write_text(GOOD, encoding="utf-8")
    (theirs / "reports" / "README.md").write_text("No disclosure.", encoding="utf-8")
    (theirs / "elsewhere.yaml").write_text("no: disclosure", encoding="utf-8")
    git(theirs, "init -q")
    git(theirs, "add .")
    home_of_hooks = str(tmp_path / "kept")
    passed = run("pre-commit run", theirs, PRE_COMMIT_HOME=home_of_hooks)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout
    (theirs / "reports" / "a.yaml").write_text(FAULTY, encoding="utf-8")
    git(theirs, "add .")
    failed = run("pre-commit run", theirs, PRE_COMMIT_HOME=home_of_hooks)
    assert failed.returncode == 1
    line = FAULTY[: FAULTY.index("status: never")].count("\n") + 1
    assert re.search(rf"reports/a\.yaml:{line}:\d+: violation CG411", failed.stdout)
    assert "elsewhere" not in failed.stdout


def test_the_hook_takes_every_notation_and_no_other_file() -> None:
    (hook,) = YAML(typ="safe").load(HOOKS)

    def taken(name: str) -> bool:
        return bool(re.search(hook["files"], name)) and not re.search(hook["exclude"], name)

    assert all(taken(f"Disclosures/2026{extension}") for extension in EXTENSIONS)
    assert taken("a/our-disclosure.YAML")
    assert not taken("disclosures/README.md")
    assert not taken("settings.yaml")
