"""Compare: what two or more parties, or two or more instruments, share and do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commitgraph.dates import Day
from commitgraph.domain.standing import Adherence, adherences_of, adherents, split_on
from commitgraph.engine import Engine
from commitgraph.iris import thing

_PARTY = thing("party", "")
_INSTRUMENT = thing("instrument", "")


@dataclass(frozen=True)
class Row:
    """One line of a comparison.

    Attributes:
        iri, label: an instrument when parties are compared, a party when instruments are.
        cells: for each thing compared, in their order, the adherence that ties it to this line, or None; it
            may be one of which only others tell.
    """

    iri: str
    label: str
    cells: tuple[Adherence | None, ...]

    @property
    def shared(self) -> bool:
        """Whether all things compared have it, each by an act of the party."""
        return all(cell is not None and not cell.named_by_others for cell in self.cells)


@dataclass(frozen=True)
class Comparison:
    """What the things compared share and do not, shared lines first.

    Attributes:
        things: IRIs of the things compared, all parties or all instruments.
        labels: their labels.
        rows: the lines.
    """

    things: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[Row, ...]


def compare(
    engine: Engine, things: Sequence[str], labels: Sequence[str], as_of: Day | None = None
) -> Comparison:
    """Compare parties by the instruments they adhere to, or instruments by their adherents.

    Args:
        engine: where to ask.
        things: two or more IRIs, all of parties or all of instruments.
        labels: their labels, in the same order.
        as_of: the day for which to compare; without it, standings that have not ended count.

    Raises:
        ValueError: fewer than two things, or parties and instruments mixed.
    """
    if len(set(things)) < 2:
        raise ValueError("expected two or more different parties or instruments to compare")
    if all(iri.startswith(_PARTY) for iri in things):
        found = [{a.instrument: a for a in _held(adherences_of(engine, iri), as_of)} for iri in things]
        name = {a.instrument: a.instrument_label for column in found for a in column.values()}
    elif all(iri.startswith(_INSTRUMENT) for iri in things):
        found = [{a.party: a for a in _held(adherents(engine, iri), as_of)} for iri in things]
        name = {a.party: a.party_label for column in found for a in column.values()}
    else:
        raise ValueError("expected either parties or instruments, got both")
    rows = [Row(iri, name[iri], tuple(column.get(iri) for column in found)) for iri in name]
    rows.sort(key=lambda row: (-sum(cell is not None for cell in row.cells), row.label.casefold()))
    return Comparison(tuple(things), tuple(labels), tuple(rows))


def _held(found: tuple[Adherence, ...], as_of: Day | None) -> tuple[Adherence, ...]:
    """Those that hold on the day, acts of the parties last, so that they outrank what only others say."""
    now = split_on(as_of, found)
    return (*now.named, *now.own)
