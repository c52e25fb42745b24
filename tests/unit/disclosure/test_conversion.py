"""Conversion: the same disclosure in another notation has the same findings, or is refused with a reason."""

from __future__ import annotations

import io
import json
from collections import Counter
from functools import cache
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitgraph.disclosure import fields, judge_file_bytes
from commitgraph.disclosure.reading.agreement import shape_of
from commitgraph.disclosure.writing.conversion import TARGETS, NotHeld, NotRead, convert, convert_bytes
from commitgraph.iris import RDF_TYPE
from tests.unit.disclosure import examples
from tests.unit.disclosure.test_notations import DISCLOSURES, Fields, disclosure, entry

RDF = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
#: One target of each kind for all disclosures; all targets for the one that has most in it.
CASES = [(name, to) for name in DISCLOSURES for to in ("yaml", "xlsx", "ntriples")]
CASES.remove(("twice", "xlsx"))  # its two entries that say the same would be one in a table
CASES += [("complete", to) for to in TARGETS if to not in ("yaml", "xlsx", "ntriples", "csv")]


def file_of(to: str) -> str:
    return f"x{TARGETS[to].extensions[0]}"


def made(content: Fields, to: str) -> bytes:
    return convert_bytes("x.json", json.dumps(content).encode(), to).data


def told(name: str, data: bytes) -> Counter[tuple[str, str]]:
    report = judge_file_bytes(name, data, ("core", "coverage"), examples.TODAY)
    return Counter((found["code"], found["severity"]) for found in report["files"][0]["findings"])


def triples(to: str, data: bytes) -> list[ox.Triple]:
    """What any other tool reads, the disclosure without a name."""
    if to == "jsonld":
        data = json.dumps(json.loads(data) | {"@context": fields.context()}).encode()
    found = [quad.triple for quad in ox.parse(input=data, format=RDF[to], base_iri="http://file.example/x")]
    (own,) = (triple.subject for triple in found if triple.predicate.value == RDF_TYPE)
    root = ox.BlankNode("root")
    return [ox.Triple(root if t.subject == own else t.subject, t.predicate, t.object) for t in found]


@cache
def findings(name: str) -> Counter[tuple[str, str]]:
    return told("x.json", json.dumps(DISCLOSURES[name]).encode())


@pytest.mark.parametrize(("name", "to"), CASES)
def test_a_converted_file_has_the_findings_of_the_first(name: str, to: str) -> None:
    assert told(file_of(to), made(DISCLOSURES[name], to)) == findings(name)


@pytest.mark.parametrize("to", [to for to in TARGETS if to != "csv"])
def test_from_every_notation_there_is_a_way_back(to: str) -> None:
    there = made(DISCLOSURES["complete"], to)
    back = convert_bytes(file_of(to), there, "json").data
    assert json.loads(back) == DISCLOSURES["complete"]


def test_a_csv_file_comes_back_as_it_was() -> None:
    content = disclosure(risks=None, title='Report; "final"; a, b;', roles=["user"])
    back = convert_bytes("x.csv", made(content, "csv"), "json").data
    assert json.loads(back) == content


@pytest.mark.parametrize("to", RDF)
def test_rdf_names_things_as_the_graph_does(to: str) -> None:
    """What any other tool reads: names are addresses, and no context of ours has to guess."""
    data = made(disclosure(organisation="Microsoft Corporation"), to)
    values = {getattr(triple.object, "value", "") for triple in triples(to, data)}
    assert "https://w3id.org/commitgraph/id/party/microsoft" in values
    assert "https://w3id.org/commitgraph/id/provision/seoul-ai-business-pledge/a1-3-i" in values
    assert "https://w3id.org/commitgraph/scheme/status/implemented" in values
    assert not any(value.startswith(("urn:commitgraph", "file:")) for value in values)


def test_all_forms_of_rdf_say_the_same() -> None:
    content = disclosure(
        organisation="Q2283",
        published="2026-07",
        entries=[entry(evidence=[{"date": "2025", "title": "A", "public": False}])],
    )
    shapes = [shape_of(triples(to, made(content, to))) for to in RDF]
    assert all(shape == shapes[0] for shape in shapes)


# ------------------------------------------------------------ what is refused

REFUSED: dict[str, tuple[str, str, str, str]] = {
    "risks in CSV": ("csv", "x.yaml", "organisation: cisco\nrisks:\n  - right: privacy\n", "line 2, `risks`"),
    "a language": (
        "xlsx",
        "x.json",
        '{"organisation": "cisco",\n "title": {"@value": "보고", "@language": "ko"}}',
        "line 2, `title`: a text in the language ko",
    ),
    "an address of its own": (
        "csv",
        "x.ttl",
        "<http://e.example/r> a <https://w3id.org/commitgraph/ns#Disclosure> .",
        "`disclosure`: its own address <http://e.example/r>",
    ),
    "a formula": (
        "csv",
        "x.yaml",
        "organisation: cisco\nentries:\n  - status: planned\n    statement: =1+1\n",
        "line 4, `statement`: a spreadsheet program",
    ),
    "a control character": ("xlsx", "x.json", '{"organisation": "cisco", "title": "a\\u0001b"}', "`title`"),
    "entries that say the same": ("xlsx", "x.json", json.dumps(DISCLOSURES["twice"]), "`entries`"),
    "entries that would run together": (
        "csv",
        "x.yaml",
        "organisation: cisco\nentries:\n  - status: planned\n  - evidence: [{title: A}]\n",
        "`entries`",
    ),
    "a list with the mark that parts it": (
        "xlsx",
        "x.yaml",
        "organisation: cisco\nrisks:\n  - stakeholders: ['a; b']\n",
        "line 3, `stakeholders`",
    ),
    "a text longer than a cell": (
        "xlsx",
        "x.json",
        json.dumps({"organisation": "cisco", "title": "long " * 7_000}),
        "at most 32,767",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_notation_cannot_hold_is_named_with_its_place(case: str) -> None:
    to, name, content, expected = REFUSED[case]
    with pytest.raises(NotHeld) as failure:
        convert_bytes(name, content.encode(), to)
    assert expected in str(failure.value)


@pytest.mark.parametrize(
    "path", ["CG109-unknown-field.yaml", "CG005-trailing-comma.json", "CG108-entries-not-a-list.json"]
)
def test_what_was_not_understood_is_told_as_validate_tells_it(path: str) -> None:
    file = examples.FOLDER / "bad" / path
    with pytest.raises(NotRead) as failure:
        convert(file, "yaml")
    expected = examples.report(file)["files"][0]["findings"]
    got = failure.value.report.findings
    assert got
    assert {(f.code, f.line, f.message) for f in got} <= {
        (f["code"], f["line"], f["message"]) for f in expected
    }


def test_comments_are_counted_and_not_taken_from_texts() -> None:
    content = (
        b"# one\norganisation: cisco  # two\ntitle: 'no # comment'\n"
        b"# commitgraph: allow CG102 until 2027-01-01: in another file\n"
    )
    done = convert_bytes("x.yaml", content, "turtle")
    assert (done.comments, done.allowing) == (3, 1)
    kept = convert_bytes("x.yaml", content, "yaml")
    assert (kept.data, kept.comments) == (content, 0)


def test_a_workbook_holds_texts_as_texts() -> None:
    content = disclosure(title="=1+1", entries=[entry(statement="#N/A", reason="2025-01-01", evidence=None)])
    book = openpyxl.load_workbook(io.BytesIO(made(content, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {"=1+1", "#N/A"} <= {cell.value for cell in cells}
    assert book["lists"].sheet_state == "hidden"
    assert book["entries"].freeze_panes == "B2"


def test_yaml_is_as_people_write_it() -> None:
    content = disclosure(
        entries=[entry(statement="word " * 40 + "end", evidence=None, assurance=None)], risks=None
    )
    text = made(content, "yaml").decode()
    assert "published: 2026-07-15\n" in text
    assert "roles: [model-developer, deployer]\n" in text
    assert "    statement: >-\n      word word" in text
    assert max(map(len, text.splitlines())) <= 110


# ------------------------------------------------------------ any disclosure

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SAID = st.sampled_from(
    ["implemented", "no status", "2025-01-01", "2025", "true", "null", "- a", "a: b", "x #y", "~"]
)
TEXT = WORDS | SAID
EVIDENCE = st.fixed_dictionaries(
    {}, optional={"type": TEXT, "title": TEXT, "url": TEXT, "date": TEXT, "public": st.booleans()}
).filter(bool)
ENTRY = st.fixed_dictionaries(
    {},
    optional={
        "commitment": st.sampled_from(["seoul-ai-business-pledge/a1-3-i"]) | TEXT,
        "status": TEXT,
        "statement": TEXT,
        "reason": TEXT,
        "evidence": st.lists(EVIDENCE, max_size=3),
        "assurance": st.fixed_dictionaries({}, optional={"type": TEXT, "by": TEXT}),
    },
).filter(bool)
RISK = st.fixed_dictionaries(
    {"description": TEXT},
    optional={"right": TEXT, "stakeholders": st.lists(TEXT.filter(str.strip), max_size=3)},
)
DISCLOSURE = st.fixed_dictionaries(
    {"organisation": st.sampled_from(["cisco", "Cisco Systems, Inc."]) | TEXT},
    optional={
        "title": TEXT,
        "period": st.fixed_dictionaries({}, optional={"from": TEXT, "to": TEXT}),
        "roles": st.lists(TEXT.filter(str.strip), max_size=3),
        "entries": st.lists(ENTRY, max_size=3),
        "risks": st.lists(RISK, max_size=2),
    },
)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(DISCLOSURE)
def test_any_disclosure_is_held_or_refused(content: Fields) -> None:
    """Conversion reads what it wrote and refuses a difference: so to succeed is to have lost nothing."""
    data = json.dumps(content).encode()
    for to in ("yaml", "jsonld", "turtle", "ntriples"):
        written = convert_bytes("x.json", data, to)
        assert convert_bytes(file_of(to), written.data, "json").data
    for to in ("csv", "xlsx", "rdfxml"):
        try:
            convert_bytes("x.json", data, to)
        except NotHeld as failure:
            assert "cannot hold" in str(failure)


def test_a_file_that_is_not_there_is_told_as_validate_tells_it(tmp_path: Path) -> None:
    with pytest.raises(NotRead) as failure:
        convert(tmp_path / "none.yaml", "json")
    assert [finding.code for finding in failure.value.report.findings] == ["CG001"]
    with pytest.raises(ValueError, match="expected one of yaml"):
        convert(tmp_path / "none.yaml", "docx")
