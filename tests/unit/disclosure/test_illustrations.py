"""The worked disclosures that ship with the data."""

from __future__ import annotations

from pathlib import Path

import pytest

import commitgraph.disclosure
from commitgraph.home import home
from tests.unit.disclosure.examples import TODAY

FILES = sorted((home() / "data" / "disclosures").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_worked_disclosure_answers_for_every_promise(path: Path) -> None:
    report = commitgraph.disclosure.validate(path, profiles=["core", "coverage"], today=TODAY)
    assert [finding for finding in report.findings if finding.severity != "info"] == []
    assert report.conforms


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_worked_disclosure_says_that_the_company_did_not_write_it(path: Path) -> None:
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("# An illustration, made from public documents")
    assert second.startswith("# It is not a statement of ")


def test_the_eight_companies_are_there() -> None:
    assert {path.stem for path in FILES} == {
        "anthropic",
        "cisco",
        "lg-ai-research",
        "microsoft",
        "naver",
        "openai",
        "salesforce",
        "telefonica",
    }
