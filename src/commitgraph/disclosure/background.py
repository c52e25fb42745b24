"""What shapes look up in the graph: the slice for one disclosure, or the whole for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from commitgraph.dataset import load_part
from commitgraph.disclosure import register
from commitgraph.disclosure.reading.statements import Linked, typed
from commitgraph.engine import Embedded
from commitgraph.engine.ask import result, terms_of
from commitgraph.iris import ID, RDF_TYPE, cg, is_iri

#: The reporting framework whose questions one profile asks.
HAIP = ID + "instrument/haip-reporting-framework"
_RUN = ox.NamedNode("urn:commitgraph:run")

_QUERY = """
CONSTRUCT {
  ?party a cg:Party ; rdfs:label ?label ; skos:altLabel ?alias ; cg:isBoundBy ?bound .
  ?adherence cg:adherent ?party ; cg:toInstrument ?joined ; cg:since ?since ; a ?standing .
  ?mentioned a cg:Provision ; cg:inInstrument ?instrument ; cg:force ?verb ; cg:hedge ?softened ;
    cg:summary ?told .
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
          OPTIONAL { ?mentioned cg:hedge ?softened } OPTIONAL { ?mentioned cg:summary ?told } }
  UNION { VALUES ?named { $provisions } ?named cg:within* ?inner . ?inner cg:within ?outer }
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
    statements: Iterable[Linked],
    store: ox.Store,
    *,
    promises: bool,
    today: date,
    questions: bool = False,
) -> list[ox.Triple]:
    """What the graph says about the things that a disclosure mentions, and the day of judging.

    Args:
        statements: of the disclosure, with names resolved.
        store: the graph.
        promises: whether to fetch all that the party is bound by, too.
        today: the day of judging.
        questions: whether to fetch the questions of the HAIP reporting framework, too.
    """
    named = {s.object.value for s in statements if isinstance(s.object, ox.NamedNode)}
    return [*_known(store, named, promises=promises, questions=questions), judged_on(today)]


def whole(store: ox.Store) -> list[ox.Triple]:
    """What the graph says that bears on any disclosure: :func:`slice_for` of all things, without a day."""
    named = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), None)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return _known(store, named, promises=True, questions=True)


def judged_on(today: date) -> ox.Triple:
    """The day of judging, as shapes look it up; without it they go by the clock of the engine."""
    return ox.Triple(_RUN, ox.NamedNode(cg("judgedOn")), typed(today.isoformat(), "date"))


def _known(store: ox.Store, named: Iterable[str], *, promises: bool, questions: bool) -> list[ox.Triple]:
    parties = _of_kind(named, "party/")
    answer = result(
        Embedded(store),
        _QUERY,
        parties=parties,
        bound=parties if promises else (),
        provisions=_of_kind(named, "provision/"),
        instruments=_of_kind(named, "instrument/"),
        questionnaires=(HAIP,) if questions else (),
    )
    return list(answer.triples)


def _of_kind(named: Iterable[str], kind: str) -> list[str]:
    """Those of our IRIs that are of a kind, in a stable order; others that pose as ours are left out."""
    return [iri for iri in sorted(named) if iri.startswith(ID + kind) and is_iri(iri)]
