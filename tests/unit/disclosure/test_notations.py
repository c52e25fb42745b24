"""One disclosure, one verdict: whatever notation it is written in, and whichever tool wrote it."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from ruamel.yaml import YAML

from commitgraph.disclosure import fields, judge_file_bytes
from tests.unit.disclosure import examples

Fields = dict[str, Any]

EVIDENCE: Fields = {
    "type": "policy",
    "title": "Assessment policy 평가",
    "url": "https://example.com/policy?a=1&b=<2>",
    "date": "2025-09-01",
    "version": "2",
    "digest": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "public": True,
    "explanation": 'It says "before release" & more.',
}
RISK: Fields = {
    "right": "privacy",
    "description": "Personal data may show in answers.",
    "severity": {"scale": "high", "scope": "medium", "irremediability": "low"},
    "involvement": "contributed",
    "mitigation": {"description": "Filters", "tracking": "Monthly tests", "status": "in-progress"},
    "stakeholders": ["users", "data workers"],
    "remedy": {"channel": "https://example.com/complaints", "description": "A form, answered in ten days."},
}
ASSURANCE: Fields = {
    "type": "third-party",
    "by": "Example Auditors",
    "date": "2026-05-02",
    "url": "https://example.com/audit",
}


def entry(**changed: Any) -> Fields:
    made = {
        "commitment": "seoul-ai-business-pledge/a1-3-i",
        "status": "implemented",
        "statement": "Every model is assessed before it is released.\nA second line: 🙂.",
        "evidence": [EVIDENCE],
        "assurance": ASSURANCE,
    } | changed
    return {key: value for key, value in made.items() if value is not None}


def disclosure(**changed: Any) -> Fields:
    made = {
        "commitgraph": "disclosure/1",
        "organisation": "microsoft",
        "title": "Responsible AI report",
        "period": {"from": "2025-07-01", "to": "2026-06-30"},
        "published": "2026-07-15",
        "url": "https://example.com/report-2026",
        "framework": "haip-reporting-framework",
        "roles": ["model-developer", "deployer"],
        "signed-off": {"role": "Chief Responsible AI Officer", "date": "2026-07-10"},
        "supersedes": "https://example.com/report-2025",
        "entries": [
            entry(),
            entry(
                commitment="seoul-ai-business-pledge/a1-3-iii",
                status="not-done",
                reason="The process is being designed.",
                evidence=None,
                assurance=None,
            ),
        ],
        "risks": [RISK],
    } | changed
    return {key: value for key, value in made.items() if value is not None}


DISCLOSURES: dict[str, Fields] = {
    "complete": disclosure(),
    "by somebody else": disclosure(
        **{"signed-off": None, "prepared-by": {"name": "Example Watch", "url": "https://example.org/watch"}},
        entries=[entry(assurance=None), entry(status="no-information", evidence=None, assurance=None)],
    ),
    "by its Wikidata id": disclosure(organisation="Q2283"),
    "nearly empty": {"organisation": "microsoft"},
    "planned": disclosure(entries=[entry(status="planned", **{"target-date": "2027"}, evidence=None)]),
    "words outside the lists": disclosure(
        roles=["king"],
        framework="no-framework",
        entries=[
            entry(
                commitment="seoul-ai-business-pledge/a9",
                status="perhaps",
                evidence=[EVIDENCE | {"type": "rumour"}],
                assurance=ASSURANCE | {"type": "friend"},
            )
        ],
        risks=[RISK | {"right": "sleep", "involvement": "none", "severity": {"scale": "huge"}}],
    ),
    "nobody's": disclosure(organisation="nobody-at-all"),
    "dates": disclosure(
        period={"from": "2026-07-01", "to": "2025-06-30"},
        published="2099-01-01",
        **{"signed-off": {"role": "CTO", "date": "2025-02-30"}},
        entries=[entry(evidence=[EVIDENCE | {"date": "2020-01-01"}, EVIDENCE | {"date": "2025"}])],
    ),
    "links": disclosure(
        url="report.pdf",
        supersedes="https://example.com/report-2026",
        entries=[
            entry(evidence=[EVIDENCE | {"url": "ftp://x.example/y", "digest": "md5:1", "public": False}])
        ],
    ),
    "twice": disclosure(entries=[entry(), entry(evidence=[EVIDENCE, EVIDENCE])]),
    "describes itself": disclosure(
        organisation={
            "name": "Example Telecom Co., Ltd.",
            "lei": "5493001KJTIIGC8Y1R12",
            "url": "https://example.com",
            "country": "KR",
        },
        entries=None,
        risks=None,
        pledges="none",
        **{"no-risks": "No AI system of ours meets the public."},
    ),
    "still in force": disclosure(
        entries=[entry(evidence=[EVIDENCE | {"in-force-on": "2026-06-30", "by": "Example Auditors"}])]
    ),
    "with gaps": disclosure(
        title=None,
        roles=None,
        period={"from": "2025-07-01"},
        **{"signed-off": {"role": "CTO"}},
        entries=[
            {"status": "not-applicable"},
            entry(statement=None, evidence=[{"url": "https://e.example/x"}]),
        ],
    ),
}


def test_every_field_is_used() -> None:
    used: set[str] = set()
    todo: list[tuple[fields.Level, Any]] = [(fields.top(), made) for made in DISCLOSURES.values()]
    while todo:
        level, value = todo.pop()
        for one in value if isinstance(value, list) else [value]:
            for key, child in one.items():
                field = level.fields[key]
                used.add(field.iri)
                if field.level and not isinstance(child, str):
                    todo.append((field.level, child))
    assert set(fields.by_iri()) <= used


@cache
def quads(name: str) -> tuple[ox.Quad, ...]:
    """A disclosure as any JSON-LD processor makes it of the shipped context."""
    document = {"@context": fields.context(), "@type": "Disclosure"} | DISCLOSURES[name]
    return tuple(ox.parse(input=json.dumps(document), format=ox.RdfFormat.JSON_LD))


def oxigraph(kind: ox.RdfFormat) -> Callable[[str], str]:
    prefixes = {"cg": "https://w3id.org/commitgraph/ns#", "dcterms": "http://purl.org/dc/terms/"}

    def write(name: str) -> str:
        written = ox.serialize(quads(name), format=kind, prefixes=prefixes)
        assert written is not None
        return written.decode()

    return write


def oxigraph_named(kind: ox.RdfFormat) -> Callable[[str], str]:
    def write(name: str) -> str:
        graph = ox.NamedNode("https://example.com/graph")
        named = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads(name)]
        written = ox.serialize(named, format=kind)
        assert written is not None
        return written.decode()

    return write


def rdflib_graph(kind: str, **options: Any) -> Callable[[str], str]:
    def write(name: str) -> str:
        graph = rdflib.Graph()
        graph.parse(data=oxigraph(ox.RdfFormat.N_TRIPLES)(name), format="nt")
        written: str = graph.serialize(format=kind, **options)
        return written

    return write


def yaml(name: str) -> str:
    stream = io.StringIO()
    # By way of JSON, since an object that stands twice would be written as an alias.
    YAML(typ="safe", pure=True).dump(json.loads(json.dumps(DISCLOSURES[name])), stream)
    return stream.getvalue()


def with_context(name: str) -> str:
    """With our context in a list, beside a prefix of the author's own."""
    named = ["https://w3id.org/commitgraph/context.jsonld", {"schema": "http://schema.org/"}]
    return json.dumps({"@context": named, "@type": "Disclosure"} | DISCLOSURES[name])


def graph_of_one(name: str) -> str:
    node = {"@id": "", "@type": ["Disclosure"]} | DISCLOSURES[name]
    return json.dumps({"@context": "https://w3id.org/commitgraph/context.jsonld", "@graph": [node]})


def array_of_one(name: str) -> str:
    return json.dumps([json.loads(with_context(name))])


def flattened(name: str) -> str:
    """Node beside node, as a store gives them out."""
    nodes: dict[str, dict[str, Any]] = {}
    for quad in quads(name):
        value: Any
        if isinstance(quad.object, ox.Literal):
            value = {"@value": quad.object.value, "@type": quad.object.datatype.value}
        else:
            value = {"@id": str(quad.object).strip("<>")}
        node = nodes.setdefault(str(quad.subject), {"@id": str(quad.subject).strip("<>")})
        node.setdefault(quad.predicate.value, []).append(value)
    for node in nodes.values():
        if types := node.pop("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", None):
            node["@type"] = [kind["@id"] for kind in types]
    return json.dumps(list(nodes.values())[::-1])


def lists(name: str) -> str:
    """Turtle that holds its entries and roles in RDF lists and is named relative to the file."""
    store = ox.Store()
    store.extend(quads(name))
    cg = "https://w3id.org/commitgraph/ns#"

    def things(node: Any) -> str:
        said = []
        for verb in dict.fromkeys(quad.predicate for quad in store.quads_for_pattern(node, None, None)):
            values = [term(quad.object) for quad in store.quads_for_pattern(node, verb, None)]
            listed = verb.value in (cg + "entry", cg + "valueChainRole")
            said.append(f"{verb} {'( ' + ' '.join(values) + ' )' if listed else ' , '.join(values)}")
        return " ;\n".join(said)

    def term(value: Any) -> str:
        return f"[ {things(value)} ]" if isinstance(value, ox.BlankNode) else str(value)

    (root,) = (q.subject for q in quads(name) if q.object == ox.NamedNode(cg + "Disclosure"))
    return f"<#report> {things(root)} ."


NOTATIONS: dict[str, tuple[str, Callable[[str], str]]] = {
    "YAML": ("x.yaml", yaml),
    "JSON": ("x.json", lambda name: json.dumps(DISCLOSURES[name])),
    "JSON-LD, context in a list": ("x.jsonld", with_context),
    "JSON-LD, a graph": ("x.jsonld", graph_of_one),
    "JSON-LD, an array": ("x.jsonld", array_of_one),
    "JSON-LD, flattened": ("x.jsonld", flattened),
    "JSON-LD by pyoxigraph": ("x.jsonld", oxigraph(ox.RdfFormat.JSON_LD)),
    "JSON-LD by rdflib": ("x.jsonld", rdflib_graph("json-ld")),
    "JSON-LD by rdflib, compact": ("x.jsonld", rdflib_graph("json-ld", auto_compact=True)),
    "JSON-LD of a named graph": ("x.jsonld", oxigraph_named(ox.RdfFormat.JSON_LD)),
    "Turtle by pyoxigraph": ("x.ttl", oxigraph(ox.RdfFormat.TURTLE)),
    "Turtle by rdflib": ("x.ttl", rdflib_graph("turtle")),
    "Turtle with lists": ("x.ttl", lists),
    "N-Triples": ("x.nt", oxigraph(ox.RdfFormat.N_TRIPLES)),
    "TriG by pyoxigraph": ("x.trig", oxigraph(ox.RdfFormat.TRIG)),
    "TriG of a named graph": ("x.trig", oxigraph_named(ox.RdfFormat.TRIG)),
    "N-Quads": ("x.nq", oxigraph(ox.RdfFormat.N_QUADS)),
    "N-Quads of a named graph": ("x.nq", oxigraph_named(ox.RdfFormat.N_QUADS)),
    "RDF/XML by pyoxigraph": ("x.rdf", oxigraph(ox.RdfFormat.RDF_XML)),
    "RDF/XML by rdflib": ("x.rdf", rdflib_graph("xml")),
    "RDF/XML by rdflib, nested": ("x.rdf", rdflib_graph("pretty-xml")),
}


@cache
def text(name: str, notation: str) -> str:
    """Once only: rdflib calls unnamed nodes otherwise each time."""
    return NOTATIONS[notation][1](name)


@cache
def findings(name: str, notation: str) -> list[dict[str, Any]]:
    content = text(name, notation).encode()
    report = judge_file_bytes(NOTATIONS[notation][0], content, ("core", "coverage"), examples.TODAY)
    found: list[dict[str, Any]] = report["files"][0]["findings"]
    return found


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("name", DISCLOSURES)
def test_the_same_disclosure_has_the_same_findings(name: str, notation: str) -> None:
    def told(found: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
        return Counter((finding["code"], finding["severity"]) for finding in found)

    assert told(findings(name, notation)) == told(findings(name, "JSON"))


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_finding_stands_where_its_value_is_written(notation: str) -> None:
    lines = text("words outside the lists", notation).split("\n")
    checked = 0
    for finding in findings("words outside the lists", notation):
        if not finding["code"].startswith("CG41"):
            continue
        word = finding["value"].rpartition("/")[2]
        written = lines[finding["line"] - 1][finding["column"] - 1 :].lstrip('"<')
        assert re.match(rf"(https:\S*/)?{word}\b", written), finding
        checked += 1
    assert checked >= 6


def of(name: str, content: str) -> list[tuple[str, int, int, str | None]]:
    """Codes, places and values of what is wrong, without what is missing."""
    found = judge_file_bytes(name, content.encode(), ("core",), examples.TODAY)["files"][0]["findings"]
    return [
        (f["code"], f["line"], f["column"], f["value"])
        for f in found
        if not f["code"].startswith("CG1") or f["code"] in ("CG109",)
    ]


CG = "@prefix cg: <https://w3id.org/commitgraph/ns#> .\n"
READ: dict[str, tuple[str, str, list[tuple[str, int, int, str | None]]]] = {
    "a relative link is no web page, and is shown as written": (
        "x.ttl",
        CG + "<> a cg:Disclosure ;\n  cg:link <report.pdf> .",
        [("CG301", 3, 11, "report.pdf")],
    ),
    "a list without an end": (
        "x.ttl",
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        + CG
        + "<> a cg:Disclosure ; cg:entry _:l .\n_:l rdf:first [ cg:reason 'r' ] ; rdf:rest _:l .",
        [("CG109", 4, 5, "rdf:first"), ("CG404", 4, 15, None), ("CG109", 4, 35, "rdf:rest")],
    ),
    "another thing beside it": (
        "x.ttl",
        CG + "<#a> a cg:Disclosure .\n<#b> cg:link <http://e.example/> .",
        [("CG404", 3, 1, "file:///disclosure#b")],
    ),
    "a slash after a prefix that is not declared": (
        "x.ttl",
        CG + "<> a cg:Disclosure ; cg:reportsOn p:a/b-1 .",
        [("CG005", 2, 35, "p:a/b-1")],
    ),
    "a language that is none": (
        "x.ttl",
        CG + "<> a cg:Disclosure ; cg:statement 'x'@abcdefghijklm .",
        [("CG005", 2, 38, "@abcdefghijklm")],
    ),
    "two graphs in TriG": (
        "x.trig",
        CG + "<#g> { <> a cg:Disclosure . }\n<#h> { <> cg:link <http://e.example/> }",
        [("CG010", 3, 19, None)],
    ),
    "a key that no context knows": (
        "x.jsonld",
        '{"@context": {"d": "https://w3id.org/commitgraph/ns#"}, "@type": "d:Disclosure",\n "colour": 1}',
        [("CG109", 2, 2, "colour")],
    ),
    "a foreign context in a list": (
        "x.jsonld",
        '[{"@context": [{"s": "http://schema.org/"},\n "https://schema.org/"], "@type": "s:X"}]',
        [("CG009", 2, 2, "https://schema.org/")],
    ),
    "an array without a disclosure": ("x.jsonld", '[{"@id": "http://e/"}]', [("CG010", 1, 1, None)]),
    "an attribute for a property": (
        "x.rdf",
        '<d:Disclosure xmlns:d="https://w3id.org/commitgraph/ns#"\n  d:digest="🙂" d:link="ftp://x/&amp;"/>',
        [("CG109", 2, 13, "cg:digest"), ("CG301", 2, 24, "ftp://x/&")],
    ),
    "text after a sign of more than one byte": (
        "x.rdf",
        '<d:Disclosure xmlns:d="https://w3id.org/commitgraph/ns#"><!-- 평가 🙂 --><d:link>\n  ftp://x</d:link>'
        "</d:Disclosure>",
        [("CG301", 2, 3, "ftp://x")],
    ),
}


@pytest.mark.parametrize("case", READ)
def test_what_is_read_otherwise_than_meant_is_told_at_its_place(case: str) -> None:
    name, content, expected = READ[case]
    assert of(name, content) == expected
