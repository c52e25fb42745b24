"""The report as Markdown: a summary for a pull request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from commitgraph.disclosure.report import FileReport, Finding, Report, visible
from commitgraph.disclosure.reports.elsewhere import on_help
from commitgraph.disclosure.shapes import SEVERITIES

#: A file with more findings than this has them folded away.
OPEN = 20
#: Signs that mean something inside a line; `:` and `www.` would make links of addresses.
_MARKS = re.compile(r"[\\`*_\[\]<>&|~:$]|(?<=www)\.", re.IGNORECASE)
_CALLS = re.compile(r"[@#](?=\w)")


def render(report: Report) -> str:
    """Verdict, counts, findings by file; nothing from a file becomes markup, a link or a mention."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "## Disclosures"
    yield ""
    outcome = "Passed" if report.conforms else "Failed"
    yield f"{outcome} with `--fail-on {report.fail_on}`: {plain(report.verdict)}"
    if report.suppressed:
        yield ""
        yield report.suppressed
    yield ""
    yield "| file | " + " | ".join(SEVERITIES) + " | allowed or known |"
    yield "|---|" + "--:|" * (len(SEVERITIES) + 1)
    for file in report.files:
        counted = Counter("" if f.suppression else f.severity for f in file.findings)
        cells = [plain(file.file), *(f"{counted[s]:,}" for s in (*SEVERITIES, ""))]
        yield f"| {' | '.join(cells)} |"
    for file in report.files:
        if file.findings:
            yield ""
            yield from _file(file)


def _file(file: FileReport) -> Iterator[str]:
    yield f"### {plain(file.file)}"
    yield ""
    if file.account and file.account.heading:
        yield plain(file.account.heading)
        yield ""
    folded = len(file.findings) > OPEN
    if folded:
        yield f"<details><summary>{len(file.findings):,} findings</summary>"
        yield ""
    for finding in file.findings:
        yield from _finding(finding)
    if hint := on_help(file.file, (finding.hint for finding in file.findings)):
        yield ""
        yield plain(hint)
    if folded:
        yield ""
        yield "</details>"


def _finding(finding: Finding) -> Iterator[str]:
    code = f"`{finding.code}` {plain(finding.name)}"
    yield f"- **{finding.severity}** {plain(finding.where)} {code}: {plain(finding.message)}  "
    if finding.about:
        yield f"  {finding.stands.capitalize()}: {plain(finding.about)}  "
    yield f"  What to do: {plain(finding.hint)}"
    if finding.suppression:
        yield f"  \n  Note: {plain(finding.suppression.words)}"


def plain(text: str) -> str:
    """`text` as words that Markdown shows as they are.

    A backslash takes the meaning from a mark. A code host also looks for `@name` and `#1` in what is shown;
    those signs are set apart, so that a file can call nobody.

    >>> plain("*a* <b>")
    '\\\\*a\\\\* \\\\<b\\\\>'
    """
    shown = visible(" ".join(text.split()))
    out, at = [], 0
    for call in _CALLS.finditer(shown):
        out += [_MARKS.sub(r"\\\g<0>", shown[at : call.start()]), f"<code>{call[0]}</code>"]
        at = call.end()
    return "".join((*out, _MARKS.sub(r"\\\g<0>", shown[at:])))
