"""What several page modules need: routers, the day of `?asof=`, and finding what an address names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from commitgraph.dates import DateError, Day, day_or_none
from commitgraph.find.names import Kind, LookupFailed, names_of, resolve
from commitgraph.iris import ID, SCHEME, is_iri
from commitgraph.web.pages import kinds  # noqa: F401  (routes need its convertors)
from commitgraph.web.pages.site import TOPICAL, KeptRoute, data_form, href, site_of
from commitgraph.web.problems import Problem


class Elsewhere(Exception):
    """What is asked for is at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def router() -> APIRouter:
    """A router whose pages are kept while the data do not change."""
    return APIRouter(route_class=KeptRoute, include_in_schema=False)


_View = TypeVar("_View", bound=Callable[..., object])


def page(router: APIRouter, path: str) -> Callable[[_View], _View]:
    """Decorator: the function answers GET and HEAD at `path` with a page."""
    return router.api_route(path, methods=["GET", "HEAD"], response_class=HTMLResponse)


def _as_of(asof: Annotated[str, Query()] = "") -> Day | None:
    try:
        return day_or_none(asof)
    except DateError as error:
        raise Problem(400, "bad-day", "This is no day", f"asof: {error}") from None


#: The day of `?asof=`, or None where none is asked for.
AsOf = Annotated[Day | None, Depends(_as_of)]


def not_found(detail: str, near: tuple[tuple[str, str], ...] = ()) -> Problem:
    """There is no such thing; `near` are addresses and labels of what may have been meant."""
    return Problem(
        404, "not-found", "There is nothing at this address", detail,
        near=[{"address": address, "label": label} for address, label in near] or None,
    )  # fmt: skip


def find(request: Request, kind: Kind, text: str) -> str:
    """IRI of the thing that an address names.

    Raises:
        Elsewhere: the client wants data, or the text is another name of a thing: it is at its own address.
        Problem: there is no such thing; with the nearest names.
    """
    site = site_of(request)
    space = SCHEME if kind in TOPICAL else ID
    iri = f"{space}{kind}/{text}"
    if is_iri(iri) and iri in site.labels:
        to_data(request)
        return iri
    try:
        found = resolve(site.engine, kind, text)
    except LookupFailed as error:
        near = tuple((href(iri), names_of(site.engine).labels[iri]) for iri in error.candidates)
        raise not_found(f"There is no {kind} called {text[:80]!r} here.", near) from None
    raise Elsewhere(href(found))


def to_data(request: Request) -> None:
    """Send a client that would rather have RDF or JSON than a page to the data form of this address.

    Raises:
        Elsewhere: it would.
    """
    suffix = data_form(request.headers.get("accept"))
    if suffix:
        raise Elsewhere(f"{request.url.path}.{suffix}")


def redirect(address: str) -> RedirectResponse:
    """See there; what is there depends on the Accept header."""
    return RedirectResponse(address, 303, headers={"Vary": "Accept"})
