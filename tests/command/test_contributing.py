"""The walks of CONTRIBUTING.md, run as they are written, in a copy of the repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
TOP = Path(__file__).parents[2]
WALKS = dict(
    re.findall(
        r"^## (.+?)\n(.*?)(?=^## |\Z)",
        (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
_STEP = re.compile(r"(?:^`([^`\n]+)`\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Checkout:
    """A copy of the repository in which the walks are made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("ontology", "data", "queries", "tests", "src"):
            shutil.copytree(
                TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
            )
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(TOP / name, folder / name)
        tools = folder / "tools"
        tools.mkdir()
        for name, start in (("commitgraph", "-m commitgraph"), ("python", "")):
            tool = tools / name
            tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" {start} "$@"\n', encoding="utf-8")
            tool.chmod(0o755)
        self.environment = os.environ | {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(folder / "src"),
            "COMMITGRAPH_HOME": str(folder),
        }

        # Options of the run that this test is part of are not those of the walk.
        self.environment.pop("PYTEST_ADDOPTS", None)

    def run(self, command: str, code: int = 0) -> str:
        done = subprocess.run(
            ["bash", "-ec", command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def write(self, name: str, content: str) -> None:
        """Write a file of a walk; of a Turtle skeleton, what stands below its prefixes."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.startswith("data/") and name.endswith(".ttl"):
            top = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] in ("#", "@")]
            content = "\n".join(top) + "\n\n" + content
        path.write_text(content, encoding="utf-8")

    def walk(self, name: str) -> str:
        """Make a walk: write its files, run its commands; returns what these printed."""
        said = ""
        for file, kind, content in _STEP.findall(WALKS[name]):
            if file:
                self.write(file, content)
            elif kind == "sh":
                said += self.run(content)
            elif content == "commitgraph check bounds\n":
                self.write_bounds()
        return said

    def write_bounds(self) -> None:
        """Do what the check of the bounds says, as a reader of its words would."""
        found = json.loads(self.run("commitgraph check bounds --format json", code=1))["findings"]
        path = self.folder / "data" / "bounds.toml"
        lines = path.read_text(encoding="utf-8").splitlines()
        for finding in sorted(found, key=lambda finding: -finding["line"]):
            told = re.search(r"write `((.+?) = \d+)` under \[\w+\]", finding["todo"])
            assert told, finding
            at = finding["line"]
            # The line is that of the name, or of its table where the name is new.
            lines[at - 1 : at] = [told[1]] if lines[at - 1].startswith(told[2]) else [lines[at - 1], told[1]]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_an_instrument_and_its_list_are_in_health_in_one_round(checkout: Checkout) -> None:
    checkout.walk("Add an instrument")
    said = checkout.walk("Add a list of adherents")
    assert ", 0 errors, " in said
    assert "4 resolved, 0 missing" in said
    who = checkout.run("commitgraph who lantern-pledge")
    assert "Lantern Works\t2026-05-04\tsigned" in who
    # A second look at the files finds nothing to do.
    checkout.run("commitgraph format data --check")


def test_a_check_finds_its_planted_fault(checkout: Checkout) -> None:
    said = checkout.walk("Add a check")
    assert "1 passed" in said


def test_a_question_is_asked_and_its_answer_kept(checkout: Checkout) -> None:
    said = checkout.walk("Add a question")
    assert "2023" in said
    assert (checkout.folder / "tests/answers/texts-issued-in-a-year.tsv").read_text("utf-8").count(
        "2024-"
    ) > 0


def test_a_page_is_shown(checkout: Checkout) -> None:
    checkout.walk("Add a page")
    install = checkout.folder / "src/commitgraph/web/pages/install.py"
    text = install.read_text(encoding="utf-8")
    text = text.replace("pages import (\n", "pages import (\n    all_texts,\n", 1)
    text = text.replace("_PAGES = (", "_PAGES = (all_texts, ", 1)
    install.write_text(text, encoding="utf-8")
    said = checkout.run(
        "python -c 'from starlette.testclient import TestClient; from commitgraph.dataset import load; "
        "from commitgraph.sandbox.limits import Limits; from commitgraph.web.pages.install import pages_app; "
        'print(TestClient(pages_app(load(), Limits())).get("/all-texts").text)\''
    )
    assert "Seoul AI Business Pledge</a>" in said


def _graphless() -> str:
    """The walks without the IRIs in them, whose ends look like paths."""
    return re.sub(r"<[^<>\s]+>", "", "".join(WALKS.values()))


def test_every_file_that_the_walks_name_is_there() -> None:
    made = {file for walk in WALKS.values() for file, _, _ in _STEP.findall(walk)}
    named = set(re.findall(r"\b(?:src|tests|queries|ontology|data)/[\w./-]+\w", _graphless()))
    made |= {"tests/answers/texts-issued-in-a-year.tsv"}
    assert [name for name in sorted(named - made) if not (TOP / name).exists()] == []
