"""Confidence is computed: whose word a copy carries, and how well that bears a statement out."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from commitgraph.dataset.rules import inferred_graph
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows
from commitgraph.home import home
from commitgraph.iris import NS, cg, local, thing

_PREFIXES = f"""
@base <https://w3id.org/commitgraph/id/> .
@prefix cg: <{NS}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix kind: <https://w3id.org/commitgraph/scheme/source-kind/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

#: Documents: NAME is read in edition NAME.
_DOCUMENTS = """
<instrument/x> a cg:Instrument ; cg:issuedBy <party/issuer> .
<edition/official> cg:editionOf <instrument/x> ; dcterms:publisher <party/issuer> ;
    cg:sourceKind kind:issuer .
<edition/transcript> cg:editionOf <instrument/x> ; dcterms:publisher <publisher/copier> ;
    cg:sourceKind kind:mirror .
<edition/recalled> cg:editionOf <instrument/x> ; cg:sourceKind kind:memory .
<publication/gazette> dcterms:publisher <publisher/gazette> ; cg:sourceKind kind:news .
<edition/gazette> cg:editionOf <publication/gazette> .
<edition/gazette-kept> cg:editionOf <publication/gazette> ; cg:sourceKind kind:mirror .
<publication/gazette-2> dcterms:publisher <publisher/gazette> ; cg:sourceKind kind:news .
<edition/gazette-2> cg:editionOf <publication/gazette-2> .
<publication/courier> dcterms:publisher <publisher/courier> ; cg:sourceKind kind:trade-press .
<edition/courier> cg:editionOf <publication/courier> .
<publication/release> dcterms:publisher <party/issuer> ; cg:sourceKind kind:issuer .
<publication/feed> dcterms:publisher <publisher/feed> ; cg:sourceKind kind:mirror ;
    cg:reprints <publication/release> .
<edition/feed> cg:editionOf <publication/feed> .
<publication/feed-of-feed> dcterms:publisher <publisher/other-feed> ; cg:sourceKind kind:mirror ;
    cg:reprints <publication/feed> .
<edition/feed-of-feed> cg:editionOf <publication/feed-of-feed> .
<publication/digest> dcterms:publisher <publisher/digest> ; cg:sourceKind kind:aggregator .
<edition/digest> cg:editionOf <publication/digest> .
<publisher/ministry-a> a cg:Publisher ; org:subOrganizationOf <party/land> .
<publisher/ministry-b> a cg:Publisher ; org:subOrganizationOf <party/land> .
<publication/a> dcterms:publisher <publisher/ministry-a> ; cg:sourceKind kind:convener .
<edition/a> cg:editionOf <publication/a> .
<publication/b> dcterms:publisher <publisher/ministry-b> ; cg:sourceKind kind:convener .
<edition/b> cg:editionOf <publication/b> .
"""


def _store(facts: str) -> ox.Store:
    store = ox.Store()
    store.load(
        input=_PREFIXES + _DOCUMENTS + facts, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:facts")
    )
    for name in ("3-wordOf", "4-confidence"):
        rule = (home() / "ontology" / "rules" / f"{name}.rq").read_text(encoding="utf-8")
        found = store.query(rule, use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        store.extend(
            [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(f"urn:{name}")) for t in list(found)]
        )
    return store


def _confidence(store: ox.Store, name: str) -> list[str]:
    quads = store.quads_for_pattern(
        ox.NamedNode(thing(*name.split("/"))), ox.NamedNode(cg("confidence")), None
    )
    return [local(str(quad.object.value)) for quad in quads]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("edition", "whose"),
    [
        ("official", {"issuer"}),
        ("transcript", {"issuer"}),
        ("recalled", set()),
        ("gazette", {"gazette"}),
        ("gazette-kept", {"gazette"}),
        ("feed", {"issuer"}),
        ("feed-of-feed", {"issuer"}),
        ("digest", set()),
        ("a", {"land"}),
    ],
)
def test_a_copy_carries_the_word_of_its_original(edition: str, whose: set[str]) -> None:
    quads = _store("").quads_for_pattern(
        ox.NamedNode(thing("edition", edition)), ox.NamedNode(cg("wordOf")), None
    )
    assert {local(str(quad.object.value)) for quad in quads} == whose  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ("gazette courier", "two-sources"),
        ("official gazette", "two-sources"),
        ("official", "one-source"),
        ("gazette gazette-2", "one-source"),
        ("gazette gazette-kept", "one-source"),
        ("official feed", "one-source"),
        ("official transcript", "one-source"),
        ("feed feed-of-feed", "one-source"),
        ("feed gazette", "two-sources"),
        ("gazette digest", "one-source"),
        ("digest", "one-source"),
        ("a b", "one-source"),
        ("recalled", "from-memory"),
        ("recalled gazette", "from-memory"),
    ],
)
def test_two_sources_are_two_publishers_of_their_own_words(editions: str, expected: str) -> None:
    named = " , ".join(f"<edition/{name}>" for name in editions.split())
    store = _store(f"<adherence/x/p> a cg:Adherence ; cg:attestedBy {named} .")
    assert _confidence(store, "adherence/x/p") == [expected]


def test_what_nothing_attests_is_from_memory() -> None:
    assert _confidence(_store("<identifier/p/lei> a cg:Identifier ."), "identifier/p/lei") == ["from-memory"]


def test_a_passage_counts_as_its_edition() -> None:
    store = _store(
        "<passage/x/1> cg:inEdition <edition/official> . "
        "<adherence/x/p> a cg:Adherence ; cg:attestedBy <passage/x/1> , <edition/gazette> ."
    )
    assert _confidence(store, "adherence/x/p") == ["two-sources"]


def test_words_that_a_passage_proves_are_not_graded() -> None:
    store = _store(
        "<provision/x/1> a cg:Provision ; cg:inInstrument <instrument/x> ; cg:wordedIn <passage/x/1> . "
        "<provision/x/2> a cg:Provision ; cg:inInstrument <instrument/x> ; "
        "cg:attestedBy <edition/official> . "
        "<instrument/x> cg:attestedBy <edition/official> ."
    )
    assert _confidence(store, "provision/x/1") == _confidence(store, "instrument/x") == []
    assert _confidence(store, "provision/x/2") == ["one-source"]


def test_a_source_that_says_otherwise_makes_a_conflict() -> None:
    store = _store(
        "<adherence/x/p> a cg:Adherence ; cg:attestedBy <edition/official> , <edition/gazette> . "
        "<edition/courier> cg:disputes <adherence/x/p> ."
    )
    assert _confidence(store, "adherence/x/p") == ["conflict"]


def _claims(*values: str) -> str:
    return " ".join(
        f"<claim/{n}> a cg:Claim ; cg:claimAbout <instrument/x> ; cg:claimPoint 'p' ; "
        f"cg:attestedBy <edition/official> ; {value} ."
        for n, value in enumerate(values)
    )


@pytest.mark.parametrize(
    ("one", "other", "exclude"),
    [
        ("cg:number 27", "cg:number 28", True),
        ("cg:number 27", "cg:number 27", False),
        ("cg:number 120 ; cg:qualifier 'more than'", "cg:number 123", False),
        ("cg:number 120 ; cg:qualifier 'more than'", "cg:number 120", True),
        ("cg:number 70 ; cg:qualifier 'over'", "cg:number 70 ; cg:qualifier 'nearly'", True),
        ("cg:number 100 ; cg:qualifier 'about'", "cg:number 96", False),
        ("cg:number 25 ; cg:qualifier 'about'", "cg:number 19", True),
        ("cg:number 30 ; cg:observedOn '2024-05-27'", "cg:number 40 ; cg:observedOn '2024-11-08'", False),
        ("cg:number 15 ; cg:observedOn '2026-02-13'", "cg:number 16 ; cg:observedOn '2026-02-13'", True),
        ("cg:claimValue '2021-11-23'", "cg:claimValue '2021-11-25'", True),
        ("cg:claimValue '2024-02'", "cg:claimValue '2024-02-05'", False),
        ("cg:claimValue 'Mastercard'", "cg:claimValue 'Motorola'", True),
    ],
)
def test_claims_conflict_where_they_exclude_each_other(one: str, other: str, exclude: bool) -> None:
    values = [v if "claimValue" in v else f"{v} ; cg:claimValue '{n}'" for n, v in enumerate((one, other))]
    store = _store(_claims(*values))
    expected = ["conflict" if exclude else "one-source"]
    assert _confidence(store, "claim/0") == _confidence(store, "claim/1") == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("adherence/unga-res-78-265/ae", "one-source"),  # two prints of one joint statement
        ("adherence/unesco-private-sector-commitment-2024/mastercard", "conflict"),
        ("adherence/seoul-ai-business-pledge/microsoft", "two-sources"),
        ("evidence/company/google-gemini25-letter", "one-source"),  # one article of Fortune, three times
        ("provision/canada-genai-voluntary-code-2023/m10", "from-memory"),
        ("claim/eu-ai-pact-2024/count-129", "one-source"),
    ],
)
def test_the_graph_says_of_itself_how_sure_it_is(engine: Embedded, statement: str, expected: str) -> None:
    found = rows(
        engine,
        "SELECT ?how WHERE { GRAPH $graph { $thing cg:confidence ?how } }",
        graph=inferred_graph("confidence"),
        thing=thing(*statement.split("/")),
    )
    assert [local(row["how"]) for row in found] == [expected]
