"""The pool: hands queries to workers, stops those that take too long, and replaces what was lost.

Two lanes keep short questions fast while long ones run. A query starts in the short lane, which has
`workers` places. After a second it moves to the long lane, if that has a place left: it gets less of
the processors, and a fresh worker takes its place in the short lane.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from commitgraph.sandbox import worker as at_work
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.zygote import Zygote, ZygoteGone
from commitgraph.web.negotiation import offered
from commitgraph.web.problems import Problem, unavailable
from commitgraph.web.sparql.syntax import syntax_problem

#: Seconds after which a query counts as long.
LONG = 1.0
_LOW_PRIORITY = 15


@dataclass(frozen=True)
class Job:
    """A query for a worker.

    Attributes:
        query: the SPARQL text.
        default_graphs: graphs that make up the default graph.
        named_graphs: graphs that GRAPH can reach; without both the query reads everything.
        row_format: format of a SELECT or ASK answer, None if the client takes none.
        graph_format: likewise for CONSTRUCT and DESCRIBE.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    row_format: str | None = "json"
    graph_format: str | None = "turtle"


@dataclass(frozen=True)
class Answer:
    """A complete answer: whether it is `rows` or a `graph`, and its bytes in the format of the job."""

    kind: str
    body: bytes


class _Worker(asyncio.Protocol):
    """The pool's side of one worker."""

    def __init__(self, pool: Pool, pid: int) -> None:
        self.pid = pid
        self.is_alive = True
        self.is_worn = False
        self._pool = pool
        self._transport: asyncio.WriteTransport | None = None
        self._buffer = bytearray()
        self._job: Job | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._kind = ""
        self._body: list[bytes] = []
        self._problem: Problem | None = None

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def ask(self, job: Job) -> asyncio.Future[Answer]:
        """Send a job; the future holds its answer or its problem."""
        self._job = job
        self._answer = asyncio.get_running_loop().create_future()
        message = json.dumps(vars(job)).encode()
        if self._transport is None or not self.is_alive:
            self._answer.set_exception(_died())
        else:
            self._transport.write(at_work.JOB.pack(len(message)) + message)
        return self._answer

    def close(self) -> None:
        self.is_alive = False
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        place = 0
        while len(self._buffer) - place >= at_work.FRAME.size:
            kind, size = at_work.FRAME.unpack_from(self._buffer, place)
            end = place + at_work.FRAME.size + size
            if len(self._buffer) < end:
                break
            self._take(kind, bytes(self._buffer[end - size : end]))
            place = end
        del self._buffer[:place]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (any end is the same to us)
        was_idle = self.is_alive and not self.is_busy
        self.is_alive = False
        if self._answer and not self._answer.done():
            self._answer.set_exception(_died())
        if was_idle:
            self._pool.lost(self)

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == at_work.DATA:
            self._body.append(payload)
        elif kind == at_work.HEAD:
            self._kind = payload.decode()
        elif kind in (at_work.END, at_work.RETIRE):
            self._finish(is_worn=kind == at_work.RETIRE)
        else:
            assert self._job  # noqa: S101  (a worker speaks only when asked)
            self._problem = _problem(kind, payload.decode("utf-8", "replace"), self._job)

    def _finish(self, *, is_worn: bool) -> None:
        answer, self._answer, self._job = self._answer, None, None
        self.is_worn = is_worn
        body, self._body = b"".join(self._body), []
        problem, self._problem = self._problem, None
        if answer is None or answer.done():
            return
        if problem:
            answer.set_exception(problem)
        else:
            answer.set_result(Answer(self._kind, body))


class Pool:
    """Answers queries in worker processes. All methods belong to the event loop.

    Args:
        zygote: starts the workers.
        limits: of time, of workers and of the queue.
    """

    def __init__(self, zygote: Zygote, limits: Limits) -> None:
        self._zygote = zygote
        self._limits = limits
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._long = 0
        self._starting: set[asyncio.Task[None]] = set()
        self._has_answered = False
        self.is_broken = False
        self._is_closed = False

    @property
    def is_ready(self) -> bool:
        """Whether it has answered a query and still can."""
        return self._has_answered and not self.is_broken

    async def start(self) -> None:
        """Start the workers and wait until one has answered."""
        await asyncio.gather(*(self._start_worker() for _ in range(self._limits.workers)))
        if not self.is_broken:
            await self.run(Job("ASK {}"), self._limits.timeout)
            self._has_answered = True

    async def run(self, job: Job, seconds: float) -> Answer:
        """Answer a query. Cancelling the call kills the query.

        Args:
            job: the query.
            seconds: after which it is stopped; it waits as long at most for a worker.

        Raises:
            Problem: the query is wrong (4xx), took too much (413, 503), or no worker was free (503).
        """
        worker = await self._free_worker(seconds)
        stay = _Stay(self, worker)
        try:
            async with asyncio.timeout(seconds):
                return await worker.ask(job)
        except TimeoutError:
            raise unavailable(
                "timeout",
                "The query took too long",
                f"It was stopped after {seconds:g} s. Make it more selective, add a LIMIT, "
                "or download the data and run it on your own machine.",
            ) from None
        finally:
            stay.end()

    async def close(self) -> None:
        """Let no more queries in and end the zygote with all workers."""
        self._is_closed = True
        for task in self._starting:
            task.cancel()
        for worker in list(self._all):
            worker.close()
        self._fail_waiting()
        await asyncio.to_thread(self._zygote.close)

    def lost(self, worker: _Worker) -> None:
        """An idle worker has ended by itself or was killed from outside."""
        if worker in self._idle:
            self._idle.remove(worker)
            self._all.discard(worker)
            self._replace()

    async def _free_worker(self, seconds: float) -> _Worker:
        if self.is_broken or self._is_closed:
            raise _down()
        if self._idle:
            return self._idle.pop()
        if len(self._waiting) >= self._limits.queue:
            raise _busy()
        place: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(seconds):
                return await place
        except (TimeoutError, asyncio.CancelledError) as end:
            if place in self._waiting:
                self._waiting.remove(place)
            if place.done() and not place.cancelled() and not place.exception():
                self._offer(place.result())  # it came in the very moment in which we gave up
            if isinstance(end, asyncio.CancelledError):
                raise
            raise _busy() from None

    def _offer(self, worker: _Worker) -> None:
        """Give a free worker to who waits longest, or keep it."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _replace(self) -> None:
        if not self._is_closed:
            task = asyncio.get_running_loop().create_task(self._start_worker())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_worker(self) -> None:
        try:
            pid, channel = await asyncio.to_thread(self._zygote.spawn)
        except ZygoteGone:
            self.is_broken = True
            self._fail_waiting()
            return
        worker = _Worker(self, pid)
        await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=channel)
        self._all.add(worker)
        self._offer(worker)

    def _discard(self, worker: _Worker) -> None:
        self._all.discard(worker)
        self._zygote.kill(worker.pid)
        worker.close()

    def _fail_waiting(self) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_exception(_down())

    def enter_long_lane(self, worker: _Worker) -> bool:
        """Move a query that has run for a while, if there is a place."""
        if self._long >= self._limits.long_workers:
            return False
        self._long += 1
        # The worker leads a process group of its own, which holds no other process.
        with suppress(OSError):  # it may end in this moment
            os.setpriority(os.PRIO_PGRP, worker.pid, _LOW_PRIORITY)
        self._replace()
        return True

    def leave(self, worker: _Worker, *, was_long: bool) -> None:
        """A query has ended, whatever the reason: keep its worker or see to another."""
        is_fit = worker.is_alive and not worker.is_busy and not worker.is_worn
        if was_long:
            self._long -= 1  # its place in the short lane has been filled already
        elif is_fit:
            self._offer(worker)
            return
        else:
            self._replace()
        self._discard(worker)


class _Stay:
    """The time that a query spends on a worker: first in the short lane, then perhaps in the long one."""

    def __init__(self, pool: Pool, worker: _Worker) -> None:
        self._pool = pool
        self._worker = worker
        self._is_long = False
        self._timer = asyncio.get_running_loop().call_later(LONG, self._move)

    def end(self) -> None:
        self._timer.cancel()
        self._pool.leave(self._worker, was_long=self._is_long)

    def _move(self) -> None:
        self._is_long = self._worker.is_alive and self._pool.enter_long_lane(self._worker)
        if not self._is_long:
            self._timer = asyncio.get_running_loop().call_later(LONG, self._move)


def _problem(kind: bytes, message: str, job: Job) -> Problem:
    """What a worker's complaint means to the client."""
    if kind == at_work.SYNTAX:
        return syntax_problem(job.query, message)
    if kind == at_work.TOO_LARGE:
        return Problem(
            413,
            "answer-too-large",
            "The answer is too large",
            f"It has more than {message}. Add LIMIT and OFFSET with ORDER BY, ask for less, "
            "or download the data.",
        )
    if kind == at_work.NOT_ACCEPTABLE:
        what = "SELECT or ASK" if message == "rows" else "CONSTRUCT or DESCRIBE"
        return not_acceptable(f"This is a {what} query; the request accepts no format for its answer.")
    if kind == at_work.REFUSED:
        return Problem(400, "not-supported", "The query asks for what is not offered here", message)
    return Problem(500, "engine-failed", "The engine could not answer the query", message)


def not_acceptable(detail: str) -> Problem:
    """406 with the list of what is offered."""
    return Problem(406, "not-acceptable", "None of the accepted formats is offered",
                   f"{detail} Offered are, for {offered()}")  # fmt: skip


def _died() -> Problem:
    return unavailable(
        "query-crashed",
        "The query broke its worker",
        "The process that ran it ended: the query used up its memory or its stack, or the process was "
        "stopped. Make the query more selective; ORDER BY and GROUP BY over large products take memory.",
    )


def _busy() -> Problem:
    return unavailable(
        "busy",
        "Too many queries are waiting",
        "All workers are busy and no place was free in time. Try again in a few seconds.",
        retry_after=5,
    )


def _down() -> Problem:
    return unavailable(
        "no-engine",
        "The query engine is not running",
        "The service is stopping or has lost its engine. Try again in a minute.",
        retry_after=60,
    )
