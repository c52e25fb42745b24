"""Crosswalk tables: what a good one states, and a clear word on each fault of a bad one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commitgraph import checks
from commitgraph.dataset import DataError, load
from commitgraph.dataset.crosswalk import COLUMNS, read
from commitgraph.dataset.tables import TableError
from commitgraph.iris import cg, concept, graph_of, shorten, thing
from tests.graphs import small_graph

NAME = "data/crosswalks/example.sssom.tsv"
HEAD = """\
#mapping_set_title: "Two pledges"
#license: https://creativecommons.org/licenses/by/4.0/
#mapping_set_version: "2026-11-21"
#curie_map:
#  provision: https://w3id.org/commitgraph/id/provision/
#  correspondence: https://w3id.org/commitgraph/scheme/correspondence/
#  semapv: https://w3id.org/semapv/vocab/
#  sssom: https://w3id.org/sssom/
#  curator: https://w3id.org/commitgraph/id/curator/
"""
GOOD = {
    "subject_id": "provision:one/a.1",
    "predicate_id": "correspondence:narrower",
    "object_id": "provision:two/b",
    "mapping_justification": "semapv:ManualMappingCuration",
    "confidence": "0.85",
    "author_id": "curator:tests",
    "mapping_date": "2026-11-20",
    "comment": "Both want brakes; the second only on cars.",
}


def row(**changed: str) -> str:
    return "\t".join({**GOOD, **changed}.values())


def table(*rows: str, head: str = HEAD, columns: tuple[str, ...] = COLUMNS) -> str:
    return head + "".join(f"{line}\n" for line in ("\t".join(columns), *rows))


LINKS = "data/crosswalks/concepts/one.sssom.tsv"
LINK_HEAD = HEAD.replace(
    "#  semapv:",
    "#  link-kind: https://w3id.org/commitgraph/scheme/link-kind/\n"
    "#  value: https://w3id.org/commitgraph/scheme/value/\n"
    "#  goal: http://metadata.un.org/sdg/\n"
    "#  semapv:",
)
LINK = {"predicate_id": "link-kind:serves", "object_id": "goal:4", "comment": "Drivers are taught to brake."}


def test_a_link_says_what_a_provision_names_serves_or_touches_and_why() -> None:
    found = read(LINKS, table(row(**LINK), head=LINK_HEAD))
    node = thing("concept-link", "one/a.1--sdg-4")
    said = {shorten(q.predicate.value): q.object for q in found.quads if q.subject == ox.NamedNode(node)}
    assert said["rdf:type"] == ox.NamedNode(cg("ConceptLink"))
    assert said["cg:toConcept"] == ox.NamedNode("http://metadata.un.org/sdg/4")
    assert said["cg:linkKind"] == ox.NamedNode(concept("link-kind", "serves"))
    assert said["cg:note"] == ox.Literal("Drivers are taught to brake.", language="en")
    none = row(predicate_id="link-kind:none", object_id="sssom:NoTermFound")
    read_and_found_none = read(LINKS, table(none, head=LINK_HEAD))
    assert list(read_and_found_none.lines) == [thing("no-concept", "one/a.1")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"object_id": "provision:two/b"}, "http://metadata.un.org/sdg/"),
        ({"object_id": "goal:"}, "expected a name with a prefix"),
        ({"predicate_id": "correspondence:same"}, "scheme/link-kind/"),
        ({"subject_id": "provision:two/b"}, "expected a provision of one, got two/b"),
        ({"comment": " "}, "expected the reason"),
    ],
)
def test_a_link_that_is_none_is_refused_with_what_was_expected(
    changed: dict[str, str], expected: str
) -> None:
    with pytest.raises(TableError, match=f"{LINKS}:1[0-9]: ") as caught:
        read(LINKS, table(row(**{**LINK, **changed}), head=LINK_HEAD))
    assert expected in str(caught.value)


def told(content: str) -> str:
    with pytest.raises(TableError) as caught:
        read(NAME, content)
    return str(caught.value)


def test_a_judgement_has_both_ends_its_kind_and_who_judged_it_how_surely_when_and_why() -> None:
    found = read(NAME, table(row()))
    node = thing("correspondence", "one/a.1--two/b")
    said = {shorten(q.predicate.value): q.object for q in found.quads if q.subject == ox.NamedNode(node)}
    date = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    assert said == {
        "rdf:type": ox.NamedNode(cg("Correspondence")),
        "cg:fromProvision": ox.NamedNode(thing("provision", "one", "a.1")),
        "cg:toProvision": ox.NamedNode(thing("provision", "two", "b")),
        "cg:correspondenceKind": ox.NamedNode(concept("correspondence", "narrower")),
        "cg:sureness": ox.Literal("0.85", datatype=decimal),
        "cg:judgedBy": ox.NamedNode(thing("curator", "tests")),
        "cg:reviewedOn": ox.Literal("2026-11-20", datatype=date),
        "cg:note": ox.Literal(GOOD["comment"], language="en"),
    }
    assert found.lines == {node: HEAD.count("\n") + 2}


def test_where_no_counterpart_was_found_the_record_has_one_end_only() -> None:
    found = read(NAME, table(row(object_id="sssom:NoTermFound")))
    node = ox.NamedNode(thing("no-counterpart", "one/a.1"))
    said = {shorten(q.predicate.value): q.object for q in found.quads if q.subject == node}
    assert said["rdf:type"] == ox.NamedNode(cg("NoCounterpart"))
    assert not {"cg:toProvision", "cg:correspondenceKind"} & set(said)


def test_the_graph_of_the_table_says_what_it_is_and_holds_all_of_it() -> None:
    quads = read(NAME, table(row())).quads
    graph = ox.NamedNode(graph_of(NAME))
    assert {q.graph_name for q in quads} == {graph}
    about = {shorten(q.predicate.value): q.object.value for q in quads if q.subject == graph}  # type: ignore[union-attr]
    assert about == {
        "rdf:type": cg("SourceGraph"),
        "cg:curatedBy": thing("curator", "commitgraph"),
        "dcterms:title": "Two pledges",
        "dcterms:license": "https://creativecommons.org/licenses/by/4.0/",
        "cg:readOn": "2026-11-21",
    }


def test_line_ends_of_windows_and_a_byte_order_mark_make_no_difference() -> None:
    plain = table(row())
    assert read(NAME, "\ufeff" + plain.replace("\n", "\r\n")).quads == read(NAME, plain).quads


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"subject_id": "law:one/a"}, "a prefix of the curie_map"),
        ({"subject_id": "provision:one"}, "TEXT/PLACE"),
        ({"subject_id": "provision:one/a b"}, "got 'provision:one/a b'"),
        (
            {"object_id": "curator:two/b"},
            "expected something under https://w3id.org/commitgraph/id/provision/",
        ),
        ({"object_id": "provision:one/b"}, "provisions of two texts"),
        ({"predicate_id": "semapv:narrower"}, "scheme/correspondence/, got 'semapv:narrower'"),
        ({"author_id": "semapv:me"}, "expected something under https://w3id.org/commitgraph/id/"),
        ({"confidence": "1.2"}, "confidence: expected a number from 0 to 1, got '1.2'"),
        ({"confidence": "-0.1"}, "confidence:"),
        ({"confidence": "high"}, "confidence:"),
        ({"confidence": "٠"}, "confidence:"),
        ({"mapping_date": "2026-02-30"}, "mapping_date: expected a day as YYYY-MM-DD, got '2026-02-30'"),
        ({"mapping_date": "20261120"}, "mapping_date:"),
        ({"comment": " "}, "comment: expected the reason"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(changed: dict[str, str], expected: str) -> None:
    message = told(table(row(subject_id="provision:three/c"), row(**changed)))
    assert message.startswith(f"{NAME}:{HEAD.count(chr(10)) + 3}: ")
    assert expected in message


def test_a_row_with_too_many_cells_or_too_few_is_named() -> None:
    many, few = row() + "\tmore", row().rpartition("\t")[0]
    place = f"{NAME}:{HEAD.count(chr(10)) + 3}: "
    assert told(table(row(subject_id="provision:three/c"), many)) == place + "expected 8 cells, got 9"
    assert told(table(row(subject_id="provision:three/c"), few)).startswith(place + "comment: expected")


@pytest.mark.parametrize(
    "again",
    [
        row(predicate_id="correspondence:same"),
        row(
            subject_id=GOOD["object_id"], object_id=GOOD["subject_id"], predicate_id="correspondence:broader"
        ),
    ],
    ids=["again", "mirrored"],
)
def test_a_pair_is_judged_once_in_whatever_order(again: str) -> None:
    message = told(table(row(), again))
    assert f"stands already on line {HEAD.count(chr(10)) + 2}" in message


def test_other_columns_are_refused_with_those_that_are_expected() -> None:
    message = told(table(row(), columns=(*COLUMNS[:-1], "remark")))
    assert message.startswith(f"{NAME}:{HEAD.count(chr(10)) + 1}: expected the columns subject_id,")
    assert message.endswith("remark")
    assert "got none" in told(HEAD)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("#curie_map: [\n", "expected YAML behind the #"),
        ("#- provision\n", "`key: value` lines"),
        ("#curie_map: none\n", "curie_map: expected prefixes"),
        ("#curie_map:\n#  provision: not an address\n", "curie_map: expected prefixes"),
        ("", "curie_map: expected prefixes"),
        (HEAD + "#license: mine\n", "expected YAML behind the #"),
        (
            HEAD.replace("https://creativecommons.org/licenses/by/4.0/", "mine"),
            "license: expected the address",
        ),
        (HEAD.replace('"2026-11-21"', '"this week"'), "mapping_set_version: expected a day"),
    ],
)
def test_a_broken_head_is_named(head: str, expected: str) -> None:
    message = told(table(row(), head=head))
    assert message.startswith(f"{NAME}:1: ")
    assert expected in message
    assert "\n" not in message


@given(st.text())
@example("#a: !!python/object:os.system x")
@example("#: *a")
@example("#x: 0000-00-00")
def test_no_text_at_all_raises_anything_else(content: str) -> None:
    for text in (content, HEAD + content, table(content), "#" + content.replace("\n", "\n#")):
        try:
            read(NAME, text)
        except TableError as error:
            assert str(error).startswith(f"{NAME}:{error.line}: ")


@given(st.fixed_dictionaries({name: st.text() | st.just(value) for name, value in GOOD.items()}))
def test_no_cell_raises_anything_else(cells: dict[str, str]) -> None:
    try:
        quads = read(NAME, table(row(**cells))).quads
    except TableError:
        return
    assert len(quads) > 5 or not "".join(cells.values()).strip()


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = small_graph(tmp_path)
    (folder / "data" / "crosswalks").mkdir(exist_ok=True)
    return folder


def test_a_provision_that_the_graph_does_not_hold_is_found_at_its_line(graph: Path) -> None:
    good = row(subject_id="provision:example-pledge/a1", object_id="sssom:NoTermFound")
    (graph / NAME).write_text(table(good, row(subject_id="provision:example-pledge/a2")), encoding="utf-8")
    # The small graph has a curator of its own.
    (finding,) = (
        f for f in checks.run(graph, ["dangling-references"]).findings if "curator" not in f.subject
    )
    assert (finding.file, finding.line) == (NAME, HEAD.count("\n") + 3)
    assert finding.subject == thing("provision", "two", "b")


@pytest.mark.parametrize("content", [table(row(confidence="2")).encode(), b"\xff"], ids=["cell", "bytes"])
def test_a_broken_table_is_a_finding_of_the_checks_and_an_error_of_loading(
    graph: Path, content: bytes
) -> None:
    (graph / NAME).write_bytes(content)
    (finding,) = checks.run(graph).findings
    assert (finding.check, finding.file) == ("well-formed", NAME)
    with pytest.raises(DataError, match="expected"):
        load(graph)
