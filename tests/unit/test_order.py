"""Every list that the domain gives has one order, whatever the order inside the store."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest

from commitgraph.dataset import load
from commitgraph.domain import (
    claims,
    concepts,
    endings,
    evidence,
    instruments,
    links,
    parties,
    provisions,
    rolls,
    standing,
    undertakings,
)
from commitgraph.engine import Embedded
from commitgraph.iris import thing
from commitgraph.views.matrix import Matrix

SEOUL = thing("instrument", "seoul-ai-business-pledge")
FRONTIER = thing("instrument", "frontier-ai-safety-commitments")
MICROSOFT = thing("party", "microsoft")
LISTS: dict[str, Callable[[Embedded], Any]] = {
    "adherences": standing.all_adherences,
    "claims": lambda e: claims.claims_about(e, thing("instrument", "unga-res-78-265")),
    "commitments": lambda e: undertakings.undertakings_of(e, MICROSOFT),
    "concepts": lambda e: [concepts.concepts(e, scheme) for scheme in ("topic", "force", "principle")],
    "evidence": evidence.observations,
    "instruments": instruments.instruments,
    "links": lambda e: links.links_of(e, MICROSOFT),
    "matrix": lambda e: Matrix(e).cell(
        next(p for p in parties.parties(e) if p.iri == MICROSOFT),
        next(i for i in instruments.instruments(e) if i.iri == SEOUL),
    ),
    "mentions": lambda e: (instruments.mentions_by(e, SEOUL), instruments.mentions_of(e, SEOUL)),
    "parties": parties.parties,
    "party": lambda e: parties.party(e, MICROSOFT),
    "profile": lambda e: instruments.profile(e, FRONTIER),
    "provisions": lambda e: provisions.provisions_of(e, FRONTIER),
    "refusals": endings.all_refusals,
    "rolls": lambda e: rolls.rolls(e, SEOUL),
}


@pytest.fixture(scope="module")
def shuffled() -> Embedded:
    quads = sorted(load().store, key=str)
    random.Random(7).shuffle(quads)  # noqa: S311  (any other order will do)
    store = ox.Store()
    store.extend(quads)
    return Embedded(store)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_comes_in_one_order(engine: Embedded, shuffled: Embedded, name: str) -> None:
    assert LISTS[name](shuffled) == LISTS[name](engine)
