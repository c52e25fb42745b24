"""CSV: the fields of the disclosure in lines `# key: value` on top, then a row an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commitgraph.disclosure.writing.rows import Tables

_DELIMITER = ","
#: Signs for which a reader of CSV may need quotation marks around a cell.
_SPECIAL = frozenset(',;\t"\n')
#: Signs by which programs that open CSV files take a text for a formula.
FORMULA = ("=", "+", "-", "@")


def write(tables: Tables) -> str:
    """The text of a CSV file. Risks have no place in it; whoever calls has seen to that."""
    return "".join(f"{line}\n" for line in _lines(tables))


def _lines(tables: Tables) -> Iterator[str]:
    for key, value in tables.header.items():
        yield _cell(f"# {key}: {value}".rstrip())
    names, rows = tables.entries
    yield _row(names)
    for row in rows:
        yield _row(row.get(name, "") for name in names)


def _row(cells: Iterable[str]) -> str:
    return _DELIMITER.join(map(_cell, cells))


def _cell(text: str) -> str:
    quoted = text != text.strip() or any(sign in _SPECIAL for sign in text)
    return '"' + text.replace('"', '""') + '"' if quoted else text
