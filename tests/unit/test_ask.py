"""Terms in queries: written in one place, and nothing that is put in can change the query around it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.plugins.sparql.parser import parseQuery

import commitgraph
from commitgraph import domain, questions
from commitgraph.engine import Embedded, Result, ask
from commitgraph.questions import ParameterError
from tests.unit.test_questions import ECHO, NASTY

SOURCE = Path(commitgraph.__file__).parent
EVIL = "urn:a> <https://w3id.org/commitgraph/id/instrument/seoul-ai-business-pledge"
_QUERY = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|VALUES)\b\s*(?:DISTINCT\s*)?[?({*$<]")


def composed(tree: ast.AST) -> Iterator[int]:
    """Lines on which a query is put together from pieces."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(map(is_query, node.values)):
            yield node.lineno
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            if any(map(is_query, (node.left, node.right))):
                yield node.lineno
        elif (
            isinstance(node, ast.Constant)
            and is_query(node)
            and re.search(r"\{\{.*\}\}", str(node.value), re.S)
        ):
            yield node.lineno  # a text for str.format


def is_query(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_QUERY.search(node.value))


def test_no_query_is_put_together_outside_of_ask() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path != SOURCE / "engine" / "ask.py"
        for line in composed(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        'f"SELECT ?x {{ <{iri}> ?p ?x }}"',
        '"SELECT ?x { " + iri + " ?p ?x }"',
        '"ASK { <%s> ?p ?o }" % iri',
        'TEXT = "SELECT ?x {{ <{iri}> ?p ?x }}"',
    ],
)
def test_the_search_for_composed_queries_finds_them(code: str) -> None:
    assert list(composed(ast.parse(code))) == [1]


class Recorder:
    """An engine that keeps the texts which another is asked."""

    name = "recorder"

    def __init__(self, engine: Embedded) -> None:
        self.engine = engine
        self.texts: list[str] = []

    def query(self, text: str) -> Result:
        self.texts.append(text)
        return self.engine.query(text)


def functions() -> Iterator[Callable[..., Any]]:
    for found in pkgutil.iter_modules(domain.__path__):
        module = importlib.import_module(f"commitgraph.domain.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            if (
                function.__module__ == module.__name__
                and takes[:1] == ["engine"]
                and not name.startswith("_")
            ):
                yield function


@pytest.mark.parametrize("function", list(functions()), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_no_function_of_the_domain_lets_a_term_out_of_its_brackets(
    engine: Embedded, function: Callable[..., Any]
) -> None:
    recorder = Recorder(engine)
    takes = list(inspect.signature(function).parameters.values())[1:]
    arguments = {p.name: [EVIL] if "Iterable" in str(p.annotation) else EVIL for p in takes}
    with suppress(ValueError, LookupError, TypeError, AttributeError):
        function(recorder, **arguments)
    assert not [text for text in recorder.texts if EVIL in text]


def test_a_term_that_is_no_iri_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an absolute IRI, got 'urn:a> <"):
        ask.rows(Embedded.__new__(Embedded), "SELECT * { $x ?p ?o }", x=EVIL)


def shape(node: object) -> object:
    """A parsed query with its texts and IRIs masked."""
    if isinstance(node, Literal | URIRef):
        return type(node).__name__
    if isinstance(node, dict):
        return [(key, shape(value)) for key, value in node.items()]
    if isinstance(node, str):
        return node
    return [shape(part) for part in node] if hasattr(node, "__iter__") else node


PLAIN = shape(parseQuery(ECHO.sparql))


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(["word", "day", "many", "who"]), value=NASTY)
def test_whatever_is_bound_into_a_question_the_query_keeps_its_shape(name: str, value: str) -> None:
    resolvers: list[questions.Resolver | None] = [
        None,
        lambda _kind, text: text,
        lambda _kind, text: "urn:" + text,
    ]
    for resolver in resolvers:
        with suppress(ParameterError):
            assert shape(parseQuery(ECHO.bind(resolver, **{name: value}))) == PLAIN
