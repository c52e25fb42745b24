"""The embedded engine: pyoxigraph over the data set in memory."""

from __future__ import annotations

from importlib.metadata import version

import pyoxigraph as ox

from commitgraph.engine import guard
from commitgraph.engine.base import QueryError
from commitgraph.engine.faults import fault
from commitgraph.engine.result import Result
from commitgraph.iris import BASE


class Embedded:
    """Answers queries from a pyoxigraph store whose default graph is the merge of its named graphs.

    It opens no connection: SERVICE is refused. It limits neither time nor memory: queries of strangers
    run behind :mod:`commitgraph.sandbox.pool` instead.
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    @property
    def name(self) -> str:
        return f"pyoxigraph {version('pyoxigraph')}"

    def query(self, text: str) -> Result:
        guard.check(text)
        try:
            answer = self.store.query(text, base_iri=BASE)
            if isinstance(answer, ox.QueryTriples):
                return Result("graph", triples=tuple(answer))
            document = answer.serialize(format=ox.QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise fault(text, str(error)).error() from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the engine could not run the query: {error}.") from None
        return Result.of_json(document or b"")
