"""Templates: every promise that coverage asks for, no status that nobody chose, a way through each format."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest

from commitgraph.dataset import load
from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.writing.blank import FORMATS, Format, template
from commitgraph.disclosure.writing.conversion import convert_bytes
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows
from commitgraph.iris import thing
from tests.unit.disclosure.examples import TODAY

NAMES = {"yaml": "x.yaml", "csv": "x.csv", "xlsx": "x.xlsx", "turtle": "x.ttl"}
PARTY = "kakao"
#: What is filled in on top.
HEAD = {
    "title": "Report on what was promised",
    "period.from": "2025-07-01",
    "period.to": "2026-06-30",
    "published": "2026-07-15",
}
STATEMENT = "A team of twelve works on it since the spring of 2026."


def blank(form: Format, party: str = PARTY) -> bytes:
    return template(thing("party", party), load().store, form)


def report(name: str, data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = judge_file_bytes(name, data, today=TODAY)
    return found


def codes(name: str, data: bytes) -> list[str]:
    return [finding["code"] for finding in report(name, data)["files"][0]["findings"]]


@pytest.mark.parametrize("form", FORMATS)
def test_an_unfilled_template_has_one_finding_on_its_answers(form: Format) -> None:
    told = report(NAMES[form], blank(form))
    found = told["files"][0]["findings"]
    on_answers = [finding for finding in found if finding["code"] not in ON_TOP]
    assert [finding["code"] for finding in on_answers] == ["CG143"]
    (asked,) = told["files"][0]["account"]["promises"]
    assert on_answers[0]["message"] == f"{asked['asked']} of {asked['asked']} answers are not given yet."
    assert asked["answered"] == 0
    assert "not complete: 0 of" in told["summary"]["verdict"]


#: What is missing on top of a template: period, title, day of publication, roles, sign-off.
ON_TOP = {"CG102", "CG103", "CG122", "CG123", "CG124", "CG130"}


def filled(form: Format, data: bytes, status: str) -> bytes:
    """The template as somebody fills it in who answers everything alike."""
    if form == "xlsx":
        return filled_workbook(data, status)
    if form == "csv":
        return filled_csv(data.decode(), status).encode()
    text = data.decode()
    if form == "yaml":
        for key, value in HEAD.items():
            text = re.sub(
                rf"(?m)^( *){key.rpartition('.')[2]}:$",
                rf"\g<1>{key.rpartition('.')[2]}: {value}",
                text,
                count=1,
            )
        text = text.replace("roles: []", "roles: [deployer]")
        text = text.replace("  role:\n  date:\n", "  role: Head of AI\n  date: 2026-07-10\n")
        text = text.replace(
            "    status:\n    statement:\n", f"    status: {status}\n    statement: {STATEMENT}\n"
        )
        return text.encode()
    text = text.replace('dcterms:title ""', 'dcterms:title "Report on what was promised"')
    for term, day in (
        ("cg:periodFrom", "2025-07-01"),
        ("cg:periodTo", "2026-06-30"),
        ("dcterms:issued", "2026-07-15"),
    ):
        text = text.replace(f'{term} ""', f'{term} "{day}"^^<http://www.w3.org/2001/XMLSchema#date>')
    text = text.replace('cg:status ""', f"cg:status <https://w3id.org/commitgraph/scheme/status/{status}>")
    return text.replace('cg:statement ""', f'cg:statement "{STATEMENT}"').encode()


def filled_workbook(data: bytes, status: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["disclosure"].iter_rows(min_row=2):
        more = {"roles": "deployer", "signed-off.role": "Head of AI", "signed-off.date": "2026-07-10"}
        row[1].value = {**HEAD, **more}.get(str(row[0].value), row[1].value)
    sheet = book["entries"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number in range(2, sheet.max_row + 1):
        if sheet.cell(number, 1).value:
            sheet.cell(number, columns["status"]).value = status
            sheet.cell(number, columns["statement"]).value = STATEMENT
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled_csv(text: str, status: str) -> str:
    more = {"roles": "deployer", "signed-off.role": "Head of AI", "signed-off.date": "2026-07-10"}
    for key, value in {**HEAD, **more}.items():
        text = text.replace(f"# {key}:\n", f"# {key}: {value}\n")
    top = [line for line in text.splitlines() if line.startswith("#")]
    read = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(read[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | {"status": status, "statement": STATEMENT} for row in read)
    return "\n".join(top) + "\n" + stream.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_a_template_that_is_filled_in_is_complete(form: Format) -> None:
    told = report(NAMES[form], filled(form, blank(form), "withheld"))
    found = {finding["code"] for finding in told["files"][0]["findings"]}
    # Withheld without a reason: what is found is about these answers, and about all of them together.
    assert found - ({"CG124", "CG130"} if form == "turtle" else set()) == {"CG107", "CG581"}
    assert "; complete: 37 of 37 single promises have an entry" in told["summary"]["verdict"]


def test_a_template_half_filled_has_the_findings_of_what_is_filled() -> None:
    text = blank("yaml").decode().replace("    status:\n", "    status: perhaps\n", 2)
    found = report("x.yaml", text.encode())["files"][0]["findings"]
    on_answers = [(f["code"], f["message"]) for f in found if f["code"] not in ON_TOP]
    assert ("CG143", "35 of 37 answers are not given yet.") in on_answers
    assert [code for code, _ in on_answers if code != "CG143"] == ["CG411", "CG125"] * 2


def test_a_template_goes_from_one_format_to_another() -> None:
    first = codes("x.yaml", blank("yaml"))
    for to, name in (("xlsx", "x.xlsx"), ("turtle", "x.ttl"), ("ntriples", "x.nt"), ("csv", "x.csv")):
        converted = convert_bytes("x.yaml", blank("yaml"), to).data
        assert sorted(codes(name, converted)) == sorted(first)


def test_each_promise_stands_in_the_order_of_its_text_with_its_words() -> None:
    text = blank("yaml", "openai").decode()
    listed = re.findall(r"- commitment: (\S+)", text)
    texts = [slug.partition("/")[0] for slug in listed]
    assert len(listed) == len(set(listed))
    assert texts == sorted(texts)
    assert re.search(r"# White House voluntary AI commitments: \d+ to answer", text)
    assert "# Wording: commits" in text
    assert "softened: where appropriate" in text
    asked = (
        "SELECT ?provision ?text ?ordinal WHERE { ?provision cg:inInstrument ?text ; cg:ordinal ?ordinal }"
    )
    ordinals = {
        row["provision"].rpartition("provision/")[2]: (row["text"], int(row["ordinal"]))
        for row in rows(Embedded(load().store), asked)
    }
    assert listed == sorted(listed, key=ordinals.__getitem__)


def test_what_a_party_may_have_taken_on_is_named_apart() -> None:
    text = blank("yaml", "openai").decode()
    flat = " ".join(text.replace("#", "").split())
    assert (
        "It leaves out commitments of AI Elections Accord, EU AI Pact and EU GPAI Code of Practice of" in flat
    )
    assert "- commitment: ai-elections-accord-2024/" not in text


def test_a_party_without_a_promise_gets_a_hint_and_no_claim() -> None:
    asked = """SELECT ?party WHERE { ?party a cg:Company . FILTER NOT EXISTS { ?party cg:isBoundBy ?any } }
        ORDER BY ?party LIMIT 1"""
    (row,) = rows(Embedded(load().store), asked)
    for form in FORMATS:
        data = template(row["party"], load().store, form)
        found = codes(NAMES[form], data)
        assert "CG104" in found
        assert "CG143" not in found
    assert "# pledges: none" in template(row["party"], load().store, "yaml").decode()


def test_a_workbook_offers_the_words_of_its_lists() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank("xlsx")))
    entries = book["entries"]
    heads = {cell.value: cell for cell in entries[1]}
    rules = {
        str(rule.sqref).split(":")[0][:-1]: rule.formula1 for rule in entries.data_validations.dataValidation
    }
    letter = heads["status"].column_letter
    assert letter in rules
    sheet, _, cells = rules[letter].partition("!")
    words = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    assert words == [
        "implemented",
        "in-progress",
        "planned",
        "not-done",
        "not-applicable",
        "withheld",
        "no-information",
    ]
    assert {heads[name].column_letter for name in ("evidence.type", "assurance.type")} <= set(rules)
    assert "How far the party has come" in str(heads["status"].comment.text)
    assert [sheet.title for sheet in book] == ["disclosure", "entries", "risks", "lists"]


def test_the_turtle_of_a_template_is_read_by_others() -> None:
    assert (
        len(list(ox.parse(input=blank("turtle"), format=ox.RdfFormat.TURTLE, base_iri="http://e.example/")))
        > 100
    )
