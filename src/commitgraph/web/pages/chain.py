"""The page that goes from a value or principle to promises, companies and evidence."""

from __future__ import annotations

from collections import Counter

from fastapi import Request, Response

from commitgraph.domain.concepts import concepts
from commitgraph.find.names import Kind
from commitgraph.views.chain import chain
from commitgraph.web.pages.common import find, page, router
from commitgraph.web.pages.site import site_of

routes = router()


@page(routes, "/chain/value/{name}")
async def chain_from_value(request: Request, name: str) -> Response:
    """The chain from a value."""
    return _show(request, "value", name)


@page(routes, "/chain/principle/{name}")
async def chain_from_principle(request: Request, name: str) -> Response:
    """The chain from a principle."""
    return _show(request, "principle", name)


def _show(request: Request, kind: Kind, name: str) -> Response:
    site = site_of(request)
    iri = find(request, kind, name)
    found = chain(site.engine, iri)
    return site.render(
        request,
        "chain.html",
        concept=next(c for c in concepts(site.engine, kind) if c.iri == iri),
        kind=kind,
        chain=found,
        texts=Counter(sentence.instrument for sentence in found.sentences),
        question=f"chain-from-{kind}",
    )
