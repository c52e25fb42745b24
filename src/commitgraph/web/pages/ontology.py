"""The ontology: its terms on one page, and as RDF."""

from __future__ import annotations

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from commitgraph.domain.concepts import concepts
from commitgraph.domain.ontology_document import ALIGNMENTS, EXTERNAL, alignments, header, published, schemes
from commitgraph.domain.ontology_terms import terms
from commitgraph.domain.things import graph
from commitgraph.iris import NS, prefixes
from commitgraph.web.pages.common import not_found, page, redirect, router
from commitgraph.web.pages.guides import GUIDES
from commitgraph.web.pages.site import FORMS, HEADERS, RDF, TOPICAL, Site, data_form, site_of

routes = router()
#: What is served from the process that holds the files.
files = APIRouter(include_in_schema=False)


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
        schemes=[(name, concepts(site.engine, name)) for name in schemes(site.engine) if name not in TOPICAL],
        head=header(site.engine),
        alignments=alignments(site.engine),
        guides=GUIDES,
        space=NS,
        data_address="/ns",
    )


@page(routes, "/ns")
async def namespace(request: Request) -> Response:
    """The namespace leads to the page or to RDF, as the client likes."""
    return _page_or_data(request, "/ns")


@page(routes, "/ns.{suffix:suffix}")
async def ontology_data(request: Request, suffix: str) -> Response:
    """The ontology as RDF; plain JSON is JSON-LD here."""
    return _file(published(site_of(request).engine), suffix)


@page(routes, "/ns/{version}.{suffix:suffix}")
async def version_data(request: Request, version: str, suffix: str) -> Response:
    """The version of the ontology that is in force, as RDF."""
    site = site_of(request)
    _expect_version(site, version)
    return _file(published(site.engine), suffix)


@page(routes, "/ns/{version}")
async def ontology_version(request: Request, version: str) -> Response:
    """The name of the version that is in force leads where the namespace does."""
    _expect_version(site_of(request), version)
    return _page_or_data(request, f"/ns/{version}")


@page(routes, "/alignments.{suffix:suffix}")
async def alignments_data(request: Request, suffix: str) -> Response:
    """How our terms stand to those of other vocabularies."""
    return _file(graph(site_of(request).engine, ALIGNMENTS), suffix)


@page(routes, "/alignments")
async def to_alignments(request: Request) -> Response:
    """The alignments lead to their place on the page, or to RDF."""
    return _page_or_data(request, "/alignments", "/ontology#alignments")


@page(routes, "/external.{suffix:suffix}")
async def external_data(request: Request, suffix: str) -> Response:
    """The terms that are borrowed, as they are declared."""
    return _file(graph(site_of(request).engine, EXTERNAL), suffix)


@page(routes, "/external")
async def external(request: Request) -> Response:
    """The borrowed terms have no page; the one of the ontology is nearest."""
    return _page_or_data(request, "/external")


def _page_or_data(request: Request, address: str, there: str = "/ontology") -> Response:
    suffix = data_form(request.headers.get("accept"))
    return redirect(f"{address}.{suffix}" if suffix else there)


def _expect_version(site: Site, version: str) -> None:
    head = header(site.engine)
    stands = head.version if head else "none"
    if version != stands:
        raise not_found(f"This service has version {stands} of the ontology, not {version[:40]!r}.")


def _file(triples: tuple[ox.Triple, ...], suffix: str) -> Response:
    form = "jsonld" if suffix == "json" else suffix
    body = ox.serialize(triples, format=RDF[form].syntax, prefixes=prefixes()) or b""
    charset = "; charset=utf-8" if FORMS[suffix].startswith("text/") else ""
    return Response(body, headers=HEADERS, media_type=FORMS[suffix] + charset)


@files.api_route("/alignments.sssom.tsv", methods=["GET", "HEAD"])
async def alignments_table(request: Request) -> Response:
    """The alignments with their reasons, as they are written."""
    return _shipped(request, "alignments.sssom.tsv", "text/tab-separated-values; charset=utf-8")


@files.api_route("/context.jsonld", methods=["GET", "HEAD"])
async def context(request: Request) -> Response:
    """The JSON-LD context that disclosures may name."""
    return _shipped(request, "context.jsonld", "application/ld+json")


def _shipped(request: Request, name: str, media_type: str) -> Response:
    return FileResponse(
        site_of(request).dataset.home / "ontology" / name, headers=HEADERS, media_type=media_type
    )
