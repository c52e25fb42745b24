"""The report as a page: accessible in light and dark, and no wider than a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from commitgraph.disclosure import validate
from commitgraph.disclosure.reports import render
from tests.browser.conftest import WIDTHS
from tests.unit.disclosure.examples import FOLDER, TODAY

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_report_is_accessible_and_fits_a_phone(
    scheme: str, browser: Browser, tmp_path: Path
) -> None:
    names = (
        "bad/CG005-tab.yaml",
        "bad/CG301-links.yaml",
        "bad/allowed-by-a-comment.yaml",
        "good/complete.yaml",
    )
    report = validate([FOLDER / name for name in names], today=TODAY)
    (tmp_path / "report.html").write_text(render(report, "html", version="1.2.3"), encoding="utf-8")
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": WIDTHS["phone"], "height": 800},
        bypass_csp=True,  # for the script of the check; the page allows none
    )
    page = context.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()
