"""Three ways to the same conclusions: our rules, OWL RL by owlrl, OWL DL by HermiT."""

from __future__ import annotations

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from commitgraph.checks.material import Material
from commitgraph.checks.reasoner import _view
from commitgraph.iris import cg
from tests.graphs import small_graph

pyhermit = pytest.importorskip("pyhermit", reason="needs the extra commitgraph[reason]")

#: What OWL can say of what the rules infer; the others see what is absent, which OWL cannot.
PROPERTIES = ("hasAdherence", "hasAdheredTo", "refersTo", "isLinkedThroughTo")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material(small_graph(tmp_path_factory.mktemp("small")))


def _by_rules(material: Material, name: str) -> set[tuple[str, str]]:
    rows = material.query(f"SELECT ?a ?b WHERE {{ ?a <{cg(name)}> ?b }}")
    return {(row["a"], row["b"]) for row in rows}


@pytest.fixture(scope="module")
def document(material: Material) -> bytes:
    return ox.serialize(_view(material), format=ox.RdfFormat.N_TRIPLES) or b""


@pytest.mark.parametrize("name", PROPERTIES)
def test_rules_and_owl_rl_agree(material: Material, document: bytes, name: str) -> None:
    closed = Graph().parse(data=document, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    pairs = {(str(a), str(b)) for a, b in closed.subject_objects(URIRef(cg(name)))}
    assert pairs == _by_rules(material, name)
    assert pairs, "the test data speak to the property"


@pytest.mark.parametrize("name", PROPERTIES)
def test_rules_and_hermit_agree(material: Material, document: bytes, name: str) -> None:
    """Denying what follows is a contradiction; denying everything else is not."""
    inferred = _by_rules(material, name)
    for pair in sorted(inferred):
        assert not _consistent(document + _denials(name, [pair])), f"HermiT does not conclude {pair}"
    subjects, values = {a for a, _ in inferred}, {b for _, b in inferred}
    others = [(a, b) for a in sorted(subjects) for b in sorted(values) if (a, b) not in inferred]
    assert _consistent(document + _denials(name, others))


def _consistent(document: bytes) -> bool:
    snapshot = pyhermit.load_snapshot(document, document_iri="https://w3id.org/commitgraph/ns")
    return bool(pyhermit.Reasoner(snapshot).is_consistent())


def _denials(name: str, pairs: list[tuple[str, str]]) -> bytes:
    """OWL statements that none of `pairs` holds."""
    owl, kind = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    lines = [
        f"_:n{n} <{kind}> <{owl}NegativePropertyAssertion> .\n"
        f"_:n{n} <{owl}sourceIndividual> <{a}> .\n"
        f"_:n{n} <{owl}assertionProperty> <{cg(name)}> .\n"
        f"_:n{n} <{owl}targetIndividual> <{b}> .\n"
        for n, (a, b) in enumerate(pairs)
    ]
    return "".join(lines).encode()
