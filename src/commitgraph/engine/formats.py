"""The formats of query results: one table for the command, the service, the workers and the pages.

Rows and booleans (SELECT, ASK) are written in the result formats of SPARQL 1.1, graphs (CONSTRUCT,
DESCRIBE) in the syntaxes of RDF. A new format is one line here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import pyoxigraph as ox

from commitgraph.engine.result import Result, Term
from commitgraph.iris import prefixes

_Syntax = TypeVar("_Syntax", ox.QueryResultsFormat, ox.RdfFormat)


@dataclass(frozen=True)
class Format(Generic[_Syntax]):
    """A serialisation of a query result.

    Attributes:
        name: short name, also the value of `format=` and `--format`.
        label: its name for people.
        media_type: its registered media type.
        suffix: of files and addresses, without the dot.
        w3c: last part of its IRI among the W3C's file formats (http://www.w3.org/ns/formats/).
        syntax: the same format for pyoxigraph.
        aliases: further media types under which clients ask for it; they get what they asked for.
        nicknames: further values of `format=`.
        takes_prefixes: whether prefixes shorten it.
    """

    name: str
    label: str
    media_type: str
    suffix: str
    w3c: str
    syntax: _Syntax
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    takes_prefixes: bool = False


RowFormat = Format[ox.QueryResultsFormat]
GraphFormat = Format[ox.RdfFormat]

#: Formats of SELECT and ASK by name; the first is the service's default.
ROWS: Mapping[str, RowFormat] = {
    f.name: f
    for f in (
        Format(
            "json", "JSON", "application/sparql-results+json", "srj", "SPARQL_Results_JSON",
            ox.QueryResultsFormat.JSON, ("application/json",), ("srj",),
        ),
        Format(
            "xml", "XML", "application/sparql-results+xml", "srx", "SPARQL_Results_XML",
            ox.QueryResultsFormat.XML, ("application/xml", "text/xml"), ("srx",),
        ),
        Format("csv", "CSV", "text/csv", "csv", "SPARQL_Results_CSV", ox.QueryResultsFormat.CSV),
        Format(
            "tsv", "TSV", "text/tab-separated-values", "tsv", "SPARQL_Results_TSV", ox.QueryResultsFormat.TSV
        ),
    )
}  # fmt: skip
#: Formats of CONSTRUCT and DESCRIBE by name; the first is the service's default. All Turtle is N3, so
#: readers of N3 get Turtle.
GRAPHS: Mapping[str, GraphFormat] = {
    f.name: f
    for f in (
        Format(
            "turtle", "Turtle", "text/turtle", "ttl", "Turtle", ox.RdfFormat.TURTLE,
            ("application/x-turtle", "text/n3"), ("ttl", "n3"), takes_prefixes=True,
        ),
        Format(
            "ntriples", "N-Triples", "application/n-triples", "nt", "N-Triples", ox.RdfFormat.N_TRIPLES,
            (), ("nt", "n-triples"),
        ),
        Format(
            "jsonld", "JSON-LD", "application/ld+json", "jsonld", "JSON-LD", ox.RdfFormat.JSON_LD,
            ("application/json",), ("json-ld", "json"),
        ),
        Format(
            "rdfxml", "RDF/XML", "application/rdf+xml", "rdf", "RDF_XML", ox.RdfFormat.RDF_XML,
            ("application/xml", "text/xml"), ("rdf", "rdf+xml", "xml"), takes_prefixes=True,
        ),
        Format(
            "trig", "TriG", "application/trig", "trig", "TriG", ox.RdfFormat.TRIG, takes_prefixes=True
        ),
        Format(
            "nquads", "N-Quads", "application/n-quads", "nq", "N-Quads", ox.RdfFormat.N_QUADS,
            (), ("nq", "n-quads"),
        ),
    )
}  # fmt: skip
#: All of them, for lists of what there is.
EVERY: tuple[RowFormat | GraphFormat, ...] = (*ROWS.values(), *GRAPHS.values())


class FormatError(Exception):
    """The format is none for this kind of result. The message says which ones are."""


def write(result: Result, name: str) -> bytes:
    """`result` in the format called `name` (:data:`ROWS`, :data:`GRAPHS`): same bytes for the same result.

    Raises:
        FormatError: a graph was asked for as rows, or rows as a graph.
    """
    if result.kind == "graph":
        return _graph(result, _pick(GRAPHS, name, "a CONSTRUCT or DESCRIBE query"))
    form = _pick(ROWS, name, "a SELECT or ASK query")
    if form.name in ("csv", "tsv") and result.kind == "boolean":
        # The W3C leaves this open; a line is more use than an error.
        return b"true\n" if result.boolean else b"false\n"
    document = _json(result)
    if form.name == "json":
        return document
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    return parsed.serialize(format=form.syntax) or b""


def _pick(table: Mapping[str, Format[_Syntax]], name: str, what: str) -> Format[_Syntax]:
    if name not in table:
        raise FormatError(f"expected a format of {', '.join(table)} for {what}, got {name!r}")
    return table[name]


def _graph(result: Result, form: GraphFormat) -> bytes:
    # Engines give triples in no order.
    triples = sorted(result.triples, key=str)
    used = used_prefixes(triples) if form.takes_prefixes else None
    return ox.serialize(triples, format=form.syntax, prefixes=used) or b""


def used_prefixes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Those prefixes of the project that shorten something in `triples`."""
    spaces = {space: prefix for prefix, space in prefixes().items()}
    used: dict[str, str] = {}
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            named = term.datatype if isinstance(term, ox.Literal) else term
            if isinstance(named, ox.NamedNode):
                space = named.value[: max(named.value.rfind("#"), named.value.rfind("/")) + 1]
                if space in spaces:
                    used[spaces[space]] = space
    return used


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
