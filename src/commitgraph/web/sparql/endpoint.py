"""The SPARQL endpoint: an ASGI application without a framework around it.

A request is read strictly, then answered from the cleverest place that can: the client's own copy
(304), the cache, a run for the same question that is already going on, or a worker. Nothing is sent
before an answer is complete, so that a broken one always is an error and never half an answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from commitgraph.dataset import Dataset
from commitgraph.engine.formats import GRAPHS, ROWS
from commitgraph.iris import is_iri
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.work import Job
from commitgraph.web.cache import Cache, Stored
from commitgraph.web.negotiation import Choice, best, choose, encoding, named
from commitgraph.web.problems import MEDIA_TYPE, Problem, bad_request
from commitgraph.web.single_flight import ClientGone, SingleFlight
from commitgraph.web.sparql import guard
from commitgraph.web.sparql.description import Description
from commitgraph.web.sparql.execution import not_acceptable, query_job, run_query
from commitgraph.web.sparql.protocol import Question, largest_body, parse_get, parse_post, too_large

Page = Callable[[Request], Awaitable[Response]]

_METHODS = "GET, HEAD, POST, OPTIONS"
_PIECE = 1 << 18
# A body that is too large is read on to this point, so that the client gets to hear of it.
_PATIENCE = 8 << 20
_VARY = "Accept, Accept-Encoding"


@dataclass(frozen=True)
class _Plan:
    """A question, ready for a worker. Equal keys mean equal answers."""

    job: Job
    rows: Choice | None
    graph: Choice | None
    timeout: float
    key: str


class SparqlEndpoint:
    """Answers SPARQL Protocol requests.

    Args:
        pool: runs the queries.
        dataset: what they read.
        limits: of a request.
        page: answers browsers that ask nothing.
    """

    def __init__(self, pool: Pool, dataset: Dataset, limits: Limits, page: Page) -> None:
        self._pool = pool
        self._version = dataset.version
        self._limits = limits
        self._page = page
        self._description = Description(dataset)
        self._cache = Cache(limits.cache_mb << 20)
        self._runs = SingleFlight[Stored]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            await self._answer(scope, headers, receive, send)
        except Problem as problem:
            await send_problem(problem, scope, send)
        except ClientGone:
            return

    async def _answer(self, scope: Scope, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method in ("GET", "HEAD"):
            question = parse_get(scope["query_string"], self._limits)
            if isinstance(question, str):
                await self._introduce(question, scope, headers, receive, send)
                return
        elif method == "POST":
            body = await self._body(receive)
            question = parse_post(scope["query_string"], headers.get("content-type", ""), body, self._limits)
        elif method == "OPTIONS":
            await _send(scope, send, 204, {"allow": _METHODS})
            return
        else:
            detail = f"Expected one of {_METHODS}, got {method}."
            allow = {"Allow": _METHODS}
            raise Problem(405, "method-not-allowed", "This method is not allowed", detail, headers=allow)
        plan = self._plan(question, headers.get("accept"))
        fixed = {"vary": _VARY}
        if method != "POST":
            fixed |= {"etag": f'W/"{plan.key}"', "cache-control": "public, max-age=60"}
            if plan.key in _known_tags(headers.get("if-none-match", "")):
                await _send(scope, send, 304, fixed)
                return
        answer = self._cache.get(plan.key) or await self._run(plan, receive)
        coding, body = await answer.coded(encoding(headers.get("accept-encoding")))
        fixed["content-type"] = answer.content_type
        if coding != "identity":
            fixed["content-encoding"] = coding
        await _send(scope, send, 200, fixed, body)

    def _plan(self, question: Question, accept: str | None) -> _Plan:
        guard.check(question.query)
        rows, graph = chosen_formats(question.format, accept)
        job = query_job(
            question.query,
            question.default_graphs,
            question.named_graphs,
            rows.format.name if rows else None,
            graph.format.name if graph else None,
        )
        parts = (
            self._version,
            question.query,
            rows.media_type if rows else "",
            graph.media_type if graph else "",
            "\n".join(question.default_graphs),
            "\n".join(question.named_graphs),
        )
        key = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
        return _Plan(job, rows, graph, question.timeout, key)

    async def _run(self, plan: _Plan, receive: Receive) -> Stored:
        """Have a worker answer, as long as the client waits for it."""

        async def run() -> Stored:
            result = await run_query(self._pool, plan.job, plan.timeout)
            choice = plan.rows if result.head["kind"] == "rows" else plan.graph
            assert choice  # noqa: S101  (the worker refuses what nobody accepts)
            stored = Stored(choice.content_type, result.body)
            self._cache.keep(plan.key, stored)
            return stored

        return await self._runs.join((plan.key, plan.timeout), run, receive)

    async def _body(self, receive: Receive) -> bytes:
        most = largest_body(self._limits)
        pieces: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            piece = message.get("body", b"")
            size += len(piece)
            if size <= most:
                pieces.append(piece)
            elif size > _PATIENCE:
                raise too_large(self._limits)
            if not message.get("more_body"):
                break
        if size > most:
            raise too_large(self._limits)
        return b"".join(pieces)

    async def _introduce(
        self, wanted: str, scope: Scope, headers: Mapping[str, str], receive: Receive, send: Send
    ) -> None:
        """Answer who asks nothing: browsers get a page, programs the service description."""
        accept = headers.get("accept")
        if wanted:
            choice = named(wanted, GRAPHS)
            if choice is None:
                raise bad_request(f"Expected format= to name an RDF format, got {wanted[:40]!r}.")
        else:
            choice = choose(accept, GRAPHS)
            if (
                best(accept, ["text/turtle" if choice is None else choice.media_type, "text/html"])
                == "text/html"
            ):
                response = await self._page(Request(scope, receive))
                response.headers["Vary"] = _VARY
                await response(scope, receive, send)
                return
        if choice is None:
            raise not_acceptable(
                "Without a query this address gives the service description, or a page to browsers."
            )
        body = self._description.serialise(_address(scope, headers), GRAPHS[choice.format.name].syntax)
        await _send(scope, send, 200, {"content-type": choice.content_type, "vary": _VARY}, body)


def chosen_formats(wanted: str, accept: str | None) -> tuple[Choice | None, Choice | None]:
    """The formats for rows and for graphs; `format=` goes before the Accept header.

    Raises:
        Problem: neither is possible.
    """
    if wanted:
        rows, graph = named(wanted, ROWS), named(wanted, GRAPHS)
        if rows is None and graph is None:
            names = ", ".join((*ROWS, *GRAPHS))
            raise bad_request(f"Expected format= to be one of {names}, got {wanted[:40]!r}.")
    else:
        rows, graph = choose(accept, ROWS), choose(accept, GRAPHS)
        if rows is None and graph is None:
            raise not_acceptable(f"The request accepts only {(accept or '')[:200]!r}.")
    return rows, graph


def _known_tags(header: str) -> set[str]:
    """The entity tags of an If-None-Match header, compared weakly."""
    return {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}


def _address(scope: Scope, headers: Mapping[str, str]) -> str:
    """The address under which the client reached this endpoint."""
    host = headers.get("host", "")
    address = f"{scope.get('scheme', 'http')}://{host}{scope['path']}"
    return address if host and is_iri(address) else f"http://localhost{scope['path']}"


async def _send(scope: Scope, send: Send, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
    fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    if status not in (204, 304):
        fields.append((b"content-length", str(len(body)).encode()))
    start: Message = {"type": "http.response.start", "status": status, "headers": fields}
    await send(start)
    if scope["method"] == "HEAD":
        body = b""
    # Piece by piece, so that a slow client holds back the sending and not the event loop.
    view = memoryview(body)
    for place in range(_PIECE, len(body), _PIECE):
        await send(
            {"type": "http.response.body", "body": bytes(view[place - _PIECE : place]), "more_body": True}
        )
    rest = (len(body) - 1) // _PIECE * _PIECE if body else 0
    await send({"type": "http.response.body", "body": bytes(view[rest:])})


async def send_problem(problem: Problem, scope: Scope, send: Send) -> None:
    """Answer with a problem document."""
    headers = {name.lower(): value for name, value in problem.headers.items()}
    headers |= {"content-type": MEDIA_TYPE, "cache-control": "no-store", "vary": _VARY}
    await _send(scope, send, problem.status, headers, problem.document())
