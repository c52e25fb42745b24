"""Answers of the API: made once for equal questions, compressed, with an entity tag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response

from commitgraph import __version__
from commitgraph.web.cache import Cache, Stored
from commitgraph.web.negotiation import encoding
from commitgraph.web.single_flight import ClientGone, SingleFlight

JSON = "application/json"
_VARY = "Accept, Accept-Encoding"
_KEPT_BYTES = 16 << 20


class Kept:
    """The answers that are kept, and those that are being made.

    Args:
        version: of the data; part of every tag, as is the version of the code.
    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._cache = Cache(_KEPT_BYTES)
        self._runs = SingleFlight[Stored]()

    async def respond(
        self, request: Request, key: tuple[str, ...], make: Callable[[], Coroutine[None, None, Stored]]
    ) -> Response:
        """The response to `request`: 304 where the client has the answer, else the answer.

        Args:
            request: its headers say what the client has and which codings it takes.
            key: all that the answer depends on, apart from the data and the code.
            make: makes the answer, if it is not kept.
        """
        parts = "\0".join((self._version, __version__, *key))
        tag = hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()
        headers = {"ETag": f'W/"{tag}"', "Cache-Control": "public, max-age=60", "Vary": _VARY}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        answer = self._cache.get(tag)
        if answer is None:
            try:
                answer = await self._runs.join(tag, make, request.receive)
            except ClientGone:
                return Response()  # nobody reads it
            self._cache.keep(tag, answer)
        coding, body = await answer.coded(encoding(request.headers.get("accept-encoding")))
        headers["Content-Type"] = answer.content_type
        if coding != "identity":
            headers["Content-Encoding"] = coding
        return Response(body, headers=headers)


def kept(request: Request) -> Kept:
    """The kept answers of the service that `request` goes to."""
    answers = request.app.state.api_answers
    assert isinstance(answers, Kept)  # noqa: S101  (for the type checker)
    return answers


def document(value: Any) -> Stored:
    """`value` as a JSON answer."""
    return Stored(JSON, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
