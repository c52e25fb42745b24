"""`commitgraph template`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commitgraph.cli.ask import engine
from commitgraph.cli.output import Failure, give
from commitgraph.dataset import load
from commitgraph.disclosure.writing.blank import FORMATS, NOT_HELD, beginning
from commitgraph.disclosure.writing.blank import template as made
from commitgraph.find.names import LookupFailed, resolve


def template(
    party: Annotated[
        str, typer.Argument(metavar="PARTY", help="Short name, IRI, LEI or name in any listed variant.")
    ],
    format: Annotated[str, typer.Option(help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")] = "yaml",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write it there instead of to standard output."),
    ] = None,
) -> None:
    """Write a disclosure to fill in: an empty answer for each promise that the party is asked to answer for.

    Asked for is what `commitgraph validate` asks for by the profile coverage. Beside each promise stands what
    it says and how firmly it is worded. No status is filled in: a template claims nothing for anybody.

    Exit codes: 1 nobody of that name is known, 2 several may be meant, or the file cannot be written.

    Example: commitgraph template kakao > kakao.yaml

    Example: commitgraph template "SK Telecom" --format xlsx --out answers.xlsx
    """
    form = next((one for one in FORMATS if one == format), None)
    if form is None:
        raise Failure(f"--format: expected one of {', '.join(FORMATS)}, got {format!r}")
    try:
        iri = resolve(engine(), "party", party)
    except LookupFailed as error:
        if error.ambiguous:
            raise Failure(str(error)) from None
        if _is_text(party):
            raise Failure(
                f"expected a party, got the text {party!r}; name the organisation that answers for it",
                code=1,
            ) from None
        told = (
            f"{str(error).rstrip('.')}; {NOT_HELD}. Nothing was written. To start from:\n\n{beginning(party)}"
        )
        raise Failure(told, code=1) from None
    give(made(iri, load().store, form), out, binary=form == "xlsx")


def _is_text(name: str) -> bool:
    try:
        resolve(engine(), "instrument", name)
    except LookupFailed:
        return False
    return True
