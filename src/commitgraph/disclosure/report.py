"""Findings and the report that holds them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pyoxigraph as ox

from commitgraph.disclosure.shapes import SEVERITIES, Severity

#: What people call a finding of each severity.
CALLED: dict[Severity, str] = {"violation": "violation", "warning": "warning", "info": "remark"}
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
        return f"{_number(count, 'finding')} {does} not make a file fail." if count else ""

    @property
    def unreadable(self) -> list[str]:
        """The files that could not be judged."""
        return self._counts.unreadable

    @property
    def verdict(self) -> str:
        """What was found by the profiles that ran; nothing of what was not looked at."""
        return f"{'; '.join(self._judged())}. {' '.join(self._told())}"

    @cached_property
    def _counts(self) -> _Counts:
        """All figures, from one look at each file: the files may lie on a disk."""
        counts = _Counts()
        for file in self.files:
            counts.add(file, self.fail_on)
        return counts

    def _judged(self) -> Iterator[str]:
        found = self._counts
        counts = ", ".join(
            _number(found.by_severity[s], CALLED[s]) for s in SEVERITIES if found.by_severity[s]
        )
        if found.unreadable:
            counts = f"{_number(len(found.unreadable), 'file')} could not be judged, {counts}"
        if found.suppressed:
            counts += f" ({found.suppressed:,} allowed or known)"
        yield f"{'passes' if found.conform else 'fails'}: {counts or 'nothing to remark'}"
        if "core" in self.profiles:
            yield from self._on_form()
        if "coverage" in self.profiles:
            yield from self._on_promises()
        if "evidence" in self.profiles:
            yield from self._on_sources()
        if found.unread:
            yield f"{_number(found.unread, 'status', 'statuses')} could not be read"

    def _on_form(self) -> Iterator[str]:
        found = self._counts
        if not found.sound:
            yield "not yet well-formed and consistent"
        elif found.by_severity["violation"] > len(found.unreadable):
            yield "no violation is one of form or consistency"
        elif not found.unreadable:
            yield "well-formed and consistent"

    def _on_promises(self) -> Iterator[str]:
        found = self._counts
        if found.is_asked:
            said = "complete" if found.answered == found.asked else "not complete"
            yield (
                f"{said}: {found.answered:,} of {_number(found.asked, 'single promise')} "
                f"{'has' if found.answered == 1 else 'have'} an entry "
                f"(the texts count {_number(found.numbered, 'commitment')})"
            )
        if found.not_asked:
            yield f"no promise to ask for was found for {_number(found.not_asked, 'file')}"

    def _on_sources(self) -> Iterator[str]:
        found = self._counts
        claims, shown = found.claims - found.unplaced, found.shown
        if claims:
            said = "traceable" if shown == found.claims else "traceable in part"
            said = said if shown else "not traceable"
            yield (
                f"{said}: {shown:,} of {_number(claims, 'claim')} that something was done or begun "
                f"{'shows' if shown == 1 else 'show'} a source that can be opened"
                + (f" or recognised, {found.by_digest:,} of them by a digest only" if found.by_digest else "")
            )
            if found.accounts == 1 and found.behind_most:
                yield f"one document stands behind {found.behind_most:,} of these {shown:,}"
            elif found.on_one:
                where = _number(found.on_one, "file")
                yield f"in {where} one document stands behind most claims that show a source"
        if found.unplaced:
            claims = found.unplaced
            yield (
                f"{_number(claims, 'claim')} {'is' if claims == 1 else 'are'} on a promise that is not "
                "known, and the source was not judged"
            )
        if found.accounts and not found.claims and not found.unread and not found.unreadable:
            yield "no entry says that something was done or begun"

    def _told(self) -> Iterator[str]:
        if silent := self._counts.no_information:
            yield f"{_number(silent, 'entry gives', 'entries give')} no information."
        yield (
            "No address was opened; whether a source bears out what is said was not looked at, and this says "
            "nothing about whether a promise was kept."
        )

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


@dataclass
class _Counts:
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

    def add(self, file: FileReport, fail_on: Severity) -> None:
        """Count another file."""
        self.by_severity.update(finding.severity for finding in file.findings)
        self.suppressed += sum(finding.suppression is not None for finding in file.findings)
        graver = [f for f in file.findings if is_at_least(f.severity, fail_on) and not f.suppression]
        self.conform &= not graver
        if file.unreadable:
            self.unreadable.append(file.file)
        else:
            grave = [*graver, *(f for f in file.findings if f.severity == "violation")]
            self.sound &= not any(finding.code < _FIRST_OF_CONTENT for finding in grave)
        if file.account is None:
            return
        self.accounts += 1
        rows = file.account.asked or ()
        self.is_asked |= bool(rows)
        self.not_asked += not rows
        self.asked += sum(row.asked for row in rows)
        self.answered += sum(row.answered for row in rows)
        self.numbered += sum(row.numbered for row in rows)
        self.claims += file.account.claims
        self.shown += file.account.shown or 0
        self.unplaced += file.account.unplaced
        self.unread += file.account.unread
        if file.account.shown is not None:
            self.by_digest += file.account.by_digest
            self.behind_most += file.account.behind_most
            self.on_one += bool(file.account.behind_most)
        self.no_information += file.account.no_information


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def is_at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether a severity is as grave as the threshold, or graver.

    >>> is_at_least("warning", "info"), is_at_least("warning", "violation")
    (True, False)
    """
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)


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
