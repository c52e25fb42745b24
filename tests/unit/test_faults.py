"""Planted faults: each is found by the check that is there for it, and by no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commitgraph import checks
from commitgraph.dataset import load
from commitgraph.engine import Embedded
from commitgraph.proof.copies import Copies
from commitgraph.proof.verification import verify
from tests.graphs import COPIES, FAULTS, Fault, small_graph

#: Faults that show at a thing described in another file than the one that was changed.
OTHER_PLACE = {
    "adherence-unattested": {"data/adherences/example-pledge.tsv"},
    "name-printed-nowhere": {"data/adherences/example-pledge.tsv"},
    "concept-in-another-list": {"ontology/schemes/mode.ttl"},
    "evidence-on-a-duty-of-states": {"data/evidence/example.ttl"},
    "roll-misses-a-listed-party": {"data/rolls/example-pledge/press.tsv"},
    "code-of-another-state": {"data/parties/example.ttl"},
    "state-without-a-code": {"data/parties/example.ttl"},
    "state-in-a-whole-continent": {"data/parties/example.ttl"},
    "region-from-another-list": {"data/parties/example.ttl"},
    "link-where-nothing-was-found": {"data/crosswalks/concepts/example-pledge.sssom.tsv"},
    "provision-that-nobody-judged": {"data/instruments/example-pledge.ttl"},
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_graph(tmp_path_factory.mktemp("sound"))


def test_the_small_graph_is_in_health_without_a_fault(sound: Path) -> None:
    report = checks.run(sound)
    assert [str(finding) for finding in report.findings] == []
    assert report.healthy
    assert {outcome.name for outcome in report.outcomes if outcome.skipped} == {"queries"}
    assert verify(Embedded(load(sound).store), Copies(COPIES)).holds


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_a_planted_fault_is_found_by_its_check(path: Path, sound: Path, tmp_path: Path) -> None:
    fault = Fault.read(path)
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    changed = fault.plant(tmp_path).relative_to(tmp_path).as_posix()
    if fault.check == "verify":
        _found_by_verify(fault, tmp_path)
        return
    names = [check.name for check in checks.all_checks(tmp_path)]
    # It takes two thirds of the time: it is asked where a fault says that it contradicts the ontology.
    if "reasoner" not in {fault.check, *fault.also}:
        names.remove("reasoner")
    report = checks.run(tmp_path, names)
    assert {finding.check for finding in report.findings} - fault.also == {fault.check}
    found = [finding for finding in report.findings if finding.check == fault.check]
    assert fault.says in "\n".join(f"{finding.expected} {finding.got}" for finding in found)
    assert {finding.level for finding in found} == {fault.level}
    if not fault.also:
        assert report.healthy == (fault.level == "note")
    assert all(finding.todo for finding in found)
    if fault.check not in ("bounds", "reasoner"):
        places = {finding.file for finding in found if finding.line}
        assert len(places) == 1, "every finding has a place"
        assert places <= {changed, *OTHER_PLACE.get(path.stem, ())}


def _found_by_verify(fault: Fault, root: Path) -> None:
    assert checks.run(root).healthy, "only copies of the sources show this fault"
    outcome = verify(Embedded(load(root).store), Copies(COPIES))
    assert not outcome.holds
    told = [f"{miss.place} {miss.reason}" for miss in outcome.with_status("missing")]
    told += [f"{repetition.place} {repetition.words}" for repetition in outcome.repetitions]
    assert len(told) == 1
    assert fault.says in told[0]
    assert "text.md:" in told[0]


def test_every_check_has_a_planted_fault(sound: Path) -> None:
    planted = {Fault.read(path).check.split("/")[0] for path in FAULTS}
    # Theirs are planted in test_checks.py, outside of data/.
    elsewhere = {"alignments", "ontology-terms", "queries"}
    assert {check.name for check in checks.all_checks(sound)} - planted == elsewhere
