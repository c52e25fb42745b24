"""The SPARQL page: a form in which to write a query, and its answer as a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from commitgraph import questions
from commitgraph.engine import Result
from commitgraph.engine.formats import EVERY
from commitgraph.find.names import LookupFailed, resolve
from commitgraph.iris import NS, prefixes
from commitgraph.questions import ParameterError, UnknownQuestion
from commitgraph.sandbox.errors import Failed, SandboxError
from commitgraph.sandbox.work import Result as Made
from commitgraph.web.pages.common import page, router
from commitgraph.web.pages.rendering import TABLE_WORK, page_job, response_of
from commitgraph.web.pages.results import answer as shown
from commitgraph.web.pages.site import site_of
from commitgraph.web.problems import QUERY, Problem, bad_request, not_done
from commitgraph.web.single_flight import ClientGone, SingleFlight
from commitgraph.web.sparql import guard
from commitgraph.web.sparql.execution import failure_problem, query_job, run

routes = APIRouter(include_in_schema=False)
#: What runs in workers.
views = router()
_runs = SingleFlight[Made]()
_MOST = 500
_FIRST = """\
# Who adheres to the Seoul AI Business Pledge, and since when?
PREFIX cg: <https://w3id.org/commitgraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?party ?partyLabel ?since WHERE {
  ?adherence cg:adherent ?party ;
    cg:toInstrument <https://w3id.org/commitgraph/id/instrument/seoul-ai-business-pledge> .
  ?party rdfs:label ?partyLabel .
  OPTIONAL { ?adherence cg:since ?since }
}
ORDER BY ?partyLabel
"""
_EXAMPLES = (
    "tied-without-signing",
    "missing-from-complete-roll",
    "hedged-commitments",
    "force-by-instrument",
    "disputed-counts",
    "network-of-references",
)


async def editor(request: Request) -> Response:
    """The empty form, or with `question=NAME` the query of a saved question in it."""
    return _form(request, _given(request))


@routes.api_route("/sparql/table", methods=["GET", "HEAD"])
async def answer(request: Request, query: str = "") -> Response:
    """The answer to a reader's query as a table, made in a worker."""
    limits, pool, accept = request.app.state.limits, request.app.state.pool, request.headers.get("accept")
    job = page_job("/sparql/table", urlencode({"query": query}), accept, kind=TABLE_WORK)
    try:
        if len(query.encode()) > limits.query_bytes:
            raise Problem(413, "query-too-large", "The query is too large",
                          f"Expected at most {limits.query_bytes} bytes.")  # fmt: skip
        made = await _runs.join((query, accept), lambda: pool.run(job, limits.timeout), request.receive)
        return response_of(made)
    except ClientGone:
        return Response()
    except SandboxError as error:
        problem = not_done(error, QUERY)
    except Problem as refusal:
        problem = refusal
    return _form(request, query, problem=problem, status=problem.status)


@page(views, "/sparql/table")
async def make_table(request: Request, query: str = "") -> Response:
    """The page with the table, in the worker: it also runs the query."""
    site, found = site_of(request), _Found()
    try:
        if not query.strip():
            raise bad_request("Expected a SPARQL query, got nothing.")
        guard.check(query)
        fields = query_job(query, graph_format="ntriples").fields
        run(site.dataset.store, request.app.state.limits, fields, found)
    except Failed as failure:
        problem = failure_problem(failure, query)
    except Problem as refusal:
        problem = refusal
    else:
        return _form(request, query, answer=shown(found.result(), query, site.labels, _MOST))
    return _form(request, query, problem=problem, status=problem.status)


class _Found:
    """Keeps what a query finds, in the process that runs it."""

    def __init__(self) -> None:
        self._kind = ""
        self._parts: list[bytes] = []

    def head(self, **metadata: str) -> None:
        self._kind = metadata["kind"]

    def write(self, content: bytes) -> None:
        self._parts.append(content)

    def result(self) -> Result:
        body = b"".join(self._parts)
        return Result.of_triples(body) if self._kind == "graph" else Result.of_json(body)


def _given(request: Request) -> str:
    name = request.query_params.get("question", "")
    if not name:
        return _FIRST
    site = site_of(request)
    try:
        question = questions.get(name)
        known = {p.name for p in question.parameters}
        values = {n: v for n, v in request.query_params.items() if n in known}
        return question.bind(lambda kind, typed: resolve(site.engine, kind, typed), **values)
    except (UnknownQuestion, ParameterError, LookupFailed):
        return _FIRST


def _form(request: Request, query: str, *, status: int = 200, **answer: Any) -> Response:
    site = site_of(request)
    known = {question.name: question for question in questions.questions()}
    return site.render(
        request,
        "sparql.html",
        status,
        text=query,
        formats=EVERY,
        prefixes={
            p: ns
            for p, ns in prefixes().items()
            if p in ("cg", "dcterms", "oa", "org", "prov", "rdfs", "skos")
        },
        examples=[known[name] for name in _EXAMPLES if name in known],
        space=NS,
        limits=request.app.state.limits,
        **{"problem": None, "answer": None, **answer},
    )
