"""The result of a query: rows, a yes or no, or a graph; as Python, pandas, polars and rdflib want it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

from commitgraph.iris import XSD

if TYPE_CHECKING:
    import rdflib

Kind = Literal["rows", "boolean", "graph"]


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
#: What a column of a table can hold: a value of one of these types, or None where nothing is bound.
Value = str | int | float | bool | Decimal | date
_SPO = ("subject", "predicate", "object")


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

    def as_rows(self) -> Result:
        """A graph as rows of subject, predicate and object, in the order of their text; rows as they are.

        Raises:
            TypeError: it is the yes or no of an ASK, which is no table.
        """
        if self.kind == "boolean":
            raise TypeError(
                "expected the rows of a SELECT or the triples of a CONSTRUCT or DESCRIBE, got the yes or no "
                "of an ASK: use bool(result)"
            )
        if self.kind == "rows":
            return self
        terms = ({n: term_of(getattr(t, n)) for n in _SPO} for t in sorted(self.triples, key=str))
        return Result("rows", _SPO, tuple(terms))

    def columns(self) -> dict[str, list[Value | None]]:
        """The table by column, with values of Python.

        A column of integers holds `int`, of decimals `Decimal`, of floats and doubles `float`, of booleans
        `bool`, of full days (xsd:date without a time zone) `date`. Everything else is text: IRIs, partial
        dates such as xsd:gYear, moments, and each column that mixes types. Unbound is None. A graph has
        the columns subject, predicate and object.

        Raises:
            TypeError: it is the yes or no of an ASK.
        """
        table = self.as_rows()
        return {name: _column([row.get(name) for row in table.rows]) for name in table.variables}

    # The libraries below are extras, imported where they are used; neither has types of its own that this
    # package could name without needing them, hence Any.

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`, one column a variable; a graph has subject, predicate and object.

        Integers are `Int64`, floats and decimals `Float64`, booleans `boolean`, days `datetime64`, the rest
        `string`; what is unbound is missing. See :meth:`columns` for what counts as which. Decimals lose
        what a double cannot hold: take :meth:`columns` where that matters.

        Raises:
            ImportError: pandas is not installed.
            TypeError: it is the yes or no of an ASK.
        """
        columns = self.columns()
        try:
            import pandas  # noqa: PLC0415  (an extra: most users never need it)
        except ImportError:
            raise ImportError(
                "to_pandas() needs pandas: install it with pip install 'commitgraph[pandas]'"
            ) from None
        return pandas.DataFrame({name: _series(pandas, column) for name, column in columns.items()})

    def to_polars(self) -> Any:
        """A `polars.DataFrame`, one column a variable; a graph has subject, predicate and object.

        Integers are `Int64`, floats and decimals `Float64`, booleans `Boolean`, days `Date`, the rest
        `String`; what is unbound is null. See :meth:`columns`, also for decimals in full.

        Raises:
            ImportError: polars is not installed.
            TypeError: it is the yes or no of an ASK.
        """
        columns = self.columns()
        try:
            import polars  # noqa: PLC0415  (an extra: most users never need it)
        except ImportError:
            raise ImportError(
                "to_polars() needs polars: install it with pip install 'commitgraph[polars]'"
            ) from None
        types = {int: polars.Int64, float: polars.Float64, bool: polars.Boolean, date: polars.Date}
        return polars.DataFrame(
            [
                polars.Series(name, _fitting(column), dtype=types.get(_type(_fitting(column)), polars.String))
                for name, column in columns.items()
            ]
        )

    def to_rdflib(self) -> rdflib.Graph:
        """The graph of a CONSTRUCT or DESCRIBE as a `rdflib.Graph`.

        Raises:
            ValueError: the result is no graph.
        """
        if self.kind != "graph":
            got = "the rows of a SELECT" if self.kind == "rows" else "the yes or no of an ASK"
            raise ValueError(f"expected the graph of a CONSTRUCT or DESCRIBE query, got {got}")
        from commitgraph.engine.bridge import rdflib_graph  # noqa: PLC0415  (rdflib is slow to load)

        return rdflib_graph(self.triples)

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


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _day(text: str) -> date:
    # Python also reads 20240601 and 2024-W22-3, which are no dates in RDF.
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


_INTEGERS = (
    "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_READERS: dict[str, Callable[[str], Value]] = {
    **{XSD + name: int for name in _INTEGERS},
    XSD + "boolean": _boolean,
    XSD + "date": _day,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
}


def _column(terms: list[Term | None]) -> list[Value | None]:
    """The terms as values, if one reader reads them all; else as text."""
    text: list[Value | None] = [None if term is None else term.value for term in terms]
    readers = {_READERS.get(term.datatype) for term in terms if term is not None}
    if len(readers) != 1 or (read := readers.pop()) is None:
        return text
    try:
        return [None if term is None else read(term.value) for term in terms]
    except (ValueError, KeyError, InvalidOperation):
        # An ill-typed literal, or one that Python cannot hold, such as a day with a time zone.
        return text


def _type(column: list[Any]) -> type:
    return next((type(value) for value in column if value is not None), str)


def _fitting(column: list[Any]) -> list[Any]:
    """The column as the tables of libraries hold it: decimals as floats, integers beyond 64 bits as text."""
    kind = _type(column)
    if kind is Decimal:
        return [None if value is None else float(value) for value in column]
    if kind is int and any(value is not None and abs(value) >= 1 << 63 for value in column):
        return [None if value is None else str(value) for value in column]
    return column


def _series(pandas: Any, column: list[Value | None]) -> Any:
    fitting = _fitting(column)
    types = {int: "Int64", float: "Float64", bool: "boolean", date: "datetime64[s]"}
    return pandas.Series(fitting, dtype=types.get(_type(fitting), "string"))
