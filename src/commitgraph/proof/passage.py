"""Passages: finding and proving the words of a source without carrying them.

A passage is known by the SHA-256 digest and the length of its *normal form*
(`letters-digits-1`): Unicode NFKC, case folded, NFKC again, letters (L), marks (M) and
numbers (N) kept. Line breaks, quotes, ligatures, soft hyphens and lost spaces do not
change it, so any copy of the source proves the passage. A text fragment (start and end
words) opens the official page at the words and says where to look first.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from commitgraph.domain.fragment import LONGEST_EDGE, Fragment

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<(?:!--.*?--|/?[A-Za-z][^<>]*)>", re.DOTALL | re.IGNORECASE)
_TOKEN = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|.", re.DOTALL)
# Hangul, whole or in parts: normalisation may join one such character to the one before it.
_HANGUL = re.compile(
    r"[\u1100-\u11ff\u3131-\u318e\u3260-\u327e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uffa0-\uffdc]"
)
_VOICED = "\uff9e\uff9f"


def _fold(text: str) -> str:
    twice = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in twice if unicodedata.category(c)[0] in "LMN")


def normal_form(text: str) -> str:
    """`text` in the normal form `letters-digits-1`.

    >>> normal_form("The  AI life-\\ncycle, “eﬃcient”")
    'theailifecycleefficient'
    """
    return _fold(text)


def digest(text: str) -> str:
    """SHA-256 of the normal form of `text`, as 64 lower-case hex digits.

    >>> digest("Safe, secure") == digest("safe\\nSECURE")
    True
    """
    return hashlib.sha256(_fold(text).encode()).hexdigest()


@dataclass(frozen=True)
class Copy:
    """A reader's copy of a source, ready to be searched.

    Attributes:
        text: the text as read, markup blanked out.
        form: its normal form.
        places: for each character of `form` where in `text` that which it came from begins.
        ends: likewise where that ends.
    """

    text: str
    form: str
    places: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Copy:
        """Prepare `text`; HTML tags in it are passed over, character references are read."""
        form: list[str] = []
        places: list[int] = []
        ends: list[int] = []
        bare = _TAG.sub(lambda tag: re.sub(r"[^\n]", " ", tag.group()), text)
        for cluster, start, end in _clusters(bare):
            folded = _folded_cluster(cluster)
            form.append(folded)
            places.extend([start] * len(folded))
            ends.extend([end] * len(folded))
        return cls(bare, "".join(form), tuple(places), tuple(ends))

    @property
    def digest(self) -> str:
        """SHA-256 of the normal form of the whole, as 64 lower-case hex digits."""
        return _sha(self.form).hex()

    def words(self, start: int, length: int) -> str:
        """The stretch of `text` behind `length` characters of the normal form from `start`."""
        return self.text[self.places[start] : self.ends[start + length - 1]]

    def line(self, start: int) -> int:
        """Line of the text, from 1, on which position `start` of the normal form stands."""
        return self.text.count("\n", 0, self.places[start]) + 1


def _clusters(text: str) -> Iterator[tuple[str, int, int]]:
    """The stretches of `text` that can be normalised one by one, with their places.

    A cluster is a character with what normalisation may join to it.
    """
    held, begin, end = "", 0, 0
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if len(piece) > 1:
            piece = html.unescape(piece)
        if held and _joins(held[-1], piece[0]):
            held += piece
        else:
            if held:
                yield held, begin, end
            held, begin = piece, match.start()
        end = match.end()
    if held:
        yield held, begin, end


def _joins(before: str, after: str) -> bool:
    if after < "\u0300":
        return False
    if after in _VOICED or unicodedata.category(after)[0] == "M":
        return True
    return bool(_HANGUL.match(after) and _HANGUL.match(before))


@lru_cache(maxsize=4096)
def _folded_cluster(cluster: str) -> str:
    return _fold(cluster)


@dataclass(frozen=True)
class Match:
    """Where a passage stands in a copy: start and length in normal form, and the line."""

    start: int
    length: int
    line: int


@dataclass(frozen=True)
class Near:
    """What was found instead of a passage: where its edge words stand, and what differs."""

    line: int | None
    reason: str


def find(copy: Copy, passage_digest: str, length: int, fragment: Fragment | None = None) -> Match | None:
    """Find the passage with this digest and length in `copy`.

    The fragment only speeds the search up: digest and length alone decide.

    Returns:
        The first match, or None.
    """
    want = bytes.fromhex(passage_digest)
    form = copy.form
    if fragment:
        for start in _starts(form, _fold(fragment.start)):
            if _sha(form[start : start + length]) == want:
                return Match(start, length, copy.line(start))
    for start in range(len(form) - length + 1):
        if _sha(form[start : start + length]) == want:
            return Match(start, length, copy.line(start))
    return None


def nearest(copy: Copy, length: int, fragment: Fragment) -> Near:
    """Say what stands in `copy` where the passage should be, for the report of a miss."""
    head, tail = _fold(fragment.start), _fold(fragment.end or fragment.start)
    before = _fold(fragment.prefix)
    start = copy.form.find(before + head)
    start = start + len(before) if start >= 0 else copy.form.find(head)
    if start < 0:
        back = copy.form.find(tail)
        line = copy.line(back) if back >= 0 else None
        return Near(line, "the first words of the passage are not in this copy")
    stop = copy.form.find(tail, start)
    if stop < 0:
        return Near(copy.line(start), "the last words of the passage do not follow its first words")
    got = stop + len(tail) - start
    if got != length:
        return Near(copy.line(start), f"{got} letters and digits stand here, the passage has {length}")
    return Near(copy.line(start), "as many letters and digits as the passage, but other words")


def fragment_for(copy: Copy, start: int, length: int) -> Fragment:
    """The shortest fragment of whole words whose first hit in `copy` is this stretch.

    Raises:
        ValueError: no fragment within :data:`LONGEST_EDGE` picks out the stretch.
    """
    words = " ".join(copy.words(start, length).split())
    heads = _edges(words, ahead=True)
    tails = _edges(words, ahead=False)
    for head in heads:
        folded = _fold(head)
        if not folded:
            continue
        hit = copy.form.find(folded)
        prefix = ""
        if hit != start:
            prefix = _prefix(copy, start, folded)
            if not prefix and head != heads[-1]:
                continue
            if not prefix:
                break
        if _fold(words) == folded:
            return Fragment(head, "", prefix)
        for tail in tails:
            end = _fold(tail)
            if end and copy.form.find(end, start + len(folded)) == start + length - len(end):
                return Fragment(head, tail, prefix)
    if len(words) <= 2 * LONGEST_EDGE:
        return Fragment(words[:LONGEST_EDGE].rsplit(" ", 1)[0] if len(words) > LONGEST_EDGE else words)
    raise ValueError(f"no start and end within {LONGEST_EDGE} characters pick out {words[:50]!r} alone")


def _edges(words: str, *, ahead: bool) -> list[str]:
    parts = words.split(" ")
    edges: list[str] = []
    for count in range(min(3, len(parts)), len(parts) + 1):
        edge = " ".join(parts[:count] if ahead else parts[-count:])
        if len(edge) > LONGEST_EDGE:
            break
        edges.append(edge)
    return edges or [words[:LONGEST_EDGE] if ahead else words[-LONGEST_EDGE:]]


def _prefix(copy: Copy, start: int, head: str) -> str:
    """Words before `start` that make `prefix + head` unique from the left, or nothing."""
    before = " ".join(copy.text[max(0, copy.places[start] - 400) : copy.places[start]].split()).split(" ")
    for count in range(1, min(12, len(before)) + 1):
        prefix = " ".join(before[-count:])
        folded = _fold(prefix)
        if len(prefix) > LONGEST_EDGE:
            return ""
        if folded and copy.form.find(folded + head) == start - len(folded):
            return prefix
    return ""


def _starts(form: str, head: str) -> list[int]:
    if not head:
        return []
    starts, at = [], form.find(head)
    while at >= 0:
        starts.append(at)
        at = form.find(head, at + 1)
    return starts


def _sha(form: str) -> bytes:
    return hashlib.sha256(form.encode()).digest()
