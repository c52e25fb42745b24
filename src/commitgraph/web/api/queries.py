"""`/api/queries`: the saved questions, each an endpoint with typed parameters."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from pydantic import Field

from commitgraph import questions
from commitgraph.engine import Result, Term
from commitgraph.engine.formats import EVERY, GRAPHS, ROWS
from commitgraph.engine.result import term_of
from commitgraph.find.names import LookupFailed, resolve
from commitgraph.questions import ParameterError, Question, UnknownQuestion
from commitgraph.sandbox.work import Result as Made
from commitgraph.views.whereabouts import beside
from commitgraph.web.api.kept import JSON, document, kept
from commitgraph.web.api.models import Cell, Model, Version, problems
from commitgraph.web.api.routing import get
from commitgraph.web.api.search import near_thing
from commitgraph.web.cache import Stored
from commitgraph.web.negotiation import Choice, best
from commitgraph.web.pages.site import Site, site_of
from commitgraph.web.problems import Problem
from commitgraph.web.sparql.endpoint import chosen_formats
from commitgraph.web.sparql.execution import query_job, run_query

routes = APIRouter(tags=["saved questions"])

#: The parameter of every saved question that names a format; no question may call a parameter of its own so.
FORMAT = "format"


class ParameterModel(Model):
    """Something that a saved question lets its reader choose."""

    name: str
    type: Literal[
        "instrument",
        "party",
        "provision",
        "topic",
        "principle",
        "value",
        "right",
        "date",
        "text",
        "integer",
    ] = Field(
        description="For a thing: write its short name, its IRI, or a name in any listed variant. "
        "`date`: YYYY, YYYY-MM or YYYY-MM-DD."
    )
    description: str
    default: str = Field(description="What is asked for when the parameter is left out.")


class ChosenParameter(ParameterModel):
    """A parameter and the value for which the answer speaks."""

    value: str = Field(description="The value: as it was given, or the default.")
    iri: str | None = Field(None, description="The thing that it stands for, if it stands for one.")
    label: str | None = Field(None, description="What that thing is called.")


class QuestionModel(Model):
    """A saved question, without its answer."""

    name: str
    question: str
    readers: list[str] = Field(alias="for", description="For whom it is.")
    group: str = Field(description="What it is about.")
    why: str = Field(description="What the answer is good for, and what it does not say.")
    since: str = Field(description="The day on which it was added.")
    parameters: list[ParameterModel]
    address: str = Field(description="Where it is answered.", examples=["/api/queries/signatories"])
    page: str = Field(description="Where people ask it.", examples=["/questions/signatories"])
    sparql: str = Field(description="The query, with the defaults in it; it runs in any SPARQL 1.1 engine.")


class Catalogue(Model):
    """All saved questions, by name."""

    dataVersion: Version
    queries: list[QuestionModel]


class Asked(Model):
    """What every answer says about the question."""

    name: str
    question: str
    parameters: list[ChosenParameter]
    dataVersion: Version
    notes: list[str] = Field(
        description="What stands beside the answer, so that it is not misread: how the party of the question "
        "stands to its instrument, and, where nothing was found, to which texts it does stand."
    )


class RowsAnswer(Asked):
    """The answer of a question that asks for a table."""

    kind: Literal["rows"]
    variables: list[str] = Field(description="The columns, in order.")
    rows: list[dict[str, Cell]] = Field(description="One object a row; what is unbound is absent.")


class BooleanAnswer(Asked):
    """The answer of a question that asks for yes or no."""

    kind: Literal["boolean"]
    boolean: bool = Field(description="Whether the graph holds it. No means: not in this graph.")


class TripleModel(Model):
    """One statement of a graph."""

    subject: Cell
    predicate: Cell
    object: Cell


class GraphAnswer(Asked):
    """The answer of a question that asks for a graph."""

    kind: Literal["graph"]
    triples: list[TripleModel]


AnyAnswer = Annotated[RowsAnswer | BooleanAnswer | GraphAnswer, Field(discriminator="kind")]


@dataclass(frozen=True)
class Chosen:
    """A question with values for all its parameters.

    Attributes:
        sparql: the query with these values in it.
        values: for each parameter the value as it was given, or its default.
        iris: for each parameter that stands for a thing, its IRI.
    """

    question: Question
    sparql: str
    values: Mapping[str, str]
    iris: Mapping[str, str]


@get(
    routes,
    "/api/queries",
    operation_id="listQueries",
    summary="List the saved questions",
    response_model=Catalogue,
    response_description="All saved questions, by name.",
)
async def list_queries(request: Request) -> Response:
    """List the saved questions with their parameters; each is answered at `/api/queries/NAME`."""
    _expect_only(request, ())
    found = questions.questions()
    version = site_of(request).dataset.version

    async def make() -> Stored:
        return document({"dataVersion": version, "queries": [_described(q) for q in found]})

    return await kept(request).respond(request, ("queries", *(q.sparql for q in found)), make)


@get(
    routes,
    "/api/queries/{name}",
    operation_id="answerQuery",
    summary="Answer a saved question",
    response_model=AnyAnswer,
    response_description="The answer. The member `kind` says which of the three kinds it is.",
    responses=problems(404, 406, 413, 503),
)
async def answer_query(request: Request, name: Annotated[str, InPath(examples=["signatories"])]) -> Response:
    """Answer a saved question.

    Its parameters are parameters of the address; those left out keep their defaults. By default the answer
    is JSON with the values used and the labels of things. With `format=`, or an Accept header for one of the
    formats of `/sparql`, it is the same bytes as `/sparql` gives for the query.
    """
    site = site_of(request)
    chosen = await asyncio.to_thread(_choose, site, name, _parameters(request))
    plain = _plain_formats(request)
    # A question file can change without a new version of the data: the query itself is part of the key.
    key = ["query", name, chosen.sparql, *(f"{n}={v}" for n, v in chosen.values.items())]
    if plain:
        key += [choice.media_type if choice else "" for choice in plain]

    async def make() -> Stored:
        if plain:
            rows, graph = plain
            answer = await _run(request, chosen.sparql, rows, graph)
            choice = rows if answer.head["kind"] == "rows" else graph
            assert choice  # noqa: S101  (a worker refuses what nobody accepts)
            return Stored(choice.content_type, answer.body)
        answer = await _run(
            request, chosen.sparql, Choice(ROWS["json"], JSON), Choice(GRAPHS["ntriples"], JSON)
        )
        return await asyncio.to_thread(lambda: document(_answered(site, chosen, answer)))

    return await kept(request).respond(request, tuple(key), make)


async def _run(request: Request, sparql: str, rows: Choice | None, graph: Choice | None) -> Made:
    """Have a worker answer: whoever chooses the values is a stranger, and what they cost is not known before.

    Raises:
        Problem: the answer is too large, took too long, or there is no room.
    """
    state = request.app.state
    job = query_job(
        sparql,
        row_format=rows.format.name if rows else None,
        graph_format=graph.format.name if graph else None,
    )
    return await run_query(state.pool, job, state.limits.timeout)


def _plain_formats(request: Request) -> tuple[Choice | None, Choice | None] | None:
    """The formats of `/sparql` that the client wants, or None where it wants the JSON of the API."""
    accept = request.headers.get("accept")
    wanted = request.query_params.get(FORMAT)
    if wanted is not None:
        if not wanted.strip():
            names = ", ".join((*ROWS, *GRAPHS))
            raise _bad(FORMAT, f"format: expected one of {names}, got nothing.")
        return chosen_formats(wanted, accept)
    # Ours first, so that it wins a tie; the formats by their own names only, since browsers accept any XML.
    liked = best(accept, (JSON, *(f.media_type for f in EVERY)))
    return None if liked == JSON else chosen_formats("", accept)


def _parameters(request: Request) -> dict[str, str]:
    """The parameters of the address, but for `format`.

    Raises:
        Problem: one is there twice.
    """
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in values:
            raise _bad(name, f"{name}: expected one value, got several. Ask once for each.")
        values[name] = value
    values.pop(FORMAT, None)
    return values


def _expect_only(request: Request, known: tuple[str, ...]) -> None:
    for name in request.query_params:
        if name not in known:
            raise _bad(name, f"expected {' or '.join(known) or 'no parameter'}, got {name[:80]!r}")


def _choose(site: Site, name: str, given: Mapping[str, str]) -> Chosen:
    """The saved question of that name with the values that were given.

    Raises:
        Problem: no such question or parameter, or a value that its parameter does not take.
    """
    try:
        question = questions.get(name)
    except UnknownQuestion as error:
        near = [
            {"name": n, "label": questions.get(n).text, "address": f"/api/queries/{n}"} for n in error.near
        ]
        raise Problem(
            404,
            "unknown-question",
            "There is no such saved question",
            f"Expected the name of a saved question, got {name[:80]!r}. /api/queries lists all.",
            near=near or None,
        ) from None
    known = {parameter.name: parameter for parameter in question.parameters}
    for parameter in given:
        if parameter not in known:
            # The question itself says which parameters it has, and which may have been meant.
            _bound(site, question, parameter, given[parameter])
    values = {parameter: given.get(parameter, known[parameter].default) for parameter in known}
    iris: dict[str, str] = {}
    for parameter, value in values.items():
        found = _bound(site, question, parameter, value)
        if found:
            iris[parameter] = found
    sparql = question.bind(lambda kind, text: resolve(site.engine, kind, text), **given)
    return Chosen(question=question, sparql=sparql, values=values, iris=iris)


def _bound(site: Site, question: Question, parameter: str, value: str) -> str:
    """IRI of the thing that `value` stands for, empty where the parameter takes a plain value.

    Raises:
        Problem: there is no such parameter, or it does not take the value.
    """
    found: list[str] = []

    def remember(kind: Any, text: str) -> str:
        found.append(resolve(site.engine, kind, text))
        return found[-1]

    try:
        question.bind(remember, **{parameter: value})
    except ParameterError as error:
        raise _bad(parameter, str(error)) from None
    except LookupFailed as error:
        raise Problem(
            400 if error.ambiguous else 404,
            "ambiguous-name" if error.ambiguous else "unknown-thing",
            "The name stands for several things" if error.ambiguous else "There is no such thing",
            f"{parameter}: {error}",
            parameter=parameter,
            near=[near_thing(iri, site.labels) for iri in error.candidates] or None,
        ) from None
    return found[0] if found else ""


def _bad(parameter: str, detail: str) -> Problem:
    return Problem(400, "bad-parameter", "A parameter is wrong", detail, parameter=parameter[:80])


def _described(question: Question) -> dict[str, Any]:
    addresses = {"address": f"/api/queries/{question.name}", "page": f"/questions/{question.name}"}
    return question.record() | addresses


def _answered(site: Site, chosen: Chosen, answer: Made) -> dict[str, Any]:
    """The answer of a worker, as JSON for the API."""
    result = Result.of_triples(answer.body) if answer.head["kind"] == "graph" else Result.of_json(answer.body)
    told = beside(site.engine, chosen.question, chosen.values, found=bool(result))
    parameters = []
    for parameter in chosen.question.parameters:
        entry = {**asdict(parameter), "value": chosen.values[parameter.name]}
        iri = chosen.iris.get(parameter.name)
        if iri:
            entry["iri"] = iri
            entry["label"] = site.labels.get(iri, iri)
        parameters.append(entry)
    head = {
        "name": chosen.question.name,
        "question": chosen.question.text,
        "parameters": parameters,
        "dataVersion": site.dataset.version,
        "notes": [note for note in (told.answer, told.instead) if note],
        "kind": result.kind,
    }
    if result.kind == "boolean":
        return head | {"boolean": result.boolean}
    if result.kind == "graph":
        triples = [
            {part: _cell(site, term_of(getattr(triple, part))) for part in ("subject", "predicate", "object")}
            for triple in result.triples
        ]
        return head | {"triples": triples}
    rows = [
        {name: _cell(site, term, row.get(f"{name}Label")) for name, term in row.items()} for row in result
    ]
    return head | {"variables": list(result.variables), "rows": rows}


def _cell(site: Site, term: Term, label: Term | None = None) -> dict[str, str]:
    """One value; the label that the row itself gives goes before the one that the graph has."""
    cell = {"type": term.kind, "value": term.value}
    if term.language:
        cell["language"] = term.language
    if term.datatype:
        cell["datatype"] = term.datatype
    if term.kind == "uri":
        called = label.value if label else site.labels.get(term.value)
        if called:
            cell["label"] = called
    return cell
