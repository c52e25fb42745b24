"""The SPARQL page: a form in which to write a query, and its answer as a table."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from commitgraph import questions
from commitgraph.engine import Result
from commitgraph.find.names import LookupFailed, resolve
from commitgraph.iris import NS, prefixes
from commitgraph.questions import ParameterError, UnknownQuestion
from commitgraph.sandbox.errors import Failed, SandboxError
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.work import Result as Found
from commitgraph.web.negotiation import GRAPHS, ROWS
from commitgraph.web.pages.results import answer as shown
from commitgraph.web.pages.site import site_of
from commitgraph.web.problems import QUERY, Problem, bad_request, not_done
from commitgraph.web.sparql import guard
from commitgraph.web.sparql.execution import failure_problem, query_job

routes = APIRouter(include_in_schema=False)
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
    """The answer to a reader's query as a table. It runs where all queries of strangers run."""
    try:
        limits = request.app.state.limits
        if len(query.encode()) > limits.query_bytes:
            raise Problem(413, "query-too-large", "The query is too large",
                          f"Expected at most {limits.query_bytes} bytes.")  # fmt: skip
        if not query.strip():
            raise bad_request("Expected a SPARQL query, got nothing.")
        guard.check(query)
        found = await _run(request, query)
    except Problem as problem:
        return _form(request, query, problem=problem, status=problem.status)
    result = Result.of_triples(found.body) if found.head["kind"] == "graph" else Result.of_json(found.body)
    return _form(request, query, answer=shown(result, query, site_of(request).labels, _MOST))


async def _run(request: Request, query: str) -> Found:
    try:
        pool: Pool = request.app.state.pool
        return await pool.run(query_job(query, graph_format="ntriples"), request.app.state.limits.timeout)
    except Failed as failure:
        raise failure_problem(failure, query) from None
    except SandboxError as error:
        raise not_done(error, QUERY) from None


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
        formats=(*ROWS, *GRAPHS),
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
