"""`commitgraph new`: a file to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commitgraph.cli.output import Failure
from commitgraph.dataset.skeletons import Skeleton, list_skeletons, skeleton
from commitgraph.home import home

new = typer.Typer(
    help="Print a file to fill in: an instrument, a party, a list of adherents.", no_args_is_help=True
)

Title = Annotated[str, typer.Option("--title", metavar="NAME", help="The name that readers know.")]
Write = Annotated[
    bool,
    typer.Option("--write", help="Write the file at its place instead of printing it; never over another."),
]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder with ontology/ and data/; the shipped one if left out."),
]


@new.command()
def instrument(
    slug: Annotated[
        str, typer.Argument(metavar="SLUG", help="Its name in addresses, such as my-pledge-2026.")
    ],
    title: Title = "",
    kind: Annotated[
        str, typer.Option("--type", metavar="TYPE", help="One of ontology/schemes/instrument-type.ttl.")
    ] = "",
    write: Write = False,
    data: Data = None,
) -> None:
    """Print the skeleton of a text with one provision, to fill in.

    Example: commitgraph new instrument my-pledge-2026 --title "My Pledge" --type company-pledge --write
    """
    _give(_root(data), "instrument", slug, title, kind, write=write)


@new.command()
def party(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Its name in addresses, such as my-company.")],
    title: Title = "",
    kind: Annotated[
        str, typer.Option("--type", metavar="CLASS", help="Its class in ontology/commitgraph.ttl.")
    ] = "Company",
    write: Write = False,
    data: Data = None,
) -> None:
    """Print the skeleton of a party that can adhere, issue or speak, to fill in.

    Example: commitgraph new party my-company --title "My Company" --write
    """
    _give(_root(data), "party", id_, title, kind, write=write)


@new.command()
def roll(
    slug: Annotated[
        str, typer.Argument(metavar="INSTRUMENT", help="The instrument, by its name in addresses.")
    ],
    title: Title = "",
    name: Annotated[
        str, typer.Option("--id", metavar="NAME", help="Name of the list in its address.")
    ] = "list",
    write: Write = False,
    data: Data = None,
) -> None:
    """Print the tables of a list of adherents, to fill in: who stands to the text, and what the list shows.

    A table of those who stand to the text that is there already stays, and gets further rows.

    Example: commitgraph new roll my-pledge-2026 --title "list on the page of the pledge" --write
    """
    root = _root(data)
    try:
        standings, shown = list_skeletons(slug, name, title)
    except ValueError as error:
        raise Failure(str(error)) from None
    # The standings may be told already, by another list.
    both = [shown] if (root / standings.path).exists() else [standings, shown]
    if not write:
        print("\n".join(made.text for made in both), end="")
        return
    for made in both:
        _write(root, made)


def _root(data: Path | None) -> Path:
    root = (data or home()).resolve()
    if not (root / "ontology").is_dir() or not (root / "data").is_dir():
        raise Failure(f"--data: expected a folder with ontology/ and data/ in it, got {root}")
    return root


def _give(root: Path, what: str, slug: str, title: str, kind: str = "", *, write: bool) -> None:  # noqa: PLR0913
    try:
        made = skeleton(root, what, slug, title, kind)
    except ValueError as error:
        raise Failure(str(error)) from None
    if write:
        _write(root, made)
    else:
        print(made.text, end="")


def _write(root: Path, made: Skeleton) -> None:
    path = root / made.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(made.text)
    except FileExistsError:
        raise Failure(f"--write: expected no file at {path}, there is one: choose another name") from None
    print(path)
