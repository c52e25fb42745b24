"""What a reader finds on the pages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.expected import signatories

pytestmark = pytest.mark.browser


def test_the_seoul_page_lists_who_signed_and_says_what_is_blank_on_a_list(desk: Visit) -> None:
    assert desk.open("/instrument/seoul-ai-business-pledge") == 200
    rows = desk.page.locator("[role=group][aria-labelledby=adherents] tbody tr")
    expect(rows).to_have_count(len(signatories("seoul-ai-business-pledge")))
    expect(rows.filter(has_text="Cisco")).to_contain_text("joined later")
    for name in ("IBM", "NAVER"):
        expect(rows.filter(has=desk.page.get_by_role("link", name=name, exact=True))).to_contain_text(
            "blank item"
        )
    page_list = desk.page.locator("#roll-page")
    expect(page_list).to_contain_text("A blank is no withdrawal")
    expect(page_list.locator(".lacks")).to_have_count(0)


def test_a_list_that_claims_to_be_complete_says_whom_it_lacks(desk: Visit) -> None:
    assert desk.open("/instrument/unesco-private-sector-commitment-2024") == 200
    lacks = desk.page.locator("#roll-efe").locator(".lacks")
    expect(lacks).to_have_text(re.compile(r"lacks\s+Mastercard.*, named elsewhere"))


def test_on_an_earlier_day_the_later_joiner_is_named_as_not_counted(desk: Visit) -> None:
    desk.open("/instrument/seoul-ai-business-pledge?asof=2024-07-10")
    rows = desk.page.locator("[role=group][aria-labelledby=adherents] tbody tr")
    expect(rows).to_have_count(len(signatories("seoul-ai-business-pledge", "2024-07-10")))
    expect(desk.page.locator("section[aria-labelledby=adherents]")).to_contain_text(
        "Not counted on 10 July 2024: Cisco"
    )


def test_kakao_signed_one_text_and_is_tied_to_others_by_reference_only(desk: Visit) -> None:
    desk.open("/party/kakao")
    own = desk.page.locator("section[aria-labelledby=direct] tbody tr")
    expect(own).to_have_count(1)
    expect(own).to_contain_text("Seoul AI Business Pledge")
    expect(own.locator(".is-direct")).to_have_text("signed")
    ties = desk.page.locator("section[aria-labelledby=by-reference] .ties > li")
    for name in ("Hiroshima Process International Code of Conduct", "A/RES/78/265", "Frontier AI Safety"):
        tie = ties.filter(has_text=name).first
        expect(tie.locator(".is-reference")).to_have_text("by reference: will try")
        expect(tie.locator(".is-direct")).to_have_count(0)


def test_one_click_leads_from_a_pledge_to_its_receipt_and_from_there_to_the_words(desk: Visit) -> None:
    desk.open("/party/kakao")
    desk.page.get_by_role("link", name="Receipt for Seoul AI Business Pledge").click()
    expect(desk.page.locator("h1")).to_have_text("Kakao signed the Seoul AI Business Pledge on 22 May 2024.")
    expect(desk.page.locator("pre").first).to_contain_text(
        "https://w3id.org/commitgraph/id/adherence/seoul-ai-business-pledge/kakao"
    )
    source = desk.page.locator("section[aria-labelledby=sources] a.away").first
    assert ":~:text=" in (source.get_attribute("href") or "")


def test_a_provision_says_its_force_in_words_and_links_to_the_official_wording(desk: Visit) -> None:
    desk.open("/provision/seoul-ai-business-pledge/p-uphold")
    expect(desk.page.locator(".verdict")).to_contain_text("It says “")
    link = desk.page.get_by_role("link", name="Open the official wording").get_attribute("href") or ""
    address, _, fragment = link.partition("#:~:text=")
    assert address.startswith("http")
    assert unquote(fragment).startswith("We commit to")
    expect(desk.page.locator("#bound + ul li")).to_have_count(len(signatories("seoul-ai-business-pledge")))


def test_no_cell_of_the_matrix_is_blank_and_each_opens_its_proof(desk: Visit) -> None:
    desk.open("/matrix?kind=all")
    cells = desk.page.locator(".matrix tbody td")
    texts = [text.strip() for text in cells.all_inner_texts()]
    assert len(texts) > 500
    assert all(texts)
    assert cells.filter(has_not=desk.page.locator("a[href]")).count() == 0


def test_the_matrix_keeps_signed_not_listed_unknown_and_by_reference_apart(desk: Visit) -> None:
    desk.open("/matrix?texts=all&country=KR")
    heads = [" ".join(t.split()) for t in desk.page.locator(".matrix thead th").all_inner_texts()]
    kakao = desk.page.locator(".matrix tbody tr", has=desk.page.get_by_role("link", name="Kakao", exact=True))
    cells = dict(zip(heads[1:], kakao.locator("td").all_inner_texts(), strict=True))

    def under(text: str) -> str:
        return " ".join(next(cell for head, cell in cells.items() if head.startswith(text)).split())

    assert under("Seoul AI Business Pledge") == "signed 2024-05-22"
    assert under("Frontier AI Safety") == "not on the list 2024-05-21 by reference: will try"
    assert under("UN General Assembly").endswith("by reference: will try")
    assert under("HAIP") == "unknown"


def test_filters_of_provisions_narrow_down_and_say_how_many_fit(desk: Visit) -> None:
    desk.open("/provisions")
    desk.page.get_by_label("Force").select_option(label="will try (4)")
    desk.page.get_by_label("Text", exact=True).select_option(label="Seoul AI Business Pledge")
    desk.page.get_by_role("button", name="Show").click()
    forces = desk.page.locator("main .provisions .force").all_inner_texts()
    assert forces
    assert set(forces) == {"will try"}
    expect(desk.page.locator("main [role=status]")).to_have_text(f"{len(forces)} provisions.")


def test_search_forgives_a_slip_and_says_so_when_nothing_fits(desk: Visit) -> None:
    desk.open("/")
    desk.page.locator("main input[name=q]").fill("samsng")
    desk.page.locator("main form").first.get_by_role("button").click()
    expect(desk.page.locator(".hits")).to_contain_text("Samsung Electronics")
    desk.open("/search?q=qqqqzzzz")
    expect(desk.page.locator(".empty")).to_contain_text("Nothing here is called “qqqqzzzz”")


def test_a_question_can_be_filled_in_and_opens_as_sparql(desk: Visit) -> None:
    signed = len(signatories("unesco-private-sector-commitment-2024"))
    desk.open("/questions/signatories")
    desk.page.locator("select").first.select_option(label="UNESCO company commitment on ethical AI")
    desk.page.get_by_role("button", name="Ask").click()
    expect(desk.page.locator("section[aria-labelledby=answer] tbody tr")).to_have_count(signed)
    desk.page.get_by_role("link", name="Open as SPARQL").click()
    expect(desk.page.get_by_label("Query")).to_have_value(re.compile("unesco-private-sector-commitment-2024"))
    desk.page.get_by_role("button", name="Show as a table").click()
    expect(desk.page.locator("section[aria-labelledby=answer] tbody tr")).to_have_count(signed)


@pytest.mark.parametrize("number", range(5))
def test_the_questions_to_start_with_have_answers(desk: Visit, number: int) -> None:
    desk.open("/")
    desk.page.locator(".asks a").nth(number).click()
    expect(desk.page.locator("section[aria-labelledby=answer] tbody tr").first).to_be_visible()


def test_a_faulty_query_is_shown_with_its_place_and_kept(desk: Visit) -> None:
    desk.open("/sparql")
    desk.page.get_by_label("Query").fill("SELECT * WHERE {\n  ?s ?p ?o\n")
    desk.page.get_by_role("button", name="Show as a table").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("ine 1, column 16")
    expect(desk.page.locator("#query")).to_have_value(re.compile(r"\?s \?p \?o"))
    desk.complaints.clear()  # the browser itself reports the status 400


def test_a_pasted_disclosure_is_judged_by_line(desk: Visit) -> None:
    desk.open("/validate")
    desk.page.get_by_label("Or its text").fill("party: no-such-company\nnonsense: 1\n")
    desk.page.get_by_role("button", name="Validate").click()
    expect(desk.page.locator("h2#report")).to_have_text("It does not conform")
    finding = desk.page.locator(".findings > li", has_text="nonsense").first
    expect(finding).to_contain_text("Line 2")
    expect(finding.locator("pre")).to_contain_text("nonsense: 1")


def test_an_uploaded_file_is_judged_under_its_name(desk: Visit, tmp_path: Path) -> None:
    file = tmp_path / "our-report.json"
    file.write_text("{", encoding="utf-8")
    desk.open("/validate")
    desk.page.get_by_label("A file").set_input_files(file)
    desk.page.get_by_role("button", name="Validate").click()
    expect(desk.page.locator("section[aria-labelledby=report] [role=status]")).to_contain_text(
        "our-report.json"
    )
    expect(desk.page.locator(".findings > li").first).to_contain_text("Line 1")


def test_a_wrong_name_offers_the_right_one(desk: Visit) -> None:
    assert desk.open("/party/kakoa") == 404
    expect(desk.page.get_by_role("link", name="Kakao")).to_have_attribute("href", "/party/kakao")
    desk.complaints.clear()  # the browser itself reports the status 404
