"""Answers that are kept: complete, in each content coding that someone asked for."""

from __future__ import annotations

import asyncio
import zlib

import brotli
from cachetools import LRUCache

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


class Cache(LRUCache[str, Stored]):
    """Answers by key, the least recently used leaving first.

    Args:
        most_bytes: what all answers together may take.
    """

    def __init__(self, most_bytes: int) -> None:
        super().__init__(most_bytes, getsizeof=lambda answer: answer.cost)

    def keep(self, key: str, answer: Stored) -> None:
        """Keep an answer, unless it alone would take more than a quarter of all room."""
        if answer.cost * 4 <= self.maxsize:
            self[key] = answer


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=4 if len(body) < _LARGE else 1))


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(6 if len(body) < _LARGE else 1, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()
