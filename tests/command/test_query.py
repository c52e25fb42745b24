"""`commitgraph query` and `commitgraph queries`, run as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command.runner import run
from tests.expected import signatories

ANSWERS = Path(__file__).resolve().parents[1] / "answers"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Address of a SPARQL endpoint with the same data, in a process of its own."""
    script = Path(__file__).with_name("sparql_endpoint.py")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = server.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}/sparql"
        server.terminate()


def test_a_saved_question_as_a_table_shows_labels_beside_short_names() -> None:
    done = run("query", "signatories")
    assert done.returncode == 0
    header, *rows = done.stdout.splitlines()
    assert header.split("\t") == (
        [
            "party",
            "act",
            "since",
            "lastSeen",
            "notSeen",
            "held",
            "signedAs",
            "confidence",
            "sources",
            "source",
            "sourceKind",
            "read",
        ]
    )
    assert len(rows) == len(signatories("seoul-ai-business-pledge"))
    cisco = "Cisco (party/cisco)\tjoined later\t2024-07-11\t\t\tyes\tCisco Systems\ttwo sources\t"
    assert len([row for row in rows if row.startswith(cisco)]) == 1


def test_parameters_take_names_in_any_variant_and_as_of_takes_a_day() -> None:
    done = run("query", "signatories", "--param", "instrument=Seoul Pledge", "--as-of", "2024-06-01")
    _header, *rows = done.stdout.splitlines()
    assert len(rows) == len(signatories("seoul-ai-business-pledge", "2024-06-01"))
    assert "Cisco" not in done.stdout


def test_csv_holds_every_column_with_full_addresses() -> None:
    done = run("query", "signed-both-but-not", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["partyLabel"] for row in rows] == sorted(
        (row["partyLabel"] for row in rows), key=str.casefold
    )
    (anthropic,) = (row for row in rows if row["partyLabel"] == "Anthropic")
    assert anthropic["party"] == "https://w3id.org/commitgraph/id/party/anthropic"


@pytest.mark.parametrize(
    ("name", "form", "file"),
    [
        ("disputed-counts", "tsv", "disputed-counts.tsv"),
        ("network-of-references", "ntriples", "network-of-references.nt"),
    ],
)
def test_here_and_on_an_endpoint_the_answer_is_the_same(
    endpoint: str, name: str, form: str, file: str
) -> None:
    expected = (ANSWERS / file).read_text(encoding="utf-8")
    assert run("query", name, "--format", form).stdout == expected
    assert run("query", name, "--format", form, "--endpoint", endpoint).stdout == expected


def test_names_are_resolved_by_what_the_endpoint_knows(endpoint: str) -> None:
    done = run("query", "is-signatory", "--param", "party=Kakao", "--endpoint", endpoint)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].startswith("yes\tsigned\t")
    done = run("query", "is-signatory", "--param", "party=Telefonix", "--endpoint", endpoint)
    assert done.returncode == 2
    assert "expected a party, found none named 'Telefonix'" in done.stderr


def test_a_query_that_an_endpoint_refuses_is_told_in_its_words(endpoint: str) -> None:
    done = run("query", "-e", "SELECT ?x WHER { ?x ?p ?o }", "--endpoint", endpoint)
    assert done.returncode == 2
    assert f"{endpoint} refused the query: error at 1:" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_update_is_never_sent_to_an_endpoint(endpoint: str) -> None:
    done = run("query", "-e", "# SELECT\nINSERT DATA { <urn:a> <urn:b> <urn:c> }", "--endpoint", endpoint)
    assert done.returncode == 2
    assert "expected a SELECT, ASK, CONSTRUCT or DESCRIBE query" in done.stderr


def test_a_graph_as_turtle_and_as_a_table() -> None:
    turtle = run("query", "network-of-references", "--format", "turtle").stdout
    assert "@prefix cg: <https://w3id.org/commitgraph/ns#> ." in turtle
    table = run("query", "network-of-references").stdout.splitlines()
    assert table[0] == "subject\tpredicate\tobject"
    assert "instrument/seoul-ai-business-pledge\tcg:recognises\tinstrument/unga-res-78-265" in table


def test_yes_and_no_are_answers() -> None:
    ask = ("query", "-e", "ASK { ?s ?p ?o }")
    assert run(*ask).stdout == "yes\n"
    assert json.loads(run(*ask, "--format", "json").stdout)["boolean"] is True


def test_a_query_comes_from_a_file_from_standard_input_or_from_the_option(tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text("SELECT (1 AS ?one) WHERE {}", encoding="utf-8")
    assert run("query", str(own)).stdout == "one\n1\n"
    assert run("query", "-e", "SELECT (2 AS ?two) WHERE {}").stdout == "two\n2\n"
    assert run("query", "-", stdin="ASK {}").stdout == "yes\n"


def test_a_file_with_a_header_takes_parameters(tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text(
        "# question: Which?\n# for: researcher\n# group: mine\n# why: To know.\n# since: 2026-11-21\n"
        '# parameter: word text red — a word\nSELECT ?word WHERE { VALUES ?word { "red" } }',
        encoding="utf-8",
    )
    assert run("query", str(own), "--param", 'word=a "b" \\').stdout == 'word\na "b" \\\n'
    own.write_text("# question: Which?\nASK {}", encoding="utf-8")
    done = run("query", str(own))
    assert done.returncode == 2
    assert f"{own}: expected a line '# for: …' at the top, found none" in done.stderr


def test_nothing_found_is_said_beside_the_answer_and_is_no_error() -> None:
    done = run("query", "provisions-with-a-word", "--param", "word=zzzz")
    assert done.returncode == 0
    header = "instrument\tprovision\tkind\tlocator\tforce\tsummary\tsource\tsourceKind\tread"
    assert done.stdout.splitlines() == [header]
    assert "found nothing" in done.stderr


def test_a_fault_in_a_query_is_shown_in_its_line_with_a_caret() -> None:
    done = run("query", "-e", 'SELECT ?x WHERE {\n\t"é" cg:x ?x }')
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "commitgraph: -e:2:6: the prefix “cg:” is not declared. "
        "Add this line at the top: PREFIX cg: <https://w3id.org/commitgraph/ns#>",
        '   "é" cg:x ?x }',
        "       ^",
    ]
    # A letter of Hangul takes two columns of the terminal.
    done = run("query", "-e", 'SELECT * { "한국어" cg:x ?x }')
    message, _line, caret = done.stderr.splitlines()
    assert message.startswith("commitgraph: -e:1:18: ")
    assert caret.index("^") == 2 + 17 + 3
    done = run("query", "-e", "SELECT ?x WHERE { ?x ?p ?o " + ". ?x ?p ?o " * 40 + "} LIMITT")
    _message, line, caret = done.stderr.splitlines()
    assert len(line) < 140
    assert line[caret.index("^") - 1 :].strip()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["signatorys"], "got 'signatorys'. Did you mean signatories"),
        (["missing.rq"], "missing.rq: expected a query file, found none"),
        ([], "expected either the name of a saved question, a file or '-', or a query with -e"),
        (["signatories", "-e", "ASK {}"], "expected either the name"),
        (["signatories", "--param", "instrument"], "--param: expected NAME=VALUE, got 'instrument'"),
        (
            ["signatories", "--param", "asof=1", "--param", "asof=2"],
            "expected each parameter once, got 'asof' twice",
        ),
        (["signatories", "--param", "x=1"], "expected a parameter of instrument, asof; got 'x'"),
        (["-e", "ASK {}", "--param", "x=1"], "-e: expected no parameter, got 'x'"),
        (
            ["signatories", "--as-of", "May"],
            "--as-of: expected a day as YYYY-MM-DD, got 'May'",
        ),
        (
            ["who-wrote", "--as-of", "2024-06-01"],
            "who-wrote speaks for no day; these do: adherents-as-of, commitments-with-a-deadline",
        ),
        (
            ["signatories", "--param", "asof=May"],
            "asof: expected a date as YYYY, YYYY-MM or YYYY-MM-DD, got 'May'",
        ),
        (["signatories", "--format", "turtle"], "--format: expected a format of json, xml, csv, tsv"),
        (
            ["-e", "ASK {}", "--endpoint", "ftp://x"],
            "expected the http or https address of a SPARQL endpoint",
        ),
        (["-e", "ASK {}", "--endpoint", "http://127.0.0.1:1/x"], "could not be reached"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(arguments: list[str], message: str) -> None:
    done = run("query", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_bytes(b"ASK { # \xe9\n}")
    done = run("query", str(own))
    assert done.returncode == 2
    assert "expected a text in UTF-8" in done.stderr


def test_the_list_of_questions_is_grouped_by_reader_and_tells_the_defaults() -> None:
    header, *rows = run("queries").stdout.splitlines()
    assert header == "for\tabout\tname\tquestion\tparameters"
    readers = [row.split("\t")[0] for row in rows]
    assert readers == sorted(readers)
    assert any(
        row.split("\t")[2:] == [
            "is-signatory",
            "Has a party signed or joined an instrument, by which act, since when, and by whose word?",
            "party=microsoft instrument=seoul-ai-business-pledge",
        ]
        for row in rows
    )  # fmt: skip


def test_the_list_as_json_is_enough_to_build_a_form() -> None:
    records = {record["name"]: record for record in json.loads(run("queries", "--format", "json").stdout)}
    assert records["signatories"]["parameters"][0] == {
        "name": "instrument",
        "type": "instrument",
        "default": "seoul-ai-business-pledge",
        "description": "the instrument",
    }
    assert records["signatories"]["for"] == ["journalist"]
    assert "SELECT" in records["signatories"]["sparql"]
