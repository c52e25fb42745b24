"""A worker: a process that answers one query at a time and can be killed at any moment.

It is forked from the zygote, so it has the data. It has no way to reach anything else: no network
of its own where the kernel allows that, and no permission to open another file or socket anywhere.
What it may do to the machine is bounded too: memory, no core dump, low priority. A query runs in a
thread with a stack of 1 GiB (virtual), since the engine recurses over the query and a stack that
overflows kills the process.

Frames to the pool: one byte for the kind, four for the length, then the payload.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import struct
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from commitgraph.engine.formats import GRAPHS, ROWS
from commitgraph.iris import BASE, prefixes
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.rows import RowCounter, counter

#: Head of a frame: its kind and the length of its payload.
FRAME = struct.Struct("!cI")
#: Head of a job, which is JSON: its length.
JOB = struct.Struct("!I")

HEAD, DATA, END, RETIRE = b"H", b"D", b"E", b"R"
SYNTAX, REFUSED, TOO_LARGE, NOT_ACCEPTABLE, FAILED = b"S", b"F", b"L", b"N", b"X"

_STACK = 1 << 30
_PIECE = 1 << 16
# A worker that once took this much more than at its start goes home: freed memory is seldom given back.
_WORN_KB = 64 << 10


class _TooLarge(Exception):
    """The answer has outgrown a limit."""


class _Answer:
    """The file that the engine writes an answer to: frames of 64 kB, counted against the limits."""

    def __init__(self, channel: socket.socket, limits: Limits, rows: RowCounter | None) -> None:
        self._channel = channel
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
            raise _TooLarge(f"{self._limits.answer_bytes} bytes")
        if self._rows and self._rows.add(content) > self._limits.rows:
            raise _TooLarge(f"{self._limits.rows} rows")
        _send(self._channel, DATA, content)


def run(channel: socket.socket, store: ox.Store, limits: Limits, parent: int) -> None:
    """Be a worker until the pool closes the channel. Call it in a fresh fork of the zygote."""
    _give_up_rights(limits, parent)
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_answer_all, args=(channel, store, limits))
    thread.start()
    thread.join()


def _give_up_rights(limits: Limits, parent: int) -> None:
    # A group of its own lets the pool lower the priority of all threads at once, and keeps Ctrl-C away.
    os.setpgid(0, 0)
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _give_up_rights_on_linux(limits, parent)
    # From here on nothing can be opened: no file, no socket. Those that are open go on working.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _give_up_rights_on_linux(limits: Limits, parent: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    set_death_signal, new_network, new_user = 1, 0x40000000, 0x10000000
    libc.prctl(set_death_signal, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the zygote went before it could take this worker along
    # Refused by some kernels and containers; the limit on open files then stands alone.
    libc.unshare(new_network if os.getuid() == 0 else new_network | new_user)
    with suppress(OSError):
        # Where memory runs out, the kernel should take a worker before the service.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * os.sysconf("SC_PAGE_SIZE") + _STACK + (limits.memory_mb << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer_all(channel: socket.socket, store: ox.Store, limits: Limits) -> None:
    fresh = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        while True:
            size = JOB.unpack(_receive(channel, JOB.size))[0]
            _answer(channel, store, limits, json.loads(_receive(channel, size)))
            worn = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - fresh > _WORN_KB
            _send(channel, RETIRE if worn else END, b"")
    except (EOFError, OSError):
        return  # the pool has closed the channel


def _answer(channel: socket.socket, store: ox.Store, limits: Limits, job: dict[str, Any]) -> None:
    try:
        result = store.query(job["query"], base_iri=BASE, **_dataset(job))
        kind = "graph" if isinstance(result, ox.QueryTriples) else "rows"
        wanted = job["graph_format"] if kind == "graph" else job["row_format"]
        if wanted is None:
            _send(channel, NOT_ACCEPTABLE, kind.encode())
            return
        _send(channel, HEAD, kind.encode())
        if isinstance(result, ox.QueryTriples):
            answer = _Answer(channel, limits, None)
            graph = _by_subject(result, limits.rows)
            form = GRAPHS[wanted]
            used = _used_prefixes(graph) if form.takes_prefixes else None
            ox.serialize(graph, answer, form.syntax, prefixes=used)  # type: ignore[arg-type]
        else:
            counted = counter(wanted) if isinstance(result, ox.QuerySolutions) else None
            answer = _Answer(channel, limits, counted)
            result.serialize(answer, ROWS[wanted].syntax)  # type: ignore[arg-type]
        answer.flush()
    except _TooLarge as error:
        _send(channel, TOO_LARGE, str(error).encode())
    except SyntaxError as error:
        _send(channel, SYNTAX, str(error).encode())
    except RuntimeError as error:
        _send(channel, REFUSED, str(error).encode())  # what the engine parses but does not offer
    except BrokenPipeError:
        raise
    except Exception as error:
        _send(channel, FAILED, f"{type(error).__name__}: {error}".encode())


def _dataset(job: dict[str, Any]) -> dict[str, Any]:
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
                raise _TooLarge(f"{most} triples")
    return [triple for of_subject in found.values() for triple in of_subject]


def _used_prefixes(graph: Iterable[ox.Triple]) -> dict[str, str]:
    """Those prefixes of the project that shorten something in this graph."""
    spaces = {space: prefix for prefix, space in prefixes().items()}
    used: dict[str, str] = {}
    for triple in graph:
        for term in (triple.subject, triple.predicate, triple.object):
            named = term.datatype if isinstance(term, ox.Literal) else term
            if isinstance(named, ox.NamedNode):
                space = named.value[: max(named.value.rfind("#"), named.value.rfind("/")) + 1]
                if space in spaces:
                    used[spaces[space]] = space
    return used


def _send(channel: socket.socket, kind: bytes, payload: bytes) -> None:
    channel.sendall(FRAME.pack(kind, len(payload)) + payload)


def _receive(channel: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        piece = channel.recv(size - len(content))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
