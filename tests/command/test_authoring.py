"""Writing data files with the command, as an author does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commitgraph.checks.data_shapes import CHECKS as SHAPES
from commitgraph.checks.material import Material
from commitgraph.dataset.skeletons import MARK, skeleton
from commitgraph.dataset.turtle import blocks, header, parse, reformat
from commitgraph.domain.fragment import LONGEST_EDGE, Fragment
from commitgraph.home import home
from commitgraph.proof.passage import Copy, find
from tests.command.runner import run
from tests.graphs import COPIES, small_graph

COPY = COPIES / "example-pledge" / "text.md"
LOOSE = "# Kept.\n" + header() + '<party/a> a cg:Company ; rdfs:label "B", "A" .\n'


def test_format_writes_the_stable_form_and_keeps_comment_and_statements(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(LOOSE, encoding="utf-8")
    assert run("format", str(file), "--check").returncode == 1
    assert file.read_text(encoding="utf-8") == LOOSE, "--check writes nothing"
    done = run("format", str(tmp_path))
    assert done.returncode == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Kept.\n@base")
    assert set(parse(text)) == set(parse(LOOSE))
    assert '    rdfs:label "A" ,\n        "B" .\n' in text
    assert run("format", str(file), "--check").returncode == 0
    assert list(tmp_path.iterdir()) == [file]


def test_format_declares_the_prefixes_in_use_and_no_other() -> None:
    text = reformat('<party/a> a cg:Company ; dcterms:issued "2024"^^xsd:gYear .\n')
    assert re.findall(r"^@prefix (\w+):", text, re.MULTILINE) == ["cg", "dcterms", "xsd"]
    assert text.startswith("@base")
    assert set(parse(text)) == set(parse(header() + text))


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("<party/a> cg:note [] .", "no blank nodes"),
        ("<party/a> cg:note _:b .", "no blank nodes"),
        ("<party/a> nope:note 1 .", "use a prefix of data/prefixes.ttl"),
        ("<party/a> cg:note .", "mend the syntax"),
        ("# A remark", "comments on top"),
    ],
)
def test_format_leaves_a_file_alone_that_it_cannot_write(tmp_path: Path, added: str, says: str) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(LOOSE + added + "\n", encoding="utf-8")
    done = run("format", str(file))
    assert done.returncode == 2
    assert done.stderr.startswith(f"{file}:{LOOSE.count(chr(10)) + 1}: expected ")
    assert says in done.stderr
    assert file.read_text(encoding="utf-8") == LOOSE + added + "\n"


def test_marks_of_comments_and_blank_nodes_within_words_are_words() -> None:
    text = LOOSE + '<party/a> cg:note "# [no] (such) _:thing" ; cg:homepage <https://a.example/#b> .\n'
    assert set(parse(reformat(text))) == set(parse(text))


def test_a_passage_is_printed_without_its_words_and_proves_the_copy() -> None:
    copy = Copy.of(COPY.read_text(encoding="utf-8"))
    line = next(line for line in copy.text.splitlines() if len(line) > 70)
    words = re.findall(r"\w+", line)
    first, last = " ".join(words[:5]), " ".join(words[-4:])
    done = run("passage", str(COPY), "--from", first, "--to", last, "--id", "x")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(f"{COPY}:")
    triples = parse(header() + done.stdout)
    assert done.stdout == "\n" + "\n".join(blocks(triples)), "in the stable form"
    said = {triple.predicate.value.rsplit("#")[-1]: getattr(triple.object, "value", "") for triple in triples}
    match = find(copy, said["passageDigest"], int(said["passageLength"]))
    assert match is not None
    assert match.line == copy.text.splitlines().index(line) + 1
    fragment = Fragment.parse(said["value"])
    assert all(len(edge) <= LONGEST_EDGE for edge in (fragment.start, fragment.end))
    assert line not in done.stdout
    assert "<passage/example-pledge/x>" in done.stdout


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("We will be nowhere", "at all", "--from: expected words of the copy"),
        ("the", "the", "times (on lines "),
        ("!", "x", "--from: expected words with letters"),
    ],
)
def test_a_passage_that_the_words_do_not_pick_out_is_refused(first: str, last: str, says: str) -> None:
    done = run("passage", str(COPY), "--from", first, "--to", last)
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stdout == ""


def test_a_skeleton_has_all_that_the_shapes_ask_for_and_check_names_what_is_left(tmp_path: Path) -> None:
    graph = small_graph(tmp_path)
    done = run("new", "instrument", "new-pledge", "--data", str(graph), "--write")
    path = graph / "data" / "instruments" / "new-pledge.ttl"
    assert done.stdout.strip() == str(path)
    left = [line for line in path.read_text(encoding="utf-8").splitlines() if MARK in line and line[0] != "#"]
    told = run("check", "--fast", "--data", str(graph))
    assert told.returncode == 1
    assert told.stdout.count("error (placeholders)") == len(left) > 5
    again = run("new", "instrument", "new-pledge", "--data", str(graph), "--write")
    assert again.returncode == 2
    assert "there is one" in again.stderr


@pytest.mark.parametrize("what", ["instrument", "party"])
def test_a_skeleton_lacks_no_property_and_is_in_the_stable_form(what: str, tmp_path: Path) -> None:
    graph = small_graph(tmp_path)
    made = skeleton(home(), what, "new-pledge", "New Pledge")
    assert reformat(made.text) == made.text
    (graph / made.path).write_text(made.text, encoding="utf-8")
    missing = [
        finding for check in SHAPES for finding in check(Material(graph)) if finding.got.endswith("has none")
    ]
    assert missing == []


def test_the_tables_of_a_list_name_what_is_left_to_fill_in_and_nothing_else(tmp_path: Path) -> None:
    graph = small_graph(tmp_path)
    new = ("new", "roll", "new-pledge", "--title", "list on its page", "--data", str(graph), "--write")
    written = [Path(line) for line in run(*new).stdout.split()]
    assert written == [graph / "data/adherences/new-pledge.tsv", graph / "data/rolls/new-pledge/list.tsv"]
    left = sum(path.read_text(encoding="utf-8").count(f"\n{MARK}") for path in written)
    left += sum(path.read_text(encoding="utf-8").count(f": {MARK}") for path in written)
    told = run("check", "--fast", "--data", str(graph))
    assert told.stdout.count("error (placeholders)") == told.stdout.count(": error (") == left == 4
    # A second list of the same text leaves the table of standings alone.
    again = run(*new[:-1], "--id", "press", "--write")
    assert again.stdout.strip() == str(graph / "data/rolls/new-pledge/press.tsv")
    assert "there is one" in run(*new).stderr


def test_format_writes_tables_in_the_stable_form_and_leaves_those_with_a_fault(tmp_path: Path) -> None:
    small_graph(tmp_path)
    path = tmp_path / "data" / "rolls" / "example-pledge" / "text.tsv"
    sound = path.read_text(encoding="utf-8")
    lines = sound.splitlines()
    loose = "\r\n".join(f"{line}\t\t" for line in [*lines[:-2], *reversed(lines[-2:]), ""])
    path.write_text(loose, encoding="utf-8", newline="")
    assert run("format", str(path), "--check").returncode == 1
    assert run("format", str(tmp_path / "data")).returncode == 0
    assert path.read_text(encoding="utf-8") == sound
    path.write_text(sound.replace("complete: yes", "complete: perhaps"), encoding="utf-8")
    done = run("format", str(path))
    assert done.returncode == 2
    assert "complete: expected yes or no, got 'perhaps'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("instrument", "My Pledge"), "lower-case letters"),
        (("instrument", "a", "--type", "b"), "--type: expected"),
    ],
)
def test_a_skeleton_of_an_impossible_name_or_type_is_refused(arguments: tuple[str, ...], says: str) -> None:
    done = run("new", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
