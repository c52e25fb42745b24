"""The forms in which a report is given: one module a form, each a function from a report to a text.

Here lives how findings are shown. What they say, whether a file fails and what the verdict is, the report
itself tells. No form leaves a finding out without saying how many it leaves out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module

from commitgraph.disclosure.report import Report

#: The forms by name.
FORMATS = ("text", "json", "sarif", "junit", "markdown", "html", "shacl")
_MODULES = {"html": "page", "shacl": "results"}


def render(report: Report, form: str, *, version: str, width: int = 80, everything: bool = False) -> str:
    """The report in one of the forms, with a line end at its end; for the arguments see :func:`rendered`."""
    return "".join(rendered(report, form, version=version, width=width, everything=everything))


def rendered(
    report: Report, form: str, *, version: str, width: int = 80, everything: bool = False
) -> Iterator[str]:
    """The report in one of the forms, piece by piece: of `text` and `json`, no more than a file at a time.

    Args:
        report: what was found.
        form: one of :data:`FORMATS`.
        version: of commitgraph, for forms that name the tool.
        width: columns that a line of the form `text` may take.
        everything: whether the form `text` shows findings of one code without limit.
    """
    if form == "json":
        yield from _json(report)
        return
    # A form is loaded when it is asked for: HTML needs a template engine that nothing else here does.
    module = import_module(f"{__name__}.{_MODULES.get(form, form)}")
    if form == "text":
        yield from module.pieces(report, width=width, everything=everything)
    elif form == "sarif":
        yield module.render(report, version=version)
    else:
        yield module.render(report)


def _json(report: Report) -> Iterator[str]:
    """The JSON report as `json.dumps` would write it."""
    whole = report.to_dict(files=False)
    head, tail = json.dumps(whole, ensure_ascii=False, indent=2).split('"files": []')
    yield head + '"files": ['
    between = "\n"
    for file in report.files:
        written = json.dumps(file.to_dict(report.fail_on), ensure_ascii=False, indent=2)
        yield between + "    " + written.replace("\n", "\n    ")
        between = ",\n"
    yield ("" if between == "\n" else "\n  ") + "]" + tail + "\n"
