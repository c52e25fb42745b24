"""Query results in the formats of the W3C: rows and booleans as CSV, TSV, JSON, XML; graphs as RDF."""

from __future__ import annotations

import json

import pyoxigraph as ox

from commitgraph.engine import Result, Term
from commitgraph.iris import prefixes

#: Formats of SELECT and ASK, and formats of CONSTRUCT and DESCRIBE.
ROWS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}


class FormatError(Exception):
    """The format is none for this kind of result. The message says which ones are."""


def write(result: Result, form: str) -> bytes:
    """`result` in a format of :data:`ROWS` or :data:`GRAPHS`, the same bytes for the same result.

    Raises:
        FormatError: a graph was asked for as rows, or rows as a graph.
    """
    formats = GRAPHS if result.kind == "graph" else ROWS
    if form not in formats:
        what = "a CONSTRUCT or DESCRIBE query" if result.kind == "graph" else "a SELECT or ASK query"
        raise FormatError(f"expected a format of {', '.join(formats)} for {what}, got {form!r}")
    if result.kind == "graph":
        # Engines give triples in no order.
        triples = sorted(result.triples, key=str)
        text = " ".join(map(str, triples))
        used = {prefix: space for prefix, space in prefixes().items() if f"<{space}" in text}
        return ox.serialize(triples, format=GRAPHS[form], prefixes=used) or b""
    if form in ("csv", "tsv") and result.kind == "boolean":
        # The W3C leaves this open; a line is more use than an error.
        return b"true\n" if result.boolean else b"false\n"
    document = _json(result)
    if form == "json":
        return document
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    return parsed.serialize(format=ROWS[form]) or b""


def _json(result: Result) -> bytes:
    if result.kind == "boolean":
        data: dict[str, object] = {"head": {}, "boolean": result.boolean}
    else:
        data = {
            "head": {"vars": list(result.variables)},
            "results": {
                "bindings": [{name: _cell(term) for name, term in row.items()} for row in result.rows]
            },
        }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _cell(term: Term) -> dict[str, str]:
    cell = {"type": term.kind, "value": term.value}
    if term.language:
        cell["xml:lang"] = term.language
    elif term.datatype:
        cell["datatype"] = term.datatype
    return cell
