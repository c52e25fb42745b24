"""What pages show for a named day, on the very day and beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.graphs import dated_graph
from tests.service.conftest import Service
from tests.unit.test_as_of import ALL, DATED, STANDINGS
from tests.unit.test_dates import NO_DAYS

NAMES = {name: f"{name.capitalize()} Ltd" for name in ALL}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a service over the graph whose facts are dated with all precisions."""
    running = Service(dated_graph(tmp_path_factory.mktemp("dated")))
    with httpx.Client(base_url=running.url, headers={"Accept": "text/html"}, timeout=30) as client:
        yield client
    running.stop()


def _part(page: str, heading: str) -> str:
    """The words below the heading of that id, or nothing where the page has no such heading."""
    if f'id="{heading}"' not in page:
        return ""
    part = re.split(r"<h[23]|</section>", page[page.index(f'id="{heading}"') :])[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part.partition(">")[2]).split())


def _page(site: httpx.Client, path: str, day: str) -> str:
    answer = site.get(path, params={"asof": day} if day else {})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("day", STANDINGS)
def test_the_page_of_a_text_splits_standings_by_the_day(site: httpx.Client, day: str) -> None:
    held, ended, later = STANDINGS[day]
    page = _page(site, "/instrument/dated", day)
    table, _, rest = _part(page, "adherents").partition("Not counted on")
    assert {name for name in ALL if NAMES[name] in table} == held
    assert {name for name in ALL if NAMES[name] in rest} == later
    assert {name for name in ALL if NAMES[name] in _part(page, "ended")} == ended


@pytest.mark.parametrize("day", ["2024-05-21", "2024-05-22", "2025-06-30", "2025-07-01", ""])
def test_the_page_of_a_party_splits_standings_by_the_day(site: httpx.Client, day: str) -> None:
    held, ended, later = STANDINGS[day]
    page = _page(site, "/party/day", day)
    table, _, rest = _part(page, "direct").partition("Not counted on")
    assert ("Dated Pledge" in table, "Dated Pledge" in rest) == ("day" in held, "day" in later)
    assert ("Dated Pledge" in _part(page, "ended")) == ("day" in ended)
    assert ("Do as promised" in _part(page, "commitments")) == ("day" in held)


@pytest.mark.parametrize("day", DATED)
def test_pages_show_acts_lists_evidence_and_changes_from_their_day_on(site: httpx.Client, day: str) -> None:
    words = {"day": "a day", "month": "a month", "undated": "no day"}

    def shown(part: str, what: str) -> set[str]:
        return {name for name, dated in words.items() if f"{what} of {dated}" in part}

    text, party = _page(site, "/instrument/dated", day), _page(site, "/party/day", day)
    assert shown(_part(text, "refusals"), "Refuser") == DATED[day]
    assert shown(_part(text, "evidence"), "evidence") == DATED[day]
    assert shown(_part(party, "evidence"), "evidence") == DATED[day]
    assert shown(_part(party, "changes"), "change") == DATED[day]
    # The second list speaks for the month after.
    lists = (DATED[day] - {"month"}) | ({"month"} if not day or day >= "2024-06-01" else set())
    assert shown(_part(text, "rolls"), "ist") == lists


@pytest.mark.parametrize("day", ["2024-05-21", "2024-05-22", "2026-01-01", ""])
def test_the_matrix_page_tells_the_same(site: httpx.Client, day: str) -> None:
    held, ended, _ = STANDINGS[day]
    page = _page(site, "/matrix?texts=all", day) if not day else _page(site, "/matrix", day)
    lines = {name: page.partition(f'href="/party/{name}"')[2].partition("</tr>")[0] for name in ALL}
    assert {name for name, line in lines.items() if "is-direct" in line} == held
    assert {name for name, line in lines.items() if "is-former" in line} == ended


@pytest.mark.parametrize("day", NO_DAYS)
@pytest.mark.parametrize("path", ["/instrument/dated", "/party/day", "/matrix"])
def test_what_is_no_day_is_refused_in_the_words_of_the_command(
    site: httpx.Client, path: str, day: str
) -> None:
    answer = site.get(path, params={"asof": day}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == f"asof: expected a day as YYYY-MM-DD, got {day!r}"
