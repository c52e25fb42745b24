"""The messages between pool and worker.

A job is two lengths of four bytes (fields as JSON, body), then both. The answer is a series of frames:
one byte for the kind, four for the length, then the payload.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

#: Head of a frame: its kind and the length of its payload.
FRAME = struct.Struct("!cI")
_JOB = struct.Struct("!II")

#: Kinds of frames. RETIRE ends an answer like END; its worker takes no more jobs.
HEAD, DATA, END, RETIRE, FAILURE = b"H", b"D", b"E", b"R", b"F"


def pack_job(fields: Mapping[str, Any], body: bytes) -> bytes:
    """The bytes of a job."""
    told = json.dumps(fields).encode()
    return _JOB.pack(len(told), len(body)) + told + body


def receive_job(channel: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Wait for the next job: its fields and its body.

    Raises:
        EOFError: the pool has closed the channel.
    """
    sizes = _JOB.unpack(_receive(channel, _JOB.size))
    return json.loads(_receive(channel, sizes[0])), _receive(channel, sizes[1])


def send(channel: socket.socket, kind: bytes, payload: bytes) -> None:
    """Send a frame."""
    channel.sendall(FRAME.pack(kind, len(payload)) + payload)


def _receive(channel: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        piece = channel.recv(size - len(content))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
