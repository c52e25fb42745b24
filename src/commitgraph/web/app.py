"""The web application: the SPARQL endpoint, the pages, and whether the service is well."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from commitgraph import __version__
from commitgraph.dataset import Dataset, load
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.zygote import Zygote
from commitgraph.web.api import install as install_api
from commitgraph.web.pages import editor, error_page
from commitgraph.web.pages import install as install_pages
from commitgraph.web.problems import MEDIA_TYPE, Problem
from commitgraph.web.sparql.endpoint import SparqlEndpoint

_log = logging.getLogger("uvicorn.error")
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*, Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_TITLES = {
    404: ("not-found", "There is nothing at this address"),
    405: ("method-not-allowed", "This method is not allowed"),
}


def create_app(limits: Limits | None = None, dataset: Dataset | None = None) -> FastAPI:
    """The application over a data set.

    It forks the process that workers come from, so call it before an event loop or a thread is
    started. The application ends that process when it shuts down.

    Args:
        limits: what a query may take; from the environment when None.
        dataset: what is served; the shipped data when None.

    Raises:
        DataError: the shipped data cannot be read.
        LimitsError: an environment variable holds no usable number.
    """
    limits = limits or Limits.from_environment()
    dataset = dataset or load()
    pool = Pool(Zygote(dataset.store, limits), limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        starting = asyncio.create_task(_start(pool))
        yield
        starting.cancel()
        await pool.close()

    # No built-in documentation pages: they load scripts from elsewhere. The API describes itself.
    app = FastAPI(
        title="commitgraph",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.state.dataset = dataset
    app.state.limits = limits
    app.state.pool = pool
    app.router.routes.insert(0, Route("/sparql", SparqlEndpoint(pool, dataset, limits, editor)))
    app.include_router(_health)
    install_pages(app, dataset)
    install_api(app)
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_middleware(Stamp, version=dataset.version)
    return app


class Stamp:
    """Puts on every response what all have in common: the data version, and that any origin may read it.

    It also answers the questions that browsers ask before a request to another origin, and for
    what nobody expected: a fault inside ends in a problem document and a line in the log.
    """

    def __init__(self, app: ASGIApp, version: str) -> None:
        self._app = app
        self._version = version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = False

        async def stamped(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                headers = MutableHeaders(raw=message["headers"])
                headers["X-Data-Version"] = self._version
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Data-Version"
            await send(message)

        try:
            if scope["method"] == "OPTIONS" and _is_preflight(scope):
                await Response(status_code=204, headers=_ALLOWED)(scope, receive, stamped)
            else:
                await self._app(scope, receive, stamped)
        except Exception:
            if has_started:
                raise
            _log.exception("%s %s failed", scope["method"], scope["path"])
            detail = "This is a fault of the service; it has been logged."
            problem = Problem(500, "failure", "The service failed", detail)
            await _answer(Request(scope), problem)(scope, receive, stamped)


def _is_preflight(scope: Scope) -> bool:
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])


async def _start(pool: Pool) -> None:
    try:
        await pool.start()
    except Problem as problem:
        _log.error("the query engine did not start: %s", problem.detail)


_health = APIRouter(include_in_schema=False)


@_health.api_route("/healthz", methods=["GET", "HEAD"])
async def healthz(request: Request) -> dict[str, str]:
    """Whether the service lives; if not, only a new start helps."""
    if request.app.state.pool.is_broken:
        raise Problem(503, "no-engine", "The query engine is gone", "Start the service again.")
    return {"status": "ok"}


@_health.api_route("/readyz", methods=["GET", "HEAD"])
async def readyz(request: Request) -> dict[str, str]:
    """Whether the service answers queries."""
    if not request.app.state.pool.is_ready:
        raise Problem(503, "not-ready", "The service is not ready", "The query engine has not answered yet.")
    return {"status": "ready", "dataVersion": request.app.state.dataset.version}


def _answer(request: Request, problem: Problem) -> Response:
    """A page for browsers, the problem document for everybody else."""
    return error_page(request, problem) or Response(
        problem.document(), problem.status, problem.headers, MEDIA_TYPE
    )


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  (for the type checker)
    return _answer(request, error)


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (for the type checker)
    name, title = _TITLES.get(error.status_code, ("http-error", "The request failed"))
    detail = f"{request.method} {request.url.path}: {error.detail}"
    return _answer(request, Problem(error.status_code, name, title, detail, headers=error.headers))


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (for the type checker)
    faults = [(str(fault["loc"][-1]), fault) for fault in error.errors()]
    detail = "; ".join(f"{name}: {_expected(fault)}" for name, fault in faults)
    problem = Problem(400, "bad-parameter", "A parameter is wrong", detail, parameter=faults[0][0])
    return _answer(request, problem)


def _expected(fault: dict[str, Any]) -> str:
    """What a value should have been, in our words as far as we have them."""
    if fault["type"] == "missing":
        return "expected a value, got none"
    if fault["type"] == "extra_forbidden":
        return "expected no such parameter"
    return f"{fault['msg']}, got {str(fault['input'])[:80]!r}"
