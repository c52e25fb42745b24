"""Standing: who adheres to what, since when, by which act, on which list; and what ties by reference."""

from __future__ import annotations

from dataclasses import dataclass, field

from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.iris import local

_PREFIXES = """
PREFIX cg: <https://w3id.org/commitgraph/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_ADHERENCES = (
    _PREFIXES
    + """
SELECT ?adherence ?party ?partyLabel ?instrument ?instrumentLabel ?mode ?modeLabel ?signs ?scope
       ?since ?until ?signedAs ?confidence ?withdrawal ?issued WHERE {{
  {bound}
  ?adherence cg:adherent ?party ; cg:toInstrument ?instrument ; cg:mode ?mode ; cg:scope ?scope .
  ?party rdfs:label ?partyLabel .
  ?instrument rdfs:label ?instrumentLabel .
  ?mode skos:prefLabel ?modeLabel ; cg:signs ?signs .
  OPTIONAL {{ ?adherence cg:since ?since }}
  OPTIONAL {{ ?adherence cg:until ?until }}
  OPTIONAL {{ ?adherence cg:signedAs ?signedAs }}
  OPTIONAL {{ ?adherence cg:confidence ?confidence }}
  OPTIONAL {{ ?withdrawal cg:ends ?adherence }}
  OPTIONAL {{ ?instrument dcterms:issued ?issued }}
}}
ORDER BY LCASE(STR(?partyLabel)) ?since ?instrument
"""
)
_NOTES = (
    _PREFIXES
    + "SELECT ?thing ?note WHERE {{ VALUES ?thing {{ {things} }} ?thing cg:note ?note }} ORDER BY ?note"
)
_ROLLS = (
    _PREFIXES
    + """
SELECT ?roll ?label ?complete ?observed ?note ?adherence WHERE {{
  ?roll cg:rollOf <{instrument}> ; rdfs:label ?label ; cg:claimsComplete ?complete .
  OPTIONAL {{ ?roll cg:observedOn ?observed }}
  OPTIONAL {{ ?roll cg:note ?note }}
  OPTIONAL {{ ?roll cg:lists ?adherence }}
}}
ORDER BY ?roll ?adherence
"""
)
_ROLL_OF = _PREFIXES + "SELECT ?instrument WHERE {{ <{roll}> cg:rollOf ?instrument }}"
_LINKS = (
    _PREFIXES
    + """
SELECT DISTINCT ?through ?throughLabel ?instrument ?instrumentLabel
                ?provision ?locator ?summary ?force ?forceLabel ?rank WHERE {{
  <{party}> cg:hasAdheredTo ?through .
  ?through cg:refersTo ?instrument ; rdfs:label ?throughLabel .
  ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL {{
    ?provision cg:inInstrument ?through ; cg:invokes ?instrument ; cg:locator ?locator ; cg:summary ?summary .
    OPTIONAL {{ ?provision cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank }}
  }}
}}
ORDER BY ?through ?instrument DESC(?rank) ?provision
"""
)


@dataclass(frozen=True)
class Adherence:
    """One standing of one party towards one instrument.

    Attributes:
        iri: the adherence.
        party, party_label: who.
        instrument, instrument_label: towards what.
        mode, mode_label: by which kind of act.
        signs: whether that act is one of signing or joining.
        scope: `whole` or `part`.
        since, until: day, month or year, as exactly as the source tells; empty where unknown.
        signed_as: the name as printed.
        confidence: `two-sources`, `one-source`, `conflict` or `from-memory`.
        withdrawal: IRI of the act that ended it, or empty.
        issued: when the instrument was issued; a standing of unknown day did not begin before.
        notes: our remarks.
        sources: what bears it out.
    """

    iri: str
    party: str
    party_label: str
    instrument: str
    instrument_label: str
    mode: str
    mode_label: str
    signs: bool
    scope: str
    since: str
    until: str
    signed_as: str
    confidence: str
    withdrawal: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    issued: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether the standing holds on `day` (YYYY-MM-DD), as far as its dates tell.

        An end that is known only as a month or year lies at the end of it.
        """
        return (self.since or self.issued) <= day and (not self.until or self.until >= day[: len(self.until)])

    def expected_on(self, observed: str) -> bool:
        """Whether a list that speaks for the day or month `observed` should show the standing.

        It had begun by then, and had not ended by then, as far as all three are told. A list is drawn up
        after a party has left, so one of the very day does not lack it.
        """
        if not observed:
            return not self.until
        begun = self.since[: len(observed)] <= observed[: len(self.since)] if self.since else True
        return begun and not (self.until and self.until[: len(observed)] <= observed[: len(self.until)])

    def ended_by(self, day: str) -> bool:
        """Whether the standing is known to have ended by `day`; by today when `day` is empty."""
        if self.until and day:
            return self.until < day[: len(self.until)]
        return bool(self.until or (self.withdrawal and not day))


@dataclass(frozen=True)
class Roll:
    """One source's list of adherents.

    Attributes:
        iri, label: the roll and its name.
        claims_complete: whether the source presents it as the full list.
        observed_on: the day or month for which it speaks.
        note: our remark.
        listed: adherences that it shows.
        lacking: adherences on another roll that this roll does not show although it claims to be complete
            and they had begun, and not ended, by the day for which it speaks.
        sources: what bears it out.
    """

    iri: str
    label: str
    claims_complete: bool
    observed_on: str
    note: str
    listed: tuple[Adherence, ...]
    lacking: tuple[Adherence, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Tie:
    """A sentence of an adhered-to instrument that names another: its place, gist and force (rank 7 to 1)."""

    provision: str
    locator: str
    summary: str
    force: str
    force_label: str
    rank: int
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, row: dict[str, str], sources: dict[str, tuple[Source, ...]]) -> Tie:
        """The sentence that a row of an answer tells of, with its own among `sources` (by provision)."""
        return cls(
            row["provision"],
            row["locator"],
            row["summary"],
            local(row["force"]),
            row["forceLabel"],
            int(row["rank"] or 0),
            sources[row["provision"]],
        )


@dataclass(frozen=True)
class Link:
    """An instrument that a party is tied to only through another: no promise, only a reference."""

    instrument: str
    instrument_label: str
    through: str
    through_label: str
    ties: tuple[Tie, ...] = field(default=())

    @property
    def strongest(self) -> Tie | None:
        """The sentence with the strongest force, if any sentence is known."""
        return max(self.ties, key=lambda tie: tie.rank, default=None)


def adherents(engine: Engine, instrument: str, as_of: str = "") -> tuple[Adherence, ...]:
    """Who adheres to `instrument` (IRI), by name; with `as_of` only those whose standing holds that day."""
    return _adherences(engine, f"VALUES ?instrument {{ <{instrument}> }}", as_of)


def adherences_of(engine: Engine, party: str, as_of: str = "") -> tuple[Adherence, ...]:
    """What `party` (IRI) adheres to, oldest first; with `as_of` only what holds that day."""
    found = _adherences(engine, f"VALUES ?party {{ <{party}> }}", as_of)
    return tuple(sorted(found, key=lambda a: (a.since or "9999", a.instrument)))


def adherence(engine: Engine, iri: str) -> Adherence | None:
    """The adherence with that IRI, or None."""
    return next(iter(_adherences(engine, f"VALUES ?adherence {{ <{iri}> }}", "")), None)


def all_adherences(engine: Engine, as_of: str = "") -> tuple[Adherence, ...]:
    """Every adherence in the graph, by party; with `as_of` only those that hold that day."""
    return _adherences(engine, "", as_of)


def rolls(engine: Engine, instrument: str) -> tuple[Roll, ...]:
    """The lists of adherents to `instrument` (IRI) and what each lacks."""
    known = adherents(engine, instrument)
    by_iri = {adherence.iri: adherence for adherence in known}
    heads: dict[str, dict[str, str]] = {}
    listed: dict[str, list[Adherence]] = {}
    for row in engine.query(_ROLLS.format(instrument=instrument)).values():
        heads.setdefault(row["roll"], row)
        listed.setdefault(row["roll"], [])
        if row["adherence"]:
            listed[row["roll"]].append(by_iri[row["adherence"]])
    sources = sources_of(engine, heads)
    on_some_roll = {adherence.iri for members in listed.values() for adherence in members}
    found = []
    for iri, head in heads.items():
        complete = head["complete"] in ("true", "1")
        lacking = [
            a
            for a in known
            if complete and a.iri in on_some_roll and a not in listed[iri] and a.expected_on(head["observed"])
        ]
        members = sorted(listed[iri], key=lambda a: a.party_label.casefold())
        found.append(
            Roll(
                iri,
                head["label"],
                complete,
                head["observed"],
                head["note"],
                tuple(members),
                tuple(lacking),
                sources[iri],
            )
        )
    return tuple(found)


def roll(engine: Engine, iri: str) -> tuple[str, Roll] | None:
    """The instrument (IRI) of the list with that IRI, and the list; None where there is none."""
    rows = engine.query(_ROLL_OF.format(roll=iri)).values()
    found = [(row["instrument"], roll) for row in rows for roll in rolls(engine, row["instrument"])]
    return next((pair for pair in found if pair[1].iri == iri), None)


def links_of(engine: Engine, party: str, as_of: str = "") -> tuple[Link, ...]:
    """Instruments that `party` (IRI) is tied to only by reference, with the sentences that tie.

    With `as_of` only through what it adheres to on that day.
    """
    direct = {adherence.instrument for adherence in adherences_of(engine, party, as_of)}
    rows = [
        row
        for row in engine.query(_LINKS.format(party=party)).values()
        if row["instrument"] not in direct and (not as_of or row["through"] in direct)
    ]
    sources = sources_of(engine, (row["provision"] for row in rows if row["provision"]))
    ties: dict[tuple[str, str], list[Tie]] = {}
    labels: dict[str, str] = {}
    for row in rows:
        labels[row["through"]], labels[row["instrument"]] = row["throughLabel"], row["instrumentLabel"]
        pair = ties.setdefault((row["through"], row["instrument"]), [])
        if row["provision"]:
            pair.append(Tie.of(row, sources))
    found = [
        Link(target, labels[target], through, labels[through], tuple(pair))
        for (through, target), pair in ties.items()
    ]
    return tuple(
        sorted(found, key=lambda k: (k.through, -(k.strongest.rank if k.strongest else 0), k.instrument))
    )


def _adherences(engine: Engine, bound: str, as_of: str) -> tuple[Adherence, ...]:
    rows = {row["adherence"]: row for row in engine.query(_ADHERENCES.format(bound=bound)).values()}
    sources = sources_of(engine, rows)
    notes: dict[str, list[str]] = {iri: [] for iri in rows}
    if rows:
        for row in engine.query(_NOTES.format(things=" ".join(f"<{iri}>" for iri in rows))).values():
            notes[row["thing"]].append(row["note"])
    found = (
        Adherence(
            iri,
            row["party"],
            row["partyLabel"],
            row["instrument"],
            row["instrumentLabel"],
            local(row["mode"]),
            row["modeLabel"],
            row["signs"] in ("true", "1"),
            local(row["scope"]),
            row["since"],
            row["until"],
            row["signedAs"],
            local(row["confidence"]),
            row["withdrawal"],
            tuple(notes[iri]),
            sources[iri],
            row["issued"],
        )
        for iri, row in rows.items()
    )
    return tuple(a for a in found if not as_of or a.holds_on(as_of))
