"""Files that a client sends: read whole, within a limit, and never written to the disk."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from commitgraph.web.problems import Problem

MULTIPART = "multipart/form-data"
#: Bytes that a file may have here; the command takes larger ones.
MAX_BYTES = 2 << 20
#: Further bytes that a form with a file may have: base64 takes a third, other fields the rest.
_ROOM = 1 << 20


class _InMemory(MultiPartParser):
    """Reads a form without ever writing an uploaded file to the disk."""

    spool_max_size = MAX_BYTES + _ROOM


def is_form(request: Request) -> bool:
    """Whether the body is a form that may hold a file."""
    return request.headers.get("content-type", "").startswith(MULTIPART)


async def form_of(request: Request) -> FormData:
    """The form in the body of a request.

    Raises:
        Problem: it is no form with files, cannot be read, or is too large.
    """
    if not is_form(request):
        raise Problem(415, "not-a-form", "This is no form", f"Expected {MULTIPART}, as the form sends it.")
    parser = _InMemory(
        request.headers, _limited(request), max_files=1, max_fields=50, max_part_size=MAX_BYTES + _ROOM
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise Problem(400, "bad-form", "The form could not be read", error.message) from None


async def file_of(form: FormData) -> tuple[str, bytes] | None:
    """Name and content of the file in a form; None where nobody chose one.

    Raises:
        Problem: it is too large.
    """
    file = form.get("file")
    if not (isinstance(file, UploadFile) and file.filename):
        return None
    data = await file.read()
    await form.close()
    return file.filename[:200], checked(data)


async def body_of(request: Request) -> bytes:
    """The body of a request, whole.

    Raises:
        Problem: it is too large.
    """
    return checked(b"".join([piece async for piece in _limited(request)]))


def checked(data: bytes) -> bytes:
    """`data`, if it is not too large.

    Raises:
        Problem: it is.
    """
    if len(data) > MAX_BYTES:
        raise _too_large()
    return data


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > MAX_BYTES + _ROOM:
            raise _too_large()
        yield piece


def _too_large() -> Problem:
    detail = f"Expected at most {MAX_BYTES >> 20} MiB. Split it, or run `commitgraph validate` yourself."
    return Problem(413, "too-large", "The file is too large", detail)
