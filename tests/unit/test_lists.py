"""Tables of standings: what a good one states, and a clear word on each fault of a bad one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commitgraph import checks
from commitgraph.dataset import DataError, load
from commitgraph.dataset.columns import ABOUT, BETWEEN, TABLES, Kind
from commitgraph.dataset.lists import read, reformat
from commitgraph.dataset.tables import TableError
from commitgraph.dataset.turtle import serialise
from commitgraph.iris import graph_of, shorten, thing
from tests.graphs import small_graph

#: A path of each kind of table.
NAMES = {
    "Adherence": "data/adherences/pledge.tsv",
    "RollEntry": "data/rolls/pledge/page.tsv",
    "Withdrawal": "data/endings/withdrawals.tsv",
    "Delisting": "data/endings/delistings.tsv",
    "Refusal": "data/endings/refusals.tsv",
    "Qualification": "data/qualifications.tsv",
    "Identifier": "data/identifiers.tsv",
    "": "data/regions.tsv",
    "Name": "data/names.tsv",
}
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
HEAD = """\
#title: Pledge: a table
#curator: tests
#read_on: 2026-11-21
#licence: https://creativecommons.org/licenses/by/4.0/
"""
ROLL = HEAD + "#label: list on the page\n#source: edition/pledge/page\n#observed_on: 2026-11\n#complete: no\n"
ADHERENCES = HEAD + "id\tparty\tact\tscope\tsince\tsource\tnote\nibm\tibm\tsigned\twhole\t2024-05-22\t\t\n"


def said(content: str, kind: str, subject: str) -> set[tuple[str, str]]:
    quads = read(NAMES[kind], content).quads
    return {
        (
            shorten(q.predicate.value),
            shorten(q.object.value) if isinstance(q.object, ox.NamedNode) else str(q.object),
        )
        for q in quads
        if q.subject == ox.NamedNode(subject)
    }


def told(content: str, kind: str = "RollEntry") -> str:
    with pytest.raises(TableError) as caught:
        read(NAMES[kind], content)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{NAMES[kind]}:")


def test_a_row_of_a_list_is_an_entry_that_says_what_the_list_says_and_no_more() -> None:
    found = read(NAMES["RollEntry"], ROLL + "adherence\tprinted_as\tsince\nibm\tI.B.M.\t2024\nkt\t\t\n")
    nodes = [thing("entry", "pledge", "page", name) for name in ("ibm", "kt")]
    about = [
        {
            (q.predicate.value.rsplit("#")[-1], getattr(q.object, "value", ""))
            for q in found.quads
            if q.subject == ox.NamedNode(node)
        }
        for node in nodes
    ]
    both = {("inRoll", thing("roll", "pledge", "page")), ("attestedBy", thing("edition", "pledge", "page"))}
    both |= {("type", "https://w3id.org/commitgraph/ns#RollEntry")}
    assert about[0] == both | {
        ("entryOf", thing("adherence", "pledge", "ibm")),
        ("printedAs", "I.B.M."),
        ("statedSince", "2024"),
    }
    assert about[1] == both | {("entryOf", thing("adherence", "pledge", "kt"))}
    top = ROLL.count("\n")
    assert found.lines == {thing("roll", "pledge", "page"): 1, nodes[0]: top + 2, nodes[1]: top + 3}


def test_an_entry_with_a_source_of_its_own_rests_on_that_alone() -> None:
    table = ROLL + "adherence\tsource\nibm\tpassage/pledge/ibm\n"
    entry = said(table, "RollEntry", thing("entry", "pledge", "page", "ibm"))
    assert {value for name, value in entry if name == "cg:attestedBy"} == {thing("passage", "pledge", "ibm")}


def test_the_top_of_a_list_describes_its_graph_and_the_list() -> None:
    table = ROLL + "#note: One.\n#note: Two.\n#next_read_on: 2027-02\nadherence\nibm\n"
    graph = said(table, "RollEntry", graph_of(NAMES["RollEntry"]))
    assert ("prov:wasDerivedFrom", thing("edition", "pledge", "page")) in graph
    assert ("dcterms:title", '"Pledge: a table"@en') in graph
    roll = said(table, "RollEntry", thing("roll", "pledge", "page"))
    assert {value for name, value in roll if name == "cg:note"} == {'"One."@en', '"Two."@en'}
    assert ("cg:rollOf", thing("instrument", "pledge")) in roll
    assert {name for name, _ in roll} >= {"cg:claimsComplete", "cg:observedOn", "cg:nextReadOn", "rdfs:label"}


def test_a_standing_has_what_its_row_gives_and_its_text_from_the_name_of_the_table() -> None:
    found = said(ADHERENCES, "Adherence", thing("adherence", "pledge", "ibm"))
    assert found == {
        ("rdf:type", "cg:Adherence"),
        ("cg:toInstrument", thing("instrument", "pledge")),
        ("cg:adherent", thing("party", "ibm")),
        ("cg:mode", "mode:signed"),
        ("cg:scope", "scope:whole"),
        ("cg:since", '"2024-05-22"^^<http://www.w3.org/2001/XMLSchema#date>'),
    }


def test_endings_and_qualifications_name_whom_they_are_about_and_their_source() -> None:
    delisting = (
        "id\tadherence\tlast_seen_on\tnot_seen_on\tsource\np/a\tp/a\t2025-12\t2026-07-31\tedition/p/x\n"
    )
    found = said(HEAD + delisting, "Delisting", thing("delisting", "p", "a"))
    assert {name for name, _ in found} == {
        "rdf:type", "cg:delists", "cg:lastSeenOn", "cg:notSeenOn", "cg:attestedBy",
    }  # fmt: skip
    qualified = "id\tparty\tqualifies_for\tsource\na-dev\ta\tdeveloper\tedition/p/x\n"
    found = said(HEAD + qualified, "Qualification", thing("qualification", "a-dev"))
    assert ("cg:qualifiesFor", "condition:developer") in found
    assert "id\tparty" in told(HEAD, "Refusal") or "expected the column id" in told(HEAD, "Refusal")


def test_a_name_is_tagged_with_its_language_and_may_stand_once_in_each() -> None:
    names = HEAD + "party\tname\tlang\tkind\tsource\n"
    row = "kakao\t카카오\tko\tusual\tedition/p/x\n"
    (node,) = read(NAMES["Name"], names + row).lines
    assert said(names + row, "Name", node) == {
        ("rdf:type", "cg:Name"),
        ("cg:nameOf", thing("party", "kakao")),
        ("cg:nameText", '"카카오"@ko'),
        ("cg:nameKind", "name-kind:usual"),
        ("cg:attestedBy", thing("edition", "p", "x")),
    }
    assert len(read(NAMES["Name"], names + row + row.replace("ko", "en")).lines) == 2
    assert told(names + row + row, "Name") == (
        "7: party, lang, name: expected it once, it stands already on line 6"
    )
    assert told(names + row.replace("\tko\t", "\tKorean\t"), "Name").startswith("6: lang: expected a tag")


def test_a_table_that_a_spreadsheet_program_saved_says_the_same() -> None:
    plain = ROLL + 'adherence\tprinted_as\tnote\nibm\tIBM\tThe "blue" one\nkt\tKT\n'
    saved = (
        plain.replace("IBM\tThe", 'IBM\t"The')
        .replace('"blue" one', '""blue"" one"')
        .replace("\n", "\t\t\r\n")
    )
    saved = "\ufeff" + saved + "\t\t\t\r\n"
    assert read(NAMES["RollEntry"], saved).quads == read(NAMES["RollEntry"], plain).quads


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "1: title: expected a line #title: VALUE on top"),
        (HEAD + "adherence\nibm\n", "1: label: expected a line #label"),
        (ROLL + "#titel: x\nadherence\nibm\n", "9: expected #KEY: VALUE with one of title,"),
        (ROLL + "#complete: no\nadherence\nibm\n", "9: complete: expected this key once"),
        (
            ROLL.replace(": no", ": maybe") + "adherence\nibm\n",
            "8: complete: expected yes or no, got 'maybe'",
        ),
        (ROLL + "adherence\tname\nibm\tIBM\n", "9: expected columns among adherence,"),
        (ROLL + "adherence\tadherence\nibm\tIBM\n", "9: adherence: expected this column once"),
        (ROLL + "printed_as\nIBM\n", "9: expected the column adherence; got printed_as"),
        (ROLL + "adherence\nibm\tIBM\n", "10: expected 1 cells, got 2"),
        (ROLL + "adherence\tprinted_as\n\tIBM\n", "10: adherence: expected a value, got nothing"),
        (ROLL + "adherence\nibm\nibm\n", "11: adherence: expected it once, it stands already on line 10"),
        (ROLL + "adherence\nI B M\n", "10: adherence: expected a name in small letters"),
        (ROLL + "adherence\tsince\nibm\tMay 2024\n", "10: since: expected a day, month or year"),
        (ROLL + "adherence\tsource\nibm\thttps://a.example\n", "10: source: expected edition/TEXT/NAME"),
        (ROLL + "adherence\tplace\nibm\t0\n", "10: place: expected the place in the list, from 1"),
    ],
)
def test_a_fault_is_named_with_its_line_and_column(content: str, says: str) -> None:
    assert told(content).startswith(says)


@pytest.mark.parametrize(
    "name", ["data/rolls/page.tsv", "data/rolls/a b/c.tsv", "data/other.tsv", "data/adherences/x/y.tsv"]
)
def test_a_table_at_a_place_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    graph = small_graph(tmp_path)
    (graph / name).parent.mkdir(parents=True, exist_ok=True)
    (graph / name).write_text(ADHERENCES, encoding="utf-8")
    with pytest.raises(DataError, match="expected a table at a place"):
        load(graph)
    (finding,) = checks.run(graph).findings
    assert (finding.check, finding.file) == ("well-formed", name)


def test_the_stable_form_orders_keys_columns_and_rows_and_drops_what_is_empty() -> None:
    loose = HEAD.splitlines()
    table = [
        *loose[::-1],
        "note\tscope\tact\tparty\tid\tuntil",
        "\twhole\tsigned\tb10\tb10",
        "n\twhole\tsigned\tb9\tb9",
    ]
    assert reformat(NAMES["Adherence"], "\r\n".join(table)) == (
        HEAD.replace(f"#licence: {CC_BY}\n", "")
        + "id\tparty\tact\tscope\tnote\nb9\tb9\tsigned\twhole\tn\nb10\tb10\tsigned\twhole\n"
    )
    placed = ROLL + "adherence\tplace\na\t\nb\t2\nc\t1\n"
    assert reformat(NAMES["RollEntry"], placed).endswith("adherence\tplace\nc\t1\nb\t2\na\n")


def test_an_identifier_is_named_after_its_thing_its_register_and_for_a_text_its_number() -> None:
    rows = (
        "instrument/pact\tun-symbol\tA/79/L.2\t\tThe symbol of the draft.\n"
        "instrument/pact\tun-symbol\tA/RES/79/1\n"
        "party/ibm\tlei\tVGRQXHF3J8VDLUA7XE92\tedition/register/list\n"
    )
    found = read(NAMES["Identifier"], HEAD + "thing\tscheme\tvalue\tsource\tnote\n" + rows)
    pact, ibm = thing("identifier", "instrument", "pact", "un-symbol"), thing("identifier", "ibm", "lei")
    assert list(found.lines) == [f"{pact}/a-79-l-2", f"{pact}/a-res-79-1", ibm]
    assert said(HEAD + "thing\tscheme\tvalue\tsource\tnote\n" + rows, "Identifier", ibm) == {
        ("rdf:type", "cg:Identifier"),
        ("cg:identifies", shorten(thing("party", "ibm"))),
        ("cg:identifierScheme", '"lei"'),
        ("cg:identifierValue", '"VGRQXHF3J8VDLUA7XE92"'),
        ("cg:attestedBy", shorten(thing("edition", "register", "list"))),
    }
    columns = HEAD + "thing\tscheme\tvalue\n"
    second = columns + "party/ibm\tlei\tA\nparty/ibm\tlei\tB\n"
    assert (
        told(second, "Identifier") == "7: thing, scheme, value: expected it once, it stands already on line 6"
    )
    assert told(columns + "ibm\tlei\tA\n", "Identifier").startswith("6: thing: expected party/NAME or instr")
    assert told(columns + "party/ibm\tL E I\tA\n", "Identifier").startswith("6: scheme: expected a notation")


def test_a_region_is_said_of_a_state_that_another_file_describes() -> None:
    found = read(NAMES[""], HEAD + "state\tregion\nkr\teastern-asia\n")
    (of_state,) = [q for q in found.quads if q.subject == ox.NamedNode(thing("party", "kr"))]
    assert shorten(of_state.predicate.value) == "cg:region"
    assert of_state.object == ox.NamedNode("https://w3id.org/commitgraph/scheme/region/eastern-asia")


def test_a_list_that_does_not_say_otherwise_is_to_be_read_again_in_a_year() -> None:
    roll = thing("roll", "pledge", "page")
    month = "http://www.w3.org/2001/XMLSchema#gYearMonth"
    for line, due in (
        ("", "2027-11"),
        ("#next_read_on: 2027-11\n", "2027-11"),
        ("#next_read_on: 2027-02\n", "2027-02"),
    ):
        content = f"{ROLL}{line}adherence\nibm\n"
        dues = {value for name, value in said(content, "RollEntry", roll) if name == "cg:nextReadOn"}
        assert dues == {f'"{due}"^^<{month}>'}
        assert ("next_read_on" in reformat(NAMES["RollEntry"], content)) == (due == "2027-02")


@pytest.mark.parametrize(
    "line", ["", "#curator:\n#licence:\n", f"#curator: commitgraph\n#licence: {CC_BY}\n"]
)
def test_a_table_that_does_not_say_otherwise_is_ours_under_the_licence_of_the_data(line: str) -> None:
    content = f"#title: Regions\n#read_on: 2026-11\n{line}state\tregion\nkr\teastern-asia\n"
    assert {("cg:curatedBy", thing("curator", "commitgraph")), ("dcterms:license", CC_BY)} <= said(
        content, "", graph_of(NAMES[""])
    )
    assert (
        reformat(NAMES[""], content)
        == "#title: Regions\n#read_on: 2026-11\nstate\tregion\nkr\teastern-asia\n"
    )


_WORD = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
_CELLS: dict[str, st.SearchStrategy[str]] = {
    name: st.sampled_from(["2024", "2024-02", "2024-02-29"])
    for name in ("since", "until", "observed_on", "last_seen_on", "not_seen_on", "read_on")
} | {
    "next_read_on": st.sampled_from(["2024-02", "2024-02-29"]),
    "source": st.just("edition/a/b") | st.just("edition/a/b passage/a/c"),
    "derived_from": st.just("edition/a/b"),
    "licence": st.sampled_from(["https://example.org/licence", CC_BY]),
    "curator": st.sampled_from(["commitgraph", "tests"]),
    "complete": st.sampled_from(["yes", "no"]),
    "place": st.integers(1, 999).map(str),
    "note": _TEXT,
    "printed_as": _TEXT.filter(lambda text: BETWEEN.strip() not in text),
    "value": _TEXT,
    "thing": st.sampled_from(["party/", "instrument/"]),
    "title": _TEXT,
    "label": _TEXT,
    "name": _TEXT,
    "lang": st.sampled_from(["ko", "zh-Hans", "pt-BR"]),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[Kind, str]:
    """A table of any kind, with all its columns in any order."""
    kind = draw(st.sampled_from(TABLES))
    first = kind.columns[0].name
    top = [f"#{field.name}: {draw(_CELLS.get(field.name, _WORD))}" for field in (*ABOUT, *kind.top)]
    columns = draw(st.permutations(kind.columns))
    names = draw(st.lists(_WORD, unique=True, max_size=4))
    rows = []
    for name in names:
        cells = []
        for field in columns:
            value = _CELLS.get(field.name, _WORD)
            cell = draw(value if field.needed else value | st.just(""))
            # The kind of a thing stands before its name.
            cells.append((cell + name if first == "thing" else name) if field.name == first else cell)
        rows.append("\t".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    lines = [*draw(st.permutations(top)), "\t".join(field.name for field in columns), *rows]
    return kind, "".join(f"{line}\n" for line in lines)


@given(tables())
def test_writing_a_table_in_the_stable_form_changes_no_statement(made: tuple[Kind, str]) -> None:
    kind, content = made
    name = NAMES[kind.stated]
    stable = reformat(name, content)
    assert set(read(name, stable).quads) == set(read(name, content).quads)
    assert reformat(name, stable) == stable
    # And every statement can be written as Turtle, too.
    assert serialise(quad.triple for quad in read(name, stable).quads)


@given(st.text(), st.sampled_from(sorted(NAMES)))
@example('#title: "', "RollEntry")
@example("#title\t: x", "RollEntry")
@example("id\x00", "Refusal")
def test_no_text_at_all_raises_anything_else(content: str, kind: str) -> None:
    for text in (content, HEAD + content, ROLL + "adherence\n" + content, ADHERENCES + content):
        try:
            read(NAMES[kind], text)
        except TableError as error:
            assert str(error).startswith(f"{NAMES[kind]}:{error.line}: ")


def test_every_kind_of_table_is_tried_here() -> None:
    assert {kind.stated for kind in TABLES} == set(NAMES)
