"""Problems: what went wrong, as `application/problem+json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from commitgraph.iris import BASE

MEDIA_TYPE = "application/problem+json"


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
