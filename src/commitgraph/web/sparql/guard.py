"""The guard of the engine, with problem documents for what it refuses."""

from __future__ import annotations

from commitgraph.engine import guard
from commitgraph.web.sparql.syntax import problem_of

_PROBLEMS = {
    "service": (403, "service-refused", "SERVICE is not available here"),
    "update": (400, "read-only", "This endpoint answers queries only"),
    "depth": (400, "too-deep", "The query nests too deeply"),
}


def check(query: str) -> None:
    """Look through a query.

    Raises:
        Problem: 403 for SERVICE, 400 for an update and for brackets nested too deeply.
    """
    try:
        guard.check(query)
    except guard.Refused as error:
        raise problem_of(error, *_PROBLEMS[error.why]) from None
