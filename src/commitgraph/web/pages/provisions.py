"""Pages about provisions: the list with its filters, and one provision."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from commitgraph.domain.concept_links import concept_links
from commitgraph.domain.concepts import concepts
from commitgraph.domain.evidence import observations
from commitgraph.domain.instruments import instruments
from commitgraph.domain.provisions import (
    children_of,
    counterparts_of,
    find_provisions,
    none_found,
    outline,
    provision,
    provisions,
)
from commitgraph.domain.sources import passages_of
from commitgraph.domain.undertakings import undertakers_of
from commitgraph.iris import SCHEME, concept, local, thing
from commitgraph.web.pages.common import find, not_found, page, router
from commitgraph.web.pages.site import site_of
from commitgraph.web.pages.wording import PROVISIONS

routes = router()
_PER_PAGE = 40


@dataclass(frozen=True)
class Choice:
    """What a reader chose."""

    instrument: str
    force: str
    topic: str
    kind: str


async def _choice(instrument: str = "", force: str = "", topic: str = "", kind: str = "") -> Choice:
    return Choice(instrument, force, topic, kind)


@page(routes, "/provisions")
async def list_provisions(
    request: Request, choice: Annotated[Choice, Depends(_choice)], page: Annotated[int, Query(ge=1)] = 1
) -> Response:
    """Provisions of all instruments, to narrow down, in pages."""
    site = site_of(request)
    texts = [i for i in instruments(site.engine) if i.provisions]
    strengths = sorted(concepts(site.engine, "force"), key=lambda c: -c.rank)
    topics = [c for c in concepts(site.engine, "topic") if c.provisions]
    _expect("instrument", choice.instrument, [local(i.iri) for i in texts])
    _expect("force", choice.force, [local(c.iri) for c in strengths])
    _expect("topic", choice.topic, [local(c.iri) for c in topics])
    _expect("kind", choice.kind, list(PROVISIONS))
    found = find_provisions(
        site.engine,
        instrument=thing("instrument", choice.instrument) if choice.instrument else "",
        force=concept("force", choice.force) if choice.force else "",
        concept=concept("topic", choice.topic) if choice.topic else "",
        kind=choice.kind,
    )
    pages = max(1, -(-len(found) // _PER_PAGE))
    if not 1 <= page <= pages:
        raise not_found(f"There are {pages} pages of these provisions; there is no page {page}.")
    start = (page - 1) * _PER_PAGE
    wanted = found[start : start + _PER_PAGE]
    chosen = asdict(choice)
    given = {name: value for name, value in chosen.items() if value}
    return site.render(
        request,
        "provisions.html",
        found=provisions(site.engine, wanted) if wanted else (),
        total=len(found),
        first=start + 1,
        last=start + len(wanted),
        page=page,
        pages=pages,
        address=lambda number: "/provisions?" + urlencode({**given, "page": number}),
        texts=texts,
        strengths=strengths,
        topics=topics,
        chosen=chosen,
    )


@page(routes, "/provision/{name:path}")
async def show_provision(request: Request, name: str) -> Response:
    """One provision: what it says, how firmly, to whom, in which words, and who has taken it on."""
    site = site_of(request)
    iri = find(request, "provision", name)
    about = provision(site.engine, iri)
    assert about  # noqa: S101  (find has seen it)
    around = provision(site.engine, about.parent) if about.parent else None
    siblings = children_of(site.engine, about.parent) if about.parent else ()
    order = outline(site.engine, about.instrument.iri)
    undertakers = undertakers_of(site.engine, iri)
    place = next(n for n, ref in enumerate(order) if ref.iri == iri)
    return site.render(
        request,
        "provision.html",
        provision=about,
        hedges=[c for c in concepts(site.engine, "hedge") if c.iri in {h.iri for h in about.hedges}],
        around=around,
        siblings=[s for s in siblings if s.iri != iri],
        children=children_of(site.engine, iri),
        before=order[place - 1] if place else None,
        after=order[place + 1] if place + 1 < len(order) else None,
        passages=passages_of(site.engine, iri),
        taken_on=[u for u in undertakers if u.taken_on],
        may=[u for u in undertakers if not u.taken_on],
        counterparts=counterparts_of(site.engine, iri),
        none_found=none_found(site.engine, iri),
        links=concept_links(site.engine, iri),
        findings=observations(site.engine, provision=iri),
        concept_kind=lambda c: c.removeprefix(SCHEME).split("/")[0],
        data_address=request.url.path,
    )


def _expect(name: str, value: str, known: list[str]) -> None:
    if value and value not in known:
        raise not_found(f"Expected {name}= to be one of the choices of the form, got {value[:60]!r}.")
