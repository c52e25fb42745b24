"""Each saved question gets the same answer from page, endpoint and command, whatever the kind of answer."""

from __future__ import annotations

import html
import json
import re

import pytest
from typer.testing import CliRunner

from commitgraph import questions
from commitgraph.cli import application
from commitgraph.questions import Question
from tests.service.conftest import Service

HTML = {"Accept": "text/html"}
COMMAND = CliRunner()
QUESTIONS = questions.questions()
_MOST = 500

by_name = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def endpoint(service: Service, question: Question, form: str) -> bytes:
    response = service.ask(question.sparql, format=form)
    assert response.status_code == 200, response.text
    return response.content


def command(question: Question, form: str) -> bytes:
    done = COMMAND.invoke(application("query"), ["query", question.name, "--format", form])
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


def answer_section(service: Service, question: Question) -> str:
    page = service.client.get(f"{service.url}/questions/{question.name}", headers=HTML)
    assert page.status_code == 200
    section = re.search(r'<section aria-labelledby="answer">(.*?)</section>', page.text, re.DOTALL)
    assert section
    return section[1]


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@by_name
def test_page_endpoint_and_command_tell_the_same(shipped: Service, question: Question) -> None:
    section = answer_section(shipped, question)
    rows = [text_of(row) for row in re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)][1:]
    count = re.search(r'class="count">([\d,]+) ', section)
    if question.sparql.count("CONSTRUCT"):
        told = sorted(endpoint(shipped, question, "ntriples").splitlines())
        assert told == sorted(command(question, "ntriples").splitlines())
        assert count
        assert int(count[1].replace(",", "")) == len(told)
        assert len(rows) == min(len(told), _MOST)
        return
    document = json.loads(endpoint(shipped, question, "json"))
    assert document == json.loads(command(question, "json"))
    if "boolean" in document:
        assert text_of(section).startswith("Answer Yes" if document["boolean"] else "Answer No")
        return
    bindings = document["results"]["bindings"]
    assert count
    assert int(count[1].replace(",", "")) == len(bindings)
    assert len(rows) == min(len(bindings), _MOST)
    for row, shown in zip(bindings, rows, strict=False):
        for name, cell in row.items():
            if cell["type"] == "literal":
                assert " ".join(cell["value"].split()) in shown, (name, cell, shown)


@by_name
def test_each_download_of_a_question_gives_what_it_says(shipped: Service, question: Question) -> None:
    links = re.findall(r'<a href="([^"]+)" download="([^"]+)"', answer_section(shipped, question))
    assert len(links) >= 4
    for address, name in links:
        got = shipped.client.get(shipped.url + html.unescape(address))
        assert got.status_code == 200, (name, got.text[:200])
        assert got.content.strip()


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 403, "SERVICE is not available"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400, "answers queries only"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "The answer is too large"),
        ("SELECT (<urn:no-such-function>(1) AS ?x) {}", 400, ""),
        ("", 400, "Expected a SPARQL query, got nothing"),
        ("   ", 400, "Expected a SPARQL query, got nothing"),
        ("SELECT (COUNT(?x)) { ?x ?y ?z }", 400, "not valid SPARQL"),
        ("SELECT ?x { ?x ?y ?z FILTER ?x = 1 }", 400, "not valid SPARQL"),
        ("SELECT ?x { ?x ?y ?z ?a ?b ?c }", 400, "not valid SPARQL"),
        ("SELECT DISTINCT(?p) { ?s ?p ?o }", 400, "not valid SPARQL"),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", 400, "not valid SPARQL"),
        ("SELECT ?s { ?s ?p ?o } LIMIT", 400, "not valid SPARQL"),
        ("SELECT ?s { ?s ?p ?o BIND(1 AS ?s) }", 400, "not valid SPARQL"),
        ("SELECT ?s { ?s no:such ?o }", 400, "not declared"),
        ("SELECT ?s { ?s ?p ?o", 400, "never closed"),
    ],
)
def test_the_editor_explains_every_faulty_query(shipped: Service, query: str, status: int, says: str) -> None:
    page = shipped.client.get(f"{shipped.url}/sparql/table", params={"query": query}, headers=HTML)
    alert = re.search(r'<div class="banner" role="alert" id="fault">(.*?)</div>', page.text, re.DOTALL)
    assert page.status_code == status, page.text[:300]
    assert alert
    assert says in text_of(page.text)
    assert text_of(alert[1])
