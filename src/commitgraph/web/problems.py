"""Problems: what went wrong, as `application/problem+json`."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commitgraph.iris import BASE
from commitgraph.sandbox.errors import Busy, Crashed, Failed, SandboxError, TookTooLong, Unavailable

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("uvicorn.error")


class Problem(Exception):
    """A request that cannot be answered.

    Args:
        status: HTTP status, 4xx or 5xx.
        name: last part of the problem's type IRI; stable, so that programs can tell problems apart.
        title: what kind of problem it is, the same for all of its kind.
        detail: what happened this time and what to do.
        headers: further response headers.
        more: further members of the document; those that are None are left out.
    """

    def __init__(
        self,
        status: int,
        name: str,
        title: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.name = name
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = {key: value for key, value in more.items() if value is not None}

    def document(self) -> bytes:
        """The problem document, UTF-8 JSON."""
        members = {
            "type": f"{BASE}problem/{self.name}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }
        return json.dumps(members, ensure_ascii=False).encode()


def bad_request(detail: str, **more: Any) -> Problem:
    """The request breaks the protocol."""
    return Problem(400, "bad-request", "The request is not a SPARQL Protocol request", detail, **more)


def unavailable(name: str, title: str, detail: str, retry_after: int | None = None) -> Problem:
    """The service could not answer; `retry_after` seconds later it may."""
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return Problem(503, name, title, detail, headers=headers)


@dataclass(frozen=True)
class Words:
    """How problems speak of one kind of work.

    Attributes:
        thing: what was asked for, as in “The query took too long”.
        things: several of them, as in “Too many queries are waiting”.
        lighten: what a client may do when it took too much time.
        crash: why its worker may have ended, and what to do.
    """

    thing: str
    things: str
    lighten: str
    crash: str


QUERY = Words(
    "query",
    "queries",
    "Make it more selective, add a LIMIT, or download the data and run it on your own machine.",
    "the query used up its memory or its stack, or the process was stopped. Make the query more selective; "
    "ORDER BY and GROUP BY over large products take memory.",
)
PAGE = Words(
    "page",
    "pages",
    "Choose less, for instance fewer texts or one kind of party.",
    "it used up its memory, or the process was stopped. Choose less, or try again.",
)
DISCLOSURE = Words(
    "disclosure",
    "disclosures",
    "Split the file, or run `commitgraph validate` yourself.",
    "the file needs too much memory, or the process was stopped. Try again, or run `commitgraph validate` "
    "yourself.",
)


def not_done(error: SandboxError, words: Words) -> Problem:
    """What it means to a client that the sandbox did not do its work."""
    if isinstance(error, TookTooLong):
        detail = f"It was stopped after {error.seconds:g} s. {words.lighten}"
        return unavailable("timeout", f"The {words.thing} took too long", detail)
    if isinstance(error, Busy):
        detail = "All workers are busy and no place was free in time. Try again in a few seconds."
        return unavailable("busy", f"Too many {words.things} are waiting", detail, retry_after=5)
    if isinstance(error, Crashed):
        detail = f"The process that ran it ended: {words.crash}"
        return unavailable(f"{words.thing}-crashed", f"The {words.thing} broke its worker", detail)
    if isinstance(error, Unavailable):
        detail = "The machine has no room for another process. The service keeps trying; so may you, soon."
        return unavailable("no-worker", "No worker can be started", detail, retry_after=5)
    if isinstance(error, Failed):
        _log.error("a %s failed: %s\n%s", words.thing, error.message, error.trace)
        detail = "This is a fault of the service; it has been logged."
        return Problem(500, "failure", f"The {words.thing} failed", detail)
    detail = "The service is stopping or has lost its engine. Try again in a minute."
    return unavailable("no-engine", "The query engine is not running", detail, retry_after=60)
