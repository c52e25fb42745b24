"""Counting rows in what the engine writes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.web.sparql.rows import counter

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
# Values that look like the marks between rows.
_SIGNS = [*'{}[],:"\\\n\r\t<>/&é', "</result>", '"},{"', "},{"]
NASTY = st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join)


@pytest.mark.parametrize("name", FORMATS)
@given(
    values=st.lists(st.tuples(NASTY | st.none(), NASTY | st.none()), max_size=8),
    sizes=st.lists(st.integers(1, 40), min_size=1),
)
def test_rows_are_counted_whatever_they_hold_and_however_they_are_cut(
    name: str, values: list[tuple[str | None, str | None]], sizes: list[int]
) -> None:
    store = ox.Store()
    rows = " ".join(f"({written(first)} {written(second)})" for first, second in values)
    result = store.query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {rows} }} }}")
    assert isinstance(result, ox.QuerySolutions)
    document = result.serialize(format=FORMATS[name]) or b""
    rows_of = counter(name)
    counted, place, turn = 0, 0, 0
    while place < len(document):
        size = sizes[turn % len(sizes)]
        counted = rows_of.add(document[place : place + size])
        place, turn = place + size, turn + 1
    assert counted == len(values)


def written(value: str | None) -> str:
    return "UNDEF" if value is None else str(ox.Literal(value))


@pytest.mark.parametrize("name", FORMATS)
def test_rows_without_values_and_triple_terms_count(name: str) -> None:
    for query, rows in (
        ("SELECT * {}", 1),
        ("SELECT * { FILTER(1 = 2) }", 0),
        ("SELECT ?x { VALUES ?y { 1 2 3 } }", 3),
        ("SELECT (<<( <urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> )>> AS ?x) { VALUES ?y { 1 2 } }", 2),
    ):
        result = ox.Store().query(query)
        assert isinstance(result, ox.QuerySolutions)
        assert counter(name).add(result.serialize(format=FORMATS[name]) or b"") == rows
