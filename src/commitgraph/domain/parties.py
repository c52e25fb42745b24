"""Parties: who they are, by which names and identifiers, and how far we know."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.dates import Day, belongs_to
from commitgraph.domain.ref import Ref
from commitgraph.domain.regions import Region, region_of
from commitgraph.domain.registers import Identifier, identifiers_of
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import result, rows
from commitgraph.iris import ID, concept, local

#: Kinds of party, in the order in which pages list them.
KINDS = ("Company", "State", "PublicBody", "Association", "ResearchBody", "Person")

_PARTIES = """
SELECT ?party ?label ?country (COUNT(DISTINCT ?adherence) AS ?adherences)
       (COUNT(DISTINCT ?commitment) AS ?commitments) WHERE {
  ?party a cg:Party ; rdfs:label ?label .
  OPTIONAL { ?party cg:country ?country }
  OPTIONAL { ?party cg:hasAdherence ?adherence }
  OPTIONAL { ?party cg:isBoundBy ?commitment . ?commitment a cg:OutermostCommitment }
} GROUP BY ?party ?label ?country ORDER BY LCASE(STR(?label)) ?party
"""
_KINDS = """
SELECT ?party ?kind WHERE {
  VALUES ?kind { cg:Company cg:State cg:PublicBody cg:Association cg:ResearchBody cg:Person }
  ?party a ?kind
}
"""
_PARTY = """
SELECT ?label ?country ?sector ?homepage ?parent ?parentLabel ?confidence WHERE {
  VALUES ?party { $party }
  ?party a cg:Party ; rdfs:label ?label .
  OPTIONAL { ?party cg:country ?country }
  OPTIONAL { ?party cg:sector ?sector }
  OPTIONAL { ?party cg:homepage ?homepage }
  OPTIONAL { ?party org:subOrganizationOf ?parent . ?parent rdfs:label ?parentLabel }
  OPTIONAL { ?party cg:confidence ?confidence }
}
"""
_NAMES = """
SELECT DISTINCT ?name ?row ?kind ?label ?help ?note WHERE {
  {
    $party skos:altLabel ?name
    FILTER NOT EXISTS { ?any cg:nameOf $party ; cg:nameText ?name }
  } UNION {
    ?row cg:nameOf $party ; cg:nameText ?name ; cg:nameKind ?kind .
    ?kind skos:prefLabel ?label .
    BIND(EXISTS { ?kind skos:broader $help } AS ?help)
    OPTIONAL { ?row cg:note ?note }
  }
} ORDER BY ?name ?row ?note
"""
_NOTES = "SELECT DISTINCT ?note WHERE { $party cg:note ?note } ORDER BY ?note"
_SUBSIDIARIES = """
SELECT ?child ?label WHERE { ?child org:subOrganizationOf $party ; rdfs:label ?label } ORDER BY ?label ?child
"""
_CHANGES = """
SELECT DISTINCT ?change ?label ?held ?kind ?result ?resultLabel ?confidence WHERE {
  ?change cg:changes $party ; rdfs:label ?label .
  OPTIONAL { ?change cg:changeKind/skos:prefLabel ?kind }
  OPTIONAL { ?change cg:resultingParty ?result . ?result rdfs:label ?resultLabel }
  OPTIONAL { ?change cg:heldOn ?held }
  OPTIONAL { ?change cg:confidence ?confidence }
} ORDER BY STR(?held) ?change LCASE(STR(?resultLabel)) ?result
"""
_REMARKS = """
SELECT DISTINCT ?thing ?note WHERE { VALUES ?thing { $things } ?thing cg:note ?note } ORDER BY ?thing ?note
"""
_COUNTRIES = "SELECT ?state ?label WHERE { ?state a cg:State ; rdfs:label ?label }"


@dataclass(frozen=True)
class PartyEntry:
    """A party in a list.

    Attributes:
        iri, label: the party.
        kinds: its classes, such as `Company`; most have one.
        country: ISO 3166-1 alpha-2 code, or empty.
        adherences: how many standings towards instruments the graph holds, of whatever kind and state.
        commitments: how many commitments it has taken on, those within others not counted.
    """

    iri: str
    label: str
    kinds: tuple[str, ...]
    country: str
    adherences: int
    commitments: int


@dataclass(frozen=True)
class Name:
    """A further name of a party, or a word that only helps to find it.

    Attributes:
        text, language: the name, and the tag of its language by BCP 47, empty where none is told.
        iri: the name as a thing of its own; empty where it has no source and stands beside the party only.
        kind, kind_label: what it is to the party, such as `former`, and in words; empty where it is not told.
        helps: whether the party is not called so: it is a brand, unit or parent of it, say.
        notes: our remarks.
        sources: what gives it.
    """

    text: str
    language: str
    iri: str = ""
    kind: str = ""
    kind_label: str = ""
    helps: bool = False
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class PartyProfile:
    """A party in full.

    Attributes:
        iri, label, kinds, country: as in :class:`PartyEntry`.
        sector, homepage: empty where unknown.
        parent: the organisation it belongs to, or None; `children` belong to it.
        names: further names.
        found_by: words that only help to find it, such as its brands.
        identifiers: codes of registers.
        confidence: how well its identity is borne out.
        notes: our remarks.
        region: where it lies, of states whose region is in the graph.
    """

    iri: str
    label: str
    kinds: tuple[str, ...]
    country: str
    sector: str
    homepage: str
    parent: Ref | None
    children: tuple[Ref, ...]
    names: tuple[Name, ...]
    found_by: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    confidence: str
    notes: tuple[str, ...]
    region: Region | None = None


@dataclass(frozen=True)
class Change:
    """An event by which a party changed its name, owner, form or listing.

    Attributes:
        iri, label: the event and what happened.
        held_on: the day, month or year, or empty.
        kind: what kind of change it is, such as `merged`, or empty.
        results: the parties that there are after it; no promise passes to them by it.
        confidence: how well it is borne out; `from-memory` where no source was read.
        notes: our remarks.
        sources: what bears it out.
    """

    iri: str
    label: str
    held_on: str
    kind: str
    results: tuple[Ref, ...]
    confidence: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


def parties(engine: Engine) -> tuple[PartyEntry, ...]:
    """All parties, by name."""
    kinds = _kinds(engine)
    return tuple(
        PartyEntry(
            iri=row["party"],
            label=row["label"],
            kinds=kinds.get(row["party"], ()),
            country=row["country"],
            adherences=int(row["adherences"]),
            commitments=int(row["commitments"]),
        )
        for row in rows(engine, _PARTIES)
    )


def party(engine: Engine, iri: str) -> PartyProfile | None:
    """The party with that IRI, or None."""
    row = next(iter(rows(engine, _PARTY, party=iri)), None)
    if row is None:
        return None
    names = _names(engine, iri)
    return PartyProfile(
        iri=iri,
        label=row["label"],
        kinds=_kinds(engine).get(iri, ()),
        country=row["country"],
        sector=row["sector"],
        homepage=row["homepage"],
        parent=Ref(row["parent"], row["parentLabel"]) if row["parent"] else None,
        children=tuple(Ref(r["child"], r["label"]) for r in rows(engine, _SUBSIDIARIES, party=iri)),
        names=tuple(name for name in names if not name.helps),
        found_by=tuple(name for name in names if name.helps),
        identifiers=identifiers_of(engine, iri),
        confidence=local(row["confidence"]),
        notes=tuple(r["note"] for r in rows(engine, _NOTES, party=iri)),
        region=region_of(engine, iri),
    )


def changes_of(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Change, ...]:
    """What changed about `party` (IRI), oldest first; with `as_of` what is dated by that day."""
    found: dict[str, dict[str, str]] = {}
    results: dict[str, list[Ref]] = {}
    for row in rows(engine, _CHANGES, party=party):
        if belongs_to(row["held"], as_of):
            found.setdefault(row["change"], row)
            result_of = [Ref(row["result"], row["resultLabel"])] if row["result"] else []
            results.setdefault(row["change"], []).extend(result_of)
    if not found:
        return ()
    notes: dict[str, list[str]] = {iri: [] for iri in found}
    for row in rows(engine, _REMARKS, things=found):
        notes[row["thing"]].append(row["note"])
    sources = sources_of(engine, found)
    return tuple(
        Change(
            iri=iri,
            label=row["label"],
            held_on=row["held"],
            kind=row["kind"],
            results=tuple(results[iri]),
            confidence=local(row["confidence"]),
            notes=tuple(notes[iri]),
            sources=sources[iri],
        )
        for iri, row in found.items()
    )


def countries(engine: Engine) -> dict[str, str]:
    """Names of countries by ISO 3166-1 alpha-2 code, as far as their states are in the graph."""
    space = f"{ID}party/"
    return {
        row["state"].removeprefix(space).upper(): row["label"]
        for row in rows(engine, _COUNTRIES)
        if len(row["state"]) == len(space) + 2
    }


def _kinds(engine: Engine) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows(engine, _KINDS):
        found.setdefault(row["party"], []).append(row["kind"].rsplit("#", 1)[1])
    return {iri: tuple(sorted(kinds, key=KINDS.index)) for iri, kinds in found.items()}


def _names(engine: Engine, iri: str) -> list[Name]:
    found: dict[tuple[str, str | None, str], Name] = {}
    rows_of_names = list(result(engine, _NAMES, party=iri, help=concept("name-kind", "help")))
    sources = sources_of(engine, (row["row"].value for row in rows_of_names if "row" in row))
    for row in rows_of_names:
        text, name = row["name"], row["row"].value if "row" in row else ""
        key = (text.value, text.language, name)
        notes = found[key].notes if key in found else ()
        found[key] = Name(
            text=text.value,
            language=text.language or "",
            iri=name,
            kind=local(row["kind"].value) if name else "",
            kind_label=row["label"].value if name else "",
            helps=bool(name) and row["help"].value == "true",
            notes=(*notes, row["note"].value) if "note" in row else notes,
            sources=sources.get(name, ()),
        )
    return list(found.values())
