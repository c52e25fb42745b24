"""The forms in which a report is given: one module a form, each a function from a report to a text.

Here lives how findings are shown. What they say, whether a file fails and what the verdict is, the report
itself tells. No form leaves a finding out without saying how many it leaves out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from importlib import import_module

from commitgraph.disclosure.report import Report

#: The forms by name.
FORMATS = ("text", "json", "sarif", "junit", "markdown", "html", "shacl")
_MODULES = {"html": "page", "shacl": "results"}


def render(report: Report, form: str, *, version: str, width: int = 80, everything: bool = False) -> str:
    """The report in one of the forms, with a line end at its end.

    Args:
        report: what was found.
        form: one of :data:`FORMATS`.
        version: of commitgraph, for forms that name the tool.
        width: columns that a line of the form `text` may take.
        everything: whether the form `text` shows findings of one code without limit.
    """
    if form == "json":
        return json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"
    # A form is loaded when it is asked for: HTML needs a template engine that nothing else here does.
    module = import_module(f"{__name__}.{_MODULES.get(form, form)}")
    make: Callable[[Report], str] = module.render
    if form == "text":
        make = partial(module.render, width=width, everything=everything)
    elif form == "sarif":
        make = partial(module.render, version=version)
    return make(report)
