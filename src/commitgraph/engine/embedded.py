"""The embedded engine: pyoxigraph over the data set in memory."""

from __future__ import annotations

import re
from importlib.metadata import version

import pyoxigraph as ox

from commitgraph.engine.base import QueryError, Result
from commitgraph.iris import BASE

_PLACE = re.compile(r"error at (\d+):(\d+)(?:-\d+:\d+)?:? *")


class Embedded:
    """Answers queries from a pyoxigraph store whose default graph is the merge of its named graphs.

    It neither limits time nor memory: queries of strangers run behind
    :mod:`commitgraph.sandbox.pool` instead.
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    @property
    def name(self) -> str:
        return f"pyoxigraph {version('pyoxigraph')}"

    def query(self, text: str) -> Result:
        try:
            answer = self.store.query(text, base_iri=BASE)
            if isinstance(answer, ox.QueryTriples):
                return Result("graph", triples=tuple(answer))
            document = answer.serialize(format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise syntax_error(str(error)) from None
        return Result.of_json(document or b"")


def syntax_error(message: str) -> QueryError:
    """Turn the engine's message into an error with line and column where it has them."""
    place = _PLACE.search(message)
    if not place:
        return QueryError(message)
    return QueryError(message[place.end() :] or message, int(place[1]), int(place[2]))
