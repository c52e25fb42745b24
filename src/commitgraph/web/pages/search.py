"""The search page."""

from __future__ import annotations

from typing import get_args

from fastapi import Request, Response

from commitgraph.find.names import Kind, names_of
from commitgraph.find.search import search
from commitgraph.web.pages.common import page, router
from commitgraph.web.pages.site import href, site_of

routes = router()
_MOST = 60
_LONGEST = 200


@page(routes, "/search")
async def show_search(request: Request, q: str = "") -> Response:
    """What fits the words, names before provisions; and where nothing does, what is spelt alike."""
    site = site_of(request)
    words = q.strip()[:_LONGEST]
    hits = search(site.engine, words, _MOST)
    names = names_of(site.engine)
    near: list[tuple[str, str]] = []
    if words and not hits:
        for kind in get_args(Kind):
            near += [(href(iri), names.labels[iri]) for iri in names.near(kind, words)]
    return site.render(
        request,
        "search.html",
        words=words,
        named=[h for h in hits if h.kind != "provision"],
        said=[h for h in hits if h.kind == "provision"],
        full=len(hits) == _MOST,
        near=near,
    )
