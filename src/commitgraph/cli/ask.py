"""What the asking verbs share: the loaded engine, names to things, the options they have in common."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from commitgraph.cli.output import Failure
from commitgraph.dataset import load
from commitgraph.dates import DateError, Day, day_or_none
from commitgraph.engine import Embedded
from commitgraph.find.names import Kind, LookupFailed, names_of, resolve
from commitgraph.iris import local

Format = Annotated[
    Literal["table", "json"], typer.Option("--format", help="A table for people, or JSON for programs.")
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help="Only what held on that day, as YYYY-MM-DD."),
]


def engine() -> Embedded:
    """The engine over the shipped data; one per process, so that names are read once."""
    global _ENGINE  # noqa: PLW0603  (a process asks one data set)
    if _ENGINE is None:
        _ENGINE = Embedded(load().store)
    return _ENGINE


_ENGINE: Embedded | None = None


def find(kind: Kind, text: str, verb: str = "") -> str:
    """IRI of what the user named.

    Args:
        kind: what is wanted.
        text: what was typed.
        verb: of the command; with it the message names the command to go on with where the text is no name
            but a brand, say, of one thing.

    Raises:
        Failure: nothing of that name (exit code 1), or several things (exit code 2).
    """
    try:
        return resolve(engine(), kind, text)
    except LookupFailed as error:
        told = str(error)
        if verb and len(error.helps) == 1:
            told += f" Go on with: commitgraph {verb} {local(error.candidates[0])}"
        raise Failure(told, code=2 if error.ambiguous else 1) from None


def label(iri: str) -> str:
    """The label of a party, instrument or concept."""
    return names_of(engine()).labels.get(iri, iri)


def day(text: str) -> Day | None:
    """The day of the option `--as-of`; None where it was not given.

    Raises:
        Failure: `text` is neither empty nor a day as YYYY-MM-DD.
    """
    try:
        return day_or_none(text)
    except DateError as error:
        raise Failure(f"--as-of: {error}") from None
