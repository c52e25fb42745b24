"""The running of queries in workers: the job, the handler, and what its failures mean to a client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from commitgraph.engine.formats import GRAPHS, ROWS, used_prefixes
from commitgraph.iris import BASE, prefixes
from commitgraph.sandbox.errors import Failed, SandboxError
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.work import Answer, Job, Result, Work
from commitgraph.web.negotiation import offered
from commitgraph.web.problems import QUERY, Problem, not_done
from commitgraph.web.sparql.rows import RowCounter, counter
from commitgraph.web.sparql.syntax import syntax_problem

#: Name of this kind of work.
QUERY_WORK = "query"

#: Names of the failures of the handler.
_SYNTAX, _REFUSED, _TOO_LARGE, _NOT_ACCEPTABLE = "syntax", "refused", "too-large", "not-acceptable"
_PIECE = 1 << 16


def query_job(
    query: str,
    default_graphs: tuple[str, ...] = (),
    named_graphs: tuple[str, ...] = (),
    row_format: str | None = "json",
    graph_format: str | None = "turtle",
) -> Job:
    """A query for a worker. The head of its result has `kind`: `rows` or `graph`.

    Args:
        query: the SPARQL text.
        default_graphs: graphs that make up the default graph.
        named_graphs: graphs that GRAPH can reach; without both the query reads everything.
        row_format: format of a SELECT or ASK answer, None if the client takes none.
        graph_format: likewise for CONSTRUCT and DESCRIBE.
    """
    return Job(
        QUERY_WORK,
        {
            "query": query,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "row_format": row_format,
            "graph_format": graph_format,
        },
    )


def query_work(store: ox.Store, limits: Limits) -> Work:
    """The kind of work that answers queries from `store` within the limits of rows and bytes."""
    prefixes()  # read here, since a worker can open no file

    def handle(job: Mapping[str, Any], _: bytes, answer: Answer) -> None:
        run(store, limits, job, answer)

    return Work(handle, limits.workers, limits.long_workers)


def run(store: ox.Store, limits: Limits, job: Mapping[str, Any], answer: Answer) -> None:
    """Run the query of a job and write its answer.

    Raises:
        Failed: the query is wrong, asks for what is not offered, or its answer is too large.
    """
    try:
        result = store.query(job["query"], base_iri=BASE, **_dataset(job))
        kind = "graph" if isinstance(result, ox.QueryTriples) else "rows"
        wanted = job["graph_format"] if kind == "graph" else job["row_format"]
        if wanted is None:
            raise Failed(_NOT_ACCEPTABLE, kind)
        answer.head(kind=kind)
        if isinstance(result, ox.QueryTriples):
            limited = _Limited(answer, limits, None)
            graph = _by_subject(result, limits.rows)
            form = GRAPHS[wanted]
            used = used_prefixes(graph) if form.takes_prefixes else None
            ox.serialize(graph, limited, form.syntax, prefixes=used)  # type: ignore[arg-type]
        else:
            counted = counter(wanted) if isinstance(result, ox.QuerySolutions) else None
            limited = _Limited(answer, limits, counted)
            result.serialize(limited, ROWS[wanted].syntax)  # type: ignore[arg-type]
        limited.flush()
    except SyntaxError as error:
        raise Failed(_SYNTAX, str(error)) from None
    except RuntimeError as error:
        raise Failed(_REFUSED, str(error)) from None  # what the engine parses but does not offer


async def run_query(pool: Pool, job: Job, seconds: float) -> Result:
    """Have a worker answer the query of `job`; the head of the result has `kind`.

    Raises:
        Problem: the query is wrong, its answer too large, or it was not done in `seconds`.
    """
    try:
        return await pool.run(job, seconds)
    except Failed as failure:
        raise failure_problem(failure, job.fields["query"]) from None
    except SandboxError as error:
        raise not_done(error, QUERY) from None


def failure_problem(failure: Failed, query: str) -> Problem:
    """What a failure of the handler means to the client who sent `query`."""
    message = failure.message
    if failure.name == _SYNTAX:
        return syntax_problem(query, message)
    if failure.name == _TOO_LARGE:
        return Problem(
            413,
            "answer-too-large",
            "The answer is too large",
            f"It has more than {message}. Add LIMIT and OFFSET with ORDER BY, ask for less, "
            "or download the data.",
        )
    if failure.name == _NOT_ACCEPTABLE:
        what = "SELECT or ASK" if message == "rows" else "CONSTRUCT or DESCRIBE"
        return not_acceptable(f"This is a {what} query; the request accepts no format for its answer.")
    if failure.name == _REFUSED:
        return Problem(400, "not-supported", "The query asks for what is not offered here", message)
    return Problem(500, "engine-failed", "The engine could not answer the query", message)


def not_acceptable(detail: str) -> Problem:
    """406 with the list of what is offered."""
    return Problem(406, "not-acceptable", "None of the accepted formats is offered",
                   f"{detail} Offered are, for {offered()}")  # fmt: skip


class _Limited:
    """The file that the engine writes an answer to: parts of 64 kB, counted against the limits."""

    def __init__(self, answer: Answer, limits: Limits, rows: RowCounter | None) -> None:
        self._answer = answer
        self._limits = limits
        self._rows = rows
        self._pieces: list[bytes] = []
        self._held = 0
        self._sent = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self._held += len(piece)
        if self._held >= _PIECE:
            self.flush()
        return len(piece)

    def flush(self) -> None:
        if not self._held:
            return
        content = b"".join(self._pieces)
        self._pieces, self._held = [], 0
        self._sent += len(content)
        if self._sent > self._limits.answer_bytes:
            raise Failed(_TOO_LARGE, f"{self._limits.answer_bytes} bytes")
        if self._rows and self._rows.add(content) > self._limits.rows:
            raise Failed(_TOO_LARGE, f"{self._limits.rows} rows")
        self._answer.write(content)


def _dataset(job: Mapping[str, Any]) -> dict[str, Any]:
    """What the query reads. A graph that we do not hold is an empty one."""
    if job["default_graphs"] or job["named_graphs"]:
        # Both must be given: with one alone the engine leaves the other as it is.
        return {
            "default_graph": [ox.NamedNode(iri) for iri in job["default_graphs"]],
            "named_graphs": [ox.NamedNode(iri) for iri in job["named_graphs"]],
        }
    return {}


def _by_subject(triples: Iterable[ox.Triple], most: int) -> list[ox.Triple]:
    """The triples as the set that a graph is, those of a subject together: shorter and easier to read."""
    found: dict[object, dict[ox.Triple, None]] = {}
    count = 0
    for triple in triples:
        of_subject = found.setdefault(triple.subject, {})
        if triple not in of_subject:
            of_subject[triple] = None
            count += 1
            if count > most:
                raise Failed(_TOO_LARGE, f"{most} triples")
    return [triple for of_subject in found.values() for triple in of_subject]
