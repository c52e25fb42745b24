"""Own words: the longest run of words that a text of ours shares with a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Run:
    """A run of words that stands in both texts: the words, and where they begin in the source."""

    words: tuple[str, ...]
    start: int

    def __str__(self) -> str:
        return " ".join(self.words)


def longest_shared_run(own: Words, source: Words, names: Iterable[Words] = ()) -> Run | None:
    """The longest run of words of `own` that stands in `source` too.

    Args:
        own: the text that should be in our own words.
        source: the text that it must not copy.
        names: titles and names; a run counts only as far as it goes beyond them, since a name
            can be said in no other words.

    >>> str(longest_shared_run(Words.of("they will test it twice"), Words.of("We will test it.")))
    'will test it'
    """
    own_forms = _without(own.forms, names)
    index: dict[str, list[int]] = {}
    for place, form in enumerate(source.forms):
        index.setdefault(form, []).append(place)
    best = Run((), 0)
    for first, form in enumerate(own_forms):
        for place in index.get(form, ()):
            length = 0
            while (
                first + length < len(own_forms)
                and place + length < len(source.forms)
                and own_forms[first + length] == source.forms[place + length]
            ):
                length += 1
            if length > len(best.words):
                best = Run(tuple(own_forms[first : first + length]), source.starts[place])
    return best if best.words else None


def _without(forms: tuple[str, ...], names: Iterable[Words]) -> list[str]:
    """`forms` with each name made one word, which stands in no source."""
    left = list(forms)
    for name in sorted(names, key=lambda words: -len(words.forms)):
        size = len(name.forms)
        if size < 2:
            continue
        at = 0
        while at + size <= len(left):
            if tuple(left[at : at + size]) == name.forms:
                left[at : at + size] = ["\0"]
            at += 1
    return left


def _form(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
