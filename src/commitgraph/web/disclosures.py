"""The judging of disclosures in workers: the job and the handler, for the pages and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from commitgraph import __version__
from commitgraph.disclosure import Report
from commitgraph.disclosure.judge import judge_bytes, known_profiles
from commitgraph.disclosure.reports import FORMATS, render
from commitgraph.disclosure.shapes import USUAL, profiles
from commitgraph.disclosure.workers import warm
from commitgraph.sandbox.errors import SandboxError
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.work import Answer, Job, Work
from commitgraph.web.problems import DISCLOSURE, not_done

#: Name of this kind of work.
DISCLOSURE_WORK = "disclosure"


class Form(NamedTuple):
    """How a form of the report is called and sent: its media type, and how the names of its files end."""

    label: str
    media_type: str
    suffix: str


#: The forms of the report by the names that the command has for them.
FORMS = {
    "text": Form("Text", "text/plain", "txt"),
    "json": Form("JSON", "application/json", "json"),
    "sarif": Form("SARIF", "application/sarif+json", "sarif"),
    "junit": Form("JUnit", "application/xml", "xml"),
    "markdown": Form("Markdown", "text/markdown", "md"),
    "html": Form("HTML", "text/html", "html"),
    "shacl": Form("SHACL report in Turtle", "text/turtle", "ttl"),
}


class Judged(NamedTuple):
    """What a worker found in a file.

    Attributes:
        report: in the form that was asked for, as `commitgraph validate` writes it.
        commitments: of each finding, in order, the address of the promise that it is about, if it is.
    """

    report: bytes
    commitments: list[str | None]


def disclosure_work(store: ox.Store, limits: Limits) -> Work:
    """The kind of work that judges disclosures against the graph in `store`."""

    def judge(job: Mapping[str, Any], body: bytes, answer: Answer) -> None:
        chosen = known_profiles(job["profiles"])
        report = Report((judge_bytes(job["name"], body, chosen, store=store),), chosen)
        answer.head(commitments=[finding.commitment for finding in report.findings])
        answer.write(render(report, job["form"], version=__version__).encode())

    def prepare() -> None:
        # The usual ones first; with all of them, the shapes of every profile have been read.
        for chosen in (USUAL, profiles()):
            warm(store, chosen)
        report = Report((judge_bytes("a.yaml", b"x: 1\n", USUAL, store=store),), USUAL)
        for form in FORMATS:
            render(report, form, version=__version__)  # loads the modules and templates of each

    return Work(judge, limits.judge_workers, prepare=prepare)


async def judged(  # noqa: PLR0913, PLR0917  (all that a report depends on)
    pool: Pool, limits: Limits, name: str, data: bytes, chosen: Sequence[str], form: str = "json"
) -> Judged:
    """The report on one file, as `commitgraph validate` gives it.

    Args:
        pool: judges.
        limits: of time.
        name: file name; its extension tells the notation.
        data: its content.
        chosen: names of profiles, all of them known.
        form: one of :data:`FORMS`.

    Raises:
        Problem: it was not judged.
    """
    try:
        job = Job(DISCLOSURE_WORK, {"name": name, "profiles": list(chosen), "form": form}, data)
        result = await pool.run(job, limits.judge_timeout)
    except SandboxError as error:
        raise not_done(error, DISCLOSURE) from None
    return Judged(result.body, result.head["commitments"])
