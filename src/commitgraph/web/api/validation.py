"""`/api/validate`: the report on a disclosure, as `commitgraph validate` gives it; and `/api/checks`."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from commitgraph.disclosure.catalogue import checks
from commitgraph.disclosure.judge import known_profiles
from commitgraph.disclosure.reading.notations import EXTENSIONS, SENT_AS
from commitgraph.disclosure.shapes import USUAL, Severity
from commitgraph.web.api.kept import document, kept
from commitgraph.web.api.models import Model, problems
from commitgraph.web.api.routing import get
from commitgraph.web.disclosures import FORMS, judged
from commitgraph.web.problems import Problem
from commitgraph.web.uploads import MULTIPART, body_of, file_of, form_of, is_form

routes = APIRouter(tags=["disclosures"])


class Wanted(BaseModel):
    """By what a file is judged, and how the report is given."""

    model_config = ConfigDict(extra="forbid")

    profile: list[str] = Field(
        list(USUAL), max_length=50, description="What to judge by; may be given several times."
    )
    name: str = Field(
        "",
        max_length=200,
        description="The name of the file, for the report. Its extension tells the notation; without a name, "
        "the media type does.",
        examples=["report.yaml"],
    )
    format: str = Field(
        "json",
        description="The form of the report, as `commitgraph validate --format` has them.",
        json_schema_extra={"enum": list(FORMS)},
    )


class SuppressionModel(Model):
    """Why a finding does not make its file fail."""

    by: str
    until: str
    reason: str


class FindingModel(Model):
    """One thing that a check has found."""

    code: str = Field(description="Of the check; `/checks/CODE` tells of it.", examples=["CG106"])
    name: str = Field(description="Of the check.", examples=["missing-status"])
    severity: Severity
    message: str
    hint: str = Field(description="What to write instead.")
    file: str
    line: int = Field(description="From 1; in a workbook, the row.")
    column: int = Field(description="From 1.")
    provision: str | None = Field(description="IRI of the provision concerned, where there is one.")
    value: str | None = Field(description="The value at fault as it was written, where there is one.")
    sheet: str | None = Field(None, description="Sheet of the workbook, where the file is one.")
    cell: str | None = Field(None, description="Its cell.", examples=["B7"])
    suppression: SuppressionModel | None = Field(None, description="Present where a comment allows it.")


class AskedModel(Model):
    """The promises of one text that the disclosure was asked to answer for."""

    instrument: str = Field(description="IRI of the text.")
    label: str
    asked: int = Field(description="Single promises that are asked for.")
    answered: int = Field(description="Those that have an entry.")
    numbered: int = Field(description="Commitments that the text itself counts.")


class AccountModel(Model):
    """Who speaks in the disclosure, and what its entries come with."""

    organisation: str | None
    prepared_by: str | None = Field(description="Who wrote it, where this is not the organisation.")
    entries: int
    claims: int = Field(description="Entries that say that something was done or begun.")
    claims_with_source: int | None = Field(
        description="Claims with a source that the checks accept; null when nobody looked."
    )
    no_information: int
    promises: list[AskedModel] | None = Field(description="A row a text; null when nobody asked.")


class FileModel(Model):
    """What was found in the file."""

    file: str
    conforms: bool = Field(description="Whether nothing as grave as `fail_on` was found.")
    account: AccountModel | None = Field(description="null where the file could not be judged.")
    findings: list[FindingModel]


class SummaryModel(Model):
    """The report in figures and in a sentence."""

    files: int
    unreadable: int
    findings: int
    violation: int
    warning: int
    info: int
    profiles: list[str]
    fail_on: Severity
    verdict: str = Field(description="What was found by these profiles; nothing of what was not looked at.")


class ReportModel(Model):
    """The report on one file. It says nothing about whether a promise was kept."""

    version: int = Field(description="Of this shape.")
    conforms: bool
    files: list[FileModel]
    summary: SummaryModel


class CheckModel(Model):
    """A check."""

    code: str = Field(description="Stable; never used for another check.")
    name: str
    severity: Severity
    profiles: list[str] = Field(description="Those that hold it; none for checks that every file undergoes.")
    summary: str = Field(description="What it says.")


_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "The file itself under its media type, or a form with it in the field `file`.",
        "content": {
            **dict.fromkeys(SENT_AS, _BINARY),
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


@routes.post(
    "/api/validate",
    operation_id="validate",
    summary="Judge a disclosure",
    response_model=ReportModel,
    response_description="The report, whatever was found.",
    responses={
        200: {"content": {form.media_type: {} for form in FORMS.values() if "json" not in form.suffix}},
        **problems(400, 413, 415, 500, 503),
    },
    openapi_extra=_BODY,
)
async def validate(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
    """Judge one file; the answer is what `commitgraph validate` says of it. Nothing is stored.

    A file that cannot be judged has a report, too, with a finding that says why. What is not judged here is
    whether a promise was kept.
    """
    state = request.app.state
    try:
        chosen = known_profiles(wanted.profile)
    except ValueError as error:
        raise _bad("profile", f"profile: {error}") from None
    form = FORMS.get(wanted.format)
    if form is None:
        raise _bad("format", f"format: expected one of {', '.join(FORMS)}, got {wanted.format[:80]!r}")
    name, data = await _file(request, wanted.name)
    found = await judged(state.pool, state.limits, name, data, chosen, wanted.format)
    return Response(found.report, headers={"Cache-Control": "no-store"}, media_type=form.media_type)


async def _file(request: Request, named: str) -> tuple[str, bytes]:
    """Name and content of the file that was sent.

    Raises:
        Problem: there is none, or nothing tells its notation.
    """
    if is_form(request):
        sent = await file_of(await form_of(request))
        if sent is None:
            detail = "Expected a file with a name in the field `file` of the form, got none."
            raise Problem(400, "no-file", "There is nothing to judge", detail)
        name, data = named or sent[0], sent[1]
    else:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        extension = SENT_AS.get(media_type, "")
        if not named and not extension:
            told = f"{media_type[:80]!r}" if media_type else "none"
            detail = (
                f"Expected `name=` with an extension out of {', '.join(EXTENSIONS)}, or a Content-Type out "
                f"of {', '.join(SENT_AS)} and {MULTIPART}, got {told}."
            )
            raise Problem(415, "unknown-notation", "Nothing tells how the file is written", detail)
        name = named if PurePath(named).suffix else (named or "disclosure") + extension
        data = await body_of(request)
    if not data.strip():
        raise Problem(400, "empty", "There is nothing to judge", "Expected a file, got an empty one.")
    return name, data


def _bad(parameter: str, detail: str) -> Problem:
    return Problem(400, "bad-parameter", "A parameter is wrong", detail, parameter=parameter)


@get(
    routes,
    "/api/checks",
    operation_id="listChecks",
    summary="List the checks",
    response_model=list[CheckModel],
    response_description="All checks, by code, as `commitgraph explain --list` tells them.",
)
async def list_checks(request: Request) -> Response:
    """List the checks that disclosures can be held against; `/checks/CODE` explains one to people."""

    def told() -> list[dict[str, Any]]:
        return [check.to_dict() for check in checks()]

    async def make() -> Any:
        return document(await asyncio.to_thread(told))

    return await kept(request).respond(request, ("checks",), make)
