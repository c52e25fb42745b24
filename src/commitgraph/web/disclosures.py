"""The judging of disclosures in workers: the job and the handler, for the page and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.shapes import USUAL, profiles
from commitgraph.disclosure.workers import warm
from commitgraph.sandbox.errors import SandboxError
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.work import Answer, Job, Work
from commitgraph.web.problems import DISCLOSURE, not_done

#: Name of this kind of work.
DISCLOSURE_WORK = "disclosure"


def disclosure_work(store: ox.Store, limits: Limits) -> Work:
    """The kind of work that judges disclosures against the graph in `store`."""

    def judge(job: Mapping[str, Any], body: bytes, answer: Answer) -> None:
        report = judge_file_bytes(job["name"], body, job["profiles"], store=store)
        answer.write(json.dumps(report).encode())

    def prepare() -> None:
        # The usual ones first; with all of them, the shapes of every profile have been read.
        for chosen in (USUAL, profiles()):
            warm(store, chosen)

    return Work(judge, limits.judge_workers, prepare=prepare)


async def judged(pool: Pool, limits: Limits, name: str, data: bytes, chosen: Sequence[str]) -> dict[str, Any]:
    """The JSON report on one file, as `commitgraph validate --format json` gives it.

    Args:
        pool: judges.
        limits: of time.
        name: file name; its extension tells the notation.
        data: its content.
        chosen: names of profiles, all of them known.

    Raises:
        Problem: it was not judged.
    """
    try:
        job = Job(DISCLOSURE_WORK, {"name": name, "profiles": list(chosen)}, data)
        result = await pool.run(job, limits.judge_timeout)
    except SandboxError as error:
        raise not_done(error, DISCLOSURE) from None
    report: dict[str, Any] = json.loads(result.body)
    return report
