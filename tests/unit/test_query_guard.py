"""The guard in front of the engine: it must never miss a SERVICE, and never stop a harmless query."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitgraph.engine.lexer import line_and_column, tokens
from commitgraph.web.problems import Problem
from commitgraph.web.sparql import guard

# Nothing listens there and nothing may: the engine refuses this port by itself, before it connects.
NOWHERE = "http://127.0.0.1:9/"
PROLOGUE = f"PREFIX ex: <{NOWHERE}> PREFIX : <urn:x:> SELECT * {{ "
HARMLESS = [
    "?s ?p ?o .", "FILTER(1<2)", "FILTER(?s<?o||?o>?s)", "FILTER(?s <?o&&?o> ?s)", "?s <urn:p> 'a#b' .",
    "?s <urn:p> \"it's\" .", "?s <urn:p> 'say \"x\"' .", '?s <urn:p> "\\"" .', "?s <urn:p> '\\\\' .",
    '?s <urn:p#q> """a "quoted" # x\n""" .', "?s <urn:p> '''it's ''x # y''' .", '#c "\n', "#c '\n", "# <\n",
    "#}\r", "?s ex:a\\#b ?o .", "?s ex:a\\'b ?o .", "?s ex:%23 ?o .", "ex:service ex:SERVICE ?service .",
    '?s ?p "a"@service .', '?s ?p "SERVICE" .', "?s ?p <urn:SERVICE> .", 'BIND("<" AS ?b1)',
    "BIND('>' AS ?b2)", "BIND(STR(<urn:x>) AS ?b3)", "?s ?p -1 .", "?s ?p 1.5e3 .", "?s ?p ex:a.b .",
    '?s ?p "" .', "?s ?p '' .", '?s ?p """""" .', "?s ?p '''''' .", "OPTIONAL{?s?p?o}", "{}UNION{}",
    'FILTER(?s<"<")', "VALUES(?v){(<urn:#>)}", "[] ?p [] .", "_:b ?p _:c.d .", "?s <urn:a>/<urn:b>* ?o .",
    "?s ?p '\\u0027' .", "FILTER('\"'=\"\\\"\")", "<<?s ?p ?o>> ?q ?r .", '?s ?p "a"@en--ltr .',
    "?s ?p true", "?s ?p 1", "?s ?p 1.", "?s a a", "?s a ex:", '?s ?p "x"@en', '?s ?p "x"^^ex:y',
    "?s ?p ex:a.", "?s a _:b", "?s ?p ?o", ":a :service :b.", "?s :p\\' ?o.", "#SERVICE\n",
]  # fmt: skip
CALLS = [
    f"SERVICE <{NOWHERE}> {{?a ?b ?c}}", f"service<{NOWHERE}>{{?a ?b ?c}}", f"SERVICE#x\n<{NOWHERE}>{{}}",
    "SERVICE ex:x {?a ?b ?c}", "SERVICEex:x{?a ?b ?c}", f"{{SERVICE<{NOWHERE}#>{{}}}}",
    "SERVICE:x {}", "SerVice ex:x{}",
]  # fmt: skip
NOISE = st.sampled_from(list("\"'<>#\\\n{}?@:. \u00e9"))


def store() -> ox.Store:
    filled = ox.Store()
    filled.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x")))
    return filled


STORE = store()


def is_refused(query: str) -> bool:
    try:
        guard.check(query)
    except Problem as problem:
        return problem.status == 403
    return False


def reaches_out(query: str) -> bool:
    """Whether the engine comes to a SERVICE when it runs the query."""
    try:
        result = STORE.query(query)
        if not isinstance(result, ox.QueryBoolean):
            list(result)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return False


@st.composite
def calling_queries(draw: st.DrawFn) -> str:
    """Queries around a call, with a few characters changed, put in or left out."""
    parts = draw(st.lists(st.sampled_from(HARMLESS), max_size=5))
    parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(CALLS)))
    query = PROLOGUE + draw(st.sampled_from(["", " ", "\n"])).join(parts) + " }"
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(query) - 1))
        put_in, left_out = draw(NOISE | st.just("")), draw(st.integers(0, 1))
        query = query[:place] + put_in + query[place + left_out :]
    return query


@pytest.mark.soak
@settings(max_examples=15 * settings().max_examples)
@given(calling_queries())
def test_no_call_gets_past_the_guard(query: str) -> None:
    if reaches_out(query):
        assert is_refused(query)


@pytest.mark.parametrize("call", CALLS)
def test_the_fuzzed_calls_are_real(call: str) -> None:
    query = f"{PROLOGUE}{call} }}"
    assert reaches_out(query)
    assert is_refused(query)


@given(st.lists(st.sampled_from(HARMLESS), max_size=5))
def test_harmless_queries_pass(parts: list[str]) -> None:
    guard.check(PROLOGUE + " ".join(parts) + " }")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("CLEAR ALL", 400),
        ("PREFIX insert: <urn:x> LOAD <urn:y>", 400),
        ("BASE <urn:x> with <urn:y> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 400),
        ("SELECT (" + "(" * 1500 + "1" + ")" * 1500 + " AS ?x) {}", 400),
        ("ASK { SERVICE SILENT <urn:x> {} }", 403),
        ("PREFIX service: <urn:x> ASK {}", 403),
    ],
)
def test_what_is_refused(query: str, status: int) -> None:
    with pytest.raises(Problem) as refused:
        guard.check(query)
    assert refused.value.status == status


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX load: <urn:x> SELECT * { ?s load:clear 'DELETE' }",
        "DESCRIBE <urn:service>",
        "SELECT * { ?service ?p 'a service' } # SERVICE",
    ],
)
def test_harmless_words_pass(query: str) -> None:
    guard.check(query)


def test_an_unclosed_string_is_one_suspicious_rest() -> None:
    # Each of these quotes would otherwise send the reader to the end of the text and back.
    evil = "\\'''\n" * 20_000
    found = list(tokens(evil))
    assert found[-1].kind == "rest"
    assert len(found) < 5
    assert is_refused("ASK { ''' SERVICE <urn:x> {} }")


def test_line_and_column_count_characters() -> None:
    assert line_and_column("é\r\nüx", 4) == (2, 2)
