"""`/api/openapi.json`: the routes that programs may use, made from their declarations.

Two parts are written here by hand, since FastAPI cannot see them: `/sparql`, which is an application of its
own, and one path for each saved question, whose parameters stand in its file.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from commitgraph import __version__, questions
from commitgraph.engine.formats import EVERY, GRAPHS, ROWS
from commitgraph.questions import THINGS, Parameter, Question
from commitgraph.web.api.kept import document, kept
from commitgraph.web.api.models import problems
from commitgraph.web.api.queries import FORMAT
from commitgraph.web.cache import Stored
from commitgraph.web.problems import MEDIA_TYPE

routes = APIRouter(include_in_schema=False)

Json = dict[str, Any]

_ABOUT = """\
Who promised what on artificial intelligence: instruments, their provisions, the parties that adhere to them,
and the evidence that parties show. What is not in an answer is not in this graph; it may still be true.

Every response carries the header `X-Data-Version`. Errors are problem documents (RFC 9457). Answers have an
`ETag`; send it back as `If-None-Match` to hear whether they have changed. Any origin may read them.
"""
_TEXT: Json = {"type": "string"}


@routes.api_route("/api/openapi.json", methods=["GET", "HEAD"])
async def openapi(request: Request) -> Response:
    """The description of the service under OpenAPI 3.1."""
    found = questions.questions()

    async def make() -> Stored:
        return document(describe(request.app))

    return await kept(request).respond(request, ("openapi", *(q.sparql for q in found)), make)


def describe(app: FastAPI) -> Json:
    """The OpenAPI document of the service."""
    described = get_openapi(
        title="commitgraph",
        version=__version__,
        summary="Who promised what on artificial intelligence",
        description=_ABOUT,
        license_info={"name": "CC BY 4.0 (data); Apache-2.0 (code)"},
        routes=app.routes,
        servers=[{"url": "/"}],
        tags=[
            {"name": "saved questions", "description": "Queries with typed parameters, kept in files."},
            {"name": "search", "description": "Things by words."},
            {"name": "disclosures", "description": "Checking companies' disclosures, as the command does."},
            {"name": "SPARQL", "description": "The SPARQL 1.1 Protocol, queries only."},
        ],
    )
    _one_error_shape(described)
    paths = described["paths"]
    generic = paths["/api/queries/{name}"]["get"]
    generic["parameters"] += [_format_parameter(), _free_parameters()]
    _add_formats(generic)
    _share_responses(described, generic)
    for question in questions.questions():
        paths[f"/api/queries/{question.name}"] = {"get": _saved(question, generic)}
    paths["/sparql"] = _sparql()
    return described


def _one_error_shape(described: Json) -> None:
    """Take out the shape of errors that FastAPI declares and we never send."""
    for path in described["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            for response in operation["responses"].values():
                content = response.get("content", {})
                if MEDIA_TYPE in content:
                    content.pop("application/json", None)
    for name in ("HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(name, None)


def _format_parameter() -> Json:
    return {
        "name": FORMAT,
        "in": "query",
        "description": "Ask for a format of `/sparql` in place of the JSON described here. Tables and yes/no "
        f"come as {', '.join(ROWS)}; graphs as {', '.join(GRAPHS)}. "
        "`json` is SPARQL 1.1 Query Results JSON, or JSON-LD for graphs.",
        "schema": {"type": "string", "enum": sorted({*ROWS, *GRAPHS})},
    }


def _free_parameters() -> Json:
    return {
        "name": "parameters",
        "in": "query",
        "description": "The parameters of the question, as `/api/queries` lists them.",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": _TEXT},
        "example": {"instrument": "seoul-ai-business-pledge"},
    }


def _add_formats(operation: Json) -> None:
    content = operation["responses"]["200"]["content"]
    for form in EVERY:
        content[form.media_type] = {"schema": _TEXT}


def _share_responses(described: Json, generic: Json) -> None:
    """Write the responses of saved questions once: there are many questions."""
    shared = described["components"].setdefault("responses", {})
    for status, response in generic["responses"].items():
        shared[f"SavedQuestion{status}"] = response
        generic["responses"][status] = {"$ref": f"#/components/responses/SavedQuestion{status}"}


def _saved(question: Question, generic: Json) -> Json:
    """The operation of one saved question."""
    return {
        "tags": generic["tags"],
        "summary": question.text,
        "description": question.why,
        "operationId": "query_" + question.name.replace("-", "_"),
        "parameters": [*(_parameter(p) for p in question.parameters), _format_parameter()],
        "responses": generic["responses"],
    }


def _parameter(parameter: Parameter) -> Json:
    schema: Json = {"type": "string", "default": parameter.default}
    meaning = parameter.description
    if parameter.type == "integer":
        schema = {"type": "integer", "default": int(parameter.default)}
    elif parameter.type == "date":
        meaning += ": YYYY, YYYY-MM or YYYY-MM-DD"
    elif parameter.type in THINGS:
        meaning += f": short name, IRI or any name of a {parameter.type}"
    return {"name": parameter.name, "in": "query", "description": meaning, "schema": schema}


def _sparql() -> Json:
    """The path `/sparql`."""
    graphs = {"type": "array", "items": {"type": "string", "format": "uri"}}
    query = {"type": "string", "description": "One SPARQL 1.1 query; updates and SERVICE are refused."}
    form = {
        "type": "string",
        "enum": sorted({*ROWS, *GRAPHS}),
        "description": "Goes before the Accept header.",
    }
    timeout = {
        "type": "number",
        "exclusiveMinimum": 0,
        "description": "Seconds that the query may run; the service has a limit of its own.",
    }
    optional: dict[str, Json] = {
        "default-graph-uri": {**graphs, "description": "Graphs that make up the default graph."},
        "named-graph-uri": {**graphs, "description": "Graphs that GRAPH can reach."},
        "format": form,
        "timeout": timeout,
    }
    parameters = [{"name": name, "in": "query", "schema": schema} for name, schema in optional.items()]
    example = "SELECT ?p WHERE { ?p a <https://w3id.org/commitgraph/ns#Company> } LIMIT 3"
    asked = {"name": "query", "in": "query", "required": True, "schema": query, "example": example}
    content = {form.media_type: {"schema": _TEXT} for form in EVERY}
    answered: Json = {"200": {"description": "The complete answer.", "content": content}}
    for status in (400, 403, 406, 413, 415, 500, 503):
        told = problems(status)[status]
        answered[str(status)] = {"description": told["description"], "content": told["content"]}
    not_modified = {"304": {"description": "The client has the answer."}}
    without_415 = {status: response for status, response in answered.items() if status != "415"}
    return {
        "get": {
            "tags": ["SPARQL"],
            "summary": "Answer a SPARQL query",
            "description": "SELECT, ASK, CONSTRUCT or DESCRIBE. Without FROM it reads the merge of all "
            "graphs. Without a query this address is the service description, or a page to browsers.",
            "operationId": "sparqlGet",
            "parameters": [asked, *parameters],
            "responses": without_415 | not_modified,
        },
        "post": {
            "tags": ["SPARQL"],
            "summary": "Answer a SPARQL query that is too long for an address",
            "operationId": "sparqlPost",
            "parameters": parameters,
            "requestBody": {
                "required": True,
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {
                            "type": "object",
                            "required": ["query"],
                            "properties": {"query": query, **optional},
                        },
                        "encoding": {
                            name: {"style": "form", "explode": True}
                            for name in ("default-graph-uri", "named-graph-uri")
                        },
                    },
                    "application/sparql-query": {"schema": query, "example": example},
                },
            },
            "responses": answered,
        },
    }
