"""Did you mean …: what is spelt nearly like a text that is not known.

Texts are compared, not meanings, and the nearest text can mean the opposite: "not implemented" is one
letter group away from "implemented". So nothing is offered across a negation. It stands above
everything else because query faults need it as much as what people type does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import ModuleType

#: How alike (0 to 100) a word must be to pass for a misspelling.
SPELLING = 75
#: How alike names of things must be to be offered: names vary more than words.
NAMES = 65
#: What a name scores that shares all its words with the text, or all words of the text.
_SAME_WORDS = 75
#: Names shorter than this are like everything, and count only as whole words.
_SHORT = 4
#: Words that are so much as near as the nearest may be meant as well.
_MARGIN = 6
#: A word inside a longer one is a misspelling only if at most so many letters are missing.
_MISSING = 2
#: A misspelling is at most so much longer or shorter; what is longer says more, such as "partly".
_LENGTHS_APART = 3
_LONGEST = 200
#: Marks up to this combining class (nukta, Japanese voicing, virama) make another letter; above are accents.
_MAKES_A_LETTER = 9
#: Letters that Unicode does not take apart into a plain one and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_NEGATIONS = frozenset(("no", "not", "non", "un", "never", "without", "cannot"))
_NEGATING = re.compile(r"\b(?:not|non|un|in|im|dis)(?=\w{3})")


def nearest(text: str, valid: Iterable[str], limit: int = 1) -> list[str]:
    """The valid words of which `text` may be a misspelling, the likeliest first.

    >>> nearest("implementd", ["implemented", "in-progress", "planned"])
    ['implemented']
    >>> nearest("not-implemented", ["implemented", "in-progress"]), nearest("done", ["not-done"])
    ([], [])
    """
    return _best(_misspelt(text, valid), limit)


def likely(text: str, valid: Iterable[str]) -> list[str]:
    """The valid words of which `text` may be a misspelling; several where none is clearly the likeliest.

    Words of fewer than four letters are like too many to be told from a misspelling.

    >>> likely("plannd", ["planned", "done"]), likely("lw", ["low", "high"])
    (['planned'], [])
    >>> likely("worl", ["word", "work", "none"])
    ['word', 'work']
    """
    if len(key(text[:_LONGEST])) < _SHORT:
        return []
    scores = list(_misspelt(text, (word for word in valid if len(word) >= _SHORT)))
    best = max((score for score, _ in scores), default=0)
    return _best(((score, word) for score, word in scores if score >= best - _MARGIN), len(scores))


def _misspelt(text: str, valid: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Each valid word of which `text` may be a misspelling, with how alike the two are."""
    wanted = key(text[:_LONGEST])
    for word in set(valid):
        other = key(word)
        is_part = wanted in other or other in wanted
        if abs(len(other) - len(wanted)) > (_MISSING if is_part else _LENGTHS_APART):
            continue
        score = _likeness(wanted, other)
        if score >= SPELLING:
            yield score, word


def alike(text: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names that someone may mean who typed `text`, the likeliest first.

    More is offered than by :func:`nearest`: also a name that has all words of the text, or the other way.

    >>> alike("Kakao Corporation", ["Kakao", "Naver"]), alike("pledges", ["pledges-of-party", "rolls"])
    (['Kakao'], ['pledges-of-party'])
    """
    wanted = key(text[:_LONGEST])
    words = set(wanted.split())

    def score(name: str) -> float:
        spelt = _likeness(wanted, name) if min(len(name), len(wanted)) >= _SHORT else 0
        parts = set(name.split())
        shared = bool(parts and words) and (parts <= words or words <= parts)
        return max(spelt, _SAME_WORDS) if shared and not _is_opposite(wanted, name) else spelt

    scores = ((score(key(name)), name) for name in set(names))
    return _best(((s, name) for s, name in scores if s >= NAMES), limit)


def did_you_mean(text: str, valid: Sequence[str], *, called: str = "") -> str:
    """A hint that names the valid word of which `text` may be a misspelling, and the list where it is short.

    Args:
        text: what was written.
        valid: what may be written.
        called: what the list is of, such as "fields"; "valid values" when empty.

    >>> did_you_mean("hgih", ["low", "medium", "high"])
    'did you mean "high"? Valid: low, medium, high.'
    """
    hits = likely(text, valid)
    parts = [f"did you mean {' or '.join(quoted(hits))}?"] if hits else []
    if len(valid) <= 20:
        parts.append(f"{called or 'Valid'}: {', '.join(valid)}.")
    return " ".join(parts)


def quoted(words: Iterable[str]) -> list[str]:
    """Each word between quotation marks."""
    return [f'"{word}"' for word in words]


@cache
def _fuzz() -> ModuleType:
    from rapidfuzz import fuzz  # noqa: PLC0415  (slow to load, and most runs have nothing misspelt)

    return fuzz


def ratio(one: str, other: str) -> float:
    """How alike two texts are as they stand, from 0 to 100 (equal)."""
    return float(_fuzz().ratio(one, other))


def key(text: str) -> str:
    """`text` as it is compared: without case, width of letters, accents and punctuation.

    Marks that make another letter stay: the two strokes that tell Japanese ga from ka, the vowels and the
    joining sign of Indian scripts.

    >>> key("Telefónica, S.A."), key("Côte d’Ivoire"), key("ＮＥＣ"), key("Szkoła")
    ('telefonica s a', 'cote d ivoire', 'nec', 'szkola')
    >>> key("グ") == key("ク"), key("विप्रो").split() == [key("विप्रो")]
    (False, True)
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return " ".join("".join(map(_compared, plain)).split())


def _compared(sign: str) -> str:
    """What is left of one sign: itself, nothing where it is an accent, a space where it parts words."""
    if sign.isalnum():
        return sign
    if unicodedata.category(sign).startswith("M"):
        return "" if unicodedata.combining(sign) > _MAKES_A_LETTER else sign
    return " "


def _likeness(one: str, other: str) -> float:
    """How alike two keys are, in any order of their words; 0 for opposites."""
    found = max(ratio(one, other), ratio(_ordered(one), _ordered(other)))
    return 0 if _is_opposite(one, other) else found


def _is_opposite(one: str, other: str) -> bool:
    """Whether one has more negations, or they are more alike once one is taken from one of them only.

    >>> _is_opposite("unimplementd", "implemented"), _is_opposite("nstrument", "instrument")
    (True, False)
    """
    if _negations(one) != _negations(other):
        return True
    bare, other_bare = _without_negation(one), _without_negation(other)
    across = max(
        *(ratio(less, other) for less in (bare, _without_prefix(one)) if less != one),
        *(ratio(one, less) for less in (other_bare, _without_prefix(other)) if less != other),
        0,
        0,
    )
    along = max(ratio(one, other), ratio(bare, other_bare) if bare != one and other_bare != other else 0)
    joined, other_joined = one.replace(" ", ""), other.replace(" ", "")
    return across > along or ((one, other) != (joined, other_joined) and _is_opposite(joined, other_joined))


def _negations(text: str) -> int:
    """How many words of a key negate; "un" is left out, which is the United Nations in many names."""
    return sum(word in _NEGATIONS and word != "un" for word in text.split())


def _without_negation(text: str) -> str:
    kept = " ".join(word for word in text.split() if word not in _NEGATIONS)
    return kept if kept != text else _without_prefix(text)


def _without_prefix(text: str) -> str:
    """A key whose first word that seems to begin with a negation has lost it: unplanned, inapplicable."""
    return _NEGATING.sub("", text, count=1)


def _ordered(text: str) -> str:
    return " ".join(sorted(text.split()))


def _best(scored: Iterable[tuple[float, str]], limit: int) -> list[str]:
    return [word for _, word in sorted(scored, key=lambda hit: (-hit[0], len(hit[1]), hit[1]))][:limit]
