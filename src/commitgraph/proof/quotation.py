"""Quotation: the exact words of a provision, from a reader's own copy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.proof.copies import Copies, slug_of
from commitgraph.proof.passage import Copy, Match
from commitgraph.proof.verification import PassageToFind, passages

_OF_PROVISION = """
SELECT ?locator ?passage ?edition ?url ?read WHERE {
  $provision cg:locator ?locator .
  OPTIONAL {
    $provision cg:wordedIn ?passage . ?passage cg:inEdition ?edition .
    OPTIONAL { ?edition cg:fetchedFrom ?url }
    OPTIONAL { ?edition cg:readOn ?read }
  }
}
ORDER BY ?passage
"""
# The normal form ends with the last letter; a sentence ends with its stop.
_CLOSING = re.compile(r"[.,;:!?…)\]”’»\"']*")


class NoWords(Exception):
    """No words can be shown. The message says why and what to do."""


@dataclass(frozen=True)
class Quotation:
    """The words of one passage.

    Attributes:
        provision: the provision that they word.
        locator: how a reader finds it in the source.
        words: the words, exactly as in the copy, white space evened out.
        edition: the edition in which they were read; `url` its address, `read_on` the day of reading.
        place: `file:line` in the reader's copy.
    """

    provision: str
    locator: str
    words: str
    edition: str
    url: str
    read_on: str
    place: str


def quote(engine: Engine, provision: str, copies: Copies) -> tuple[Quotation, ...]:
    """The words of the provision with the IRI `provision`, one quotation a passage.

    Raises:
        NoWords: no passage words it, there is no copy, or the words are not in the copy.
    """
    told = rows(engine, _OF_PROVISION, provision=provision)
    wanted = {row["passage"]: row for row in told if row["passage"]}
    if not wanted:
        raise NoWords(
            "no passage words this provision: its text was not read; see the edition that attests it"
        )
    known = {passage.iri: passage for passage in passages(engine) if passage.iri in wanted}
    return tuple(_quotation(provision, row, known[iri], copies) for iri, row in wanted.items())


def _quotation(provision: str, row: dict[str, str], passage: PassageToFind, copies: Copies) -> Quotation:
    stored = copies.of(slug_of(passage.edition))
    if not stored:
        raise NoWords(
            f"expected a copy of the source below {copies.folder / slug_of(passage.edition)} "
            f"(.md, .txt or .html), found none: save {row['url'] or 'the source'} there"
        )
    hit = passage.find(stored)
    if hit is None:
        copy, near = passage.nearest(stored)
        raise NoWords(f"the words are not in your copies; nearest is {copy.place(near.line)}: {near.reason}")
    copy, match = hit
    return Quotation(
        provision,
        row["locator"],
        _exact(copy.copy, match),
        row["edition"],
        row["url"],
        row["read"],
        copy.place(match.line),
    )


def _exact(copy: Copy, match: Match) -> str:
    words = copy.words(match.start, match.length)
    closing = _CLOSING.match(copy.text, copy.ends[match.start + match.length - 1])
    return " ".join((words + (closing.group() if closing else "")).split())
