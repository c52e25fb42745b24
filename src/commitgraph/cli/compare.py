"""`commitgraph compare`: what parties or instruments share and do not."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from commitgraph.cli.ask import AsOf, Format, day, engine, label
from commitgraph.cli.output import Failure, say, show, show_json
from commitgraph.domain import phrases
from commitgraph.find.names import LookupFailed, resolve_alike
from commitgraph.views.compare import Comparison
from commitgraph.views.compare import compare as compare_things


def compare(
    things: Annotated[
        list[str], typer.Argument(metavar="A B [C…]", help="Two or more parties, or two or more instruments.")
    ],
    as_of: AsOf = "",
    form: Format = "table",
) -> None:
    """Print what two or more parties, or instruments, share and do not.

    Example: commitgraph compare microsoft lg-ai-research salesforce
    """
    on = day(as_of)
    try:
        iris = resolve_alike(engine(), things)
    except LookupFailed as error:
        raise Failure(str(error), code=2 if error.ambiguous else 1) from None
    try:
        result = compare_things(engine(), iris, [label(iri) for iri in iris], on)
    except ValueError as error:
        raise Failure(str(error)) from None
    if form == "json":
        show_json(asdict(result))
        return
    _print(result)


def _print(result: Comparison) -> None:
    shared = [row for row in result.rows if row.shared]
    what = "instrument" if "/party/" in result.things[0] else "adherent"
    say(f"{', '.join(result.labels)}: {len(shared)} {what}{'s' if len(shared) != 1 else ''} in common")
    show(
        (what, "in common", *result.labels),
        [
            (
                row.label,
                "yes" if row.shared else "no",
                *(phrases.state(a) if a else "-" for a in row.cells),
            )
            for row in result.rows
        ],
    )
