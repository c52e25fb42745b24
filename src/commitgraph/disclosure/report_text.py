"""The report as text: like a good linter's, with the source line and a caret."""

from __future__ import annotations

from collections.abc import Iterator

from commitgraph.disclosure.report import FileReport, Finding, Report, visible

_BEFORE, _WIDE = 60, 110


def lines(report: Report) -> Iterator[str]:
    """The lines of the text report."""
    for file in report.files:
        if file.account and file.account.heading:
            yield f"{file.file}: {file.account.heading}"
            yield ""
        for finding in file.findings:
            yield from _finding(finding, file)
            yield ""
    yield _summary(report)


def _finding(finding: Finding, file: FileReport) -> Iterator[str]:
    yield (
        f"{finding.file}:{finding.where}: {finding.severity} {finding.code} {finding.name}: {finding.message}"
    )
    source = file.lines.get(finding.line)
    if source is not None and source.strip():
        yield from _excerpt(source, finding)
    yield f"  help: {finding.hint}"


def _excerpt(source: str, finding: Finding) -> Iterator[str]:
    """The line with a caret under the value; of a long line only the part around it."""
    at = min(finding.column - 1, len(source))
    cut = max(0, at - _BEFORE) if len(source) > _WIDE else 0
    before = visible(source[cut:at].replace("\t", " "))
    value = visible(source[at : min(at + finding.width, cut + _WIDE)].replace("\t", " "))
    after = visible(source[at + finding.width : cut + _WIDE].replace("\t", " "))
    lead = "…" if cut else ""
    trail = "…" if len(source) > cut + _WIDE else ""
    margin = f"{finding.line:>5} | "
    yield f"{margin}{lead}{before}{value}{after}{trail}"
    yield " " * (len(margin) - 2) + "| " + " " * (len(lead) + len(before)) + "^" * max(1, len(value))


def _summary(report: Report) -> str:
    files = f"{len(report.files)} file{'' if len(report.files) == 1 else 's'}"
    profiles = f"profile{'' if len(report.profiles) == 1 else 's'} {', '.join(report.profiles)}"
    return f"{files}, {profiles}: {report.verdict}"
