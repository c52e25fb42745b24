"""Texts: instruments and their provisions, as a reader wants to see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.iris import local

_PREFIXES = """
PREFIX cg: <https://w3id.org/commitgraph/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_PROVISIONS = (
    _PREFIXES
    + """
SELECT DISTINCT ?provision ?kind ?instrument ?instrumentLabel ?parent ?locator ?ordinal ?label ?summary
                ?force ?forceLabel ?rank ?modality ?due ?confidence WHERE {{
  {bound}
  VALUES ?kind {{ cg:Commitment cg:Expectation cg:Acknowledgement cg:Section cg:Question }}
  ?provision a ?kind ; cg:inInstrument ?instrument ; cg:locator ?locator ; cg:ordinal ?ordinal ;
    cg:summary ?summary .
  ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL {{ ?provision cg:within ?parent }}
  OPTIONAL {{ ?provision rdfs:label ?label }}
  OPTIONAL {{ ?provision cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank }}
  OPTIONAL {{ ?provision cg:modality ?modality }}
  OPTIONAL {{ ?provision cg:dueBy ?due }}
  OPTIONAL {{ ?provision cg:confidence ?confidence }}
}}
ORDER BY ?instrument ?ordinal
"""
)
# The rule of cg:isBoundBy (ontology/rules/6-isBoundBy.rq), but through given adherences, whether they still
# hold or not. A test holds the two to each other.
_THROUGH = """
VALUES ?adherence {{ {adherences} }}
?adherence cg:adherent <{party}> ; cg:toInstrument ?instrument ; cg:scope ?scope ; cg:mode/cg:binds true .
?provision a cg:Commitment ; cg:inInstrument ?instrument ; cg:addressee/cg:playedBy ?class .
<{party}> a ?class .
FILTER ( ?scope = <https://w3id.org/commitgraph/scheme/scope/whole>
  || EXISTS {{ ?adherence cg:covers ?covered . ?provision cg:within* ?covered }} )
FILTER NOT EXISTS {{ ?provision cg:bindsOnly ?only . FILTER ( ?only != <{party}> ) }}
"""
_DETAILS = (
    _PREFIXES
    + """
SELECT DISTINCT ?provision ?property ?value ?label WHERE {{
  VALUES ?provision {{ {things} }}
  VALUES ?property {{ cg:hedge cg:addressee cg:about cg:invokes cg:note }}
  ?provision ?property ?value .
  OPTIONAL {{ ?value skos:prefLabel|rdfs:label ?label }}
}}
ORDER BY ?provision ?property ?value
"""
)
_INSTRUMENTS = (
    _PREFIXES
    + """
SELECT ?instrument ?label ?type ?typeLabel ?issued ?nature
       (COUNT(DISTINCT ?provision) AS ?provisions) (COUNT(DISTINCT ?adherence) AS ?adherences) WHERE {{
  {bound}
  ?instrument a cg:Instrument ; rdfs:label ?label ; cg:instrumentType ?type .
  ?type skos:prefLabel ?typeLabel .
  OPTIONAL {{ ?instrument dcterms:issued ?issued }}
  OPTIONAL {{ ?instrument cg:legalNature ?nature }}
  OPTIONAL {{ ?provision cg:inInstrument ?instrument }}
  OPTIONAL {{ ?adherence cg:toInstrument ?instrument }}
}}
GROUP BY ?instrument ?label ?type ?typeLabel ?issued ?nature
ORDER BY ?issued ?instrument
"""
)


@dataclass(frozen=True)
class Ref:
    """Something named: its IRI and the label to show."""

    iri: str
    label: str


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
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Instrument:
    """An instrument at a glance: what it is and how much of it the graph holds."""

    iri: str
    label: str
    type: Ref
    issued: str
    legal_nature: str
    provisions: int
    adherences: int


def instruments(engine: Engine) -> tuple[Instrument, ...]:
    """All instruments, oldest first."""
    return _instruments(engine, "")


def instrument(engine: Engine, iri: str) -> Instrument | None:
    """The instrument with that IRI, or None."""
    return next(iter(_instruments(engine, f"VALUES ?instrument {{ <{iri}> }}")), None)


def provisions_of(engine: Engine, instrument_iri: str) -> tuple[Provision, ...]:
    """All provisions of an instrument, in its order."""
    return _provisions(engine, f"VALUES ?instrument {{ <{instrument_iri}> }}")


def provision(engine: Engine, iri: str) -> Provision | None:
    """The provision with that IRI, or None."""
    return next(iter(_provisions(engine, f"VALUES ?provision {{ <{iri}> }}")), None)


def provisions_about(engine: Engine, concept: str) -> tuple[Provision, ...]:
    """Provisions about a topic (with its narrower ones), value, principle or right; strongest force first."""
    found = _provisions(engine, f"?provision cg:about ?concept . ?concept skos:broader* <{concept}> .")
    return tuple(sorted(found, key=lambda p: (-p.rank, p.instrument.iri, p.ordinal)))


def provisions_in(engine: Engine, instruments: Iterable[str]) -> tuple[Provision, ...]:
    """All provisions of several instruments (IRIs), in their order."""
    return _provisions(engine, f"VALUES ?instrument {{ {' '.join(f'<{iri}>' for iri in instruments)} }}")


def provisions(engine: Engine, iris: Iterable[str]) -> tuple[Provision, ...]:
    """The provisions with these IRIs, by instrument, in its order."""
    return _provisions(engine, f"VALUES ?provision {{ {' '.join(f'<{iri}>' for iri in iris)} }}")


def find_provisions(
    engine: Engine, *, instrument: str = "", kind: str = "", force: str = "", concept: str = ""
) -> tuple[str, ...]:
    """IRIs of the provisions that fit all that is given, by instrument, in its order.

    Args:
        engine: what is asked.
        instrument, force, concept: IRIs; a concept takes in its narrower ones.
        kind: a class, such as `Commitment`.
    """
    patterns = [
        f"?provision cg:inInstrument <{instrument}> ." if instrument else "",
        f"?provision a cg:{kind} ." if kind else "",
        f"?provision cg:force <{force}> ." if force else "",
        f"?provision cg:about/skos:broader* <{concept}> ." if concept else "",
    ]
    query = (
        f"{_PREFIXES} SELECT DISTINCT ?provision WHERE {{ {' '.join(patterns)} "
        "?provision cg:inInstrument ?instrument ; cg:ordinal ?ordinal } ORDER BY ?instrument ?ordinal"
    )
    return tuple(row["provision"] for row in engine.query(query).values())


def outline(engine: Engine, instrument_iri: str) -> tuple[Ref, ...]:
    """All provisions of an instrument by their locators, in its order."""
    query = (
        f"{_PREFIXES} SELECT DISTINCT ?provision ?locator ?ordinal WHERE {{ ?provision cg:ordinal ?ordinal ; "
        f"cg:inInstrument <{instrument_iri}> ; cg:locator ?locator }} ORDER BY ?ordinal ?provision"
    )
    return tuple(Ref(row["provision"], row["locator"]) for row in engine.query(query).values())


def children_of(engine: Engine, provision_iri: str) -> tuple[Provision, ...]:
    """The provisions directly within another, in order."""
    return _provisions(engine, f"?provision cg:within <{provision_iri}> .")


def commitments_binding(engine: Engine, party: str, adherences: Iterable[str] = ()) -> tuple[Provision, ...]:
    """Commitments that bind a party (IRI), strongest force first.

    Without `adherences` those that bind it today; else those that these adherences (IRIs) bring with
    them, ended or not: for the state of affairs on some other day.
    """
    through = " ".join(f"<{iri}>" for iri in adherences)
    bound = (
        _THROUGH.format(party=party, adherences=through)
        if through
        else f"<{party}> cg:isBoundBy ?provision ."
    )
    found = _provisions(engine, bound)
    return tuple(sorted(found, key=lambda p: (-p.rank, p.instrument.iri, p.ordinal)))


def _instruments(engine: Engine, bound: str) -> tuple[Instrument, ...]:
    rows = engine.query(_INSTRUMENTS.format(bound=bound)).values()
    return tuple(
        Instrument(
            row["instrument"],
            row["label"],
            Ref(row["type"], row["typeLabel"]),
            row["issued"],
            row["nature"],
            int(row["provisions"]),
            int(row["adherences"]),
        )
        for row in rows
    )


def _provisions(engine: Engine, bound: str) -> tuple[Provision, ...]:
    rows = {row["provision"]: row for row in engine.query(_PROVISIONS.format(bound=bound)).values()}
    details: dict[str, dict[str, list[Ref]]] = {iri: {} for iri in rows}
    if rows:
        query = _DETAILS.format(things=" ".join(f"<{iri}>" for iri in rows))
        for row in engine.query(query).values():
            name = row["property"].rsplit("#", 1)[1]
            details[row["provision"]].setdefault(name, []).append(Ref(row["value"], row["label"]))
    sources = sources_of(engine, rows)
    return tuple(_provision(row, details[iri], sources[iri]) for iri, row in rows.items())


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
        sources=sources,
    )
