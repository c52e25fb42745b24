"""JSON with places: RFC 8259 to the letter, and no double keys."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from commitgraph.disclosure.reading.source import Builder, Kind, Place, Refused, Remarks, Value

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_BARE: dict[str, Kind] = {"true": "truth", "false": "truth", "null": "null"}
_CLOSES = {"map": "}", "list": "]"}


def read(text: str, remarks: Remarks) -> Value:
    """Read one JSON document.

    Raises:
        Refused: the text is not JSON, or exceeds a limit.
    """
    return _Reader(text, remarks).document()


class _Reader:
    def __init__(self, text: str, remarks: Remarks) -> None:
        self.text = text
        self.at = 0
        self.builder = Builder(remarks)
        self.open: list[Kind] = []
        self.fresh = False  # nothing has been read yet in the innermost map or list
        # Places are asked for in the order of the text, so that lines are counted once.
        self.line, self.line_start, self.counted = 1, 0, 0

    def document(self) -> Value:
        self.skip()
        if self.at < len(self.text):
            self.value()
        while self.open:
            self.step()
        self.skip()
        if self.at < len(self.text):
            self.fail("nothing more may follow the document")
        return self.builder.result()

    def step(self) -> None:
        """Read the next member or item of the open map or list, or its end."""
        kind = self.open[-1]
        self.skip()
        if self.peek() == _CLOSES[kind]:
            self.at += 1
            self.builder.close()
            self.open.pop()
            self.fresh = False
            return
        if not self.fresh:
            if self.peek() != ",":
                self.fail(f"expected a comma or {_CLOSES[kind]}")
            self.at += 1
            self.skip()
            if self.peek() == _CLOSES[kind]:
                self.fail("a comma must not stand before the closing bracket")
        if kind == "map":
            self.member_name()
        self.value()

    def member_name(self) -> None:
        if self.peek() != '"':
            self.fail("expected a field name between double quotes")
        start = self.at
        name = self.string()
        self.builder.key(name, self.place(start))
        self.skip()
        if self.peek() != ":":
            self.fail("expected a colon after the field name")
        self.at += 1
        self.skip()

    def value(self) -> None:
        start, mark, self.fresh = self.at, self.peek(), False
        if mark in ("{", "["):
            kind: Kind = "map" if mark == "{" else "list"
            self.at += 1
            self.builder.add(Value(kind, "", self.place(start)._replace(width=1)))
            self.open.append(kind)
            self.fresh = True
        elif mark == '"':
            text = self.string()
            self.builder.add(Value("text", text, self.place(start)))
        else:
            number = _NUMBER.match(self.text, start)
            word = _WORD.match(self.text, start)
            if number and word and number.end() == word.end():
                self.at = number.end()
                self.builder.add(Value("number", number.group(), self.place(start)))
            elif word and word.group() in _BARE:
                self.at = word.end()
                self.builder.add(Value(_BARE[word.group()], word.group(), self.place(start)))
            else:
                self.fail("expected a value: text between double quotes, a number, true, false, null, [ or {")

    def string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if not found:
            self.fail("expected text that ends with a double quote in the same line, with valid escapes")
        text = str(json.loads(found.group()))
        self.at = found.end()
        if any("\ud800" <= c <= "\udfff" for c in text):
            self.fail("half of a surrogate pair is no character")
        return text

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip(self) -> None:
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at

    def place(self, start: int) -> Place:
        breaks = self.text.count("\n", self.counted, start)
        if breaks:
            self.line += breaks
            self.line_start = self.text.rfind("\n", 0, start) + 1
        self.counted = start
        return Place(self.line, start - self.line_start + 1, max(1, self.at - start))

    def fail(self, reason: str) -> NoReturn:
        word = _WORD.match(self.text, self.at)
        found = word.group() if word else self.peek()
        self.counted, self.line, self.line_start = 0, 1, 0
        place = self.place(self.at)._replace(width=max(1, len(found)))
        got = f", found {found[:40]!r}" if found else ", found the end of the file"
        raise Refused(
            "CG005", f"This is not well-formed JSON: {reason}{got}.", place, value=found[:40] or None
        )
