"""Counting rows in a serialised answer while it is written.

The engine serialises faster than Python can loop over rows, and it has no row limit. Each format has
a mark that stands once per row and nowhere else, once what is inside strings is set aside.
"""

from __future__ import annotations

import re
from typing import Protocol


class RowCounter(Protocol):
    """Counts the rows of an answer that arrives in pieces."""

    def add(self, piece: bytes) -> int:
        """Take the next piece; return the number of rows that were begun or ended so far."""
        ...


class _Json:
    """Outside of strings the brace of a row follows `[` or `,`; all others follow a colon."""

    _ESCAPE = re.compile(rb"\\.", re.DOTALL)

    def __init__(self) -> None:
        self._rows = 0
        self._held = b""  # a backslash whose partner comes with the next piece
        self._in_string = False
        self._edge = b""

    def add(self, piece: bytes) -> int:
        text = self._ESCAPE.sub(b"", self._held + piece)
        self._held = b"\\" if text.endswith(b"\\") else b""
        parts = text.removesuffix(b"\\").split(b'"')
        outside = self._edge + b'"'.join(parts[1 if self._in_string else 0 :: 2])
        self._rows += outside.count(b",{") + outside.count(b"[{")
        if len(parts) % 2 == 0:
            self._in_string = not self._in_string
        # What stands before a string must not meet what stands after it.
        self._edge = b'"' if self._in_string else outside[-1:]
        return self._rows


class _Xml:
    """Markup is escaped in values, so `</result>` ends a row wherever it stands."""

    def __init__(self) -> None:
        self._rows = 0
        self._edge = b""

    def add(self, piece: bytes) -> int:
        text = self._edge + piece
        self._rows += text.count(b"</result>")
        self._edge = text[-8:]
        return self._rows


class _Tsv:
    """Line ends are escaped in values; the first line is the header."""

    def __init__(self) -> None:
        self._rows = -1

    def add(self, piece: bytes) -> int:
        self._rows += piece.count(b"\n")
        return self._rows


class _Csv:
    """A line end outside of quotes ends a row; a doubled quote inside leaves the parity as it is."""

    def __init__(self) -> None:
        self._rows = -1
        self._in_quotes = False

    def add(self, piece: bytes) -> int:
        parts = piece.split(b'"')
        self._rows += sum(part.count(b"\n") for part in parts[1 if self._in_quotes else 0 :: 2])
        if len(parts) % 2 == 0:
            self._in_quotes = not self._in_quotes
        return self._rows


def counter(format_name: str) -> RowCounter:
    """A fresh counter for answers in `json`, `xml`, `csv` or `tsv`."""
    kinds: dict[str, type[RowCounter]] = {"json": _Json, "xml": _Xml, "csv": _Csv, "tsv": _Tsv}
    return kinds[format_name]()
