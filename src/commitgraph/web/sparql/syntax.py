"""A query that does not parse, as a problem document."""

from __future__ import annotations

from commitgraph.engine import QueryError
from commitgraph.engine.faults import fault
from commitgraph.web.problems import Problem


def syntax_problem(query: str, message: str) -> Problem:
    """The problem document for a query that does not parse.

    Args:
        query: the text as the client sent it.
        message: the words of the engine that refused it.
    """
    return problem_of(fault(query, message).error(), 400, "syntax-error", "The query is not valid SPARQL")


def problem_of(error: QueryError, status: int, name: str, title: str) -> Problem:
    """The problem document that says the same as an error of an engine."""
    place = f"Line {error.line}, column {error.column}: " if error.line else ""
    return Problem(
        status,
        name,
        title,
        place + error.detail,
        line=error.line,
        column=error.column,
        near=error.near or None,
        suggestion=error.suggestion or None,
    )
