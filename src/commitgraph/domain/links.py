"""Links: what ties a party to an instrument only because a text that it adheres to names it. No promise."""

from __future__ import annotations

from dataclasses import dataclass, field

from commitgraph.dates import Day
from commitgraph.domain.sources import Source, sources_of
from commitgraph.domain.standing import adherences_of, split_on
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_LINKS = """
SELECT DISTINCT ?through ?throughLabel ?instrument ?instrumentLabel
                ?provision ?locator ?summary ?force ?forceLabel ?rank WHERE {
  $party cg:hasAdheredTo ?through .
  ?through cg:refersTo ?instrument ; rdfs:label ?throughLabel .
  ?instrument rdfs:label ?instrumentLabel .
  OPTIONAL {
    ?provision cg:inInstrument ?through ; cg:invokes ?instrument ; cg:locator ?locator ; cg:summary ?summary .
    OPTIONAL { ?provision cg:force ?force . ?force skos:prefLabel ?forceLabel ; skos:notation ?rank }
  }
}
ORDER BY ?through ?instrument DESC(?rank) ?provision
"""


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


def links_of(engine: Engine, party: str, as_of: Day | None = None) -> tuple[Link, ...]:
    """Instruments that `party` (IRI) is tied to only by reference, with the sentences that tie.

    With `as_of` only through what it adheres to on that day.
    """
    known = adherences_of(engine, party)
    held = known if as_of is None else split_on(as_of, known).held
    direct = {adherence.instrument for adherence in held}
    # Who is only named by others has done nothing that could tie it to what the text names.
    own = {adherence.instrument for adherence in held if not adherence.named_by_others}
    found = [
        row
        for row in rows(engine, _LINKS, party=party)
        if row["through"] in own and row["instrument"] not in direct
    ]
    sources = sources_of(engine, (row["provision"] for row in found if row["provision"]))
    ties: dict[tuple[str, str], list[Tie]] = {}
    labels: dict[str, str] = {}
    for row in found:
        labels[row["through"]], labels[row["instrument"]] = row["throughLabel"], row["instrumentLabel"]
        pair = ties.setdefault((row["through"], row["instrument"]), [])
        if row["provision"]:
            pair.append(Tie.of(row, sources))
    links = [
        Link(target, labels[target], through, labels[through], tuple(pair))
        for (through, target), pair in ties.items()
    ]
    return tuple(
        sorted(links, key=lambda k: (k.through, -(k.strongest.rank if k.strongest else 0), k.instrument))
    )
