"""The home page, and the page about method, sources and limits."""

from __future__ import annotations

from fastapi import Request, Response

from commitgraph import catalogue
from commitgraph.stats import stats
from commitgraph.texts import instruments
from commitgraph.web.pages.common import page, router, site_of

routes = router()
#: Questions that show best what can be asked here, in the words of a reader: text, name.
FIRST = (
    ("Whom does one list of the Seoul AI Business Pledge leave out, and which list names them?", "missing-from-complete-roll"),
    ("Which companies are tied to the Frontier AI Safety Commitments without having signed them, and by which words?", "tied-without-signing"),
    ("Who signed the Frontier AI Safety Commitments and the Seoul pledge, but not the UNESCO commitment?", "signed-both-but-not"),
    ("How many states co-sponsored General Assembly resolution 78/265? What does each source say?", "disputed-counts"),
    ("Who has published a safety framework, since when, and for whom was one looked for in vain?", "who-has-delivered"),
)  # fmt: skip


@page(routes, "/")
def home(request: Request) -> Response:
    """What is here, where to start, and how to read the answers."""
    site = site_of(request)
    return site.render(
        request,
        "home.html",
        counts=stats(site.engine),
        questions=FIRST,
        all_questions=len(catalogue.names()),
        texts=[i for i in instruments(site.engine) if i.provisions],
    )


@page(routes, "/about")
def about(request: Request) -> Response:
    """Method, sources, limits, licence, how to cite, how to contest."""
    site = site_of(request)
    return site.render(
        request,
        "about.html",
        counts=stats(site.engine),
        files=[name for name in site.dataset.files if name.startswith("data/")],
    )
