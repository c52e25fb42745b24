"""The public face of the package: what `import commitgraph` promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import commitgraph
from tests.expected import provisions, signatories


def test_the_public_face_is_what_all_says() -> None:
    assert commitgraph.__all__ == sorted(commitgraph.__all__)
    assert all(hasattr(commitgraph, name) for name in commitgraph.__all__)


def test_a_saved_question_takes_names_as_people_type_them() -> None:
    graph = commitgraph.load()
    frame = graph.query("signatories", instrument="Seoul Pledge").to_pandas()
    assert set(frame["party"]) == signatories("seoul-ai-business-pledge")
    assert "Cisco" in set(frame["partyLabel"])


def test_pledges_can_be_asked_as_of_a_day() -> None:
    microsoft = commitgraph.load().party("Microsoft")
    by_then = {a.instrument_label for a in microsoft.pledges(as_of="2024-02-06")}
    assert {"Rome Call for AI Ethics", "UNESCO company commitment on ethical AI"} <= by_then
    assert "Seoul AI Business Pledge" not in by_then
    assert by_then < {a.instrument_label for a in microsoft.pledges()}
    assert any(link.instrument_label.startswith("UN General Assembly") for link in microsoft.links())


def test_commitments_come_strongest_first() -> None:
    ranks = [c.rank for c in commitgraph.load().party("cisco").commitments()]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) > 1


def test_an_instrument_knows_its_lists_and_provisions() -> None:
    pledge = commitgraph.load().instrument("seoul-ai-business-pledge")
    assert {a.party for a in pledge.adherents()} == signatories("seoul-ai-business-pledge")
    by_june = signatories("seoul-ai-business-pledge", "2024-06-01")
    assert {a.party for a in pledge.adherents(as_of="2024-06-01")} == by_june
    assert any(roll.lacking for roll in pledge.rolls())
    assert {p.iri for p in pledge.provisions()} == provisions("seoul-ai-business-pledge")


def test_parameters_belong_to_saved_questions_only() -> None:
    with pytest.raises(commitgraph.ParameterError, match="expected the name of a saved question"):
        commitgraph.load().query("ASK {}", instrument="x")


def test_logs_of_other_libraries_stay_as_their_owner_set_them(tmp_path: Path) -> None:
    code = """
import logging, sys
before = logging.getLogger("rdflib.term").getEffectiveLevel()
import commitgraph
commitgraph.validate(sys.argv[1])
log = logging.getLogger("rdflib.term")
print(before == log.getEffectiveLevel(), log.filters, log.disabled)
"""
    file = tmp_path / "disclosure.ttl"
    file.write_text(
        "@prefix cg: <https://w3id.org/commitgraph/ns#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<urn:d> a cg:Disclosure ; dcterms:issued "2024-02-31"^^xsd:date .\n',
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True [] False"
    assert not done.stderr


def test_a_disclosure_can_be_judged(tmp_path: Path) -> None:
    file = tmp_path / "disclosure.yaml"
    file.write_text("commitgraph: disclosure/1\norganisation: Mircosoft\n", encoding="utf-8")
    report = commitgraph.validate(file, profiles=["core"])
    assert not report.conforms
    assert any(f.line == 2 and "microsoft" in (f.hint or "") for f in report.findings)
