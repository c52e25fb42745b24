"""From groups of fields to tables: keys with values, and rows of cells, as `reading/table.py` reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from commitgraph.disclosure import fields
from commitgraph.disclosure.fields import Level
from commitgraph.disclosure.reading.table import columns
from commitgraph.disclosure.writing.tree import Group

Cells = dict[str, str]
#: Columns that stand in every table of entries.
_ALWAYS = ("commitment", "status")


class Table(NamedTuple):
    """Rows below the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]


class Tables(NamedTuple):
    """A disclosure as tables.

    Attributes:
        header: keys and values of the disclosure itself.
        entries: a row an entry or a further piece of evidence.
        risks: a row a risk; None where the disclosure has none.
    """

    header: Cells
    entries: Table
    risks: Table | None


def tables(root: Group) -> Tables:
    """The tables of a disclosure in which nothing is odd.

    Args:
        root: its fields.
    """
    top = fields.top()
    header = _flat({key: value for key, value in root.items() if key not in ("entries", "risks")})
    return Tables(
        {key: header[key] for key in columns(top, rows=False) if key in header},
        _table(top.fields["entries"].level, root.get("entries") or (), _ALWAYS),
        _table(top.fields["risks"].level, root["risks"], ()) if root.get("risks") else None,
    )


def _table(level: Level | None, items: Iterable[Group], always: tuple[str, ...]) -> Table:
    rows = tuple(row for item in items for row in _rows(item))
    used = {name for row in rows for name in row}.union(always)
    known = columns(level, rows=True) if level else {}
    return Table(tuple(name for name in known if name in used), rows)


def _rows(item: Group) -> Iterator[Cells]:
    """The row of an item with the first of its parts, and a row for each further part."""
    own = _flat(item)
    parts = [_flat({key: part}) for key, value in item.items() if _is_groups(value) for part in value]
    yield own | (parts[0] if parts else {})
    for part in parts[1:]:
        yield {key: own[key] for key in _ALWAYS[:1] if key in own} | part


def _flat(group: Mapping[str, Any], before: str = "") -> Cells:
    made: Cells = {}
    for key, value in group.items():
        if isinstance(value, dict):
            made |= _flat(value, f"{before}{key}.")
        elif not _is_groups(value):
            made[before + key] = _cell(value)
    return made


def _is_groups(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _cell(value: object) -> str:
    if isinstance(value, list):
        # A single value with a comma in it would be taken for several.
        return "; ".join(value) + (";" if len(value) == 1 and "," in value[0] else "")
    return {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else str(value or "")
