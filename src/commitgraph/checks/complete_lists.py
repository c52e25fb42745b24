"""Rolls: a list that claims to be complete and misses a party that was listed before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material

_ROLLS = """
SELECT ?roll ?instrument ?complete ?date ?roll_note ?adherence ?party ?mode ?since ?until ?explained WHERE {
  ?roll cg:rollOf ?instrument ; cg:claimsComplete ?complete ; cg:observedOn ?date ; cg:lists ?adherence .
  ?adherence cg:adherent ?party ; cg:mode ?mode .
  OPTIONAL { ?roll cg:note ?roll_note }
  OPTIONAL { ?adherence cg:since ?since }
  OPTIONAL { ?adherence cg:until ?until }
  OPTIONAL { ?adherence cg:confidence confidence:conflict . BIND ( "conflict" AS ?conflict ) }
  OPTIONAL { ?adherence cg:note ?note }
  BIND ( COALESCE(?conflict, ?note) AS ?explained )
}
ORDER BY ?roll ?adherence
"""


@dataclass
class _Roll:
    iri: str
    instrument: str
    complete: bool
    date: str
    note: str
    entries: dict[str, dict[str, str]]


def _missing(material: Material) -> Iterator[Finding]:
    rolls = _read(material)
    for roll in rolls:
        if not roll.complete:
            continue
        told: set[str] = set()
        for other in rolls:
            if other.instrument != roll.instrument or not _not_after(other.date, roll.date):
                continue
            for party, entry in other.entries.items():
                ended = "until" in entry and _not_after(entry["until"], roll.date)
                later = "since" in entry and not _not_after(entry["since"], roll.date)
                if party in roll.entries or party in told or ended or later:
                    continue
                told.add(party)
                yield _finding(material, roll, other, entry)


def _finding(material: Material, roll: _Roll, other: _Roll, entry: dict[str, str]) -> Finding:
    why = roll.note or entry.get("explained", "")
    file, line = material.place(roll.iri)
    return Finding(
        "rolls",
        expected=f"every party that a roll of {other.date} or earlier lists, on a roll of {roll.date} "
        "that claims to be complete",
        came=f"{brief(entry['party'])} is on {brief(other.iri)} and not on {brief(roll.iri)}"
        + (f" (explained: {why})" if why else ""),
        todo="Nothing, if the explanation holds."
        if why
        else "Look at the source again; if it does miss the party, explain it in a cg:note on the roll.",
        subject=roll.iri,
        file=file,
        line=line,
        level="note" if why else "error",
    )


def _read(material: Material) -> list[_Roll]:
    rolls: dict[str, _Roll] = {}
    for row in material.query(_ROLLS):
        roll = rolls.setdefault(
            row["roll"],
            _Roll(
                row["roll"],
                row["instrument"],
                row["complete"] == "true",
                row["date"],
                row.get("roll_note", ""),
                {},
            ),
        )
        roll.entries[row["party"]] = row
    return list(rolls.values())


def _not_after(one: str, other: str) -> bool:
    """Whether `one` is not after `other`, as far as both are told (year, month or day)."""
    shared = min(len(one), len(other))
    return one[:shared] <= other[:shared]


CHECKS = [
    Named("rolls", "A roll that claims to be complete misses nobody without a word about it.", _missing)
]
