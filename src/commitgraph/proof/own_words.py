"""Own words: the longest run of words that a text of ours shares with a source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

#: A summary may share a run of at most this many words with its source.
LONGEST_RUN = 6

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Words:
    """The words of a text, for comparing.

    Attributes:
        forms: the words, case folded, without punctuation.
        starts: where each begins in the text.
    """

    forms: tuple[str, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """Split `text`; a word keeps its apostrophes.

        >>> Words.of("Well-known “risks”, and the party's own").forms
        ('well', 'known', 'risks', 'and', 'the', "party's", 'own')
        """
        found = list(_WORD.finditer(text))
        return cls(tuple(_form(match.group()) for match in found), tuple(match.start() for match in found))

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """For each word its places in the order of words."""
        places: dict[str, list[int]] = {}
        for place, form in enumerate(self.forms):
            places.setdefault(form, []).append(place)
        return places


@dataclass(frozen=True)
class Run:
    """A run of words that stands in both texts: the words, and where they begin in the source."""

    words: tuple[str, ...]
    start: int

    def __str__(self) -> str:
        return " ".join(self.words)


def longest_shared_run(own: Words, source: Words) -> Run | None:
    """The longest run of words of `own` that stands in `source` too, or None if they share no word.

    >>> str(longest_shared_run(Words.of("they will test it twice"), Words.of("We will test it.")))
    'will test it'
    """
    best = Run((), 0)
    for first, form in enumerate(own.forms):
        for place in source.index.get(form, ()):
            length = 1
            while (
                first + length < len(own.forms)
                and place + length < len(source.forms)
                and own.forms[first + length] == source.forms[place + length]
            ):
                length += 1
            if length > len(best.words):
                best = Run(own.forms[first : first + length], source.starts[place])
    return best if best.words else None


def _form(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
