"""`commitgraph search`: find things by words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from commitgraph.cli.ask import Format, engine
from commitgraph.cli.output import Failure, show, show_json
from commitgraph.find.search import search as search_words
from commitgraph.iris import local


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many results.")] = 20,
    form: Format = "table",
) -> None:
    """Find parties, instruments, provisions and topics; typos, accents and name variants are forgiven.

    Names are found in any script that has a source. What is no name but a brand, unit or parent leads to its
    party, too, and says so.

    Example: commitgraph search watermarking

    Example: commitgraph search 네이버
    """
    text = " ".join(words)
    hits = search_words(engine(), text, limit)
    if form == "json":
        show_json([asdict(hit) | {"because": hit.because} for hit in hits])
    else:
        show(
            ("kind", "name", "thing", "found in", "which is"),
            [(hit.kind, local(hit.iri), hit.label, hit.text, hit.because) for hit in hits],
        )
    if not hits:
        raise Failure(
            f"expected words that stand in a name or a summary, found nothing for {text!r}. "
            "Try fewer words, or one of them.",
            code=1,
        )
