"""References: which instrument names which, and the sentences that do it."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.sources import Source, sources_of
from commitgraph.domain.standing import Tie
from commitgraph.domain.texts import Ref
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_MENTIONS = """
SELECT DISTINCT ?from ?fromLabel ?to ?toLabel ?property ?propertyLabel ?reference ?note ?confidence WHERE {
  VALUES ?%s { $instrument }
  VALUES ?property { cg:refersTo cg:recognises cg:buildsOn cg:givesEffectTo cg:replaces }
  ?from ?property ?to . ?property rdfs:label ?propertyLabel .
  ?from rdfs:label ?fromLabel . ?to rdfs:label ?toLabel .
  OPTIONAL { ?reference cg:referenceFrom ?from ; cg:referenceTo ?to .
    OPTIONAL { ?reference cg:note ?note } OPTIONAL { ?reference cg:confidence ?confidence } }
} ORDER BY ?fromLabel ?toLabel ?property
"""
_SENTENCES = """
SELECT DISTINCT ?from ?to ?provision ?locator ?summary ?force ?forceLabel ?rank WHERE {
  VALUES ?%s { $instrument }
  ?provision cg:inInstrument ?from ; cg:invokes ?to ; cg:locator ?locator ; cg:summary ?summary .
  OPTIONAL { ?provision cg:ordinal ?ordinal }
  OPTIONAL { ?provision cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank }
} ORDER BY DESC(?rank) ?ordinal
"""


@dataclass(frozen=True)
class Mention:
    """One instrument naming another.

    Attributes:
        origin, target: the instrument that names, and the one that is named.
        kind: `refersTo`, or more exactly `recognises`, `buildsOn`, `givesEffectTo` or `replaces`.
        kind_label: the same in words.
        note: our remark.
        confidence: how well it is borne out.
        sentences: the provisions that do it, strongest force first.
        sources: what bears the reference out.
    """

    origin: Ref
    target: Ref
    kind: str
    kind_label: str
    note: str
    confidence: str
    sentences: tuple[Tie, ...]
    sources: tuple[Source, ...]


def mentions_by(engine: Engine, instrument: str) -> tuple[Mention, ...]:
    """The instruments that `instrument` (IRI) names."""
    return _mentions(engine, "from", instrument)


def mentions_of(engine: Engine, instrument: str) -> tuple[Mention, ...]:
    """The instruments that name `instrument` (IRI)."""
    return _mentions(engine, "to", instrument)


def _mentions(engine: Engine, side: str, instrument: str) -> tuple[Mention, ...]:
    heads: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows(engine, _MENTIONS % side, instrument=instrument):
        pair = (row["from"], row["to"])
        # refersTo holds of every pair; a more exact property says more.
        if pair not in heads or heads[pair]["property"].endswith("#refersTo"):
            heads[pair] = row
    found = rows(engine, _SENTENCES % side, instrument=instrument)
    sources = sources_of(
        engine,
        [row["provision"] for row in found]
        + [row["reference"] for row in heads.values() if row["reference"]],
    )
    sentences: dict[tuple[str, str], list[Tie]] = {pair: [] for pair in heads}
    for row in found:
        sentences.setdefault((row["from"], row["to"]), []).append(Tie.of(row, sources))
    return tuple(
        Mention(
            Ref(row["from"], row["fromLabel"]),
            Ref(row["to"], row["toLabel"]),
            row["property"].rsplit("#", 1)[1],
            row["propertyLabel"],
            row["note"],
            local(row["confidence"]),
            tuple(sentences[pair]),
            sources.get(row["reference"], ()),
        )
        for pair, row in heads.items()
    )
