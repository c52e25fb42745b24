"""Reports on many files, kept in a temporary file, so that memory does not grow with their number."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any, overload

import pyoxigraph as ox

from commitgraph.disclosure.report import Account, Asked, FileReport, Finding, Suppression


def pack(report: FileReport) -> bytes:
    """A report as JSON in one line: it may come from a process that nobody should trust with more."""
    plain = {
        "file": report.file,
        "findings": [_plain(finding) for finding in report.findings],
        "unreadable": report.unreadable,
        "account": asdict(report.account) if report.account else None,
        "lines": report.lines,
    }
    return json.dumps(plain).encode()


def unpack(packed: bytes) -> FileReport:
    """The report that was packed."""
    plain = json.loads(packed)
    account = plain["account"]
    if account and account["asked"] is not None:
        account["asked"] = tuple(Asked(**row) for row in account["asked"])
    return FileReport(
        plain["file"],
        tuple(_finding(one) for one in plain["findings"]),
        plain["unreadable"],
        Account(**account) if account else None,
        {int(number): line for number, line in plain["lines"].items()},
    )


class Spool(Sequence[FileReport]):
    """Packed reports, unpacked one by one when they are looked at."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the spool)
        self._begins = [0]

    def add(self, packed: bytes) -> None:
        """Take another report."""
        self._file.seek(self._begins[-1])
        self._file.write(packed)
        self._begins.append(self._begins[-1] + len(packed))

    def __len__(self) -> int:
        return len(self._begins) - 1

    @overload
    def __getitem__(self, place: int) -> FileReport: ...
    @overload
    def __getitem__(self, place: slice) -> list[FileReport]: ...
    def __getitem__(self, place: int | slice) -> FileReport | list[FileReport]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        self._file.seek(self._begins[at])
        return unpack(self._file.read(self._begins[at + 1] - self._begins[at]))

    def __iter__(self) -> Iterator[FileReport]:
        return (self[at] for at in range(len(self)))


def _plain(finding: Finding) -> dict[str, Any]:
    plain = {field.name: getattr(finding, field.name) for field in fields(Finding)}
    if finding.suppression:
        plain["suppression"] = finding.suppression.to_dict()
    if isinstance(finding.term, ox.Literal):
        plain["term"] = [finding.term.value, finding.term.language, finding.term.datatype.value]
    elif finding.term:
        plain["term"] = [finding.term.value, None, None]
    return plain


def _finding(plain: dict[str, Any]) -> Finding:
    if plain["suppression"]:
        told = plain["suppression"]
        plain["suppression"] = Suppression(told["by"], date.fromisoformat(told["until"]), told["reason"])
    if plain["term"]:
        value, language, datatype = plain["term"]
        if datatype is None:
            plain["term"] = ox.NamedNode(value)
        elif language:
            plain["term"] = ox.Literal(value, language=language)
        else:
            plain["term"] = ox.Literal(value, datatype=ox.NamedNode(datatype))
    return Finding(**plain)
