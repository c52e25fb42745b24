"""The slice of the graph that the judging of one disclosure needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from commitgraph.dataset import load_part
from commitgraph.disclosure import register
from commitgraph.disclosure.reading.statements import Statement, typed
from commitgraph.engine import Embedded
from commitgraph.engine.ask import result, terms_of
from commitgraph.iris import ID, cg, is_iri

_HAIP = ID + "instrument/haip-reporting-framework"
_RUN = ox.NamedNode("urn:commitgraph:run")

_QUERY = """
CONSTRUCT {
  ?party a cg:Party ; rdfs:label ?label ; skos:altLabel ?alias ; cg:isBoundBy ?bound .
  ?adherence cg:adherent ?party ; cg:toInstrument ?joined ; cg:since ?since ; a ?standing .
  ?mentioned a cg:Provision ; cg:inInstrument ?instrument ; cg:force ?verb ; cg:hedge ?softened ;
    cg:summary ?told ; cg:within ?around .
  ?instrument dcterms:issued ?issued .
  ?framework a cg:Instrument .
  ?bound cg:force ?force ; cg:summary ?summary ; cg:hedge ?hedge ; cg:within ?parent ;
    cg:inInstrument ?pledge ; a ?numbered .
  ?pledge rdfs:label ?title .
  ?doubtful cg:mayHaveTakenOn ?maybe .
  ?maybe cg:inInstrument ?open .
  ?inner cg:within ?outer .
  ?question a ?kind ; cg:summary ?asks ; cg:within ?section .
} WHERE {
  { VALUES ?party { $parties } ?party a ?any
    OPTIONAL { ?party rdfs:label ?label } OPTIONAL { ?party skos:altLabel ?alias } }
  UNION { VALUES ?party { $parties } ?adherence cg:adherent ?party ; cg:toInstrument ?joined
          OPTIONAL { ?adherence cg:since ?since }
          OPTIONAL { VALUES ?standing { cg:PresentAdherence } ?adherence a ?standing
            FILTER NOT EXISTS { ?adherence cg:mode/cg:actGroup
              <https://w3id.org/commitgraph/scheme/act-group/named-by-others> } } }
  UNION { VALUES ?mentioned { $provisions } ?mentioned cg:inInstrument ?instrument
          OPTIONAL { ?instrument dcterms:issued ?issued } OPTIONAL { ?mentioned cg:force ?verb }
          OPTIONAL { ?mentioned cg:hedge ?softened } OPTIONAL { ?mentioned cg:summary ?told }
          OPTIONAL { ?mentioned cg:within ?around } }
  UNION { VALUES ?framework { $instruments } ?framework a cg:Instrument }
  UNION { VALUES ?party { $bound } ?party cg:isBoundBy ?bound .
          ?bound cg:force ?force ; cg:summary ?summary ; cg:inInstrument ?pledge . ?pledge rdfs:label ?title
          OPTIONAL { VALUES ?numbered { cg:OutermostCommitment } ?bound a ?numbered }
          OPTIONAL { ?bound cg:hedge ?hedge } OPTIONAL { ?bound cg:within ?parent } }
  UNION { VALUES ?doubtful { $bound } ?doubtful cg:mayHaveTakenOn ?maybe . ?maybe cg:inInstrument ?open }
  UNION { VALUES ?holder { $bound } ?holder cg:isBoundBy ?held . ?held cg:within+ ?inner .
          ?inner cg:within ?outer }
  UNION { VALUES ?questionnaire { $questionnaires } ?question cg:inInstrument ?questionnaire ;
            a ?kind ; cg:summary ?asks
          FILTER (?kind IN (cg:Question, cg:Section)) OPTIONAL { ?question cg:within ?section } }
}"""


def graph() -> ox.Store:
    """What the judging of any disclosure looks up in the shipped data: a fifth of it.

    Raises:
        DataError: the data cannot be read.
    """
    return load_part(terms_of(_QUERY, *register.QUERIES))


def slice_for(
    statements: Iterable[Statement],
    store: ox.Store,
    *,
    promises: bool,
    today: date,
    questions: bool = False,
) -> list[ox.Triple]:
    """What the graph says about the things that a disclosure mentions, and the day of judging.

    Args:
        statements: of the disclosure, resolved.
        store: the graph.
        promises: whether to fetch all that the party is bound by, too.
        today: the day of judging.
        questions: whether to fetch the questions of the HAIP reporting framework, too.
    """
    named = {s.object.value for s in statements if isinstance(s.object, ox.NamedNode)}
    parties = _of_kind(named, "party/")
    answer = result(
        Embedded(store),
        _QUERY,
        parties=parties,
        bound=parties if promises else (),
        provisions=_of_kind(named, "provision/"),
        instruments=_of_kind(named, "instrument/"),
        questionnaires=(_HAIP,) if questions else (),
    )
    return [*answer.triples, *_clock(today)]


def _clock(today: date) -> list[ox.Triple]:
    try:
        year_ago = today.replace(year=today.year - 1)
    except ValueError:  # 29 February
        year_ago = today.replace(year=today.year - 1, day=28)
    return [
        ox.Triple(_RUN, ox.NamedNode(cg("judgedOn")), typed(today.isoformat(), "date")),
        ox.Triple(_RUN, ox.NamedNode(cg("staleBefore")), typed(year_ago.isoformat(), "date")),
    ]


def _of_kind(named: Iterable[str], kind: str) -> list[str]:
    """Those of our IRIs that are of a kind, in a stable order; others that pose as ours are left out."""
    return [iri for iri in sorted(named) if iri.startswith(ID + kind) and is_iri(iri)]
