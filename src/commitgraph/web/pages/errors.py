"""Errors as pages, for browsers; programs get the problem document."""

from __future__ import annotations

from fastapi import Request, Response

from commitgraph.web.negotiation import best
from commitgraph.web.pages.site import Site
from commitgraph.web.problems import MEDIA_TYPE, Problem


def error_page(request: Request, problem: Problem) -> Response | None:
    """The page that tells a person of `problem`, or None where the client is no browser."""
    site = getattr(request.app.state, "site", None)
    wanted = best(request.headers.get("accept"), (MEDIA_TYPE, "application/json", "text/html"))
    if wanted != "text/html" or not isinstance(site, Site):
        return None
    page = site.render(
        request, "error.html", problem.status, problem=problem, near=problem.more.get("near", ())
    )
    page.headers.update({**problem.headers, "Vary": "Accept", "Cache-Control": "no-store"})
    return page
