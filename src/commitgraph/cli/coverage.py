"""`commitgraph coverage`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from commitgraph.cli.ask import Format, engine, find
from commitgraph.cli.output import Failure, progress, say, show, show_json
from commitgraph.cli.verify import Sources
from commitgraph.domain.instruments import instruments
from commitgraph.iris import local
from commitgraph.proof import coverage as measure
from commitgraph.proof.copies import Copies


def coverage(
    sources: Sources,
    texts: Annotated[
        list[str] | None,
        typer.Argument(metavar="INSTRUMENT…", help="Which ones; all that have copies if left out."),
    ] = None,
    form: Format = "table",
) -> None:
    """Print how much of each source text provisions cover, and every stretch that nothing accounts for.

    Example: commitgraph coverage --sources ../sources seoul-ai-business-pledge
    """
    copies = Copies(sources)
    held = {local(instrument.iri) for instrument in instruments(engine())}
    slugs = [local(find("instrument", text)) for text in texts or ()] or [
        slug for slug in copies.slugs() if slug in held
    ]
    missing = [slug for slug in slugs if not copies.of(slug)]
    if missing:
        raise Failure(
            f"expected copies of {missing[0]} (.md, .txt or .html) in a folder of that name below {sources}, "
            "found none",
            code=1,
        )
    with progress("measuring") as tell:
        found = measure.coverage(engine(), copies, slugs, tell)
    if form == "json":
        show_json([asdict(entry) | {"share": round(entry.share, 4)} for entry in found])
        return
    show(
        ("text", "covered", "by provisions", "by context", "sentences", "normative", "stretches left"),
        [_row(entry) for entry in found],
    )
    for entry in found:
        for stretch in entry.stretches:
            say(f"{entry.path}:{stretch.line}: {stretch.characters} letters and digits: {stretch.words}")


def _row(entry: measure.FileCoverage) -> tuple[str, ...]:
    return (
        f"{entry.slug}/{entry.name}",
        _percent(entry.share),
        _percent(entry.provision / entry.characters if entry.characters else 1),
        _percent(entry.context / entry.characters if entry.characters else 0),
        f"{entry.covered} of {entry.sentences}",
        f"{entry.normative_provision} of {entry.normative} in provisions, {entry.normative_covered} covered",
        str(len(entry.stretches)),
    )


def _percent(share: float) -> str:
    """A share in percent; only the whole is called 100 %."""
    return "100 %" if share >= 1 else f"{min(share * 100, 99.9):.1f} %"
