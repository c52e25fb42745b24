"""The home page, and the page about method, sources and limits."""

from __future__ import annotations

from fastapi import Request, Response

from commitgraph import questions
from commitgraph.domain.instruments import instruments
from commitgraph.views.stats import stats
from commitgraph.web.pages.common import page, router
from commitgraph.web.pages.site import site_of

routes = router()
#: Questions that show best what can be asked here, in the words of a reader: name and text.
FIRST = {
    "missing-from-complete-roll": "Whom does one list of the Seoul AI Business Pledge leave out?",
    "tied-without-signing": "Who is tied to the Frontier AI Safety Commitments without having signed them?",
    "signed-both-but-not": "Who signed the Frontier and the Seoul commitments, but not the UNESCO one?",
    "disputed-counts": "How many states co-sponsored resolution 78/265? What does each source say?",
    "who-has-delivered": "Who has published a safety framework, and for whom was one looked for in vain?",
}


@page(routes, "/")
async def home(request: Request) -> Response:
    """What is here, where to start, and how to read the answers."""
    site = site_of(request)
    return site.render(
        request,
        "home.html",
        counts=stats(site.engine),
        questions=FIRST,
        all_questions=len(questions.names()),
        texts=[i for i in instruments(site.engine) if i.provisions],
    )


@page(routes, "/about")
async def about(request: Request) -> Response:
    """Method, sources, limits, licence, how to cite, how to contest."""
    site = site_of(request)
    return site.render(
        request,
        "about.html",
        counts=stats(site.engine),
        files=[name for name in site.dataset.files if name.startswith("data/")],
    )
