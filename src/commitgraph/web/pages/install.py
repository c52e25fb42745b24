"""Putting the pages into the application."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from commitgraph.dataset import Dataset
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.web.pages import (
    answers,
    chain,
    checks,
    concepts,
    guides,
    home,
    instruments,
    matrix,
    ontology,
    parties,
    provisions,
    questions,
    search,
    sparql_editor,
    things,
    validate,
)
from commitgraph.web.pages.common import Redirect, redirect
from commitgraph.web.pages.errors import add_error_handlers
from commitgraph.web.pages.rendering import PagesRoute
from commitgraph.web.pages.site import Site

_PAGES = (
    home,
    parties,
    instruments,
    provisions,
    concepts,
    chain,
    matrix,
    questions,
    search,
    validate,
    checks,
    things,
)


def pages_app(dataset: Dataset, limits: Limits) -> FastAPI:
    """The pages over `dataset` as an application whose routes never wait, so that workers can run it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = Site(dataset)
    app.state.limits = limits
    add_error_handlers(app)
    app.add_exception_handler(Redirect, _redirect)
    # Data forms first: their addresses look like those of pages with a suffix.
    routers = [
        ontology.routes,
        guides.routes,
        things.data,
        sparql_editor.views,
        validate.views,
        answers.views,
    ]
    routers += [module.routes for module in _PAGES]
    for router in routers:
        app.router.routes.extend(router.routes)
    return app


def install(app: FastAPI, pages: FastAPI, pool: Pool, limits: Limits) -> None:
    """Add the pages, their files and their forms to `app`.

    Args:
        app: the service.
        pages: as :func:`pages_app` makes them.
        pool: its workers make pages.
        limits: of pages.
    """
    app.state.site = pages.state.site
    app.mount("/static", StaticFiles(directory=str(files("commitgraph.web") / "static")), name="static")
    add_error_handlers(app)
    app.include_router(validate.actions)
    app.include_router(answers.actions)
    app.include_router(ontology.files)
    app.include_router(sparql_editor.routes)
    app.router.routes.append(PagesRoute(pages, pages.state.site, pool, limits))


async def _redirect(_: Request, error: Exception) -> Response:
    assert isinstance(error, Redirect)  # noqa: S101  (for the type checker)
    return redirect(error.address)
