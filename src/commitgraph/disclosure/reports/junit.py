"""The report as JUnit XML, the form in which build servers take the outcome of tests.

Findings hold printable characters only, and all of those are allowed in XML.
"""

from __future__ import annotations

from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from commitgraph.disclosure.report import FileReport, Finding, Report
from commitgraph.disclosure.shapes import Severity, is_at_least


def render(report: Report) -> str:
    """A suite for each file, a case for each code that something was found by.

    A case fails where a finding is as grave as the report's threshold. Suppressed findings make a skipped
    case, lesser ones are told in the case's output, and a file that could not be judged is an error.
    """
    root = Element("testsuites", name="commitgraph validate")
    for file in report.files:
        root.append(_suite(file, report.fail_on))
    for counted in ("tests", "failures", "errors", "skipped"):
        root.set(counted, str(sum(int(suite.get(counted, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(file: FileReport, fail_on: Severity) -> Element:
    suite = Element("testsuite", name=file.file)
    ordered = sorted(file.findings, key=lambda finding: finding.code)  # stable: places keep their order
    for code, group in groupby(ordered, key=lambda finding: finding.code):
        findings = list(group)
        case = SubElement(suite, "testcase", classname=file.file, name=f"{code} {findings[0].name}")
        _fill(case, findings, fail_on, unreadable=file.unreadable)
    if not file.findings:
        SubElement(suite, "testcase", classname=file.file, name="nothing found")
    suite.set("tests", str(len(suite)))
    for counted, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(counted, str(sum(case.find(tag) is not None for case in suite)))
    return suite


def _fill(case: Element, findings: list[Finding], fail_on: Severity, *, unreadable: bool) -> None:
    grave: list[Finding] = []
    rest: list[Finding] = []
    for finding in findings:
        fails = is_at_least(finding.severity, fail_on) and not finding.suppression
        (grave if fails else rest).append(finding)
    suppressed = [finding.suppression.words for finding in rest if finding.suppression]
    if grave:
        count = len(grave)
        message = grave[0].message if count == 1 else f"{grave[0].message} ({count:,} findings)"
        tag = "error" if unreadable else "failure"
        SubElement(case, tag, type=grave[0].severity, message=message).text = _told(grave)
    elif len(suppressed) == len(findings):
        SubElement(case, "skipped", message=suppressed[0])
    if rest:
        SubElement(case, "system-out").text = _told(rest)


def _told(findings: list[Finding]) -> str:
    lines = []
    for f in findings:
        lines.append(f"{f.file}:{f.where}: {f.severity} {f.code} {f.name}: {f.message}")
        lines += [f"  {f.stands}: {f.about}"] if f.about else []
        lines.append(f"  help: {f.hint}")
        lines += [f"  note: {f.suppression.words}"] if f.suppression else []
    return "\n".join(lines)
