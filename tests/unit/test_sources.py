"""Sources: in which order they are shown, and what their words may be called."""

from __future__ import annotations

from dataclasses import asdict

import pyoxigraph as ox
import pytest

from commitgraph.domain.sources import passages_of, sources_of, weakness, wording
from commitgraph.engine import Embedded
from commitgraph.home import home
from commitgraph.iris import cg, thing

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
<instrument/x> a cg:Instrument .
<passage/text> cg:inEdition <edition/b-official> ; oa:hasSelector [ rdf:value ":~:text=They" ] .
<provision/x/quoted> cg:wordedIn <passage/text> .
<provision/x/both> cg:wordedIn <passage/report> ; cg:attestedBy <passage/text> .
<provision/x/told> cg:attestedBy <passage/text> , <passage/report> .
<adherence/x/p> cg:attestedBy <edition/a-digest> , <edition/b-official> , <edition/plain> , <passage/report> .
<passage/mark> cg:inEdition <edition/a-digest> ; oa:hasSelector [ rdf:value ":~:text=did" ] .
<evidence/x/found> a cg:Evidence ; cg:attestedBy <edition/b-official> , <passage/mark> .
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


def test_the_proof_of_a_statement_is_the_source_that_is_shown_first() -> None:
    store = ox.Store()
    store.load(input=_FACTS, format=ox.RdfFormat.TURTLE)
    # In the graph every document has a kind (a shape asks for it); one without comes last on a page.
    plain = ox.NamedNode(thing("edition", "plain"))
    store.remove(ox.Quad(ox.NamedNode(thing("adherence", "x", "p")), ox.NamedNode(cg("attestedBy")), plain))
    rule = (home() / "ontology" / "rules" / "8-bestProof.rq").read_text(encoding="utf-8")
    found = store.query(rule)
    assert isinstance(found, ox.QueryTriples)
    proofs = {str(t.subject): t.object for t in found if t.predicate == ox.NamedNode(cg("bestProof"))}
    assert proofs == {
        str(ox.NamedNode(thing(kind, "x", name))): ox.NamedNode(thing(*proof))
        for kind, name, *proof in (
            ("adherence", "p", "edition", "b-official"),
            ("provision", "quoted", "passage", "text"),
            ("provision", "told", "passage", "text"),
            # As on the page: the words, although a nearer source tells of them.
            ("provision", "both", "passage", "report"),
            # Somebody found it in the marked words, although a nearer source was read beside them.
            ("evidence", "found", "passage", "mark"),
        )
    }


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


def test_a_passage_that_only_tells_of_a_provision_is_not_called_its_wording(small: Embedded) -> None:
    quoted, told = (thing("provision", "x", name) for name in ("quoted", "told"))
    found = sources_of(small, [quoted, told])
    assert [s.wording for s in found[quoted]] == ["official wording"]
    assert [s.wording for s in found[told]] == ["official page", "press report; wording not seen"]


def test_the_words_come_before_what_nearer_sources_say_of_them(small: Embedded) -> None:
    found = sources_of(small, [thing("provision", "x", "both")])
    assert [s.wording for s in next(iter(found.values()))] == ["as quoted in a press report", "official page"]


def test_a_finding_opens_on_its_marked_words_before_a_nearer_document(small: Embedded) -> None:
    (found,) = sources_of(small, [thing("evidence", "x", "found")]).values()
    assert [(s.iri, s.kind) for s in found] == [
        (thing("passage", "mark"), "aggregator"),
        (thing("edition", "b-official"), "issuer"),
    ]


def test_another_document_is_no_copy_of_the_text() -> None:
    quoted = wording("research", "https://www.site.example/x", worded=True, own=False)
    assert quoted == "as quoted at site.example"
    told = wording("mirror", "https://site.example/x", worded=False, own=False)
    assert told == "told at site.example; wording not seen"
    assert wording("adherent", "", worded=False, own=False) == "told elsewhere; wording not seen"


@pytest.mark.parametrize("kind", ["", "adherent", "government", "intergovernmental", "research", "mirror"])
def test_words_are_official_only_at_the_issuer_or_convener(kind: str) -> None:
    assert wording(kind, "https://www.site.example/x", worded=True) == "copy of the text at site.example"


def test_where_no_words_were_seen_nothing_calls_them_wording() -> None:
    assert wording("convener", "https://site.example", worded=False) == "official page"
    assert wording("trade-press", "", worded=False) == "press report; wording not seen"
    assert wording("aggregator", "", worded=False) == "weak source; wording not seen"
    assert wording("memory", "", worded=False) == "from memory; wording not seen"
    assert wording("mirror", "", worded=False) == "copy of the text"


def test_what_another_document_retells_is_no_wording(engine: Embedded) -> None:
    name = thing("provision", "eu-code-ai-generated-content-2026", "s1-m2.1.3")
    unseen = {(False, "weak source; wording not seen")}
    assert {(p.worded, p.wording) for p in passages_of(engine, name)} == unseen
    assert {(s.worded, s.wording) for s in sources_of(engine, [name])[name]} == unseen
    quoted = thing("provision", "eu-code-ai-generated-content-2026", "s1-m1.1.1")
    assert {(p.worded, p.wording) for p in passages_of(engine, quoted)} == {
        (True, "copy of the text")
    } | unseen


def test_the_graph_calls_no_press_quotation_official(engine: Embedded) -> None:
    quoted = passages_of(engine, thing("provision", "unesco-private-sector-commitment-2024", "com-measures"))
    assert "as quoted in a press report" in {passage.wording for passage in quoted}
    assert not [passage for passage in quoted if passage.wording.startswith("official")]
    official = passages_of(engine, thing("provision", "unga-res-78-265", "op4"))
    assert {passage.wording for passage in official} == {"official wording"}
