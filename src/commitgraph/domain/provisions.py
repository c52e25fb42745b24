"""Provisions: what each says, how firmly, to whom; and what other texts say on the same matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commitgraph.domain.ref import Ref
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import cg, local

#: Kinds of provision.
KINDS = ("Commitment", "Expectation", "Acknowledgement", "Section", "Question")

_PROVISIONS = """
SELECT DISTINCT ?provision ?kind ?instrument ?instrumentLabel ?parent ?locator ?ordinal ?label ?summary
                ?force ?forceLabel ?rank ?modality ?due ?confidence ?outermost ?leaf WHERE {
  %s
  VALUES ?kind { cg:Commitment cg:Expectation cg:Acknowledgement cg:Section cg:Question }
  ?provision a ?kind ; cg:inInstrument ?instrument ; cg:locator ?locator ; cg:ordinal ?ordinal ;
    cg:summary ?summary .
  ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL { ?provision cg:within ?parent }
  OPTIONAL { ?provision rdfs:label ?label }
  OPTIONAL { ?provision cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank }
  OPTIONAL { ?provision cg:modality ?modality }
  OPTIONAL { ?provision cg:dueBy ?due }
  OPTIONAL { ?provision cg:confidence ?confidence }
  BIND(EXISTS { ?provision a cg:OutermostCommitment } AS ?outermost)
  BIND(EXISTS { ?provision a cg:LeafCommitment } AS ?leaf)
}
ORDER BY ?instrument ?ordinal ?provision
"""
_DETAILS = """
SELECT DISTINCT ?provision ?property ?value ?label WHERE {
  VALUES ?provision { $things }
  VALUES ?property { cg:hedge cg:addressee cg:about cg:invokes cg:note }
  ?provision ?property ?value .
  OPTIONAL { ?value skos:prefLabel|rdfs:label ?label }
}
ORDER BY ?provision ?property ?value ?label
"""
_OUTLINE = """
SELECT DISTINCT ?provision ?locator ?ordinal WHERE {
  ?provision cg:ordinal ?ordinal ; cg:inInstrument $instrument ; cg:locator ?locator
} ORDER BY ?ordinal ?provision
"""
_FIND = """
SELECT DISTINCT ?provision WHERE {
  %s
  ?provision cg:inInstrument ?instrument ; cg:ordinal ?ordinal
} ORDER BY ?instrument ?ordinal ?provision
"""
_FILTERS = {
    "instrument": "?provision cg:inInstrument $instrument .",
    "kind": "?provision a $kind .",
    "force": "?provision cg:force $force .",
    "concept": "?provision cg:about/skos:broader* $concept .",
}
_BOTH_WAYS = """
SELECT DISTINCT ?judgement ?other ?kind ?turned ?reason ?sureness ?judge ?day WHERE {
  { ?judgement cg:fromProvision $provision ; cg:toProvision ?other . BIND(false AS ?turned) }
  UNION
  { ?judgement cg:toProvision $provision ; cg:fromProvision ?other . BIND(true AS ?turned) }
  ?judgement cg:correspondenceKind ?kind ; cg:note ?reason ; cg:sureness ?sureness .
  OPTIONAL { ?judgement cg:judgedBy/rdfs:label ?judge }
  OPTIONAL { ?judgement cg:reviewedOn ?day }
} ORDER BY DESC(?sureness) ?other ?judgement
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
class Provision:
    """One provision of an instrument.

    Attributes:
        iri: the provision.
        kind: `Commitment`, `Expectation`, `Acknowledgement`, `Section` or `Question`.
        instrument: the instrument that it is a part of.
        parent: IRI of the provision around it, or empty.
        locator: how a reader finds it in the source.
        ordinal: place in the instrument's order.
        label: the title it carries in the source, if any.
        summary: what it says, in our words.
        force: concept slug, empty for sections and questions; `rank` 7 (obliges) to 1.
        modality: the verb of the source.
        due: day or month by which it is promised, or empty.
        hedges, addressees, about, invokes: named concepts and instruments.
        notes: our remarks.
        confidence: set where it is less than read in the source.
        outermost, leaf: whether it is a commitment within no other one, and one that holds no other one.
        sources: the passage or edition that bears it out.
    """

    iri: str
    kind: str
    instrument: Ref
    parent: str
    locator: str
    ordinal: int
    label: str
    summary: str
    force: str
    force_label: str
    rank: int
    modality: str
    due: str
    hedges: tuple[Ref, ...]
    addressees: tuple[Ref, ...]
    about: tuple[Ref, ...]
    invokes: tuple[Ref, ...]
    notes: tuple[str, ...]
    confidence: str
    outermost: bool
    leaf: bool
    sources: tuple[Source, ...]


def provisions_of(engine: Engine, instrument_iri: str) -> tuple[Provision, ...]:
    """All provisions of an instrument, in its order."""
    return _provisions(engine, "VALUES ?instrument { $thing }", thing=instrument_iri)


def provision(engine: Engine, iri: str) -> Provision | None:
    """The provision with that IRI, or None."""
    return next(iter(_provisions(engine, "VALUES ?provision { $thing }", thing=iri)), None)


def provisions_about(engine: Engine, concept: str) -> tuple[Provision, ...]:
    """Provisions about a topic (with its narrower ones), value, principle or right; strongest force first."""
    found = _provisions(
        engine, "?provision cg:about ?concept . ?concept skos:broader* $concept .", concept=concept
    )
    return _strongest_first(found)


def provisions(engine: Engine, iris: Iterable[str]) -> tuple[Provision, ...]:
    """The provisions with these IRIs, by instrument, in its order."""
    return _provisions(engine, "VALUES ?provision { $things }", things=iris)


def find_provisions(
    engine: Engine, *, instrument: str = "", kind: str = "", force: str = "", concept: str = ""
) -> tuple[str, ...]:
    """IRIs of the provisions that fit all that is given, by instrument, in its order.

    Args:
        engine: what is asked.
        instrument, force, concept: IRIs; a concept takes in its narrower ones.
        kind: a class, such as `Commitment`.
    """
    given = {
        name: iri
        for name, iri in (
            ("instrument", instrument),
            ("kind", cg(kind) if kind else ""),
            ("force", force),
            ("concept", concept),
        )
        if iri
    }
    query = _FIND % " ".join(_FILTERS[name] for name in given)
    return tuple(row["provision"] for row in rows(engine, query, **given))


def outline(engine: Engine, instrument_iri: str) -> tuple[Ref, ...]:
    """All provisions of an instrument by their locators, in its order."""
    return tuple(
        Ref(row["provision"], row["locator"]) for row in rows(engine, _OUTLINE, instrument=instrument_iri)
    )


def children_of(engine: Engine, provision_iri: str) -> tuple[Provision, ...]:
    """The provisions directly within another, in order."""
    return _provisions(engine, "?provision cg:within $parent .", parent=provision_iri)


@dataclass(frozen=True)
class Number:
    """How many commitments there are: as the texts themselves number them, and told apart into their parts.

    Attributes:
        outermost: those that lie within no other commitment: what is counted.
        leaves: those that hold no other commitment.
    """

    outermost: int
    leaves: int


def count_commitments(found: Iterable[Provision]) -> Number:
    """How many commitments `found` are, by the classes that the rules infer."""
    known = tuple(found)
    return Number(sum(p.outermost for p in known), sum(p.leaf for p in known))


def _strongest_first(found: Iterable[Provision]) -> tuple[Provision, ...]:
    return tuple(sorted(found, key=lambda p: (-p.rank, p.instrument.iri, p.ordinal)))


@dataclass(frozen=True)
class Judgement:
    """Who judged, when, how surely and why.

    Attributes:
        iri: the correspondence or the link to a concept, or the record that none was found.
        reason: on which words it rests, such as what both provisions share and what one adds, or where was
            looked in vain.
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
            made.append(Counterpart(others[row["other"]], kind, judgement_of(row)))
    return tuple(sorted(made, key=lambda c: _KINDS.index(c.kind) if c.kind in _KINDS else len(_KINDS)))


def none_found(engine: Engine, provision: str) -> tuple[Judgement, ...]:
    """The records that somebody looked for a counterpart of `provision` (IRI) and found none."""
    return tuple(judgement_of(row) for row in rows(engine, _NONE, provision=provision))


def judgement_of(row: dict[str, str]) -> Judgement:
    """The judgement of a row with `judgement`, `reason`, `sureness`, `judge` and `day`."""
    return Judgement(row["judgement"], row["reason"], float(row["sureness"]), row["judge"], row["day"])


def _provisions(engine: Engine, bound: str, **terms: str | Iterable[str]) -> tuple[Provision, ...]:
    found = {row["provision"]: row for row in rows(engine, _PROVISIONS % bound, **terms)}
    details: dict[str, dict[str, list[Ref]]] = {iri: {} for iri in found}
    if found:
        for row in rows(engine, _DETAILS, things=found):
            name = row["property"].rsplit("#", 1)[1]
            details[row["provision"]].setdefault(name, []).append(Ref(row["value"], row["label"]))
    sources = sources_of(engine, found)
    return tuple(_provision(row, details[iri], sources[iri]) for iri, row in found.items())


def _provision(row: dict[str, str], details: dict[str, list[Ref]], sources: tuple[Source, ...]) -> Provision:
    return Provision(
        iri=row["provision"],
        kind=row["kind"].rsplit("#", 1)[1],
        instrument=Ref(row["instrument"], row["instrumentLabel"]),
        parent=row["parent"],
        locator=row["locator"],
        ordinal=int(row["ordinal"]),
        label=row["label"],
        summary=row["summary"],
        force=local(row["force"]),
        force_label=row["forceLabel"],
        rank=int(row["rank"] or 0),
        modality=row["modality"],
        due=row["due"],
        hedges=tuple(details.get("hedge", ())),
        addressees=tuple(details.get("addressee", ())),
        about=tuple(details.get("about", ())),
        invokes=tuple(details.get("invokes", ())),
        notes=tuple(ref.iri for ref in details.get("note", ())),
        confidence=local(row["confidence"]),
        outermost=row["outermost"] in ("true", "1"),
        leaf=row["leaf"] in ("true", "1"),
        sources=sources,
    )
