"""The ontology: its terms on one page, and as RDF."""

from __future__ import annotations

import pyoxigraph as ox
from fastapi import Request, Response

from commitgraph.domain.concepts import concepts
from commitgraph.domain.ontology_terms import terms
from commitgraph.domain.things import graph
from commitgraph.iris import GRAPH, NS, prefixes
from commitgraph.web.pages.common import page, redirect, router
from commitgraph.web.pages.site import FORMS, HEADERS, RDF, data_form, site_of

routes = router()
_SCHEMES = ("force", "hedge", "mode", "scope", "role", "confidence", "source-kind", "bearing", "verdict",
            "instrument-type", "evidence-type", "correspondence", "normal-form")  # fmt: skip


@page(routes, "/ontology")
async def show_ontology(request: Request) -> Response:
    """All classes, properties and lists of concepts, with their definitions."""
    site = site_of(request)
    found = terms(site.engine)
    return site.render(
        request,
        "ontology.html",
        classes=[t for t in found if t.kind == "class"],
        properties=[t for t in found if t.kind != "class"],
        schemes=[(name, concepts(site.engine, name)) for name in _SCHEMES],
        space=NS,
        data_address="/ns",
    )


@page(routes, "/ns")
async def namespace(request: Request) -> Response:
    """The namespace leads to the page or to RDF, as the client likes."""
    suffix = data_form(request.headers.get("accept"))
    return redirect(f"/ns.{suffix}" if suffix else "/ontology")


@page(routes, "/ns.{suffix:suffix}")
async def ontology_data(request: Request, suffix: str) -> Response:
    """The ontology as RDF; plain JSON is JSON-LD here."""
    site = site_of(request)
    form = "jsonld" if suffix == "json" else suffix
    triples = graph(site.engine, f"{GRAPH}ontology/commitgraph")
    body = ox.serialize(triples, format=RDF[form].syntax, prefixes=prefixes()) or b""
    charset = "; charset=utf-8" if FORMS[suffix].startswith("text/") else ""
    return Response(body, headers=HEADERS, media_type=FORMS[suffix] + charset)
