"""Search forgives typos, accents and name variants."""

from __future__ import annotations

import pyoxigraph as ox
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
        ("Q95", "google"),
        ("A/RES/78/265", "unga-res-78-265"),
        ("32024R1689", "eu-ai-act"),
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


def test_every_word_must_be_found(engine: Embedded) -> None:
    assert search(engine, "kakao")
    assert not search(engine, "kakao xylophone")


def test_of_things_that_fit_alike_parties_come_first_and_provisions_last() -> None:
    store = ox.Store()
    store.load(
        input=b"""
@prefix cg: <https://w3id.org/commitgraph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/commitgraph/id/> .
<party/z> a cg:Party ; rdfs:label "Lantern" .
<instrument/i> a cg:Instrument ; rdfs:label "Lantern" .
<https://w3id.org/commitgraph/scheme/topic/t> a cg:Topic ; skos:prefLabel "Lantern" .
<https://w3id.org/commitgraph/scheme/value/v> a cg:Value ; skos:prefLabel "Lantern" .
<provision/i/p> a cg:Provision ; cg:locator "1" ; cg:summary "Lantern" ; cg:inInstrument <instrument/i> .
""",
        format=ox.RdfFormat.TURTLE,
    )
    hits = search(Embedded(store), "lantern")
    assert [hit.kind for hit in hits] == ["party", "instrument", "topic", "value", "provision"]
