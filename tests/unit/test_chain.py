"""Links of provisions to values, and the chain from a value to evidence."""

from __future__ import annotations

import re

import pytest

from commitgraph import Graph, LookupFailed, ParameterError, load, questions
from commitgraph.domain.concept_links import concept_links
from commitgraph.engine import Embedded
from commitgraph.iris import concept, thing
from commitgraph.views.chain import chain

CONCEPTS = """
PREFIX cg: <https://w3id.org/commitgraph/ns#>
SELECT ?concept WHERE {
  VALUES ?class { cg:Value cg:Principle } ?concept a ?class ;
    cg:setOutIn/cg:inInstrument <https://w3id.org/commitgraph/id/instrument/unesco-rec-ai-ethics-2021>
} ORDER BY ?concept
"""
RESOLUTION = thing("instrument", "unga-res-78-265")
CODE = thing("instrument", "hiroshima-code-of-conduct")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def concepts(engine: Embedded) -> list[str]:
    return [row["concept"].value for row in engine.query(CONCEPTS)]


def test_every_provision_of_every_text_was_read_for_the_concepts(engine: Embedded) -> None:
    unread = engine.query("""
        PREFIX cg: <https://w3id.org/commitgraph/ns#>
        SELECT ?provision WHERE {
          VALUES ?kind { cg:Commitment cg:Expectation cg:Acknowledgement } ?provision a ?kind
          MINUS { VALUES ?read { cg:ConceptLink cg:NoConcept }
                  ?reading cg:fromProvision ?provision ; a ?read } }""")
    assert not list(unread)


def test_each_text_has_hits_for_a_concept_or_is_said_to_be_silent_never_both(engine: Embedded) -> None:
    answer = engine.query("""
        PREFIX cg: <https://w3id.org/commitgraph/ns#>
        SELECT ?instrument ?concept ?hit ?silent WHERE {
          { SELECT DISTINCT ?instrument WHERE { ?provision cg:inInstrument ?instrument } }
          VALUES ?class { cg:Value cg:Principle } ?concept a ?class ;
            cg:setOutIn/cg:inInstrument <https://w3id.org/commitgraph/id/instrument/unesco-rec-ai-ethics-2021>
          BIND(EXISTS { ?provision cg:inInstrument ?instrument ; cg:about ?concept } AS ?hit)
          BIND(EXISTS { ?instrument cg:silentOn ?concept } AS ?silent) }""")
    told = [(row["hit"].value, row["silent"].value) for row in answer]
    assert len(told) == 35 * 14
    assert set(told) == {("true", "false"), ("false", "true")}


def test_what_only_touches_a_concept_is_not_said_to_be_about_it(engine: Embedded) -> None:
    wrong = engine.query("""
        PREFIX cg: <https://w3id.org/commitgraph/ns#>
        PREFIX link-kind: <https://w3id.org/commitgraph/scheme/link-kind/>
        SELECT ?link WHERE {
          ?link cg:linkKind link-kind:touches ; cg:fromProvision ?provision ; cg:toConcept ?concept .
          ?provision cg:about ?concept }""")
    assert not list(wrong)


def test_the_two_chain_questions_ask_the_same() -> None:
    value, principle = (questions.get(f"chain-from-{kind}").sparql for kind in ("value", "principle"))
    body = value[value.index("PREFIX") :].replace("value", "principle")
    assert re.sub(r"principle/[a-z-]+>", "principle/X>", body) == re.sub(
        r"principle/[a-z-]+>", "principle/X>", principle[principle.index("PREFIX") :]
    )


def test_the_chain_answers_for_all_values_and_principles_and_hides_no_empty_step(engine: Embedded) -> None:
    found = {iri: chain(engine, iri) for iri in concepts(engine)}
    assert len(found) == 14
    for iri, told in found.items():
        linked = engine.query(f"""
            PREFIX cg: <https://w3id.org/commitgraph/ns#>
            SELECT ?paragraph WHERE {{ ?paragraph cg:about <{iri}> ; cg:inInstrument <{RESOLUTION}> }}""")
        joined = {p.place.iri for s in told.sentences for p in s.paragraphs}
        alone = {p.place.iri for p in told.alone}
        # Each paragraph of the resolution is there once: with a sentence, or by itself.
        assert joined | alone == {row["paragraph"].value for row in linked}
        assert not joined & alone
        for sentence in told.sentences:
            assert sentence.bearing in {"names it", "serves it"}
            assert sentence.reason and sentence.source
            for company in sentence.companies:
                assert (company.tie == "reports under its framework") == (sentence.instrument.iri == CODE)
                assert company.confidence
    assert any(not sentence.companies for told in found.values() for sentence in told.sentences)
    shown = [
        shown
        for told in found.values()
        for sentence in told.sentences
        for company in sentence.companies
        for shown in company.shown
    ]
    assert any(item.searched_on and not item.bearing for item in shown)
    assert any(item.bearing and item.source for item in shown)


def test_the_python_method_takes_one_name_of_a_value_or_a_principle(graph: Graph) -> None:
    told = graph.chain(value="diversity and inclusiveness")
    assert told == chain(graph.engine, concept("value", "diversity-and-inclusiveness"))
    assert "Kakao" in {party.label for party in told.companies}
    for wrong in ({}, {"value": "peace", "principle": "sustainability"}):
        with pytest.raises(ParameterError, match="expected a value or a principle"):
            graph.chain(**wrong)
    with pytest.raises(LookupFailed, match="expected a value"):
        graph.chain(value="sustainability of nothing")


def test_a_provision_tells_its_links_with_their_reasons(engine: Embedded) -> None:
    links = concept_links(engine, thing("provision", "seoul-ai-business-pledge", "a3-3"))
    assert ("serves it", concept("value", "diversity-and-inclusiveness")) in {
        (link.kind.label, link.concept.iri) for link in links
    }
    assert all(
        link.judgement.reason
        and link.judgement.judged_by
        and link.judgement.reviewed_on
        and 0 < link.judgement.sureness < 1
        for link in links
    )
