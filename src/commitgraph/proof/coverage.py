"""Coverage: how much of a source text the graph accounts for.

What counts is letters and digits. They are covered by a provision if they stand in a passage that words
one (or that attests anything else), or by context if they stand in a passage with a reason why nothing
rests on it. Words that stand in a text more than once are covered wherever they stand. Up to
:data:`NUMBERING` letters or digits between two covered stretches are numbering, and not reported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from commitgraph.engine import Engine
from commitgraph.proof.copies import Copies, StoredCopy, slug_of
from commitgraph.proof.sentences import Sentence, sentences
from commitgraph.proof.verification import PassageToFind, passages

#: The longest stretch of letters and digits that is taken for numbering, such as `(iii)` or `12.`
NUMBERING = 4
_NONE, _CONTEXT, _PROVISION = 0, 1, 2
_SHOWN = 60


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text that nothing in the graph accounts for: its line, size and first words."""

    line: int
    characters: int
    words: str


@dataclass(frozen=True)
class FileCoverage:
    """How much of one file is covered.

    Attributes:
        slug: the instrument.
        name: the file, below the folder of the instrument; `path` where it lies.
        characters: letters and digits; of them `provision` and `context` are covered.
        sentences: sentences; `covered` are wholly covered.
        normative: sentences with a normative word; `normative_provision` rest wholly on provisions,
            `normative_covered` on provisions or context.
        stretches: what is not covered.
    """

    slug: str
    name: str
    path: str
    characters: int
    provision: int
    context: int
    sentences: int
    covered: int
    normative: int
    normative_provision: int
    normative_covered: int
    stretches: tuple[Stretch, ...]

    @property
    def share(self) -> float:
        """Share of the letters and digits that is covered or numbering, from 0 to 1."""
        left = sum(stretch.characters for stretch in self.stretches)
        return 1 - left / self.characters if self.characters else 1.0


def coverage(
    engine: Engine,
    copies: Copies,
    slugs: Sequence[str],
    progress: Callable[[str, int, int], None] | None = None,
) -> list[FileCoverage]:
    """Coverage of each copy of the instruments `slugs`, in that order.

    Args:
        engine: over the graph.
        copies: the reader's copies.
        slugs: which instruments.
        progress: told which instrument is looked at, how many are done, and how many there are.
    """
    known = passages(engine)
    found: list[FileCoverage] = []
    for number, slug in enumerate(slugs):
        if progress:
            progress(slug, number, len(slugs))
        own = [passage for passage in known if slug_of(passage.edition) == slug]
        found.extend(_of_file(slug, stored, own) for stored in copies.of(slug))
    return found


def _of_file(slug: str, stored: StoredCopy, own: list[PassageToFind]) -> FileCoverage:
    marks = _marks(stored, own)
    stretches = tuple(_stretches(stored, marks))
    spans = [(sentence, _span(stored, sentence)) for sentence in sentences(stored.copy.text)]
    spans = [(sentence, span) for sentence, span in spans if span[0] < span[1]]
    normative = [span for sentence, span in spans if sentence.normative]
    return FileCoverage(
        slug,
        stored.name,
        str(stored.path),
        characters=len(marks),
        provision=marks.count(_PROVISION),
        context=marks.count(_CONTEXT),
        sentences=len(spans),
        covered=sum(_covered(marks, span, _CONTEXT) for _, span in spans),
        normative=len(normative),
        normative_provision=sum(_covered(marks, span, _PROVISION) for span in normative),
        normative_covered=sum(_covered(marks, span, _CONTEXT) for span in normative),
        stretches=stretches,
    )


def _marks(stored: StoredCopy, own: list[PassageToFind]) -> bytearray:
    """For each letter or digit of the copy what covers it."""
    form = stored.copy.form
    marks = bytearray(len(form))
    # What rests on a passage outweighs context: mark context first.
    for passage in sorted(own, key=lambda passage: bool(passage.user)):
        hit = passage.find((stored,))
        if hit is None:
            continue
        words = form[hit[1].start : hit[1].start + hit[1].length]
        mark = bytes([_PROVISION if passage.user else _CONTEXT]) * len(words)
        at = form.find(words)
        while at >= 0:
            marks[at : at + len(words)] = mark
            at = form.find(words, at + len(words))
    return marks


def _stretches(stored: StoredCopy, marks: bytearray) -> list[Stretch]:
    found, start = [], 0
    for mark, run in groupby(marks):
        length = sum(1 for _ in run)
        if mark == _NONE and length > NUMBERING:
            words = " ".join(stored.copy.words(start, length).split())
            shown = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
            found.append(Stretch(stored.copy.line(start), length, shown))
        start += length
    return found


def _span(stored: StoredCopy, sentence: Sentence) -> tuple[int, int]:
    """The letters and digits of a sentence, as places in the normal form."""
    places = stored.copy.places
    return bisect_left(places, sentence.start), bisect_left(places, sentence.end)


def _covered(marks: bytearray, span: tuple[int, int], least: int) -> bool:
    """Whether all of `span` but numbering is covered by `least` or more."""
    runs = ((mark, sum(1 for _ in run)) for mark, run in groupby(marks[span[0] : span[1]]))
    return all(mark >= least or length <= NUMBERING for mark, length in runs)
