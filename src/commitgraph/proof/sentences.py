"""Sentences: where they begin and end in a text, and which of them speak of what is to be done.

The rules are simple on purpose, so that a reader can follow them:

- A blank line, a heading (`#`), a table row (`|`) and the start of a list item (`-`, `*`, `•`, `1.`, `(a)`,
  `ii)`) end what went before.
- Inside such a block a sentence ends at a full stop, question or exclamation mark, with the closing quotes
  and brackets after it, if white space and then a capital, a digit or an opening mark follow.
- It does not end after a single letter or one of a few abbreviations.
- A stretch without any letter is no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ITEM = re.compile(r"[ \t]*(?:[-*•–]|\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)])\s")
_ALONE = re.compile(r"[ \t]*(?:#|\|)")
_STOP = re.compile(r"[.!?…][\"”’')\]»]*(?=\s+[\"“‘'(\[«]?[A-Z0-9À-Þ])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|e\.g|i\.e|cf|etc|vs|ca|No|Nos|Art|Arts|para|paras|p|pp|Dr|Mr|Ms|Mrs|Prof|St|U\.S|U\.N)\.$"
)

#: Words that mark a sentence as normative: it binds, urges, asks or recommends. Modal verbs first, then
#: verbs that do what they say. The list is kept short; it errs on the side of calling a sentence normative.
NORMATIVE = (
    "shall", "must", "should", "ought to", "will", "need to", "needs to", "may not",
    "is expected to", "are expected to", "is required to", "are required to",
    "commit", "commits", "committed to", "committing", "we pledge", "pledge to", "pledges to",
    "undertake", "undertakes", "agree to", "agrees to", "resolve", "resolves", "decides",
    "endeavour", "endeavor", "strive", "strives", "aim to", "seek to", "work to", "work towards",
    "encourage", "encourages", "encouraged to", "urge", "urges", "urged to",
    "invite", "invites", "invited to", "call on", "call upon", "calls on", "calls upon", "called upon",
    "request", "requests", "requested to", "recommend", "recommends", "recommended to",
)  # fmt: skip
_NORMATIVE = re.compile(
    r"\b(?:" + "|".join(word.replace(" ", r"\s+") for word in NORMATIVE) + r")\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Sentence:
    """A sentence: where it begins and ends in the text, and whether it is normative."""

    start: int
    end: int
    normative: bool


def sentences(text: str) -> list[Sentence]:
    """The sentences of `text`, in order.

    >>> text = "We agree, e.g. On this. It is so."
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['We agree, e.g. On this.', 'It is so.']
    """
    return [
        Sentence(start, end, bool(_NORMATIVE.search(text, start, end)))
        for block_start, block_end in _blocks(text)
        for start, end in _split(text, block_start, block_end)
    ]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = at = 0
    for line in text.splitlines(keepends=True):
        alone = not line.strip() or _ALONE.match(line)
        if alone or _ITEM.match(line):
            yield start, at
            start = at
        at += len(line)
        if alone:
            yield start, at
            start = at
    yield start, at


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ABBREVIATION.search(text[max(begin, stop.start() - 12) : stop.start() + 1]):
            continue
        yield from _trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without white space around it, if there is a letter in it."""
    piece = text[start:end]
    if any(character.isalpha() for character in piece):
        lead = len(piece) - len(piece.lstrip())
        yield start + lead, start + len(piece.rstrip())
