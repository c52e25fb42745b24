"""The pages that give a template and judge a disclosure. Nothing is stored; workers do the work."""

from __future__ import annotations

import binascii
import json
import re
from base64 import b64decode, b64encode
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from commitgraph.disclosure.field_reference import field_reference
from commitgraph.disclosure.reading.notations import ACCEPTED, EXTENSIONS, NOTATIONS, TEXTS
from commitgraph.disclosure.reports.elsewhere import on_help
from commitgraph.disclosure.shapes import USUAL, profiles, purpose
from commitgraph.disclosure.writing.blank import FORMATS, NOT_HELD, template
from commitgraph.disclosure.writing.json_schema import json_schema
from commitgraph.domain.provisions import Provision, provisions
from commitgraph.find.names import LookupFailed, names_of, resolve
from commitgraph.iris import local
from commitgraph.sandbox.errors import SandboxError
from commitgraph.web.disclosures import FORMS, judged
from commitgraph.web.pages.common import page, router
from commitgraph.web.pages.rendering import form_job, page_job, response_of
from commitgraph.web.pages.site import HEADERS, Site, site_of
from commitgraph.web.problems import PAGE, Problem, not_done
from commitgraph.web.uploads import MAX_BYTES, checked, file_of, form_of

routes = router()
actions = APIRouter(include_in_schema=False)
#: What runs in workers.
views = router()
#: Bytes that a file may have to be sent along with its report, so that other forms of it can be made.
MOST_SENT_ALONG = 256 << 10
#: The notations in which there are templates.
_TEMPLATES = {form: next(one for one in NOTATIONS if one.reader == form) for form in FORMATS}
#: What they are called where the name of the notation says little to people.
_CALLED = {"xlsx": "workbook (XLSX)"}


class Sent(NamedTuple):
    """A disclosure as a form has it.

    Attributes:
        name, data: the file.
        chosen: names of profiles.
        is_pasted: whether somebody wrote it into the form.
    """

    name: str
    data: bytes
    chosen: list[str]
    is_pasted: bool


class ByPromise(NamedTuple):
    """The findings about one promise.

    Attributes:
        promise: what is promised; None for what is about no single promise.
        findings: with their numbers in the order of their places.
    """

    promise: Provision | None
    findings: list[tuple[int, dict[str, Any]]]


@page(routes, "/validate")
async def show_form(request: Request) -> Response:
    """The empty form."""
    return form_page(request)


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


@actions.api_route("/validate/template", methods=["GET", "HEAD"])
async def give_template(request: Request) -> Response:
    """A disclosure to fill in."""
    return await of_today(request)


@views.get("/validate/template")
async def make_template(request: Request, party: str = "", format: str = FORMATS[0]) -> Response:
    """The same, in the worker."""
    site = site_of(request)
    try:
        form = next((one for one in FORMATS if one == format), None)
        if form is None:
            told = f"format: expected one of {', '.join(FORMATS)}, got {format[:80]!r}"
            raise Problem(400, "bad-parameter", "A parameter is wrong", told)
        iri = organisation(site, party, "/validate/template", format=form)
    except Problem as problem:
        return form_page(request, problem=problem, party=party, format=format)
    written = _TEMPLATES[form]
    media_type = written.media_types[0]
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    content = template(iri, site.dataset.store, form)
    return download(content, local(iri) + written.extensions[0], media_type)


@actions.post("/validate")
async def judge(request: Request) -> Response:
    """Judge what was uploaded or pasted, and report by line and by promise."""
    state = request.app.state
    try:
        sent = await _sent(await form_of(request))
        found = await judged(state.pool, state.limits, sent.name, sent.data, sent.chosen)
        told = {**sent._asdict(), "data": len(found.report), "commitments": found.commitments}
        body = json.dumps(told).encode() + b"\n" + found.report + sent.data
        job = form_job("/validate", request.headers.get("accept"), body)
        response = response_of(await state.pool.run(job, state.limits.page_timeout))
    except SandboxError as error:
        response = form_page(request, problem=not_done(error, PAGE))
    except Problem as problem:
        response = form_page(request, problem=problem)
    response.headers["Cache-Control"] = "no-store"
    return response


@views.post("/validate")
async def show_report(request: Request) -> Response:
    """The form with the report, in the worker: a report may be long."""
    head, _, rest = (await request.body()).partition(b"\n")
    told = json.loads(head)
    report, data = json.loads(rest[: told["data"]]), rest[told["data"] :]
    # No text holds a zero byte, and every workbook does: it has cells, and no lines that could be shown.
    # Without the mark by hand: a worker cannot load the codec that takes it off.
    text = "" if b"\0" in data else data.removeprefix(BOM_UTF8).decode("utf-8", "replace")
    file = report["files"][0]
    return form_page(
        request,
        report=report,
        file=file,
        name=told["name"],
        lines=text.split("\n"),
        chosen=told["chosen"],
        given=text if told["is_pasted"] else "",
        on_help=on_help(file["file"], (finding["hint"] for finding in file["findings"])),
        promises=_by_promise(site_of(request), file["findings"], told["commitments"]),
        data=b64encode(data).decode() if len(data) <= MOST_SENT_ALONG else "",
    )


@actions.post("/validate/report")
async def give_report(request: Request) -> Response:
    """The report in another form, made anew from the file that the page sends along."""
    state = request.app.state
    try:
        form = await form_of(request)
        wanted = str(form.get("format"))
        if wanted not in FORMS:
            told = f"format: expected one of {', '.join(FORMS)}, got {wanted[:80]!r}"
            raise Problem(400, "bad-parameter", "A parameter is wrong", told)
        sent = await _sent(form)
        found = await judged(state.pool, state.limits, sent.name, sent.data, sent.chosen, wanted)
    except Problem as problem:
        response = form_page(request, problem=problem)
    else:
        name = f"{PurePath(sent.name).stem}.report.{FORMS[wanted].suffix}"
        response = download(found.report, name, FORMS[wanted].media_type)
    response.headers["Cache-Control"] = "no-store"
    return response


async def of_today(request: Request, body: bytes | None = None) -> Response:
    """What a worker answers to the same request; it depends on the day, so it is not kept.

    Args:
        request: what is asked for.
        body: of the request, where it is a form.
    """
    state, path, accept = request.app.state, request.url.path, request.headers.get("accept")
    job = page_job(path, request.url.query, accept) if body is None else form_job(path, accept, body)
    try:
        response = response_of(await state.pool.run(job, state.limits.page_timeout))
    except SandboxError as error:
        response = form_page(request, problem=not_done(error, PAGE))
    response.headers["Cache-Control"] = "no-store"
    return response


def organisation(site: Site, text: str, address: str, **parameters: str) -> str:
    """IRI of the organisation that somebody named.

    Args:
        site: whose graph holds it.
        text: what was typed.
        address: where one that may have been meant is asked for, with `parameters`.

    Raises:
        Problem: none is called so, with links to those that may be meant, or several are.
    """
    if not text.strip():
        raise Problem(400, "no-party", "No organisation is named", "Write the name of an organisation.")
    try:
        return resolve(site.engine, "party", text)
    except LookupFailed as error:
        labels = names_of(site.engine).labels
        near = [
            {"address": f"{address}?{urlencode({'party': local(iri), **parameters})}", "label": labels[iri]}
            for iri in error.candidates
        ]
        if error.ambiguous:
            title, told = "The name stands for several organisations", "Choose the one that is meant."
            raise Problem(400, "ambiguous-name", title, told, near=near) from None
        told = str(error) if error.helps else f"No organisation called {text[:80]!r} is held here."
        raise Problem(
            404,
            "unknown-thing",
            "There is no template for this organisation",
            f"{told} A template is made from the promises that are held here; {NOT_HELD}.",
            near=near or None,
        ) from None


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep."""
    plain = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip("-.") or "file"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{plain}"'}
    return Response(content, headers=headers, media_type=media_type)


def form_page(request: Request, *, problem: Problem | None = None, **context: Any) -> Response:
    """The page with the three steps; a report and a problem stand on it where there are some."""
    empty: Mapping[str, Any] = {
        "report": None,
        "lines": [],
        "chosen": USUAL,
        "given": "",
        "party": "",
        "format": FORMATS[0],
    }
    return site_of(request).render(
        request,
        "validate.html",
        problem.status if problem else 200,
        problem=problem,
        profiles={name: purpose(name) for name in profiles()},
        accepted=ACCEPTED,
        extensions=EXTENSIONS,
        most=MAX_BYTES >> 20,
        most_sent_along=MOST_SENT_ALONG >> 10,
        templates={form: _CALLED.get(form, written.name) for form, written in _TEMPLATES.items()},
        texts={reader: " or ".join(one.name for one in shared) for reader, shared in TEXTS.items()},
        reports=FORMS,
        **{**empty, **context},
    )


def _by_promise(site: Site, findings: list[dict[str, Any]], commitments: list[str | None]) -> list[ByPromise]:
    """The findings by what they are about, in the order of the texts; the rest is about the file."""
    groups: dict[str | None, list[tuple[int, dict[str, Any]]]] = {}
    for number, (finding, commitment) in enumerate(zip(findings, commitments, strict=True), 1):
        groups.setdefault(commitment, []).append((number, finding))
    known = provisions(site.engine, [iri for iri in groups if iri]) if any(groups) else ()
    rest = [ByPromise(None, groups[None])] if None in groups else []
    return [ByPromise(one, groups[one.iri]) for one in known] + rest


async def _sent(form: FormData) -> Sent:
    """The disclosure in a form.

    Raises:
        Problem: there is none, or nothing to judge it by.
    """
    known = profiles()
    chosen = [str(value) for value in form.getlist("profile") if value in known]
    if not chosen:
        raise Problem(400, "no-profile", "Nothing to judge by", "Choose at least one profile.")
    file = await file_of(form)
    if file:
        return Sent(*file, chosen, is_pasted=False)
    if form.get("data"):
        try:
            data = b64decode(str(form["data"]), validate=True)
        except binascii.Error:
            told = "data: expected base64, as the page with the report sends it."
            raise Problem(400, "bad-form", "The form could not be read", told) from None
        return Sent(str(form.get("name"))[:200], checked(data), chosen, is_pasted=False)
    text = str(form.get("text") or "")
    if not text.strip():
        raise Problem(400, "empty", "There is nothing to judge", "Choose a file, or paste the text of one.")
    written, *_ = TEXTS.get(str(form.get("notation")), TEXTS["yaml"])
    name = f"pasted{written.extensions[0]}"
    return Sent(name, checked(text.replace("\r\n", "\n").encode()), chosen, is_pasted=True)
