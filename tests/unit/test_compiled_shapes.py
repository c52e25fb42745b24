"""The engine that judges, held to pySHACL: the same results, and nothing passed over in silence."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from pyshacl import validate as pyshacl_validate

from commitgraph.disclosure import background
from commitgraph.disclosure.judge import judge_bytes
from commitgraph.engine.bridge import rdflib_graph, silent_literals
from commitgraph.shacl import Unsupported, compiled
from commitgraph.shacl.hit import Hit
from commitgraph.shacl.reference import hits_of
from tests.unit.disclosure import examples

_PREFIXES = """
@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://example.org/> sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
"""
_DATA = """
ex:a a ex:Thing ; ex:name "one", "two"@en ; ex:day "2025-02-28"^^xsd:date ; ex:part ex:b, ex:c ; ex:size 7 .
ex:b a ex:Small ; ex:name "A.b*" ; ex:day "2025-02-30"^^xsd:date ; ex:part ex:c ; ex:size "seven" .
ex:c a ex:Thing ; ex:day "2025"^^xsd:gYear ; ex:part "text", ex:c ; ex:size "7"^^xsd:integer, 3.5 .
ex:d ex:part ex:b, [ a ex:Small ; ex:name "" ] ; ex:name "back\\\\slash \\\\1" .
ex:f ex:title "a"@en, "b"@en, "c"@ko, "d"@de, "e"@de, "f", "g" ; ex:rank 3, 4.5, "x" ; ex:most 4, 9 .
ex:Small rdfs:subClassOf ex:Thing .
"""
_THING, _ANY = "sh:targetClass ex:Thing ; sh:targetNode ex:d", "sh:targetSubjectsOf ex:part"
_FEATURES = {
    "minCount": f"a sh:PropertyShape ; {_THING} ; sh:path ex:name ; sh:minCount 1",
    "maxCount": f"a sh:PropertyShape ; {_THING} ; sh:path ex:name ; sh:maxCount 1",
    "several in one": f"a sh:PropertyShape ; {_ANY} ; sh:path ex:part ; sh:maxCount 1 ; sh:class ex:Small",
    "class": f"a sh:PropertyShape ; {_THING} ; sh:path ex:part ; sh:class ex:Thing",
    "datatype": f"a sh:PropertyShape ; {_THING} ; sh:path ex:day ; sh:datatype xsd:date",
    "number": f"a sh:PropertyShape ; {_THING} ; sh:path ex:size ; sh:datatype xsd:integer",
    "nodeKind": f"a sh:PropertyShape ; {_ANY} ; sh:path ex:part ; sh:nodeKind sh:IRI",
    "nodeKind of two": f"a sh:PropertyShape ; {_ANY} ; sh:path ex:part ; sh:nodeKind sh:BlankNodeOrLiteral",
    "hasValue": f"a sh:PropertyShape ; {_ANY} ; sh:path ex:part ; sh:hasValue ex:c",
    "in": f'a sh:PropertyShape ; {_ANY} ; sh:path ex:name ; sh:in ( "one" "two" )',
    "minLength": "a sh:PropertyShape ; sh:targetNode ex:a, ex:b, ex:d ; sh:path ex:name ; sh:minLength 4",
    "pattern": f'a sh:PropertyShape ; {_ANY} ; sh:path ex:name ; sh:pattern "^[b-z]" ; sh:flags "i"',
    "pattern and nodes": f'a sh:PropertyShape ; {_ANY} ; sh:path ex:part ; sh:pattern "example"',
    "or on values": f"a sh:PropertyShape ; {_ANY} ; sh:path ex:size ; "
    "sh:or ( [ sh:datatype xsd:decimal ] [ sh:datatype xsd:string ] )",
    "or on nodes": f"a sh:NodeShape ; {_ANY} ; sh:or ( [ sh:class ex:Small ] "
    "[ sh:property [ sh:path ex:size ; sh:minCount 2 ] ] )",
    "xone": f"a sh:NodeShape ; {_ANY} ; sh:xone ( [ sh:class ex:Small ] [ sh:class ex:Thing ] )",
    "maxLength": f"a sh:PropertyShape ; {_ANY} ; sh:path ex:name ; sh:maxLength 3",
    "languageIn": f'a sh:PropertyShape ; {_ANY} ; sh:path ex:name ; sh:languageIn ( "en" "de-AT" )',
    "uniqueLang": "a sh:PropertyShape ; sh:targetNode ex:f ; sh:path ex:title ; sh:uniqueLang true",
    "uniqueLang not asked for": "a sh:PropertyShape ; sh:targetNode ex:f ; sh:path ex:title ; "
    "sh:uniqueLang false ; sh:maxCount 1",
    "minInclusive": f"a sh:PropertyShape ; {_ANY} ; sh:path ex:size ; sh:minInclusive 5.0",
    "lessThanOrEquals": "a sh:PropertyShape ; sh:targetNode ex:f ; sh:path ex:rank ; "
    "sh:lessThanOrEquals ex:most",
    "alternative path": f"a sh:PropertyShape ; {_ANY} ; "
    "sh:path [ sh:alternativePath ( ex:size ( ex:part ex:size ) ) ] ; sh:maxCount 1",
    "not": f"a sh:NodeShape ; {_ANY} ; sh:not [ sh:property [ sh:path ex:name ; sh:minCount 1 ] ]",
    "property": f"a sh:NodeShape ; {_ANY} ; sh:property ex:inner . ex:inner a sh:PropertyShape ; "
    "sh:path ex:part ; sh:property ex:innermost . ex:innermost a sh:PropertyShape ; sh:path ex:name ; "
    "sh:minCount 1",
    "objects as targets": 'a sh:NodeShape ; sh:targetObjectsOf ex:part ; sh:in ( ex:c "text" )',
    "a class that is a shape": "a sh:NodeShape, rdfs:Class ; sh:in ( ex:a ) . ex:e a ex:S ",
    "inverse path": f"a sh:PropertyShape ; {_THING} ; sh:path [ sh:inversePath ex:part ] ; sh:minCount 2",
    "path of steps": f"a sh:PropertyShape ; {_ANY} ; "
    'sh:path ( ex:part [ sh:inversePath ex:part ] ex:name ) ; sh:in ( "one" )',
    "query": f"a sh:NodeShape ; {_ANY} ; sh:sparql [ sh:prefixes ex: ; sh:select '''"
    "SELECT DISTINCT $this ?value ?found (ex:day AS ?path) WHERE { $this ex:part ?value . "
    "?value ex:day ?found FILTER NOT EXISTS { $this ex:size ?size } } ''' ]",
    "query with words of SPARQL in a text": f"a sh:NodeShape ; {_ANY} ; sh:sparql [ sh:prefixes ex: ; "
    "sh:select '''SELECT DISTINCT $this ?value WHERE { # VALUES, { FILTER ($this) }\n $this ex:part ?value ; "
    "ex:name ?name FILTER (!REGEX(?name, \"^(values|minus|from [a-z]{3})$\")) } ''' ]",
    "query without a value": f"a sh:NodeShape ; {_ANY} ; sh:sparql [ sh:prefixes ex: ; sh:message "
    "'{?this} has {?found}, not {?none}'@en ; sh:select '''SELECT DISTINCT $this ?found WHERE { "
    "$this ex:name ?found FILTER (!CONTAINS(?found, '\\\\\\\\')) } ''' ]",
}


def _triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(_PREFIXES + text, format=ox.RdfFormat.TURTLE)]


def _told(hits: list[Hit], *, messages: bool) -> set[Hit]:
    """Results without what each engine calls as it likes: nodes without a name, messages of its own."""
    named = (hit for hit in hits if hit.focus.startswith("http://example.org/"))
    return {hit if messages else hit._replace(messages=()) for hit in named}


@pytest.mark.parametrize("feature", _FEATURES)
def test_every_feature_gives_the_results_of_pyshacl(feature: str) -> None:
    shapes = _triples(f"ex:S {_FEATURES[feature]} .")
    data = _triples(_DATA) + ([t for t in shapes if "/e>" in str(t)])
    with silent_literals():
        _, report, _ = pyshacl_validate(rdflib_graph(data), shacl_graph=rdflib_graph(shapes), inplace=True)
    messages = feature == "query without a value"
    expected = _told(hits_of(report), messages=messages)
    assert expected
    assert _told(compiled(shapes).judge(data), messages=messages) == expected


def test_a_value_stands_in_a_message_as_it_is_written() -> None:
    shape = (
        "ex:S a sh:NodeShape ; sh:targetNode ex:d ; sh:message 'It is {?found}.' ; sh:sparql [ "
        "sh:prefixes ex: ; sh:select 'SELECT DISTINCT $this ?found WHERE { $this ex:name ?found }' ] ."
    )
    [hit] = compiled(_triples(shape)).judge(_triples(_DATA))
    assert hit.messages == ("It is back\\slash \\1.",)


def _query(text: str) -> str:
    return f"a sh:NodeShape ; {_ANY} ; sh:sparql [ sh:prefixes ex: ; sh:select '''{text}''' ]"


@pytest.mark.parametrize(
    "shape",
    [
        f"a sh:PropertyShape ; {_ANY} ; sh:path ex:name ; sh:mincount 1",
        f"a sh:PropertyShape ; {_ANY} ; sh:path ex:name ; sh:equals ex:part",
        f"a sh:NodeShape ; {_ANY} ; sh:not [ sh:closed true ]",
        f"a sh:PropertyShape ; {_ANY} ; sh:path [ sh:zeroOrMorePath ex:part ] ; sh:minCount 1",
        f"a sh:PropertyShape ; {_ANY} ; sh:path ex:size ; sh:datatype xsd:byte",
        f'a sh:PropertyShape ; {_ANY} ; sh:path ex:name ; sh:pattern "a" ; sh:flags "q"',
        f"a sh:NodeShape ; {_ANY} ; sh:not ex:S",
        "a sh:NodeShape . ex:Own sh:parameter [ sh:path ex:own ]",
        _query("SELECT $this WHERE { $this $PATH ?value }"),
        _query("SELECT $this WHERE { $this ex:part ?x MINUS { $this ex:name ?y } }"),
        _query("SELECT $this WHERE { $this ex:part ?x { SELECT ?x WHERE { ?x ex:name ?y } } }"),
        _query("SELECT $this WHERE { BIND ($this AS ?that) FILTER (?that = ex:a) }"),
        _query("SELECT $this WHERE { $this ex:part ?x { FILTER ($this = ex:a) } }"),
    ],
)
def test_what_it_cannot_judge_it_refuses(shape: str) -> None:
    """pySHACL passes over what it does not know, and pyoxigraph finds `$this` unbound in some groups."""
    with pytest.raises(Unsupported, match=r"known|expected"):
        compiled(_triples(f"ex:S {shape} ."))


def test_both_engines_give_the_same_reports_on_examples() -> None:
    """All fields of all findings, on one example in twenty."""
    store = background.graph()
    for path in (*examples.files("good")[::20], *examples.files("bad")[::20]):
        data, chosen = path.read_bytes(), examples.profiles(path)
        compiled = judge_bytes(path.name, data, chosen, examples.TODAY, store)
        assert compiled == judge_bytes(path.name, data, chosen, examples.TODAY, store, "pyshacl"), path.name
