"""`commitgraph quote`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from commitgraph.cli.ask import Format, engine, find
from commitgraph.cli.output import Failure, say, show_json
from commitgraph.cli.verify import Sources
from commitgraph.iris import local
from commitgraph.proof import quotation
from commitgraph.proof.copies import Copies


def quote(
    provision: Annotated[
        str, typer.Argument(metavar="PROVISION", help="Short name (SLUG/PID) or IRI of the provision.")
    ],
    sources: Sources,
    form: Format = "table",
) -> None:
    """Print the exact words of a provision from your own copy of its source.

    Example: commitgraph quote seoul-ai-business-pledge/a1-1 --sources ../sources
    """
    try:
        found = quotation.quote(engine(), find("provision", provision), Copies(sources))
    except quotation.NoWords as error:
        raise Failure(f"{provision}: {error}", code=1) from None
    if form == "json":
        show_json([asdict(entry) for entry in found])
        return
    for entry in found:
        say(f"“{entry.words}”")
        say(f"  {local(entry.provision)}, {entry.locator}")
        say(f"  {local(entry.edition)}: {entry.url or 'no address'} (read {entry.read_on})")
        say(f"  {entry.place}")
