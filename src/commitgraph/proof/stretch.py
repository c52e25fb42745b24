"""Finding a stretch of a copy by its first and last words, and stating it as a passage."""

from __future__ import annotations

import pyoxigraph as ox

from commitgraph.domain.fragment import LONGEST_EDGE
from commitgraph.iris import ID, RDF_TYPE, XSD, cg, prefixes
from commitgraph.proof.passage import Copy, Match, digest, fragment_for, normal_form

#: Passages shorter than this many characters in normal form match by chance.
SHORTEST = 24


class NoStretch(ValueError):
    """The words pick out no stretch, or several. The message says what to do."""


def locate(copy: Copy, first: str, last: str) -> Match:
    """The stretch of `copy` from the words `first` to the nearest words `last` after them, both included.

    Raises:
        NoStretch: the words are not there, are there more than once, or are too near to each other.
    """
    head, tail = normal_form(first), normal_form(last)
    for option, folded, words in (("--from", head, first), ("--to", tail, last)):
        if not folded:
            raise NoStretch(f"{option}: expected words with letters or digits, got {words!r}")
    starts = _whole_words(copy, _places(copy, head), len(head))
    if not starts:
        raise NoStretch(f"--from: {_missed(copy, first)}")
    if len(starts) > 1:
        lines = ", ".join(str(copy.line(start)) for start in starts[:8])
        raise NoStretch(
            f"--from: expected words that stand once, got words that stand {len(starts)} times "
            f"(on lines {lines}): give more words from the start of the passage"
        )
    start = starts[0]
    ends = _whole_words(copy, [at for at in _places(copy, tail) if at >= start], len(tail))
    if not ends:
        raise NoStretch(f"--to: {_missed(copy, last, start)}")
    end = next((at for at in ends if at + len(tail) >= start + len(head)), None)
    if end is None:
        raise NoStretch("--to: expected words at or after the end of --from, got words within it only")
    length = end + len(tail) - start
    if length < SHORTEST:
        raise NoStretch(
            f"expected a passage of at least {SHORTEST} letters and digits, got {length} "
            f"on line {copy.line(start)}: take in more words, a shorter one could match by chance"
        )
    return Match(start, length, copy.line(start))


def statements(copy: Copy, match: Match, passage: str, edition: str) -> list[ox.Triple]:
    """The stretch as a passage and its selector: digest, length and fragment, never the words.

    Args:
        copy: the copy in which `match` was found.
        match: the stretch.
        passage: name of the passage, `SLUG/NAME`.
        edition: IRI of the edition that the copy holds.

    Raises:
        NoStretch: no start and end within :data:`LONGEST_EDGE` characters pick the stretch out.
    """
    try:
        fragment = fragment_for(copy, match.start, match.length)
    except ValueError:
        raise NoStretch(
            f"expected a stretch that first and last words of at most {LONGEST_EDGE} characters pick out, "
            f"got one on line {match.line} for which none do: begin or end it a few words earlier or later"
        ) from None
    oa, dcterms, rdf = (prefixes()[name] for name in ("oa", "dcterms", "rdf"))
    own, selector, source = (
        ox.NamedNode(iri) for iri in (f"{ID}passage/{passage}", f"{ID}selector/{passage}", edition)
    )
    kind = ox.NamedNode(RDF_TYPE)
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (own, kind.value, ox.NamedNode(cg("Passage"))),
        (own, kind.value, ox.NamedNode(oa + "SpecificResource")),
        (own, cg("inEdition"), source),
        (own, oa + "hasSource", source),
        (own, oa + "hasSelector", selector),
        (own, cg("normalForm"), ox.NamedNode(prefixes()["normal-form"] + "letters-digits-1")),
        (
            own,
            cg("passageDigest"),
            ox.Literal(
                digest(copy.form[match.start : match.start + match.length]),
                datatype=ox.NamedNode(XSD + "hexBinary"),
            ),
        ),
        (own, cg("passageLength"), ox.Literal(match.length)),
        (selector, kind.value, ox.NamedNode(oa + "FragmentSelector")),
        (
            selector,
            dcterms + "conformsTo",
            ox.NamedNode("https://wicg.github.io/scroll-to-text-fragment/"),
        ),
        (selector, rdf + "value", ox.Literal(str(fragment))),
    ]
    return [ox.Triple(subject, ox.NamedNode(name), value) for subject, name, value in said]


def _places(copy: Copy, folded: str) -> list[int]:
    found, at = [], copy.form.find(folded)
    while at >= 0:
        found.append(at)
        at = copy.form.find(folded, at + 1)
    return found


def _whole_words(copy: Copy, places: list[int], length: int) -> list[int]:
    """Those that begin and end with a word; all where none do, as in scripts without spaces."""
    whole = [at for at in places if not _cut(copy, at) and not _cut(copy, at + length)]
    return whole or places


def _cut(copy: Copy, at: int) -> bool:
    """Whether a word goes on across position `at` of the normal form."""
    return 0 < at < len(copy.form) and copy.ends[at - 1] >= copy.places[at]


def _missed(copy: Copy, words: str, after: int = 0) -> str:
    """What to say of words that are not there: how many of them are, and where."""
    where = f" after line {copy.line(after)}" if after else ""
    parts = words.split()
    for count in range(len(parts) - 1, 0, -1):
        folded = normal_form(" ".join(parts[:count]))
        at = copy.form.find(folded, after) if folded else -1
        if at >= 0:
            return (
                f"expected words of the copy, got {words!r}, which are not there{where}; nearest: "
                f"the first {count} of the {len(parts)} words stand on line {copy.line(at)}: "
                "compare the words that follow"
            )
    return f"expected words of the copy, got {words!r}: not even the first stands there{where}"
