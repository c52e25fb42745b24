"""Counterparts: what other texts say on the matter of a provision, as a reviewer judged it."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.texts import Provision, provisions
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_BOTH_WAYS = """
SELECT DISTINCT ?judgement ?other ?kind ?turned ?reason ?sureness ?judge ?day WHERE {
  { ?judgement cg:fromProvision $provision ; cg:toProvision ?other . BIND(false AS ?turned) }
  UNION
  { ?judgement cg:toProvision $provision ; cg:fromProvision ?other . BIND(true AS ?turned) }
  ?judgement cg:correspondenceKind ?kind ; cg:note ?reason ; cg:sureness ?sureness .
  OPTIONAL { ?judgement cg:judgedBy/rdfs:label ?judge }
  OPTIONAL { ?judgement cg:reviewedOn ?day }
} ORDER BY DESC(?sureness) ?other
"""
_NONE = """
SELECT DISTINCT ?judgement ?reason ?sureness ?judge ?day WHERE {
  ?judgement a cg:NoCounterpart ; cg:fromProvision $provision ; cg:note ?reason ; cg:sureness ?sureness .
  OPTIONAL { ?judgement cg:judgedBy/rdfs:label ?judge }
  OPTIONAL { ?judgement cg:reviewedOn ?day }
} ORDER BY ?judgement
"""
_FROM_THE_OTHER_END = {"narrower": "broader", "broader": "narrower"}
_KINDS = ("same", "broader", "narrower", "overlaps", "contrary")


@dataclass(frozen=True)
class Judgement:
    """Who judged, when, how surely and why.

    Attributes:
        iri: the correspondence, or the record that none was found.
        reason: what both provisions share and what one adds, or where was looked in vain.
        sureness: from 0 to 1.
        judged_by: name of the judge, or empty.
        reviewed_on: the day of the judgement, or empty.
    """

    iri: str
    reason: str
    sureness: float
    judged_by: str
    reviewed_on: str


@dataclass(frozen=True)
class Counterpart:
    """A provision of another text, and how it stands to the one that is asked about.

    Attributes:
        provision: the other provision.
        kind: `same`, `narrower` (the other one says less), `broader` (it says more), `overlaps` or
            `contrary`: always seen from the provision that is asked about, whichever end was judged first.
        judgement: who says so, and why.
    """

    provision: Provision
    kind: str
    judgement: Judgement


def counterparts_of(engine: Engine, provision: str) -> tuple[Counterpart, ...]:
    """The counterparts of `provision` (IRI): the same first, then by kind, the surest first."""
    found = rows(engine, _BOTH_WAYS, provision=provision)
    wanted = [row["other"] for row in found]
    others = {other.iri: other for other in provisions(engine, wanted)} if wanted else {}
    made = []
    for row in found:
        kind = local(row["kind"])
        if row["turned"] in ("true", "1"):
            kind = _FROM_THE_OTHER_END.get(kind, kind)
        if row["other"] in others:
            made.append(Counterpart(others[row["other"]], kind, _judgement(row)))
    return tuple(sorted(made, key=lambda c: _KINDS.index(c.kind) if c.kind in _KINDS else len(_KINDS)))


def none_found(engine: Engine, provision: str) -> tuple[Judgement, ...]:
    """The records that a reviewer looked for a counterpart of `provision` (IRI) and found none."""
    return tuple(_judgement(row) for row in rows(engine, _NONE, provision=provision))


def _judgement(row: dict[str, str]) -> Judgement:
    return Judgement(row["judgement"], row["reason"], float(row["sureness"]), row["judge"], row["day"])
