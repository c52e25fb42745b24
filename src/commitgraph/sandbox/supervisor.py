"""The supervisor: a process that holds the data and does nothing but fork workers.

It must be forked before the web process starts its event loop or any thread, because only a process
with a single thread can fork safely. Its workers share its memory, so a new one costs less than a
millisecond. It alone kills them, since only a parent can know that a process id is still its child's.

Commands on its channel: one byte for the command, four for a number. `F` forks a worker for the kind
of work with this number; the answer is the new worker's id with its channel attached, or 0 where the
machine has no room for another process. `K` kills the worker with this id. The end of the channel ends
all of them.
"""

from __future__ import annotations

import array
import gc
import logging
import os
import signal
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from commitgraph.sandbox import worker
from commitgraph.sandbox.errors import Stopped, Unavailable
from commitgraph.sandbox.work import Work

_COMMAND = struct.Struct("!cI")
_PID = struct.Struct("!I")
_log = logging.getLogger(__name__)


class Supervisor:
    """The web process's handle on its supervisor.

    Creating it forks, so create it before any thread and before the event loop.

    Args:
        kinds: the kinds of work by name.
        memory_mb: megabytes that one worker may take beyond the data.

    Attributes:
        kinds: as given.
        pid: its process id.
    """

    def __init__(self, kinds: Mapping[str, Work], memory_mb: int) -> None:
        self.kinds = dict(kinds)
        self._numbers = {name: number for number, name in enumerate(self.kinds)}
        # Here and not above: this package is also imported where there are no such limits.
        from commitgraph.sandbox import isolation  # noqa: PLC0415

        self._isolation = isolation
        self._channel, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                _keep_only(theirs.fileno())
                _Forking(theirs, list(self.kinds.values()), memory_mb).serve()
                status = 0
            finally:
                os._exit(status)
        theirs.close()

    def spawn(self, kind: str) -> tuple[int, socket.socket]:
        """Start a worker: its process id and the channel to it.

        Blocks for about a millisecond; the first worker of a kind takes as long as its preparation.

        Raises:
            Unavailable: the machine has no room for another process; it may have later.
            Stopped: there is no supervisor any more.
        """
        with self._lock:
            try:
                self._channel.sendall(_COMMAND.pack(b"F", self._numbers[kind]))
                answer, attached, _, _ = self._channel.recvmsg(_PID.size, socket.CMSG_LEN(_PID.size))
            except OSError:
                raise Stopped("the supervisor has ended") from None
        if len(answer) < _PID.size:
            raise Stopped("the supervisor has ended")
        if not attached:
            raise Unavailable("no further process could be started")
        descriptors = array.array("i", attached[0][2])
        return _PID.unpack(answer)[0], socket.socket(fileno=descriptors[0])

    def kill(self, pid: int) -> None:
        """End a worker at once, whatever it is doing. A worker that is gone already is no error."""
        with suppress(OSError):  # with the supervisor its workers went
            self._channel.sendall(_COMMAND.pack(b"K", pid))

    def lower_priority(self, pid: int) -> None:
        """Let a worker have less of the processors."""
        self._isolation.lower_priority(pid)

    def close(self) -> None:
        """End the supervisor and all workers, and wait until it is gone."""
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)  # closing alone would not wake a waiting `spawn`
        self._channel.close()
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _keep_only(descriptor: int) -> None:
    """Close what the fork inherited: most of all the listening socket, which must end with the service."""
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))


class _Forking:
    """The supervisor itself, in its own process."""

    def __init__(self, channel: socket.socket, kinds: list[Work], memory_mb: int) -> None:
        self._channel = channel
        self._kinds = kinds
        self._prepared: set[Callable[[], None]] = set()
        self._memory_mb = memory_mb
        self._children: set[int] = set()

    def serve(self) -> None:
        """Obey commands until the channel ends, then take all workers along."""
        # The service decides when to stop and closes the channel; signals to the group come too early.
        for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # Objects of the past are never collected: that would write to pages which workers share.
        gc.freeze()
        while True:
            message = self._channel.recv(_COMMAND.size, socket.MSG_WAITALL)
            self._reap()
            if len(message) < _COMMAND.size:
                break
            command, number = _COMMAND.unpack(message)
            if command == b"F":
                work = self._kinds[number]
                self._prepare(work.prepare)
                self._fork(work)
            elif number in self._children:
                os.kill(number, signal.SIGKILL)
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
        for pid in self._children:
            os.waitpid(pid, 0)  # so that none is left when this process is gone, and their time is counted

    def _prepare(self, prepare: Callable[[], None] | None) -> None:
        if prepare is None or prepare in self._prepared:
            return
        self._prepared.add(prepare)
        try:
            prepare()
        except Exception:
            # A worker that misses something fails in its job and says so; the other kinds go on.
            _log.exception("a kind of work could not be prepared")
        gc.collect()
        gc.freeze()

    def _fork(self, work: Work) -> None:
        me = os.getpid()
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            self._refuse(error)
            return
        try:
            pid = os.fork()
        except OSError as error:
            ours.close()
            theirs.close()
            self._refuse(error)
            return
        if pid == 0:
            try:
                self._channel.close()
                ours.close()
                # What the engine says when memory or stack run out is told by the pool, in better words.
                silence = os.open(os.devnull, os.O_RDWR)
                for stream in range(3):
                    os.dup2(silence, stream)
                worker.run(theirs, work.handler, self._memory_mb, me)
            finally:
                os._exit(0)
        theirs.close()
        self._children.add(pid)
        attachment = array.array("i", [ours.fileno()])
        self._channel.sendmsg([_PID.pack(pid)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, attachment)])
        ours.close()

    def _refuse(self, error: OSError) -> None:
        _log.warning("no further worker could be started: %s", error.strerror)
        self._channel.sendall(_PID.pack(0))

    def _reap(self) -> None:
        """Forget the children that have ended; their ids are free for others from now on."""
        ended = {pid for pid in self._children if os.waitpid(pid, os.WNOHANG)[0] == pid}
        self._children -= ended
