"""`/api/search`: parties, instruments, topics and provisions by words."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from commitgraph.find.names import Kind, names_of
from commitgraph.find.search import search
from commitgraph.iris import local
from commitgraph.web.api.kept import document, kept
from commitgraph.web.api.models import Model, Near, Version
from commitgraph.web.api.routing import get
from commitgraph.web.pages.site import Site, href, site_of

routes = APIRouter(tags=["search"])


class Wanted(BaseModel):
    """What to look for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        min_length=1,
        max_length=200,
        pattern=r"\S",
        description="The words; each must be found: whole, as a beginning, or nearly.",
        examples=["watermarking"],
    )
    limit: int = Field(20, ge=1, le=500, description="At most so many hits.")


class Hit(Model):
    """A thing in whose name or summary the words were found."""

    kind: Kind
    iri: str
    name: str = Field(description="Its short name, as parameters of saved questions take it.")
    address: str = Field(description="Its page on this service.", examples=["/topic/content-provenance"])
    label: str
    text: str = Field(description="The name or summary in which the words stand.")
    language: str = Field(description="Language of the name, as a tag of BCP 47; empty where none is told.")
    why: str = Field(
        description="What the text is to the thing: a kind of name, such as `former`; a word that is no name "
        "but helps to find a party, such as `brand`; or `code`. Empty where there is nothing to tell.",
        examples=["former"],
    )
    because: str = Field(description="The same in words.", examples=["a brand of it, no name of it"])
    score: float = Field(description="How well it fits; 100 is an exact name.", ge=0, le=100)


class Hits(Model):
    """What was found, the best first."""

    q: str
    limit: int
    dataVersion: Version
    hits: list[Hit]
    near: list[Near] = Field(description="Things with names spelt like the words, if nothing was found.")


@get(
    routes,
    "/api/search",
    operation_id="search",
    summary="Find things by words",
    response_model=Hits,
    response_description="What was found, the best first.",
)
async def find(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
    """Find parties, instruments, topics and provisions.

    Typos, accents, spaces and legal forms are forgiven, and names are found in any script that has a source.
    The summaries are in our words, so words of a source that a summary does not use are not found.
    """
    site = site_of(request)

    def look() -> dict[str, Any]:
        return _found(site, wanted.q.strip(), wanted.limit)

    async def make() -> Any:
        return document(await asyncio.to_thread(look))

    return await kept(request).respond(request, ("search", wanted.q.strip(), str(wanted.limit)), make)


def _found(site: Site, words: str, limit: int) -> dict[str, Any]:
    hits = search(site.engine, words, limit)
    names = names_of(site.engine)
    alike = [] if hits else [iri for kind in get_args(Kind) for iri in names.near(kind, words)]
    return {
        "q": words,
        "limit": limit,
        "dataVersion": site.dataset.version,
        "hits": [
            {
                "kind": hit.kind,
                "iri": hit.iri,
                "name": local(hit.iri),
                "address": href(hit.iri),
                "label": hit.label,
                "text": hit.text,
                "language": hit.language,
                "why": hit.why,
                "because": hit.because,
                "score": round(hit.score, 1),
            }
            for hit in hits
        ],
        "near": [near_thing(iri, names.labels) for iri in alike],
    }


def near_thing(iri: str, labels: dict[str, str]) -> dict[str, str]:
    """A thing that may have been meant, as :class:`~commitgraph.web.api.models.Near`."""
    return {"name": local(iri), "label": labels.get(iri, iri), "address": href(iri), "iri": iri}
