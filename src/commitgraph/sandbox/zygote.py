"""The zygote: a process that holds the data and does nothing but fork workers.

It must be forked before the web process starts its event loop or any thread, because only a process
with a single thread can fork safely. Its workers share its memory, so a new one costs less than a
millisecond. It alone kills them, since only a parent can know that a process id is still its child's.

Commands on its channel: one byte for the command, four for a process id. `F` forks; the answer is the
new worker's id with its channel attached. `K` kills. The end of the channel ends all of them.
"""

from __future__ import annotations

import array
import gc
import os
import signal
import socket
import struct
import threading

import pyoxigraph as ox

from commitgraph.iris import prefixes
from commitgraph.sandbox import worker
from commitgraph.sandbox.limits import Limits

_COMMAND = struct.Struct("!cI")
_PID = struct.Struct("!I")


class ZygoteGone(Exception):
    """The zygote has ended, so that no worker can be started any more."""


class Zygote:
    """The web process's handle on its zygote.

    Creating it forks, so create it before any thread and before the event loop.

    Args:
        store: the data that workers answer from; its default graph is the merge of its named graphs.
        limits: what they may take.

    Attributes:
        pid: its process id.
    """

    def __init__(self, store: ox.Store, limits: Limits) -> None:
        prefixes()  # read here, since a worker can open no file
        self._channel, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                _keep_only(theirs.fileno())
                _Mother(theirs, store, limits).serve()
                status = 0
            finally:
                os._exit(status)
        theirs.close()

    def spawn(self) -> tuple[int, socket.socket]:
        """Start a worker: its process id and the channel to it. Blocks for about a millisecond.

        Raises:
            ZygoteGone: there is no zygote any more.
        """
        with self._lock:
            try:
                self._channel.sendall(_COMMAND.pack(b"F", 0))
                answer, attached, _, _ = self._channel.recvmsg(_PID.size, socket.CMSG_LEN(_PID.size))
            except OSError:
                raise ZygoteGone from None
        if len(answer) < _PID.size or not attached:
            raise ZygoteGone
        descriptors = array.array("i", attached[0][2])
        return _PID.unpack(answer)[0], socket.socket(fileno=descriptors[0])

    def kill(self, pid: int) -> None:
        """End a worker at once, whatever it is doing. A worker that is gone already is no error."""
        try:
            self._channel.sendall(_COMMAND.pack(b"K", pid))
        except OSError:
            return  # with the zygote its workers went

    def close(self) -> None:
        """End the zygote and all workers, and wait until it is gone."""
        self._channel.close()
        try:
            os.waitpid(self.pid, 0)
        except ChildProcessError:
            return


def _keep_only(descriptor: int) -> None:
    """Close what the fork inherited: most of all the listening socket, which must end with the service."""
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))


class _Mother:
    """The zygote itself, in its own process."""

    def __init__(self, channel: socket.socket, store: ox.Store, limits: Limits) -> None:
        self._channel = channel
        self._store = store
        self._limits = limits
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
            self._bury()
            if len(message) < _COMMAND.size:
                break
            command, pid = _COMMAND.unpack(message)
            if command == b"F":
                self._fork()
            elif pid in self._children:
                os.kill(pid, signal.SIGKILL)
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        me = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self._channel.close()
                ours.close()
                # What the engine says when memory or stack run out is told by the pool, in better words.
                silence = os.open(os.devnull, os.O_RDWR)
                for stream in range(3):
                    os.dup2(silence, stream)
                worker.run(theirs, self._store, self._limits, me)
            finally:
                os._exit(0)
        theirs.close()
        self._children.add(pid)
        attachment = array.array("i", [ours.fileno()])
        self._channel.sendmsg([_PID.pack(pid)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, attachment)])
        ours.close()

    def _bury(self) -> None:
        """Forget the children that have ended; their ids are free for others from now on."""
        ended = {pid for pid in self._children if os.waitpid(pid, os.WNOHANG)[0] == pid}
        self._children -= ended
