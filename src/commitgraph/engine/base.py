"""The face of a query engine: a text goes in, a result comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import pyoxigraph as ox

from commitgraph.errors import CommitgraphError
from commitgraph.iris import XSD

Kind = Literal["rows", "boolean", "graph"]


class QueryError(CommitgraphError):
    """A query could not be run.

    Attributes:
        line: line of the fault in the query, from 1, where the engine tells it.
        column: likewise the column.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Term:
    """One RDF term of a result row.

    Attributes:
        kind: `uri`, `literal` or `bnode`.
        value: IRI, lexical form or label.
        language: language tag of a literal, else empty.
        datatype: datatype IRI of a literal, empty for plain and language-tagged ones.
    """

    kind: Literal["uri", "literal", "bnode"]
    value: str
    language: str = ""
    datatype: str = ""

    def __str__(self) -> str:
        return self.value


Row = dict[str, Term]


@dataclass(frozen=True)
class Result:
    """The result of one query.

    Attributes:
        kind: `rows` (SELECT), `boolean` (ASK) or `graph` (CONSTRUCT, DESCRIBE).
        variables: names of the columns, in order.
        rows: one dict a row, variable to term; unbound variables are absent.
        boolean: the answer of an ASK.
        triples: the triples of a graph result.
    """

    kind: Kind
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool = False
    triples: tuple[ox.Triple, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        """The answer of an ASK; otherwise whether there is a row or a triple."""
        return self.boolean if self.kind == "boolean" else len(self) > 0

    def __len__(self) -> int:
        return len(self.triples) if self.kind == "graph" else len(self.rows)

    def values(self) -> list[dict[str, str]]:
        """The rows as plain text: every variable is there, empty where unbound."""
        return [
            {name: row[name].value if name in row else "" for name in self.variables} for row in self.rows
        ]

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame of text, one column a variable.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas  # noqa: PLC0415  (an extra: most users never need it)

        return pandas.DataFrame(self.values(), columns=list(self.variables))

    @classmethod
    def of_json(cls, document: bytes | str) -> Result:
        """Read SPARQL 1.1 Query Results JSON."""
        data = json.loads(document)
        if "boolean" in data:
            return cls("boolean", boolean=bool(data["boolean"]))
        rows = tuple(
            {name: _term(cell) for name, cell in binding.items()} for binding in data["results"]["bindings"]
        )
        return cls("rows", variables=tuple(data["head"].get("vars", ())), rows=rows)

    @classmethod
    def of_triples(cls, document: bytes) -> Result:
        """Read a graph in N-Triples.

        Raises:
            ValueError: the document is no N-Triples.
        """
        try:
            quads = ox.parse(input=document, format=ox.RdfFormat.N_TRIPLES)
            return cls("graph", triples=tuple(quad.triple for quad in quads))
        except SyntaxError as error:
            raise ValueError(f"expected N-Triples: {error}") from None


def _term(cell: dict[str, str]) -> Term:
    # "typed-literal" is the older spelling that some endpoints still send.
    kind: Literal["uri", "literal", "bnode"] = (
        "uri" if cell["type"] == "uri" else "bnode" if cell["type"] == "bnode" else "literal"
    )
    return Term(kind, cell["value"], cell.get("xml:lang", ""), cell.get("datatype", ""))


def term_of(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """The term that a node of the engine stands for, as it would stand in a row.

    >>> term_of(ox.Literal("Bund", language="de"))
    Term(kind='literal', value='Bund', language='de', datatype='')

    Raises:
        ValueError: it is a quoted triple, which RDF 1.1 has not.
    """
    if isinstance(node, ox.NamedNode):
        return Term("uri", node.value)
    if isinstance(node, ox.BlankNode):
        return Term("bnode", node.value)
    if isinstance(node, ox.Literal):
        if node.language:
            return Term("literal", node.value, node.language)
        plain = node.datatype.value == XSD + "string"
        return Term("literal", node.value, "", "" if plain else node.datatype.value)
    raise ValueError(f"expected an IRI, a blank node or a literal, got the quoted triple {node}")


class Engine(Protocol):
    """Something that answers SPARQL 1.1 queries over one data set."""

    @property
    def name(self) -> str:
        """Name and version, for people."""
        ...

    def query(self, text: str) -> Result:
        """Run one query; without FROM it reads the union of all graphs.

        Raises:
            QueryError: the text is no query, or the engine could not answer it.
        """
        ...
