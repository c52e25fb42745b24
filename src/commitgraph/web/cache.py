"""Answers that are kept: complete, in each content coding that someone asked for."""

from __future__ import annotations

import asyncio
import zlib
from collections import OrderedDict
from collections.abc import Callable, Coroutine

import brotli

#: Bodies below this many bytes are sent as they are.
SMALL = 1024
# Above this, compressing would keep the event loop from other requests for more than a millisecond.
_LARGE = 1 << 16


class Stored:
    """One answer.

    Attributes:
        content_type: what it is.
        body: its bytes without any coding.
    """

    def __init__(self, content_type: str, body: bytes) -> None:
        self.content_type = content_type
        self.body = body
        self._coded: dict[str, bytes] = {}

    @property
    def cost(self) -> int:
        """Bytes that it may take at most: its codings come later and are smaller than the body, together."""
        return 2 * len(self.body) + 200

    async def coded(self, coding: str) -> tuple[str, bytes]:
        """The body in `br`, `gzip` or `identity`; small bodies stay as they are.

        Returns:
            The coding that was used, and the bytes.
        """
        if coding == "identity" or len(self.body) < SMALL:
            return "identity", self.body
        if coding not in self._coded:
            compress = _brotli if coding == "br" else _gzip
            if len(self.body) < _LARGE:
                self._coded[coding] = compress(self.body)
            else:
                self._coded[coding] = await asyncio.to_thread(compress, self.body)
        return coding, self._coded[coding]


class Cache:
    """Answers by key, the least recently used leaving first.

    Args:
        most_bytes: what all answers together may take.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._room = most_bytes
        self._answers: OrderedDict[str, Stored] = OrderedDict()

    def get(self, key: str) -> Stored | None:
        answer = self._answers.get(key)
        if answer:
            self._answers.move_to_end(key)
        return answer

    def put(self, key: str, answer: Stored) -> None:
        """Keep an answer, unless it alone would take a quarter of all room."""
        if key in self._answers or answer.cost * 4 > self._most:
            return
        self._answers[key] = answer
        self._room -= answer.cost
        while self._room < 0:
            self._room += self._answers.popitem(last=False)[1].cost


class _Run:
    def __init__(self, task: asyncio.Task[Stored]) -> None:
        self.task = task
        self.waiting = 0


class Flights:
    """Equal questions that are asked at the same time are answered by one run."""

    def __init__(self) -> None:
        self._runs: dict[object, _Run] = {}

    async def join(self, key: object, start: Callable[[], Coroutine[None, None, Stored]]) -> Stored:
        """Wait for the run with this key, which `start` begins if there is none.

        When the last one who waits is cancelled, so is the run.
        """
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


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=4 if len(body) < _LARGE else 1))


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(6 if len(body) < _LARGE else 1, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()
