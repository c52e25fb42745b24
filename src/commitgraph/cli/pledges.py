"""`commitgraph pledges`: what a party adheres to, directly and by reference."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from commitgraph.cli.ask import AsOf, Format, day, engine, find, label
from commitgraph.cli.output import Notes, say, show, show_json
from commitgraph.cli.standings import say_refusals, show_standings, source_line
from commitgraph.domain import phrases
from commitgraph.domain.endings import refusals_by
from commitgraph.domain.links import links_of
from commitgraph.domain.standing import adherences_of, split_on


def pledges(
    party: Annotated[
        str, typer.Argument(metavar="PARTY", help="Short name, IRI or name in any listed variant.")
    ],
    as_of: AsOf = "",
    form: Format = "table",
) -> None:
    """Print what a party stands to, and what it is tied to only because a text that it took on names it.

    A text that is only named is no pledge: the force of the sentence that names it says how far the tie goes.

    Example: commitgraph pledges kakao
    """
    on = day(as_of)
    iri = find("party", party, "pledges")
    standings = split_on(on, adherences_of(engine(), iri))
    refused = refusals_by(engine(), iri, on)
    links = links_of(engine(), iri, on)
    if form == "json":
        show_json(
            {
                "party": iri,
                "label": label(iri),
                "asOf": str(on) if on else None,
                "direct": [asdict(a) for a in standings.own],
                "namedByOthers": [asdict(a) for a in standings.named],
                "unknown": [asdict(a) for a in standings.unknown],
                "noLongerListed": [asdict(a) for a in standings.delisted],
                "ended": [asdict(a) for a in standings.ended],
                "later": [asdict(a) for a in standings.later],
                "byReference": [asdict(link) for link in links],
                "refused": [asdict(r) for r in refused],
            }
        )
    else:
        sources = Notes()
        held = f" on {on}" if on else ""
        say(f"{label(iri)}: {phrases.tally(standings)}{held}; by reference only {len(links)}")
        if not standings.own:
            say("No act of its own.")
        show_standings(standings, "instrument", sources)
        say_refusals(refused, "instrument", sources)
        if links:
            show(
                ("instrument", "named in", "where", "force of the sentence", "what it says", "sources"),
                [
                    (
                        link.instrument_label,
                        link.through_label,
                        link.strongest.locator if link.strongest else "",
                        link.strongest.force_label if link.strongest else "sentence not in the graph",
                        link.strongest.summary if link.strongest else "",
                        sources.refer(source_line(s) for s in link.strongest.sources)
                        if link.strongest
                        else "",
                    )
                    for link in links
                ],
                title="By reference only: no pledge, named in a text that the party adheres to"
                + ("" if on else " or once did"),
            )
        sources.show()
    if not standings.held:
        raise typer.Exit(1)
