"""What the tables of `data/` have in common: lines that start with # on top, then tab-separated rows.

A table is edited by hand or in a spreadsheet program. So line ends of any kind, a byte order mark, empty
rows, empty cells at the end of a row, and quotation marks that such a program puts around a cell do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from commitgraph.dates import DateError, Day
from commitgraph.iris import XSD

#: So much of what was found is shown in a message.
SHOWN = 80


class TableError(ValueError):
    """A table is not what it should be: where, what was expected, what came.

    Attributes:
        line: the line of the fault.
        what: the message without the place; it starts with the column where one is at fault.
    """

    def __init__(self, name: str, line: int, what: str) -> None:
        super().__init__(f"{name}:{line}: {what}")
        self.line = line
        self.what = what


@dataclass(frozen=True)
class Reading:
    """A table as statements.

    Attributes:
        quads: the statements, in the named graph of the file.
        lines: for each thing that a row states, by IRI, the line on which it stands.
    """

    quads: tuple[ox.Quad, ...]
    lines: dict[str, int]


def lines_of(content: str) -> tuple[list[str], list[str]]:
    """The lines that start with # on top of a table, and the others."""
    lines = content.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")
    height = next((n for n, line in enumerate(lines) if not line.startswith(("#", '"#'))), len(lines))
    return lines[:height], lines[height:]


def cells_of(line: str) -> list[str]:
    """The cells of a row, without the empty ones at its end and without quotation marks around a cell.

    >>> cells_of('ibm\\t"the ""big"" one"\\t\\t')
    ['ibm', 'the "big" one']
    """
    cells = [_plain(cell.strip()) for cell in line.split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _plain(cell: str) -> str:
    inner = cell[1:-1]
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"').strip() if quoted else cell


def written(cell: str) -> str:
    """How a cell is written so that it is read as it is: in quotation marks only where they would get lost.

    >>> written('an "example"'), written('"example"')
    ('an "example"', '\"""example\"""')
    """
    return cell if _plain(cell) == cell else '"' + cell.replace('"', '""') + '"'


def table_of(
    name: str, content: str, columns: Sequence[str]
) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """A table of fixed columns: its lines that start with # on top, and its rows as `rows_of` gives them.

    Raises:
        TableError: it has other columns; later, a row has more cells than there are columns.
    """
    top, lines = lines_of(content)
    found = cells_of(lines[0]) if lines else []
    if found != list(columns):
        raise TableError(
            name,
            len(top) + 1,
            f"expected the columns {', '.join(columns)}; got {', '.join(found) or 'none'}",
        )
    return top, rows_of(name, lines[1:], len(top) + 2, columns)


def rows_of(
    name: str, lines: Sequence[str], first: int, columns: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the names of the columns, each with its line; rows without a word are passed over.

    Args:
        name: path of the file, for messages.
        lines: the lines below the names.
        first: number of the first of them.
        columns: the names.

    Raises:
        TableError: a row has more cells than there are columns.
    """
    for number, line in enumerate(lines, first):
        cells = cells_of(line)
        if len(cells) > len(columns):
            raise TableError(name, number, f"expected {len(columns)} cells, got {len(cells)}")
        if cells:
            yield number, dict(zip(columns, [*cells, *[""] * len(columns)], strict=False))


def day(text: str) -> ox.Literal:
    """A day as a term.

    Raises:
        ValueError: it is none; the message says what was expected.
    """
    try:
        Day.parse(text)
    except DateError as error:
        raise ValueError(str(error)) from None
    return typed(text, "date")


def typed(text: str, datatype: str) -> ox.Literal:
    """A literal of a datatype of XML Schema."""
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


__all__ = [
    "SHOWN",
    "Reading",
    "TableError",
    "cells_of",
    "day",
    "lines_of",
    "rows_of",
    "table_of",
    "typed",
    "written",
]
