"""The shapes themselves: well-formed, complete in what they say, and at one with the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate as pyshacl_validate
from rdflib import SH

from commitgraph.dataset import load
from commitgraph.disclosure import background, engines, fields
from commitgraph.disclosure.catalogue import checks, reading
from commitgraph.disclosure.judge import triples_of as judged_triples
from commitgraph.disclosure.register import register
from commitgraph.disclosure.shapes import profiles, shapes_of
from commitgraph.iris import BASE, NS, SCHEME, cg
from commitgraph.shacl.hit import Hit
from tests.graphs import shapes_in_rdflib
from tests.unit.disclosure import examples

CG = rdflib.Namespace(NS)
_SHAPES = BASE + "shape/"
SHACL_TERMS = {
    "NodeShape", "PropertyShape", "SPARQLConstraint", "Violation", "Warning", "Info", "targetClass",
    "targetObjectsOf", "targetSubjectsOf", "path", "property", "severity", "message", "minCount", "maxCount",
    "hasValue", "in", "or", "not", "class", "datatype", "pattern", "flags", "sparql", "select", "prefixes",
    "declare", "prefix", "namespace", "inversePath", "minLength", "nodeKind", "BlankNodeOrIRI", "Literal",
    "name", "description", "order", "group", "PropertyGroup",
}  # fmt: skip
LISTS = {"status", "evidence-type", "assurance", "level", "involvement"}


@pytest.fixture(scope="module", params=profiles())
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_shapes_use_known_terms_only(profile: str) -> None:
    """pySHACL passes over a misspelt term in silence, and with it over the check."""
    used = {
        str(t)[len(str(SH)) :]
        for triple in shapes_in_rdflib((profile,))
        for t in triple
        if str(t).startswith(str(SH))
    }
    assert used <= SHACL_TERMS


def test_shapes_conform_to_the_shape_of_shapes() -> None:
    names = tuple(profiles())
    pyshacl_validate(rdflib.Graph(), shacl_graph=shapes_in_rdflib(names), meta_shacl=True)


@pytest.mark.parametrize("names", [*((name,) for name in profiles()), profiles()], ids="+".join)
def test_every_shape_says_all_that_a_finding_and_a_form_need(names: tuple[str, ...]) -> None:
    """Once each, also where two profiles hold the same shape: the words must not drift apart."""
    graph = shapes_in_rdflib(names)
    said = (CG.code, CG.name, CG.hint, SH.severity, SH.message, SH.name, SH.description, SH.order, SH.group)
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in graph.subjects(rdflib.RDF.type, kind):
            assert str(shape).startswith(_SHAPES)
            for term in said:
                assert len(list(graph.objects(shape, term))) == 1, (shape, term)
            group = graph.value(shape, SH.group)
            assert (group, rdflib.RDF.type, SH.PropertyGroup) in graph, shape
            assert len(list(graph.objects(group, rdflib.RDFS.label))) == 1, group
            assert len(list(graph.objects(group, SH.order))) == 1, group


def test_messages_hold_a_placeholder_only_where_engines_fill_it(profile: str) -> None:
    """A SHACL engine puts values into the messages of queries alone, and prints others as they stand."""
    graph = shapes_in_rdflib((profile,))
    for shape, message in graph.subject_objects(SH.message):
        named = set(re.findall(r"\{[?$](\w+)\}", str(message)))
        query = next(graph.objects(shape, SH.sparql / SH.select), None)
        projected = set(re.findall(r"\?(\w+)", str(query).partition("WHERE")[0])) if query else set()
        assert named <= projected, shape
        assert len(named) == str(message).count("{"), shape


def test_orders_are_one_of_a_kind_in_a_profile(profile: str) -> None:
    graph = shapes_in_rdflib((profile,))
    orders = [str(graph.value(rdflib.URIRef(iri), SH.order)) for iri in shapes_of((profile,))]
    assert len(set(orders)) == len(orders)


def test_a_code_has_one_name_and_one_severity() -> None:
    named: dict[str, set[tuple[str, str]]] = {}
    for name in profiles():
        for shape in shapes_of((name,)).values():
            named.setdefault(shape.code, set()).add((shape.name, shape.severity))
    for check in reading().values():
        named.setdefault(check.code, set()).add((check.name, check.severity))
    assert {code: found for code, found in named.items() if len(found) > 1} == {}
    assert len({check.name for check in checks()}) == len(checks())


def test_queries_are_written_for_any_engine(profile: str) -> None:
    for query in shapes_in_rdflib((profile,)).objects(None, SH.select):
        text = str(query)
        assert re.search(r"SELECT DISTINCT \$this .*\?value", text)
        # GROUP BY is legal; the query engine of shacl-engine refuses it for the node in focus.
        assert not re.search(r"\b(FROM|SERVICE|MINUS|VALUES|GRAPH|GROUP BY)\b", text)
        assert not re.search(r"xsd:date\(|cg:item\b|cg:staleBefore\b", text)
        # Days are compared as text: typed dates of different precision have no order that engines agree on.
        compared = re.findall(r"(\?(?:found|limit|day|issued|since|stood)) [<>]=? (\?\w+)", text)
        assert compared == []
        # Where no triple has any of the ways, the query engine of shacl-engine finds neither a path nor none.
        assert not re.search(r"NOT EXISTS \{[^{}]*[\w)]\|", text)


#: How the patterns begin or what they hold that stand in several places: SHACL has no way to share them.
SHARED_PATTERNS = {
    "machines of one's own": r'"[^"]*localhost[^"]*"',
    "digests of nothing": r'"[^"]*deadbeef[^"]*"',
    "search engines": r'"[^"]*duckduckgo[^"]*"',
    "logins": r'"[^"]*accounts[^"]*"',
    "tracking": r'"[^"]*gclid[^"]*", "[^"]*"',
    "ends of addresses": r'"[^"]*\(index\[\.\]\(html[^"]*"',
    "letters": r'"\[\^a-zÀ[^"]*"',
    "signs": r"\[[^\]]*々[^\]]*\]",
}


@pytest.mark.parametrize("pattern", SHARED_PATTERNS)
def test_a_pattern_that_stands_in_several_places_is_written_alike_in_all(pattern: str) -> None:
    graph = shapes_in_rdflib(("evidence",))
    texts = [f'"{text}"' for text in graph.objects(None, SH.pattern)]
    texts += map(str, graph.objects(None, SH.select))
    found = [written for text in texts for written in re.findall(SHARED_PATTERNS[pattern], text)]
    assert len(found) > 1
    assert len(set(found)) == 1


@pytest.mark.parametrize("code", ["CG301", "CG302"])
def test_what_core_takes_for_a_link_or_digest_counts_as_a_source(code: str) -> None:
    form = shapes_in_rdflib(("core",))
    (pattern,) = {
        str(pattern)
        for shape in form.subjects(CG.code, rdflib.Literal(code))
        for pattern in form.objects(shape, SH.pattern)
    }
    written = pattern.replace("\\", "\\\\")
    queries = list(map(str, shapes_in_rdflib(("evidence",)).objects(None, SH.select)))
    assert sum(f"'{written}'" in query or f'"{written}"' in query for query in queries) == 3


def test_claims_on_harder_and_softer_promises_are_judged_alike() -> None:
    """CG551-CG553 ask for other words of the promise, and all else of them is one query."""
    graph = shapes_in_rdflib(("evidence",))
    queries = {
        str(query)
        for code in ("CG551", "CG552", "CG553")
        for shape in graph.subjects(CG.code, rdflib.Literal(code))
        for constraint in graph.objects(shape, SH.sparql)
        for query in graph.objects(constraint, SH.select)
    }
    assert len(queries) == 3
    assert len({re.sub(r"FILTER [(].*force:.*", "", query) for query in queries}) == 1


def test_lists_are_those_of_the_schemes() -> None:
    store = load().store
    listed: dict[str, set[str]] = {}
    for shape in shapes_of(("core",)).values():
        for value in shape.allowed:
            if value.startswith(SCHEME):
                scheme, concept = value[len(SCHEME) :].split("/")
                listed.setdefault(scheme, set()).add(concept)
    for scheme, concepts in listed.items():
        known = {
            quad.subject.value.rpartition("/")[2]
            for quad in store.quads_for_pattern(
                None,
                ox.NamedNode("http://www.w3.org/2004/02/skos/core#inScheme"),
                ox.NamedNode(SCHEME + scheme),
                None,
            )
            if isinstance(quad.subject, ox.NamedNode)
        }
        assert concepts == known if scheme in LISTS or scheme == "right" else concepts <= known, scheme
    assert listed.keys() >= LISTS


def test_terms_of_shapes_and_context_are_declared() -> None:
    used = {field.iri for several in fields.by_iri().values() for field in several}
    for name in profiles():
        graph = shapes_in_rdflib((name,))
        used |= {str(term) for triple in graph for term in triple if str(term).startswith(NS)}
        for query in graph.objects(None, SH.select):
            used |= {cg(term) for term in re.findall(r"\bcg:(\w+)", str(query))}
    store = load().store
    a = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    missing = {
        term
        for term in used
        if term.startswith(NS)
        and term != NS
        and not any(store.quads_for_pattern(ox.NamedNode(term), a, None, None))
    }
    assert missing == set()


def test_checks_rest_on_provisions_that_exist() -> None:
    resting = [s for name in profiles() for s in shapes_of((name,)).values() if s.rests_on]
    assert resting
    assert [s.iri for s in resting if not register(load().store).knows(s.rests_on or "")] == []


# ------------------------------------------------------------------ the engine


def triples_of(text: str, *, whole: bool) -> list[ox.Triple]:
    """The graph that is judged for a YAML disclosure: with its slice, or with all that shapes look up."""
    store = load().store
    own = judged_triples("x.yaml", text.encode(), store)
    if whole:
        return [*own, *background.whole(store), background.judged_on(examples.TODAY)]
    return [*own, *background.slice_for(own, store, promises=True, today=examples.TODAY, questions=True)]


FOR_ENGINES = [
    examples.FOLDER / kind / name
    for kind, name in (
        ("good", "complete.yaml"),
        ("bad", "CG204-reversed-period.yaml"),
        ("bad", "CG206-older-than-joining.yaml"),
        ("bad", "CG301-links.yaml"),
        ("bad", "CG303-supersedes-itself.yaml"),
        ("bad", "CG406-not-adhered.yaml"),
        ("bad", "CG421-duplicate-entry.yaml"),
        ("bad", "CG422-duplicate-evidence.yaml"),
        ("bad", "coverage-CG504-parent.yaml"),
    )
]


@pytest.mark.parametrize("path", FOR_ENGINES, ids=lambda path: path.name)
def test_the_slice_holds_all_that_the_shapes_look_up(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    part = engines.judge(triples_of(text, whole=False), profiles())
    assert _plain(part) == _plain(engines.judge(triples_of(text, whole=True), profiles()))


def _plain(hits: Iterable[Hit]) -> list[tuple[str, ...]]:
    return sorted((hit.shape, hit.focus, str(hit.path), str(hit.value), *hit.messages) for hit in hits)
