"""Sources: in which order they are shown, and what their words may be called."""

from __future__ import annotations

from dataclasses import asdict

import pyoxigraph as ox
import pytest

from commitgraph.domain.sources import passages_of, sources_of, weakness, wording
from commitgraph.engine import Embedded
from commitgraph.iris import thing

_FACTS = """
@base <https://w3id.org/commitgraph/id/> .
@prefix cg: <https://w3id.org/commitgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix kind: <https://w3id.org/commitgraph/scheme/source-kind/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
kind:issuer skos:notation 1 . kind:news skos:notation 7 . kind:aggregator skos:notation 9 .
<party/one> rdfs:label "One" . <party/two> rdfs:label "Two" . <publisher/feed> rdfs:label "Feed" .
<instrument/x> rdfs:label "X" .
<edition/b-official> cg:editionOf <instrument/x> ; cg:sourceKind kind:issuer ;
    dcterms:publisher <party/one> , <party/two> ; cg:fetchedFrom "https://one.example/x" .
<publication/digest> rdfs:label "Digest" ; dcterms:publisher <publisher/feed> ;
    cg:sourceKind kind:aggregator .
<edition/a-digest> cg:editionOf <publication/digest> .
<publication/plain> rdfs:label "Plain" .
<edition/plain> cg:editionOf <publication/plain> .
<edition/report> cg:editionOf <publication/report> .
<publication/report> rdfs:label "Report" ; cg:sourceKind kind:news .
<passage/report> cg:inEdition <edition/report> ; oa:hasSelector [ rdf:value ":~:text=we" ] .
<adherence/x/p> cg:attestedBy <edition/a-digest> , <edition/b-official> , <edition/plain> , <passage/report> .
"""


@pytest.fixture(scope="module")
def small() -> Embedded:
    store = ox.Store()
    store.load(input=_FACTS, format=ox.RdfFormat.TURTLE)
    return Embedded(store)


def test_the_nearest_kind_of_source_comes_first(small: Embedded) -> None:
    (found,) = sources_of(small, [thing("adherence", "x", "p")]).values()
    assert [(s.title, s.kind, s.weak) for s in found] == [
        ("X", "issuer", False),
        ("Report", "news", False),
        ("Digest", "aggregator", True),
        ("Plain", "", False),
    ]


def test_a_weak_proof_is_marked_in_words_and_in_data(small: Embedded) -> None:
    (found,) = sources_of(small, [thing("adherence", "x", "p")]).values()
    assert [s.weakness for s in found] == ["", "", "weak source", ""]
    assert [asdict(s)["weak"] for s in found] == [False, False, True, False]


@pytest.mark.parametrize("kind", ["aggregator", "mirror", "memory"])
def test_what_retells_copies_or_was_not_read_is_weak(kind: str) -> None:
    assert weakness(kind) == "weak source"


def test_a_copy_of_two_publishers_is_one_source(small: Embedded) -> None:
    (found,) = sources_of(small, [thing("adherence", "x", "p")]).values()
    assert [s.publisher for s in found] == ["One", "", "Feed", ""]


@pytest.mark.parametrize("kind", ["", "adherent", "government", "intergovernmental", "research", "mirror"])
def test_words_are_official_only_at_the_issuer_or_convener(kind: str) -> None:
    assert wording(kind, "https://www.site.example/x", worded=True) == "copy of the text at site.example"


def test_where_no_words_were_seen_nothing_calls_them_wording() -> None:
    assert wording("convener", "https://site.example", worded=False) == "official page"
    assert wording("trade-press", "", worded=False) == "press report; wording not seen"
    assert wording("aggregator", "", worded=False) == "weak source; wording not seen"
    assert wording("memory", "", worded=False) == "from memory; wording not seen"
    assert wording("mirror", "", worded=False) == "copy of the text"


def test_the_graph_calls_no_press_quotation_official(engine: Embedded) -> None:
    quoted = passages_of(engine, thing("provision", "unesco-private-sector-commitment-2024", "com-measures"))
    assert {passage.wording for passage in quoted} == {"as quoted in a press report"}
    official = passages_of(engine, thing("provision", "unga-res-78-265", "op4"))
    assert {passage.wording for passage in official} == {"official wording"}
