"""What several page modules need: routers, kinds of things, the day of `?asof=`, what an address names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.convertors import Convertor, register_url_convertor

from commitgraph.dates import DateError, Day, day_or_none
from commitgraph.find.names import Kind, LookupFailed, names_of, resolve
from commitgraph.iris import ID, SCHEME, is_iri
from commitgraph.web.pages.site import FORMS, TOPICAL, data_form, href, site_of
from commitgraph.web.problems import Problem

#: Kinds of things, as addresses name them, that have a page of the general form; the others have routes of
#: their own.
GENERAL = (
    "edition", "passage", "mark", "selector", "publication", "disclosure", "evidence", "lookup", "claim",
    "event", "identifier", "reference", "participation", "curator", "withdrawal", "delisting", "refusal",
    "assurance", "assessment", "rating", "correspondence", "no-counterpart", "concept-link", "no-concept",
    "undertaking", "qualification", "entry", "publisher", "retraction", "name",
)  # fmt: skip


class _Kind(Convertor[str]):
    regex = "|".join(
        (*GENERAL, "party", "instrument", "provision", "adherence", "roll", *TOPICAL, "scheme", "graph")
    )

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _General(_Kind):
    regex = "|".join((*GENERAL, "scheme", "graph"))


class _Suffix(_Kind):
    regex = "|".join(FORMS)


register_url_convertor("kind", _Kind())
register_url_convertor("general", _General())
register_url_convertor("suffix", _Suffix())


class Redirect(Exception):
    """What is asked for is at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def router() -> APIRouter:
    """A router for pages, which depend on their address, the Accept header and the data only."""
    return APIRouter(include_in_schema=False)


_View = TypeVar("_View", bound=Callable[..., Coroutine[Any, Any, Response]])
#: Names of query parameters that a page has beside those in its signature, by the values of its path.
_Further = Callable[[Mapping[str, Any]], Collection[str]]
_further: dict[Callable[..., Any], _Further] = {}


def page(router: APIRouter, path: str, further: _Further | None = None) -> Callable[[_View], _View]:
    """Decorator: the coroutine answers GET and HEAD at `path` with a page.

    It runs in a worker without an event loop, so it must not wait for anything; nor must what it depends on.

    Args:
        router: gets the route.
        path: with the parameters of FastAPI.
        further: tells the names of query parameters that depend on the path.
    """

    def register(view: _View) -> _View:
        if further:
            _further[view] = further
        return router.api_route(path, methods=["GET", "HEAD"], response_class=HTMLResponse)(view)

    return register


def parameters_of(route: APIRoute, path_values: Mapping[str, Any]) -> set[str]:
    """Names of the query parameters that the page of a route has.

    Args:
        route: of a page.
        path_values: values of the parameters in its path.
    """
    names = _declared(route.dependant)
    if route.endpoint in _further:
        names.update(_further[route.endpoint](path_values))
    return names


def _declared(dependant: Dependant) -> set[str]:
    names = {parameter.alias for parameter in dependant.query_params}
    return names.union(*map(_declared, dependant.dependencies))


async def _as_of(asof: Annotated[str, Query()] = "") -> Day | None:
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
        Redirect: the client wants data, or the text is another name of a thing: it is at its own address.
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
        told = (
            str(error) if error.ambiguous or error.helps else f"There is no {kind} called {text[:80]!r} here."
        )
        raise not_found(told, near) from None
    raise Redirect(href(found))


def to_data(request: Request) -> None:
    """Send a client that would rather have RDF or JSON than a page to the data form of this address.

    Raises:
        Redirect: it would.
    """
    suffix = data_form(request.headers.get("accept"))
    if suffix:
        raise Redirect(f"{request.url.path}.{suffix}")


def redirect(address: str) -> RedirectResponse:
    """See there; what is there depends on the Accept header."""
    return RedirectResponse(address, 303, headers={"Vary": "Accept"})
