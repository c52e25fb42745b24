"""The public face of the package: what `import commitgraph` promises."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import commitgraph
from commitgraph import questions
from tests import expected
from tests.expected import provisions, signatories
from tests.graphs import COPIES, small_graph

HEAVY = ("rdflib", "pyshacl", "SPARQLWrapper", "rapidfuzz", "fastapi", "typer", "uvicorn", "curies")
#: What no operating system but Linux and macOS has, and what only the service needs.
SERVICE_ONLY = (
    "resource",
    "commitgraph.web",
    "commitgraph.sandbox.pool",
    "commitgraph.sandbox.worker",
    "commitgraph.sandbox.supervisor",
)


def loaded_by(code: str, *modules: str) -> str:
    """Those of `modules` that running `code` in a fresh Python loads."""
    show = f"import sys; print(*sorted(set({modules!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_public_face_is_what_all_says() -> None:
    assert commitgraph.__all__ == sorted(commitgraph.__all__)
    assert len(set(commitgraph.__all__)) == len(commitgraph.__all__)
    assert all(hasattr(commitgraph, name) for name in commitgraph.__all__)
    assert set(commitgraph.__all__) <= set(dir(commitgraph))
    with pytest.raises(AttributeError, match="no attribute 'pledge'"):
        commitgraph.pledge  # noqa: B018  (the access is what is tested)


def test_each_public_name_is_described_and_means_one_type() -> None:
    for name in commitgraph.__all__:
        thing = getattr(commitgraph, name)
        assert inspect.getdoc(thing), name
        assert thing.__name__ == name
    places = [place for places in commitgraph._HOMES.values() for place in places]
    assert sorted(places) == commitgraph.__all__


def test_what_methods_return_is_public_down_to_the_last_field() -> None:
    seen: set[type] = set()
    todo: list[Any] = [commitgraph.Graph, commitgraph.Party, commitgraph.Instrument, commitgraph.validate]
    while todo:
        thing = todo.pop()
        if get_args(thing):
            todo += get_args(thing)
            continue
        if thing in seen or not getattr(thing, "__module__", "").startswith("commitgraph."):
            continue
        seen.add(thing)
        if inspect.isfunction(thing):
            todo.append(get_type_hints(thing)["return"])
            continue
        assert getattr(commitgraph, thing.__name__, None) is thing or thing.__name__ == "Engine", thing
        if thing.__name__ != "Result":  # its triples are those of the engine
            todo += [get_type_hints(thing)[f.name] for f in fields(thing)] if is_dataclass(thing) else []
        asked = thing in (commitgraph.Graph, commitgraph.Party, commitgraph.Instrument, commitgraph.Matrix)
        for name, member in vars(thing).items() if asked else ():
            function = getattr(member, "fget", None) or getattr(member, "func", None) or member
            if not name.startswith("_") and inspect.isfunction(function):
                assert inspect.getdoc(function), f"{thing.__name__}.{name}"
                todo.append(get_type_hints(function).get("return"))
    assert {commitgraph.Adherence, commitgraph.Observation, commitgraph.Tie, commitgraph.Cell} <= seen


def test_to_import_the_package_is_light() -> None:
    assert loaded_by("import commitgraph", *HEAVY, "pyoxigraph", *SERVICE_ONLY) == ""
    assert loaded_by("import commitgraph; commitgraph.Graph", "pyshacl", "fastapi", *SERVICE_ONLY) == ""
    assert callable(commitgraph.validate)


def test_the_command_loads_nothing_that_only_the_service_needs() -> None:
    assert loaded_by("import commitgraph.cli, commitgraph.graph", *SERVICE_ONLY) == ""


def test_one_clause_catches_all_that_is_asked_in_vain(tmp_path: Path) -> None:
    graph = commitgraph.load()
    wrong: list[tuple[type[Exception], Callable[[], object]]] = [
        (commitgraph.LookupFailed, lambda: graph.party("nobody of that name")),
        (commitgraph.LookupFailed, lambda: graph.evidence(party="nobody of that name")),
        (commitgraph.UnknownQuestion, lambda: graph.query("signatoriez")),
        (commitgraph.ParameterError, lambda: graph.query("signatories", instrumint="x")),
        (commitgraph.ParameterError, lambda: graph.provisions(kind="Promise")),
        (commitgraph.ParameterError, lambda: graph.provisions(force="strong")),
        (commitgraph.ParameterError, lambda: graph.compare("Kakao")),
        (commitgraph.ParameterError, graph.compare),
        (commitgraph.LookupFailed, lambda: graph.compare("Kakao", "Seoul Pledge")),
        (commitgraph.QueryError, lambda: graph.query("SELECT WHERE")),
        (commitgraph.DataError, lambda: commitgraph.load(tmp_path)),
    ]
    for error, act in wrong:
        assert issubclass(error, commitgraph.CommitgraphError)
        with pytest.raises(error) as caught:
            act()
        assert str(caught.value)


def test_files_that_have_changed_are_read_again(tmp_path: Path) -> None:
    folder = small_graph(tmp_path)
    file = folder / "data" / "extra.ttl"
    file.write_text("", encoding="utf-8")
    before = commitgraph.load(folder)
    assert commitgraph.load(folder).version == before.version
    assert commitgraph.load(folder).engine.store is before.engine.store  # type: ignore[attr-defined]
    extra = '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:new> rdfs:label "new" .'
    file.write_text(extra, encoding="utf-8")
    ask = 'ASK { ?new <http://www.w3.org/2000/01/rdf-schema#label> "new" }'
    assert commitgraph.load(folder).query(ask)
    assert commitgraph.load(folder).version != before.version
    assert not before.query(ask)


def test_another_home_is_honoured_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = commitgraph.load().version
    monkeypatch.setenv("COMMITGRAPH_HOME", str(small_graph(tmp_path)))
    assert commitgraph.load().version == commitgraph.load(tmp_path).version != shipped
    monkeypatch.delenv("COMMITGRAPH_HOME")
    assert commitgraph.load().version == shipped


def test_a_changed_question_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "queries" / "mine.rq"
    file.parent.mkdir()
    head = "# question: {}\n# for: researcher\n# group: x\n# why: x\n# since: 2026-11-29\nASK {{}}"
    file.write_text(head.format("Old?"), encoding="utf-8")
    assert questions.get("mine", file.parent).text == "Old?"
    file.write_text(head.format("Changed?"), encoding="utf-8")
    assert questions.get("mine", file.parent).text == "Changed?"


@pytest.fixture(scope="module")
def graph() -> commitgraph.Graph:
    return commitgraph.load()


def test_the_verbs_of_the_command_are_methods(graph: commitgraph.Graph) -> None:
    verbs = ["query", "questions", "search", "compare", "parties", "instruments", "provisions", "topics"]
    verbs += ["evidence", "refusals", "matrix", "stats", "party", "instrument", "provision", "verify"]
    assert all(callable(getattr(graph, verb)) for verb in verbs)
    assert {q.name for q in graph.questions()} >= {"signatories", "is-signatory"}
    assert any(p.iri.endswith("/party/kakao") and "Company" in p.kinds for p in graph.parties())
    assert any(i.iri.endswith("/seoul-ai-business-pledge") and i.provisions for i in graph.instruments())
    assert any(topic.iri.endswith("/content-provenance") for topic in graph.topics())
    assert graph.stats()["parties"] == len(graph.parties())
    assert graph.search("Kakao")[0].iri == graph.party("kakao").iri


def test_a_party_tells_who_it_is_and_what_ties_it(graph: commitgraph.Graph) -> None:
    meta = graph.party("Meta")
    assert meta.profile.iri == meta.iri
    assert meta.profile.names
    assert [r.party.iri for r in meta.refusals()] == [meta.iri] * len(meta.refusals())
    assert any(r.instrument.iri.endswith("/eu-gpai-code-of-practice-2025") for r in meta.refusals())
    assert not meta.refusals(as_of="2025-07-17")
    kakao = graph.party("kakao")
    assert kakao.links()
    assert not kakao.links(as_of="2001-01-01")
    assert all(o.party and o.party.iri == meta.iri for o in meta.evidence())
    (change,) = graph.party("inflection").changes()
    assert change.held_on == "2024-03"


def test_the_commitments_of_a_day_come_from_the_standings_of_that_day(graph: commitgraph.Graph) -> None:
    kakao = graph.party("kakao")
    (first, *_) = sorted(a.since for a in kakao.pledges())
    assert kakao.commitments(as_of="2001-01-01") == ()
    assert kakao.commitments(as_of=first)
    held = {a.instrument for a in kakao.pledges(as_of=first)}
    assert {c.instrument.iri for c in kakao.commitments(as_of=first)} <= held


def test_evidence_and_refusals_narrow_down_to_all_that_is_given(graph: commitgraph.Graph) -> None:
    everything = set(graph.evidence())
    on_party = set(graph.evidence(party="IBM"))
    on_text = set(graph.evidence(instrument="frontier-ai-safety-commitments"))
    both = set(graph.evidence(party="IBM", instrument="frontier-ai-safety-commitments"))
    assert both
    assert both == on_party & on_text
    assert on_party | on_text <= everything
    assert set(graph.party("Meta").refusals()) <= set(graph.refusals())
    code = graph.instrument("eu-gpai-code-of-practice-2025")
    assert set(code.refusals()) == {r for r in graph.refusals() if r.instrument.iri == code.iri}


def test_provisions_narrow_down_to_all_that_is_given(graph: commitgraph.Graph) -> None:
    found = graph.provisions(instrument="Seoul Pledge", kind="Commitment", topic="content-provenance")
    assert found
    whole = {p.iri: p for p in graph.instrument("Seoul Pledge").provisions()}
    assert all(whole[p.iri] == p and p.kind == "Commitment" for p in found)
    assert graph.provision(found[0].iri) == found[0]


def test_copies_are_held_against_the_graph(tmp_path: Path) -> None:
    graph = commitgraph.load(small_graph(tmp_path))
    assert graph.verify(COPIES).holds
    with pytest.raises(NotADirectoryError, match="expected a folder"):
        graph.verify(tmp_path / "nowhere")


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
    cisco = commitgraph.load().party("cisco")
    ranks = [c.rank for c in cisco.commitments()]
    assert set(cisco.commitments()) <= set(cisco.commitments(from_memory=True))
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) > 1


def test_an_instrument_knows_its_lists_and_provisions() -> None:
    pledge = commitgraph.load().instrument("seoul-ai-business-pledge")
    assert {a.party for a in pledge.adherents()} == expected.adherents("seoul-ai-business-pledge")
    assert {a.party for a in pledge.standings().own} == signatories("seoul-ai-business-pledge")
    by_june = expected.adherents("seoul-ai-business-pledge", "2024-06-01")
    assert {a.party for a in pledge.adherents(as_of="2024-06-01")} == by_june
    unesco = commitgraph.load().instrument("unesco-private-sector-commitment-2024")
    assert any(roll.lacking for roll in unesco.rolls())
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
