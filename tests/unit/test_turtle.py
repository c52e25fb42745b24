"""The stable Turtle: same triples, same bytes, nothing lost."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.dataset import turtle
from commitgraph.iris import ID, XSD, cg

_iris = st.from_regex(r"[a-z]{1,8}(/[a-z0-9.-]{1,8}){1,2}", fullmatch=True).map(
    lambda p: ox.NamedNode(ID + p)
)
_texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
_literals = st.one_of(
    _texts.map(ox.Literal),
    _texts.map(lambda t: ox.Literal(t, language="en")),
    st.integers().map(lambda i: ox.Literal(str(i), datatype=ox.NamedNode(XSD + "integer"))),
    st.sampled_from(["true", "false", "1"]).map(
        lambda b: ox.Literal(b, datatype=ox.NamedNode(XSD + "boolean"))
    ),
    _texts.map(lambda t: ox.Literal(t, datatype=ox.NamedNode(XSD + "anyURI"))),
)
_predicates = st.sampled_from(["summary", "note", "about", "ordinal2"]).map(lambda p: ox.NamedNode(cg(p)))
_triples = st.lists(st.builds(ox.Triple, _iris, _predicates, st.one_of(_iris, _literals)), max_size=12)


@given(_triples)
def test_reading_what_was_written_gives_the_same_triples(triples: list[ox.Triple]) -> None:
    assert set(turtle.parse(turtle.serialise(triples))) == set(triples)


@given(_triples, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_change_the_bytes(triples: list[ox.Triple], rng: random.Random) -> None:
    shuffled = triples + triples[:3]
    rng.shuffle(shuffled)
    assert turtle.serialise(shuffled) == turtle.serialise(triples)


def test_a_change_of_a_fact_is_a_change_of_a_line() -> None:
    subject = ox.NamedNode(ID + "party/acme")

    def text(name: str) -> list[str]:
        triples = [
            ox.Triple(subject, ox.NamedNode(cg("sector")), ox.Literal(name)),
            ox.Triple(subject, ox.NamedNode(cg("country")), ox.Literal("FR")),
        ]
        return turtle.serialise(triples).splitlines()

    before, after = text("steel"), text("software")
    assert len([line for line in after if line not in before]) == 1


def test_provisions_stand_in_the_order_of_their_instrument() -> None:
    def provision(name: str, ordinal: int) -> ox.Triple:
        place = ox.Literal(str(ordinal), datatype=ox.NamedNode(XSD + "integer"))
        return ox.Triple(ox.NamedNode(f"{ID}provision/x/{name}"), ox.NamedNode(cg("ordinal")), place)

    text = turtle.serialise([provision("a", 10), provision("b", 9), provision("c", 2)])
    assert text.index("x/c>") < text.index("x/b>") < text.index("x/a>")


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(ValueError, match="no blank nodes"):
        turtle.serialise([ox.Triple(ox.BlankNode(), ox.NamedNode(cg("note")), ox.Literal("x"))])
