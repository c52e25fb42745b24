"""The worked disclosures that ship with the data: none says for a company what it did not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import commitgraph.disclosure
from commitgraph.dataset import load
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows
from commitgraph.home import home
from commitgraph.iris import ID, local

FILES = sorted((home() / "data" / "disclosures").glob("*.yaml"))
#: The day on which they were published.
TODAY = date(2026, 11, 29)
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def told(path: Path) -> dict[str, Any]:
    """The file as plain values, dates as text."""
    found: dict[str, Any] = YAML(typ="base", pure=True).load(path)
    return found


def entries(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Instrument, status and the rest of each entry."""
    for entry in told(path)["entries"]:
        yield entry["commitment"].partition("/")[0], entry["status"], entry


@cache
def promised(party: str) -> dict[str, str]:
    """The first day on which a party stood to each instrument, by its slug."""
    adherences = "?a cg:adherent $party ; cg:toInstrument ?instrument ; cg:since ?since"
    asked = "SELECT ?instrument ?since WHERE { " + adherences + " }"
    found: dict[str, str] = {}
    for row in rows(Embedded(load().store), asked, party=f"{ID}party/{party}"):
        slug, since = local(row["instrument"]), row["since"]
        found[slug] = min(found.get(slug, since), since)
    return found


@each_file
def test_a_worked_disclosure_answers_for_every_promise(path: Path) -> None:
    report = commitgraph.disclosure.validate(path, today=TODAY)
    # Of some documents only the month is known, and nothing more is said.
    assert {finding.code for finding in report.findings} <= {"CG202", "CG504"}
    assert report.conforms


@each_file
def test_a_worked_disclosure_says_that_the_company_did_not_write_it(path: Path) -> None:
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("# An illustration, made from public documents")
    assert second.startswith("# It is not a statement of ")
    said = told(path)
    assert said["title"].startswith("Illustration: ")
    assert said["prepared-by"]["name"] == "commitgraph"
    assert {"roles", "signed-off"}.isdisjoint(said), "only the company could say these"


@each_file
def test_a_status_rests_on_a_document_that_is_no_older_than_the_promise(path: Path) -> None:
    since = promised(path.stem)
    for instrument, status, entry in entries(path):
        if status != "no-information":
            for shown in entry["evidence"]:
                day, of_promise = shown["date"], since[instrument]
                assert day[: len(of_promise)] >= of_promise[: len(day)], entry["commitment"]
                assert shown["url"].startswith("https://")


@each_file
def test_silence_is_never_told_as_progress(path: Path) -> None:
    silence = ("do not speak to this point", "No public document", "No document", "disputed in public")
    for _, status, entry in entries(path):
        silent = any(words in entry["statement"] for words in silence)
        assert (status == "no-information") == silent, entry["commitment"]
        assert ("evidence" in entry) == (not silent)


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
