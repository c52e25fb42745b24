"""`commitgraph verify`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commitgraph.cli.ask import Format, engine
from commitgraph.cli.output import progress, say, show, show_json
from commitgraph.iris import local
from commitgraph.proof import verification
from commitgraph.proof.copies import Copies
from commitgraph.proof.own_words import LONGEST_RUN

Sources = Annotated[
    Path,
    typer.Option(
        "--sources",
        metavar="DIR",
        help="Your copies: a folder SLUG in DIR, at any depth, holds those of the instrument SLUG.",
    ),
]


def verify(sources: Sources, form: Format = "table") -> None:
    """Find every passage in your own copies of the sources, and hold every summary against them.

    A copy is a .md, .txt or .html file. Exit code 0: all that could be checked holds; 1: something does not.

    Example: commitgraph verify --sources ../sources
    """
    with progress("verifying") as tell:
        found = verification.verify(engine(), Copies(sources), tell)
    if form == "json":
        show_json(_as_dict(found))
    else:
        _print(found)
    if not found.holds:
        raise typer.Exit(1)


def _print(found: verification.Verification) -> None:
    show(
        ("edition", "state", "copy"),
        [(local(edition.edition), edition.state, edition.place) for edition in found.editions],
    )
    for miss in found.with_status("missing"):
        passage = miss.passage
        what = local(passage.user) if passage.user else "context"
        say("")
        say(f"{miss.place}: missing: {what}{f' ({passage.locator})' if passage.locator else ''}")
        say(f"  expected: {passage.length} letters and digits, {passage.fragment.start!r} …")
        say(f"  got:      {miss.reason}")
        say("  to do:    compare your copy with the official page; if that changed, read it as a new edition")
    for repetition in found.repetitions:
        say("")
        say(f"{repetition.place}: not in our own words: {local(repetition.subject)}")
        say(f"  expected: at most {LONGEST_RUN} words in a row as in the source")
        say(f"  got:      {repetition.count}: {repetition.words!r}")
        say("  to do:    say it in other words")
    resolved, missing = len(found.with_status("resolved")), len(found.with_status("missing"))
    say("")
    say(
        f"{len(found.resolutions)} passages: {resolved} resolved, {missing} missing, "
        f"{len(found.with_status('not-checked'))} not checked (no copy there)"
    )
    say(f"{found.summaries} summaries held against their sources, {len(found.repetitions)} repeat them")


def _as_dict(found: verification.Verification) -> dict[str, object]:
    return {
        "holds": found.holds,
        "passages": len(found.resolutions),
        "resolved": len(found.with_status("resolved")),
        "missing": [
            {
                "passage": miss.passage.iri,
                "edition": miss.passage.edition,
                "restsOnIt": miss.passage.user or None,
                "locator": miss.passage.locator or None,
                "place": miss.place,
                "reason": miss.reason,
            }
            for miss in found.with_status("missing")
        ],
        "notChecked": [entry.passage.iri for entry in found.with_status("not-checked")],
        "editions": [asdict(edition) for edition in found.editions],
        "summaries": found.summaries,
        "repetitions": [asdict(repetition) for repetition in found.repetitions],
    }
