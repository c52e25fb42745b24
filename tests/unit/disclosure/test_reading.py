"""Reading: every notation says the same, and every value knows where it stands."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from commitgraph.dataset import load
from commitgraph.disclosure import fields, judge_file_bytes
from commitgraph.disclosure.reading import jsonld_reader, turtle_reader, yaml_reader
from commitgraph.disclosure.reading.source import Remarks
from commitgraph.disclosure.reading.statements import Document
from commitgraph.disclosure.register import Register, register
from commitgraph.disclosure.resolve import resolve
from commitgraph.engine import Embedded
from commitgraph.iris import RDF_TYPE, cg, thing
from tests.unit.disclosure import examples

LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def yaml_document(text: str) -> Document:
    remarks = Remarks()
    return jsonld_reader.read(yaml_reader.read(text, remarks), remarks)


def facts(document: Document) -> set[tuple[str, str]]:
    """What a document says, without the names of its unnamed nodes."""
    resolved = resolve(document.statements, register(load().store), Remarks())
    return {
        (s.predicate.value, s.object.value) for s in resolved if "urn:commitgraph:node" not in s.object.value
    }


def test_any_json_ld_processor_reads_the_friendly_form_as_we_do() -> None:
    """The shipped context alone turns the friendly form into the same statements."""
    text = (examples.FOLDER / "good" / "short.json").read_text(encoding="utf-8")
    document = json.loads(text) | {
        "@context": fields.context(),
        "organisation": "microsoft",
        "@type": "Disclosure",
    }
    theirs = {
        (q.predicate.value, q.object.value)
        for q in ox.parse(input=json.dumps(document), format=ox.RdfFormat.JSON_LD)
        if not isinstance(q.object, (ox.BlankNode, ox.Triple))
    }
    assert facts(yaml_document(text)) == theirs


def test_turtle_and_json_ld_say_the_same() -> None:
    folder = examples.FOLDER / "good"
    own = facts(yaml_document((folder / "own-context.jsonld").read_text(encoding="utf-8")))
    friendly = facts(yaml_document((folder / "short.json").read_text(encoding="utf-8")))
    turtle = facts(turtle_reader.read((folder / "short.ttl").read_text(encoding="utf-8")))
    assert own == {fact for fact in friendly if "example.com" not in fact[1]}
    assert {value for _, value in own} - turtle_values(turtle) == {"Incidents are handled case by case."}


def turtle_values(found: set[tuple[str, str]]) -> set[str]:
    return {value for _, value in found}


@pytest.mark.parametrize(
    "name", ["complete.yaml", "short.json", "short.jsonld", "own-context.jsonld", "short.ttl"]
)
def test_places_point_at_what_was_written(name: str) -> None:
    text = (examples.FOLDER / "good" / name).read_text(encoding="utf-8")
    document = turtle_reader.read(text) if name.endswith(".ttl") else yaml_document(text)
    lines = text.split("\n")
    checked = 0
    for statement in document.statements:
        if not isinstance(statement.object, ox.Literal) or "\n" in statement.written:
            continue
        place = statement.object_at
        assert statement.written in lines[place.line - 1][place.column - 1 :], statement
        checked += 1
    assert checked >= 5


@pytest.mark.parametrize(
    "name",
    ["microsoft", "Microsoft", "Microsoft Corp.", "MICROSOFT CORPORATION", "Q2283", "https://www.wikidata.org/wiki/Q2283",
     "https://w3id.org/commitgraph/id/party/microsoft"],
)  # fmt: skip
def test_an_organisation_goes_by_any_listed_name(name: str) -> None:
    assert register(load().store).party(name) == [thing("party", "microsoft")]


def test_an_ambiguous_name_lists_what_it_may_mean() -> None:
    store = ox.Store()
    for slug in ("one", "two"):
        party = ox.NamedNode(thing("party", slug))
        store.add(ox.Quad(party, ox.NamedNode(RDF_TYPE), ox.NamedNode(cg("Party"))))
        store.add(ox.Quad(party, LABEL, ox.Literal(slug)))
        store.add(ox.Quad(party, LABEL, ox.Literal("LG")))
    remarks = Remarks()
    document = yaml_document("organisation: LG\n")
    resolved = resolve(document.statements, Register(Embedded(store)), remarks)
    (remark,) = remarks
    assert (remark.code, remark.value, remark.place[:2]) == ("CG402", "LG", (1, 15))
    assert "one (one), two (two)" in remark.message
    assert any(s.object == ox.Literal("LG") for s in resolved)


@pytest.mark.parametrize("word", ["no", "yes", "on", "1:30", "2025-01-01", "012"])
def test_yaml_words_stay_what_they_are(word: str) -> None:
    """YAML 1.2: neither `no` is false nor a date an object."""
    (statement,) = [s for s in yaml_document(f"title: {word}x\n").statements if "title" in s.predicate.value]
    assert statement.object.value == f"{word}x"
    value = yaml_reader.read(f"a: {word}\n", Remarks()).members["a"][1]
    assert value.text == word
    assert value.kind == ("number" if word == "012" else "text")


def finding_of(text: str, code: str) -> tuple[int, int]:
    report = judge_file_bytes("x.yaml", text.encode(), ("core", "coverage"), examples.TODAY)
    return next((f["line"], f["column"]) for f in report["files"][0]["findings"] if f["code"] == code)


def test_a_missing_field_points_at_what_lacks_it() -> None:
    text = "# a comment\norganisation: cisco\nperiod:\n  to: 2026-01-01\nentries:\n  - status: planned\n"
    assert finding_of(text, "CG122") == (1, 1)  # top level: the first line
    assert finding_of(text, "CG102") == (3, 1)  # the period
    assert finding_of(text, "CG105") == (6, 5)  # the entry
    assert finding_of(text, "CG501") == (5, 1)  # coverage: the entries


def test_a_fault_between_two_fields_points_at_the_later() -> None:
    before = "organisation: cisco\npublished: 2025-03-01\nperiod: {from: 2025-01-01, to: 2025-12-31}\n"
    after = "organisation: cisco\nperiod: {from: 2025-01-01, to: 2025-12-31}\npublished: 2025-03-01\n"
    assert finding_of(before, "CG208")[0] == 3
    assert finding_of(after, "CG208")[0] == 3
    assert finding_of("period: {to: 2025-01-01, from: 2025-12-31}\n", "CG204") == (1, 32)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(end: str) -> None:
    text = 'title: "a\u2028b\u0085c"\norganisation: nobody at all\n'.replace("\n", end)
    assert finding_of(text, "CG401") == (2, 15)


@pytest.mark.parametrize(
    ("word", "kind"), [("~", "null"), ("null", "null"), ("", "null"), ("'~'", "text"), ("nil", "text")]
)
def test_yaml_tells_nothing_from_a_word(word: str, kind: str) -> None:
    assert yaml_reader.read(f"a: {word}\n", Remarks()).members["a"][1].kind == kind


def test_json_may_name_the_schema_that_an_editor_holds_it_to() -> None:
    plain = {"commitgraph": "disclosure/1", "organisation": "cisco"}
    named = {"$schema": "https://w3id.org/commitgraph/schema/disclosure.json", **plain}
    found = [
        [
            finding["code"]
            for finding in judge_file_bytes("x.json", json.dumps(one).encode())["files"][0]["findings"]
        ]
        for one in (plain, named)
    ]
    assert found[0] == found[1]


def test_two_days_for_one_target_are_one_too_many() -> None:
    text = """@prefix cg: <https://w3id.org/commitgraph/ns#> .
    [] a cg:Disclosure ; cg:entry [ cg:targetDate "2026-12-31", "2027-05-01" ] ."""
    codes = [one["code"] for one in judge_file_bytes("x.ttl", text.encode())["files"][0]["findings"]]
    assert "CG111" in codes


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ('version: "1"', "version: 1", "CG785"),
        ("date: 2026-03-01, version", "date: 20260301, version", "CG560"),
    ],
)
def test_what_is_of_a_wrong_kind_is_not_said_to_be_missing(old: str, new: str, missing: str) -> None:
    good = (examples.FOLDER / "good" / "frontier.yaml").read_text(encoding="utf-8")
    profiles = ("core", "evidence", "frontier")
    report = judge_file_bytes("x.yaml", good.replace(old, new, 1).encode(), profiles, examples.TODAY)
    told = {finding["code"] for finding in report["files"][0]["findings"]}
    assert told & {"CG108", "CG201"}
    assert missing not in told
