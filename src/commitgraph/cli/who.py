"""`commitgraph who`: who adheres to an instrument."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from commitgraph.cli.ask import AsOf, Format, day, engine, find, label
from commitgraph.cli.output import Notes, say, show_json
from commitgraph.cli.standings import say_refusals, show_standings
from commitgraph.domain import phrases
from commitgraph.domain.claims import counts_of_adherents
from commitgraph.domain.endings import delistings_from, refusals_of
from commitgraph.domain.rolls import Roll, rolls
from commitgraph.domain.standing import adherents, split_on
from commitgraph.iris import local


def who(
    instrument: Annotated[
        str, typer.Argument(metavar="INSTRUMENT", help="Short name, IRI or name in any listed variant.")
    ],
    as_of: AsOf = "",
    form: Format = "table",
) -> None:
    """Print who stands to an instrument: since when, by which act, by which sources; and where lists differ.

    Whom only others name, who is no longer listed, has left, or joined only after the day of --as-of, stands
    apart and is not counted with the others.

    Example: commitgraph who seoul-ai-business-pledge
    """
    on = day(as_of)
    iri = find("instrument", instrument)
    standings = split_on(on, adherents(engine(), iri))
    lists = rolls(engine(), iri, on)
    refused = refusals_of(engine(), iri, on)
    gone = delistings_from(engine(), iri, on)
    counts = counts_of_adherents(engine(), iri, on)
    if form == "json":
        show_json(
            {
                "instrument": iri,
                "label": label(iri),
                "asOf": str(on) if on else None,
                "adherents": [asdict(a) for a in standings.own],
                "namedByOthers": [asdict(a) for a in standings.named],
                "unknown": [asdict(a) for a in standings.unknown],
                "noLongerListed": [asdict(a) for a in standings.delisted],
                "ended": [asdict(a) for a in standings.ended],
                "later": [asdict(a) for a in standings.later],
                "rolls": [_roll(r) for r in lists],
                "refusals": [asdict(r) for r in refused],
                "counts": [asdict(c) for c in counts],
            }
        )
        return
    sources = Notes()
    held = f" on {on}" if on else ""
    say(f"{label(iri)}: {phrases.tally(standings)}{held}")
    by_groups = ", ".join(f"{count} {words}" for words, count in phrases.groups(standings.held))
    if by_groups:
        say(f"By acts: {by_groups}.")
    if counts:
        say(phrases.counted(counts, len(standings.own)))
    show_standings(standings, "party", sources)
    for a in (*standings.held, *standings.unknown, *standings.delisted, *standings.ended):
        for note in a.notes:
            say(f"{a.party_label}: {note}")
    for delisting in gone:
        for note in delisting.notes:
            say(f"{delisting.party.label}, no longer listed: {note}")
    say_refusals(refused, "party", sources)
    for roll in lists:
        say(_sentence(roll))
    sources.show()
    if not standings.held:
        raise typer.Exit(1)


def _sentence(roll: Roll) -> str:
    parts = [f"List: {roll.label}"]
    if roll.observed_on:
        parts.append(f"speaks for {roll.observed_on}")
    parts.append(f"{len(roll.listed)} names")
    if roll.lacking:
        parts.append("lacks " + " and ".join(a.party_label for a in roll.lacking))
    return f"{', '.join(parts)}. {phrases.completeness(roll)}" + (f" {roll.note}" if roll.note else "")


def _roll(roll: Roll) -> dict[str, object]:
    return {
        "roll": roll.iri,
        "label": roll.label,
        "claimsComplete": roll.claims_complete,
        "observedOn": roll.observed_on,
        "note": roll.note,
        "lists": [local(a.party) for a in roll.listed],
        "lacks": [local(a.party) for a in roll.lacking],
        "sources": [asdict(s) for s in roll.sources],
    }
