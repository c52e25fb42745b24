"""`commitgraph shapes`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commitgraph import __version__
from commitgraph.cli.output import Failure, say, write_whole
from commitgraph.dataset import load
from commitgraph.disclosure.bundle import bundle


def shapes(
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write; a new or an empty one.")],
) -> None:
    """Write the checks of `commitgraph validate` as a bundle for any SHACL 1.0 engine.

    It holds the shapes, what they look up, the day of judging, and examples with the results expected on
    them; its README.md says how to run it, and which checks only the command makes.

    Example: commitgraph shapes --out bundle
    """
    if out.exists() and not out.is_dir():
        raise Failure(f"--out: expected a folder, got the file {out}; name another one")
    if out.is_dir() and any(out.iterdir()):
        raise Failure(f"--out: expected an empty or a new folder, got {out} with files in it; name another")
    made = bundle(load().store, datetime.now(UTC).date(), __version__)
    for name, content in made.items():
        path = out / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [content])
        except OSError as error:
            raise Failure(
                f"--out: expected a place that can be written, got {path}: {error.strerror}; name another"
            ) from None
    say(f"{len(made):,} files in {out}; README.md says how to run them")
