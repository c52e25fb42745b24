"""What a worker makes is what the same code makes in process: nothing gets lost between the processes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from commitgraph import questions
from commitgraph.dataset import load
from commitgraph.sandbox.errors import Failed
from commitgraph.sandbox.limits import Limits
from commitgraph.web.pages.install import pages_app
from commitgraph.web.sparql.execution import query_job, run
from tests.service.conftest import PATIENT, Service

HTML = {"Accept": "text/html"}
ADDRESSES = (
    "/",
    "/about",
    "/adherence/seoul-ai-business-pledge/kakao",
    "/adherence/seoul-ai-business-pledge/nobody",
    "/graph/data/parties/companies.ttl",
    "/graph/inferred/isBoundBy",
    "/id/party/kakao",
    "/instrument/frontier-ai-safety-commitments?asof=2024-06-01",
    "/instrument/seoul-ai-business-pledge",
    "/instruments",
    "/matrix",
    "/matrix?kind=all&instrument=oecd-ai-principles&page=2",
    "/matrix?kind=Robot",
    "/alignments",
    "/ns",
    "/ns/0.0.1",
    "/ontology",
    "/ontology/how-to-compare-dates",
    "/ontology/how-to-count",
    "/parties?kind=Company&country=KR",
    "/party/kakao.json",
    "/party/kakao.ttl",
    "/party/kakau",
    "/party/microsoft",
    "/party/microsoft?asof=2024-06-01",
    "/party/microsoft?asof=2024-02-31",
    "/party/nobody.ttl",
    "/principle/unesco-transparency",
    "/provision/seoul-ai-business-pledge/a1-3",
    "/provisions?instrument=seoul-ai-business-pledge&kind=Commitment&page=2",
    "/provisions?topic=content-provenance&force=will",
    "/provisions?force=none",
    "/questions",
    "/questions/is-signatory",
    "/questions/network-of-references",
    "/questions/no-such-question",
    "/questions/signatories?instrument=Nobody",
    "/questions/signatories?instrument=seoul-ai-business-pledge&asof=junk",
    "/questions/provisions-on-topic?topic=security",
    "/roll/seoul-ai-business-pledge/page",
    "/roll/none",
    "/scheme/force/will",
    "/scheme/topic.ttl",
    "/scheme/topic/children",
    "/search?q=watermrking",
    "/search?q=xyzzyx",
    "/sparql/table?query=SELECT+%2A+%7B",
    "/sparql/table?query=ASK+%7B%7D",
    "/sparql/table?query=CONSTRUCT+WHERE+%7B%3Fs+a+%3Chttps%3A%2F%2Fw3id.org%2Fcommitgraph%2Fns%23Event%3E%7D",
    "/sparql/table?query=SELECT+%3Fs+%7B%3Fs+a+%3Ft%7D+LIMIT+3",
    "/statements/party/kakao",
    "/topic/children",
    "/topics",
    "/validate",
    "/validate/fields",
    "/checks",
    "/checks/CG106",
    "/checks/missing-status",
    "/checks/mising-status",
    "/profile/core",
    "/shape/missing-status",
    "/schema/disclosure.json",
    "/value/none",
)
QUERIES = (
    ("SELECT * { ?s ?p ?o } LIMIT 7", "json"),
    ("SELECT * { ?s ?p ?o } LIMIT 7", "xml"),
    ("SELECT * { ?s ?p ?o } LIMIT 7", "csv"),
    ("SELECT * { ?s ?p ?o } LIMIT 7", "tsv"),
    ("ASK {}", "json"),
    ("CONSTRUCT WHERE { ?s a <https://w3id.org/commitgraph/ns#Roll> }", "turtle"),
    ("CONSTRUCT WHERE { ?s a <https://w3id.org/commitgraph/ns#Roll> }", "nquads"),
)


@pytest.fixture(scope="module")
def inside() -> TestClient:
    return TestClient(pages_app(load(), replace(Limits(), **PATIENT)), follow_redirects=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_from_a_worker_is_the_page(shipped: Service, inside: TestClient, address: str) -> None:
    made = inside.get(address, headers=HTML)
    served = shipped.client.get(shipped.url + address, headers=HTML)
    assert (served.status_code, served.headers.get("location")) == (
        made.status_code,
        made.headers.get("location"),
    )
    assert served.text == made.text


class Collected:
    """What a handler answers, in this process."""

    def __init__(self) -> None:
        self.metadata: dict[str, Any] = {}
        self.body = b""

    def head(self, **metadata: Any) -> None:
        self.metadata = metadata

    def write(self, content: bytes) -> None:
        self.body += content


def collected(query: str, form: str = "json", limits: Limits | None = None, **graphs: Any) -> Collected:
    answer = Collected()
    job = query_job(query, row_format=form, graph_format=form, **graphs)
    run(load().store, limits or Limits(), job.fields, answer)
    return answer


@pytest.mark.parametrize(("query", "form"), QUERIES)
def test_an_answer_from_a_worker_is_the_answer(shipped: Service, query: str, form: str) -> None:
    assert shipped.ask(query, format=form).content == collected(query, form).body


def test_a_query_reads_only_the_graphs_that_are_named(shipped: Service) -> None:
    graph = "https://w3id.org/commitgraph/graph/inferred/lacks"
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    body = collected(query, "csv", default_graphs=(graph,)).body
    assert shipped.ask(query, format="csv", **{"default-graph-uri": graph}).content == body
    assert body != collected(query, "csv").body


@pytest.mark.parametrize(
    ("query", "limits", "name"),
    [
        ("SELECT * {", Limits(), "syntax"),
        ("SELECT * { ?s ?p ?o }", Limits(rows=5), "too-large"),
        ("SELECT * { ?s ?p ?o }", Limits(answer_bytes=5), "too-large"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", Limits(rows=5), "too-large"),
    ],
)
def test_a_query_that_cannot_be_answered_is_given_back_with_the_reason(
    query: str, limits: Limits, name: str
) -> None:
    with pytest.raises(Failed) as failure:
        collected(query, "json" if query.startswith("SELECT") else "turtle", limits)
    assert failure.value.name == name


def test_every_saved_question_has_a_page_in_process_too(inside: TestClient) -> None:
    for name in questions.names():
        assert inside.get(f"/questions/{name}", headers=HTML).status_code == 200, name
