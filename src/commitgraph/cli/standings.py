"""What `who` and `pledges` print alike: standings, refusals, sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from commitgraph.cli.output import Notes, say, show
from commitgraph.domain.sources import Source
from commitgraph.domain.standing import Adherence, Refusal, Standings


def source_line(source: Source) -> str:
    """A source in one line: title, publisher, address, when it was read, and whether it is a weak one."""
    named = f"{source.title}, {source.publisher}" if source.publisher else source.title
    weak = "; weak source" if source.weak else ""
    return f"{named} <{source.url}> (read {source.read_on}{weak})" if source.url else named + weak


def show_standings(
    standings: Standings, of: Literal["party", "instrument"], sources: Notes, title: str = ""
) -> None:
    """Print standings, named after the party or after the instrument: what holds, has ended, begins later."""
    if standings.held:
        _show_adherences(standings.held, of, sources, title)
    if standings.ended:
        _show_adherences(standings.ended, of, sources, "Ended")
    if standings.later:
        names = (
            (a.party_label if of == "party" else a.instrument_label)
            + (f" (since {a.since})" if a.since else "")
            for a in standings.later
        )
        say("Not counted on that day: " + ", ".join(names))


def _show_adherences(
    found: Sequence[Adherence], of: Literal["party", "instrument"], sources: Notes, title: str
) -> None:
    show(
        (of, "since", "mode", "confidence", "sources"),
        [
            (
                a.party_label if of == "party" else a.instrument_label,
                a.since or "not stated",
                a.mode_label
                + (", in part" if a.scope == "part" else "")
                + (f" until {a.until}" if a.until else ""),
                a.confidence.replace("-", " "),
                sources.refer(source_line(s) for s in a.sources),
            )
            for a in found
        ],
        title=title,
    )


def say_refusals(found: Sequence[Refusal], of: Literal["party", "instrument"], sources: Notes) -> None:
    """Print the documented decisions not to adhere, a line each."""
    for refusal in found:
        named = refusal.party if of == "party" else refusal.instrument
        day = f" ({refusal.observed_on})" if refusal.observed_on else ""
        told_by = sources.refer(source_line(s) for s in refusal.sources)
        say(" ".join((f"Refused: {named.label}{day}", told_by, *refusal.notes)))
