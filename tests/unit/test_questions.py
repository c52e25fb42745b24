"""The catalogue: headers, parameters, and binding that nothing can break out of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph import questions
from commitgraph.engine import Embedded
from commitgraph.find.names import LookupFailed, resolve
from commitgraph.questions import CatalogueError, ParameterError, Question, UnknownQuestion

HEAD = "# question: Which?\n# for: journalist\n# group: standing\n# why: To know.\n# since: 2026-11-21\n"
ECHO = questions.parse(
    HEAD
    + "# parameter: word text plain — a word\n"
    + "# parameter: day date 2024 — a day\n"
    + "# parameter: many integer 3 — a number\n"
    + "# parameter: who party microsoft — a party\n"
    + "SELECT ?word ?day ?many ?who WHERE {\n"
    + '  VALUES ?word { "plain" }\n'
    + '  VALUES ?day { "2024" }\n'
    + "  VALUES ?many { 3 }\n"
    + "  VALUES ?who { <https://w3id.org/commitgraph/id/party/microsoft> }\n"
    + "}",
    "echo",
)
NASTY = st.one_of(
    st.text(),
    st.sampled_from(
        [
            '" } ?s ?p ?o . #',
            'VALUES ?day { "2024" }',
            "VALUES ?who { <x> } VALUES ?many { 3 }",
            "\\",
            '\\"',
            '"""',
            "a> } INSERT DATA {",
            "\\u0022 }",
            "\r\n} ?x ?y ?z",
        ]
    ),
)


def test_a_question_is_read_with_all_that_its_header_says() -> None:
    question = questions.get("signatories")
    assert question.text.startswith("Who has signed, joined or endorsed an instrument")
    assert question.readers == ("journalist",)
    assert (question.group, question.since) == ("standing", "2026-11-21")
    assert [(p.name, p.type, p.default) for p in question.parameters] == [
        ("instrument", "instrument", "seoul-ai-business-pledge"),
        ("asof", "date", "9999-12-31"),
    ]


def test_values_that_are_not_given_keep_their_default() -> None:
    question = questions.get("signatories")
    assert question.bind() == question.sparql
    bound = question.bind(asof="2024-06-01")
    assert bound.count('VALUES ?asof { "2024-06-01" }') == question.sparql.count("VALUES ?asof") == 1
    assert "id/instrument/seoul-ai-business-pledge>" in bound


def test_a_name_in_any_variant_is_resolved_through_the_callback(engine: Embedded) -> None:
    bound = questions.get("pledges-of-party").bind(
        lambda kind, text: resolve(engine, kind, text), party="Telefonica"
    )
    assert "VALUES ?party { <https://w3id.org/commitgraph/id/party/telefonica> }" in bound
    with pytest.raises(LookupFailed, match="none named 'Telefonix'"):
        questions.get("pledges-of-party").bind(
            lambda kind, text: resolve(engine, kind, text), party="Telefonix"
        )


def test_as_of_leaves_out_who_joined_later_and_keeps_a_month_that_has_begun(engine: Embedded) -> None:
    def parties(name: str, **values: str) -> set[str]:
        rows = engine.query(questions.get(name).bind(**values)).values()
        return {row["party"].rsplit("/", 1)[1] for row in rows}

    everyone = parties("signatories")
    assert everyone - parties("signatories", asof="2024-06-01") == {"cisco"}
    assert parties("signatories", asof="2024-07") == everyone
    assert parties("signatories", asof="2024-05") == everyone - {"cisco"}
    assert parties("signatories", asof="2023") == set()
    march = parties("adherents-as-of", asof="2025-03-31")
    assert "openai" not in march
    assert "openai" in parties("adherents-as-of", asof="2025-04-01")


@given(word=NASTY)
def test_no_text_breaks_out_of_its_literal(word: str) -> None:
    try:
        bound = ECHO.bind(word=word, day="2023", many=-7)
    except ParameterError:
        assert any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) < 0xE000 for c in word)
        return
    rows = _engine().query(bound).values()
    assert [(row["word"], row["day"], row["many"]) for row in rows] == [(word, "2023", "-7")]


@given(name=NASTY)
def test_no_name_breaks_out_of_its_iri(name: str) -> None:
    for resolver in (None, lambda _kind, text: text, lambda _kind, text: f"https://example.org/{text}"):
        try:
            bound = ECHO.bind(resolver, who=name)
        except ParameterError:
            continue
        before, after = ECHO.sparql.split("<https://w3id.org/commitgraph/id/party/microsoft>")
        assert bound.startswith(before)
        assert bound.endswith(after)
        inside = bound[len(before) : len(bound) - len(after)]
        assert inside[0] == "<"
        assert inside[-1] == ">"
        assert not set(inside[1:-1]) & set('<>"{}|^`\\ \n\r\t')


@given(value=NASTY)
def test_only_dates_and_numbers_pass_as_such(value: str) -> None:
    for name in ("day", "many"):
        try:
            bound = ECHO.bind(**{name: value})
        except ParameterError as error:
            assert name in str(error)
        else:
            assert len(_engine().query(bound)) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"wrod": "x"}, "echo: expected a parameter of word, day, many, who; got 'wrod'. Did you mean word"),
        ({"day": "2024-02-30"}, "day: expected a date as YYYY, YYYY-MM or YYYY-MM-DD, got '2024-02-30'"),
        ({"day": "2024-13"}, "day: expected a date"),
        ({"day": "٢٠٢٤"}, "day: expected a date"),
        ({"many": "three"}, "many: expected a whole number, got 'three'"),
        ({"word": "a\x00b"}, "word: expected text without control characters"),
        ({"who": "no slug"}, "expected the short name or the IRI of a party, got 'no slug'"),
        ({"who": "https://example.org/x"}, "expected the short name or the IRI of a party"),
    ],
)
def test_a_wrong_value_is_refused_in_words(values: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        ECHO.bind(**values)
    assert message in str(caught.value)


def test_a_question_without_parameters_says_so() -> None:
    with pytest.raises(ParameterError, match="who-wrote: expected no parameter, got 'party'"):
        questions.get("who-wrote").bind(party="microsoft")


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownQuestion, match=r"got 'signatorys'\. Did you mean signatories") as caught:
        questions.get("signatorys")
    assert caught.value.near[0] == "signatories"
    with pytest.raises(UnknownQuestion) as caught:
        questions.get("../signatories")
    assert "Did you mean" in str(caught.value)
    with pytest.raises(UnknownQuestion) as caught:
        questions.get("0")
    assert caught.value.near == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ASK {}", "x: expected a line '# question: …' at the top, found none"),
        (HEAD.replace("journalist", "robot") + "ASK {}", "'# for:' takes journalist, researcher, validator"),
        (
            HEAD + "# parameter: a colour red — x\nASK {}",
            "expected '# parameter: NAME TYPE DEFAULT — meaning'",
        ),
        (HEAD + "# parameter: a text red — x\nASK {}", "expected the body to hold 'VALUES ?a { \"red\" }'"),
        (HEAD + '# parameter: a text red — x\nASK { VALUES ?a { "blue" } }', "expected the body to hold"),
        (HEAD + "# parameter: a date soon — x\nASK {}", "default of parameter a: expected a date"),
    ],
)
def test_a_file_that_is_not_written_as_it_should_be_is_named(text: str, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        questions.parse(text, "x")
    assert message in str(caught.value)


def test_questions_of_another_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(HEAD + "ASK {}", encoding="utf-8")
    assert questions.names(tmp_path) == ("mine",)
    assert questions.get("mine", tmp_path) == replace(questions.parse(HEAD + "ASK {}", "mine"))


def test_names_and_questions_agree() -> None:
    assert questions.names() == tuple(question.name for question in questions.questions())
    assert all(isinstance(question, Question) for question in questions.questions())


def _engine() -> Embedded:
    import pyoxigraph as ox  # noqa: PLC0415

    return Embedded(ox.Store())
