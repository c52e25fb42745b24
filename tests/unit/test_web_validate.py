"""Judging a disclosure for the web: in a process of its own, which is ended at the deadline."""

from __future__ import annotations

import os

import pytest

from commitgraph.web.pages import validate
from commitgraph.web.problems import Problem
from tests.aio import run
from tests.service.conftest import descendants


def test_the_report_comes_from_a_process_of_its_own() -> None:
    report = run(validate.judged("x.yaml", b"party: nobody\n", ["core"]))
    assert (report["conforms"], report["files"][0]["file"]) == (False, "x.yaml")


def test_work_past_the_deadline_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "DEADLINE", 0.01)
    before = descendants(os.getpid())
    with pytest.raises(Problem, match="the work was stopped") as caught:
        run(validate.judged("x.yaml", b"party: nobody\n", ["core"]))
    assert caught.value.status == 503
    assert descendants(os.getpid()) <= before
