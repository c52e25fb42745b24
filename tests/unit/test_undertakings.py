"""What a party has taken on, what it may have taken on, and what nobody can say: one case a rule."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from commitgraph.dataset import rules
from commitgraph.engine import Embedded
from commitgraph.home import home
from commitgraph.iris import NS, local

#: One firm, one pledge with one commitment, and the day up to which the sources were read.
_PLEDGE = """
@base <https://w3id.org/commitgraph/id/> .
@prefix bindingness: <https://w3id.org/commitgraph/scheme/bindingness/> .
@prefix cg: <https://w3id.org/commitgraph/ns#> .
@prefix change-kind: <https://w3id.org/commitgraph/scheme/change-kind/> .
@prefix condition: <https://w3id.org/commitgraph/scheme/condition/> .
@prefix confidence: <https://w3id.org/commitgraph/scheme/confidence/> .
@prefix mode: <https://w3id.org/commitgraph/scheme/mode/> .
@prefix role: <https://w3id.org/commitgraph/scheme/role/> .
@prefix scope: <https://w3id.org/commitgraph/scheme/scope/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<graph> a cg:SourceGraph ; cg:readOn "2026-11-21"^^xsd:date .
<party/firm> a cg:Company .
<instrument/pledge> a cg:Instrument .
<provision/pledge/part> a cg:Section ; cg:inInstrument <instrument/pledge> .
<provision/pledge/a> a cg:Commitment ; cg:inInstrument <instrument/pledge> ; cg:addressee role:company ;
    cg:within <provision/pledge/part> .
<adherence/pledge/firm> a cg:Adherence ; cg:adherent <party/firm> ; cg:toInstrument <instrument/pledge> ;
    cg:scope scope:whole ; cg:confidence confidence:two-sources .
"""
_SIGNED = "<adherence/pledge/firm> cg:mode mode:signed ."
_CONDITION = "<provision/pledge/part> cg:appliesIf condition:developer ."
_MET = """<qualification/firm> a cg:Qualification ; cg:qualifiedParty <party/firm> ;
    cg:qualifiesFor condition:developer ."""
_DISPUTED = "<edition/press> cg:disputes <qualification/firm> ."
_NARROWER = "condition:narrower <http://www.w3.org/2004/02/skos/core#broader> condition:developer ."

World = Callable[..., ox.Store]


@pytest.fixture(scope="module")
def world() -> World:
    ontology = [
        (path, (home() / "ontology" / path).read_bytes())
        for path in ("commitgraph.ttl", *(f"schemes/{name}.ttl" for name in ("mode", "role", "confidence")))
    ]

    def build(*facts: str) -> ox.Store:
        store = ox.Store()
        for path, content in ontology:
            graph = ox.NamedNode(f"urn:{path}")
            store.load(input=content, format=ox.RdfFormat.TURTLE, to_graph=graph)
        text = "\n".join((_PLEDGE, *facts))
        store.load(input=text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:facts"))
        rules.apply(store, home())
        return store

    return build


def _firm(store: ox.Store) -> set[str]:
    """What is inferred of the firm, in words."""
    found = store.query(
        f"""PREFIX cg: <{NS}>
        SELECT ?how WHERE {{
          <https://w3id.org/commitgraph/id/party/firm> ?how ?what
          VALUES ?how {{ cg:signatoryOf cg:isBoundBy cg:mayHaveTakenOn }} }}""",
        use_default_graph_as_union=True,
    )
    return {row["how"].value.removeprefix(NS) for row in found}  # type: ignore[union-attr]


def _undertakings(store: ox.Store, name: str) -> dict[str, str]:
    """The values of one property of the undertakings, by party and commitment."""
    found = store.query(
        f"""PREFIX cg: <{NS}>
        SELECT ?u ?value WHERE {{ ?u a cg:Undertaking ; cg:undertaker ?p ; cg:commitment ?c
          OPTIONAL {{ ?u cg:{name} ?value }} }}""",
        use_default_graph_as_union=True,
    )
    return {
        local(row["u"].value): local(row["value"].value) if row["value"] else ""
        for row in found  # type: ignore[union-attr]
    }


HAS, MAY = {"signatoryOf", "isBoundBy"}, {"signatoryOf", "mayHaveTakenOn"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([_SIGNED], HAS),
        (["<adherence/pledge/firm> cg:mode mode:endorsed ."], HAS),
        (["<adherence/pledge/firm> cg:mode mode:signed-treaty ."], {"signatoryOf"}),
        # A report, support, membership: no commitment of the text is taken on.
        (["<adherence/pledge/firm> cg:mode mode:reported ."], set()),
        (["<adherence/pledge/firm> cg:mode mode:supported ."], set()),
        (["<adherence/pledge/firm> cg:mode mode:member ."], set()),
        # Named by others only.
        (["<adherence/pledge/firm> cg:mode mode:announced ."], {"mayHaveTakenOn"}),
        # Conditions are inherited, and all of them have to be met.
        ([_SIGNED, _CONDITION], MAY),
        ([_SIGNED, _CONDITION, _MET], HAS),
        ([_SIGNED, _CONDITION, _MET, "<provision/pledge/a> cg:appliesIf condition:chosen-option ."], MAY),
        ([_SIGNED, _CONDITION, _MET.replace("firm", "other")], MAY),
        ([_SIGNED, _CONDITION, _MET.replace("developer", "narrower"), _NARROWER], HAS),
        ([_SIGNED, _CONDITION.replace("developer", "narrower"), _MET, _NARROWER], MAY),
        # Every addressee has to fit.
        ([_SIGNED, "<provision/pledge/a> cg:addressee role:state ."], {"signatoryOf"}),
        ([_SIGNED, "<provision/pledge/a> cg:addressee role:signatory ."], HAS),
        # Measures of some parties' own.
        ([_SIGNED, "<provision/pledge/a> cg:bindsOnly <party/one> , <party/two> ."], {"signatoryOf"}),
        ([_SIGNED, "<provision/pledge/a> cg:bindsOnly <party/one> , <party/firm> ."], HAS),
        # A treaty binds from the day on which it is in force.
        (
            [_SIGNED, "<instrument/pledge> cg:bindingness bindingness:binding-once-in-force ."],
            {"signatoryOf"},
        ),
        (
            [
                _SIGNED,
                "<instrument/pledge> cg:bindingness bindingness:binding-once-in-force ;"
                ' cg:inForceSince "2025-01-01"^^xsd:date .',
            ],
            HAS,
        ),
        # No longer listed.
        ([_SIGNED, "<delisting/x> a cg:Delisting ; cg:delists <adherence/pledge/firm> ."], set()),
        # The party has ceased; a takeover is no end.
        (
            [
                _SIGNED,
                "<event/x> cg:changes <party/firm> ; cg:changeKind change-kind:dissolved ;"
                ' cg:heldOn "2025-01"^^xsd:gYearMonth .',
            ],
            set(),
        ),
        ([_SIGNED, "<event/x> cg:changes <party/firm> ; cg:changeKind change-kind:dissolved ."], set()),
        ([_SIGNED, "<event/x> cg:changes <party/firm> ; cg:changeKind change-kind:acquired ."], HAS),
        # Ends and beginnings that are still to come.
        ([_SIGNED, '<adherence/pledge/firm> cg:until "2026-11-21"^^xsd:date .'], set()),
        ([_SIGNED, '<adherence/pledge/firm> cg:until "2026"^^xsd:gYear .'], set()),
        ([_SIGNED, '<adherence/pledge/firm> cg:until "2027"^^xsd:gYear .'], HAS),
        ([_SIGNED, '<adherence/pledge/firm> cg:since "2026"^^xsd:gYear .'], HAS),
        ([_SIGNED, '<adherence/pledge/firm> cg:since "2027-01-01"^^xsd:date .'], set()),
        ([_SIGNED, "<withdrawal/x> cg:ends <adherence/pledge/firm> ."], set()),
    ],
)
def test_what_follows_from_a_standing(world: World, facts: list[str], expected: set[str]) -> None:
    assert _firm(world(*facts)) == expected


def test_data_of_no_known_day_hold_every_end_to_be_past(world: World) -> None:
    store = world(_SIGNED, '<adherence/pledge/firm> cg:until "2030"^^xsd:gYear .')
    assert _firm(store) == HAS
    store.remove_graph(ox.NamedNode("urn:facts"))
    text = _PLEDGE.replace("<graph> a cg:SourceGraph", "<graph> a cg:Instrument") + _SIGNED
    timeless = ox.Store()
    timeless.load(input=(home() / "ontology/schemes/mode.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    timeless.load(
        input=text + '<adherence/pledge/firm> cg:until "2030"^^xsd:gYear .', format=ox.RdfFormat.TURTLE
    )
    rules.apply(timeless, home())
    assert _firm(timeless) == set()


def test_an_open_condition_is_named_and_a_met_one_is_not(world: World) -> None:
    more = "<provision/pledge/a> cg:appliesIf condition:chosen-option ."
    assert _undertakings(world(_SIGNED, _CONDITION, _MET, more), "condition") == {
        "firm/pledge/a": "chosen-option"
    }
    narrowed = "<provision/pledge/a> cg:appliesIf condition:narrower ."
    assert _undertakings(world(_SIGNED, _CONDITION, _NARROWER, narrowed), "condition") == {
        "firm/pledge/a": "narrower"
    }
    assert _undertakings(world(_SIGNED, _CONDITION, _MET), "condition") == {"firm/pledge/a": ""}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], "two-sources"),
        (["<provision/pledge/a> cg:confidence confidence:from-memory ."], "from-memory"),
        (["<provision/pledge/a> cg:confidence confidence:one-source ."], "one-source"),
        ([_CONDITION, _MET, _DISPUTED], "conflict"),
        # A second standing, less well borne out, takes nothing away.
        (
            [
                "<adherence/pledge/again> a cg:Adherence ; cg:adherent <party/firm> ; cg:mode mode:signed ;"
                " cg:toInstrument <instrument/pledge> ; cg:scope scope:whole ;"
                " cg:confidence confidence:from-memory ."
            ],
            "two-sources",
        ),
    ],
)
def test_an_undertaking_is_borne_out_as_well_as_the_weakest_of_what_it_rests_on(
    world: World, facts: list[str], expected: str
) -> None:
    assert _undertakings(world(_SIGNED, *facts), "confidence") == {"firm/pledge/a": expected}


@pytest.mark.parametrize(
    ("since", "earliest", "latest"),
    [
        ('"2024-05-22"^^xsd:date', "2024-05-22", "2024-05-22"),
        ('"2024-04"^^xsd:gYearMonth', "2024-04-01", "2024-04-30"),
        ('"2024-12"^^xsd:gYearMonth', "2024-12-01", "2024-12-31"),
        ('"2024-02"^^xsd:gYearMonth', "2024-02-01", "2024-02-29"),
        ('"2023-02"^^xsd:gYearMonth', "2023-02-01", "2023-02-28"),
        ('"2024"^^xsd:gYear', "2024-01-01", "2024-12-31"),
    ],
)
def test_a_start_of_any_precision_has_a_first_and_a_last_day(
    world: World, since: str, earliest: str, latest: str
) -> None:
    store = world(_SIGNED, f"<adherence/pledge/firm> cg:since {since} .")
    rows = store.query(
        f"""PREFIX cg: <{NS}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?a ?b WHERE {{ ?x cg:sinceEarliest ?a ; cg:sinceLatest ?b
          FILTER ( DATATYPE(?a) = xsd:date && DATATYPE(?b) = xsd:date ) }}""",
        use_default_graph_as_union=True,
    )
    assert [(row["a"].value, row["b"].value) for row in rows] == [(earliest, latest)]  # type: ignore[union-attr]


@pytest.mark.parametrize("statement", ["isBoundBy", "mayHaveTakenOn"])
def test_every_statement_on_the_data_has_its_undertaking(engine: Embedded, statement: str) -> None:
    missing = f"""PREFIX cg: <{NS}>
        ASK {{ ?party cg:{statement} ?commitment
          MINUS {{ ?u a cg:Undertaking ; cg:undertaker ?party ; cg:commitment ?commitment ;
            cg:through ?adherence ; cg:confidence ?confidence }} }}"""
    assert not engine.query(missing).boolean


def test_nobody_has_and_may_have_taken_on_the_same(engine: Embedded) -> None:
    query = f"PREFIX cg: <{NS}> ASK {{ ?party cg:isBoundBy ?c . ?party cg:mayHaveTakenOn ?c }}"
    assert not engine.query(query).boolean
