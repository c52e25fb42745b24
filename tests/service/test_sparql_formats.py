"""Formats, content codings and validators of answers."""

from __future__ import annotations

import csv
import gzip
import io
import json
from xml.etree import ElementTree as ET

import brotli
import httpx
import pyoxigraph as ox
import pytest

from commitgraph.engine import Embedded, QueryError, Remote

from .conftest import PARTIES, Service
from .test_sparql_protocol import is_problem

ROWS = """PREFIX cg: <https://w3id.org/commitgraph/ns#>
SELECT ?s ?text { ?s cg:ordinal 7 ; cg:summary ?text }"""
TEXT = 'Nº 7,\n"ü" & <x>'
GRAPH = "CONSTRUCT { ?s a ?c } { ?s a ?c }"
ROW_TYPES = {
    "application/sparql-results+json": ("json", ox.QueryResultsFormat.JSON),
    "application/sparql-results+xml": ("xml", ox.QueryResultsFormat.XML),
    "text/csv": ("csv", None),
    "text/tab-separated-values": ("tsv", ox.QueryResultsFormat.TSV),
}
GRAPH_TYPES = {
    "text/turtle": ("turtle", ox.RdfFormat.TURTLE),
    "application/n-triples": ("nt", ox.RdfFormat.N_TRIPLES),
    "application/ld+json": ("jsonld", ox.RdfFormat.JSON_LD),
    "application/rdf+xml": ("rdf", ox.RdfFormat.RDF_XML),
    "application/trig": ("trig", ox.RdfFormat.TRIG),
    "application/n-quads": ("nq", ox.RdfFormat.N_QUADS),
}


def media_type(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return answer.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize("wanted", ROW_TYPES)
def test_every_row_format_carries_the_values(service: Service, wanted: str) -> None:
    name, reader = ROW_TYPES[wanted]
    for answer in (service.ask(ROWS, accept=wanted), service.ask(ROWS, accept="image/png", format=name)):
        assert media_type(answer) == wanted
        if reader is None:
            assert list(csv.reader(io.StringIO(answer.text, newline="")))[1][1] == TEXT
        else:
            rows = ox.parse_query_results(answer.content, format=reader)
            assert isinstance(rows, ox.QuerySolutions)
            assert [row["text"].value for row in rows] == [TEXT]


@pytest.mark.parametrize("wanted", ROW_TYPES)
def test_every_row_format_carries_a_boolean(service: Service, wanted: str) -> None:
    for query, expected in (("ASK {}", "true"), ("ASK { FILTER(1 = 2) }", "false")):
        answer = service.ask(query, accept=wanted)
        assert media_type(answer) == wanted
        if wanted.endswith("json"):
            assert json.loads(answer.text)["boolean"] is (expected == "true")
        elif wanted.endswith("xml"):
            tree = ET.fromstring(answer.text)  # noqa: S314  (our own answer)
            assert tree.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == expected
        else:
            assert answer.text.strip() == expected


@pytest.mark.parametrize("wanted", GRAPH_TYPES)
def test_every_graph_format_carries_the_triples(service: Service, wanted: str) -> None:
    name, reader = GRAPH_TYPES[wanted]
    for query in (GRAPH, "DESCRIBE <https://w3id.org/commitgraph/id/party/p7>"):
        answers = (service.ask(query, accept=wanted), service.ask(query, accept="image/png", format=name))
        for answer in answers:
            assert media_type(answer) == wanted
            triples = {str(quad) for quad in ox.parse(answer.content, format=reader)}
            assert len(triples) == (PARTIES + 1 if query == GRAPH else 3)


def test_turtle_uses_our_prefixes(service: Service) -> None:
    text = service.ask(GRAPH).text
    assert "@prefix cg: <https://w3id.org/commitgraph/ns#>" in text
    assert "skos:" not in text


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (ROWS, "", "application/sparql-results+json"),
        (ROWS, "*/*", "application/sparql-results+json"),
        (ROWS, "text/*", "text/csv"),
        (ROWS, "text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (ROWS, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (ROWS, "application/json", "application/json"),
        (ROWS, "image/png, text/csv;q=0.1", "text/csv"),
        (ROWS, "text/html, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
        (GRAPH, "*/*", "text/turtle"),
        (GRAPH, "text/html, application/ld+json;q=0.5, text/turtle;q=0.4", "application/ld+json"),
        (GRAPH, "TEXT/TURTLE; charset=utf-8", "text/turtle"),
        (GRAPH, "application/rdf+xml, text/turtle", "text/turtle"),
    ],
)
def test_the_client_chooses_the_format(service: Service, query: str, accept: str, expected: str) -> None:
    answer = service.client.post(service.endpoint, data={"query": query}, headers={"Accept": accept})
    assert media_type(answer) == expected
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [(ROWS, "image/png"), (ROWS, "text/turtle"), (GRAPH, "text/csv"), (ROWS, "text/html"), (ROWS, "*/*;q=0")],
)
def test_what_we_cannot_write_is_406_with_our_offer(service: Service, query: str, accept: str) -> None:
    answer = service.ask(query, accept=accept)
    assert is_problem(answer, 406)
    assert "text/turtle" in answer.json()["detail"]
    assert "text/csv" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "wanted", "expected"),
    [
        (ROWS, "text/csv", "text/csv"),
        (ROWS, "application/json", "application/json"),
        (GRAPH, "application/json", "application/json"),
        (ROWS, "application/xml", "application/xml"),
        (ROWS, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ROWS, "application/sparql-results xml", "application/sparql-results+xml"),
        (GRAPH, "TEXT/TURTLE; charset=utf-8", "text/turtle"),
    ],
)
def test_a_media_type_is_a_value_of_format(service: Service, query: str, wanted: str, expected: str) -> None:
    assert media_type(service.ask(query, accept="image/png", format=wanted)) == expected


def test_an_unknown_format_is_answered_with_those_there_are(service: Service) -> None:
    answer = service.ask(ROWS, format="xlsx")
    assert is_problem(answer, 400)
    assert "json, xml, csv, tsv, turtle" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query", ["SELECT * WHRE { ?s ?p ?o }", "ASK { SERVICE <urn:x> {} }", "SELECT * { ?s cg:p 1 }"]
)
def test_a_remote_engine_tells_of_a_fault_what_the_service_says(service: Service, query: str) -> None:
    with pytest.raises(QueryError) as here:
        Embedded(ox.Store()).query(query)
    with pytest.raises(QueryError) as there:
        Remote(service.endpoint).query(query)
    assert there.value.reason == f"{service.endpoint} refused the query: {here.value.reason}"
    for name in ("line", "column", "suggestion"):
        assert getattr(there.value, name) == getattr(here.value, name)


def test_format_for_the_other_kind_of_query_is_406(service: Service) -> None:
    assert is_problem(service.ask(ROWS, format="turtle"), 406)
    assert is_problem(service.ask(GRAPH, format="csv"), 406)


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_large_answers_are_compressed_on_request(service: Service, coding: str) -> None:
    address = f"{service.endpoint}?query=SELECT*%7B?s?p?o%7D&format=csv"
    plain = service.client.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with service.client.stream("GET", address, headers={"Accept-Encoding": coding}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == coding
    assert int(answer.headers["content-length"]) == len(raw) < len(plain.content) / 5
    assert (gzip.decompress(raw) if coding == "gzip" else brotli.decompress(raw)) == plain.content
    for response in (plain, answer):
        assert "Accept-Encoding" in response.headers["vary"]


def test_refused_coding_is_not_used(service: Service) -> None:
    answer = service.get({"Accept-Encoding": "gzip;q=0, br;q=0"}, query="SELECT * { ?s ?p ?o }")
    assert "content-encoding" not in answer.headers


def test_small_answers_are_not_compressed(service: Service) -> None:
    answer = service.get({"Accept-Encoding": "gzip, br"}, query="ASK {}")
    assert "content-encoding" not in answer.headers


def test_a_client_with_the_answer_gets_304(service: Service) -> None:
    first = service.get(query=ROWS)
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = service.get({"If-None-Match": known}, query=ROWS)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["vary"] == first.headers["vary"]
        assert again.headers["x-data-version"] == first.headers["x-data-version"]
    assert service.get({"If-None-Match": '"other"'}, query=ROWS).status_code == 200


def test_the_tag_changes_with_the_question(service: Service) -> None:
    graph = "https://w3id.org/commitgraph/graph/data/y"
    tags = [
        service.get(query=ROWS).headers["etag"],
        service.get(query=ROWS + " ").headers["etag"],
        service.get({"Accept": "text/csv"}, query=ROWS).headers["etag"],
        service.client.get(service.endpoint, params={"query": ROWS, "default-graph-uri": graph}).headers[
            "etag"
        ],
        service.client.get(service.endpoint, params={"query": ROWS, "named-graph-uri": graph}).headers[
            "etag"
        ],
    ]
    assert len(set(tags)) == len(tags)


def test_answers_come_whole(service: Service) -> None:
    query = "SELECT * { ?s ?p ?o . ?o2 ?p2 ?s2 } LIMIT 99999"
    headers = {"Accept": "text/tab-separated-values", "Accept-Encoding": "identity"}
    answer = service.client.post(service.endpoint, data={"query": query}, headers=headers)
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.content.count(b"\n") == 100_000
