"""Every saved question and its answer on the shipped data.

`pytest tests/unit/test_answers.py --update-answers` writes the answers anew; the difference is to be read.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from commitgraph import questions
from commitgraph.dataset import load
from commitgraph.engine import Embedded, Result, formats
from commitgraph.iris import NS, RDF_TYPE
from commitgraph.questions import Question

ANSWERS = Path(__file__).resolve().parents[1] / "answers"
QUESTIONS = questions.questions()

#: Terms of the ontology that no question asks for, and why.
NOT_ASKED = {
    "nobody": 'a value of cg:openTo, of which it is the answer "to none"',
    "documentNumber": "deprecated: release 0.1.0 stated it, and identifiers have taken its place",
}

by_name = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


class Merged:
    """The same triples in one plain graph, put in backwards: another store, another order inside it."""

    def __init__(self) -> None:
        self.store = ox.Store()
        quads = sorted(load().store, key=str, reverse=True)
        self.store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)

    def query(self, text: str) -> Result:
        answer = self.store.query(text)
        if isinstance(answer, ox.QueryTriples):
            return Result("graph", triples=tuple(answer))
        return Result.of_json(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")


@pytest.fixture(scope="module")
def merged() -> Merged:
    return Merged()


@cache
def answer(question: Question, engine: Embedded) -> Result:
    return engine.query(question.sparql)


def answer_file(question: Question, result: Result) -> Path:
    return ANSWERS / f"{question.name}.{'nt' if result.kind == 'graph' else 'tsv'}"


def written(result: Result) -> str:
    return formats.write(result, "ntriples" if result.kind == "graph" else "tsv").decode()


@by_name
def test_the_answer_is_the_one_on_file(
    question: Question, engine: Embedded, request: pytest.FixtureRequest
) -> None:
    result = answer(question, engine)
    path = answer_file(question, result)
    if request.config.getoption("--update-answers"):
        path.write_text(written(result), encoding="utf-8")
    assert path.is_file(), f"no answer on file: run pytest {Path(__file__).name} --update-answers and read it"
    assert written(result) == path.read_text(encoding="utf-8")


@by_name
def test_the_answer_does_not_hang_on_the_order_or_the_graphs_inside_the_store(
    question: Question, engine: Embedded, merged: Merged
) -> None:
    assert written(merged.query(question.sparql)) == written(answer(question, engine))


@by_name
def test_no_row_comes_twice_and_no_answer_is_empty(question: Question, engine: Embedded) -> None:
    result = answer(question, engine)
    rows = [tuple(row.items()) for row in result.rows]
    assert len(set(rows)) == len(rows)
    if result.kind != "boolean":
        assert len(result)


#: What a row tells of where it comes from; two rows that differ in nothing else would tell one fact twice.
_TOLD_BY = frozenset(("source", "sourceKind", "read", "remark", "document"))


@by_name
def test_a_fact_is_one_row_however_many_sources_and_remarks_it_has(
    question: Question, engine: Embedded
) -> None:
    rows = answer(question, engine).values()
    facts = [tuple((name, value) for name, value in row.items() if name not in _TOLD_BY) for row in rows]
    assert len(set(facts)) == len(facts)


@by_name
def test_a_party_is_never_named_with_a_promise_without_how_well_it_is_borne_out(
    question: Question, engine: Embedded
) -> None:
    if re.search(r"cg:(takesOn|isBoundBy|mayHaveTakenOn)\b", question.sparql):
        columns = set(answer(question, engine).variables)
        assert columns & {"confidence", "fromMemory", "firm"}


@by_name
def test_the_query_is_plain_sparql_1_1_that_another_parser_reads_too(question: Question) -> None:
    prepareQuery(question.sparql)
    body = re.sub(r"#[^\n]*|<[^>\s]*>", "", question.sparql)
    assert not re.search(r"\b(SERVICE|FROM|GRAPH|GROUP_CONCAT|SAMPLE|YEAR|MONTH|DAY|NOW)\b", body)
    assert not re.search(r"\bNOT\s+EXISTS\b", body)
    assert "ASK" in body or "CONSTRUCT" in body or "\nORDER BY" in body


@by_name
def test_every_default_stands_for_something_that_the_graph_knows(
    question: Question, engine: Embedded
) -> None:
    for parameter in question.parameters:
        if parameter.type in questions.THINGS:
            iri = questions.slug_to_iri(parameter.type, parameter.default)  # type: ignore[arg-type]
            assert engine.query(f"ASK {{ <{iri}> a ?class }}").boolean, parameter.default


def test_no_answer_is_left_over() -> None:
    assert {path.stem for path in ANSWERS.iterdir()} == {question.name for question in QUESTIONS}


def test_there_are_questions_for_each_reader() -> None:
    assert len(QUESTIONS) >= 34
    for reader in questions.READERS:
        assert sum(reader in question.readers for question in QUESTIONS) >= 8


def test_every_term_of_the_ontology_is_asked_for() -> None:
    def declared(file: str) -> set[str]:
        return {
            quad.subject.value.removeprefix(NS)
            for quad in ox.parse(path=load().home / "ontology" / file, format=ox.RdfFormat.TURTLE)
            if isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value.startswith(NS)
            and quad.predicate.value == RDF_TYPE
        }

    terms = declared("commitgraph.ttl")
    asked = {
        term
        for question in QUESTIONS
        for term in re.findall(r"\bcg:(\w+)", re.sub(r"^#.*$", "", question.sparql, flags=re.MULTILINE))
    }
    assert asked <= terms | declared("disclosure.ttl")
    assert terms - asked == set(NOT_ASKED)


def test_a_party_that_stands_to_nothing_gets_a_row_that_says_so(engine: Embedded) -> None:
    result = engine.query(questions.get("signed-anything").bind(party="rakuten"))
    assert [row["answer"].value for row in result.rows] == ["nothing in any source that we read"]


def test_a_search_for_a_counterpart_that_found_none_is_one_row(engine: Embedded) -> None:
    question = questions.get("same-promise")
    result = engine.query(question.bind(provision="frontier-ai-safety-commitments/II-4"))
    assert [row["relation"].value for row in result.rows] == ["none found"]


def test_whoever_left_or_refused_is_told_from_whoever_stayed_out(engine: Embedded) -> None:
    question = questions.get("signed-but-refused-another")
    result = engine.query(
        question.bind(instrument="bletchley-declaration", other="paris-ai-action-summit-statement")
    )
    acts = {row["partyLabel"].value: row["what"].value for row in result.rows}
    assert acts["United Kingdom"] == "refused"
    assert acts["Israel"] == "no source that we read lists it"
