"""The making of pages in workers: the job, the handler, and the route that keeps what was made.

A page depends on its path, the query parameters that it has, the Accept header and the data, on nothing
else. So it can be made anywhere, and is made once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Message, Receive, Scope, Send

from commitgraph.iris import NS, shorten
from commitgraph.near import ratio
from commitgraph.sandbox.errors import SandboxError
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.work import Answer, Job, Result, Work
from commitgraph.web.cache import Cache, Stored
from commitgraph.web.negotiation import encoding
from commitgraph.web.pages.common import parameters_of
from commitgraph.web.pages.site import HEADERS, Site
from commitgraph.web.problems import PAGE, Problem, not_done
from commitgraph.web.single_flight import ClientGone, SingleFlight

#: Names of the kinds of work: pages from queries of our own, and those that run a query of a reader.
PAGE_WORK, TABLE_WORK = "page", "table"

_log = logging.getLogger("uvicorn.error")
_VARY = "Accept, Accept-Encoding"
# Pages whose making loads what the others need too, since a worker can open no file: names, labels, lists of
# parties, instruments and questions.
_FIRST = (
    "/",
    "/search?q=mispelt",
    "/party/mispelt",
    "/validate",
    "/validate/fields",
    "/validate/form?party=kakao",
    "/validate/template?party=kakao&format=xlsx",
    "/validate/template?party=kakao&format=turtle",
    "/checks",
    "/checks/CG106",
    "/schema/disclosure.json",
    "/questions",
    "/questions/mispelt",
)


def page_works(pages: FastAPI, limits: Limits) -> dict[str, Work]:
    """The kinds of work that make pages, by name.

    Args:
        pages: the application that has them as routes.
        limits: of pages and queries at the same time.
    """

    def handle(job: Mapping[str, Any], body: bytes, answer: Answer) -> None:
        status, headers, content = _respond(pages, job, body)
        answer.head(status=status, headers=headers)
        answer.write(content)

    def prepare() -> None:
        pages.state.site.load_templates()
        # Libraries that are imported at first use.
        shorten(NS)
        ratio("one", "two")
        for address in _FIRST:
            path, _, query = address.partition("?")
            try:
                _respond(pages, page_job(path, query, "text/html").fields, b"")
            except Exception:  # a data set may lack what one of them shows; the others still load the rest
                _log.exception("the page %s could not be made beforehand", address)

    return {
        PAGE_WORK: Work(handle, limits.page_workers, prepare=prepare),
        TABLE_WORK: Work(handle, limits.page_workers, limits.long_workers, prepare),
    }


def page_job(path: str, query: str, accept: str | None, *, kind: str = PAGE_WORK) -> Job:
    """The job to make the page at an address. The head of its result has `status` and `headers`."""
    return Job(kind, {"method": "GET", "path": path, "query": query, "accept": accept})


def form_job(path: str, accept: str | None, body: bytes) -> Job:
    """The job to make the page that answers a form: what the form led to is its body."""
    return Job(PAGE_WORK, {"method": "POST", "path": path, "query": "", "accept": accept}, body)


def response_of(made: Result) -> Response:
    """What a worker made, as a response."""
    response = Response(made.body, made.head["status"])
    for name, value in made.head["headers"]:
        response.headers[name] = value
    return response


class PagesRoute(BaseRoute):
    """All pages, as one route of the service: looked up among what is kept, or made in a worker.

    Args:
        pages: the application that has the pages as routes.
        site: what they share.
        pool: makes them.
        limits: of time and of what is kept.
    """

    def __init__(self, pages: FastAPI, site: Site, pool: Pool, limits: Limits) -> None:
        self._routes = [route for route in pages.routes if isinstance(route, APIRoute)]
        self._site = site
        self._pool = pool
        self._timeout = limits.page_timeout
        # What readers choose freely shall not drive out the pages of which there are only so many.
        most = limits.page_cache_mb << 20
        self._plain = Cache(most * 3 // 4)
        self._chosen = Cache(most // 4)
        self._runs = SingleFlight[Result]()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        found = Match.NONE
        for route in self._routes:
            match, child = route.matches(scope)
            if match == Match.FULL:
                return match, {"page": (route, child["path_params"])}
            found = max(found, match, key=lambda m: m.value)
        return found, {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "page" not in scope:
            raise Problem(405, "method-not-allowed", "This method is not allowed",
                          f"Expected GET or HEAD, got {scope['method']}.",
                          headers={"Allow": "GET, HEAD"})  # fmt: skip
        try:
            response = await self._answer(Request(scope, receive))
        except ClientGone:
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        route, path_values = request.scope["page"]
        query = declared_query(request.scope["query_string"], parameters_of(route, path_values))
        path, accept = request.scope["path"], request.headers.get("accept")
        tag = self._site.tag(path, query, accept)
        headers = {**HEADERS, "ETag": f'W/"{tag}"', "Cache-Control": "public, max-age=60", "Vary": _VARY}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        cache = self._chosen if query else self._plain
        kept = cache.get(tag)
        if kept is None:
            made = await self._made(page_job(path, query, accept), request.receive)
            response = response_of(made)
            if response.status_code != 200:
                response.headers["Vary"] = _VARY
                return response
            kept = Stored(response.headers["content-type"], made.body)
            cache.keep(tag, kept)
        coding, body = await kept.coded(encoding(request.headers.get("accept-encoding")))
        headers["Content-Type"] = kept.content_type
        if coding != "identity":
            headers["Content-Encoding"] = coding
        return Response(body, headers=headers)

    async def _made(self, job: Job, receive: Receive) -> Result:
        try:
            return await self._runs.join(
                tuple(job.fields.values()), lambda: self._pool.run(job, self._timeout), receive
            )
        except SandboxError as error:
            raise not_done(error, PAGE) from None


def declared_query(query: bytes, names: Iterable[str]) -> str:
    """Those parameters of a query string that have one of the names, each pair once.

    So nobody can have the same page made and kept under ever more addresses.

    >>> declared_query(b"z=1&kind=State&kind=State&asof=", {"kind", "asof"})
    'kind=State&asof='
    """
    known = set(names)
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    # Of equal pairs the last one stays, since the last value is the one that counts.
    kept = dict.fromkeys(pair for pair in reversed(pairs) if pair[0] in known)
    return urlencode(list(reversed(kept)))


def _respond(pages: FastAPI, job: Mapping[str, Any], body: bytes) -> tuple[int, list[list[str]], bytes]:
    """Status, headers and body of what `pages` answers, got without an event loop: its views never wait."""
    accept = job["accept"]
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": job["method"],
        "scheme": "http",
        "server": ("localhost", 80),
        "root_path": "",
        "path": job["path"],
        "query_string": job["query"].encode("latin-1"),
        "headers": [] if accept is None else [(b"accept", accept.encode("latin-1"))],
    }
    start: Message = {}
    content = bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            content.extend(message.get("body", b""))

    answering = pages(scope, receive, send)
    try:
        answering.send(None)
    except StopIteration:
        headers = [
            [name.decode("latin-1"), value.decode("latin-1")]
            for name, value in start["headers"]
            if name != b"content-length"
        ]
        return start["status"], headers, bytes(content)
    answering.close()
    raise RuntimeError(f"expected a page that waits for nothing, got one that does: {job['path']}")
