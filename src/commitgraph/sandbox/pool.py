"""The pool: hands jobs to workers, stops those that take too long, and replaces what was lost.

Each kind of work has workers of its own, so that one kind never waits for another. Where a kind has long
places, two lanes keep short jobs fast while long ones run: a job that has run for a second moves to the
long lane, if that has a place left. It gets less of the processors, and a fresh worker takes its place.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections import deque
from collections.abc import Callable
from typing import Any, cast

from commitgraph.sandbox import frames
from commitgraph.sandbox.errors import Busy, Crashed, Failed, SandboxError, Stopped, TookTooLong, Unavailable
from commitgraph.sandbox.supervisor import Supervisor
from commitgraph.sandbox.work import Job, Result, Work

#: Seconds after which a job counts as long.
LONG = 1.0
# Seconds between attempts to start a worker while the machine has no room: at first, and at most.
_RETRY, _RETRY_MOST = 0.1, 5.0


class _Worker(asyncio.Protocol):
    """The pool's side of one worker."""

    def __init__(self, lane: _Lane, pid: int) -> None:
        self.pid = pid
        self.is_alive = True
        self.is_retired = False
        self._lane = lane
        self._transport: asyncio.WriteTransport | None = None
        self._buffer = bytearray()
        self._result: asyncio.Future[Result] | None = None
        self._is_busy = False
        self._head: dict[str, Any] = {}
        self._body: list[bytes] = []
        self._failure: Failed | None = None

    @property
    def is_fit(self) -> bool:
        """Whether it can take another job."""
        return self.is_alive and not self._is_busy and not self.is_retired

    def ask(self, job: Job) -> asyncio.Future[Result]:
        """Send a job; the future holds its result or a :class:`SandboxError`."""
        self._is_busy = True
        self._result = asyncio.get_running_loop().create_future()
        if self._transport is None or not self.is_alive:
            self._result.set_exception(_crash())
        else:
            self._transport.write(frames.pack_job(job.fields, job.body))
        return self._result

    def close(self) -> None:
        self.is_alive = False
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        place = 0
        while len(self._buffer) - place >= frames.FRAME.size:
            kind, size = frames.FRAME.unpack_from(self._buffer, place)
            end = place + frames.FRAME.size + size
            if len(self._buffer) < end:
                break
            self._take(kind, bytes(self._buffer[end - size : end]))
            place = end
        del self._buffer[:place]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (any end is the same to us)
        was_idle = self.is_fit
        self.is_alive = False
        if self._result and not self._result.done():
            self._result.set_exception(_crash())
        if was_idle:
            self._lane.lost(self)

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == frames.DATA:
            self._body.append(payload)
        elif kind == frames.HEAD:
            self._head = json.loads(payload)
        elif kind == frames.FAILURE:
            self._failure = Failed(**json.loads(payload))
        else:
            self._finish(is_retired=kind == frames.RETIRE)

    def _finish(self, *, is_retired: bool) -> None:
        result, self._result = self._result, None
        self._is_busy, self.is_retired = False, is_retired
        head, self._head = self._head, {}
        body, self._body = b"".join(self._body), []
        failure, self._failure = self._failure, None
        if result is None or result.done():
            return
        if failure:
            result.set_exception(failure)
        else:
            result.set_result(Result(head, body))


class Pool:
    """Does jobs in worker processes. All methods belong to the event loop.

    Args:
        supervisor: starts the workers.
        queue: jobs of each kind that may wait for a place.

    Attributes:
        is_broken: whether the supervisor has ended, so that no job can be done any more.
        when_broken: called when the supervisor has ended and the pool can do no more jobs.
    """

    def __init__(self, supervisor: Supervisor, queue: int) -> None:
        self.supervisor = supervisor
        self.lanes = {name: _Lane(self, name, work, queue) for name, work in supervisor.kinds.items()}
        self.is_broken = False
        self.when_broken: Callable[[], None] = lambda: None
        self._has_answered = False
        self._is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether it takes jobs."""
        return not self.is_broken and not self._is_closed

    @property
    def is_ready(self) -> bool:
        """Whether it has done a job and still can."""
        return self._has_answered and not self.is_broken

    async def start(self, first: Job, seconds: float) -> None:
        """Start all workers, those of the first job's kind before the others, and do that job.

        Args:
            first: a job that tells that workers answer.
            seconds: that it may take.

        Raises:
            SandboxError: it was not done.
        """
        self.lanes[first.kind].fill()
        await self.run(first, seconds)
        self._has_answered = True
        for kind, lane in self.lanes.items():
            if kind != first.kind:
                lane.fill()

    async def run(self, job: Job, seconds: float) -> Result:
        """Do a job. Cancelling the call kills its worker.

        Args:
            job: the job.
            seconds: after which it is stopped; it waits as long at most for a place.

        Raises:
            TookTooLong: it was stopped.
            Busy: no place was free in time, or too many jobs wait for one.
            Crashed: its worker ended.
            Unavailable: no worker could be started.
            Stopped: there are no workers any more.
            Failed: the handler gave it back.
        """
        lane = self.lanes[job.kind]
        worker = await lane.free_worker(seconds)
        run = _Run(lane, worker)
        try:
            async with asyncio.timeout(seconds):
                return await worker.ask(job)
        except TimeoutError:
            raise TookTooLong(seconds) from None
        finally:
            run.end()

    async def close(self) -> None:
        """Let no more jobs in and end the supervisor with all workers."""
        self._is_closed = True
        for lane in self.lanes.values():
            lane.close()
        await asyncio.to_thread(self.supervisor.close)

    def supervisor_ended(self) -> None:
        """The supervisor is gone: fail all that wait."""
        if self.is_running:
            self.is_broken = True
            for lane in self.lanes.values():
                lane.refuse_all(Stopped("the supervisor of the workers has ended"))
            self.when_broken()


class _Lane:
    """The workers and the queue of one kind of work."""

    def __init__(self, pool: Pool, kind: str, work: Work, queue: int) -> None:
        self.work = work
        self._pool = pool
        self._kind = kind
        self._queue = queue
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._long = 0
        self._starting: set[asyncio.Task[None]] = set()
        self._without_room = 0

    async def free_worker(self, seconds: float) -> _Worker:
        """A worker that does nothing yet; the caller must give it back."""
        if not self._pool.is_running:
            raise Stopped("the pool takes no jobs any more")
        if self._idle:
            return self._idle.pop()
        if self._without_room and not self._all:
            raise Unavailable("no further process could be started")
        if len(self._waiting) >= self._queue:
            raise Busy("too many jobs are waiting")
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
            raise Busy("no place was free in time") from None

    def fill(self) -> None:
        """Have a worker come for every place."""
        for _ in range(self.work.places):
            self.start_worker()

    def start_worker(self) -> None:
        """Have another worker come."""
        if self._pool.is_running:
            task = asyncio.get_running_loop().create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    def lost(self, worker: _Worker) -> None:
        """An idle worker has ended by itself or was killed from outside."""
        if worker in self._idle:
            self._idle.remove(worker)
            self._all.discard(worker)
            self.start_worker()

    def enter_long_lane(self, worker: _Worker) -> bool:
        """Move a job that has run for a while, if there is a place."""
        if self._long >= self.work.long_places:
            return False
        self._long += 1
        self._pool.supervisor.lower_priority(worker.pid)
        self.start_worker()
        return True

    def leave(self, worker: _Worker, *, was_long: bool) -> None:
        """A job has ended, whatever the reason: keep its worker or see to another."""
        if was_long:
            self._long -= 1  # its place in the short lane has been filled already
        elif worker.is_fit:
            self._offer(worker)
            return
        else:
            self.start_worker()
        self._all.discard(worker)
        self._pool.supervisor.kill(worker.pid)
        worker.close()

    def refuse_all(self, reason: SandboxError) -> None:
        """Fail all that wait."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_exception(reason)

    def close(self) -> None:
        for task in self._starting:
            task.cancel()
        for worker in list(self._all):
            worker.close()
        self.refuse_all(Stopped("the pool is being closed"))

    def _offer(self, worker: _Worker) -> None:
        """Give a free worker to who waits longest, or keep it."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    async def _start(self) -> None:
        try:
            pid, channel = await self._spawn()
        except Stopped:
            self._pool.supervisor_ended()
            return
        worker = _Worker(self, pid)
        await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=channel)
        self._all.add(worker)
        self._offer(worker)

    async def _spawn(self) -> tuple[int, socket.socket]:
        """A worker's id and channel; while the machine has no room for it, try again and again."""
        wait = _RETRY
        is_counted = False
        try:
            while True:
                try:
                    return await asyncio.to_thread(self._pool.supervisor.spawn, self._kind)
                except Unavailable as reason:
                    if not is_counted:
                        is_counted = True
                        self._without_room += 1
                    if not self._all:  # with a worker left, those that wait get their turn
                        self.refuse_all(reason)
                await asyncio.sleep(wait)
                wait = min(2 * wait, _RETRY_MOST)
        finally:
            self._without_room -= is_counted


class _Run:
    """The time that a job spends on a worker: first in the short lane, then perhaps in the long one."""

    def __init__(self, lane: _Lane, worker: _Worker) -> None:
        self._lane = lane
        self._worker = worker
        self._is_long = False
        self._timer = asyncio.get_running_loop().call_later(LONG, self._move)

    def end(self) -> None:
        self._timer.cancel()
        self._lane.leave(self._worker, was_long=self._is_long)

    def _move(self) -> None:
        self._is_long = self._worker.is_alive and self._lane.enter_long_lane(self._worker)
        if not self._is_long:
            self._timer = asyncio.get_running_loop().call_later(LONG, self._move)


def _crash() -> Crashed:
    return Crashed("the worker ended during the job")
