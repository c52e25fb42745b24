"""Verification: the graph held against a reader's own copies of the sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from commitgraph.domain.fragment import Fragment
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.proof.copies import Copies, StoredCopy, slug_of
from commitgraph.proof.own_words import LONGEST_RUN, Words, longest_shared_run
from commitgraph.proof.passage import Match, Near, find, nearest

_PASSAGES = """
SELECT ?passage ?edition ?digest ?length ?fragment ?whole
       (MIN(?resting) AS ?user) (MIN(?found) AS ?locator) WHERE {
  ?passage cg:inEdition ?edition ; cg:passageDigest ?digest ; cg:passageLength ?length ;
    oa:hasSelector/rdf:value ?fragment .
  OPTIONAL { ?edition cg:contentDigest ?whole }
  OPTIONAL {
    ?resting cg:wordedIn|cg:attestedBy ?passage .
    OPTIONAL { ?resting cg:locator ?found }
  }
}
GROUP BY ?passage ?edition ?digest ?length ?fragment ?whole
ORDER BY ?passage
"""
_SUMMARIES = """
SELECT ?subject ?summary WHERE { ?subject cg:summary ?summary }
ORDER BY ?subject
"""

Status = Literal["resolved", "missing", "not-checked"]


@dataclass(frozen=True)
class PassageToFind:
    """A passage as the graph knows it.

    Attributes:
        iri: the passage.
        edition: the edition that it is in.
        digest: of its normal form; `length` its length.
        fragment: its first and last words.
        edition_digest: digest of the whole edition, empty where none was taken.
        user: what rests on it (a provision, an adherence …); empty for context.
        locator: how a reader finds it, where a provision says so.
    """

    iri: str
    edition: str
    digest: str
    length: int
    fragment: Fragment
    edition_digest: str
    user: str
    locator: str

    def find(self, copies: tuple[StoredCopy, ...]) -> tuple[StoredCopy, Match] | None:
        """The first of `copies` in which it stands, that of the very edition before others, and where."""
        for stored in sorted(copies, key=lambda stored: stored.digest != self.edition_digest):
            match = find(stored.copy, self.digest, self.length, self.fragment)
            if match:
                return stored, match
        return None

    def nearest(self, copies: tuple[StoredCopy, ...]) -> tuple[StoredCopy, Near]:
        """Where in `copies` it should stand, and what differs there."""
        looks = [(stored, nearest(stored.copy, self.length, self.fragment)) for stored in copies]
        return min(looks, key=lambda look: (look[1].line is None, look[0].digest != self.edition_digest))


@dataclass(frozen=True)
class Resolution:
    """What became of one passage.

    Attributes:
        passage: the passage.
        status: `resolved`, `missing`, or `not-checked` where there is no copy.
        place: `file:line` where it stands, or should stand; empty where there is no copy.
        reason: what stands there instead, for a missing one.
    """

    passage: PassageToFind
    status: Status
    place: str = ""
    reason: str = ""


@dataclass(frozen=True)
class EditionState:
    """How a reader's copies stand to an edition that was read as a whole.

    Attributes:
        edition: the edition.
        state: `same edition`, `other edition, passages hold`, `other edition, passages differ`.
        place: the file that is the same edition, or empty.
    """

    edition: str
    state: str
    place: str = ""


@dataclass(frozen=True)
class Repetition:
    """A summary that repeats its source: the thing, the words in a row, and where they stand."""

    subject: str
    words: str
    count: int
    place: str


@dataclass(frozen=True)
class Verification:
    """The outcome of holding the graph against copies of its sources."""

    resolutions: tuple[Resolution, ...]
    editions: tuple[EditionState, ...]
    summaries: int
    repetitions: tuple[Repetition, ...]

    @property
    def holds(self) -> bool:
        """Whether every passage with a copy stands in it, and no summary repeats its source."""
        return not self.repetitions and not self.with_status("missing")

    def with_status(self, status: Status) -> list[Resolution]:
        """The passages of which this became."""
        return [resolution for resolution in self.resolutions if resolution.status == status]


def passages(engine: Engine) -> tuple[PassageToFind, ...]:
    """All passages of the graph, in the order of their names."""
    return tuple(
        PassageToFind(
            row["passage"],
            row["edition"],
            row["digest"],
            int(row["length"]),
            Fragment.parse(row["fragment"]),
            row["whole"],
            row["user"],
            row["locator"],
        )
        for row in rows(engine, _PASSAGES)
    )


def verify(
    engine: Engine, copies: Copies, progress: Callable[[str, int, int], None] | None = None
) -> Verification:
    """Resolve every passage in `copies`, and hold every summary against them.

    Args:
        engine: over the graph.
        copies: the reader's copies.
        progress: told which instrument is looked at, how many passages are done, and how many there are.
    """
    known = passages(engine)
    resolutions = []
    for number, passage in enumerate(known):
        if progress:
            progress(slug_of(passage.edition), number, len(known))
        resolutions.append(_resolve(passage, copies.of(slug_of(passage.edition))))
    compared, repetitions = _repetitions(engine, copies)
    return Verification(tuple(resolutions), _editions(resolutions, copies), compared, repetitions)


def _resolve(passage: PassageToFind, stored: tuple[StoredCopy, ...]) -> Resolution:
    if not stored:
        return Resolution(passage, "not-checked")
    hit = passage.find(stored)
    if hit:
        return Resolution(passage, "resolved", hit[0].place(hit[1].line))
    copy, near = passage.nearest(stored)
    return Resolution(passage, "missing", copy.place(near.line), near.reason)


def _editions(resolutions: list[Resolution], copies: Copies) -> tuple[EditionState, ...]:
    wholes = {r.passage.edition: r.passage.edition_digest for r in resolutions if r.passage.edition_digest}
    missed = {r.passage.edition for r in resolutions if r.status == "missing"}
    states = []
    for edition, whole in sorted(wholes.items()):
        stored = copies.of(slug_of(edition))
        same = next((copy for copy in stored if copy.digest == whole), None)
        if same:
            states.append(EditionState(edition, "same edition", str(same.path)))
        elif stored:
            state = "passages differ" if edition in missed else "passages hold"
            states.append(EditionState(edition, f"other edition, {state}"))
    return tuple(states)


def _repetitions(engine: Engine, copies: Copies) -> tuple[int, tuple[Repetition, ...]]:
    compared, found = 0, []
    for row in rows(engine, _SUMMARIES):
        stored = copies.of(slug_of(row["subject"]))
        compared += bool(stored)
        summary = Words.of(row["summary"])
        runs = [(run, copy) for copy in stored if (run := longest_shared_run(summary, copy.words))]
        if not runs:
            continue
        run, copy = max(runs, key=lambda pair: len(pair[0].words))
        if len(run.words) > LONGEST_RUN:
            line = copy.copy.text.count("\n", 0, run.start) + 1
            found.append(Repetition(row["subject"], str(run), len(run.words), copy.place(line)))
    return compared, tuple(found)
