"""Things: their names redirected, their data, receipts of adherences, and one page for everything else."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import Request, Response

from commitgraph.domain import phrases
from commitgraph.domain.endings import delistings_by
from commitgraph.domain.provisions import count_commitments
from commitgraph.domain.rolls import roll, rolls
from commitgraph.domain.sources import copies_of, passages_of
from commitgraph.domain.standing import Adherence, adherence
from commitgraph.domain.things import Statement, description, exists, graph, pointers, statements
from commitgraph.domain.undertakings import reached_by
from commitgraph.engine import Term
from commitgraph.find.names import names_of
from commitgraph.iris import GRAPH, ID, NS, SCHEME, is_iri, local, prefixes, shorten, thing
from commitgraph.web.pages.common import not_found, page, redirect, router, to_data
from commitgraph.web.pages.site import FORMS, HEADERS, RDF, TOPICAL, Site, href, site_of

routes = router()
data = router()
#: More statements that point to a thing than this are counted, not listed.
_MOST = 200


@page(routes, "/id/{path:path}")
async def to_thing(path: str) -> Response:
    """The name of a thing leads to its page; there, whoever wants data is sent on to it."""
    # Two slashes at the start would name another host.
    return redirect("/" + path.lstrip("/"))


@page(routes, "/scheme/{scheme}/{name}")
async def to_concept(request: Request, scheme: str, name: str) -> Response:
    """Concepts of schemes with pages of their own are there; the others have the general page."""
    if scheme in TOPICAL:
        return redirect(f"/{scheme}/{name}")
    return _general(request, "scheme", f"{scheme}/{name}")


@page(data, "/{kind:kind}/{path:path}.{suffix:suffix}")
async def data_of(request: Request, kind: str, path: str, suffix: str) -> Response:
    """The statements about a thing in one of the data forms, or those of a whole graph."""
    site = site_of(request)
    iri = iri_of(kind, path)
    if suffix == "json":
        found = statements(site.engine, iri) if is_iri(iri) else ()
        if not found:
            raise _nothing(site, kind, path)
        return _document(site, iri, found)
    triples = (
        ()
        if not is_iri(iri)
        else graph(site.engine, iri)
        if kind == "graph"
        else description(site.engine, iri)
    )
    if not triples:
        raise _nothing(site, kind, path)
    body = ox.serialize(triples, format=RDF[suffix].syntax, prefixes=prefixes()) or b""
    return _file(body, FORMS[suffix], f"/{kind}/{path}")


@page(routes, "/adherence/{path:path}")
async def show_adherence(request: Request, path: str) -> Response:
    """An adherence as a receipt: who, what, when, by which act, read where, and which lists agree."""
    site = site_of(request)
    iri = thing("adherence", path)
    found = adherence(site.engine, iri) if is_iri(iri) else None
    if found is None:
        raise _nothing(site, "adherence", path)
    to_data(request)
    lists = rolls(site.engine, found.instrument)
    reached = reached_by(site.engine, [iri])
    return site.render(
        request,
        "adherence.html",
        adherence=found,
        sentence=phrases.sentence(found),
        dispute=phrases.dispute(found, lists),
        citation=phrases.citation(found, site.dataset.short_version, lists),
        bibtex=_bibtex(found, site.dataset.short_version, phrases.dispute(found, lists)),
        delisting=next((d for d in delistings_by(site.engine, found.party) if d.adherence == iri), None),
        shows=[r for r in lists if any(a.iri == iri for a in r.listed)],
        lacks=[r for r in lists if any(a.iri == iri for a in r.lacking)],
        silent=[r for r in lists if not any(a.iri == iri for a in (*r.listed, *r.lacking))],
        passages=passages_of(site.engine, iri),
        taken_on=count_commitments(one.commitment for one in reached if one.taken_on and not one.from_memory),
        memory=count_commitments(one.commitment for one in reached if one.taken_on and one.from_memory),
        may=count_commitments(one.commitment for one in reached if not one.taken_on),
        lines=lines(statements(site.engine, iri)),
        data_address=request.url.path,
    )


@page(routes, "/roll/{path:path}")
async def show_roll(request: Request, path: str) -> Response:
    """A list of adherents: whom it shows, whom it lacks, for which day it speaks."""
    site = site_of(request)
    iri = thing("roll", path)
    found = roll(site.engine, iri) if is_iri(iri) else None
    if found is None:
        raise _nothing(site, "roll", path)
    to_data(request)
    return site.render(
        request,
        "roll.html",
        instrument=found.instrument,
        roll=found,
        lines=lines(statements(site.engine, iri)),
        data_address=request.url.path,
    )


@page(routes, "/statements/{kind:kind}/{path:path}")
async def show_statements(request: Request, kind: str, path: str) -> Response:
    """Everything that is stated about a thing that has a page of another form."""
    return _general(request, kind, path)


@page(routes, "/{kind:general}/{path:path}")
async def show_thing(request: Request, kind: str, path: str) -> Response:
    """Everything that is stated about a thing, with the file that states it."""
    return _general(request, kind, path)


@dataclass(frozen=True)
class Line:
    """All values of one property that the same graphs state: what a reader sees as one row."""

    property: str
    label: str
    values: tuple[tuple[Term, str], ...]
    graphs: tuple[tuple[str, str], ...]


def lines(found: tuple[Statement, ...]) -> list[Line]:
    """Statements as rows, in their order."""
    rows: dict[tuple[str, tuple[tuple[str, str], ...]], Line] = {}
    for s in found:
        key = (s.property, s.graphs)
        values = rows[key].values if key in rows else ()
        label = s.property_label or shorten(s.property)
        rows[key] = Line(s.property, label, (*values, (s.value, s.value_label)), s.graphs)
    return list(rows.values())


def iri_of(kind: str, path: str) -> str:
    """The IRI that an address stands for."""
    if kind == "graph":
        return GRAPH + path
    if kind == "scheme":
        return SCHEME + path
    return (SCHEME if kind in TOPICAL else ID) + f"{kind}/{path}"


def _general(request: Request, kind: str, path: str) -> Response:
    site = site_of(request)
    iri = iri_of(kind, path)
    if not is_iri(iri) or not exists(site.engine, iri):
        raise _nothing(site, kind, path)
    if not request.url.path.startswith("/statements/"):
        to_data(request)
    found = statements(site.engine, iri)
    said = {s.property.rsplit("#", 1)[-1].rsplit("/", 1)[-1]: s.value.value for s in reversed(found)}
    incoming = pointers(site.engine, iri)
    classes = [s for s in found if s.property.endswith("#type") and s.value.value.startswith(NS)]
    return site.render(
        request,
        "thing.html",
        iri=iri,
        title=_title(said, iri),
        kinds=classes,
        kind=kind,
        lines=lines(found),
        count=len(found),
        passages=passages_of(site.engine, iri) if kind != "passage" else (),
        copies=copies_of(site.engine, iri),
        pointers=incoming[:_MOST],
        pointing=len(incoming),
        data_address=href(iri) if kind != "graph" else f"/graph/{path}",
    )


def _title(said: dict[str, str], iri: str) -> str:
    for name in ("label", "prefLabel", "title", "claimPoint", "summary", "nameText"):
        if name in said:
            return said[name]
    return local(iri)


def _nothing(site: Site, kind: str, path: str) -> Exception:
    if kind in ("party", "instrument", "provision", *TOPICAL):
        names = names_of(site.engine)
        near = tuple((href(iri), names.labels[iri]) for iri in names.near(kind, path))  # type: ignore[arg-type]
    else:
        near = ()
    return not_found(f"There is no {kind} called {path[:120]!r} here.", near)


def _document(site: Site, iri: str, found: tuple[Statement, ...]) -> Response:
    listed = []
    for s in found:
        value: dict[str, object] = {"kind": s.value.kind, "value": s.value.value}
        for name, text in (
            ("language", s.value.language),
            ("datatype", s.value.datatype),
            ("label", s.value_label),
        ):
            if text:
                value[name] = text
        listed.append(
            {
                "property": shorten(s.property),
                "propertyIri": s.property,
                "value": value,
                "graphs": [name for name, _ in s.graphs],
            }
        )
    document = {"iri": iri, "dataVersion": site.dataset.version, "statements": listed}
    return _file(json.dumps(document, ensure_ascii=False, indent=1).encode(), FORMS["json"], href(iri))


def _file(body: bytes, media_type: str, page_address: str) -> Response:
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    headers = {**HEADERS, "Link": f'<{page_address}>; rel="alternate"; type="text/html"'}
    return Response(body, headers=headers, media_type=media_type + charset)


def _bibtex(found: Adherence, version: str, dispute: str) -> str:
    """The adherence as a BibTeX entry, its dispute in the note."""
    key = local(found.iri).replace("/", "-")
    note = f"Source: {found.sources[0].title if found.sources else 'none recorded'}"
    note += f" ({found.weakness})" if found.weakness else ""
    note += f". {dispute}" if dispute else ""
    return (
        f"@misc{{commitgraph-{key},\n"
        f"  title = {{{_escape(phrases.sentence(found).rstrip('.'))}}},\n"
        f"  howpublished = {{commitgraph, data version {version}}},\n"
        f"  url = {{{found.iri}}},\n"
        f"  note = {{{_escape(note)}}}\n}}"
    )


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in "&%$#_{}" else c for c in text)
