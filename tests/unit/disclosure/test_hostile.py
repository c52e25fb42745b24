"""Hostile and broken files: whatever is in a file, the outcome is a report, and nothing is fetched."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.reading.notations import EXTENSIONS
from commitgraph.disclosure.reading.source import MAX_BYTES
from tests.limits import limited
from tests.unit.disclosure import examples

OURS = "https://w3id.org/commitgraph/"
TURTLE = f"@prefix cg: <{OURS}ns#> .\n<https://c.example/d> a cg:Disclosure .\n"
DISCLOSURE = "<https://c.example/d> "
CISCO = f"<{OURS}id/party/cisco>"


def findings(name: str, data: str | bytes) -> list[dict[str, Any]]:
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    with limited():
        report = judge_file_bytes(name, content, ("core", "coverage"), examples.TODAY)
    found: list[dict[str, Any]] = report["files"][0]["findings"]
    return found


def codes(name: str, data: str | bytes) -> set[str]:
    return {finding["code"] for finding in findings(name, data)}


BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
    f"{c}: &{c} [*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n"
    for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><x xmlns="http://e/">&i;</x>'
)
REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "alias bomb": ("x.yaml", BOMB, "CG006"),
    "python tag": ("x.yaml", "x: !!python/object/apply:os.system ['id']\n", "CG006"),
    "deep flow": ("x.yaml", "[" * 5000 + "]" * 5000, "CG007"),
    "deep blocks": ("x.yaml", "".join(" " * i + "a:\n" for i in range(500)), "CG007"),
    "deep JSON": ("x.json", '{"a":' * 100_000, "CG007"),
    "deep Turtle": ("x.ttl", TURTLE + DISCLOSURE + "cg:entry [ " * 50_000, "CG007"),
    "many values": ("x.json", json.dumps([0] * 200_000), "CG008"),
    "many unknown fields": ("x.json", json.dumps({f"k{i}": 1 for i in range(2000)}), "CG008"),
    "many entries": ("x.yaml", "entries:\n" + "  - {status: planned}\n" * 1500, "CG008"),
    "many prefixes": ("x.ttl", "".join(f"@prefix p{i}: <http://e/{i}> .\n" for i in range(200_000)), "CG008"),
    "long text": ("x.ttl", TURTLE + DISCLOSURE + 'cg:statement "' + "x" * 1_000_000 + '" .', "CG008"),
    "long number": ("x.json", '{"title":' + "9" * 200_000 + "}", "CG008"),
    "too large": ("x.yaml", b"#" * (MAX_BYTES + 1), "CG003"),
    "many lines": ("x.yaml", "\n" * 9_000_000, "CG008"),
    "one long blank line": ("x.yaml", " " * 1_000_000, "CG010"),
    "many commas": ("x.csv", "," * 1_000_000, "CG017"),
    "open quotes": ("x.json", '"' * 1_000_000, "CG005"),
    "many dashes": ("x.yaml", "- " * 30_000, "CG007"),
    "many question marks": ("x.yaml", "? " * 30_000, "CG005"),
    "many anchors": ("x.yaml", "".join(f"a{i}: &a{i} 1\n" for i in range(50_000)), "CG006"),
    "many backslashes": ("x.ttl", TURTLE + DISCLOSURE + 'cg:statement "' + "\\" * 1_000_001, "CG005"),
    "UTF-16": ("x.yaml", "organisation: microsoft".encode("utf-16"), "CG004"),
    "lone surrogate": ("x.json", '{"title":"\\ud800"}', "CG005"),
    "lone surrogate in YAML": ("x.yaml", 'title: "\\ud800"', "CG005"),
    "lone surrogate in Turtle": ("x.ttl", TURTLE + DISCLOSURE + 'cg:statement "\\uD800" .', "CG005"),
    "lone surrogate in N-Quads": ("x.nq", '<http://e/a> <http://e/b> "\\uD800" .', "CG005"),
    "lone surrogate in XML": ("x.rdf", '<a xmlns="http://e/">&#xD800;</a>', "CG005"),
    "lone surrogate as bytes": ("x.csv", "commitment,status\n\udfff,b\n", "CG004"),
    "NUL": ("x.json", '{"title":"a\0b"}', "CG011"),
    "NUL in XML": ("x.rdf", '<a xmlns="http://e/">&#0;</a>', "CG005"),
    "key that is a map": ("x.yaml", "? {a: b}\n: c\n", "CG005"),
    "address with a space": ("x.ttl", TURTLE + DISCLOSURE + "cg:link <http://a b> .", "CG005"),
    "quoted triple": ("x.ttl", TURTLE + "<< <http://a> <http://b> <http://c> >> cg:status 1 .", "CG005"),
    "our own node names": ("x.ttl", TURTLE + "<urn:commitgraph:node:000001> cg:judgedOn 1 .", "CG005"),
    "two graphs": (
        "x.jsonld",
        '[{"@id":"http://e/g","@graph":[{"@type":"' + OURS + 'ns#Disclosure"}]},'
        '{"@id":"http://e/x","http://e/p":1}]',
        "CG010",
    ),
    "claims to be an instrument": (
        "x.ttl",
        f"<{OURS}id/instrument/seoul-declaration> a <{OURS}ns#Disclosure> .",
        "CG010",
    ),
    "billion laughs": ("x.rdf", LAUGHS, "CG005"),
    "entity of another file": (
        "x.rdf",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x xmlns="http://e/">&a;</x>',
        "CG005",
    ),
    "document type of another file": ("x.rdf", '<!DOCTYPE x SYSTEM "http://e/x.dtd"><x/>', "CG005"),
    "undeclared entity": ("x.rdf", '<x xmlns="http://e/">&a;</x>', "CG005"),
    "deep XML": ("x.rdf", '<a xmlns="http://e/">' * 5000, "CG007"),
    "long text in XML": ("x.rdf", '<a xmlns="http://e/"><b>' + "x" * 200_000 + "</b></a>", "CG008"),
    "XML that says another encoding": ("x.rdf", '<?xml version="1.0" encoding="UTF-16"?><a/>', "CG004"),
    "deep lists": ("x.ttl", TURTLE + DISCLOSURE + "cg:entry " + "(" * 50_000, "CG007"),
    "page": ("x.html", "<!DOCTYPE html><p>", "CG002"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_dangerous_file_is_refused_with_one_finding(case: str) -> None:
    name, data, code = REFUSED[case]
    (finding,) = findings(name, data)
    assert finding["code"] == code
    assert finding["line"] >= 1


BIG = "9" * 5_000  # more digits than Python turns into a number
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
DATE = "^^<http://www.w3.org/2001/XMLSchema#date>"
STRANGE: dict[str, tuple[str, str]] = {
    "huge numbers in YAML": ("x.yaml", f"title: {BIG}\nperiod: -{BIG}\npublished: 1e{BIG}\n"),
    "huge numbers in JSON": ("x.json", f'{{"title": {BIG}, "published": -{BIG}, "period": 1e999999}}'),
    "huge numbers in Turtle": ("x.ttl", TURTLE + DISCLOSURE + f"cg:scale {BIG}, {BIG}.{BIG}, 1e{BIG} ."),
    "huge numbers in N-Triples": ("x.nt", f'{DISCLOSURE}<{OURS}ns#scale> "{BIG}"{INTEGER} .'),
    "huge years": ("x.yaml", f"published: {BIG}-01-01\nperiod: {{from: -{BIG}-01-01, to: 99999-01-01}}\n"),
    "huge years in Turtle": ("x.ttl", TURTLE + DISCLOSURE + f'cg:periodFrom "{BIG}-01-01"{DATE} .'),
    "an escaped NUL in YAML": ("x.yaml", 'title: "a\\0b"'),
    "an escaped NUL in JSON": ("x.json", '{"title": "a\\u0000b", "\\u0000": 1}'),
    "an escaped NUL in Turtle": ("x.ttl", TURTLE + DISCLOSURE + 'cg:statement "a\\u0000b" .'),
    "an address that goes on and on": ("x.yaml", "url: 'https://" + "a." * 40_000 + "!'"),
    "blanks that go on and on": ("x.yaml", "title: '" + " " * 90_000 + "x'"),
    "marks that go on and on": ("x.yaml", "# commitgraph: allow CG1 until 2026-12-01: x\n" * 20_000),
    "a context that leads round": ("x.jsonld", '{"@context": {"a": "b:x", "b": "a:x"}, "a": 1}'),
}


@pytest.mark.parametrize("case", STRANGE)
def test_a_strange_file_is_judged_or_refused(case: str) -> None:
    name, data = STRANGE[case]
    harmless(name, data.encode())


BROKEN_HOST = {
    "base of XML": ("x.rdf", f'<x xmlns="{OURS}ns#" xml:base="https://a.]b/"/>', "CG005"),
    "base of Turtle": ("x.ttl", f"@base <https://a.]b/> .\n<> a <{OURS}ns#Disclosure> .", "CG005"),
    "relative address": ("x.ttl", f"@base <https://a/> .\n<//a]b> a <{OURS}ns#Disclosure> .", "CG005"),
    "organisation": ("x.yaml", "organisation: https://[a/party/x", "CG505"),
    "commitment": ("x.yaml", "entries:\n- commitment: https://a.]b/provision/x/y", "CG403"),
}


@pytest.mark.parametrize("case", BROKEN_HOST)
def test_an_address_whose_host_is_broken_is_a_finding(case: str) -> None:
    name, data, code = BROKEN_HOST[case]
    assert code in codes(name, data)


FOREIGN = {
    "signs for itself": f"<https://c.example/s> a cg:Adherence ; cg:adherent {CISCO} .",
    "edits the graph": f"<{OURS}id/provision/seoul-ai-business-pledge/a1-2> cg:force 1 .",
    "makes a subclass": "cg:Entry <http://www.w3.org/2000/01/rdf-schema#subClassOf> cg:Party .",
    "switches a shape off": f"<{OURS}shape/missing-title> <http://www.w3.org/ns/shacl#deactivated> true .",
    "sets the clock": "<urn:commitgraph:run> cg:judgedOn '2099-01-01' .",
    "gives itself a class": DISCLOSURE + "a cg:Party .",
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_file_cannot_write_its_own_background(case: str) -> None:
    plain = findings("x.ttl", TURTLE)
    attacked = findings("x.ttl", TURTLE + FOREIGN[case])
    assert {f["code"] for f in attacked} == {f["code"] for f in plain} | {"CG404"}


def test_an_adherence_in_the_file_does_not_count() -> None:
    text = (examples.FOLDER / "good" / "short.ttl").read_text(encoding="utf-8").replace("microsoft", "nvidia")
    claim = (
        "<https://c.example/s> cg:adherent <https://w3id.org/commitgraph/id/party/nvidia> ; cg:toInstrument "
        "<https://w3id.org/commitgraph/id/instrument/seoul-ai-business-pledge> ."
    )
    assert {"CG404", "CG406"} <= codes("x.ttl", text + claim)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"])
def test_links_lead_to_the_web_only(address: str) -> None:
    assert "CG301" in codes("x.ttl", TURTLE + DISCLOSURE + f"cg:link <{address}> .")


class _Counting(BaseHTTPRequestHandler):
    hits: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Counting.hits.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched(web: str) -> None:
    files = {
        "context.jsonld": {"@context": f"{web}/context"},
        "list.jsonld": {"@context": ["https://w3id.org/commitgraph/context.jsonld", f"{web}/context"]},
        "import.jsonld": {"@context": {"@import": f"{web}/context"}},
        "scoped.jsonld": {"@context": {"a": {"@id": "http://e/a", "@context": f"{web}/context"}}},
        "inner.json": {"organisation": "microsoft", "entries": [{"@context": f"{web}/context"}]},
        "context.yaml": {"@context": f"{web}/context"},
    }
    for name, content in files.items():
        assert codes(name, json.dumps(content)) == {"CG009"}, name
    imports = f"{DISCLOSURE} <http://www.w3.org/2002/07/owl#imports> <{web}/x> ; cg:link <{web}/y> ."
    findings("imports.ttl", TURTLE + imports)
    link = {"organisation": "microsoft", "url": f"{web}/z", "supersedes": f"{web}/z"}
    findings("link.json", json.dumps(link))
    assert _Counting.hits == []


def test_control_characters_are_spelled_out() -> None:
    data = 'organisation: "a\\e[31m\\u009b2J\\u202e"\n"\\x07": 1\n'
    shown = json.dumps(findings("x\x1b[2J.yaml", data), ensure_ascii=False)
    assert all(c.isprintable() for c in shown)
    assert "\\\\x1b[31m" in shown


# ------------------------------------------------------------------ anything at all


def harmless(name: str, data: bytes) -> None:
    """The report has the agreed form, says the same twice, and the checker has not failed."""
    found = findings(name, data)
    assert found == findings(name, data)
    for finding in found:
        assert finding["code"] != "CG012", finding
        assert finding["line"] >= 1
        assert finding["column"] >= 1
        assert finding["hint"]
        assert (finding["message"] + finding["hint"] + (finding["value"] or "")).isprintable()


@pytest.mark.soak
@given(st.binary(max_size=400), st.sampled_from(EXTENSIONS))
def test_any_bytes_give_a_report(data: bytes, suffix: str) -> None:
    harmless("x" + suffix, data)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates().map(str)
WORDS = (
    "organisation period from to entries commitment status evidence date url roles risks severity scale "
    "signed-off @id @type @value @list @set @graph @reverse @context cg:status cg:entry"
)
KEYS = st.sampled_from(WORDS.split()) | st.text(max_size=5)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_size=6,
)


@pytest.mark.soak
@given(TREES | st.lists(TREES, max_size=3))
def test_any_json_gives_a_report(tree: dict[str, Any] | list[dict[str, Any]]) -> None:
    harmless("x.json", json.dumps(tree).encode())


XML_HEAD = f'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:c="{OURS}ns#">'
XML = [
    "<c:Disclosure>",
    "</c:Disclosure>",
    "<c:entry>",
    "</c:entry>",
    "<c:entry/>",
    "<r:li>",
    "</r:li>",
    'r:ID="a"',
    'r:about="#"',
    "text",
    "<r:Description",
    'r:nodeID="n"/>',
    "<c:link",
    'r:resource="ftp:/"/>',
    '<c:entry_r:parseType="Collection">',
    "&lt;",
    '<c:entry_r:parseType="Resource">',
    '<c:signedOff_c:dated="1"/>',
    "<![CDATA[&]]>",
    "<!--c-->",
    "</r:RDF>",
    "<?p?>",
    '<c:dated_xml:lang="e_n">',
    "</c:dated>",
    '<c:link_r:datatype="http://e/d">',
    "</c:link>",
    '<r:Bag_xml:base="http://e/">',
]
TURTLE_BITS = [
    "<>",
    "<#a>",
    "_:b",
    "a",
    "cg:Disclosure",
    "cg:entry",
    "cg:status",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ".",
    ",",
    ";",
    "'x'",
    "1",
    "true",
    "GRAPH",
    "@prefix",
    "p:",
    "<http://e/>",
    "p:a/b",
    "@en",
    "^^",
    "BASE",
    "<<",
    ">>",
]


@pytest.mark.soak
@given(st.lists(st.sampled_from(XML), max_size=14))
def test_any_elements_give_a_report(parts: list[str]) -> None:
    harmless("x.rdf", (XML_HEAD + "\n".join(parts).replace("_", " ") + "</r:RDF>").encode())


@pytest.mark.soak
@given(st.lists(st.sampled_from(TURTLE_BITS), max_size=20), st.sampled_from([".ttl", ".trig", ".nq", ".nt"]))
def test_any_tokens_give_a_report(parts: list[str], suffix: str) -> None:
    harmless("x" + suffix, (TURTLE + " ".join(parts)).encode())


@pytest.mark.soak
@given(st.sampled_from(examples.files("good")), st.data())
def test_a_good_file_with_a_damage_gives_a_report(path: Any, data: st.DataObject) -> None:
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    stop = data.draw(st.integers(start, min(len(content), start + 40)))
    filler = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"[", b"]", b"{", b'"', b"\n", b"&a", b"*a", b"_:b", b":"])
    )
    harmless(path.name, content[:start] + filler + content[stop:])
