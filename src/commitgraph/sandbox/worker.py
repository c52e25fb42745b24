"""A worker: a process that does one job at a time and can be killed at any moment.

It is forked from the supervisor, so it has the data. A job runs in a thread with a stack of 1 GiB
(virtual), since handlers may recurse over what strangers sent, and a stack that overflows kills the
process.
"""

from __future__ import annotations

import json
import socket
import threading
import traceback
from typing import Any

from commitgraph.sandbox import frames
from commitgraph.sandbox.errors import FAULT, Failed
from commitgraph.sandbox.work import Handler

# A worker that once took this much more than at its start is replaced: freed memory is seldom given back.
_RETIRE_KB = 64 << 10


class _Answer:
    """Sends what a handler writes to the pool."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def head(self, **metadata: Any) -> None:
        frames.send(self._channel, frames.HEAD, json.dumps(metadata).encode())

    def write(self, content: bytes) -> None:
        frames.send(self._channel, frames.DATA, content)


def run(channel: socket.socket, handler: Handler, memory_mb: int, parent: int) -> None:
    """Be a worker until the pool closes the channel. Call it in a fresh fork of the supervisor."""
    from commitgraph.sandbox import isolation  # noqa: PLC0415  (only where processes can be forked)

    isolation.give_up_rights(memory_mb, parent)
    threading.stack_size(isolation.STACK)
    thread = threading.Thread(target=_serve, args=(channel, handler))
    thread.start()
    thread.join()


def _serve(channel: socket.socket, handler: Handler) -> None:
    from commitgraph.sandbox.isolation import peak_memory  # noqa: PLC0415

    fresh = peak_memory()
    try:
        while True:
            fields, body = frames.receive_job(channel)
            _do(channel, handler, fields, body)
            is_retired = peak_memory() - fresh > _RETIRE_KB
            frames.send(channel, frames.RETIRE if is_retired else frames.END, b"")
    except (EOFError, OSError):
        return  # the pool has closed the channel


def _do(channel: socket.socket, handler: Handler, fields: dict[str, Any], body: bytes) -> None:
    try:
        handler(fields, body, _Answer(channel))
    except Failed as failure:
        _fail(channel, failure)
    except BrokenPipeError:
        raise
    except Exception as error:
        _fail(channel, Failed(FAULT, f"{type(error).__name__}: {error}", traceback.format_exc()))


def _fail(channel: socket.socket, failure: Failed) -> None:
    told = {"name": failure.name, "message": failure.message, "trace": failure.trace}
    frames.send(channel, frames.FAILURE, json.dumps(told).encode())
