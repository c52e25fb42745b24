"""The embedded engine: which graphs a query reads."""

from __future__ import annotations

import pytest

from commitgraph.engine import Embedded, QueryError

COUNT = "PREFIX cg: <https://w3id.org/commitgraph/ns#> SELECT ?from {clause} WHERE {{ ?from a cg:Company }}"
GRAPH = "https://w3id.org/commitgraph/graph/data/parties/companies"


@pytest.mark.parametrize("extra", ["", "# FROM here on\n", "# 'FROM <x>'\n"])
def test_without_a_from_clause_all_graphs_are_read_whatever_variables_are_called(
    engine: Embedded, extra: str
) -> None:
    assert len(engine.query(extra + COUNT.format(clause=""))) > 40


def test_a_concept_called_from_memory_is_no_clause(engine: Embedded) -> None:
    query = (
        "PREFIX cg: <https://w3id.org/commitgraph/ns#>\n"
        "PREFIX confidence: <https://w3id.org/commitgraph/scheme/confidence/>\n"
        "ASK { ?x cg:confidence confidence:from-memory }"
    )
    assert engine.query(query).boolean


@pytest.mark.parametrize("clause", [f"FROM <{GRAPH}>", f"from<{GRAPH}>", f"\nFrom\n<{GRAPH}>"])
def test_a_from_clause_decides_the_data_set(engine: Embedded, clause: str) -> None:
    assert len(engine.query(COUNT.format(clause=clause))) > 40
    assert len(engine.query(COUNT.format(clause=clause.replace("companies", "states")))) == 0


@pytest.mark.parametrize(
    "call", ["SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }", "SerVice<http://127.0.0.1:9/>{}"]
)
def test_no_query_opens_a_connection(engine: Embedded, call: str) -> None:
    with pytest.raises(QueryError, match="Line 1, column 7: no query opens a connection") as caught:
        engine.query(f"ASK {{ {call} }}")
    assert (caught.value.line, caught.value.column) == (1, 7)


def test_brackets_that_would_overflow_the_stack_of_the_engine_are_refused(engine: Embedded) -> None:
    with pytest.raises(QueryError, match="at most 1000 brackets"):
        engine.query("SELECT (" + "(" * 200_000 + "1" + ")" * 200_000 + " AS ?x) {}")
