"""What engines have in common: a text goes in, a result comes out, or an error that explains itself."""

from __future__ import annotations

from typing import Protocol

from commitgraph.engine.result import Result
from commitgraph.errors import CommitgraphError


class QueryError(CommitgraphError):
    """A query could not be run. As a string: the place, what is wrong there, and what to do.

    Attributes:
        detail: what is wrong, without the place.
        line: line of the fault in the query, from 1; None where nobody knows it.
        column: likewise the column, in characters.
        near: a few words of the query from the fault on, or empty.
        suggestion: what to write instead, as a sentence, or empty.
        endpoint: address of the endpoint that refused the query; empty for the embedded engine.
    """

    def __init__(  # noqa: PLR0913  (what is known of a fault)
        self,
        detail: str,
        line: int | None = None,
        column: int | None = None,
        *,
        near: str = "",
        suggestion: str = "",
        endpoint: str = "",
    ) -> None:
        self.detail = detail
        self.line = line
        self.column = column
        self.near = near
        self.suggestion = suggestion
        self.endpoint = endpoint
        place = f"Line {line}, column {column}: " if line and column else ""
        super().__init__(place + self.reason)

    @property
    def reason(self) -> str:
        """The error without its place: who refused the query, what is wrong, what to do."""
        who = f"{self.endpoint} refused the query: " if self.endpoint else ""
        return f"{who}{self.detail} {self.suggestion}".rstrip()


class Engine(Protocol):
    """Something that answers SPARQL 1.1 queries over one data set."""

    @property
    def name(self) -> str:
        """Name and version, for people."""
        ...

    def query(self, text: str) -> Result:
        """Run one query; without FROM it reads the union of all graphs.

        Raises:
            QueryError: the text is no query, or the engine could not answer it.
        """
        ...
