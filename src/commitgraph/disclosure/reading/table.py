"""From tables (CSV, XLSX) to the tree that YAML and JSON give: keys with values, and rows of cells.

A column is called as its field, those of a group with a full stop between (`evidence.title`). One row is
one entry, or one more piece of evidence for the entry above it. What stands in a column called `note`, or
`note.` and a word, is for people and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from commitgraph.disclosure.fields import Field, Level
from commitgraph.disclosure.reading.source import MAX_ENTRIES, Place, Refused, Remark, Remarks, Value
from commitgraph.near import did_you_mean

MAX_ROWS = 10 * MAX_ENTRIES
MAX_COLUMNS = 100

Row = list[Value]
#: What to say of a column that no field has: its name as it is written, and what the columns are.
Unknown = Callable[[str, Iterable[str]], tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a table, or a key on top.

    Attributes:
        path: the field that it stands for, after those that it lies in.
    """

    path: tuple[Field, ...]

    @property
    def is_part(self) -> bool:
        """Whether it tells of one of several parts of an item."""
        return self.path[0].many and len(self.path) > 1


def columns(level: Level, *, rows: bool) -> dict[str, Column]:
    """The columns (or keys) that a level may have, by their names.

    Args:
        level: the fields.
        rows: whether several rows may make up one item, so that lists of groups have columns of their own.
    """
    found: dict[str, Column] = {}
    for field in level.fields.values():
        if field.level is None or field.kind == "choice":  # who may be named, or described in a group
            found[field.key] = Column((field,))
        if field.level and (not field.many or rows):
            for name, inner in columns(field.level, rows=False).items():
                found[f"{field.key}.{name}"] = Column((field, *inner.path))
    return found


def plain(name: str) -> str:
    """A name of a column without regard to case and to what joins its words.

    >>> plain("Signed off Role") == plain("signed-off.role")
    True
    """
    return re.sub(r"[\s._-]+", " ", name.casefold()).strip()


def is_note(name: str) -> bool:
    """Whether a column of this name is for people only.

    >>> is_note("note.promise"), is_note("Note"), is_note("notes")
    (True, True, False)
    """
    return plain(name).partition(" ")[0] == "note"


def unknown(name: str, known: Iterable[str]) -> tuple[str, str]:
    """What to say of a name that no field has."""
    return f'The field "{name}" is not known here.', did_you_mean(name, sorted(known))


class Heads:
    """The fields that the cells of a row stand for.

    Args:
        level: the fields that the rows may have.
        cells: the row that names the columns.
        remarks: takes what is wrong with it.
        say: what to say of a column that is not known.

    Raises:
        Refused: no column is known.
    """

    def __init__(self, level: Level, cells: Row, remarks: Remarks, say: Unknown = unknown) -> None:
        known = columns(level, rows=True)
        by_name = {plain(name): column for name, column in known.items()}
        self.columns: list[Column | None] = []
        self.cells = cells
        self.remarks = remarks
        taken: dict[Column, Value] = {}
        for cell in cells:
            column = by_name.get(plain(cell.text))
            if column in taken:
                _twice(cell.text, cell.place, taken[column].place, remarks)
                column = None
            elif column is not None:
                taken[column] = cell
            elif not cell.empty and not is_note(cell.text):
                message, hint = say(cell.text, known)
                remarks.append(Remark("CG109", message, cell.place, hint, cell.text))
            self.columns.append(column)
        if not taken:
            names = ", ".join(list(known)[:5])
            wrong = f"No column is called as a field is, such as {names}."
            raise Refused("CG017", wrong, cells[0].place if cells else None)

    def read(self, row: Row) -> dict[Column, Value]:
        """The cells of a row by their fields; a cell outside the columns is remarked."""
        found = {}
        for number, cell in enumerate(row):
            column = self.columns[number] if number < len(self.columns) else None
            if column is not None:
                found[column] = cell
            elif not cell.empty and (number >= len(self.cells) or self.cells[number].empty):
                message = "A cell stands outside the columns that have a name."
                hint = "put text that holds the delimiter between double quotes, or name the column"
                self.remarks.append(Remark("CG017", message, cell.place, hint, cell.text))
        return found


def header(level: Level, pairs: Iterable[tuple[Value, Value]], remarks: Remarks) -> Value:
    """The fields of the disclosure itself, from keys and values."""
    known = columns(level, rows=False)
    by_name = {plain(name): column for name, column in known.items()}
    root = Value("map", "", Place())
    taken: dict[Column, Value] = {}
    said: list[tuple[Column, Value, Value]] = []
    for key, value in pairs:
        column = by_name.get(plain(key.text))
        if column is None:
            message, hint = unknown(key.text, known)
            remarks.append(Remark("CG109", message, key.place, hint, key.text))
        elif column in taken:
            _twice(key.text, key.place, taken[column].place, remarks)
        else:
            taken[column] = key
            said.append((column, key, value))
    begun = _begun((column, value) for column, _, value in said)
    for column, key, value in said:
        if len(column.path) == 1 or column.path[0].key in begun:
            _put(root, column, value, key.place, remarks)
    return root


def items(heads: Heads, rows: Iterable[Row], remarks: Remarks) -> list[Value]:
    """The items that some rows stand for; a row that only adds to the item above is no item of its own."""
    made: list[Value] = []
    current: dict[Column, str] = {}
    for row in rows:
        cells = heads.read(row)
        own = {column: cell for column, cell in cells.items() if not column.is_part}
        parts = {column: cell for column, cell in cells.items() if column.is_part}
        said = {column: cell.text for column, cell in own.items() if not cell.empty}
        adds = any(not cell.empty for cell in parts.values())
        if not said and not adds:
            continue
        if not (made and adds and said.items() <= current.items()):
            first = next(cell for cell in row if not cell.empty)
            made.append(Value("map", "", first.place))
            current = said
            _fill(made[-1], own, remarks)
        if adds:
            _fill(made[-1], parts, remarks)
    return made


def _begun(cells: Iterable[tuple[Column, Value]]) -> set[str]:
    """The groups of which some cell says something."""
    return {column.path[0].key for column, cell in cells if len(column.path) > 1 and not cell.empty}


def _fill(item: Value, cells: Mapping[Column, Value], remarks: Remarks) -> None:
    """Put cells into an item; a group of which every cell is blank is left out."""
    begun = _begun(cells.items())
    fresh = set()
    for column, cell in cells.items():
        group = column.path[0]
        if len(column.path) > 1 and group.key not in begun:
            continue
        if column.is_part and group.key not in fresh:
            fresh.add(group.key)
            listed = item.members.setdefault(group.key, (cell.place, Value("list", "", cell.place)))[1]
            listed.items.append(Value("map", "", cell.place))
        _put(item, column, cell, cell.place, remarks)


def _put(item: Value, column: Column, value: Value, key_at: Place, remarks: Remarks) -> None:
    for field in column.path[:-1]:
        kind = Value("map", "", key_at)
        at, inner = item.members.setdefault(field.key, (key_at, kind))
        if inner.kind not in ("map", "list"):
            _twice(field.key, key_at, at, remarks)
            return
        item = inner.items[-1] if inner.kind == "list" else inner
    field = column.path[-1]
    if value.empty and field.level:
        return
    if field.key in item.members:
        _twice(field.key, key_at, item.members[field.key][0], remarks)
        return
    read = _value(field, value, remarks)
    if read is not None:
        item.members[field.key] = (key_at, read)


def _value(field: Field, cell: Value, remarks: Remarks) -> Value | None:
    """A cell as the value of a field; None when it cannot be known what it says."""
    if cell.empty:
        return Value("null", "", cell.place)
    if field.many:
        return _listed(cell)
    if field.kind == "truth" and cell.text.strip().lower() in ("true", "false"):
        return Value("truth", cell.text.strip(), cell.place)
    if cell.kind == "number" and field.kind != "date" and not cell.text.isdigit():
        message = f"The field `{field.key}` takes text; here stands the number {cell.text}."
        hint = "set the format of the cell to text and write the value again: a number may have lost signs"
        remarks.append(Remark("CG108", message, cell.place, hint, cell.text))
        return None
    return Value("text", cell.text, cell.place)


def _listed(cell: Value) -> Value:
    """The values of a cell that stand beside each other: by semicolons, or by commas where there are none."""
    made = Value("list", "", cell.place)
    mark = ";" if ";" in cell.text else ","
    at = 0
    for part in cell.text.split(mark):
        if part.strip():
            made.items.append(
                Value("text", part.strip(), _within(cell, at + len(part) - len(part.lstrip()), part))
            )
        at += len(part) + 1
    return made


def _within(cell: Value, offset: int, part: str) -> Place:
    """Where a part of a cell stands; the cell itself where the notation has no columns of characters."""
    if cell.place.sheet or "\n" in cell.text or cell.place.width < len(cell.text):
        return cell.place
    quoted = cell.place.width - len(cell.text) == 2
    return cell.place._replace(column=cell.place.column + offset + quoted, width=len(part.strip()))


def _twice(name: str, at: Place, first: Place, remarks: Remarks) -> None:
    message = f'The field "{name}" is given twice in one place; the first is in line {first.line}.'
    remarks.append(Remark("CG110", message, at, value=name))
