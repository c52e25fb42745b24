"""The sandbox over kinds of work of its own: it knows none of those of the service."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest

from commitgraph.sandbox.errors import FAULT, Busy, Crashed, Failed, Stopped, TookTooLong
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.supervisor import Supervisor
from commitgraph.sandbox.work import Answer, Job, Result, Work
from tests.aio import run

T = TypeVar("T")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
_prepared: list[str] = []


def _echo(fields: Mapping[str, Any], body: bytes, answer: Answer) -> None:
    answer.head(told=fields["told"], pid=os.getpid(), prepared=_prepared)
    answer.write(body)
    answer.write(b"!")


def _grow(fields: Mapping[str, Any], _: bytes, answer: Answer) -> None:
    answer.head(pid=os.getpid())
    answer.write(str(len(b"x" * (fields["megabytes"] << 20))).encode())


def _lack() -> None:
    raise OSError("a file is missing")


def _break(fields: Mapping[str, Any], _: bytes, answer: Answer) -> None:
    how = fields["how"]
    if how == "reason":
        answer.write(b"half an answer")
        raise Failed("too-small", "expected more")
    if how == "fault":
        raise KeyError("nobody thought of this")
    if how == "end":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "memory":
        answer.write(b"x" * len(bytearray(512 << 20)))
    if how == "file":
        Path(__file__).read_bytes()
    if how == "network":
        socket.create_connection(("127.0.0.1", 1))
    signal.pause()  # never wakes


KINDS = {
    "echo": Work(_echo, places=1, prepare=lambda: _prepared.append("echo")),
    "break": Work(_break, places=1),
    "grow": Work(_grow, places=1, prepare=_lack),
}


def with_pool(use: Callable[[Pool], Awaitable[T]], queue: int = 4) -> T:
    """What `use` returns for a pool with these kinds of work."""
    supervisor = Supervisor(KINDS, memory_mb=256)

    async def using() -> T:
        pool = Pool(supervisor, queue)
        try:
            await pool.start(Job("echo", {"told": 0}), 60)
            return await use(pool)
        finally:
            await pool.close()

    return run(using())


def test_a_job_goes_to_the_handler_of_its_kind_and_comes_back_whole() -> None:
    body = bytes(range(256)) * 1000
    result = with_pool(lambda pool: pool.run(Job("echo", {"told": "ü"}, body), 60))
    assert result.body == body + b"!"
    assert result.head["told"] == "ü"
    assert result.head["pid"] != os.getpid()
    assert result.head["prepared"] == ["echo"], "prepared once, in the supervisor"
    assert _prepared == [], "and not here"


@pytest.mark.parametrize(
    ("how", "error", "says"),
    [
        ("reason", Failed, "too-small: expected more"),
        ("fault", Failed, "KeyError: 'nobody thought of this'"),
        ("end", Crashed, "ended during the job"),
        ("memory", Failed, "MemoryError"),
        ("file", Failed, "Too many open files"),
        ("network", Failed, "OSError"),
    ],
)
def test_what_goes_wrong_in_a_worker_is_told_and_the_next_job_is_done(
    how: str, error: type[Exception], says: str
) -> None:
    async def use(pool: Pool) -> Result:
        with pytest.raises(error, match=says):
            await pool.run(Job("break", {"how": how}), 60)
        with pytest.raises(Failed, match="too-small"):
            await pool.run(Job("break", {"how": "reason"}), 60)
        return await pool.run(Job("echo", {"told": 1}), 60)

    assert with_pool(use).head["told"] == 1


def test_a_worker_that_has_grown_is_replaced_and_others_stay() -> None:
    # The preparation of this kind fails, too: that is told in the log and ends nothing.
    async def use(pool: Pool) -> list[int]:
        return [
            (await pool.run(Job("grow", {"megabytes": megabytes}), 60)).head["pid"]
            for megabytes in (1, 1, 100, 1)
        ]

    first, second, third, fourth = with_pool(use)
    assert first == second == third
    assert fourth != third


def test_a_fault_says_where_it_arose() -> None:
    async def use(pool: Pool) -> Failed:
        with pytest.raises(Failed) as caught:
            await pool.run(Job("break", {"how": "fault"}), 60)
        return caught.value

    failure = with_pool(use)
    assert failure.name == FAULT
    assert "_break" in failure.trace


def test_a_job_is_ended_at_its_deadline_and_one_without_a_place_is_sent_away() -> None:
    async def use(pool: Pool) -> int:
        running = asyncio.create_task(pool.run(Job("break", {"how": "never"}), 60))
        waiting = [asyncio.create_task(pool.run(Job("break", {"how": "never"}), 60)) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(Busy, match="too many"):
            await pool.run(Job("break", {"how": "never"}), 60)
        # Another kind of work has places of its own.
        told = (await pool.run(Job("echo", {"told": 7}), 60)).head["told"]
        for task in (running, *waiting):
            task.cancel()
        await asyncio.gather(running, *waiting, return_exceptions=True)
        with pytest.raises(Failed, match="too-small"):  # so that a worker is there
            await pool.run(Job("break", {"how": "reason"}), 60)
        with pytest.raises(TookTooLong, match=r"0\.01 s"):
            await pool.run(Job("break", {"how": "never"}), 0.01)
        return int(told)

    assert with_pool(use) == 7


def test_without_its_supervisor_the_pool_stops_and_says_so() -> None:
    async def use(pool: Pool) -> bool:
        told: list[bool] = []
        pool.when_broken = lambda: told.append(True)
        os.kill(pool.supervisor.pid, signal.SIGKILL)
        with pytest.raises(Stopped):
            while True:
                with suppress(Crashed):  # its worker may go first
                    await pool.run(Job("echo", {"told": 1}), 60)
        return pool.is_broken and told == [True]

    assert with_pool(use)
