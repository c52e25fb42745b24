"""Who an organisation is that describes itself, and whether its country and LEI are what they should be."""

from __future__ import annotations

from typing import Any

import pytest

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.corpus import WRITTEN_FOR
from commitgraph.disclosure.countries import ALPHA_2
from commitgraph.disclosure.identity import is_lei

_REST = """
title: Report on responsible AI
period: {from: 2025-07-01, to: 2026-06-30}
published: 2026-07-15
url: https://example.com/report-2026
roles: [deployer]
signed-off: {role: Chief Risk Officer, date: 2026-07-10}
"""
ENTRIES = """
entries:
  - {commitment: seoul-ai-business-pledge/a1-2, status: not-done, statement: Not yet., reason: None.}
  - {commitment: seoul-ai-business-pledge/a1-3-i, status: not-done, statement: Not so far., reason: No tools.}
  - {commitment: frontier-ai-safety-commitments/pre-evolve, status: not-done, reason: No model.}
"""
OPENAI = "https://www.wikidata.org/wiki/Q21708200"


def told(
    organisation: str, rest: str = "pledges: none\n", profiles: tuple[str, ...] = ("core",)
) -> dict[str, list[dict[str, Any]]]:
    """The findings on a disclosure of an organisation that is described so, by code."""
    text = f"commitgraph: disclosure/1\norganisation: {{{organisation}}}{_REST}{rest}"
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in judge_file_bytes("x.yaml", text.encode(), profiles, WRITTEN_FOR)["files"][0]["findings"]:
        found.setdefault(finding["code"], []).append(finding)
    return found


@pytest.mark.parametrize(
    ("described", "slug"),
    [
        ("name: OpenAI", "openai"),
        ("name: 'open ai, inc.'", "openai"),
        ('name: "OpenAI OpCo, LLC"', "openai"),
        ("name: sk-telecom", "sk-telecom"),
        ("name: SK텔레콤 주식회사", "sk-telecom"),
        (f"name: Example Laboratories, url: {OPENAI}", "openai"),
        ("name: Example Laboratories, lei: INR2EJN1ERAN0W5ZP974", "microsoft"),
        ("name: 'Open\u200bAI'", "openai"),
    ],
)
def test_a_party_that_describes_itself_is_found_out_and_judged(described: str, slug: str) -> None:
    found = told(described, profiles=("core", "coverage"))
    assert f"`organisation: {slug}`" in found["CG408"][0]["hint"]
    assert found["CG408"][0]["severity"] == "violation"
    assert "CG407" not in found
    assert "CG142" in found, "the graph knows what it has taken on"


def test_names_and_identifiers_of_two_parties_are_told_and_none_is_guessed() -> None:
    found = told(f"name: Microsoft, url: {OPENAI}", profiles=("core", "coverage"))
    assert {"microsoft", "openai"} <= set(found["CG408"][0]["message"].replace("(", " ").split())
    assert not {"CG142", "CG501", "CG407"} & set(found)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Microsoft Deutschland GmbH", "microsoft"), ("OpenAl", "openai"), ("SK", "sk-telecom")],
)
def test_a_name_like_that_of_a_party_is_a_warning_with_the_party(name: str, slug: str) -> None:
    found = told(f"name: {name}")
    assert f"{slug} (" in found["CG409"][0]["message"]
    assert found["CG409"][0]["severity"] == "warning"
    assert not {"CG407", "CG408"} & set(found)


@pytest.mark.parametrize("name", ["Brightwater GmbH", "IT", "Canada Water Works Ltd", "例示システム株式会社"])
def test_nothing_like_it_in_the_graph_is_only_a_remark(name: str) -> None:
    assert set(told(f"name: {name}, country: TW")) == {"CG407"}


def test_a_web_address_that_ends_in_a_slug_makes_nobody_a_party() -> None:
    assert set(told("name: Brightwater, url: https://example.com/openai")) == {"CG407"}


@pytest.mark.parametrize(
    ("written", "code"), [("Germany", "DE"), ("de", "DE"), ("UK", "GB"), ("Korea", "KR")]
)
def test_a_country_in_words_is_offered_its_code(written: str, code: str) -> None:
    assert told(f"name: Brightwater, country: {written}")["CG418"][0]["hint"] == f"write `{code}`"


def test_a_code_of_no_country_is_a_violation() -> None:
    assert told("name: Brightwater, country: XX")["CG418"][0]["severity"] == "violation"
    assert len(ALPHA_2) == 249


@pytest.mark.parametrize(
    "lei", ["529900ABCDEFGHIJKL12", "123", "INR2EJN1ERAN0W5ZP975", "INR2EJN1ERAN0W5ZP9７4"]
)
def test_an_lei_with_a_wrong_form_or_wrong_check_digits_is_a_violation(lei: str) -> None:
    assert told(f"name: Brightwater, lei: '{lei}'")["CG419"][0]["severity"] == "violation"
    assert not is_lei(lei)


def test_an_lei_in_small_letters_or_with_spaces_is_offered_as_it_should_be() -> None:
    found = told("name: Brightwater, lei: 5493 001k jtii gc8y 1r12")
    assert found["CG419"][0]["hint"] == "write `5493001KJTIIGC8Y1R12`"


def test_an_unknown_organisation_that_answers_for_a_text_is_told_so_once_for_each() -> None:
    found = told("name: Brightwater", ENTRIES)["CG410"]
    assert [finding["line"] for finding in found] == [11, 13]
    assert {finding["severity"] for finding in found} == {"info"}
    assert all("does not know whether" in finding["message"] for finding in found)


def test_a_placeholder_for_a_name_is_told_to_be_a_name() -> None:
    found = told("name: '…'", profiles=("core", "evidence"))
    assert found["CG554"][0]["hint"] == "write the full name of the organisation"
