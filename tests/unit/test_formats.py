"""Results in the formats of the W3C."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from commitgraph.engine import Embedded, formats
from commitgraph.engine.formats import FormatError

ROWS = """
SELECT ?what ?value WHERE {
  VALUES (?what ?value) {
    ("language" "Straße"@de) ("typed" "2024"^^<http://www.w3.org/2001/XMLSchema#gYear>)
    ("plain" "a,\\"b\\"\\n\\tc")
    ("iri" <https://example.org/ü>) ("number" 7) ("nothing" UNDEF)
  }
} ORDER BY ?what
"""
GRAPH = 'CONSTRUCT { <urn:b> <urn:p> "x" . <urn:a> <urn:p> <urn:b> } WHERE {}'


@pytest.fixture(scope="module")
def empty() -> Embedded:
    return Embedded(ox.Store())


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_rows_come_back_term_by_term(empty: Embedded, form: str) -> None:
    parsed = ox.parse_query_results(formats.write(empty.query(ROWS), form), format=formats.ROWS[form].syntax)
    assert isinstance(parsed, ox.QuerySolutions)
    found = {row["what"].value: row["value"] for row in parsed}
    year = ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
    assert found == {
        "language": ox.Literal("Straße", language="de"),
        "typed": ox.Literal("2024", datatype=year),
        "plain": ox.Literal('a,"b"\n\tc'),
        "iri": ox.NamedNode("https://example.org/ü"),
        "number": ox.Literal(7),
        "nothing": None,
    }


def test_csv_is_quoted_as_the_rfc_says(empty: Embedded) -> None:
    text = formats.write(empty.query(ROWS), "csv").decode()
    assert text.startswith("what,value\r\niri,https://example.org/ü\r\nlanguage,Straße\r\nnothing,\r\n")
    assert 'plain,"a,""b""\n\tc"\r\n' in text


def test_a_blank_node_keeps_its_kind(empty: Embedded) -> None:
    data = json.loads(formats.write(empty.query("SELECT (BNODE() AS ?x) WHERE {}"), "json"))
    assert data["results"]["bindings"][0]["x"]["type"] == "bnode"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("json", '{"head":{},"boolean":true}\n'),
        ("csv", "true\n"),
        ("tsv", "true\n"),
        (
            "xml",
            '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            "<head></head><boolean>true</boolean></sparql>",
        ),
    ],
)
def test_a_boolean_has_a_form_everywhere(empty: Embedded, form: str, expected: str) -> None:
    assert formats.write(empty.query("ASK {}"), form).decode() == expected


def test_no_is_written_as_false(empty: Embedded) -> None:
    assert formats.write(empty.query("ASK { ?s ?p ?o }"), "csv") == b"false\n"


def test_a_graph_is_written_in_order_with_the_prefixes_it_uses(empty: Embedded, engine: Embedded) -> None:
    graph = empty.query(GRAPH)
    assert formats.write(graph, "ntriples") == b'<urn:a> <urn:p> <urn:b> .\n<urn:b> <urn:p> "x" .\n'
    many = "CONSTRUCT { ?s a ?s } WHERE { VALUES ?s { <urn:3> <urn:1> <urn:4> <urn:5> <urn:2> } }"
    lines = formats.write(empty.query(many), "ntriples").splitlines()
    assert lines == sorted(lines)
    assert {node["@id"] for node in json.loads(formats.write(graph, "jsonld"))} == {"urn:a", "urn:b"}
    turtle = formats.write(
        engine.query("DESCRIBE <https://w3id.org/commitgraph/ns#force>"), "turtle"
    ).decode()
    assert "@prefix cg: <https://w3id.org/commitgraph/ns#> ." in turtle
    assert "@prefix oa:" not in turtle


@pytest.mark.parametrize(
    ("query", "form", "message"),
    [
        (
            GRAPH,
            "csv",
            "expected a format of turtle, ntriples, jsonld, rdfxml, trig, nquads "
            "for a CONSTRUCT or DESCRIBE query, got 'csv'",
        ),
        (
            "ASK {}",
            "turtle",
            "expected a format of json, xml, csv, tsv for a SELECT or ASK query, got 'turtle'",
        ),
    ],
)
def test_a_form_that_does_not_fit_is_refused(empty: Embedded, query: str, form: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        formats.write(empty.query(query), form)
    assert str(caught.value) == message


def test_a_result_is_true_where_the_answer_is_yes_or_something_was_found(empty: Embedded) -> None:
    assert empty.query("ASK {}")
    assert not empty.query("ASK { ?s ?p ?o }")
    assert empty.query(ROWS)
    assert not empty.query("SELECT * { ?s ?p ?o }")
    assert empty.query(GRAPH)
    assert not empty.query("CONSTRUCT WHERE { ?s ?p ?o }")
