"""Pages about parties: the list, and one party with all that ties it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from fastapi import Request, Response

from commitgraph.domain.endings import delistings_by, refusals_by, withdrawals_by
from commitgraph.domain.evidence import disclosures_of, observations
from commitgraph.domain.links import links_of
from commitgraph.domain.parties import KINDS, changes_of, parties, party
from commitgraph.domain.provisions import Number, Provision, count_commitments
from commitgraph.domain.ratings import ratings_of
from commitgraph.domain.ref import Ref
from commitgraph.domain.regions import states_by_region
from commitgraph.domain.standing import adherences_of, all_adherences, split_on
from commitgraph.domain.undertakings import Undertaking, undertakings_of
from commitgraph.iris import local
from commitgraph.web.pages import wording
from commitgraph.web.pages.common import AsOf, find, page, router
from commitgraph.web.pages.site import site_of

routes = router()


@page(routes, "/parties")
async def list_parties(request: Request, kind: str = "", country: str = "", region: str = "") -> Response:
    """All parties, by kind, to narrow down by kind, country and, of states, region."""
    site = site_of(request)
    everybody = parties(site.engine)
    regions = states_by_region(site.engine)
    within = next((one.states for one in regions if local(one.region.iri) == region), frozenset[str]())
    chosen = [
        p
        for p in everybody
        if (not kind or kind in p.kinds)
        and (not country or p.country == country)
        and (not region or p.iri in within)
    ]
    own = Counter(a.party for a in split_on(None, all_adherences(site.engine)).own)
    groups = [(k, [p for p in chosen if p.kinds and p.kinds[0] == k]) for k in KINDS]
    return site.render(
        request,
        "parties.html",
        groups=[(k, members) for k, members in groups if members],
        own=own,
        total=len(everybody),
        shown=len(chosen),
        kinds=[k for k in KINDS if any(k in p.kinds for p in everybody)],
        countries=_countries(site.countries, {p.country for p in everybody}),
        names=site.countries,
        kind=kind,
        country=country,
        regions=regions,
        region=region,
    )


@page(routes, "/party/{name:path}")
async def show_party(request: Request, name: str, asof: AsOf) -> Response:
    """One party: how it stands to texts, what it has taken on and may have, and evidence."""
    site = site_of(request)
    iri = find(request, "party", name)
    about = party(site.engine, iri)
    assert about  # noqa: S101  (find has seen it)
    standings = split_on(asof, adherences_of(site.engine, iri))
    promises = undertakings_of(site.engine, iri, asof)
    taken_on = [one for one in promises if one.taken_on and not one.from_memory]
    memory = [one for one in promises if one.taken_on and one.from_memory]
    may = [one for one in promises if not one.taken_on]
    findings = observations(site.engine, party=iri, as_of=asof)
    links = [
        (through, list(group))
        for through, group in groupby(
            links_of(site.engine, iri, asof), key=lambda link: (link.through, link.through_label)
        )
    ]
    return site.render(
        request,
        "party.html",
        party=about,
        what=wording.kind(about),
        names=wording.names(about),
        country=site.countries.get(about.country, about.country),
        standings=standings,
        delistings={d.adherence: d for d in delistings_by(site.engine, iri, asof)},
        withdrawals={w.adherence: w for w in withdrawals_by(site.engine, iri, asof)},
        refusals=refusals_by(site.engine, iri, asof),
        changes=changes_of(site.engine, iri, asof),
        links=links,
        linked=sum(len(group) for _, group in links),
        taken_on=by_instrument(taken_on),
        memory=by_instrument(memory),
        may=by_instrument(may),
        number=count_commitments(one.commitment for one in taken_on),
        number_memory=count_commitments(one.commitment for one in memory),
        number_may=count_commitments(one.commitment for one in may),
        evidence=[f for f in findings if f.found],
        lookups=[f for f in findings if not f.found],
        disclosures=disclosures_of(site.engine, iri, asof),
        ratings=ratings_of(site.engine, iri, asof),
        asof=str(asof or ""),
        data_address=request.url.path,
    )


@dataclass(frozen=True)
class Promises:
    """Undertakings of one instrument: how many commitments, how many of which force, and each."""

    instrument: Ref
    number: Number
    forces: str
    undertakings: tuple[Undertaking, ...]


def by_instrument(undertakings: Iterable[Undertaking]) -> list[Promises]:
    """Undertakings in groups by instrument, in the order in which these come first."""
    groups: dict[Ref, list[Undertaking]] = {}
    for one in undertakings:
        groups.setdefault(one.commitment.instrument, []).append(one)
    made = []
    for instrument, members in groups.items():
        commitments = [one.commitment for one in members]
        number = count_commitments(commitments)
        made.append(Promises(instrument, number, forces(commitments), tuple(members)))
    return made


def forces(provisions: list[Provision]) -> str:
    """How many provisions have which force, strongest first, in words."""
    counts: dict[tuple[int, str], int] = {}
    for provision in provisions:
        if provision.force:
            key = (-provision.rank, provision.force_label)
            counts[key] = counts.get(key, 0) + 1
    return ", ".join(f"{count} “{label}”" for (_, label), count in sorted(counts.items()))


def _countries(names: dict[str, str], codes: set[str]) -> list[tuple[str, str]]:
    return sorted(((code, names.get(code, code)) for code in codes if code), key=lambda pair: pair[1])
