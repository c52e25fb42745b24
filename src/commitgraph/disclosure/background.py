"""The slice of the graph that the judging of one disclosure needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from commitgraph.disclosure.reading.statements import Statement, typed
from commitgraph.iris import ID, NS, cg

_RUN = ox.NamedNode("urn:commitgraph:run")

_QUERY = f"""
PREFIX cg: <{NS}>
PREFIX dcterms: <http://purl.org/dc/terms/>
CONSTRUCT {{
  ?party a cg:Party ; cg:isBoundBy ?bound .
  ?adherence cg:adherent ?party ; cg:toInstrument ?joined ; cg:since ?since .
  ?mentioned a cg:Provision ; cg:inInstrument ?instrument .
  ?instrument dcterms:issued ?issued .
  ?framework a cg:Instrument .
  ?bound cg:force ?force ; cg:summary ?summary ; cg:hedge ?hedge ; cg:within ?parent .
  ?inner cg:within ?outer .
}} WHERE {{
  {{ VALUES ?party {{ %(parties)s }} ?party a ?any }}
  UNION {{ VALUES ?party {{ %(parties)s }} ?adherence cg:adherent ?party ; cg:toInstrument ?joined
          OPTIONAL {{ ?adherence cg:since ?since }} }}
  UNION {{ VALUES ?mentioned {{ %(provisions)s }} ?mentioned cg:inInstrument ?instrument
          OPTIONAL {{ ?instrument dcterms:issued ?issued }} }}
  UNION {{ VALUES ?framework {{ %(instruments)s }} ?framework a cg:Instrument }}
  UNION {{ VALUES ?party {{ %(bound)s }} ?party cg:isBoundBy ?bound .
          ?bound cg:force ?force ; cg:summary ?summary
          OPTIONAL {{ ?bound cg:hedge ?hedge }} OPTIONAL {{ ?bound cg:within ?parent }} }}
  UNION {{ VALUES ?holder {{ %(bound)s }} ?holder cg:isBoundBy ?held . ?held cg:within+ ?inner .
          ?inner cg:within ?outer }}
}}"""


def slice_for(
    statements: Iterable[Statement], store: ox.Store, *, promises: bool, today: date
) -> list[ox.Triple]:
    """What the graph says about the things that a disclosure mentions, and the day of judging.

    Args:
        statements: of the disclosure, resolved.
        store: the graph.
        promises: whether to fetch all that the party is bound by, too.
        today: the day of judging.
    """
    named = {s.object.value for s in statements if isinstance(s.object, ox.NamedNode)}
    parties = _values(named, "party/")
    text = _QUERY % {
        "parties": parties,
        "bound": parties if promises else "",
        "provisions": _values(named, "provision/"),
        "instruments": _values(named, "instrument/"),
    }
    answer = store.query(text, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QueryTriples):
        raise TypeError("the slice is a CONSTRUCT query")
    return [*answer, *_clock(today)]


def _clock(today: date) -> list[ox.Triple]:
    try:
        year_ago = today.replace(year=today.year - 1)
    except ValueError:  # 29 February
        year_ago = today.replace(year=today.year - 1, day=28)
    return [
        ox.Triple(_RUN, ox.NamedNode(cg("judgedOn")), typed(today.isoformat(), "date")),
        ox.Triple(_RUN, ox.NamedNode(cg("staleBefore")), typed(year_ago.isoformat(), "date")),
    ]


def _values(named: Iterable[str], kind: str) -> str:
    return " ".join(f"<{iri}>" for iri in sorted(named) if iri.startswith(ID + kind))
