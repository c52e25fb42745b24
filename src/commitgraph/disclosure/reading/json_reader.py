"""JSON with places: RFC 8259 to the letter, and no double keys."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from commitgraph.disclosure.reading import json_faults
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
            self.fail("nothing more may follow the document", hint="take away what follows")
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
            self.comma(_CLOSES[kind])
        if kind == "map":
            self.member_name()
        self.value()

    def comma(self, close: str) -> None:
        """Read the comma after a value that is not the last one."""
        comma = self.at
        if self.peek() != ",":
            reason = f"expected a comma or {close}"
            if not self.peek():
                opened = f"put {close} where the {'group' if close == '}' else 'list'} ends"
                self.fail(reason, hint=opened)
            if self.peek() in '"{[':
                # The comma is missing behind the value before, which may be some lines above.
                self.at = len(self.text[:comma].rstrip())
                self.fail(
                    reason, hint="put a comma here, behind the value", found=self.text[comma : comma + 1]
                )
            self.fail(reason)
        self.at += 1
        self.skip()
        if self.peek() == close:
            self.at = comma
            reason = "a comma must not stand before the closing bracket"
            self.fail(reason, hint=f"take the comma away: {close} follows it")

    def member_name(self) -> None:
        if self.peek() != '"':
            hint = json_faults.cure(self.text, self.at, key=True)
            self.fail("expected a field name between double quotes", hint=hint)
        start = self.at
        name = self.string()
        self.builder.key(name, self.place(start))
        self.skip()
        if self.peek() != ":":
            self.fail("expected a colon after the field name", hint="put a colon here")
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
            hint = "close it with a double quotation mark; write a line break as \\n, a backslash as \\\\"
            self.fail(
                "expected text that ends with a double quote in the same line, with valid escapes", hint=hint
            )
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

    def fail(self, reason: str, *, hint: str = "", found: str = "") -> NoReturn:
        """Refuse the text for what stands here, or for what was `found` instead of what belongs here."""
        word = _WORD.match(self.text, self.at)
        found = found or (word.group() if word else self.peek())
        hint = hint or json_faults.cure(self.text, self.at)
        self.counted, self.line, self.line_start = 0, 1, 0
        place = self.place(self.at)._replace(width=max(1, len(found)))
        got = f", found {found[:40]!r}" if found else ", found the end of the file"
        message = f"This is not well-formed JSON: {reason}{got}."
        raise Refused("CG005", message, place, hint=hint, value=found[:40] or None)
