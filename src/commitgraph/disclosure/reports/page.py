"""The report as one page of HTML that needs nothing but itself."""

from __future__ import annotations

from collections import Counter
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from commitgraph.disclosure.report import FileReport, Finding, Report, visible
from commitgraph.disclosure.reports.elsewhere import on_help
from commitgraph.disclosure.shapes import SEVERITIES

#: Characters of a source line that are shown before and after the value.
_AROUND = 80


def render(report: Report) -> str:
    """A page without scripts and without addresses to fetch; all that comes from a file is escaped."""
    return _template().render(report=report, severities=SEVERITIES)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("commitgraph.disclosure.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["counted"] = _counted
    environment.filters["on_help"] = on_help
    environment.filters["parts"] = _parts
    environment.filters["visible"] = visible
    return environment.get_template("page.html.jinja")


def _counted(file: FileReport) -> Counter[str]:
    """How many findings of each severity count, and under "suppressed" how many do not."""
    return Counter("suppressed" if finding.suppression else finding.severity for finding in file.findings)


def _parts(finding: Finding, file: FileReport) -> tuple[str, str, str] | None:
    """The source line before, at and after the value; None where there is nothing to show."""
    source = file.lines.get(finding.line, "")
    if not source.strip():
        return None
    at = min(finding.column - 1, len(source))
    end = min(at + max(1, finding.width), at + 2 * _AROUND, len(source))
    before = ("…" if at > _AROUND else "") + source[max(0, at - _AROUND) : at]
    after = source[end : end + _AROUND] + ("…" if len(source) > end + _AROUND else "")
    return (visible(before.replace("\t", " ")), visible(source[at:end].replace("\t", " ")), visible(after))
