"""Errors: pages for browsers, problem documents for programs."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from commitgraph.web.negotiation import best
from commitgraph.web.pages.site import Site
from commitgraph.web.problems import MEDIA_TYPE, Problem

_TITLES = {
    404: ("not-found", "There is nothing at this address"),
    405: ("method-not-allowed", "This method is not allowed"),
}


def add_error_handlers(app: FastAPI) -> None:
    """Have `app` answer problems and what the framework raises."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)


def error_response(request: Request, problem: Problem) -> Response:
    """A page where the client is a browser, else the problem document."""
    site = getattr(request.app.state, "site", None)
    wanted = best(request.headers.get("accept"), (MEDIA_TYPE, "application/json", "text/html"))
    if wanted != "text/html" or not isinstance(site, Site):
        return Response(problem.document(), problem.status, problem.headers, MEDIA_TYPE)
    page = site.render(
        request, "error.html", problem.status, problem=problem, near=problem.more.get("near", ())
    )
    page.headers.update({**problem.headers, "Vary": "Accept", "Cache-Control": "no-store"})
    return page


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  (for the type checker)
    return error_response(request, error)


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (for the type checker)
    name, title = _TITLES.get(error.status_code, ("http-error", "The request failed"))
    detail = f"{request.method} {request.url.path}: {error.detail}"
    return error_response(request, Problem(error.status_code, name, title, detail, headers=error.headers))


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (for the type checker)
    faults = [(str(fault["loc"][-1]), fault) for fault in error.errors()]
    detail = "; ".join(f"{name}: {_expected(fault)}" for name, fault in faults)
    problem = Problem(400, "bad-parameter", "A parameter is wrong", detail, parameter=faults[0][0])
    return error_response(request, problem)


def _expected(fault: dict[str, Any]) -> str:
    """What a value should have been, in our words as far as we have them."""
    if fault["type"] == "missing":
        return "expected a value, got none"
    if fault["type"] == "extra_forbidden":
        return "expected no such parameter"
    return f"{fault['msg']}, got {str(fault['input'])[:80]!r}"
