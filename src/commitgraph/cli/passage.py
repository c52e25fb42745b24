"""`commitgraph passage`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from commitgraph.cli.output import Failure
from commitgraph.dataset.turtle import blocks
from commitgraph.iris import ID
from commitgraph.proof.copies import without_label
from commitgraph.proof.passage import Copy
from commitgraph.proof.stretch import NoStretch, locate, statements

_NAME = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_EDITION = re.compile(r"[a-z0-9-]+(?:/[a-z0-9.-]+)?")


def passage(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Your copy of the source: .md, .txt or .html.")
    ],
    first: Annotated[str, typer.Option("--from", metavar="WORDS", help="First words of the passage.")],
    last: Annotated[str, typer.Option("--to", metavar="WORDS", help="Last words of the passage.")],
    edition: Annotated[
        str,
        typer.Option(
            "--edition",
            metavar="SLUG",
            help="Edition that the copy holds: SLUG, SLUG/NAME or its IRI; the folder of FILE if left out.",
        ),
    ] = "",
    name: Annotated[
        str, typer.Option("--id", metavar="NAME", help="Name of the passage; its line in FILE if left out.")
    ] = "",
) -> None:
    """Print a stretch of your copy of a source as a passage, ready to paste: digest, length, fragment.

    The words themselves are not printed. Where they stand is told on standard error.

    Example: commitgraph passage copies/my-pledge/text.md --from "We will publish" --to "every year" --id a1
    """
    try:
        copy = Copy.of(without_label(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise Failure(f"expected your copy of the source, got {file}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise Failure(f"{file}: expected text in UTF-8, got another byte at {error.start}") from None
    held = _edition(edition or file.resolve().parent.name)
    slug = held.removeprefix(ID + "edition/").split("/")[0]
    try:
        match = locate(copy, first, last)
        name = name or f"line-{match.line}"
        if not _NAME.fullmatch(name):
            raise Failure(
                f"--id: expected lower-case letters, digits and hyphens, such as a1-2, got {name!r}"
            )
        said = statements(copy, match, f"{slug}/{name}", held)
    except NoStretch as error:
        raise Failure(f"{file}: {error}", code=1) from None
    end = copy.line(match.start + match.length - 1)
    lines = f"{match.line}" if end == match.line else f"{match.line}-{end}"
    print("\n" + "\n".join(blocks(said)), end="")
    print(f"{file}:{lines}: {match.length} letters and digits", file=sys.stderr)


def _edition(text: str) -> str:
    """The IRI of the edition: `SLUG` is the one that instruments call `text`.

    Raises:
        Failure: it is neither a name nor an IRI of ours.
    """
    short = text.removeprefix(ID).removeprefix("edition/")
    if not _EDITION.fullmatch(short):
        raise Failure(f"--edition: expected SLUG, SLUG/NAME or an IRI below {ID}edition/, got {text!r}")
    return f"{ID}edition/{short if '/' in short else short + '/text'}"
