"""The report as a SHACL validation report in Turtle."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from commitgraph.disclosure.reading.statements import NODE
from commitgraph.disclosure.report import Finding, Report
from commitgraph.disclosure.shapes import Severity
from commitgraph.iris import NS, RDF_TYPE, RDFS, SH, XSD, cg

_SEVERITIES: dict[Severity, str] = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_SOURCE = ox.NamedNode("http://purl.org/dc/elements/1.1/source")
_COMMENT = ox.NamedNode(RDFS + "comment")
_TYPE = ox.NamedNode(RDF_TYPE)
_PREFIXES = {
    "sh": SH,
    "cg": NS,
    "rdfs": str(RDFS),
    "xsd": XSD,
    "dc": "http://purl.org/dc/elements/1.1/",
}


def render(report: Report) -> str:
    """One `sh:ValidationReport` on all files. As SHACL has it, `sh:conforms` is true only without any result.

    Findings made while reading have no shape and no constraint: their focus node is one without a name, and
    their code tells the check. `dc:source` says where each result stands: file with line and column, or
    with sheet and cell, and `rdfs:comment` why it makes no file fail, where it does not.
    """
    turtle = ox.RdfFormat.TURTLE
    content = (ox.serialize(_triples(report), format=turtle, prefixes=_PREFIXES) or b"").decode("utf-8")
    # The order of prefixes differs from run to run.
    lines = content.split("\n")
    head = len(_PREFIXES)
    return "\n".join((*sorted(lines[:head]), *lines[head:]))


def _triples(report: Report) -> Iterator[ox.Triple]:
    whole = ox.BlankNode("report")
    yield ox.Triple(whole, _TYPE, _sh("ValidationReport"))
    conforms = "false" if report.findings else "true"
    yield ox.Triple(whole, _sh("conforms"), ox.Literal(conforms, datatype=ox.NamedNode(XSD + "boolean")))
    number = 0
    for place, file in enumerate(report.files):
        for finding in file.findings:
            number += 1
            node = ox.BlankNode(f"result{number}")
            yield ox.Triple(whole, _sh("result"), node)
            for name, value in _properties(finding, f"file{place}"):
                yield ox.Triple(node, name, value)


def _properties(
    finding: Finding, file: str
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    yield _TYPE, _sh("ValidationResult")
    yield _sh("resultSeverity"), _sh(_SEVERITIES[finding.severity])
    yield _sh("resultMessage"), ox.Literal(finding.message, language="en")
    yield ox.NamedNode(cg("code")), ox.Literal(finding.code)
    yield ox.NamedNode(cg("hint")), ox.Literal(finding.hint, language="en")
    if finding.suppression:
        yield _COMMENT, ox.Literal(finding.suppression.words, language="en")
    yield _SOURCE, ox.Literal(f"{finding.file}:{finding.where}")
    yield _sh("focusNode"), _node(finding.focus, file) if finding.focus else ox.BlankNode(file)
    for name, address in (
        ("sourceShape", finding.shape),
        ("sourceConstraintComponent", finding.component),
        ("resultPath", finding.path),
    ):
        if address:
            yield _sh(name), ox.NamedNode(address)
    if isinstance(finding.term, ox.NamedNode):
        yield _sh("value"), _node(finding.term.value, file)
    elif finding.term:
        yield _sh("value"), finding.term


def _node(iri: str, file: str) -> ox.NamedNode | ox.BlankNode:
    """A node of the file; parts that have no address of their own get none here either."""
    if iri.startswith(NODE):
        return ox.BlankNode(f"{file}node{iri.removeprefix(NODE)}")
    return ox.NamedNode(iri)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{SH}{name}")
