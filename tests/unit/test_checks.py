"""Running the checks: what they are, what they say, and what they do where they cannot run."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef

from commitgraph import checks
from commitgraph.checks.bounds import count
from commitgraph.checks.data_shapes import FILE
from commitgraph.checks.identifiers import _checks
from commitgraph.checks.material import Material
from commitgraph.checks.patterns import Pattern
from commitgraph.home import home
from tests.expected import adherents, provisions
from tests.graphs import FAULTS, Fault, small_graph

#: What SHACL 1.0 Core offers and our shapes use: an engine passes over what it does not know.
KNOWN = {
    "NodeShape", "PropertyShape", "IRI", "path", "targetClass", "targetSubjectsOf", "message", "description",
    "property", "node", "or", "minCount", "maxCount", "datatype", "pattern", "nodeKind", "in", "equals",
    "hasValue", "maxInclusive", "minInclusive", "minLength", "maxLength", "languageIn", "uniqueLang",
    "class", "xone", "lessThanOrEquals",
}  # fmt: skip


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return small_graph(tmp_path)


def test_the_shipped_graph_is_in_health() -> None:
    report = checks.run(home())
    assert [str(finding) for finding in report.findings if finding.level == "error"] == []
    assert not [outcome.name for outcome in report.outcomes if outcome.skipped and outcome.name != "queries"]


def test_names_are_stable_words_and_each_check_says_what_it_expects() -> None:
    every = checks.all_checks(home())
    names = [check.name for check in every]
    assert len(names) == len(set(names)) > 40
    assert all(name.replace("-", "").isalpha() and name.islower() for name in names)
    assert all(check.expects.endswith(".") for check in every)


def test_only_the_named_checks_run_and_progress_is_told(graph: Path) -> None:
    told: list[tuple[str, int, int]] = []
    report = checks.run(
        graph, ["bounds", "rolls"], lambda name, done, total: told.append((name, done, total))
    )
    assert [outcome.name for outcome in report.outcomes] == ["rolls", "bounds"]
    assert told == [("rolls", 0, 2), ("bounds", 1, 2)]


def test_two_processes_find_what_one_finds_in_the_same_order(graph: Path) -> None:
    for path in FAULTS:
        if path.stem in ("provision-without-force", "two-digests"):
            Fault.read(path).plant(graph)
    one, two = (checks.run(graph, fast=True, two_processes=number == 2) for number in (1, 2))
    assert sum(outcome.errors for outcome in one.outcomes) == 2
    assert [(o.name, o.findings, o.skipped) for o in one.outcomes] == [
        (o.name, o.findings, o.skipped) for o in two.outcomes
    ]


#: A shape whose query looks at every six statements together, and so never ends by itself.
ENDLESS = """
<https://w3id.org/commitgraph/shape/data/endless> a sh:NodeShape ; sh:targetClass cg:Instrument ;
    sh:message "Never."@en ; dcterms:description "Never."@en ;
    sh:sparql [ a sh:SPARQLConstraint ; sh:select '''
        SELECT $this WHERE {
            $this ?a ?b . ?c ?d ?e . ?f ?g ?h . ?i ?j ?k . ?l ?m ?n . ?o ?p ?q . FILTER (?b = 1)
        }
    ''' ] .
"""


def test_a_second_process_that_is_killed_is_told(graph: Path) -> None:
    with (graph / "ontology" / "checks" / "data.ttl").open("a", encoding="utf-8") as shapes:
        shapes.write(ENDLESS)

    def kill(name: str, done: int, total: int) -> None:  # noqa: ARG001
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(OSError, match="ended with code -9 before it was done"):
        checks.run(graph, progress=kill, two_processes=True)


def test_a_second_process_ends_where_nothing_can_be_checked(graph: Path) -> None:
    (graph / "data" / "instruments" / "broken.ttl").write_text("a b", encoding="utf-8")
    report = checks.run(graph, two_processes=True)
    assert [finding.check for finding in report.findings] == ["well-formed"]
    assert not multiprocessing.active_children()


def test_an_unknown_check_is_refused_with_the_names_there_are(graph: Path) -> None:
    with pytest.raises(ValueError, match=r"'spelling'; there are: .*stable-form"):
        checks.run(graph, ["spelling"])


def test_nothing_else_runs_on_files_that_are_not_well_formed(graph: Path) -> None:
    broken = graph / "data" / "parties" / "example.ttl"
    broken.write_text(broken.read_text(encoding="utf-8") + "<x", encoding="utf-8")
    report = checks.run(graph)
    assert [finding.check for finding in report.findings] == ["well-formed"]
    assert report.findings[0].line == broken.read_text(encoding="utf-8").count("\n") + 1
    others = [outcome for outcome in report.outcomes if outcome.name not in ("well-formed", "placeholders")]
    assert all(outcome.skipped for outcome in others)


def test_bytes_that_are_no_text_are_named(graph: Path) -> None:
    (graph / "data" / "parties" / "latin.ttl").write_bytes("<a:b> <c:d> 'é' .".encode("latin-1"))
    (finding,) = checks.run(graph, ["well-formed"]).findings
    assert (finding.file, finding.got) == ("data/parties/latin.ttl", "not UTF-8: byte 13")


def test_without_the_reasoner_the_check_says_what_to_install(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhermit", None)
    (outcome,) = checks.run(graph, ["reasoner"]).outcomes
    assert outcome.skipped == "pyHermiT is not installed: pip install 'commitgraph[reason]'"
    assert outcome.errors == 0


def test_without_bounds_the_check_says_what_to_write(graph: Path) -> None:
    (graph / "data" / "bounds.toml").unlink()
    (outcome,) = checks.run(graph, ["bounds"]).outcomes
    assert "data/bounds.toml" in outcome.skipped


def test_bounds_that_are_no_toml_are_a_fault(graph: Path) -> None:
    (graph / "data" / "bounds.toml").write_text("[parties\n", encoding="utf-8")
    (finding,) = checks.run(graph, ["bounds"]).findings
    assert finding.expected == "well-formed TOML"


def test_bounds_say_which_line_to_write_where(graph: Path) -> None:
    path = graph / "data" / "bounds.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Company = 1", "Company = 2").replace("State = 1\n", ""),
        encoding="utf-8",
    )
    company, state = checks.run(graph, ["bounds"]).findings
    assert (company.expected, company.got) == ("2 parties of Company", "1")
    assert company.line == 1 + path.read_text(encoding="utf-8").split("Company = 2")[0].count("\n")
    assert "write `State = 1` under [parties]" in state.todo


def test_bounds_count_every_kind_once() -> None:
    held = count(Material(home()))
    assert held["adherences"]["seoul-ai-business-pledge"] == len(adherents("seoul-ai-business-pledge"))
    assert held["provisions"]["seoul-ai-business-pledge"] == len(provisions("seoul-ai-business-pledge"))


def test_a_term_without_a_definition_is_a_fault(graph: Path) -> None:
    path = graph / "ontology" / "schemes" / "scope.ttl"
    text = path.read_text(encoding="utf-8")
    lost = '    skos:definition "The whole instrument."@en .'
    assert lost in text
    path.write_text(text.replace(" ;\n" + lost, " ."), encoding="utf-8")
    (finding,) = checks.run(graph, ["ontology-terms"]).findings
    assert (finding.file, finding.got) == ("ontology/schemes/scope.ttl", "scope:whole has none")


def test_two_terms_of_one_definition_are_a_fault(graph: Path) -> None:
    path = graph / "ontology" / "schemes" / "scope.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Only the provisions that the adherence names.", "The whole instrument."),
        encoding="utf-8",
    )
    (finding,) = checks.run(graph, ["ontology-terms"]).findings
    assert finding.got == "the definition of scope:whole again"


def test_a_borrowed_term_that_is_not_declared_is_a_fault(graph: Path) -> None:
    path = graph / "ontology" / "external.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("schema:sameAs a owl:AnnotationProperty .\n", ""), encoding="utf-8")
    with (graph / "data" / "parties" / "example.ttl").open("a", encoding="utf-8") as file:
        file.write("\n<party/alpha>\n    <https://schema.org/sameAs> <http://www.wikidata.org/entity/Q1> .\n")
    (finding,) = checks.run(graph, ["declared-terms"]).findings
    assert finding.got == "schema:sameAs"
    assert "ontology/external.ttl" in finding.todo


def test_a_saved_question_that_cannot_run_is_a_fault_and_one_without_an_answer_a_note(graph: Path) -> None:
    folder = graph / "queries"
    folder.mkdir()
    head = "# question: What?\n# for: researcher\n# group: standing\n# why: To know.\n# since: 2026-11-21\n"
    (folder / "a-good.rq").write_text(head + "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", encoding="utf-8")
    (folder / "b-broken.rq").write_text(head + "SELECT ?s\nWHERE { ?s ?p }", encoding="utf-8")
    (folder / "c-idle.rq").write_text(head + "SELECT ?s WHERE { ?s <urn:none> ?o }", encoding="utf-8")
    (folder / "d-bare.rq").write_text("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", encoding="utf-8")
    broken, idle, bare = checks.run(graph, ["queries"]).findings
    assert (broken.file, broken.line, broken.level) == ("queries/b-broken.rq", 7, "error")
    assert "expected a line '# question: …'" in bare.got
    assert (idle.file, idle.level) == ("queries/c-idle.rq", "note")


def test_a_roll_that_lacks_a_party_is_a_note_once_it_is_explained(graph: Path) -> None:
    path = graph / "data" / "adherences" / "example-pledge.tsv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2025-06", ""), encoding="utf-8")
    (finding,) = checks.run(graph, ["rolls"]).findings
    assert finding.level == "note"
    assert finding.got.endswith("(explained: Left in June 2025.)")


def test_a_pattern_without_its_description_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.rq"
    path.write_text("# expect: Something.\nSELECT ?subject WHERE { ?subject ?p ?o }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"odd\.rq: expected the lines"):
        Pattern.read(path)


@pytest.mark.parametrize(
    ("register", "value", "right"),
    [
        ("lei", "7LTWFZYICNSX8D621K86", True),
        ("lei", "7LTWFZYICNSX8D621K87", False),
        ("ror", "00njsd438", True),
        ("ror", "00njsd439", False),
        ("wikidata", "Q95", True),
    ],
)
def test_check_digits(register: str, value: str, right: bool) -> None:
    assert _checks(register, value) is right


def test_the_shapes_are_themselves_well_made() -> None:
    shapes = Graph().parse(home() / FILE)
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, report
    space = "http://www.w3.org/ns/shacl#"
    used = {str(term).removeprefix(space) for triple in shapes for term in triple if space in str(term)}
    assert used <= KNOWN
    named = {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        if (shape, SH.targetClass, None) in shapes or (shape, SH.targetSubjectsOf, None) in shapes
    }
    for shape in named:
        assert isinstance(shape, URIRef)
        assert shapes.value(shape, SH.message), shape
        assert shapes.value(shape, SH.description), shape


@pytest.mark.parametrize(
    ("rows", "got"),
    [
        ("word\tforce\tprovision\treason", "word, force"),
        ("", "none"),
        ("verb\tforce\tprovision\treason\nmust\tobliges\t\t\tx", "5"),
        ("verb\tforce\tprovision\treason\nmust\tcompels\t\t", "compels"),
        ("verb\tforce\tprovision\treason\nmust\tobliges\t\t\nmust\tshould\t\t", "must"),
        ("verb\tforce\tprovision\treason\n\tshould\texample-pledge/a2\t", "example-pledge/a2"),
        ("verb\tforce\tprovision\treason\nmust\tobliges\texample-pledge/a2\twhy", "why"),
        ("verb\tforce\tprovision\treason\n\tshould\texample-pledge/z9\tIt is new.", "example-pledge/z9"),
        ("verb\tforce\tprovision\treason\n\tacknowledges\texample-pledge/a3\tIt says so.", "by the rules"),
    ],
)
def test_the_table_of_verbs_holds_rows_that_can_be_read_and_are_needed(
    graph: Path, rows: str, got: str
) -> None:
    table = graph / "ontology" / "force-of-verbs.tsv"
    table.write_text(rows + "\n" if rows else "", encoding="utf-8")
    findings = checks.run(graph, ["force-of-verbs"]).findings
    assert any(got in finding.got for finding in findings if finding.file == "ontology/force-of-verbs.tsv")


def test_the_first_verb_counts_the_part_takes_the_force_of_the_whole_and_an_exception_its_own(
    graph: Path,
) -> None:
    text = graph / "data" / "instruments" / "example-pledge.ttl"
    told = text.read_text(encoding="utf-8")
    told = told.replace('cg:modality "commit"', 'cg:modality "will work towards"')
    told = told.replace("force:commits", "force:will-try").replace('"are invited to"', '"includes"')
    told = told.replace(
        'cg:within <provision/example-pledge/a> ;\n    cg:locator "2"',
        'cg:within <provision/example-pledge/a1> ;\n    cg:locator "2"',
    )
    text.write_text(told, encoding="utf-8")
    table = graph / "ontology" / "force-of-verbs.tsv"
    (finding,) = checks.run(graph, ["force-of-verbs"]).findings
    assert "force will-try, that of the provision around it" in finding.expected
    table.write_text(
        table.read_text(encoding="utf-8") + "\tencouraged\texample-pledge/a2\tA list of invitations.\n",
        encoding="utf-8",
    )
    assert not checks.run(graph, ["force-of-verbs"]).findings
    table.unlink()
    assert not checks.run(graph, ["force-of-verbs"]).findings
