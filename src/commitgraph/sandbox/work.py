"""What the application tells the sandbox: kinds of work, the jobs, and how handlers answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Answer(Protocol):
    """What a handler writes its answer to."""

    def head(self, **metadata: Any) -> None:
        """Say what the answer is, in values that JSON has. Call it once, before :meth:`write`."""

    def write(self, content: bytes) -> None:
        """Send the next part of the answer. Each call is one message, so give it large parts."""


#: Does one job: takes its fields and its body, writes the answer. It raises
#: :class:`~commitgraph.sandbox.errors.Failed` to give the job back with a reason.
Handler = Callable[[Mapping[str, Any], bytes, Answer], None]


@dataclass(frozen=True)
class Work:
    """A kind of work.

    Attributes:
        handler: does one job. It runs in a worker that can open no file and no connection, so all
            that it needs must be in memory when the worker is forked.
        places: jobs that may run at the same time.
        long_places: further jobs that may go on after their first second; they then get less of the
            processors, and their places are free for others.
        prepare: called once in the supervisor before it forks the first worker of this kind: loads
            modules and files that the handler needs. Kinds may share one.
    """

    handler: Handler
    places: int
    long_places: int = 0
    prepare: Callable[[], None] | None = None


@dataclass(frozen=True)
class Job:
    """One job.

    Attributes:
        kind: the name of its kind of work.
        fields: what the handler is told, in values that JSON has.
        body: bytes that go with it.
    """

    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Result:
    """A complete answer: the metadata of its head, and its bytes."""

    head: Mapping[str, Any]
    body: bytes
