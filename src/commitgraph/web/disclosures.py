"""The judging of disclosures in workers: the job and the handler, for the page and for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyoxigraph as ox

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.shapes import USUAL, profiles
from commitgraph.sandbox.errors import SandboxError
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.work import Answer, Job, Work
from commitgraph.web.problems import DISCLOSURE, not_done

#: Name of this kind of work.
DISCLOSURE_WORK = "disclosure"

# Judged once beforehand: a file for each reader, and one that none can read, bring in all modules, code pages
# and tables that a judgement needs.
_SAMPLES = {
    "a.yaml": b"commitgraph: disclosure/1\nparty: nobody\n",
    "a.json": b'{"commitgraph": "disclosure/1", "party": "nobody"}',
    "a.csv": b"# party: nobody\nprovision,status\nnone,planned\n",
    "a.ttl": b"[] a <https://w3id.org/commitgraph/ns#Disclosure> ; <http://example.org/unknown> 1 .",
    "a.rdf": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "no-utf-8.csv": "# party: 없음\n".encode("cp949"),
}


def disclosure_work(store: ox.Store, limits: Limits) -> Work:
    """The kind of work that judges disclosures against the graph in `store`."""

    def judge(job: Mapping[str, Any], body: bytes, answer: Answer) -> None:
        report = judge_file_bytes(job["name"], body, job["profiles"], store=store)
        answer.write(json.dumps(report).encode())

    def prepare() -> None:
        samples = _SAMPLES | {"a.xlsx": _workbook()}
        # The usual ones first; with all of them, the shapes of every profile have been read.
        for chosen in (USUAL, profiles()):
            for name, data in samples.items():
                judge_file_bytes(name, data, chosen, store=store)

    return Work(judge, limits.judge_workers, prepare=prepare)


def _workbook() -> bytes:
    """A workbook with a value of each kind."""
    import openpyxl  # noqa: PLC0415  (only a service needs it at its start)

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("disclosure")
    sheet.append(["party", "nobody"])
    sheet.append(["published", date(2026, 1, 1)])
    sheet = book.create_sheet("entries")
    sheet.append(["provision", "status"])
    sheet.append(["none", 0.5])
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


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
