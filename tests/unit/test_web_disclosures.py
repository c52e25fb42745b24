"""Judging disclosures for the web: in a worker that can open no file, with the report of the command."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from commitgraph.dataset import load
from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.reading.notations import EXTENSIONS
from commitgraph.disclosure.reports import FORMATS
from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Pool
from commitgraph.sandbox.supervisor import Supervisor
from commitgraph.sandbox.work import Job
from commitgraph.web.disclosures import DISCLOSURE_WORK, FORMS, disclosure_work, judged
from commitgraph.web.problems import Problem
from tests.aio import run

T = TypeVar("T")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
_FOLDER = Path(__file__).parents[1] / "disclosures"
FILES = sorted(
    p for p in _FOLDER.rglob("*") if p.suffix in EXTENSIONS and not p.name.endswith(".expected.json")
)
ODD = {
    "no.extension": b"x",
    "empty.yaml": b"",
    "bytes.yaml": b"\xff\xfe\x00",
    "deep.json": b"[" * 5000,
    "tagged.yaml": b"a: !!python/object:os.system x\nb: &c 1\n",
    "broken.ttl": b"<a> <b> 'c",
    "dates.yaml": b"commitgraph: disclosure/1\nparty: kakao\npublished: 2024-13-45\nscope: {a: [1, true]}\n",
    "foreign.json": b'{"@context": "https://example.org/c", "commitgraph": "disclosure/1"}',
}


def with_workers(use: Callable[[Pool], Awaitable[T]]) -> T:
    """What `use` returns for a pool that judges."""
    supervisor = Supervisor({DISCLOSURE_WORK: disclosure_work(load().store, Limits(judge_workers=1))}, 1024)

    async def using() -> T:
        pool = Pool(supervisor, 4)
        try:
            first = Job(DISCLOSURE_WORK, {"name": "x.yaml", "profiles": ["core"], "form": "json"}, b"x: 1\n")
            await pool.start(first, 120)
            return await use(pool)
        finally:
            await pool.close()

    return run(using())


@pytest.mark.long
def test_the_report_is_that_of_the_command_for_every_file() -> None:
    # Whatever judging opens or loads late would fail in a worker, and the reports would differ.
    files = {path.name: path.read_bytes() for path in FILES} | ODD
    limits = Limits(judge_timeout=120)

    async def use(pool: Pool) -> dict[str, dict[str, Any]]:
        found = {}
        for name, data in files.items():
            found[name] = json.loads((await judged(pool, limits, name, data, profiles(name))).report)
        return found

    def profiles(name: str) -> list[str]:
        # One that is not judged by unless somebody asks: a worker must not have to read it.
        return [["core"], ["coverage"], ["ungp"], ["core", "coverage"]][len(name) % 4]

    found = with_workers(use)
    assert len(found) > 400
    for name, report in found.items():
        expected = judge_file_bytes(name, files[name], profiles(name))
        assert json.dumps(report) == json.dumps(expected), name


def test_a_worker_gives_every_form_of_the_report() -> None:
    async def use(pool: Pool) -> dict[str, str]:
        data, limits = b"commitgraph: disclosure/1\nparty: kakao\n", Limits(judge_timeout=120)
        return {
            form: (await judged(pool, limits, "/a b/x.yaml", data, ["core"], form)).report.decode()
            for form in FORMATS
        }

    for form, text in with_workers(use).items():
        assert form in FORMS, form
        assert "party" in text, form


def test_work_past_its_deadline_is_ended_and_told() -> None:
    async def use(pool: Pool) -> Problem:
        with pytest.raises(Problem) as caught:
            await judged(pool, Limits(judge_timeout=0.001), "x.yaml", b"party: nobody\n" * 10_000, ["core"])
        return caught.value

    problem = with_workers(use)
    assert (problem.status, problem.name) == (503, "timeout")
    assert "commitgraph validate" in problem.detail
