"""What the author of a broken query is told."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from commitgraph.engine import Embedded, QueryError
from commitgraph.web.problems import Problem
from commitgraph.web.sparql import guard
from commitgraph.web.sparql.syntax import syntax_problem


def told(query: str) -> Problem:
    with pytest.raises(SyntaxError) as refused:
        ox.Store().query(query)
    return syntax_problem(query, str(refused.value))


@pytest.mark.parametrize(
    ("query", "line", "column", "near", "suggestion"),
    [
        ("SELEC * {}", 1, 1, "SELEC", "SELECT"),
        ("SELECT * WHRE {?s ?p ?o}", 1, 10, "WHRE", "WHERE"),
        ("SELECT * {\n ?s <p> ?o .\n FILER(?x) }", 3, 2, "FILER", "FILTER"),
        ("SELECT * { ?s cg:p ?o }", 1, 15, "cg:p", "PREFIX cg: <https://w3id.org/commitgraph/ns#>"),
        ("SELECT * { ?s ?p 'é'@en . ?s é:x ?o}", 1, 30, "é:x", "PREFIX é:"),
        ("PREFIX people: <urn:p:> ASK { peple:a ?p ?o }", 1, 31, "peple:a", "people:"),
        ("SELECT * { ?s :p ?o }", 1, 15, ":p", "PREFIX :"),
        ("SELECT * { ?s ?p ?o", 1, 10, "{", "}"),
        ("SELECT * { ?s ?p 'abc }", 1, 18, "'abc", "three"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "", "GROUP BY"),
    ],
)
def test_usual_faults(query: str, line: int, column: int, near: str, suggestion: str) -> None:
    more = told(query).more
    assert (more["line"], more["column"]) == (line, column)
    assert more["near"].startswith(near)
    assert suggestion in more["suggestion"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * {?s ?p ?o}}", "nothing is open"),
        ("SELECT * { ?s ?p (1 2} }", "expected “)”"),
        ("SELECT * { ?s <a b> ?o }", "the IRI that starts here"),
        ("SELECT * { BIND(foo(1) AS ?x) }", "“foo” is no keyword"),
        ("SELECT ?s WHERE ?s ?p ?o", 'expected "{"'),
        ("SELECT * {} LIMIT 99999999999999999999999", "limit should be"),
    ],
)
def test_faults_are_named(query: str, words: str) -> None:
    assert words in told(query).detail


@pytest.mark.parametrize(
    ("query", "near", "suggestion"),
    [
        ("SELECT COUNT(?s) { ?s ?p ?o }", "COUNT", "(COUNT(…) AS ?name)"),
        ("SELECT ?s { ?s ?p ?o FILTER ?o = 1 }", "?o = 1", "FILTER(…)"),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", "?s", "ORDER BY"),
        ("SELECT ?s { ?s ?p ?o } LIMIT", "", "LIMIT 10"),
        ("SELECT ?s { ?s ?p ?o BIND(1 AS ?o) }", "?o) }", "another name after AS"),
        ("SELECT (YEAR(?o) AS ?y) { ?s ?p ?o } GROUP BY (YEAR(?o))", "", "GROUP BY (… AS ?name)"),
        ("\ufeffASK {}", "\ufeff", "without one"),
    ],
)
def test_usual_slips_in_a_clause_are_named_where_they_are(query: str, near: str, suggestion: str) -> None:
    more = told(query).more
    assert query[more["column"] - 1 :].startswith(near)
    assert suggestion in more["suggestion"]


def test_a_prefix_that_is_called_like_a_keyword_is_no_slip() -> None:
    query = "PREFIX limit: <urn:x> PREFIX order: <urn:y> SELECT * { ?s limit:a order:b ?x ?y ?z }"
    assert told(query).detail.endswith("the query cannot be read from here on.")


@pytest.mark.parametrize(
    "query",
    [
        "SELEC * {}",
        "SELECT * {\n ?s cg:p ?o }",
        "ASK { SERVICE <urn:x> {} }",
        "INSERT DATA { <urn:a> <urn:b> 1 }",
    ],
)
def test_python_and_the_service_say_the_same_words(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        Embedded(ox.Store()).query(query)
    try:
        guard.check(query)
        problem = told(query)
    except Problem as refused:
        problem = refused
    assert str(caught.value) == f"{problem.detail} {problem.more.get('suggestion', '')}".rstrip()
    assert (caught.value.line, caught.value.column) == (problem.more["line"], problem.more["column"])


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p }", "SELECT COUNT(?s) { ?s ?p ?o }", "#", "ASK", "\n\n?"]
)
def test_other_faults_have_a_place_inside_the_query(query: str) -> None:
    problem = told(query)
    lines = query.split("\n")
    assert 1 <= problem.more["line"] <= len(lines)
    assert 1 <= problem.more["column"] <= len(lines[problem.more["line"] - 1]) + 1
    assert problem.status == 400
