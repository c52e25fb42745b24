"""The rules of the SPARQL 1.1 Protocol, seen from outside."""

from __future__ import annotations

import json
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import httpx
import pytest

from .conftest import PARTIES, Service

GRAPH = "https://w3id.org/commitgraph/graph/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def count(response: httpx.Response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def is_problem(response: httpx.Response, status: int) -> bool:
    document = response.json()
    return (
        response.status_code == status == document["status"]
        and response.headers["content-type"] == "application/problem+json"
        and bool(document["type"] and document["title"] and document["detail"])
    )


def test_get_form_and_direct_post_give_the_same_answer(service: Service) -> None:
    client, url = service.client, service.endpoint
    answers = [
        client.get(url, params={"query": COUNT}),
        client.post(url, data={"query": COUNT}),
        client.post(url, content=COUNT, headers=DIRECT),
        client.post(url, content=COUNT, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}),
    ]
    assert {count(answer) for answer in answers} == {3 * PARTIES + 2}


def test_default_graph_is_the_merge_of_all_graphs(service: Service) -> None:
    # The label stands in both files; a merge holds it once.
    answer = service.ask("SELECT (COUNT(*) AS ?n) { cg:Party rdfs:label ?l }".join([
        "PREFIX cg: <https://w3id.org/commitgraph/ns#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> ", ""
    ]))  # fmt: skip
    assert count(answer) == 1


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_data_set_parameters_are_honoured(service: Service, method: str) -> None:
    def ask(query: str, *graphs: tuple[str, str]) -> int:
        address = "&".join(f"{name}={quote(graph, safe='')}" for name, graph in graphs)
        if method == "get":
            return count(service.client.get(f"{service.endpoint}?{address}&query={quote(query)}"))
        if method == "form":
            body = f"query={quote(query)}&{address}"
            return count(service.client.post(service.endpoint, content=body, headers=FORM))
        url = f"{service.endpoint}?{address}"
        return count(service.client.post(url, content=query, headers=DIRECT))

    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    x, y, unknown = GRAPH + "ontology/x", GRAPH + "data/y", "http://127.0.0.1:9/nothing"
    assert ask(COUNT, ("default-graph-uri", x)) == 2
    assert ask(COUNT, ("default-graph-uri", unknown)) == 0
    assert ask(COUNT, ("named-graph-uri", x)) == 0
    assert ask(in_graphs, ("named-graph-uri", x)) == 2
    assert ask(in_graphs, ("default-graph-uri", x)) == 0
    assert ask(in_graphs, ("default-graph-uri", y), ("named-graph-uri", x), ("named-graph-uri", unknown)) == 2
    # The protocol's data set goes before the query's own.
    assert ask(COUNT.replace("{", f"FROM <{y}> {{", 1), ("default-graph-uri", x)) == 2


@pytest.mark.parametrize(
    ("clause", "pattern", "expected"),
    [
        (f"FROM <{GRAPH}ontology/x>", "?s ?p ?o", 2),
        (f"FROM<{GRAPH}ontology/x>", "?s ?p ?o", 2),
        ("FROM <http://127.0.0.1:9/nothing>", "?s ?p ?o", 0),
        (f"FROM NAMED <{GRAPH}ontology/x>", "?s ?p ?o", 0),
        (f"FROM NAMED <{GRAPH}ontology/x>", "GRAPH ?g { ?s ?p ?o }", 2),
        ("", "GRAPH ?g { ?s ?p ?o }", 3 * PARTIES + 3),
        ("", "GRAPH <http://127.0.0.1:9/nothing> { ?s ?p ?o }", 0),
    ],
)
def test_from_decides_the_data_set(service: Service, clause: str, pattern: str, expected: int) -> None:
    assert count(service.ask(f"SELECT (COUNT(*) AS ?n) {clause} {{ {pattern} }}")) == expected


def test_form_is_decoded_once(service: Service) -> None:
    answer = service.ask('SELECT ("a%20b+c&d=%C3%BC" AS ?x) {}')
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "a%20b+c&d=%C3%BC"


@pytest.mark.parametrize(
    ("request_", "headers", "status"),
    [
        (("GET", "?query=", ""), {}, 400),
        (("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", ""), {}, 400),
        (("GET", "?default-graph-uri=urn:x", ""), {}, 400),
        (("GET", "?query=%FF%FE", ""), {}, 400),
        (("GET", "?query=ASK%7B%7D&default-graph-uri=not+an+iri", ""), {}, 400),
        (("GET", "?query=ASK%7B%7D&timeout=soon", ""), {}, 400),
        (("GET", "?query=ASK%7B%7D&timeout=-1", ""), {}, 400),
        (("GET", "?query=ASK%7B%7D&format=docx", ""), {}, 400),
        (("GET", "?update=CLEAR+ALL", ""), {}, 403),
        (("GET", "?query=ASK%7B", ""), {}, 400),
        (("POST", "", ""), FORM, 400),
        (("POST", "", "query=ASK%7B%7D&query=ASK%7B%7D"), FORM, 400),
        (("POST", "?query=ASK%7B%7D", "query=ASK%7B%7D"), FORM, 400),
        (("POST", "?query=ASK%7B%7D", "ASK {}"), DIRECT, 400),
        (("POST", "", ""), DIRECT, 400),
        (("POST", "", "ASK {}".encode("utf-16")), DIRECT, 400),
        (("POST", "", "ASK {}"), {"Content-Type": "application/sparql-query; charset=utf-16"}, 415),
        (("POST", "", "query=ASK%7B%7D"), {}, 415),
        (("POST", "", "ASK {}"), {"Content-Type": "text/plain"}, 415),
        (("POST", "", "query=ASK%7B%7D"), {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        (("POST", "", "update=CLEAR+ALL"), FORM, 403),
        (("POST", "", "CLEAR ALL"), {"Content-Type": "application/sparql-update"}, 403),
        (("POST", "", "CLEAR ALL"), DIRECT, 400),
        (("POST", "", "PREFIX x: <urn:x> INSERT DATA { x:a x:b x:c }"), DIRECT, 400),
        (("POST", "", "LOAD <http://127.0.0.1:9/x>"), DIRECT, 400),
        (("PUT", "?query=ASK%7B%7D", ""), {}, 405),
        (("DELETE", "", ""), {}, 405),
        (("POST", "", "ASK {} #" + "x" * 100_000), DIRECT, 413),
        (("POST", "", "query=ASK%7B%7D%23" + "x" * 500_000), FORM, 413),
    ],
)
def test_wrong_requests_get_a_problem_document(
    service: Service, request_: tuple[str, str, str | bytes], headers: dict[str, str], status: int
) -> None:
    method, url, body = request_
    answer = service.client.request(method, service.endpoint + url, content=body, headers=headers)
    assert is_problem(answer, status), (answer.status_code, answer.text)


def test_large_query_within_the_limit_is_answered(service: Service) -> None:
    values = " ".join(f"<urn:x:{number}>" for number in range(6000))
    answer = service.ask(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}")
    assert count(answer) == 6000


def test_too_long_address_is_told_to_use_post(service: Service) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{service.endpoint}?query=ASK%7B%7D%23{'x' * 100_000}")
    assert refused.value.code == 414
    assert "POST" in json.load(refused.value)["detail"]
    assert service.lives()


def test_syntax_error_says_where_and_what(service: Service) -> None:
    document = service.ask("SELECT * {\n  ?party cg:summary ?text\n}").json()
    assert (document["status"], document["line"], document["column"]) == (400, 2, 10)
    assert document["near"].startswith("cg:summary")
    assert "PREFIX cg: <https://w3id.org/commitgraph/ns#>" in document["suggestion"]


def test_unknown_function_is_the_clients_fault(service: Service) -> None:
    assert is_problem(service.ask("SELECT (<urn:f>(1) AS ?x) {}"), 400)


def test_relative_iris_are_read_against_the_project(service: Service) -> None:
    answer = service.ask("SELECT (COUNT(*) AS ?n) { <id/party/p1> ?p ?o }")
    assert count(answer) == 3


def test_without_a_query_programs_get_the_service_description(service: Service) -> None:
    for accept, start in (("*/*", "@prefix"), ("application/n-triples", "<http://127.0.0.1")):
        answer = service.get({"Accept": accept})
        assert answer.status_code == 200
        assert answer.text.startswith(start)
        assert "http://www.w3.org/ns/sparql-service-description#" in answer.text
        assert service.endpoint in answer.text
        assert GRAPH + "data/y" in answer.text
        assert "Accept" in answer.headers["vary"]
    assert is_problem(service.get({"Accept": "application/sparql-results+json"}), 406)


def test_without_a_query_browsers_get_a_page(service: Service) -> None:
    answer = service.get({"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<form" in answer.text


def test_head_agrees_with_get_and_options_tells_the_methods(service: Service) -> None:
    for parameters in ({"query": COUNT}, {"query": "ASK {"}, {}):
        head = service.client.head(service.endpoint, params=parameters)
        get = service.client.get(service.endpoint, params=parameters)
        assert head.status_code == get.status_code
        assert head.content == b""
        for header in ("content-type", "content-length", "etag", "vary", "x-data-version"):
            assert head.headers.get(header) == get.headers.get(header), header
    options = service.client.options(service.endpoint)
    assert options.status_code == 204
    assert {"GET", "HEAD", "POST"} <= set(options.headers["allow"].split(", "))


def test_any_origin_may_ask(service: Service) -> None:
    preflight = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    answer = service.client.options(service.endpoint, headers=preflight)
    assert answer.is_success
    assert "authorization" in answer.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    for response in (service.ask("ASK {}"), service.ask("ASK {"), service.client.put(service.endpoint)):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "Retry-After" in response.headers["access-control-expose-headers"]


def test_every_response_names_the_data_version(service: Service) -> None:
    ready = service.client.get(f"{service.url}/readyz")
    version = ready.json()["dataVersion"]
    paths = ("/healthz", "/readyz", "/nothing-here", "/sparql", "/sparql?query=ASK%7B")
    for path in paths:
        assert service.client.get(service.url + path).headers["x-data-version"] == version
    assert version[:12] in service.greeting


def test_other_addresses_answer_with_problem_documents(service: Service) -> None:
    assert is_problem(service.client.get(f"{service.url}/api/nothing"), 404)
    assert is_problem(service.client.post(f"{service.url}/healthz"), 405)
