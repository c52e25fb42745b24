"""`commitgraph format`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commitgraph.cli.output import Failure, say, write_whole
from commitgraph.dataset import lists, turtle
from commitgraph.dataset.tables import TableError
from commitgraph.dataset.turtle import FormError

#: The prefix table itself states nothing and is no data file.
_TABLE = "prefixes.ttl"


def format_(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help="Turtle files and tables of data/, or folders of them."),
    ],
    check: Annotated[bool, typer.Option("--check", help="Only tell which files would change.")] = False,
) -> None:
    """Write data files in the stable form: the same statements, a line for each value or each row.

    Exit code 0: done, or nothing to do; 1: `--check` found files to write; 2: a file cannot be written.

    Example: commitgraph format data/instruments/my-pledge.ttl

    Example: commitgraph format data --check
    """
    changed = failed = 0
    files = [file for path in paths for file in _files(path)]
    for file in files:
        try:
            content = file.read_bytes()
            written = _reformat(file, content.decode("utf-8")).encode("utf-8")
        except UnicodeDecodeError as error:
            print(
                f"{file}: expected text in UTF-8, got another byte at {error.start}: save it as UTF-8",
                file=sys.stderr,
            )
            failed += 1
            continue
        except FormError as error:
            print(f"{file}:{error.line}: {error}" if error.line else f"{file}: {error}", file=sys.stderr)
            failed += 1
            continue
        except TableError as error:
            print(f"{file}:{error.line}: {error.what}", file=sys.stderr)
            failed += 1
            continue
        if written != content:
            changed += 1
            if not check:
                write_whole(file, [written])
            say(f"{file}: {'is not in the stable form' if check else 'written'}")
    count = f"{len(files)} file{'' if len(files) == 1 else 's'}"
    say(f"{count}, {changed} {'to write' if check else 'written'}, {failed} left alone with a fault")
    if failed:
        raise typer.Exit(2)
    if check and changed:
        raise typer.Exit(1)


def _reformat(file: Path, text: str) -> str:
    if file.suffix == ".ttl":
        return turtle.reformat(text)
    # Which table it is says its path from data/ on.
    parts = file.resolve().parts
    start = max((n for n, part in enumerate(parts) if part == "data"), default=0)
    return lists.reformat("/".join(parts[start:]), text)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*.t*") if _is_ours(file) and file.name != _TABLE)
    if not path.is_file():
        raise Failure(f"expected a Turtle file, a table or a folder, got {path}: there is none")
    if not _is_ours(path):
        raise Failure(f"expected a Turtle file (.ttl) or a table (.tsv, none of data/crosswalks), got {path}")
    return [path]


def _is_ours(file: Path) -> bool:
    """Whether it is of a form that is ours; crosswalks are in one that others defined."""
    return file.suffix in (".ttl", ".tsv") and not file.name.endswith(".sssom.tsv")
