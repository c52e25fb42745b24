"""The checks of disclosures: the list of all, and each explained."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox
from fastapi import Request, Response

from commitgraph.disclosure.catalogue import Check, checks, named
from commitgraph.disclosure.explanation import explain
from commitgraph.disclosure.shapes import graph_of, profiles, purpose, shapes_of
from commitgraph.iris import BASE, RDFS, SH
from commitgraph.near import likely
from commitgraph.web.pages.common import Redirect, not_found, page, router
from commitgraph.web.pages.site import site_of

routes = router()


class Group(NamedTuple):
    """Checks of one profile that look at the same part of a disclosure.

    Attributes:
        title: what they look at; empty where the shapes do not say.
        checks: in the order of their codes.
    """

    title: str
    checks: tuple[Check, ...]


@page(routes, "/checks")
async def list_checks(request: Request) -> Response:
    """Every check, by profile and part of the disclosure."""
    return site_of(request).render(
        request,
        "checks.html",
        total=len(checks()),
        reading=[check for check in checks() if not check.profiles],
        profiles=[(name, purpose(name), _groups(name)) for name in profiles()],
    )


@page(routes, "/checks/{code}")
async def show_check(request: Request, code: str) -> Response:
    """One check: what it says, why, what it does not see, and an example of each outcome."""
    site, check = site_of(request), named(code)
    if check is None:
        near = [c for name in likely(code, [c.name for c in checks()]) if (c := named(name))]
        raise not_found(
            f"There is no check with the code or name {code[:80]!r}. /checks lists all.",
            tuple((f"/checks/{c.code}", f"{c.code} {c.name}") for c in near),
        )
    if code != check.code:
        raise Redirect(f"/checks/{check.code}")
    return site.render(request, "check.html", one=explain(check, site.engine), check=check)


@page(routes, "/profile/{name}")
async def find_profile(name: str) -> Response:
    """The IRI of a profile leads to its checks."""
    if name not in profiles():
        raise not_found(
            f"There is no profile called {name[:80]!r}.",
            tuple((f"/checks#{known}", known) for known in likely(name, list(profiles()))),
        )
    raise Redirect(f"/checks#{name}")


@page(routes, "/shape/{name}")
async def find_shape(name: str) -> Response:
    """The IRI of a shape leads to the check that it makes."""
    shape = shapes_of(profiles()).get(f"{BASE}shape/{name}")
    if shape is None:
        raise not_found(f"There is no shape called {name[:80]!r}. /checks lists all checks.")
    raise Redirect(f"/checks/{shape.code}")


def _groups(profile: str) -> list[Group]:
    graph = graph_of((profile,))
    found: dict[tuple[float, str], dict[str, Check]] = {}
    for shape in sorted(shapes_of((profile,)).values(), key=lambda shape: shape.code):
        group = graph.value(ox.NamedNode(shape.iri), SH + "group")
        title = graph.text(group, RDFS + "label") if group else ""
        order = float(graph.text(group, SH + "order") or "inf") if group else float("inf")
        check = named(shape.code)
        if check and not any(check.code in known for known in found.values()):
            found.setdefault((order, title), {})[check.code] = check
    return [Group(title, tuple(found[order, title].values())) for order, title in sorted(found)]
