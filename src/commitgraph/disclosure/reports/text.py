"""The report as text: like a good linter's, with the source line and a caret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from commitgraph.disclosure.report import FileReport, Finding, Report, visible
from commitgraph.disclosure.reports.elsewhere import on_help

#: Findings of one code in one file beyond these are only counted.
SHOWN = 10
#: A narrower window is treated like this one: below it nothing can be set.
_NARROWEST = 40
#: Columns of a long source line that stay before its value: most often, and at least.
_BEFORE, _LEAST = 40, 8


def pieces(report: Report, *, width: int, everything: bool) -> Iterator[str]:
    """The text report line by line, each with its end.

    Args:
        report: what was found.
        width: columns that a line may take; addresses and file names longer than it stay whole.
        everything: whether to show findings of one code without limit.
    """
    return (line + "\n" for line in _lines(report, max(width, _NARROWEST), everything))


def _lines(report: Report, width: int, everything: bool) -> Iterator[str]:
    for file in report.files:
        if file.account and file.account.heading:
            yield from wrapped(f"{file.file}: {file.account.heading}", width)
            yield ""
        told: Counter[str] = Counter()
        for finding in file.findings:
            told[finding.code] += 1
            if everything or told[finding.code] <= SHOWN:
                yield from finding_lines(finding, file, width)
                yield ""
        for code, count in sorted(told.items()):
            if not everything and count > SHOWN:
                name = next(finding.name for finding in file.findings if finding.code == code)
                left = f"{file.file}: and {count - SHOWN:,} more {code} {name}; --all shows them"
                yield from wrapped(left, width)
                yield ""
        if hint := on_help(file.file, (finding.hint for finding in file.findings)):
            yield from wrapped(f"{file.file}: {hint}", width)
            yield ""
        yield from _promises(file, width)
    if report.suppressed:
        yield from wrapped(report.suppressed, width)
    yield from wrapped(_summary(report), width)


def _promises(file: FileReport, width: int) -> Iterator[str]:
    """How many promises of each text have an entry, where they were asked for."""
    if not file.account or not file.account.asked:
        return
    yield from wrapped(f"{file.file}: promises with an entry, by text", width)
    for row in file.account.asked:
        counted = f"(the text counts {row.numbered:,})"
        yield from wrapped(f"{row.label} {counted}", width, head=f"{row.answered:>5,} of {row.asked:<4,}")
    yield ""


def finding_lines(finding: Finding, file: FileReport, width: int) -> Iterator[str]:
    """One finding of a file, in lines of at most `width` columns."""
    head = f"{finding.file}:{finding.where}: {finding.severity} {finding.code} {finding.name}:"
    yield from wrapped(finding.message, width, head=head)
    source = file.lines.get(finding.line)
    if source is not None and source.strip():
        yield from _excerpt(source, finding, width)
    if finding.about:
        yield from wrapped(visible(finding.about), width, head=f"  {finding.stands}:")
    yield from wrapped(finding.hint, width, head="  help:")
    if finding.suppression:
        yield from wrapped(finding.suppression.words, width, head="  note:")


def wrapped(text: str, width: int, head: str = "") -> list[str]:
    """`text` in lines of at most `width` columns, broken between words and between wide characters.

    Args:
        text: one paragraph.
        width: columns that a line may take.
        head: what the first line starts with; it is never broken.

    >>> wrapped("one two three", 11, head="a:")
    ['a: one two', '    three']
    """
    lines, line, used = [], head, cell_len(head)
    for word in text.split():
        for piece, glued in _pieces(word, width - 4):
            gap = 0 if glued or not line.strip() else 1
            if line.strip() and used + gap + cell_len(piece) > width:
                lines.append(line)
                line, used, gap = "    ", 4, 0
            line += " " * gap + piece
            used += gap + cell_len(piece)
    return [*lines, line]


def _pieces(word: str, width: int) -> Iterator[tuple[str, bool]]:
    """A word in one piece; a run of wide characters that fits no line, in pieces that do."""
    if cell_len(word) <= width or cell_len(word) == len(word):
        yield word, False
        return
    for number, piece in enumerate(chop_cells(word, width)):
        yield piece, number > 0


def _excerpt(source: str, finding: Finding, width: int) -> Iterator[str]:
    """The line with a caret under the value; of a long line only the part around it."""
    margin = f"{finding.line:>5} | "
    room = width - len(margin) - 2
    at = min(finding.column - 1, len(source))
    before, value, after = (
        visible(part.replace("\t", " "))
        for part in (source[:at], source[at : at + finding.width], source[at + finding.width :])
    )
    lead = trail = ""
    if cell_len(before + value + after) > room:
        kept = _end(before, max(_LEAST, min(_BEFORE, room - cell_len(value)), room - cell_len(value + after)))
        lead, before = "…" if kept != before else "", kept
        shown = _start(value, room - cell_len(before))
        rest = _start(after, room - cell_len(before + shown)) if shown == value else ""
        trail = "…" if (shown, rest) != (value, after) else ""
        value, after = shown, rest
    yield f"{margin}{lead}{before}{value}{after}{trail}"
    marks = "^" * max(1, cell_len(value))
    yield " " * (len(margin) - 2) + "| " + " " * cell_len(lead + before) + marks


def _start(text: str, room: int) -> str:
    """As much of the start of a text as fits."""
    if room <= 0:
        return ""
    if cell_len(text) <= room:
        return text
    return chop_cells(text, room)[0]


def _end(text: str, room: int) -> str:
    """As much of the end of a text as fits."""
    if room <= 0:
        return ""
    at = len(text)
    while at and cell_len(text[at - 1 :]) <= room:
        at -= 1
    return text[at:]


def _summary(report: Report) -> str:
    files = f"{len(report.files)} file{'' if len(report.files) == 1 else 's'}"
    profiles = f"profile{'' if len(report.profiles) == 1 else 's'} {', '.join(report.profiles)}"
    return f"{files}, {profiles}: {report.verdict}"
