"""Pages about what provisions are about: topics in groups, and one topic, value, principle or right."""

from __future__ import annotations

from itertools import groupby

from fastapi import Request, Response

from commitgraph.domain.concepts import Concept, concepts, ties
from commitgraph.domain.provisions import Provision, provisions_about
from commitgraph.find.names import Kind
from commitgraph.iris import SCHEME
from commitgraph.web.pages.common import find, page, router
from commitgraph.web.pages.site import site_of

routes = router()
_MANY = {"value": "values", "principle": "principles", "right": "human rights"}
#: More provisions of one force than this are shown folded.
_LONG = 12


@page(routes, "/topics")
async def list_topics(request: Request) -> Response:
    """The topics in their groups, and the values, principles and rights that texts set out."""
    site = site_of(request)
    topics = concepts(site.engine, "topic")
    groups = [(t, [c for c in topics if c.broader == t.iri]) for t in topics if not t.broader]
    others = [(_MANY[scheme], concepts(site.engine, scheme)) for scheme in _MANY]
    return site.render(
        request, "topics.html", groups=groups, others=others, total=sum(len(members) for _, members in groups)
    )


@page(routes, "/topic/{name}")
async def show_topic(request: Request, name: str) -> Response:
    """One topic: what all texts say on it, strongest force first."""
    return _show(request, "topic", name)


@page(routes, "/value/{name}")
async def show_value(request: Request, name: str) -> Response:
    """One value."""
    return _show(request, "value", name)


@page(routes, "/principle/{name}")
async def show_principle(request: Request, name: str) -> Response:
    """One principle."""
    return _show(request, "principle", name)


@page(routes, "/right/{name}")
async def show_right(request: Request, name: str) -> Response:
    """One human right."""
    return _show(request, "right", name)


def _show(request: Request, kind: Kind, name: str) -> Response:
    site = site_of(request)
    iri = find(request, kind, name)
    about = next(c for c in concepts(site.engine, kind) if c.iri == iri)
    found = provisions_about(site.engine, iri)
    instruments = {p.instrument.iri: p.instrument.label for p in found}
    return site.render(
        request,
        "concept.html",
        concept=about,
        kind=kind,
        many=_MANY.get(kind, "topics"),
        ties=ties(site.engine, iri),
        groups=_by_force(found, concepts(site.engine, "force")),
        total=len(found),
        table=[
            (
                iri,
                label,
                [sum(p.instrument.iri == iri and p.rank == rank for p in found) for rank in range(7, 0, -1)],
            )
            for iri, label in sorted(instruments.items(), key=lambda pair: pair[1])
        ],
        strengths=sorted(concepts(site.engine, "force"), key=lambda c: -c.rank),
        long=_LONG,
        scheme=SCHEME,
        data_address=request.url.path,
    )


def _by_force(
    found: tuple[Provision, ...], strengths: tuple[Concept, ...]
) -> list[tuple[str, str, int, list[Provision]]]:
    """Groups of provisions: force in words, what it means, rank, provisions; those without force last."""
    definitions = {c.rank: (c.label, c.definition) for c in strengths}
    groups = []
    for rank, members in groupby(found, key=lambda p: p.rank):
        label, definition = definitions.get(rank, ("no force of its own", "Headings and questions."))
        groups.append((label, definition, rank, list(members)))
    return groups
