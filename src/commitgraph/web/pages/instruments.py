"""Pages about instruments: the list, and one instrument with its text, adherents and references."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fastapi import Request, Response

from commitgraph.domain import phrases
from commitgraph.domain.claims import claims_about, counts_of_adherents
from commitgraph.domain.concepts import concepts
from commitgraph.domain.endings import delistings_from, refusals_of, withdrawals_from
from commitgraph.domain.evidence import observations
from commitgraph.domain.instruments import instruments, mentions_by, mentions_of, profile
from commitgraph.domain.provisions import Provision, count_commitments, provisions_of
from commitgraph.domain.rolls import rolls
from commitgraph.domain.standing import adherents, all_adherences, split_on
from commitgraph.iris import local
from commitgraph.web.pages.common import AsOf, find, page, router
from commitgraph.web.pages.parties import forces
from commitgraph.web.pages.site import site_of

routes = router()
#: Texts with more provisions than this are shown folded.
_LONG = 60


@dataclass(frozen=True)
class Branch:
    """A provision with those within it."""

    provision: Provision
    branches: tuple[Branch, ...]

    @property
    def size(self) -> int:
        """How many provisions are within it, at any depth."""
        return sum(1 + branch.size for branch in self.branches)


def tree(provisions: tuple[Provision, ...]) -> tuple[Branch, ...]:
    """The provisions of one instrument, nested, in its order."""
    children: dict[str, list[Provision]] = {}
    here = {provision.iri for provision in provisions}
    for provision in provisions:
        children.setdefault(provision.parent if provision.parent in here else "", []).append(provision)

    def grow(parent: str) -> tuple[Branch, ...]:
        return tuple(Branch(p, grow(p.iri)) for p in children.get(parent, ()))

    return grow("")


@page(routes, "/instruments")
async def list_instruments(request: Request) -> Response:
    """All instruments: first those read into provisions, then those that are only named."""
    site = site_of(request)
    found = instruments(site.engine)
    return site.render(
        request,
        "instruments.html",
        own=Counter(a.instrument for a in split_on(None, all_adherences(site.engine)).own),
        read=[i for i in found if i.provisions],
        named=[i for i in found if not i.provisions],
        definitions={c.iri: c.definition for c in concepts(site.engine, "instrument-type")},
    )


@page(routes, "/instrument/{name:path}")
async def show_instrument(request: Request, name: str, asof: AsOf) -> Response:
    """One instrument."""
    site = site_of(request)
    iri = find(request, "instrument", name)
    about = profile(site.engine, iri)
    assert about  # noqa: S101  (find has seen it)
    provisions = provisions_of(site.engine, iri)
    standings = split_on(asof, adherents(site.engine, iri))
    kinds: dict[str, int] = {}
    for provision in provisions:
        kinds[provision.kind] = kinds.get(provision.kind, 0) + 1
    return site.render(
        request,
        "instrument.html",
        about=about,
        instrument=about,
        slug=local(iri),
        provisions=provisions,
        branches=tree(provisions),
        folded=len(provisions) > _LONG,
        kinds=kinds,
        forces=forces(list(provisions)),
        standings=standings,
        commitments=count_commitments(provisions),
        counted=phrases.counted(counts_of_adherents(site.engine, iri, asof), len(standings.own)),
        delistings={d.adherence: d for d in delistings_from(site.engine, iri, asof)},
        withdrawals={w.adherence: w for w in withdrawals_from(site.engine, iri, asof)},
        refusals=refusals_of(site.engine, iri, asof),
        groups=phrases.groups(standings.held),
        rolls=sorted(rolls(site.engine, iri, asof), key=lambda roll: roll.observed_on, reverse=True),
        mentions=mentions_by(site.engine, iri),
        mentioned=mentions_of(site.engine, iri),
        points=claims_about(site.engine, iri),
        findings=observations(site.engine, instrument=iri, as_of=asof),
        asof=str(asof or ""),
        data_address=request.url.path,
    )
