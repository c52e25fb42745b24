"""Search forgives typos, accents and name variants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.dataset import load
from commitgraph.engine import Embedded
from commitgraph.find.search import search
from commitgraph.iris import local

ENGINE = Embedded(load().store)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("telefonca", "telefonica"),
        ("watermrking", "content-provenance"),
        ("seoul pledge", "seoul-ai-business-pledge"),
        ("cote d'ivoire", "ci"),
        ("零一万物", "01-ai"),
    ],
)
def test_the_thing_that_is_meant_comes_first(engine: Embedded, words: str, first: str) -> None:
    assert local(search(engine, words)[0].iri) == first


def test_provisions_are_found_by_what_they_say(engine: Embedded) -> None:
    hits = search(engine, "safety incidents watch", limit=50)
    assert "seoul-ai-business-pledge/a1-3-iii" in {local(h.iri) for h in hits}


@given(st.text(max_size=40))
def test_no_input_breaks_the_search(text: str) -> None:
    assert len(search(ENGINE, text, limit=5)) <= 5
