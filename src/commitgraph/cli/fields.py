"""`commitgraph fields`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from commitgraph.cli.ask import Format, engine
from commitgraph.cli.output import Failure, say, show, show_json
from commitgraph.disclosure.field_reference import Entry, field_reference
from commitgraph.near import likely, quoted


def fields(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD…", help="Names or paths, such as evidence or entries.status."),
    ] = None,
    form: Format = "table",
) -> None:
    """Print the fields of a disclosure: what each means, what may stand in it, and which checks ask for it.

    A field that holds others is printed with them. Without names all fields are listed, in short.

    Exit code 1: a name is that of no field; the fields that the other names stand for are printed.

    Example: commitgraph fields

    Example: commitgraph fields entries.status evidence
    """
    known = field_reference(engine())
    found = [entry for entry in known if _is_meant(entry, names)] if names else list(known)
    if form == "json":
        show_json([asdict(entry) for entry in found])
    elif not names:
        _list(found)
    else:
        for number, entry in enumerate(found):
            if number:
                say("")
            for line in _lines(entry):
                say(line)
    wrong = [name for name in names or () if not any(_is_meant(entry, [name]) for entry in known)]
    if wrong:
        raise Failure("\n".join(_unknown(name, known) for name in wrong), code=1)


def _unknown(name: str, known: Sequence[Entry]) -> str:
    """What to say of a name that no field has: where fields of that name are, or what is spelt like it."""
    last = name.strip(".").lower().rpartition(".")[2]
    there = [entry.path for entry in known if entry.path.rpartition(".")[2] == last]
    near = likely(last, sorted({entry.path.rpartition(".")[2] for entry in known}))
    if there:
        cure = f"did you mean {' or '.join(quoted(there))}?"
    elif near:
        cure = f"did you mean {' or '.join(quoted(near))}?"
    else:
        cure = "`commitgraph fields` lists them all"
    return f"expected the name or path of a field, got {name!r}: {cure}"


def _is_meant(entry: Entry, names: Sequence[str]) -> bool:
    """Whether one of the names is that of the field, or of one that it lies in."""
    path = f".{entry.path}."
    return any(f".{name.strip('.').lower()}." in path for name in names)


def _list(found: Sequence[Entry]) -> None:
    show(
        ("field", "need", "checks", "what it takes", "what it means"),
        [
            (entry.path, entry.need, " ".join(one.code for one in entry.asked_by), entry.kind, entry.meaning)
            for entry in found
        ],
    )


def _lines(entry: Entry) -> Iterator[str]:
    yield f"{entry.path} ({entry.need})"
    if entry.meaning:
        yield f"  {entry.meaning}"
    yield f"  It takes {entry.kind}."
    for word in entry.words:
        yield f"    {word.name}: {word.meaning}"
    for asking in entry.asked_by:
        by = f"{asking.severity}, {' or '.join(asking.profiles)}"
        yield f"  {asking.code} {asking.name} ({by}): {asking.says}"
    yield f"  {entry.where}"
    if entry.example:
        yield f"  Example: {entry.path.rpartition('.')[2]}: {entry.example}"
