"""What the package says of itself, in its several files."""

from __future__ import annotations

import re
import tomllib

import pytest

import commitgraph
from commitgraph.home import home

pytestmark = pytest.mark.skipif(
    not (home() / "pyproject.toml").is_file(), reason="needs a checkout: these files are not part of a wheel"
)


def text(name: str) -> str:
    return (home() / name).read_text(encoding="utf-8")


def test_the_citation_and_the_changelog_name_the_version_of_the_code() -> None:
    assert re.findall(r"^version: (.*)$", text("CITATION.cff"), re.MULTILINE) == [commitgraph.__version__]
    assert re.search(rf"^## .*\b{re.escape(commitgraph.__version__)}\b", text("CHANGELOG.md"), re.MULTILINE)


def test_ci_runs_on_the_versions_that_the_classifiers_name() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    matrix = re.search(r"^ +python: \[(.*?)\]", text(".github/workflows/ci.yml"), re.MULTILINE)
    assert matrix
    assert re.findall(r"3\.\d+", matrix[1]) == named
    assert project["requires-python"] == f">={named[0]}"
