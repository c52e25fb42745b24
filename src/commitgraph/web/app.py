"""The web application: the SPARQL endpoint, the pages, and whether the service is well."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from commitgraph import __version__
from commitgraph.dataset import Dataset, load
from commitgraph.sandbox.errors import SandboxError
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.supervisor import Supervisor
from commitgraph.web.api import install as install_api
from commitgraph.web.disclosures import DISCLOSURE_WORK, disclosure_work
from commitgraph.web.pages import editor, error_response, install, page_works, pages_app
from commitgraph.web.problems import Problem
from commitgraph.web.sparql.endpoint import SparqlEndpoint
from commitgraph.web.sparql.execution import QUERY_WORK, query_job, query_work

_log = logging.getLogger("uvicorn.error")


def create_app(limits: Limits | None = None, dataset: Dataset | None = None) -> FastAPI:
    """The application over a data set.

    It forks the process that workers come from, so call it before an event loop or a thread is
    started. The application ends that process when it shuts down.

    Args:
        limits: what the work of strangers may take; from the environment when None.
        dataset: what is served; the shipped data when None.

    Raises:
        DataError: the shipped data cannot be read.
        LimitsError: an environment variable holds no usable number.
    """
    limits = limits or Limits.from_environment()
    dataset = dataset or load()
    pages = pages_app(dataset, limits)
    kinds = {
        QUERY_WORK: query_work(dataset.store, limits),
        **page_works(pages, limits),
        DISCLOSURE_WORK: disclosure_work(dataset.store, limits),
    }
    pool = Pool(Supervisor(kinds, limits.memory_mb), limits.queue)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        starting = asyncio.create_task(_start(pool, limits.timeout))
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
    install_api(app)
    install(app, pages, pool, limits)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],  # answered with the names that were asked for, Authorization among them
        max_age=86_400,
    )
    app.add_middleware(Stamp, version=dataset.version)
    return app


class Stamp:
    """Puts on every response what all have in common, and answers for what nobody expected.

    All have the data version, and any origin may read them.

    A fault inside ends in a problem document and a line in the log.
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
                # On all of them, not only for those who name their origin: a cache may keep the answer to
                # one and give it to the other.
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Data-Version"
            await send(message)

        try:
            await self._app(scope, receive, stamped)
        except Exception:
            if has_started:
                raise
            _log.exception("%s %s failed", scope["method"], scope["path"])
            detail = "This is a fault of the service; it has been logged."
            problem = Problem(500, "failure", "The service failed", detail)
            await error_response(Request(scope), problem)(scope, receive, stamped)


async def _start(pool: Pool, seconds: float) -> None:
    try:
        await pool.start(query_job("ASK {}"), seconds)
    except SandboxError as error:
        _log.error("the query engine did not start: %s", error)


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
