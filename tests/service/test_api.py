"""The JSON API: saved questions and search as endpoints, one shape of errors, a description that is true."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_spec_validator import validate as validate_description
from pydantic import TypeAdapter

from commitgraph import questions
from commitgraph.home import home as shipped_home
from commitgraph.questions import Question
from commitgraph.web.api.models import ProblemDocument
from commitgraph.web.api.queries import FORMAT, AnyAnswer, Catalogue
from commitgraph.web.api.search import Hits
from tests.service.conftest import Service

QUESTIONS = questions.questions()
ANSWER: TypeAdapter[Any] = TypeAdapter(AnyAnswer)
PLEDGE = "https://w3id.org/commitgraph/id/instrument/seoul-ai-business-pledge"


def get(service: Service, path: str, accept: str | None = None, **parameters: str) -> httpx.Response:
    headers = {"Accept": accept} if accept else {}
    return service.client.get(service.url + path, params=parameters, headers=headers)


def problem(response: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """The problem document of `response`, held to its declared shape."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    ProblemDocument.model_validate(document)
    assert document["type"].endswith(f"/problem/{name}")
    assert document["status"] == status
    return document


@pytest.fixture(scope="module")
def description(shipped: Service) -> dict[str, Any]:
    document: dict[str, Any] = get(shipped, "/api/openapi.json").json()
    return document


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_saved_question_answers_in_the_declared_shape(shipped: Service, question: Question) -> None:
    response = get(shipped, f"/api/queries/{question.name}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    document = response.json()
    ANSWER.validate_python(document)
    assert document["dataVersion"] == response.headers["x-data-version"]
    assert [p["value"] for p in document["parameters"]] == [p.default for p in question.parameters]
    plain = shipped.ask(question.sparql, "application/sparql-results+json, application/n-triples;q=0.9")
    if document["kind"] == "graph":
        assert len(document["triples"]) == len(plain.text.splitlines())
    elif document["kind"] == "boolean":
        assert document["boolean"] is plain.json()["boolean"]
    else:
        bindings = plain.json()["results"]["bindings"]
        assert [{n: c["value"] for n, c in row.items()} for row in document["rows"]] == [
            {n: c["value"] for n, c in row.items()} for row in bindings
        ]


def test_an_answer_says_for_which_values_it_speaks(shipped: Service) -> None:
    document = get(shipped, "/api/queries/signatories", instrument="Seoul Pledge").json()
    (instrument,) = (p for p in document["parameters"] if p["name"] == "instrument")
    assert instrument["value"] == "Seoul Pledge"
    assert (instrument["iri"], instrument["label"]) == (PLEDGE, "Seoul AI Business Pledge")
    kakao = next(row for row in document["rows"] if row["party"]["value"].endswith("/party/kakao"))
    assert kakao["party"]["label"] == "Kakao"
    assert kakao["since"]["datatype"].endswith("#date")
    assert kakao["act"]["language"] == "en"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("signatories", "csv"),
        ("signatories", "tsv"),
        ("signatories", "json"),
        ("signatories", "xml"),
        ("is-signatory", "json"),
        ("network-of-references", "turtle"),
        ("network-of-references", "jsonld"),
    ],
)
def test_a_named_format_gives_the_bytes_of_the_endpoint(shipped: Service, name: str, form: str) -> None:
    api = get(shipped, f"/api/queries/{name}", format=form)
    endpoint = shipped.get(query=questions.get(name).sparql, format=form)
    assert api.status_code == endpoint.status_code == 200
    assert api.content == endpoint.content
    assert api.headers["content-type"] == endpoint.headers["content-type"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("application/sparql-results+json", "application/sparql-results+json"),
    ],
)
def test_the_accept_header_chooses_the_format(
    shipped: Service, accept: str | None, content_type: str
) -> None:
    assert get(shipped, "/api/queries/signatories", accept).headers["content-type"] == content_type


def test_what_nobody_can_give_is_refused(shipped: Service) -> None:
    problem(get(shipped, "/api/queries/signatories", "image/png"), 406, "not-acceptable")
    problem(get(shipped, "/api/queries/signatories", format="turtle"), 406, "not-acceptable")
    problem(get(shipped, "/api/queries/signatories", format="docx"), 400, "bad-request")
    problem(get(shipped, "/api/queries/signatories", format=""), 400, "bad-parameter")


def test_an_unknown_question_comes_with_near_names(shipped: Service) -> None:
    told = problem(get(shipped, "/api/queries/signatoriez"), 404, "unknown-question")
    assert told["near"][0]["name"] == "signatories"
    assert shipped.client.get(shipped.url + told["near"][0]["address"]).status_code == 200


@pytest.mark.parametrize(
    ("parameters", "status", "name", "parameter"),
    [
        ({"instrumint": "x"}, 400, "bad-parameter", "instrumint"),
        ({"asof": "yesterday"}, 400, "bad-parameter", "asof"),
        ({"instrument": "no such text at all"}, 404, "unknown-thing", "instrument"),
        ({"instrument": ""}, 404, "unknown-thing", "instrument"),
        ({"instrument": "urn:x> } DROP ALL"}, 404, "unknown-thing", "instrument"),
    ],
)
def test_a_wrong_value_is_told_by_its_parameter(
    shipped: Service, parameters: dict[str, str], status: int, name: str, parameter: str
) -> None:
    told = problem(get(shipped, "/api/queries/signatories", **parameters), status, name)
    assert told["parameter"] == parameter
    assert parameter in told["detail"]


def test_a_misspelt_thing_comes_with_candidates(shipped: Service) -> None:
    told = problem(get(shipped, "/api/queries/signatories", instrument="seoul-pledg"), 404, "unknown-thing")
    assert PLEDGE in {near["iri"] for near in told["near"]}


def test_a_parameter_that_is_there_twice_is_refused(shipped: Service) -> None:
    twice = shipped.client.get(f"{shipped.url}/api/queries/signatories?instrument=a&instrument=b")
    assert problem(twice, 400, "bad-parameter")["parameter"] == "instrument"


def test_the_list_tells_each_question_and_where_it_is_answered(shipped: Service) -> None:
    document = get(shipped, "/api/queries").json()
    Catalogue.model_validate(document)
    assert [q["name"] for q in document["queries"]] == [q.name for q in QUESTIONS]
    assert all(q["address"] == f"/api/queries/{q['name']}" for q in document["queries"])
    problem(get(shipped, "/api/queries", reader="x"), 400, "bad-parameter")


def test_no_question_takes_a_parameter_that_the_api_needs_itself() -> None:
    assert not [q.name for q in QUESTIONS if FORMAT in {p.name for p in q.parameters}]


def test_the_page_of_a_question_leads_to_the_same_question_here(shipped: Service) -> None:
    page = get(shipped, "/questions/signatories", "text/html", instrument="Seoul Pledge", asof="2024-06-01")
    (address,) = re.findall(r'href="(/api/queries/[^"]*)"', page.text)
    document = shipped.client.get(shipped.url + html.unescape(address)).json()
    assert [p["value"] for p in document["parameters"]] == ["Seoul Pledge", "2024-06-01"]


def test_search_finds_what_the_page_finds(shipped: Service) -> None:
    response = get(shipped, "/api/search", q="watermraking", limit="3")
    document = response.json()
    Hits.model_validate(document)
    assert 0 < len(document["hits"]) <= 3
    assert document["hits"][0]["iri"].endswith("/topic/content-provenance")
    for hit in document["hits"]:
        assert hit["address"] in get(shipped, "/search", q="watermraking").text
    (first, *_) = get(shipped, "/api/search", q="Kakao Xylophone").json()["near"]
    assert first["name"] == "kakao"


@pytest.mark.parametrize(
    ("parameters", "parameter"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "  "}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"q": "x", "limit": "0"}, "limit"),
        ({"q": "x", "limit": "many"}, "limit"),
        ({"q": "x", "page": "2"}, "page"),
    ],
)
def test_search_refuses_what_it_cannot_take(
    shipped: Service, parameters: dict[str, str], parameter: str
) -> None:
    told = problem(get(shipped, "/api/search", **parameters), 400, "bad-parameter")
    assert told["parameter"] == parameter
    assert parameter in told["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/queries",
        "/api/queries/signatories",
        "/api/queries/signatories?format=csv",
        "/api/search?q=pledge",
        "/api/openapi.json",
    ],
)
def test_answers_carry_tags_and_versions_and_head_agrees(shipped: Service, path: str) -> None:
    first = shipped.client.get(shipped.url + path)
    tag = first.headers["etag"]
    assert first.headers["x-data-version"]
    assert {"Accept", "Accept-Encoding"} <= set(first.headers["vary"].split(", "))
    again = shipped.client.get(shipped.url + path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    head = shipped.client.head(shipped.url + path)
    assert (head.status_code, head.content) == (200, b"")
    assert (head.headers["etag"], head.headers["content-type"]) == (tag, first.headers["content-type"])


def test_other_values_and_other_formats_have_other_tags(shipped: Service) -> None:
    tags = {
        shipped.client.get(f"{shipped.url}/api/queries/signatories{query}").headers["etag"]
        for query in ("", "?instrument=bletchley-declaration", "?format=csv", "?format=tsv")
    }
    assert len(tags) == 4


def test_the_answers_of_one_question_are_described_by_the_values_asked_for(shipped: Service) -> None:
    for typed in ("Seoul Pledge", "seoul-ai-business-pledge"):
        document = get(shipped, "/api/queries/signatories", instrument=typed).json()
        assert document["parameters"][0]["value"] == typed


def test_a_question_that_takes_too_long_is_stopped_and_others_go_on(home: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(home, tmp_path / "home")
    (folder / "queries").mkdir()
    head = "# question: How many?\n# for: researcher\n# group: x\n# why: x\n# since: 2026-11-29\n"
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    (folder / "queries" / "endless.rq").write_text(head + product, encoding="utf-8")
    (folder / "queries" / "short.rq").write_text(head + "ASK {}", encoding="utf-8")
    running = Service(folder, timeout=1)
    try:
        problem(get(running, "/api/queries/endless"), 503, "timeout")
        assert get(running, "/api/queries/short").json()["boolean"] is True
    finally:
        running.stop()


def test_the_description_is_valid_and_names_every_route_for_programs(description: dict[str, Any]) -> None:
    validate_description(description)
    expected = {"/api/queries", "/api/queries/{name}", "/api/search", "/sparql"}
    expected |= {"/api/checks", "/api/validate"}
    expected |= {f"/api/queries/{question.name}" for question in QUESTIONS}
    assert set(description["paths"]) == expected
    operations = [o for path in description["paths"].values() for o in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))


def test_every_error_in_the_description_is_a_problem_document(description: dict[str, Any]) -> None:
    shared = description["components"]["responses"]
    for path, operations in description["paths"].items():
        for operation in operations.values():
            for status, told in operation["responses"].items():
                response = shared[told["$ref"].rsplit("/", 1)[1]] if "$ref" in told else told
                if status.startswith(("4", "5")):
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
    assert "422" not in json.dumps(description)
    assert "HTTPValidationError" not in description["components"]["schemas"]


def test_every_path_in_the_description_answers(shipped: Service, description: dict[str, Any]) -> None:
    for path, operations in description["paths"].items():
        if "get" not in operations:
            continue  # what is sent to it is tested in test_disclosures.py
        operation = operations["get"]
        given = {
            p["name"]: p["example"]
            for p in operation.get("parameters", ())
            if p["in"] == "query" and p.get("required") and "example" in p
        }
        if path == "/api/search":
            given = {"q": "watermarking"}
        response = get(shipped, path.replace("{name}", "signatories"), **given)
        assert response.status_code == 200, (path, response.text)
        told = operation["responses"]["200"]
        if "$ref" in told:
            told = description["components"]["responses"][told["$ref"].rsplit("/", 1)[1]]
        assert response.headers["content-type"].split(";")[0] in told["content"]


@pytest.mark.parametrize("readme", ["README.md", "queries/README.md"])
def test_every_address_that_the_readmes_name_answers(shipped: Service, readme: str) -> None:
    file = shipped_home() / readme
    if not file.is_file():
        pytest.skip("needs a checkout: the README is not part of a wheel")
    text = file.read_text(encoding="utf-8")
    named = re.findall(r"(?<=[`0'])/(?:api|sparql)[^`'\"\s]*", text)
    assert named
    for address in named:
        path = address.replace("NAME", "signatories").replace("WORDS", "pledge")
        assert shipped.client.get(shipped.url + path).status_code == 200, address


def test_the_described_bodies_of_sparql_are_taken(shipped: Service, description: dict[str, Any]) -> None:
    post = description["paths"]["/sparql"]["post"]
    for media in post["requestBody"]["content"]:
        body: Any = {"query": "ASK {}"} if media.endswith("urlencoded") else None
        response = shipped.client.post(
            shipped.endpoint,
            data=body,
            content=None if body else "ASK {}",
            headers={"Content-Type": media},
        )
        assert response.json()["boolean"] is True
