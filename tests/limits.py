"""What the judging of one file may take in a test: time of the processor, and memory."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 10
MEMORY = 1 << 30


class TookTooLong(BaseException):
    """The judging took more than it may; nothing in the judge catches this as a fault of the file."""


@contextmanager
def limited() -> Iterator[None]:
    """Let what is done here take 10 s of the processor and 1 GiB more memory than is taken already.

    Time that the machine gives to others does not count.

    Raises:
        TookTooLong: it took more time. Of memory the system gives no more, which is a `MemoryError`.
    """

    def stop(*_: object) -> None:
        raise TookTooLong(f"more than {SECONDS} s of the processor")

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.signal(signal.SIGVTALRM, stop)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, before[1]))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, before)
        signal.signal(signal.SIGVTALRM, handler)
