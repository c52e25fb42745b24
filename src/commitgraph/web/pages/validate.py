"""The page that judges a disclosure. Nothing is stored; a worker that can be ended does the work."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from commitgraph.disclosure.field_reference import field_reference
from commitgraph.disclosure.reading.notations import ACCEPTED, EXTENSIONS
from commitgraph.disclosure.shapes import USUAL, profiles
from commitgraph.disclosure.writing.json_schema import json_schema
from commitgraph.sandbox.errors import SandboxError
from commitgraph.web.disclosures import judged
from commitgraph.web.pages.common import page, router
from commitgraph.web.pages.rendering import form_job, response_of
from commitgraph.web.pages.site import HEADERS, site_of
from commitgraph.web.problems import PAGE, Problem, not_done

routes = router()
actions = APIRouter(include_in_schema=False)
#: What runs in workers.
views = router()
#: Bytes that a file may have here; the command takes larger ones.
MAX_BYTES = 2 << 20
_ROOM = 64 << 10
_NAMES = {
    "yaml": "pasted.yaml",
    "json": "pasted.json",
    "csv": "pasted.csv",
    "turtle": "pasted.ttl",
    "trig": "pasted.trig",
    "nquads": "pasted.nq",
    "rdfxml": "pasted.rdf",
}


class _InMemory(MultiPartParser):
    """Reads a form without ever writing an uploaded file to the disk."""

    spool_max_size = MAX_BYTES + _ROOM


@page(routes, "/validate")
async def show_form(request: Request) -> Response:
    """The empty form."""
    return _form(request)


@page(routes, "/validate/fields")
async def show_fields(request: Request) -> Response:
    """Every field of a disclosure."""
    site = site_of(request)
    return site.render(request, "fields.html", fields=field_reference(site.engine))


@page(routes, "/schema/disclosure.json")
async def show_schema(request: Request) -> Response:
    """The JSON Schema of disclosures in YAML and JSON."""
    text = json.dumps(json_schema(site_of(request).engine), ensure_ascii=False, indent=2) + "\n"
    return Response(text, headers=HEADERS, media_type="application/schema+json")


@actions.post("/validate")
async def judge(request: Request) -> Response:
    """Judge what was uploaded or pasted, and report by line."""
    state = request.app.state
    try:
        name, data, chosen, given = await _disclosure(request)
        report = await judged(state.pool, state.limits, name, data, chosen)
        # No text holds a zero byte, and every workbook does: it has cells, and no lines that could be shown.
        text = "" if b"\0" in data else data.decode("utf-8-sig", "replace")
        told = json.dumps({"report": report, "text": text, "chosen": chosen, "given": given})
        job = form_job("/validate", request.headers.get("accept"), told.encode())
        response = response_of(await state.pool.run(job, state.limits.page_timeout))
    except SandboxError as error:
        problem = not_done(error, PAGE)
        response = _form(request, problem=problem, status=problem.status)
    except Problem as problem:
        response = _form(request, problem=problem, status=problem.status)
    response.headers["Cache-Control"] = "no-store"
    return response


@views.post("/validate")
async def show_report(request: Request) -> Response:
    """The form with the report, in the worker: a report may be long."""
    told = json.loads(await request.body())
    report = told["report"]
    return _form(
        request,
        report=report,
        file=report["files"][0],
        lines=told["text"].split("\n"),
        chosen=told["chosen"],
        given=told["given"],
    )


def _form(request: Request, *, status: int = 200, **context: Any) -> Response:
    empty: dict[str, Any] = {
        "problem": None,
        "report": None,
        "file": None,
        "lines": [],
        "chosen": USUAL,
        "given": "",
    }
    return site_of(request).render(
        request,
        "validate.html",
        status,
        profiles=profiles(),
        accepted=ACCEPTED,
        extensions=EXTENSIONS,
        most=MAX_BYTES >> 20,
        **{**empty, **context},
    )


async def _disclosure(request: Request) -> tuple[str, bytes, list[str], str]:
    """File name, content, profiles, and the pasted text to show again."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Problem(
            415, "not-a-form", "This is no form", "Expected multipart/form-data, as the form sends it."
        )
    parser = _InMemory(
        request.headers, _limited(request), max_files=1, max_fields=20, max_part_size=MAX_BYTES + _ROOM
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Problem(400, "bad-form", "The form could not be read", error.message) from None
    known = profiles()
    chosen = [str(value) for value in form.getlist("profile") if value in known]
    if not chosen:
        raise Problem(400, "no-profile", "Nothing to judge by", "Choose at least one profile.")
    file, text = form.get("file"), str(form.get("text") or "")
    if isinstance(file, UploadFile) and file.filename:
        data = await file.read()
        await form.close()
        return file.filename[:200], _checked(data), chosen, ""
    if not text.strip():
        raise Problem(400, "empty", "There is nothing to judge", "Choose a file, or paste the text of one.")
    name = _NAMES.get(str(form.get("notation")), "pasted.yaml")
    return name, _checked(text.replace("\r\n", "\n").encode()), chosen, text


def _checked(data: bytes) -> bytes:
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
