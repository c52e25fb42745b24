"""The promises that the profile `coverage` asks a party to answer for, with the words of each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure.account import UNANSWERED
from commitgraph.disclosure.background import slice_for
from commitgraph.disclosure.engines import judge
from commitgraph.disclosure.reading.statements import DISCLOSURE, NODE
from commitgraph.disclosure.shapes import shapes_of
from commitgraph.domain.provisions import Provision, provisions
from commitgraph.engine import Embedded, Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import RDF_TYPE, cg

#: The check that says which texts a party may have taken on something of.
_OPEN = "CG505"
_ROOT = ox.NamedNode(f"{NODE}000000")

_CONDITIONS = """
SELECT DISTINCT ?promise ?condition WHERE {
  VALUES ?promise { $promises }
  ?promise cg:within*/cg:appliesIf/skos:prefLabel ?condition
} ORDER BY ?promise ?condition"""
_TITLES = """
SELECT DISTINCT ?text ?title WHERE { VALUES ?text { $texts } ?text rdfs:label ?title } ORDER BY ?title"""


class Promise(NamedTuple):
    """One promise that is asked for.

    Attributes:
        provision: what is promised.
        wording: how firmly, and what softens it: the words of the schemes.
    """

    provision: Provision
    wording: str


class Promises(NamedTuple):
    """What a party is asked to answer for.

    Attributes:
        asked: by instrument, in the order of its text.
        open: titles of the texts of which it may have taken on something; nobody asks for these.
    """

    asked: tuple[Promise, ...]
    open: tuple[str, ...]

    @property
    def left_out(self) -> str:
        """What nobody asks for, and why, as the object of a sentence; empty where there is nothing open."""
        if not self.open:
            return ""
        *most, last = self.open
        titles = f"{', '.join(most)} and {last}" if most else last
        return (
            f"commitments of {titles} of which it is open whether the organisation has taken them on: that "
            "depends on conditions that no source in the graph shows to be met, or rests on the word of "
            "others"
        )


def promises(party: str, store: ox.Store) -> Promises:
    """What `coverage` finds unanswered in an account of a party that answers nothing.

    Args:
        party: its address in the graph.
        store: the graph.
    """
    triples = [
        ox.Triple(_ROOT, ox.NamedNode(RDF_TYPE), ox.NamedNode(DISCLOSURE)),
        ox.Triple(_ROOT, ox.NamedNode(cg("disclosedBy")), ox.NamedNode(party)),
    ]
    background = slice_for(triples, store, promises=True, today=datetime.now(UTC).date())
    shapes = shapes_of(("coverage",))
    found = [
        (shapes[hit.shape].code, hit.value or "") for hit in judge([*triples, *background], ("coverage",))
    ]
    engine = Embedded(store)
    asked = provisions(engine, [value for code, value in found if code in UNANSWERED])
    conditions: dict[str, list[str]] = {}
    for row in rows(engine, _CONDITIONS, promises=[one.iri for one in asked]) if asked else ():
        conditions.setdefault(row["promise"], []).append(row["condition"])
    return Promises(
        tuple(Promise(one, _wording(one, conditions.get(one.iri, []))) for one in asked),
        _titles(engine, [value for code, value in found if code == _OPEN]),
    )


def _wording(promise: Provision, conditions: list[str]) -> str:
    parts = [promise.force_label]
    if promise.hedges:
        parts.append("softened: " + ", ".join(hedge.label for hedge in promise.hedges))
    if conditions:
        parts.append("where it applies: " + ", ".join(conditions))
    if promise.due:
        parts.append(f"by {promise.due}")
    return "; ".join(part for part in parts if part)


def _titles(engine: Engine, texts: list[str]) -> tuple[str, ...]:
    return tuple(row["title"] for row in rows(engine, _TITLES, texts=texts)) if texts else ()
