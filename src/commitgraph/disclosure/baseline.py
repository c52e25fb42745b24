"""Baselines: findings that are known, so that only new ones make a file fail."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from commitgraph.dates import DateError, Day
from commitgraph.disclosure.fingerprint import fingerprints
from commitgraph.disclosure.report import FileReport, Report, Suppression
from commitgraph.errors import CommitgraphError

#: A baseline is small: this holds some ten thousand findings.
_MAX_BYTES = 8 * 1024 * 1024
_FORM = '{"version": 1, "until": "YYYY-MM-DD", "known": [{"file", "code", "name", "fingerprint"}, …]}'


class BaselineError(CommitgraphError):
    """A file is no baseline. The message says what was expected, what was found, and what to do."""


@dataclass(frozen=True)
class Baseline:
    """Findings that are known.

    Attributes:
        until: the last day on which it holds.
        known: file (relative to the folder of the baseline), code, name and fingerprint of each.
        folder: where the baseline lies.
    """

    until: date
    known: frozenset[tuple[str, str, str, str]]
    folder: Path

    def applied_to(self, report: Report, today: date) -> Report:
        """The report with the known findings suppressed; unchanged when the baseline's last day is past.

        Faults that kept a file from being judged are never suppressed: what else is in it, nobody knows.
        """
        if self.until < today:
            return report
        told = Suppression("baseline", self.until)
        files = []
        for file in report.files:
            held = [
                replace(finding, suppression=told)
                if key in self.known and not finding.suppression
                else finding
                for finding, key in zip(file.findings, _keys(file, self.folder), strict=True)
            ]
            files.append(file if file.unreadable else replace(file, findings=tuple(held)))
        return replace(report, files=tuple(files))

    def gone(self, report: Report) -> int:
        """How many of the known findings on the files of a report are no longer made."""
        made = Counter(key for file in report.files for key in _keys(file, self.folder))
        judged = {_name(file.file, self.folder) for file in report.files if not file.unreadable}
        return sum(key[0] in judged and key not in made for key in self.known)

    def text(self) -> str:
        """The baseline as it is written: a stable order, a finding a line."""
        rows = [
            json.dumps(
                dict(zip(("file", "code", "name", "fingerprint"), key, strict=True)), ensure_ascii=False
            )
            for key in sorted(self.known)
        ]
        known = "[\n" + ",\n".join(f"    {row}" for row in rows) + "\n  ]" if rows else "[]"
        return f'{{\n  "version": 1,\n  "until": "{self.until}",\n  "known": {known}\n}}\n'


def from_report(report: Report, path: Path, today: date) -> Baseline:
    """A baseline of all that a report holds against files that could be judged. It holds for a year.

    Args:
        report: what was found.
        path: where the baseline is going to lie; files are named from its folder on.
        today: the day of writing.
    """
    folder = path.resolve().parent
    known = frozenset(
        key
        for file in report.files
        if not file.unreadable
        for finding, key in zip(file.findings, _keys(file, folder), strict=True)
        if not finding.suppression
    )
    try:
        until = today.replace(year=today.year + 1)
    except ValueError:  # 29 February
        until = today.replace(year=today.year + 1, day=28)
    return Baseline(until, known, folder)


def read(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        BaselineError: the file cannot be opened or is no baseline.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise BaselineError(f"the baseline {path} cannot be opened: {error.strerror}") from None
    if len(content) > _MAX_BYTES:
        raise BaselineError(f"the baseline {path} has more than {_MAX_BYTES >> 20} MiB")
    try:
        document = json.loads(content)
        if document["version"] != 1:
            raise BaselineError(
                f"the baseline {path} has the version {document['version']!r}; expected 1: write it anew"
            )
        until = Day.parse(document["until"])
        known = frozenset(map(_key, document["known"]))
    except (ValueError, KeyError, TypeError, RecursionError, DateError):
        raise BaselineError(
            f"expected a baseline of the form {_FORM} in {path}, found something else: "
            "write it anew with --write-baseline"
        ) from None
    return Baseline(until, known, path.resolve().parent)


def _key(row: dict[str, Any]) -> tuple[str, str, str, str]:
    key = (row["file"], row["code"], row["name"], row["fingerprint"])
    if not all(isinstance(part, str) for part in key):
        raise TypeError("expected texts")
    return key


def _keys(file: FileReport, folder: Path) -> list[tuple[str, str, str, str]]:
    name = _name(file.file, folder)
    return [
        (name, finding.code, finding.name, fingerprint)
        for finding, fingerprint in zip(file.findings, fingerprints(file.findings), strict=True)
    ]


def _name(file: str, folder: Path) -> str:
    """A file from the folder of the baseline on, so that it is the same file from wherever it is named."""
    if file.startswith("<"):
        return file  # standard input
    try:
        return Path(os.path.relpath(Path(file).resolve(), folder)).as_posix()
    except ValueError:  # on another drive
        return Path(file).as_posix()
