"""CSV with places: the fields of the disclosure in lines `# key: value` on top, then a row an entry.

The delimiter (comma, semicolon, tab) is the one that makes known columns of the row that names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from commitgraph.disclosure import fields
from commitgraph.disclosure.fields import Level
from commitgraph.disclosure.reading.source import (
    MAX_TEXT,
    MAX_VALUES,
    Place,
    Refused,
    Remark,
    Remarks,
    Value,
)
from commitgraph.disclosure.reading.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    Heads,
    Row,
    columns,
    header,
    items,
    plain,
    unknown,
)

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r' *"((?:[^"]|"")*+)"')
_SAID = re.compile(r"#\s*([^:]*?)\s*:\s*(.*?)\s*")
_SEPARATOR = re.compile(r"sep=([,;\t])\n?", re.IGNORECASE)


def read(text: str, remarks: Remarks) -> Value:
    """Read one CSV file.

    Raises:
        Refused: it is no table of entries, or exceeds a limit.
    """
    if not text.strip():
        raise Refused("CG010", "The file is empty; a disclosure is expected.")
    level = fields.top()
    entries = level.fields["entries"].level
    if entries is None:
        raise TypeError("the context gives entries no fields")
    given = _SEPARATOR.match(text)
    start = given.end() if given else 0
    pairs, start, line = _top(text, start, 2 if given else 1, remarks)
    root = header(level, pairs, remarks)
    delimiter = given[1] if given else _delimiter(text, start, entries)
    rows = _rows(text, start, line, delimiter)
    names = next(rows, None)
    if names is None:
        raise Refused("CG017", "No row names the columns.", Place(line))
    heads = Heads(entries, names, remarks, _unknown)
    listed = Value("list", "", names[0].place, items=items(heads, rows, remarks))
    root.members["entries"] = (names[0].place, listed)
    return root


def _unknown(name: str, known: object) -> tuple[str, str]:
    if plain(name).startswith("risk"):
        hint = "write risks on the sheet `risks` of a workbook (.xlsx), or under `risks:` in YAML or JSON"
        return f'A CSV file holds no risks; the column "{name}" was not read.', hint
    return unknown(name, known if isinstance(known, dict) else ())


def _top(text: str, start: int, line: int, remarks: Remarks) -> tuple[list[tuple[Value, Value]], int, int]:
    """The lines on top that begin with a number sign, and where the table begins."""
    pairs = []
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        raw = text[start:end]
        quoted = _QUOTED.match(raw)
        # A program that pads each row adds delimiters at the end, and quotes a line that holds one.
        said = quoted[1].replace('""', '"') if quoted else raw.rstrip(_DELIMITERS + " ")
        if raw.strip(_DELIMITERS + " ") and not said.startswith("#"):
            break
        if said:
            pairs += _pair(said, Place(line, 2 if quoted else 1), remarks)
        start, line = end + 1, line + 1
    return pairs, start, line


def _pair(said: str, at: Place, remarks: Remarks) -> list[tuple[Value, Value]]:
    found = _SAID.fullmatch(said)
    if not found:
        message = "A line on top does not have the form `# key: value`."
        hint = "write the name of a field, a colon and its value, such as `# organisation: microsoft`"
        remarks.append(Remark("CG017", message, at._replace(width=len(said)), hint, said))
        return []
    key, value = (
        Value("text", found[i], Place(at.line, at.column + found.start(i), max(1, len(found[i]))))
        for i in (1, 2)
    )
    return [(key, value)]


def _delimiter(text: str, start: int, level: Level) -> str:
    """The delimiter that makes the most known columns of the first row."""
    known = {plain(name) for name in columns(level, rows=True)}

    def count(delimiter: str) -> int:
        try:
            first = next(_rows(text, start, 1, delimiter), [])
        except Refused:
            return -1
        return sum(plain(cell.text) in known for cell in first)

    return max(_DELIMITERS, key=count)


def _rows(text: str, at: int, line: int, delimiter: str) -> Iterator[Row]:
    """The rows that are not blank, cell by cell with their places."""
    bare = re.compile(rf"[^{delimiter}\n]*")
    begin, values, count = at, 0, 0
    row: Row = []
    while at < len(text):
        cell, end = _cell(text, at, Place(line, at - begin + 1), bare)
        values += 1
        if values > MAX_VALUES:
            raise Refused("CG008", f"The file holds more than {MAX_VALUES:,} values.", cell.place)
        if len(row) >= MAX_COLUMNS:
            raise Refused("CG008", f"The table has more than {MAX_COLUMNS} columns.", cell.place)
        row.append(cell)
        if "\n" in text[at:end]:
            line, begin = line + text.count("\n", at, end), text.rfind("\n", at, end) + 1
        at = end
        if text.startswith(delimiter, at):
            at += 1
            if at < len(text):
                continue
        elif at < len(text) and text[at] != "\n":
            wrong = f"After the closing quotation mark a delimiter is expected, found {text[at : at + 10]!r}."
            hint = "write a quotation mark within a quoted text twice"
            raise Refused("CG005", wrong, Place(line, at - begin + 1), hint=hint)
        if any(not one.empty for one in row):
            count += 1
            if count > MAX_ROWS:
                raise Refused("CG008", f"The table has more than {MAX_ROWS:,} rows.", row[0].place)
            yield row
        row = []
        at, line, begin = at + 1, line + 1, at + 1


def _cell(text: str, at: int, place: Place, bare: re.Pattern[str]) -> tuple[Value, int]:
    """The cell that begins at an offset, and where it ends."""
    quoted = _QUOTED.match(text, at)
    found = quoted or bare.match(text, at)
    whole = found.group() if found else ""
    written = whole.lstrip() if quoted else whole.strip()
    if written:
        lead = len(whole) - len(whole.lstrip())
        place = place._replace(column=place.column + lead, width=1 if "\n" in written else len(written))
    if not quoted and written.startswith('"'):
        hint = "close it, and write a quotation mark within a quoted text twice"
        raise Refused("CG005", "This quotation mark is not closed.", place._replace(width=1), hint=hint)
    content = quoted[1].replace('""', '"') if quoted else written
    if len(content) > MAX_TEXT:
        long = f"A text of {len(content):,} characters is longer than {MAX_TEXT:,}."
        raise Refused("CG008", long, place)
    return Value("text", content, place), at + len(whole)
