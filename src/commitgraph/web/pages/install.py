"""Putting the pages into the application."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from commitgraph.dataset import Dataset
from commitgraph.web.pages import (
    concepts,
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
from commitgraph.web.pages.common import Elsewhere, redirect
from commitgraph.web.pages.site import Site


def install(app: FastAPI, dataset: Dataset) -> None:
    """Add the pages over `dataset`, their files and their redirections to `app`."""
    app.state.site = Site(dataset)
    app.mount("/static", StaticFiles(directory=str(files("commitgraph.web") / "static")), name="static")
    app.add_exception_handler(Elsewhere, _elsewhere)
    # Data forms first: their addresses look like those of pages with a suffix.
    for router in (ontology.routes, things.data, validate.actions, sparql_editor.routes):
        app.include_router(router)
    for module in (
        home,
        parties,
        instruments,
        provisions,
        concepts,
        matrix,
        questions,
        search,
        validate,
        things,
    ):
        app.include_router(module.routes)


async def _elsewhere(_: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)  # noqa: S101  (for the type checker)
    return redirect(error.address)
