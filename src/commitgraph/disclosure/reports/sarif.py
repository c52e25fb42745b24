"""The report as SARIF 2.1.0, the form in which code hosts take findings."""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from commitgraph.disclosure.catalogue import Check, checks
from commitgraph.disclosure.fingerprint import fingerprints
from commitgraph.disclosure.report import FileReport, Finding, Report
from commitgraph.disclosure.shapes import Severity
from commitgraph.iris import BASE

LEVELS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, *, version: str) -> str:
    """One run, with the rules that something was found by.

    Args:
        report: what was found.
        version: of commitgraph, as the tool.
    """
    found = {finding.code for finding in report.findings}
    rules = [check for check in checks() if check.code in found]
    index = {check.code: number for number, check in enumerate(rules)}
    results = [
        _result(finding, fingerprint, file, index)
        for file in report.files
        for finding, fingerprint in zip(file.findings, fingerprints(file.findings), strict=True)
    ]
    run = {
        "tool": {
            "driver": {
                "name": "commitgraph",
                "version": version,
                "semanticVersion": version,
                "informationUri": BASE,
                "rules": [_rule(check) for check in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"profiles": list(report.profiles), "verdict": report.verdict},
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def location(file: str) -> str:
    """The address of a file: relative to the current folder, or whole where the file lies outside it.

    >>> location("my reports/a#1.yaml")
    'my%20reports/a%231.yaml'
    """
    path = PurePath(file)
    if path.is_absolute():
        here = Path.cwd()
        if not path.is_relative_to(here):
            return path.as_uri()
        path = path.relative_to(here)
    return quote(path.as_posix())


def _rule(check: Check) -> dict[str, Any]:
    told = [check.summary, f"What to do: {check.hint}.", *check.known_limits]
    return {
        "id": check.code,
        "name": "".join(word.capitalize() for word in check.name.split("-")),
        "shortDescription": {"text": check.name.replace("-", " ").capitalize()},
        "fullDescription": {"text": check.summary},
        "help": {
            "text": "\n\n".join(told),
            "markdown": "\n\n".join([*told, f"More: `commitgraph explain {check.code}`"]),
        },
        "defaultConfiguration": {"level": LEVELS[check.severity]},
        "properties": {"tags": ["disclosure", *check.profiles]},
    }


def _result(finding: Finding, fingerprint: str, file: FileReport, index: dict[str, int]) -> dict[str, Any]:
    on = f" ({finding.about})" if finding.about else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": _linkless(f"{finding.message}{on} What to do: {finding.hint}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": location(finding.file)},
                    "region": _region(finding, file),
                }
            }
        ],
        "partialFingerprints": {"commitgraph/v1": fingerprint},
    }
    if finding.suppression:
        result["suppressions"] = [
            {
                "kind": "inSource" if finding.suppression.by == "comment" else "external",
                "status": "accepted",
                "justification": finding.suppression.words,
            }
        ]
    if finding.cell:
        # A region is of lines; which cell it is can be told as a logical location only.
        result["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": finding.where}]
    return result


def _linkless(text: str) -> str:
    """`text` in which nothing from a file reads as a link: SARIF makes one of `[words](address)`."""
    return text.replace("](", "\\](")


def _region(finding: Finding, file: FileReport) -> dict[str, int]:
    """The value's place. Its end lies within the line, wherever the line is known."""
    end = finding.column + max(1, finding.width)
    source = file.lines.get(finding.line)
    if source is not None:
        end = max(finding.column + 1, min(end, len(source) + 1))
    return {"startLine": finding.line, "startColumn": finding.column, "endColumn": end}
