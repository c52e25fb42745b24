"""The verdict on some files: what the profiles that ran found; nothing of what was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from commitgraph.disclosure.shapes import CALLED, SEVERITIES, Severity


@dataclass
class Counts:
    """What is counted in the reports on files."""

    by_severity: Counter[Severity] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)
    conform: bool = True
    sound: bool = True
    suppressed: int = 0
    accounts: int = 0
    is_asked: bool = False
    asked: int = 0
    answered: int = 0
    numbered: int = 0
    not_asked: int = 0
    claims: int = 0
    shown: int = 0
    by_digest: int = 0
    behind_most: int = 0
    on_one: int = 0
    unplaced: int = 0
    unread: int = 0
    no_information: int = 0


def judged(found: Counts, profiles: Collection[str]) -> Iterator[str]:
    """What was found by the profiles that ran, a part at a time; first whether all files pass."""
    counts = ", ".join(number(found.by_severity[s], CALLED[s]) for s in SEVERITIES if found.by_severity[s])
    if found.unreadable:
        counts = f"{number(len(found.unreadable), 'file')} could not be judged, {counts}"
    if found.suppressed:
        counts += f" ({found.suppressed:,} allowed or known)"
    yield f"{'passes' if found.conform else 'fails'}: {counts or 'nothing to remark'}"
    if "core" in profiles:
        yield from _form(found)
    if "coverage" in profiles:
        yield from _answers(found)
    if "evidence" in profiles:
        yield from _sources(found)
    if found.unread:
        yield f"{number(found.unread, 'status', 'statuses')} could not be read"


def _form(found: Counts) -> Iterator[str]:
    if not found.sound:
        yield "not yet well-formed and consistent"
    elif found.by_severity["violation"] > len(found.unreadable):
        yield "no violation is one of form or consistency"
    elif not found.unreadable:
        yield "well-formed and consistent"


def _answers(found: Counts) -> Iterator[str]:
    if found.is_asked:
        said = "complete" if found.answered == found.asked and not found.unread else "not complete"
        yield (
            f"{said}: {found.answered:,} of {number(found.asked, 'single promise')} "
            f"{'has' if found.answered == 1 else 'have'} an entry "
            f"(the texts count {number(found.numbered, 'commitment')})"
        )
    if found.not_asked:
        yield f"no promise to ask for was found for {number(found.not_asked, 'file')}"


def _sources(found: Counts) -> Iterator[str]:
    claims, shown = found.claims - found.unplaced, found.shown
    if claims:
        said = "traceable" if shown == found.claims else "traceable in part"
        said = said if shown else "not traceable"
        yield (
            f"{said}: {shown:,} of {number(claims, 'claim')} that something was done or begun "
            f"{'has' if 1 in (shown, claims) else 'have'} a source that these checks accept"
            + (f", {found.by_digest:,} of them by a digest only" if found.by_digest else "")
        )
        if found.accounts == 1 and found.behind_most:
            yield f"one document stands behind {found.behind_most:,} of these {shown:,}"
        elif found.on_one:
            where = number(found.on_one, "file")
            yield f"in {where} one document stands behind most claims that have one"
    if found.unplaced:
        claims = found.unplaced
        yield (
            f"{number(claims, 'claim')} {'is' if claims == 1 else 'are'} on a promise that is not "
            "known, and the source was not judged"
        )
    if found.accounts and not found.claims and not found.unread and not found.unreadable:
        yield "no entry says that something was done or begun"


def told(found: Counts) -> Iterator[str]:
    """What was not looked at, in sentences, and what cannot be known."""
    if silent := found.no_information:
        yield f"{number(silent, 'entry gives', 'entries give')} no information."
    yield (
        "No address was opened; whether a source bears out what is said was not looked at, and this says "
        "nothing about whether a promise was kept."
    )


def number(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> number(1, "file"), number(2, "entry", "entries")
    ('1 file', '2 entries')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
