"""The ontology as it is served, how it stands to other vocabularies, and its guides."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import namespace
from starlette.testclient import TestClient

from commitgraph import checks
from commitgraph.checks import alignments as aligning
from commitgraph.dataset import load
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows, with_prefixes
from commitgraph.iris import BASE, NS, RDF_TYPE
from commitgraph.sandbox.limits import Limits
from commitgraph.web.pages.guides import GUIDES, Guide
from commitgraph.web.pages.install import pages_app
from commitgraph.web.pages.site import RDF, TOPICAL
from tests.graphs import small_graph

OWL = "http://www.w3.org/2002/07/owl#"
ONTOLOGY = ox.NamedNode(BASE + "ns")
KINDS = {OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
EXAMPLES = [(guide.name, name) for guide in GUIDES for name in guide.examples]


@pytest.fixture(scope="module")
def pages() -> TestClient:
    return TestClient(pages_app(load(), Limits()), follow_redirects=False)


@cache
def declared() -> frozenset[str]:
    """Our terms, as the files of the ontology declare them."""
    return frozenset(
        quad.subject.value
        for name in ("commitgraph", "disclosure")
        for quad in ox.parse(path=load().home / "ontology" / f"{name}.ttl", format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == RDF_TYPE
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in KINDS
    )


def served(pages: TestClient, address: str, suffix: str) -> tuple[bytes, list[ox.Triple]]:
    content = pages.get(f"{address}.{suffix}").content
    return content, [quad.triple for quad in ox.parse(input=content, format=RDF[suffix].syntax)]


@pytest.mark.parametrize("suffix", sorted(RDF))
def test_what_the_namespace_serves_is_the_whole_ontology_under_one_header(
    pages: TestClient, suffix: str
) -> None:
    _, triples = served(pages, "/ns", suffix)
    heads = {t.subject for t in triples if t.object == ox.NamedNode(OWL + "Ontology")}
    assert heads == {ONTOLOGY}
    kinds = {
        t.subject.value
        for t in triples
        if t.predicate.value == RDF_TYPE
        and isinstance(t.subject, ox.NamedNode)
        and t.subject.value.startswith(NS)
    }
    assert kinds == declared()
    said = {t.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for t in triples if t.subject == ONTOLOGY}
    assert {
        "title",
        "creator",
        "publisher",
        "created",
        "modified",
        "license",
        "bibliographicCitation",
    } <= said
    assert {"versionIRI", "versionInfo", "priorVersion", "preferredNamespaceUri"} <= said


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf"])
def test_what_the_namespace_serves_is_owl_2_dl_and_consistent_by_itself(
    pages: TestClient, suffix: str
) -> None:
    pyhermit = pytest.importorskip("pyhermit", reason="needs the extra commitgraph[reason]")
    snapshot = pyhermit.load_snapshot(served(pages, "/ns", suffix)[0], document_iri=ONTOLOGY.value)
    assert pyhermit.Reasoner(snapshot).is_consistent()


def test_the_version_that_stands_has_an_address_and_no_other_version_has(pages: TestClient) -> None:
    _, triples = served(pages, "/ns", "nt")
    versions = [t.object for t in triples if t.predicate.value == OWL + "versionIRI"]
    (version,) = (v.value for v in versions if isinstance(v, ox.NamedNode))
    address = "/" + version.removeprefix(BASE)
    assert pages.get(address).headers["location"] == "/ontology"
    there = pages.get(address, headers={"Accept": "text/turtle"}).headers["location"]
    assert pages.get(there).content == pages.get("/ns.ttl").content
    assert pages.get("/ns/0.0.1").status_code == 404
    assert pages.get("/ns/0.0.1.ttl").status_code == 404


@pytest.mark.parametrize("name", ["alignments", "external"])
def test_the_files_beside_the_ontology_are_served_by_their_names(pages: TestClient, name: str) -> None:
    there = pages.get(f"/{name}", headers={"Accept": "text/turtle"}).headers["location"]
    _, triples = served(pages, there.removesuffix(".ttl"), "ttl")
    heads = {t.subject for t in triples if t.object == ox.NamedNode(OWL + "Ontology")}
    assert heads == {ox.NamedNode(BASE + name)}
    assert pages.get(f"/{name}").headers["location"].startswith("/ontology")


def test_every_term_is_defined_by_the_ontology_for_sparql_too(engine: Embedded) -> None:
    found = rows(engine, "SELECT ?term WHERE { ?term rdfs:isDefinedBy <https://w3id.org/commitgraph/ns> }")
    assert {row["term"] for row in found} == declared()


def test_every_scheme_of_ours_has_top_concepts_and_a_licence(engine: Embedded) -> None:
    told = rows(
        engine,
        """SELECT DISTINCT ?scheme WHERE { ?scheme a skos:ConceptScheme ;
        skos:hasTopConcept ?top ; dcterms:license ?licence ; dcterms:creator ?by }""",
    )
    ours = {path.stem for path in (load().home / "ontology" / "schemes").glob("*.ttl")}
    assert {row["scheme"] for row in told} == {f"{BASE}scheme/{name}" for name in ours}, "and no one else's"
    tops = rows(
        engine, "SELECT ?top WHERE { <https://w3id.org/commitgraph/scheme/topic> skos:hasTopConcept ?top }"
    )
    groups = rows(
        engine, "SELECT ?top WHERE { ?top a cg:Topic . FILTER NOT EXISTS { ?top skos:broader ?b } }"
    )
    assert {row["top"] for row in tops} == {row["top"] for row in groups}


def test_a_scheme_is_served_with_its_concepts(pages: TestClient, engine: Embedded) -> None:
    _, triples = served(pages, "/scheme/topic", "ttl")
    topics = {row["topic"] for row in rows(engine, "SELECT ?topic WHERE { ?topic a cg:Topic }")}
    assert topics <= {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}


def test_the_page_of_the_ontology_shows_every_scheme_that_has_no_page(pages: TestClient) -> None:
    text = pages.get("/ontology").text
    names = {path.stem for path in (load().home / "ontology" / "schemes").glob("*.ttl")}
    assert {name for name in names if f'id="scheme-{name}"' in text} == names - set(TOPICAL)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return small_graph(tmp_path)


def _findings(graph: Path) -> list[tuple[str, str, str]]:
    return [(f.file, f.expected, f.got) for f in checks.run(graph, ["alignments"]).findings]


def test_an_alignment_that_only_one_of_the_two_files_has_is_a_fault(graph: Path) -> None:
    path = graph / aligning.TURTLE
    text = path.read_text(encoding="utf-8")
    assert _findings(graph) == []
    path.write_text(
        text.replace("cg:Party rdfs:subClassOf prov:Agent ,", "cg:Party rdfs:subClassOf schema:Person ,"),
        encoding="utf-8",
    )
    lost, added = _findings(graph)
    assert lost[0] == aligning.TABLE
    assert "cg:Party rdfs:subClassOf prov:Agent" in lost[1]
    assert added[0] == aligning.TURTLE
    assert added[2] == "cg:Party rdfs:subClassOf schema:Person"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("cg:Roll\trdfs", "cg:Scroll\trdfs", "cg:Scroll"),
        ("cg:Roll\trdfs:subClassOf", "cg:Roll\trdfs:subPropertyOf", "rdfs:subPropertyOf"),
        ("cg:Roll\trdfs:subClassOf", "cg:Roll\trdfs:seeAlso", "rdfs:seeAlso"),
        ("schema:ItemList", "schemas:ItemList", "schemas:ItemList"),
        ("\ta roll is a list", "\t", "4"),
        ("subject_id\t", "subject\t", "subject, predicate_id"),
    ],
)
def test_a_row_that_says_nothing_sound_is_a_fault(graph: Path, old: str, new: str, told: str) -> None:
    path = graph / aligning.TABLE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(file == aligning.TABLE and told in got for file, _, got in _findings(graph))


def test_no_term_of_another_vocabulary_is_invented(engine: Embedded) -> None:
    """As far as rdflib knows the vocabulary; the others were looked up when the row was written."""
    known = {
        str(vocabulary._NS): vocabulary
        for vocabulary in (
            namespace.DCTERMS, namespace.FOAF, namespace.ODRL2, namespace.ORG, namespace.PROV, namespace.SDO
        )
    }  # fmt: skip
    found = rows(
        engine, f"SELECT DISTINCT ?t WHERE {{ GRAPH <{BASE}graph/ontology/alignments> {{ ?s ?p ?t }} }}"
    )
    terms = [
        (known[space], row["t"].removeprefix(space))
        for row in found
        for space in known
        if row["t"].startswith(space)
    ]
    assert len(terms) > 20
    assert [name for vocabulary, name in terms if name not in vocabulary] == []


def test_what_is_narrower_by_an_alignment_is_of_the_wider_kind(engine: Embedded) -> None:
    wide = rows(
        engine, "SELECT ?party WHERE { ?party a cg:Company . FILTER NOT EXISTS { ?party a prov:Agent } }"
    )
    assert wide == []


def test_the_reasoner_sees_the_terms_of_disclosures(graph: Path) -> None:
    pytest.importorskip("pyhermit", reason="needs the extra commitgraph[reason]")
    with (graph / "data" / "parties" / "example.ttl").open("a", encoding="utf-8") as file:
        file.write("\n<party/alpha>\n    cg:entry <party/beta> .\n")
    (finding,) = checks.run(graph, ["reasoner"]).findings
    assert finding.got == "a contradiction"


@pytest.mark.parametrize(("guide", "name"), EXAMPLES, ids=lambda part: part)
def test_an_example_of_a_guide_answers_on_the_shipped_data(engine: Embedded, guide: str, name: str) -> None:
    text = next(g for g in GUIDES if g.name == guide).examples[name]
    answer = engine.query(with_prefixes(text))
    assert len(answer.rows) > 0
    for row in answer.rows:
        numbers = {n: int(v.value) for n, v in row.items() if v.datatype.endswith("#integer")}
        if name in ("units", "taken-on"):
            assert 0 < numbers["outermostOnes"] <= numbers["all"]
        elif name == "rows":
            assert numbers["rows"] > numbers["standings"] >= numbers["parties"]
        elif name == "trap":
            assert numbers["byBounds"] > numbers["asTheyStand"], "months and years were left out"
        elif name == "certain":
            assert numbers["possibly"] > numbers["certainly"] > 0
        elif name == "labels":
            assert numbers["parties"] == numbers["withEnglishLabel"]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_a_guide_shows_its_queries_and_is_linked(pages: TestClient, guide: Guide) -> None:
    address = f"/ontology/{guide.name}"
    assert f'href="{address}"' in pages.get("/ontology").text
    page = pages.get(address)
    assert page.status_code == 200
    assert page.text.count("<figure>") == len(guide.examples)
