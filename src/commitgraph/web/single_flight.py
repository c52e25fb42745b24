"""Single-flight: equal questions that are asked at the same time are answered by one run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Generic, TypeVar

from starlette.types import Receive

T = TypeVar("T")


class ClientGone(Exception):
    """The client has left before its answer was ready."""


class _Run(Generic[T]):
    def __init__(self, task: asyncio.Task[T]) -> None:
        self.task = task
        self.waiting = 0


class SingleFlight(Generic[T]):
    """The runs that are going on, by key."""

    def __init__(self) -> None:
        self._runs: dict[object, _Run[T]] = {}

    async def join(self, key: object, start: Callable[[], Coroutine[None, None, T]], receive: Receive) -> T:
        """Wait for the run with this key, which `start` begins if there is none.

        When the last client that waits has left or is cancelled, the run is stopped.

        Args:
            key: equal keys mean equal answers.
            start: makes the run.
            receive: of the request, all of whose body has been received.

        Raises:
            ClientGone: this client has left.
        """
        waiting = asyncio.create_task(self._join(key, start))
        leaving = asyncio.create_task(_until_gone(receive))
        try:
            await asyncio.wait((waiting, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                raise ClientGone
            return waiting.result()
        finally:
            waiting.cancel()
            leaving.cancel()

    async def _join(self, key: object, start: Callable[[], Coroutine[None, None, T]]) -> T:
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = _Run(asyncio.get_running_loop().create_task(start()))
        run.waiting += 1
        try:
            return await asyncio.shield(run.task)
        finally:
            run.waiting -= 1
            if not run.waiting:
                run.task.cancel()  # without effect on one that has ended
                # Who asks the same from now on must not join a run that is being stopped.
                self._runs.pop(key, None)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
