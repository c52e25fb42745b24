"""Instruments: what they are, who wrote, issued and keeps them, and which names which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from commitgraph.domain.links import Tie
from commitgraph.domain.ref import Ref
from commitgraph.domain.registers import Identifier, identifiers_of
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import result, rows
from commitgraph.iris import NS, cg, local

_INSTRUMENTS = """
SELECT ?instrument ?label ?type ?typeLabel ?issued ?nature
       (COUNT(DISTINCT ?provision) AS ?provisions) (COUNT(DISTINCT ?adherence) AS ?adherences) WHERE {
  %s
  ?instrument a cg:Instrument ; rdfs:label ?label ; cg:instrumentType ?type .
  ?type skos:prefLabel ?typeLabel .
  OPTIONAL { ?instrument dcterms:issued ?issued }
  OPTIONAL { ?instrument cg:legalNature ?nature }
  OPTIONAL { ?provision cg:inInstrument ?instrument }
  OPTIONAL { ?adherence cg:toInstrument ?instrument }
}
GROUP BY ?instrument ?label ?type ?typeLabel ?issued ?nature
ORDER BY ?issued ?instrument
"""
_AUDIENCES = """
SELECT DISTINCT ?instrument ?property ?whom ?label ?kind WHERE {
  VALUES ?property { cg:addressedTo cg:openTo }
  ?instrument ?property ?whom .
  OPTIONAL { ?whom skos:prefLabel|rdfs:label ?label FILTER ( LANG(?label) IN ("", "en") ) }
  OPTIONAL { ?whom cg:playedBy ?kind }
} ORDER BY ?instrument ?property ?whom ?label ?kind
"""
_DETAILS = """
SELECT DISTINCT ?property ?value ?label WHERE {
  VALUES ?property { skos:altLabel cg:issuedBy cg:convenedBy cg:contributor cg:officialPage
    cg:adoptedAt cg:note cg:confidence }
  $instrument ?property ?value .
  OPTIONAL { ?value rdfs:label ?label }
} ORDER BY ?property ?label ?value
"""
_EVENT = (
    "SELECT ?held ?place WHERE { OPTIONAL { $event cg:heldOn ?held } OPTIONAL { $event cg:place ?place } }"
)
_COVERAGE = """
SELECT ?concept ?label (COUNT(DISTINCT ?provision) AS ?provisions) (MAX(?rank) AS ?strongest) WHERE {
  ?provision cg:inInstrument $instrument ; cg:about ?concept .
  ?concept a cg:Topic ; skos:prefLabel ?label .
  OPTIONAL { ?provision cg:force/skos:notation ?rank }
} GROUP BY ?concept ?label ORDER BY DESC(?provisions) ?label ?concept
"""
_MENTIONS = """
SELECT DISTINCT ?from ?fromLabel ?to ?toLabel ?property ?propertyLabel ?reference ?note ?confidence WHERE {
  VALUES ?%s { $instrument }
  VALUES ?property { cg:refersTo cg:recognises cg:buildsOn cg:givesEffectTo cg:replaces }
  ?from ?property ?to . ?property rdfs:label ?propertyLabel .
  ?from rdfs:label ?fromLabel . ?to rdfs:label ?toLabel .
  OPTIONAL { ?reference cg:referenceFrom ?from ; cg:referenceTo ?to .
    OPTIONAL { ?reference cg:note ?note } OPTIONAL { ?reference cg:confidence ?confidence } }
} ORDER BY ?fromLabel ?toLabel ?property ?from ?to ?reference ?note
"""
_SENTENCES = """
SELECT DISTINCT ?from ?to ?provision ?locator ?summary ?force ?forceLabel ?rank WHERE {
  VALUES ?%s { $instrument }
  ?provision cg:inInstrument ?from ; cg:invokes ?to ; cg:locator ?locator ; cg:summary ?summary .
  OPTIONAL { ?provision cg:ordinal ?ordinal }
  OPTIONAL { ?provision cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank }
} ORDER BY DESC(?rank) ?ordinal ?provision ?to
"""


@dataclass(frozen=True)
class InstrumentEntry:
    """An instrument in a list: what it is and how much of it the graph holds.

    Attributes:
        iri, label: the instrument.
        type: which kind of text it is.
        issued: day, month or year, as exactly as known, or empty.
        legal_nature: what it is in law, in a few words, or empty.
        provisions, adherences: how many of them the graph holds.
    """

    iri: str
    label: str
    type: Ref
    issued: str
    legal_nature: str
    provisions: int
    adherences: int


@dataclass(frozen=True)
class Occasion:
    """An event: its name, day and place, as far as known."""

    iri: str
    label: str
    held_on: str
    place: str


@dataclass(frozen=True)
class Coverage:
    """A topic, how many provisions of an instrument are about it, and the rank of the strongest."""

    topic: Ref
    provisions: int
    strongest: int


@dataclass(frozen=True)
class Audience:
    """Whom an instrument is addressed to and open to, as its text or its issuer says.

    Kinds of party are classes, such as `Company`. A role takes in a kind only where all parties of the kind
    play it; of a role that only some play, it is not known whether a party does.

    Attributes:
        addressed, open: the kinds; None where the graph does not say.
        addressed_roles, open_roles: whether there are roles besides that only some parties play.
        whom: names of the kinds and roles that it is addressed to.
    """

    addressed: frozenset[str] | None = None
    open: frozenset[str] | None = None
    addressed_roles: bool = False
    open_roles: bool = False
    whom: tuple[str, ...] = ()

    def shuts_out(self, kinds: Collection[str]) -> bool:
        """Whether parties of these kinds surely cannot sign it."""
        return self.open is not None and not self.open_roles and self.open.isdisjoint(kinds)

    def addresses(self, kinds: Collection[str]) -> bool:
        """Whether it speaks to parties of these kinds, or to some of them."""
        return self.addressed is not None and (self.addressed_roles or not self.addressed.isdisjoint(kinds))

    def passes_over(self, kinds: Collection[str]) -> bool:
        """Whether it surely does not speak to parties of these kinds."""
        return self.addressed is not None and not self.addresses(kinds)


@dataclass(frozen=True)
class InstrumentProfile(InstrumentEntry):
    """An instrument in full: what :class:`InstrumentEntry` tells of it, and more.

    Attributes:
        names: further names.
        identifiers: numbers of the issuer and codes of registers.
        issued_by, convened_by, contributors: parties.
        pages: addresses at which the issuer keeps it.
        adopted_at: the occasions.
        confidence: how well what we say of it is borne out, where it is less than read in the source.
        notes: our remarks.
        topics: what its provisions are about, the commonest first.
        sources: what bears it out.
    """

    names: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    issued_by: tuple[Ref, ...]
    convened_by: tuple[Ref, ...]
    contributors: tuple[Ref, ...]
    pages: tuple[str, ...]
    adopted_at: tuple[Occasion, ...]
    confidence: str
    notes: tuple[str, ...]
    topics: tuple[Coverage, ...]
    sources: tuple[Source, ...]


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


def instruments(engine: Engine) -> tuple[InstrumentEntry, ...]:
    """All instruments, oldest first."""
    return _instruments(engine, "")


def instrument(engine: Engine, iri: str) -> InstrumentEntry | None:
    """The instrument with that IRI, or None."""
    return next(iter(_instruments(engine, "VALUES ?instrument { $thing }", thing=iri)), None)


def audiences(engine: Engine) -> dict[str, Audience]:
    """For each instrument (IRI) of which the graph says it: whom it is addressed to and open to."""
    told: dict[str, list[dict[str, str]]] = {}
    for row in rows(engine, _AUDIENCES):
        told.setdefault(row["instrument"], []).append(row)
    return {iri: _audience(said) for iri, said in told.items()}


def profile(engine: Engine, iri: str) -> InstrumentProfile | None:
    """The instrument with that IRI, or None."""
    entry = instrument(engine, iri)
    if entry is None:
        return None
    details: dict[str, list[Ref]] = {}
    for row in rows(engine, _DETAILS, instrument=iri):
        name = row["property"].rsplit("#", 1)[1]
        details.setdefault(name, []).append(Ref(row["value"], row["label"]))

    def texts(name: str) -> tuple[str, ...]:
        return tuple(ref.iri for ref in details.get(name, ()))

    return InstrumentProfile(
        **vars(entry),
        names=texts("altLabel"),
        identifiers=identifiers_of(engine, iri),
        issued_by=tuple(details.get("issuedBy", ())),
        convened_by=tuple(details.get("convenedBy", ())),
        contributors=tuple(details.get("contributor", ())),
        pages=texts("officialPage"),
        adopted_at=tuple(_occasion(engine, event) for event in details.get("adoptedAt", ())),
        confidence=local(next(iter(texts("confidence")), "")),
        notes=texts("note"),
        topics=_coverage(engine, iri),
        sources=sources_of(engine, [iri])[iri],
    )


def mentions_by(engine: Engine, instrument: str) -> tuple[Mention, ...]:
    """The instruments that `instrument` (IRI) names."""
    return _mentions(engine, "from", instrument)


def mentions_of(engine: Engine, instrument: str) -> tuple[Mention, ...]:
    """The instruments that name `instrument` (IRI)."""
    return _mentions(engine, "to", instrument)


def _audience(told: list[dict[str, str]]) -> Audience:
    """What the rows about one instrument say."""

    def kinds(name: str) -> frozenset[str] | None:
        """The kinds of party that it takes in: a class is one, a role has those that all play it."""
        said = [row for row in told if row["property"] == cg(name)]
        found = (row["kind"] or row["whom"] for row in said)
        return frozenset(iri.removeprefix(NS) for iri in found if iri.startswith(NS)) if said else None

    def roles(name: str) -> bool:
        said = (row for row in told if row["property"] == cg(name))
        return any(not row["kind"] and not row["whom"].startswith(NS) for row in said)

    whom = {row["label"]: True for row in told if row["label"] and row["property"] == cg("addressedTo")}
    return Audience(kinds("addressedTo"), kinds("openTo"), roles("addressedTo"), roles("openTo"), tuple(whom))


def _instruments(engine: Engine, bound: str, **terms: str) -> tuple[InstrumentEntry, ...]:
    return tuple(
        InstrumentEntry(
            iri=row["instrument"],
            label=row["label"],
            type=Ref(row["type"], row["typeLabel"]),
            issued=row["issued"],
            legal_nature=row["nature"],
            provisions=int(row["provisions"]),
            adherences=int(row["adherences"]),
        )
        for row in rows(engine, _INSTRUMENTS % bound, **terms)
    )


def _occasion(engine: Engine, event: Ref) -> Occasion:
    row = rows(engine, _EVENT, event=event.iri)[0]
    return Occasion(iri=event.iri, label=event.label, held_on=row["held"], place=row["place"])


def _coverage(engine: Engine, iri: str) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(
            Ref(row["concept"].value, row["label"].value),
            int(row["provisions"].value),
            int(row["strongest"].value) if "strongest" in row else 0,
        )
        for row in result(engine, _COVERAGE, instrument=iri)
    )


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
            origin=Ref(row["from"], row["fromLabel"]),
            target=Ref(row["to"], row["toLabel"]),
            kind=row["property"].rsplit("#", 1)[1],
            kind_label=row["propertyLabel"],
            note=row["note"],
            confidence=local(row["confidence"]),
            sentences=tuple(sentences[pair]),
            sources=sources.get(row["reference"], ()),
        )
        for pair, row in heads.items()
    )
