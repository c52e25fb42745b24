"""What a worker may do to the machine. Imported only where processes can be forked.

No network of its own where the kernel allows that, no permission to open another file or socket,
bounded memory, no core dump, low priority.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

#: Bytes (virtual) of the stack on which a worker runs its jobs.
STACK = 1 << 30
_LOW, _LOWEST = 5, 15


def give_up_rights(memory_mb: int, parent: int) -> None:
    """Give up, in a fresh worker and for good, all that it does not need.

    Args:
        memory_mb: megabytes that it may take beyond what it has.
        parent: process id of the supervisor.
    """
    # A group of its own lets the pool lower the priority of all threads at once, and keeps Ctrl-C away.
    os.setpgid(0, 0)
    os.nice(_LOW)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _give_up_rights_on_linux(memory_mb, parent)
    # From here on nothing can be opened: no file, no socket. Those that are open go on working.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _give_up_rights_on_linux(memory_mb: int, parent: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    set_death_signal, new_network, new_user = 1, 0x40000000, 0x10000000
    libc.prctl(set_death_signal, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the supervisor went before it could take this worker along
    # Refused by some kernels and containers; the limit on open files then stands alone.
    libc.unshare(new_network if os.getuid() == 0 else new_network | new_user)
    with suppress(OSError):
        # Where memory runs out, the kernel should take a worker before the service.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * os.sysconf("SC_PAGE_SIZE") + STACK + (memory_mb << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def lower_priority(worker: int) -> None:
    """Let a worker have less of the processors. A worker that has ended is no error."""
    # It leads a process group of its own, which holds no other process.
    with suppress(OSError):
        os.setpriority(os.PRIO_PGRP, worker, _LOWEST)


def peak_memory() -> int:
    """Kilobytes that this process has taken at most."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> 10 if sys.platform == "darwin" else peak
