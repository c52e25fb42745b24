"""Disclosures on the web: template, form, report, the same for programs, and the checks explained."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import openpyxl
import pytest
from typer.testing import CliRunner

from commitgraph.cli import application
from commitgraph.dataset import load
from commitgraph.disclosure.catalogue import checks
from commitgraph.disclosure.reading.notations import EXTENSIONS, SENT_AS
from commitgraph.disclosure.reports import FORMATS
from commitgraph.disclosure.shapes import profiles, purpose
from commitgraph.disclosure.writing.blank import FORMATS as FORMATS_OF_TEMPLATES
from commitgraph.disclosure.writing.blank import Format, template
from commitgraph.iris import ID
from commitgraph.web.api.models import ProblemDocument
from commitgraph.web.api.validation import ReportModel
from commitgraph.web.disclosures import FORMS
from tests.service.conftest import Service

HTML = {"Accept": "text/html"}
FOLDER = Path(__file__).parents[1] / "disclosures"
GOOD, BAD = FOLDER / "good" / "complete.xlsx", FOLDER / "bad" / "CG411-unknown-status.yaml"
PROFILES = ["core", "coverage", "evidence"]


@pytest.fixture(scope="module")
def site(shipped: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shipped.url, headers=HTML, timeout=300) as client:
        yield client


def judged(site: httpx.Client, name: str, data: bytes) -> str:
    answer = site.post("/validate", files={"file": (name, data)}, data={"profile": PROFILES})
    assert answer.status_code == 200, answer.text
    return answer.text


def fields_of(page: str, action: str) -> list[tuple[str, str]]:
    """What a browser would send of the form with this action, as it stands."""
    (form,) = re.findall(rf'<form[^>]* action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    found = []
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>(?:[^<]*</textarea>)?", form):
        name = re.search(r' name="([^"]*)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        text = tag.partition(">")[2].removesuffix("</textarea>").removeprefix("\n")
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found.append((html.unescape(name[1]), html.unescape(value[1] if value else text)))
    return found


def command(*arguments: str) -> Any:
    """What the command writes as JSON."""
    return json.loads(CliRunner().invoke(application(arguments[0]), [*arguments, "--format", "json"]).stdout)


def test_a_template_filled_in_is_reported_on_by_promise(site: httpx.Client) -> None:
    given = site.get("/validate/template", params={"party": "Kakao Corp.", "format": "yaml"})
    assert given.headers["content-disposition"] == 'attachment; filename="kakao.yaml"'
    assert given.headers["cache-control"] == "no-store"
    text = given.text.replace("    status:\n", "    status: done\n", 1)
    report = judged(site, "kakao.yaml", text.encode())
    asked = given.text.count("    status:\n")
    assert f"of {asked} single promises with an answer</dt><dd>1</dd>" in report
    by_promise = report.partition(">By promise</h3>")[2].partition(">By place</h3>")[0]
    number = re.search(r'violation: <a href="#(finding-\d+)">unknown-status, line', by_promise)
    assert number
    assert "Seoul AI Business Pledge, " in by_promise
    assert "The file as a whole" in by_promise
    finding = report.partition(f'id="{number[1]}"')[2].partition("</li>")[0]
    assert '<a href="/checks/CG411">' in finding


def test_a_workbook_filled_in_counts_its_answers(site: httpx.Client) -> None:
    given = site.get("/validate/template", params={"party": "kakao", "format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(given.content))
    sheet = book["entries"]
    column = [cell.value for cell in sheet[1]].index("status") + 1
    sheet.cell(2, column, "planned")
    sheet.cell(3, column, "planned")
    filled = io.BytesIO()
    book.save(filled)
    report = judged(site, "kakao.xlsx", filled.getvalue())
    assert "promises with an answer</dt><dd>2</dd>" in report
    assert "Sheet entries, cell " in report
    assert "The help writes fields as YAML does: in a table, " in report


@pytest.mark.parametrize("form", FORMATS_OF_TEMPLATES)
def test_a_template_is_that_of_the_command(site: httpx.Client, form: Format) -> None:
    given = site.get("/validate/template", params={"party": "kakao", "format": form}).content
    made = template(f"{ID}party/kakao", load().store, form)
    # A workbook holds the time at which it was made.
    assert given[:2] == made[:2] if form == "xlsx" else given == made


@pytest.mark.parametrize("address", ["/validate/template", "/validate/form"])
def test_who_is_meant_is_never_guessed(site: httpx.Client, address: str) -> None:
    several = site.get(address, params={"party": "SK"})
    assert several.status_code == 400
    assert f'href="{address}?party=sk-telecom' in several.text
    none = site.get(address, params={"party": "Nobody & Sons"})
    assert none.status_code == 404
    assert "organisation: {name: …" in none.text
    assert "Nobody &amp; Sons" in none.text
    assert site.get(address).status_code == 400
    assert "expected one of yaml" in site.get("/validate/template?party=kakao&format=pdf").text


def test_the_form_writes_yaml_that_can_be_judged(site: httpx.Client) -> None:
    page = site.get("/validate/form", params={"party": "kakao"}).text
    sent = fields_of(page, "/validate/form")
    statuses = [name for name, _ in sent if name.endswith("|entries.status")]
    first = statuses[0].partition("|")[0]
    filled = {
        "title": 'Our "report": 2025 # first',
        "period.from": "2025-01-01",
        "roles": "deployer",
        f"{first}|entries.status": "implemented",
        f"{first}|entries.statement": "We did it.\r\nTwice: \U0001f600",
        f"{first}|entries.evidence.url": "https://example.org/a",
        f"{first}|entries.evidence.public": "true",
    }
    answers = [(name, value) for name, value in sent if name not in filled] + list(filled.items())
    body = urlencode(answers)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    kept = site.post("/validate/form", content=f"{body}&download=yes", headers=headers)
    assert kept.headers["content-disposition"] == 'attachment; filename="kakao.yaml"'
    shown = site.post("/validate/form", content=body, headers=headers).text
    given = dict(fields_of(shown, "/validate"))
    assert given["text"] == kept.text
    assert kept.text.count("    status:\n") == len(statuses) - 1
    assert 'title: "Our \\"report\\": 2025 # first"' in kept.text
    assert "public: true" in kept.text
    report = site.post("/validate", data=given | {"profile": PROFILES}, files={"file": ("", b"")}).text
    assert f"of {len(statuses)} single promises with an answer</dt><dd>1</dd>" in report
    assert "CG005" not in report
    assert "unknown-status" not in report


def test_the_form_of_who_promised_nothing_offers_to_say_so(site: httpx.Client) -> None:
    page = site.get("/validate/form", params={"party": "oecd"}).text
    assert "knows of no promise" in page
    written = site.post("/validate/form", data={"organisation": "oecd", "pledges": "none", "download": "yes"})
    assert "pledges: none\n" in written.text
    assert "entries" not in written.text


def test_the_page_gives_the_report_in_other_forms(site: httpx.Client) -> None:
    data = BAD.read_bytes()
    page = judged(site, "our report.yaml", data)
    sent = fields_of(page, "/validate/report")
    assert {name for name, _ in sent} == {"name", "data", "profile"}
    chosen = [value for name, value in sent if name == "profile"]
    rest = {name: value for name, value in sent if name != "profile"}
    for form in FORMATS:
        told = {**rest, "profile": chosen, "format": form}
        given = site.post("/validate/report", data=told, files={"file": ("", b"")})
        name = f"our-report.report.{FORMS[form].suffix}"
        assert given.headers["content-disposition"] == f'attachment; filename="{name}"'
        query = {"format": form, "name": "our report.yaml", "profile": chosen}
        assert given.content == site.post("/api/validate", params=query, content=data).content
        assert f'value="{form}"' in page
    for broken, status in (({"format": "pdf"}, 400), ({"format": "json", "data": "?"}, 400)):
        told = {**rest, "profile": chosen, **broken}
        assert site.post("/validate/report", data=told, files={"file": ("", b"")}).status_code == status


def test_a_large_file_is_not_sent_along(site: httpx.Client) -> None:
    page = judged(site, "a.yaml", BAD.read_bytes() + b"# x\n" * 70_000)
    assert "/validate/report" not in page
    assert "--format FORM" in page


@pytest.mark.parametrize("path", [GOOD, BAD, FOLDER / "good" / "by-others.yaml"], ids=lambda path: path.name)
@pytest.mark.parametrize("as_form", [True, False])
def test_the_api_says_what_the_command_says(
    site: httpx.Client, path: Path, monkeypatch: pytest.MonkeyPatch, *, as_form: bool
) -> None:
    monkeypatch.chdir(path.parent)
    expected = command("validate", path.name, "--profile", "core", "--profile", "ungp")
    query: dict[str, Any] = {"profile": ["core", "ungp"]}
    if as_form:
        answer = site.post("/api/validate", params=query, files={"file": (path.name, path.read_bytes())})
    else:
        query["name"] = path.name
        answer = site.post("/api/validate", params=query, content=path.read_bytes())
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == expected
    ReportModel.model_validate(answer.json())


@pytest.mark.parametrize("form", FORMATS)
def test_the_api_gives_every_form_of_the_report(site: httpx.Client, form: str) -> None:
    answer = site.post(f"/api/validate?format={form}&name=/a/b.yaml", content=BAD.read_bytes())
    assert answer.headers["content-type"].startswith(FORMS[form].media_type)
    told = answer.text.lstrip()
    begin = {"json": '{\n  "version"', "sarif": '{\n  "$schema"', "junit": "<?xml", "html": "<!doctype html>"}
    assert told.lower().startswith(begin.get(form, ""))
    assert "CG411" in told


def test_the_media_type_tells_the_notation(site: httpx.Client) -> None:
    told = {"application/yaml; charset=utf-8": ".yaml", "text/csv": ".csv", "application/trig": ".trig"}
    for media_type, extension in told.items():
        answer = site.post("/api/validate", content=b"x", headers={"Content-Type": media_type})
        assert answer.json()["files"][0]["file"] == f"disclosure{extension}"
    assert set(SENT_AS.values()) == set(EXTENSIONS) - {".yml"}


@pytest.mark.parametrize(
    ("query", "content", "media_type", "told"),
    [
        ("", b"x: 1", "", (415, "text/csv")),
        ("", b"x: 1", "image/png", (415, "image/png")),
        ("", b"", "text/yaml", (400, "empty")),
        ("?profile=nonsense", b"x: 1", "text/yaml", (400, "nonsense")),
        ("?format=pdf", b"x: 1", "text/yaml", (400, "sarif")),
        ("?fail_on=info", b"x: 1", "text/yaml", (400, "fail_on")),
        ("", b"x" * (3 << 20), "text/yaml", (413, "2 MiB")),
        ("", b"--x--", "multipart/form-data; boundary=x", (400, "file")),
        ("", b"--x", "multipart/form-data", (400, "boundary")),
    ],
)
def test_what_cannot_be_judged_is_a_problem_document(
    site: httpx.Client, query: str, content: bytes, media_type: str, told: tuple[int, str]
) -> None:
    headers = {"Content-Type": media_type, "Accept": "application/json"}
    answer = site.post(f"/api/validate{query}", content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (told[0], "application/problem+json")
    assert told[1] in ProblemDocument.model_validate(answer.json()).detail


def test_the_list_of_checks_is_that_of_the_command(site: httpx.Client) -> None:
    assert site.get("/api/checks").json() == command("explain", "--list")


def test_every_check_has_a_page_that_the_list_leads_to(site: httpx.Client) -> None:
    listed = site.get("/checks").text
    for profile in profiles():
        assert f'id="{profile}"' in listed
        assert html.escape(purpose(profile)) in listed
    for check in checks():
        assert f'href="/checks/{check.code}"' in listed


def test_the_page_of_a_check_explains_it(site: httpx.Client) -> None:
    limited = next(check for check in checks() if check.known_limits)
    reasoned = next(check for check in checks() if check.rests_on)
    for check in (limited, reasoned):
        page = html.unescape(site.get(f"/checks/{check.code}").text)
        for told in (check.name, check.summary, check.hint, *check.known_limits):
            assert told in page
    assert f'href="{str(reasoned.rests_on).removeprefix("https://w3id.org/commitgraph/id")}"' in page
    assert "An example that fails" in page
    assert "An example that passes" in page


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/checks/missing-status", "/checks/CG106"),
        ("/checks/cg106", "/checks/CG106"),
        ("/shape/missing-status", "/checks/CG106"),
        ("/profile/core", "/checks#core"),
    ],
)
def test_names_and_addresses_of_checks_lead_to_them(site: httpx.Client, address: str, leads_to: str) -> None:
    assert site.get(address).headers["location"] == leads_to


@pytest.mark.parametrize("address", ["/checks/CG999", "/checks/mising-status", "/shape/x", "/profile/cor"])
def test_a_check_that_there_is_not_is_told_so(site: httpx.Client, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 404
    assert ("/checks/CG106" in answer.text) == (address == "/checks/mising-status")
