"""The embedded engine: which graphs a query reads."""

from __future__ import annotations

import pytest

from commitgraph.engine import Embedded

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
