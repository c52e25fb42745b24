"""Why the sandbox could not do a job. The application turns these into words for its users."""

from __future__ import annotations


class SandboxError(Exception):
    """A job was not done."""


class TookTooLong(SandboxError):
    """The job was stopped at its deadline.

    Attributes:
        seconds: that it was given.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"stopped after {seconds:g} s")
        self.seconds = seconds


class Busy(SandboxError):
    """All places for work of this kind are taken, and none was free in time or the queue is full."""


class Crashed(SandboxError):
    """The worker ended during the job: it ran out of memory or stack, or was killed from outside."""


class Unavailable(SandboxError):
    """The machine cannot start another process at the moment. The pool goes on trying by itself."""


class Stopped(SandboxError):
    """There are no workers any more: the pool is closed, or its supervisor has ended."""


class Failed(SandboxError):
    """The handler gave the job back with a reason, or has a fault.

    Attributes:
        name: the reason, as the handler named it; :data:`FAULT` for an exception that it did not expect.
        message: what it says about it.
        trace: where the exception arose, for the log; empty unless the name is :data:`FAULT`.
    """

    def __init__(self, name: str, message: str, trace: str = "") -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message
        self.trace = trace


#: Name of the failure when a handler raised something else than :class:`Failed`.
FAULT = "fault"
