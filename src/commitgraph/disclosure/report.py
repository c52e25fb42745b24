"""Findings and the report that holds them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pyoxigraph as ox

from commitgraph.disclosure.shapes import SEVERITIES, Severity, is_at_least
from commitgraph.disclosure.verdict import Counts, judged, number, told

#: Codes from CG501 on speak of promises and evidence; those below of form and consistency.
_FIRST_OF_CONTENT = "CG500"


@dataclass(frozen=True)
class Suppression:
    """Why a finding does not make its file fail, although it is there.

    Attributes:
        by: a comment in the file, or a baseline of known findings beside it.
        until: the last day on which it holds.
        reason: in the words of whoever wrote it; empty for a baseline.
    """

    by: Literal["comment", "baseline"]
    until: date
    reason: str = ""

    @property
    def words(self) -> str:
        """What reports say of it."""
        told = "allowed by a comment" if self.by == "comment" else "known from the baseline"
        return f"{told} until {self.until}{': ' if self.reason else ''}{self.reason}"

    def to_dict(self) -> dict[str, Any]:
        """The suppression as the JSON report has it."""
        return {"by": self.by, "until": self.until.isoformat(), "reason": self.reason}


@dataclass(frozen=True)
class Finding:
    """One thing that a check has found.

    Attributes:
        file: the file, as it was named.
        line, column: where, from 1.
        code, name: of the check.
        severity: `violation`, `warning` or `info`.
        message: one sentence with the offending value.
        hint: what to write instead.
        provision: address of the provision concerned, where there is one.
        value: the offending value as it was written, where there is one.
        sheet: of a workbook, where the file is one; line and column are then those of the cell.
        width: how many characters the value takes in its line.
        about: the provision in words: title of the instrument and the place in it.
        shape, component, focus, path, term: of the validation result in SHACL: address of the shape, of the
            kind of constraint and of the focus node, the property and the value; None for checks made while
            reading, and where there is none.
        commitment: address of the promise that it is about: that of the entry in which it stands, or the one
            that has no entry; None where it is about no single promise.
        suppression: why it does not make its file fail; None where it does.
    """

    file: str
    line: int
    column: int
    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    provision: str | None = None
    value: str | None = None
    sheet: str | None = None
    width: int = field(default=1, repr=False)
    about: str | None = field(default=None, repr=False)
    shape: str | None = field(default=None, repr=False)
    component: str | None = field(default=None, repr=False)
    focus: str | None = field(default=None, repr=False)
    path: str | None = field(default=None, repr=False)
    term: ox.NamedNode | ox.Literal | None = field(default=None, repr=False)
    commitment: str | None = field(default=None, repr=False)
    suppression: Suppression | None = None

    @property
    def stands(self) -> Literal["on", "rule"]:
        """How it stands to its provision: it is about that promise, or that text gives the rule."""
        return "on" if self.provision == self.commitment else "rule"

    @property
    def cell(self) -> str | None:
        """The cell as spreadsheet programs call it, such as `B7`; None where the file is no workbook."""
        if self.sheet is None:
            return None
        letters, left = "", self.column
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.line}"

    @property
    def where(self) -> str:
        """The place in its file: line and column, or sheet and cell."""
        return f"{self.line}:{self.column}" if self.sheet is None else f"{self.sheet}!{self.cell}"

    def to_dict(self) -> dict[str, Any]:
        """The finding as the JSON report has it."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "provision": self.provision,
            "value": self.value,
            **({} if self.sheet is None else {"sheet": self.sheet, "cell": self.cell}),
            **({"suppression": self.suppression.to_dict()} if self.suppression else {}),
        }


@dataclass(frozen=True)
class Asked:
    """The promises of one text that a disclosure was asked to answer for.

    Attributes:
        instrument, label: the text, by its address and its title.
        asked: how many single promises are asked for: the smallest ones that the party has taken on.
        answered: those that have an entry, of their own or of the whole that they belong to.
        numbered: how many commitments the text itself counts among what the party has taken on.
    """

    instrument: str
    label: str
    asked: int
    answered: int
    numbered: int


@dataclass(frozen=True)
class Account:
    """Who speaks in a disclosure, and what its entries come with.

    Attributes:
        organisation: the party that it is about; None when it names none.
        prepared_by: who wrote it, where this is not the party.
        entries: how many there are.
        claims: those that say that something was done or begun.
        shown: claims that show a source that others can open, with a day that fits; None when nobody looked.
        no_information: entries that say that no word of the party was found.
        by_digest: those of `shown` whose documents others can recognise by a digest, but open by no link.
        behind_most: those of `shown` that name one and the same page, where they are five or more and most of
            them; else 0.
        unplaced: those of `claims` that name no promise that the graph knows; their sources are not judged.
        unread: entries whose status cannot be read.
        asked: the promises asked for, a row a text; None when nobody looked for them.
    """

    organisation: str | None
    prepared_by: str | None
    entries: int
    claims: int
    shown: int | None
    no_information: int
    asked: tuple[Asked, ...] | None = None
    by_digest: int = 0
    behind_most: int = 0
    unplaced: int = 0
    unread: int = 0

    @property
    def heading(self) -> str | None:
        """Whose account of whom it is, where somebody else than the party wrote it."""
        if self.prepared_by is None:
            return None
        about = self.organisation or "an organisation that is not named"
        return f"account by {self.prepared_by} about {about}"

    def to_dict(self) -> dict[str, Any]:
        """The account as the JSON report has it."""
        return {
            "organisation": self.organisation,
            "prepared_by": self.prepared_by,
            "entries": self.entries,
            "claims": self.claims,
            "claims_with_source": self.shown,
            "no_information": self.no_information,
            "promises": None if self.asked is None else [asdict(row) for row in self.asked],
        }


@dataclass(frozen=True)
class FileReport:
    """What was found in one file.

    Attributes:
        file: the file, as it was named.
        findings: in the order of their places.
        unreadable: whether the file could not be judged at all.
        account: who speaks in it, and what its entries come with; None when it could not be judged.
        lines: the lines of the file that findings point at, by number.
    """

    file: str
    findings: tuple[Finding, ...]
    unreadable: bool = False
    account: Account | None = None
    lines: dict[int, str] = field(default_factory=dict, repr=False)

    def conforms(self, fail_on: Severity = "violation") -> bool:
        """Whether no finding is as grave as `fail_on`, or graver; those that are suppressed do not count."""
        return not any(
            is_at_least(finding.severity, fail_on) and not finding.suppression for finding in self.findings
        )

    def to_dict(self, fail_on: Severity) -> dict[str, Any]:
        """The file as the JSON report has it."""
        return {
            "file": self.file,
            "conforms": self.conforms(fail_on),
            "account": self.account.to_dict() if self.account else None,
            "findings": [finding.to_dict() for finding in self.findings],
        }


@dataclass(frozen=True)
class Report:
    """What was found in some files.

    Attributes:
        files: one report a file, in the order of their names.
        profiles: what they were judged by.
        fail_on: the severity from which on a file does not conform.
    """

    files: Sequence[FileReport]
    profiles: tuple[str, ...]
    fail_on: Severity = "violation"

    @property
    def conforms(self) -> bool:
        """Whether every file does."""
        return self._counts.conform

    @property
    def findings(self) -> list[Finding]:
        """The findings of all files."""
        return [finding for file in self.files for finding in file.findings]

    @property
    def suppressed(self) -> str:
        """How many findings are suppressed, in a sentence; empty where none is."""
        count = self._counts.suppressed
        does = "is allowed or known and does" if count == 1 else "are allowed or known and do"
        return f"{number(count, 'finding')} {does} not make a file fail." if count else ""

    @property
    def unreadable(self) -> list[str]:
        """The files that could not be judged."""
        return self._counts.unreadable

    @property
    def verdict(self) -> str:
        """What was found by the profiles that ran; nothing of what was not looked at."""
        return f"{'; '.join(judged(self._counts, self.profiles))}. {' '.join(told(self._counts))}"

    @cached_property
    def _counts(self) -> Counts:
        """All figures, from one look at each file: the files may lie on a disk."""
        counts = Counts()
        for file in self.files:
            _count(counts, file, self.fail_on)
        return counts

    def to_dict(self, *, files: bool = True) -> dict[str, Any]:
        """The JSON report, version 1; without its files where these are written one by one."""
        found = self._counts
        return {
            "version": 1,
            "conforms": self.conforms,
            "files": [file.to_dict(self.fail_on) for file in self.files] if files else [],
            "summary": {
                "files": len(self.files),
                "unreadable": len(found.unreadable),
                "findings": found.by_severity.total(),
                **{severity: found.by_severity[severity] for severity in SEVERITIES},
                "profiles": list(self.profiles),
                "fail_on": self.fail_on,
                "verdict": self.verdict,
            },
        }


def _count(counts: Counts, file: FileReport, fail_on: Severity) -> None:
    """Count another file in."""
    counts.by_severity.update(finding.severity for finding in file.findings)
    counts.suppressed += sum(finding.suppression is not None for finding in file.findings)
    graver = [f for f in file.findings if is_at_least(f.severity, fail_on) and not f.suppression]
    counts.conform &= not graver
    if file.unreadable:
        counts.unreadable.append(file.file)
    else:
        grave = [*graver, *(f for f in file.findings if f.severity == "violation")]
        counts.sound &= not any(finding.code < _FIRST_OF_CONTENT for finding in grave)
    if file.account is None:
        return
    counts.accounts += 1
    rows = file.account.asked or ()
    counts.is_asked |= bool(rows)
    counts.not_asked += not rows
    counts.asked += sum(row.asked for row in rows)
    counts.answered += sum(row.answered for row in rows)
    counts.numbered += sum(row.numbered for row in rows)
    counts.claims += file.account.claims
    counts.shown += file.account.shown or 0
    counts.unplaced += file.account.unplaced
    counts.unread += file.account.unread
    if file.account.shown is not None:
        counts.by_digest += file.account.by_digest
        counts.behind_most += file.account.behind_most
        counts.on_one += bool(file.account.behind_most)
    counts.no_information += file.account.no_information


def visible(text: str) -> str:
    """`text` with control characters and the like spelled out, so that no file can steer a terminal.

    >>> visible("a\\x1b[31mb\\u202e")
    'a\\\\x1b[31mb\\\\u202e'
    """
    return text if text.isprintable() else "".join(map(_seen, text))


def clipped(text: str, length: int = 120) -> str:
    """`text` in one visible line of at most `length` characters."""
    line = visible(" ".join(text[: 4 * length].split()))
    return line if len(line) <= length else line[: length - 1] + "…"


def _seen(char: str) -> str:
    if char.isprintable():
        return char
    if unicodedata.category(char) == "Zs":
        return " "
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings without duplicates, by place, then code, then message."""
    key = {(f.sheet, f.line, f.column, f.code, f.message): f for f in sorted(findings, key=_key)}
    return tuple(key.values())


def _key(finding: Finding) -> tuple[str, int, int, str, str, str]:
    return (
        finding.sheet or "",
        finding.line,
        finding.column,
        finding.code,
        finding.message,
        finding.value or "",
    )
