"""Results for Python: values by type, and a clear word where a result is no table or no graph."""

from __future__ import annotations

import builtins
from datetime import date
from decimal import Decimal
from typing import Any

import pandas
import polars
import pyoxigraph as ox
import pytest
import rdflib

from commitgraph.engine import Embedded, Result

XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
TYPED = (
    XSD
    + """SELECT * WHERE { VALUES (?n ?whole ?part ?real ?yes ?day ?month ?mixed ?iri ?huge ?offset) {
  (1 7 1.50 1e3 true "2024-06-01"^^xsd:date "2024-06"^^xsd:gYearMonth 1 <urn:a> 123456789012345678 UNDEF)
  (2 UNDEF UNDEF UNDEF UNDEF UNDEF "2024"^^xsd:gYear "one" UNDEF UNDEF "2024-06-01Z"^^xsd:date)
} } ORDER BY ?n"""
)
GRAPH = 'CONSTRUCT { <urn:b> <urn:p> "x" . <urn:a> <urn:p> <urn:b> } WHERE {}'


@pytest.fixture(scope="module")
def typed() -> Result:
    return empty().query(TYPED)


def empty() -> Embedded:
    return Embedded(ox.Store())


def test_columns_hold_values_of_python(typed: Result) -> None:
    columns = typed.columns()
    assert columns["whole"] == [7, None]
    assert columns["part"] == [Decimal("1.5"), None]
    assert columns["real"] == [1000.0, None]
    assert columns["yes"] == [True, None]
    assert columns["day"] == [date(2024, 6, 1), None]
    assert columns["month"] == ["2024-06", "2024"]
    assert columns["mixed"] == ["1", "one"]
    assert columns["iri"] == ["urn:a", None]
    assert columns["offset"] == [None, "2024-06-01Z"]


def test_pandas_gets_numbers_days_and_booleans(typed: Result) -> None:
    frame = typed.to_pandas()
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert types == {
        "n": "Int64", "whole": "Int64", "part": "Float64", "real": "Float64", "yes": "boolean",
        "day": "datetime64[s]", "month": "string", "mixed": "string", "iri": "string", "huge": "Int64",
        "offset": "string",
    }  # fmt: skip
    assert frame["whole"].sum() == 7
    assert frame["huge"][0] == 123456789012345678
    assert frame["day"][0] == pandas.Timestamp(2024, 6, 1)
    assert frame.isna().loc[1, ["whole", "real", "yes", "day", "iri"]].all()


def test_polars_gets_numbers_days_and_booleans(typed: Result) -> None:
    frame = typed.to_polars()
    assert frame.schema["whole"] == polars.Int64
    assert frame.schema["part"] == polars.Float64
    assert frame.schema["yes"] == polars.Boolean
    assert frame.schema["day"] == polars.Date
    assert frame.schema["month"] == polars.String
    assert frame["day"].to_list() == [date(2024, 6, 1), None]


def test_a_table_without_rows_keeps_its_columns() -> None:
    found = empty().query("SELECT ?a ?b { ?a <urn:p> ?b }")
    assert list(found.to_pandas().columns) == ["a", "b"]
    assert found.to_polars().columns == ["a", "b"]


def test_an_integer_beyond_64_bits_and_an_ill_typed_literal_make_the_column_text() -> None:
    document = (
        '{"head":{"vars":["n","d"]},"results":{"bindings":[{"n":{"type":"literal","value":"9223372036854775808",'
        '"datatype":"http://www.w3.org/2001/XMLSchema#integer"},"d":{"type":"literal","value":"20240601",'
        '"datatype":"http://www.w3.org/2001/XMLSchema#date"}}]}}'
    )
    found = Result.of_json(document)
    assert found.columns() == {"n": [9223372036854775808], "d": ["20240601"]}
    assert found.to_pandas()["n"].tolist() == ["9223372036854775808"]
    assert found.to_polars()["n"].to_list() == ["9223372036854775808"]


def test_a_graph_is_a_table_of_triples_in_order_and_a_graph_of_rdflib() -> None:
    graph = empty().query(GRAPH)
    frame = graph.to_pandas()
    assert frame.to_dict("list") == {
        "subject": ["urn:a", "urn:b"],
        "predicate": ["urn:p", "urn:p"],
        "object": ["urn:b", "x"],
    }
    assert (rdflib.URIRef("urn:b"), rdflib.URIRef("urn:p"), rdflib.Literal("x")) in graph.to_rdflib()


def test_a_yes_or_no_is_no_table_and_rows_are_no_graph(typed: Result) -> None:
    answer = empty().query("ASK {}")
    for method in (answer.to_pandas, answer.to_polars, answer.columns):
        with pytest.raises(TypeError, match=r"use bool\(result\)"):
            method()
    with pytest.raises(ValueError, match="got the yes or no of an ASK"):
        answer.to_rdflib()
    with pytest.raises(ValueError, match="got the rows of a SELECT"):
        typed.to_rdflib()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named_with_the_extra(
    typed: Result, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == library:
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError) as caught:
        getattr(typed, f"to_{library}")()
    assert f"pip install 'commitgraph[{library}]'" in str(caught.value)
