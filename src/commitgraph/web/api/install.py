"""Puts the JSON API into the application."""

from __future__ import annotations

from fastapi import FastAPI

from commitgraph.web.api import openapi, queries, search, validation
from commitgraph.web.api.kept import Kept


def install(app: FastAPI) -> None:
    """Add the routes of the API; they need `dataset`, `limits`, `pool` and `site` in the state of `app`."""
    app.state.api_answers = Kept(app.state.dataset.version)
    app.include_router(queries.routes)
    app.include_router(search.routes)
    app.include_router(validation.routes)
    app.include_router(openapi.routes)
