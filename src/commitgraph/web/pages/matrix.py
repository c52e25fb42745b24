"""The matrix page: parties by instruments, one honest answer a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from commitgraph.domain.instruments import instruments
from commitgraph.domain.parties import KINDS, parties
from commitgraph.iris import local
from commitgraph.views.matrix import Matrix
from commitgraph.web.pages.common import AsOf, not_found, page, router
from commitgraph.web.pages.site import site_of

routes = router()
#: Rows on one page: a table with more is of no use to anybody and slow on a phone.
_PER_PAGE = 70


@dataclass(frozen=True)
class Choice:
    """What a reader chose: kind and seat of parties, and texts.

    Attributes:
        texts: without chosen texts, `theirs` shows those that parties of the kind adhere to, `all` those
            that anybody does.
    """

    kind: str
    country: str
    texts: Literal["theirs", "all"]
    instruments: list[str]


async def _choice(
    kind: str = "Company",
    country: str = "",
    texts: Literal["theirs", "all"] = "theirs",
    instrument: Annotated[list[str] | None, Query()] = None,
) -> Choice:
    return Choice(kind, country, texts, instrument or [])


@page(routes, "/matrix")
async def show_matrix(
    request: Request, asof: AsOf, choice: Annotated[Choice, Depends(_choice)], page: int = 1
) -> Response:
    """Parties of a kind by instruments; without a choice those that such parties adhere to."""
    site = site_of(request)
    kind, country, wanted = choice.kind, choice.country, choice.instruments
    everybody = parties(site.engine)
    texts = instruments(site.engine)
    matrix = Matrix(site.engine, asof)
    peopled = matrix.instruments_with_adherents()
    unknown = set(wanted) - {local(i.iri) for i in texts}
    if unknown or (kind and kind not in (*KINDS, "all")):
        raise not_found("Expected kind= and instrument= to be choices of the form.")
    theirs = matrix.instruments_of(p for p in everybody if kind == "all" or kind in p.kinds)
    shown_texts = peopled if choice.texts == "all" else theirs
    columns = [i for i in texts if (local(i.iri) in wanted if wanted else i.iri in shown_texts)]
    # What parties of this kind took on stands first: on a phone the first columns are all that shows.
    columns.sort(key=lambda column: column.iri not in theirs)
    rows = [
        p for p in everybody if (kind == "all" or kind in p.kinds) and (not country or p.country == country)
    ]
    pages = max(1, -(-len(rows) // _PER_PAGE))
    if not 1 <= page <= pages:
        raise not_found(f"There are {pages} pages of this matrix; there is no page {page}.")
    shown = rows[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    given = [
        ("kind", kind),
        ("country", country),
        ("asof", str(asof or "")),
        *([("texts", "all")] if choice.texts == "all" else []),
        *(("instrument", i) for i in wanted),
    ]
    return site.render(
        request,
        "matrix.html",
        columns=columns,
        lines=[(p, [matrix.cell(p, c) for c in columns]) for p in shown],
        total=len(rows),
        page=page,
        pages=pages,
        address=lambda number: _address(given, number),
        kinds=KINDS,
        kind=kind,
        country=country,
        countries=sorted(
            ((c, site.countries.get(c, c)) for c in {p.country for p in everybody if p.country}),
            key=lambda pair: pair[1],
        ),
        texts=texts,
        choice=choice.texts,
        left_out=0 if wanted else len(peopled) - len(columns),
        everything=_address([*given, ("texts", "all")], 1),
        wanted=wanted,
        asof=str(asof or ""),
    )


def _address(given: list[tuple[str, str]], number: int) -> str:
    return "/matrix?" + urlencode([pair for pair in (*given, ("page", str(number))) if pair[1]])
