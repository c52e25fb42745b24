"""What `who` and `pledges` print alike: standings, refusals, sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from commitgraph.cli.output import Notes, say, show
from commitgraph.domain import phrases
from commitgraph.domain.endings import Refusal
from commitgraph.domain.sources import Source
from commitgraph.domain.standing import Adherence, Standings


def source_line(source: Source) -> str:
    """A source in one line: title, publisher, address, when it was read, and whether it is a weak one."""
    named = f"{source.title}, {source.publisher}" if source.publisher else source.title
    weak = f"; {source.weakness}" if source.weakness else ""
    return f"{named} <{source.url}> (read {source.read_on}{weak})" if source.url else named + weak


def show_standings(standings: Standings, of: Literal["party", "instrument"], sources: Notes) -> None:
    """Print standings, named after the party or after the instrument: by act, and how they are on the day."""
    for found, title in (
        (standings.own, "By an act of its own" if of == "instrument" else "By an act of their own"),
        (
            standings.named,
            "Named by others only: no act of " + ("its" if of == "instrument" else "their") + " own",
        ),
        (standings.unknown, "Unknown on that day: seen on a list before it, not seen on one after it"),
        (standings.delisted, "No longer listed: what two lists show, not a withdrawal"),
        (standings.ended, "Ended"),
    ):
        if found:
            _show_adherences(found, of, sources, title)
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
        (of, "since", "act", "now", "confidence", "sources"),
        [
            (
                a.party_label if of == "party" else a.instrument_label,
                a.since or "not stated",
                phrases.act(a),
                ", ".join(said for said in (phrases.ended(a), phrases.delisted(a)) if said),
                phrases.sureness(a),
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
