"""The shapes that several answers of the API share."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from commitgraph.web.problems import MEDIA_TYPE

Version = Annotated[
    str,
    Field(description="SHA-256 over the files of the data, in hex: name it when you cite the answer."),
]


class Model(BaseModel):
    """A shape that has the members that it declares and no others."""

    model_config = ConfigDict(extra="forbid")


class Near(Model):
    """Something that may have been meant."""

    name: str = Field(description="What to write instead.", examples=["lg-ai-research"])
    label: str = Field(examples=["LG AI Research"])
    address: str = Field(description="Where it is on this service.", examples=["/party/lg-ai-research"])
    iri: str | None = Field(None, description="Its IRI, if it is a thing of the graph.")


class ProblemDocument(BaseModel):
    """What went wrong, as RFC 9457 lays it down."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "https://w3id.org/commitgraph/problem/unknown-question",
                    "title": "There is no such saved question",
                    "status": 404,
                    "detail": "expected the name of a saved question, got 'signatoriez'. …",
                    "near": [
                        {
                            "name": "signatories",
                            "label": "Who has signed or joined an instrument?",
                            "address": "/api/queries/signatories",
                        }
                    ],
                }
            ]
        },
    )

    type: str = Field(description="IRI of the kind of problem; stable, so that programs can tell them apart.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What was expected, what was given, and what to do.")
    parameter: str | None = Field(None, description="The parameter that is at fault, if one is.")
    near: list[Near] | str | None = Field(
        None, description="What may have been meant; for a syntax error, the text at the fault."
    )
    line: int | None = Field(None, description="Line of a syntax error in the query, from 1.")
    column: int | None = Field(None, description="Its column, from 1.")
    suggestion: str | None = Field(None, description="How to mend a syntax error, where we can tell.")


class Cell(Model):
    """One value of an answer: an RDF term, with the label of the thing that an IRI names, if it has one."""

    type: Literal["uri", "literal", "bnode"]
    value: str = Field(description="IRI, text of the literal, or name of the blank node.")
    language: str | None = Field(None, description="Language tag of a literal that has one.", examples=["en"])
    datatype: str | None = Field(
        None, description="IRI of the datatype of a literal; absent for plain text and text with a language."
    )
    label: str | None = Field(None, description="What the thing is called in the graph.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The description of the problem responses with these statuses."""
    return {
        status: {
            "model": ProblemDocument,
            "description": _PROBLEMS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
        }
        for status in statuses
    }


_PROBLEMS = {
    400: "The request has a wrong, unknown or missing parameter, or a query at fault.",
    403: "The query asks for something that this service does not do, such as SERVICE.",
    404: "There is nothing of that name.",
    406: "The client accepts none of the formats that there are.",
    413: "What was sent, or the answer, is larger than the limits of the service.",
    415: "The body is of another kind than those listed.",
    500: "The service failed.",
    503: "It took too long, or the service has no room for it now.",
}
