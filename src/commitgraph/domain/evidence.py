"""Evidence: what sources show about how parties act on provisions, and where somebody looked in vain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commitgraph.dates import Day, belongs_to
from commitgraph.domain.ref import Ref
from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_OBSERVATIONS = """
SELECT ?finding ?class ?summary ?party ?partyLabel ?bearing ?bearingLabel ?type ?typeLabel
       ?self ?contested ?observed ?stood ?answer ?confidence WHERE {
  { %s }
  VALUES ?class { cg:Evidence cg:Lookup }
  ?finding a ?class ; cg:summary ?summary .
  OPTIONAL { ?finding cg:concerns ?party . ?party rdfs:label ?partyLabel }
  OPTIONAL { ?finding cg:bearing ?bearing . OPTIONAL { ?bearing skos:prefLabel ?bearingLabel } }
  OPTIONAL { ?finding cg:evidenceType ?type . OPTIONAL { ?type skos:prefLabel ?typeLabel } }
  OPTIONAL { ?finding cg:selfDeclared ?self }
  OPTIONAL { ?finding cg:contested ?contested }
  OPTIONAL { ?finding cg:observedOn ?observed }
  OPTIONAL { ?finding cg:inForceOn ?stood }
  OPTIONAL { ?finding cg:answer ?answer }
  OPTIONAL { ?finding cg:confidence ?confidence }
} ORDER BY DESC(STR(?observed)) ?finding
"""
_ABOUT = {
    "party": "?finding cg:concerns $party .",
    "instrument": "?finding cg:bearsOn/cg:inInstrument $instrument .",
    "provision": "?finding cg:bearsOn $provision .",
}
_DETAILS = """
SELECT DISTINCT ?finding ?provision ?locator ?instrument ?note ?where ?title WHERE {
  VALUES ?finding { $findings }
  { ?finding cg:bearsOn ?provision . ?provision cg:locator ?locator ; cg:inInstrument/rdfs:label ?instrument }
  UNION { ?finding cg:note ?note }
  UNION {
    ?finding cg:answeredIn ?where .
    OPTIONAL { ?where cg:inEdition/cg:editionOf ?of }
    BIND(COALESCE(?of, ?where) AS ?document)
    ?document rdfs:label ?title
  }
} ORDER BY ?finding ?instrument ?locator ?provision ?note ?title ?where
"""
_ASSURANCES = """
SELECT DISTINCT ?finding ?assurance ?assessor ?label ?confidence WHERE {
  VALUES ?finding { $findings }
  ?assurance a cg:Assurance ; cg:assures ?finding .
  OPTIONAL { ?assurance cg:assessor ?assessor . ?assessor rdfs:label ?label }
  OPTIONAL { ?assurance cg:confidence ?confidence }
} ORDER BY ?finding ?label ?assurance
"""
_DISCLOSURES = """
SELECT DISTINCT ?disclosure ?label ?issued ?version ?previous ?previousLabel WHERE {
  ?disclosure cg:disclosedBy $party ; rdfs:label ?label .
  MINUS { ?disclosure cg:preparedBy ?somebody }
  OPTIONAL { ?disclosure cg:previousVersion ?previous . ?previous rdfs:label ?previousLabel }
  OPTIONAL { ?disclosure dcterms:issued ?issued }
  OPTIONAL { ?disclosure cg:versionLabel ?version }
} ORDER BY DESC(STR(?issued)) ?label ?disclosure
"""


@dataclass(frozen=True)
class Assurance:
    """A check of a piece of evidence: by whom, as far as known, and what bears it out."""

    iri: str
    assessor: Ref | None
    confidence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Observation:
    """Evidence, or a lookup that found none.

    Attributes:
        iri: the evidence or lookup.
        found: False for a lookup: somebody looked in one place and found nothing. That is no fact
            about the party.
        summary: what it is, in our words.
        party: whom it concerns, or None where the source names nobody.
        provisions: what it bears on.
        bearing: how it bears on it (for, partly for, against, or context only), or None.
        type: the kind of document or act, or None.
        self_declared: whether it is the party's own account of itself.
        contested: whether a source shows that the party or others dispute it; False where nobody looked.
        observed_on: the day, month or year for which it speaks; empty where its source shows none.
        in_force_on: the day, month or year for which a source says that it still stood, or empty.
        answer: what the party says to it, in our words; empty where no answer is recorded.
        answered_in: the documents that carry the answer.
        confidence: `two-sources`, `one-source`, `conflict` or `from-memory`.
        notes: our remarks.
        sources: what bears it out.
        assurances: who checked it.
    """

    iri: str
    found: bool
    summary: str
    party: Ref | None
    provisions: tuple[Ref, ...]
    bearing: Ref | None
    type: Ref | None
    self_declared: bool
    contested: bool
    observed_on: str
    in_force_on: str
    answer: str
    answered_in: tuple[Ref, ...]
    confidence: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    assurances: tuple[Assurance, ...] = ()


@dataclass(frozen=True)
class Disclosure:
    """A document in which a party gives an account of itself; dates as exactly as known.

    Attributes:
        iri, label, issued, version: the document, its date and the version that it gives itself.
        previous: the version before it, as far as the graph holds one.
        sources: the copies that were read.
    """

    iri: str
    label: str
    issued: str
    version: str
    previous: Ref | None
    sources: tuple[Source, ...]


def observations(
    engine: Engine, *, party: str = "", instrument: str = "", provision: str = "", as_of: Day | None = None
) -> tuple[Observation, ...]:
    """Evidence and lookups that fit all that is given, newest first.

    Args:
        engine: what is asked.
        party: IRI of whom they concern.
        instrument, provision: IRI of what they bear on; for an instrument, on any of its provisions.
        as_of: only what is dated by that day.
    """
    given = {
        name: iri
        for name, iri in (("party", party), ("instrument", instrument), ("provision", provision))
        if iri
    }
    bound = " ".join(_ABOUT[name] for name in given)
    return _observations(engine, _OBSERVATIONS % bound, given, as_of)


def disclosures_of(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Disclosure, ...]:
    """What `party` (IRI) has published about itself, newest first; with `as_of` what is dated by then."""
    found = [row for row in rows(engine, _DISCLOSURES, party=party) if belongs_to(row["issued"], as_of)]
    sources = sources_of(engine, (row["disclosure"] for row in found))
    return tuple(
        Disclosure(
            iri=row["disclosure"],
            label=row["label"],
            issued=row["issued"],
            version=row["version"],
            previous=_ref(row, "previous"),
            sources=sources[row["disclosure"]],
        )
        for row in found
    )


def _observations(
    engine: Engine, query: str, terms: Mapping[str, str], as_of: Day | None
) -> tuple[Observation, ...]:
    told = rows(engine, query, **terms)
    found = {row["finding"]: row for row in told if belongs_to(row["observed"], as_of)}
    if not found:
        return ()
    provisions: dict[str, list[Ref]] = {iri: [] for iri in found}
    notes: dict[str, list[str]] = {iri: [] for iri in found}
    answers: dict[str, list[Ref]] = {iri: [] for iri in found}
    for row in rows(engine, _DETAILS, findings=found):
        if row["provision"]:
            label = f"{row['instrument']}, {row['locator']}"
            provisions[row["finding"]].append(Ref(row["provision"], label))
        elif row["where"]:
            answers[row["finding"]].append(Ref(row["where"], row["title"]))
        else:
            notes[row["finding"]].append(row["note"])
    sources = sources_of(engine, found)
    assurances = _assurances(engine, found)
    return tuple(
        Observation(
            iri=iri,
            found=row["class"].endswith("#Evidence"),
            summary=row["summary"],
            party=_ref(row, "party"),
            provisions=tuple(provisions[iri]),
            bearing=_ref(row, "bearing"),
            type=_ref(row, "type"),
            self_declared=row["self"] in ("true", "1"),
            contested=row["contested"] in ("true", "1"),
            observed_on=row["observed"],
            in_force_on=row["stood"],
            answer=row["answer"],
            answered_in=tuple(answers[iri]),
            confidence=local(row["confidence"]),
            notes=tuple(notes[iri]),
            sources=sources[iri],
            assurances=assurances.get(iri, ()),
        )
        for iri, row in found.items()
    )


def _assurances(engine: Engine, findings: Iterable[str]) -> dict[str, tuple[Assurance, ...]]:
    found = rows(engine, _ASSURANCES, findings=findings)
    sources = sources_of(engine, (row["assurance"] for row in found))
    made: dict[str, tuple[Assurance, ...]] = {}
    for row in found:
        assessor = Ref(row["assessor"], row["label"]) if row["assessor"] else None
        assurance = Assurance(
            iri=row["assurance"],
            assessor=assessor,
            confidence=local(row["confidence"]),
            sources=sources[row["assurance"]],
        )
        made[row["finding"]] = (*made.get(row["finding"], ()), assurance)
    return made


def _ref(row: dict[str, str], name: str) -> Ref | None:
    iri = row[name]
    return Ref(iri, row[f"{name}Label"] or local(iri).replace("-", " ")) if iri else None
