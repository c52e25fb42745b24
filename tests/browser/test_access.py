"""Every kind of page: accessible, fits a phone, stays at home, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import WIDTHS, Visit, visit
from tests.service.conftest import Service

pytestmark = [pytest.mark.browser, pytest.mark.long]

PAGES = (
    "/",
    "/about",
    "/parties",
    "/party/01-ai",
    "/party/microsoft",
    "/party/us",
    "/party/kakao?asof=2024-01-01",
    "/instruments",
    "/instrument/seoul-ai-business-pledge",
    "/instrument/unga-res-78-265",
    "/instrument/iso-31000",
    "/provisions",
    "/provisions?instrument=iso-31000",
    "/provision/unga-res-78-265/op6-a",
    "/topics",
    "/topic/risk-management",
    "/right/privacy",
    "/matrix",
    "/matrix?kind=State&asof=2024-03-15",
    "/adherence/seoul-ai-business-pledge/ibm",
    "/roll/seoul-ai-business-pledge/page",
    "/passage/seoul-ai-business-pledge/roll-page",
    "/statements/party/kakao",
    "/graph/data/parties/companies",
    "/questions",
    "/questions/adherents",
    "/search?q=microsoft",
    "/sparql",
    "/validate",
    "/validate/fields",
    "/validate/form?party=kakao",
    "/validate/template?party=SK",
    "/checks",
    "/checks/CG106",
    "/ontology",
    "/ontology/how-to-compare-dates",
    "/ontology/how-to-count",
    "/no-such-page",
)
_OPEN = "document.querySelectorAll('details').forEach(d => { d.open = true })"
_OWN_CHECKS = """() => {
  const faults = [];
  const say = (text, node) => faults.push(text + (node ? ': ' + node.outerHTML.slice(0, 120) : ''));
  if (document.querySelectorAll('h1').length !== 1) say('expected one h1');
  let level = 0;
  for (const head of document.querySelectorAll('h1, h2, h3, h4')) {
    const now = Number(head.tagName[1]);
    if (now > level + 1) say('heading skips a level', head);
    level = now;
  }
  for (const name of ['header', 'nav', 'main', 'footer'])
    if (!document.querySelector(name)) say('no ' + name);
  if (!document.querySelector('a.skip[href="#main"]')) say('no skip link');
  if (!document.querySelector('link[rel=canonical]')) say('no canonical link');
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    if (!field.labels || !field.labels.length) say('field without label', field);
  for (const cell of document.querySelectorAll('th'))
    if (!cell.scope) say('header cell without scope', cell);
  for (const node of document.querySelectorAll('[style], script, [onclick], [onload]')) say('inline', node);
  if (!document.querySelector('footer').textContent.includes('Data version')) say('no data version');
  return faults;
}"""


_COLOURS = ("color-contrast", "link-in-text-block")
# Axe works out the colours of every letter, and the longest page has 14,000 elements. Neighbours of the same
# make have the same colours, whatever their words, addresses and number of parts: two and the last one stay.
_ONE_OF_A_KIND = """() => {
  const MAKE = ['class', 'type', 'hidden', 'open', 'disabled', 'aria-current'];
  const makes = new Map();
  const make = node => {
    const own = MAKE.filter(a => node.hasAttribute(a)).map(a => `${a}=${node.getAttribute(a)}`);
    const parts = new Set([...node.children].map(make));
    makes.set(node, `${node.tagName}[${own}](${[...parts].sort()})`);
    return makes.get(node);
  };
  make(document.querySelector('main'));
  for (const parent of makes.keys()) {
    const seen = {};
    for (const child of [...parent.children].slice(0, -1)) {
      seen[makes.get(child)] = (seen[makes.get(child)] || 0) + 1;
      if (seen[makes.get(child)] > 2) child.remove();
    }
  }
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def looks(browser: Browser, site: Service, request: pytest.FixtureRequest) -> Iterator[Visit]:
    context, visited = visit(
        browser, site, color_scheme=request.param, viewport={"width": WIDTHS["desk"], "height": 900}
    )
    yield visited
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, site: Service) -> Iterator[Visit]:
    context, visited = visit(
        browser, site, viewport={"width": WIDTHS["phone"], "height": 740}, has_touch=True
    )
    yield visited
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_and_our_own_checks_find_nothing(looks: Visit, path: str) -> None:
    looks.open(path)
    hold(looks)


def test_nothing_is_found_in_a_report_either(looks: Visit) -> None:
    looks.open("/validate/form?party=kakao")
    looks.page.get_by_role("button", name="Show the file").click()
    hold(looks)
    looks.page.get_by_role("button", name="Validate").click()
    expect(looks.page.locator("h2#report")).to_have_text("It does not conform")
    hold(looks)


def hold(looks: Visit) -> None:
    """Hold the page that is shown against all that is expected of one."""
    looks.page.evaluate(_OPEN)
    assert looks.page.evaluate(_OWN_CHECKS) == []
    rules: list[dict[str, object]] = [
        {"rules": {name: {"enabled": False} for name in _COLOURS}},
        {"runOnly": {"type": "rule", "values": list(_COLOURS)}},
    ]
    if looks.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"):
        # Nothing but colours differs in the dark: what else there is was looked at in the light.
        rules = [{"runOnly": {"type": "tag", "values": ["cat.color"]}}]
    for options in rules:
        if "runOnly" in options:
            looks.page.evaluate(_ONE_OF_A_KIND)
        # Without being told to, axe writes up all that it finds in order, too.
        found = Axe().run(looks.page, options={**options, "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
    assert looks.foreign == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_it_without_scrolling_sideways(phone: Visit, path: str) -> None:
    phone.open(path)
    phone.page.evaluate(_OPEN)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]


def test_the_first_tab_stop_is_the_way_past_the_head(looks: Visit) -> None:
    looks.open("/party/kakao")
    looks.page.keyboard.press("Tab")
    assert looks.page.evaluate("document.activeElement.className") == "skip"
    looks.page.keyboard.press("Enter")
    looks.page.wait_for_function("document.activeElement.id === 'main'")
