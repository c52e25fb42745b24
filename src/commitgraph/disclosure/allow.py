"""Comments in a file that allow a finding: `# commitgraph: allow CODE until YYYY-MM-DD: reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import ScalarEvent

from commitgraph.dates import DateError, Day
from commitgraph.disclosure.catalogue import Check, checks, named
from commitgraph.disclosure.reading.source import MAX_REMARKS, Place, Refused, Remark, Remarks
from commitgraph.disclosure.reading.turtle_tokens import tokens
from commitgraph.disclosure.report import Finding, Suppression, clipped
from commitgraph.near import did_you_mean

_COMMENT = re.compile(r"#[ \t]*commitgraph:[ \t]*allow\b(?P<rest>[^\n]*)")
_ANY = re.compile(r"#[^\n]*")
_IN_XML = re.compile(r"<!--.*?-->", re.DOTALL)
_REST = re.compile(r"[ \t]+(?P<check>[\w-]+)(?P<more>.*)")
_UNTIL = re.compile(r"[ \t]+until[ \t]+(?P<day>[^\s:]+)[ \t]*:?(?P<reason>.*)")


class Comment(NamedTuple):
    """One comment that allows a finding.

    Attributes:
        check: what it allows.
        until: the last day on which it does.
        reason: why.
        lines: the lines whose findings it is about.
        place: where it stands.
    """

    check: Check
    until: date
    reason: str
    lines: range
    place: Place


def allow(
    findings: Iterable[Finding], text: str, notation: str, profiles: Sequence[str], today: date
) -> tuple[list[Finding], Remarks]:
    """Mark the findings that a comment in the file allows.

    A comment on a line of its own is about the next line that is no comment; one behind a value is about
    its own line. One that has no reason, no day or a past day allows nothing and is remarked upon.

    Args:
        findings: of the file.
        text: the file.
        notation: `yaml` or `turtle`; in another one there are no comments.
        profiles: what the file was judged by: a comment on a check that did not run is let be.
        today: the day of judging.

    Returns:
        All findings, those that are allowed with their suppression, and what is wrong with the comments.

    Raises:
        Refused: more is wrong with them than anybody would read.
    """
    remarks = Remarks()
    comments = _comments(text, notation, today, remarks)
    marked = list(findings)
    for comment in comments:
        fits = [
            number
            for number, finding in enumerate(marked)
            if finding.code == comment.check.code and finding.line in comment.lines
        ]
        for number in fits:
            told = Suppression("comment", comment.until, comment.reason)
            marked[number] = replace(marked[number], suppression=told)
        ran = not comment.check.profiles or set(comment.check.profiles) & set(profiles)
        if not fits and ran:
            message = f"Nothing that {comment.check.code} {comment.check.name} looks for is found here."
            remarks.append(Remark("CG605", message, comment.place, value=comment.check.code))
    return marked, remarks


def comments(text: str, notation: str) -> list[str]:
    """All comments of a file.

    Args:
        text: the file.
        notation: key of its reader; in JSON there are no comments, and a CSV file has fields in their place.
    """
    if notation == "rdfxml":
        return _IN_XML.findall(text)
    if notation in ("json", "csv"):
        return []
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    values = _values(text, "yaml" if notation == "yaml" else "turtle", starts)
    found = []
    for hit in _ANY.finditer(text):
        before = bisect_right(values, (hit.start(), len(text))) - 1
        if before < 0 or values[before][1] <= hit.start():
            found.append(hit[0])
    return found


def _comments(text: str, notation: str, today: date, remarks: Remarks) -> list[Comment]:
    hits = list(_COMMENT.finditer(text))
    if not hits or notation not in ("yaml", "turtle"):
        return []
    if len(hits) > MAX_REMARKS:
        place = Place(text.count("\n", 0, hits[MAX_REMARKS].start()) + 1)
        raise Refused("CG008", f"The file has more than {MAX_REMARKS:,} comments that allow findings.", place)
    lines = text.split("\n")
    content = _next_content(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    values = _values(text, notation, starts)
    found = []
    for hit in hits:
        before = bisect_right(values, (hit.start(), len(text))) - 1
        if before >= 0 and values[before][1] > hit.start():
            continue  # part of a value, and no comment
        number = bisect_right(starts, hit.start())
        place = Place(number, hit.start() - starts[number - 1] + 1, len(hit[0].rstrip()))
        alone = not lines[number - 1][: place.column - 1].strip()
        scope = range(number, (content[number] if alone else number) + 1)
        comment = _understood(hit["rest"], place, scope, today, remarks)
        if comment:
            found.append(comment)
    return found


def _understood(rest: str, place: Place, scope: range, today: date, remarks: Remarks) -> Comment | None:
    """The comment, or None with a remark on what it lacks."""
    stated = _REST.fullmatch(rest)
    check = named(stated["check"]) if stated else None
    if not stated or not check:
        word = stated["check"] if stated else None
        message = f'No check is called "{clipped(word)}".' if word else "The comment names no check."
        hint = did_you_mean(word, [c.name for c in checks()]) if word and not word[-1].isdigit() else ""
        remarks.append(Remark("CG601", message, place, hint, word))
        return None
    until = _UNTIL.fullmatch(stated["more"])
    try:
        day = Day.parse(until["day"]) if until else None
    except DateError:
        day = None
    if not until or not day:
        message = f"The comment does not say until which day {check.code} is allowed."
        remarks.append(Remark("CG603", message, place, value=until["day"] if until else None))
        return None
    reason = clipped(until["reason"].strip(), 300)
    if not any(char.isalnum() for char in reason):
        remarks.append(Remark("CG602", f"The comment does not say why {check.code} is allowed.", place))
        return None
    if day < today:
        message = f"The comment allowed {check.code} until {day}, which is past."
        remarks.append(Remark("CG604", message, place, value=str(day)))
        return None
    return Comment(check, day, reason, scope, place)


def _next_content(lines: Sequence[str]) -> list[int]:
    """For each line, counted from 0, the number from 1 of the first line from it on that says something."""
    found = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = found[at + 1] if lines[at].lstrip()[:1] in ("#", "") else at + 1
    return found


def _values(text: str, notation: str, starts: Sequence[int]) -> list[tuple[int, int]]:
    """Where the values of a file start and end, in order; what stands between them may be a comment."""
    if notation == "turtle":
        try:
            found = list(tokens(text))
        except Refused:
            return [(0, len(text))]
        begins = [starts[token.place.line - 1] + token.place.column - 1 for token in found]
        return [(begin, begin + len(token.text)) for begin, token in zip(begins, found, strict=True)]
    spans = []
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, ScalarEvent):
                spans.append((event.start_mark.index, event.end_mark.index))
    except YAMLError:
        return [(0, len(text))]
    return spans
