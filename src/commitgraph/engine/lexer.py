"""A reader of SPARQL's surface: which words are keywords, and which hide in strings, IRIs and names.

It is no parser. It answers what must be known before a query reaches the engine, and where a query
that the engine refused went wrong. Where it cannot be sure (a string that nothing closes) it takes
the rest of the text as one token of the kind `rest`, and its users treat that with suspicion; this
also keeps it linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
             | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
  | (?P<quote>["'])
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<local>:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*)
  | (?P<word>\w[\w\-]*(?:\.[\w\-]+)*)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a query.

    Attributes:
        kind: `iri`, `string`, `variable`, `language`, `local` (the part of a prefixed name from the
            colon on), `word`, `open`, `close`, `other` or `rest`.
        text: its characters.
        start: index of its first character.
        depth: number of brackets that are open before it.
    """

    kind: str
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, without white space and comments."""
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind in ("space", "comment"):
            continue
        if kind == "quote":
            yield Token("rest", text[match.start() :], match.start(), depth)
            return
        if kind == "close":
            depth = max(0, depth - 1)
        yield Token(kind, match.group(), match.start(), depth)
        if kind == "open":
            depth += 1


def declared_prefixes(read: list[Token]) -> set[str]:
    """Names of the prefixes that a query declares; the empty one is ""."""
    found: set[str] = set()
    for place, token in enumerate(read):
        if token.kind == "word" and token.text.upper() == "PREFIX":
            name = read[place + 1] if place + 1 < len(read) else None
            if name and name.kind == "word":
                found.add(name.text)
            elif name and name.kind == "local":
                found.add("")
    return found


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at `index`.

    >>> line_and_column("ab\\ncd", 4)
    (2, 2)
    """
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - start + 1
