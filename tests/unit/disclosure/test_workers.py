"""Judging in workers: the same reports in the same order, and none waits for ever."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from commitgraph.disclosure import background, inputs, judge_path
from commitgraph.disclosure.judge import judge_bytes
from commitgraph.disclosure.reading.notations import READERS
from commitgraph.disclosure.report import Report
from commitgraph.disclosure.reports import FORMATS, render
from commitgraph.disclosure.shapes import USUAL
from commitgraph.disclosure.spool import Spool, pack, unpack
from commitgraph.disclosure.workers import Task, judged
from commitgraph.sandbox import is_supported
from tests.unit.disclosure import examples

CORE = ("core",)
pytestmark = pytest.mark.skipif(not is_supported(), reason="no processes can be forked here")


def tasks(*paths: Path) -> list[Task]:
    return [Task(str(path), partial(inputs.content, path)) for path in paths]


def test_workers_give_the_reports_of_one_process_in_the_order_of_the_files() -> None:
    """A file in each notation."""
    kinds = {path.suffix: path for path in (*examples.files("good"), *examples.files("bad"))}
    paths = list(kinds.values())
    expected = [judge_path(str(path), CORE) for path in paths]
    found = [unpack(packed) for packed in judged(tasks(*paths), CORE, jobs=2, seconds=600)]
    assert found == expected
    assert [report.lines for report in found] == [report.lines for report in expected]


#: Judges files of one notation where all was loaded for it, and prints what is loaded or opened after that.
LATE = """
import sys
from pathlib import Path
from commitgraph.dataset import load
from commitgraph.disclosure.judge import judge_bytes
from commitgraph.disclosure.workers import warm

reader, profiles, paths = sys.argv[1], tuple(sys.argv[2].split()), [Path(path) for path in sys.argv[3:]]
store, files = load().store, [(path.name, path.read_bytes()) for path in paths]
warm(store, profiles, readers={reader})
sys.addaudithook(lambda event, told: event in ("open", "import") and print(event, told[0]))
for name, data in files:
    judge_bytes(name, data, profiles, store=store)
"""


@pytest.mark.parametrize("profiles", ["core coverage evidence", "seoul"])
@pytest.mark.parametrize("reader", sorted(set(READERS.values())))
def test_all_that_judging_needs_is_loaded_before_nothing_can_be_opened(reader: str, profiles: str) -> None:
    """In a process of its own: whatever a test before this one has loaded would hide what comes late."""
    read = [
        path
        for kind in ("good", "bad")
        for path in examples.files(kind)
        if READERS.get(path.suffix) == reader
    ]
    paths = read[::5] if len(read) > 100 else read
    done = subprocess.run(
        [sys.executable, "-c", LATE, reader, profiles, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""


def test_a_file_that_cannot_be_opened_keeps_its_place(tmp_path: Path) -> None:
    good = examples.FOLDER / "good" / "complete.yaml"
    reports = [unpack(p) for p in judged(tasks(good, tmp_path / "none.yaml", good), CORE, seconds=600)]
    assert [[f.code for f in report.findings] for report in reports] == [[], ["CG001"], []]


def test_a_file_that_takes_too_long_is_told(tmp_path: Path) -> None:
    slow = tmp_path / "slow.json"
    entry = {"commitment": "seoul-ai-business-pledge/a1-3", "status": "planned", "statement": "x" * 500}
    slow.write_text(json.dumps({"commitgraph": "disclosure/1", "entries": [entry] * 1_000}), encoding="utf-8")
    [report] = [unpack(packed) for packed in judged(tasks(slow), CORE, seconds=0.05)]
    assert report.unreadable
    assert [finding.code for finding in report.findings] == ["CG018"]
    assert "0.05 seconds" in report.findings[0].message


def test_a_spool_gives_back_what_it_took_and_every_form_reads_it() -> None:
    store = background.graph()
    paths = examples.files("bad")[::40]
    files = [judge_bytes(path.name, path.read_bytes(), USUAL, examples.TODAY, store) for path in paths]
    assert any(file.account and file.account.asked for file in files)
    spool = Spool()
    for file in files:
        spool.add(pack(file))
    assert list(spool) == spool[:] == files
    for form in FORMATS:
        assert render(Report(spool, CORE), form, version="1") == render(
            Report(tuple(files), CORE), form, version="1"
        )
    for report in (Report(spool, CORE), Report((), CORE)):
        whole = json.dumps(report.to_dict(), ensure_ascii=False, indent=2)
        assert render(report, "json", version="1") == whole + "\n"
