"""A real browser before a real server over the shipped data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from commitgraph.home import home
from tests.service.conftest import Service

_CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: Widths of a desk and of a small phone.
WIDTHS = {"desk": 1280, "phone": 360}


@dataclass
class Visit:
    """A page in a browser that notes what it fetches and what it complains about."""

    page: Page
    url: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Go to a page of the service; its status."""
        response = self.page.goto(self.url + path)
        assert response
        return response.status

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.foreign.append(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.fixture(scope="session")
def site() -> Iterator[Service]:
    """The service over the shipped data."""
    running = Service(home())
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not _CHROMIUM.exists():
        pytest.skip(f"needs Chromium at {_CHROMIUM}: on Debian, apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(_CHROMIUM), args=_ARGUMENTS)
        yield running
        running.close()


def visit(browser: Browser, site: Service, **options: object) -> tuple[BrowserContext, Visit]:
    """A fresh page with the given options of a browser context."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(300_000)
    visited = Visit(context.new_page(), site.url)
    visited.page.on("request", visited.note_request)
    visited.page.on("console", visited.note_message)
    return context, visited


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def desk(browser: Browser, site: Service, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A wide page, with scripts allowed and not. At its end nothing foreign was fetched or wrong."""
    context, visited = visit(
        browser, site, viewport={"width": WIDTHS["desk"], "height": 900}, java_script_enabled=request.param
    )
    yield visited
    context.close()
    assert visited.foreign == []
    assert visited.complaints == []
