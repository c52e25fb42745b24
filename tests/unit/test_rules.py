"""What is inferred: ever adhered, signs today, is bound, is linked by one hop."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.dataset import DataError, load, rules
from commitgraph.dates import PartialDate
from commitgraph.engine import Embedded
from commitgraph.home import home
from commitgraph.iris import cg, local, thing

_FACTS = """
@base <https://w3id.org/commitgraph/id/> .
@prefix cg: <https://w3id.org/commitgraph/ns#> .
@prefix condition: <https://w3id.org/commitgraph/scheme/condition/> .
@prefix mode: <https://w3id.org/commitgraph/scheme/mode/> .
@prefix role: <https://w3id.org/commitgraph/scheme/role/> .
@prefix scope: <https://w3id.org/commitgraph/scheme/scope/> .
@prefix source-kind: <https://w3id.org/commitgraph/scheme/source-kind/> .
<party/maker> a cg:Company . <party/leaver> a cg:Company . <party/part> a cg:Company .
<party/land> a cg:State . <party/union> a cg:PublicBody . <party/other> a cg:Company .
<instrument/treaty> a cg:Instrument .
<instrument/pledge> a cg:Instrument ; cg:recognises <instrument/code> .
<instrument/code> a cg:Instrument ; cg:buildsOn <instrument/root> .
<instrument/root> a cg:Instrument .
<provision/pledge/a> a cg:Commitment ; cg:inInstrument <instrument/pledge> ; cg:addressee role:company .
<provision/pledge/own> a cg:Commitment ; cg:inInstrument <instrument/pledge> ; cg:addressee role:company ;
    cg:bindsOnly <party/maker> .
<provision/pledge/option> a cg:Commitment ; cg:inInstrument <instrument/pledge> ;
    cg:addressee role:opting-signatory .
<provision/treaty/a> a cg:Commitment ; cg:inInstrument <instrument/treaty> ; cg:addressee role:treaty-party .
<provision/pledge/b> a cg:Section ; cg:inInstrument <instrument/pledge> .
<provision/pledge/b-1> a cg:Commitment ; cg:inInstrument <instrument/pledge> ;
    cg:within <provision/pledge/b> ; cg:addressee role:company .
<adherence/pledge/maker> a cg:Adherence ; cg:adherent <party/maker> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:signed ; cg:scope scope:whole .
<adherence/pledge/leaver> a cg:Adherence ; cg:adherent <party/leaver> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:signed ; cg:scope scope:whole .
<withdrawal/pledge/leaver> a cg:Withdrawal ; cg:ends <adherence/pledge/leaver> .
<party/gone> a cg:Company .
<adherence/pledge/gone> a cg:Adherence ; cg:adherent <party/gone> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:signed ; cg:scope scope:whole ; cg:until "2024" .
<adherence/pledge/part> a cg:Adherence ; cg:adherent <party/part> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:joined-later ; cg:scope scope:part ; cg:covers <provision/pledge/b> .
<party/chooser> a cg:Company .
<instrument/menu> a cg:Instrument .
<provision/menu/core> a cg:Commitment ; cg:inInstrument <instrument/menu> ; cg:addressee role:company .
<provision/menu/core-1> a cg:Commitment ; cg:inInstrument <instrument/menu> ; cg:addressee role:company ;
    cg:within <provision/menu/core> .
<provision/menu/choice> a cg:Commitment ; cg:inInstrument <instrument/menu> ; cg:addressee role:company ;
    cg:appliesIf condition:pact-human-oversight .
<provision/menu/rest> a cg:Commitment ; cg:inInstrument <instrument/menu> ; cg:addressee role:company .
<adherence/menu/chooser> a cg:Adherence ; cg:adherent <party/chooser> ; cg:toInstrument <instrument/menu> ;
    cg:mode mode:signed ; cg:scope scope:at-least ; cg:covers <provision/menu/core> .
<adherence/pledge/land> a cg:Adherence ; cg:adherent <party/land> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:co-sponsored ; cg:scope scope:whole .
<adherence/pledge/other> a cg:Adherence ; cg:adherent <party/other> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:signed ; cg:scope scope:whole .
<adherence/treaty/land> a cg:Adherence ; cg:adherent <party/land> ; cg:toInstrument <instrument/treaty> ;
    cg:mode mode:signed-treaty ; cg:scope scope:whole .
<adherence/treaty/union> a cg:Adherence ; cg:adherent <party/union> ; cg:toInstrument <instrument/treaty> ;
    cg:mode mode:ratified ; cg:scope scope:whole .
<publication/digest> a cg:Publication ; cg:sourceKind source-kind:aggregator .
<edition/digest> a cg:Edition ; cg:editionOf <publication/digest> ; cg:fetchedFrom "https://a.example/" .
<edition/official> a cg:Edition ; cg:editionOf <instrument/pledge> ; cg:sourceKind source-kind:convener ;
    cg:fetchedFrom "https://z.example/" .
<adherence/pledge/maker> cg:attestedBy <edition/digest> , <edition/official> .
<adherence/pledge/leaver> cg:attestedBy <edition/digest> .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The ontology, a small world, and what follows."""
    return _world()


def _world(more: str = "") -> ox.Store:
    found = ox.Store()
    for path in sorted((home() / "ontology").glob("*.ttl")) + sorted(
        (home() / "ontology" / "schemes").glob("*.ttl")
    ):
        found.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"urn:{path.stem}"))
    found.load(input=_FACTS + more, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:facts"))
    rules.apply(found, home())
    return found


def _pairs(store: ox.Store, name: str, rule: str = "") -> set[tuple[str, str]]:
    quads = store.quads_for_pattern(
        None, ox.NamedNode(cg(name)), None, ox.NamedNode(rules.inferred_graph(rule or name))
    )
    return {(local(str(q.subject.value)), local(str(q.object.value))) for q in quads}  # type: ignore[union-attr]


def test_ever_adhered_counts_those_who_left(store: ox.Store) -> None:
    to_pledge = {(p, "pledge") for p in ("maker", "leaver", "gone", "part", "land", "other")}
    others = {("land", "treaty"), ("union", "treaty"), ("chooser", "menu")}
    assert _pairs(store, "hasAdheredTo") == to_pledge | others


def test_signatories_are_those_who_signed_and_did_not_leave(store: ox.Store) -> None:
    to_pledge = {(p, "pledge") for p in ("maker", "part", "other")}
    others = {("land", "treaty"), ("union", "treaty"), ("chooser", "menu")}
    assert _pairs(store, "signatoryOf") == to_pledge | others


def test_bound_are_parties_of_the_kind_addressed_within_their_scope(store: ox.Store) -> None:
    assert _pairs(store, "isBoundBy") == {
        ("maker", "pledge/a"),
        ("maker", "pledge/b-1"),
        ("maker", "pledge/own"),
        ("other", "pledge/a"),
        ("other", "pledge/b-1"),
        ("part", "pledge/b-1"),
        ("union", "treaty/a"),
        ("chooser", "menu/core"),
        ("chooser", "menu/core-1"),
    }


def test_of_what_is_not_known_to_be_covered_only_what_is_open_to_choice_comes_into_question(
    store: ox.Store,
) -> None:
    assert {c for p, c in _pairs(store, "mayHaveTakenOn") if p == "chooser"} == {"menu/choice"}


def test_a_standing_that_has_ended_took_on_what_it_did(store: ox.Store) -> None:
    bound = {(f"{c.partition('/')[0]}/{p}", c) for p, c in _pairs(store, "isBoundBy")}
    ended = {(f"pledge/{p}", f"pledge/{c}") for p in ("leaver", "gone") for c in ("a", "b-1")}
    assert _pairs(store, "takesOn") == bound | ended


def test_the_copy_of_the_text_itself_is_the_first_proof_before_a_digest(store: ox.Store) -> None:
    first = {("pledge/maker", "official"), ("pledge/leaver", "digest")}
    assert {pair for pair in _pairs(store, "bestProof") if pair[0].startswith("pledge/")} == first
    kinds = {("pledge/maker", "convener"), ("pledge/leaver", "aggregator")}
    assert _pairs(store, "proofKind", "bestProof") >= kinds


def test_the_copy_of_a_text_goes_by_its_own_kind_before_a_report_of_it() -> None:
    found = _world("""
        <publication/report> cg:sourceKind source-kind:news .
        <edition/text> cg:editionOf <instrument/pledge> ; cg:sourceKind source-kind:convener ;
            cg:fetchedFrom "https://example.org/text" .
        <edition/report> cg:editionOf <publication/report> ; cg:fetchedFrom "https://example.com/report" .
        <adherence/pledge/maker> cg:attestedBy <edition/text> , <edition/report> .
        <adherence/pledge/other> cg:attestedBy <edition/report> .""")
    assert {("pledge/maker", "text"), ("pledge/other", "report")} <= _pairs(found, "bestProof")


def test_a_link_goes_one_hop_and_no_further(store: ox.Store) -> None:
    assert _pairs(store, "isLinkedThroughTo") == {
        (p, "code") for p in ("maker", "leaver", "gone", "part", "land", "other")
    }


def test_co_sponsoring_a_resolution_binds_no_state_and_no_company(engine: Embedded) -> None:
    query = f"""PREFIX cg: <https://w3id.org/commitgraph/ns#>
        ASK {{ ?party cg:isBoundBy ?c . ?c cg:inInstrument <{thing("instrument", "unga-res-78-265")}> }}"""
    assert not engine.query(query).boolean


def test_no_company_signs_the_hiroshima_code(engine: Embedded) -> None:
    query = f"""PREFIX cg: <https://w3id.org/commitgraph/ns#>
        ASK {{ ?party a cg:Company ; cg:signatoryOf <{thing("instrument", "hiroshima-code-of-conduct")}> }}"""
    assert not engine.query(query).boolean


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bad.ttl").write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/bad\.ttl: expected well-formed Turtle"):
        load(tmp_path)


def test_rules_run_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "ontology" / "rules"
    folder.mkdir(parents=True)
    (folder / "2-first.rq").write_text("CONSTRUCT { <urn:a> <urn:one> <urn:b> } {}", encoding="utf-8")
    (folder / "10-second.rq").write_text(
        "CONSTRUCT { ?a <urn:two> ?b } { ?a <urn:one> ?b }", encoding="utf-8"
    )
    assert list(rules.apply(ox.Store(), tmp_path).items()) == [("first", 1), ("second", 1)]


def test_a_rule_without_a_number_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ontology" / "rules"
    folder.mkdir(parents=True)
    (folder / "first.rq").write_text("CONSTRUCT { <urn:a> <urn:one> <urn:b> } {}", encoding="utf-8")
    with pytest.raises(ValueError, match="NUMBER-NAME"):
        rules.apply(ox.Store(), tmp_path)


#: A complete list, and another one that shows a standing which the first does not show.
_TWO_LISTS = """
@base <https://w3id.org/commitgraph/id/> .
@prefix cg: <https://w3id.org/commitgraph/ns#> .
<roll/x/complete> cg:rollOf <instrument/x> ; cg:claimsComplete true .
<roll/x/other> cg:rollOf <instrument/x> ; cg:claimsComplete false ; cg:lists <adherence/x/p> .
<adherence/x/p> cg:adherent <party/p> .
"""
_LACKS = (home() / "ontology" / "rules" / "8-lacks.rq").read_text(encoding="utf-8")


def _lacking(more: str = "", *, complete: str = "", other: str = "", since: str = "", until: str = "") -> int:
    """How many standings are lacking, with these dates, each left out where it is empty."""
    dates = [
        f'{subject} cg:{name} "{date}" .'
        for subject, name, date in (
            ("<roll/x/complete>", "observedOn", complete),
            ("<roll/x/other>", "observedOn", other),
            ("<adherence/x/p>", "since", since),
            ("<adherence/x/p>", "until", until),
        )
        if date
    ]
    store = ox.Store()
    text = "\n".join((_TWO_LISTS, *dates, more))
    store.load(input=text, format=ox.RdfFormat.TURTLE)
    return len({str(triple) for triple in store.query(_LACKS)})  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("complete", "since", "until", "expected"),
    [
        ("2024-05-22", "2024-05-22", "", 1),
        ("2024-05-21", "2024-05-22", "", 0),
        ("2024-05", "2024-05-22", "", 1),
        ("2024-05-22", "2024-05", "", 0),  # it may have begun on 23 May
        ("2024-05-31", "2024", "", 0),
        ("2025-01-01", "2024", "", 1),
        ("2025-06-29", "2024", "2025-06-30", 1),
        ("2025-06-30", "2024", "2025-06-30", 0),  # a list of the very day does not lack who left
        ("2025-06-15", "2024", "2025-06", 0),
        ("2025-06", "2024", "2025-06-30", 0),
        ("2025-05", "2024", "2025-06", 1),
        ("2025-05", "2024", "2025", 0),
        ("", "2024", "", 0),
    ],
)
def test_a_list_lacks_what_had_begun_and_not_ended_by_its_day(
    complete: str, since: str, until: str, expected: int
) -> None:
    assert _lacking(complete=complete, since=since, until=until) == expected


@pytest.mark.parametrize(
    ("other", "since", "expected"),
    [
        ("2024-05-22", "", 1),  # another list of the same day shows it
        ("2024-05-23", "", 0),  # a later list does not tell when it began
        ("2024-05", "", 0),
        ("", "", 0),
        ("2024-05-20", "2024", 1),  # a year that the list makes more exact
        ("2024-05-20", "2024-07-11", 0),  # the day of the standing itself is the better word
    ],
)
def test_who_else_shows_a_standing_tells_by_when_it_had_begun(other: str, since: str, expected: int) -> None:
    assert _lacking(complete="2024-05-22", other=other, since=since) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", 1),
        # The party stands on the list by another act.
        ("<roll/x/complete> cg:lists <adherence/x/q> . <adherence/x/q> cg:adherent <party/p> .", 0),
        # Another party does.
        ("<roll/x/complete> cg:lists <adherence/x/q> . <adherence/x/q> cg:adherent <party/q> .", 1),
        # An act ended it, nobody knows when.
        ("<withdrawal/x/p> cg:ends <adherence/x/p> .", 0),
    ],
)
def test_a_list_lacks_nobody_whom_it_shows_and_nobody_who_has_left_on_an_unknown_day(
    more: str, expected: int
) -> None:
    assert _lacking(more, complete="2024-05-22", since="2024-01-01") == expected


def test_only_a_list_that_claims_to_be_complete_lacks_anybody() -> None:
    more = """
        <roll/x/other> cg:observedOn "2024-05-22" ; cg:lists <adherence/x/r> .
        <adherence/x/r> cg:adherent <party/r> .
        <roll/x/complete> cg:lists <adherence/x/q> .
        <adherence/x/q> cg:adherent <party/q> ; cg:since "2024-01-01" .
    """
    # The other list does not show q, but does not claim to; the complete one lacks p and r.
    assert _lacking(more, complete="2024-05-22", since="2024-01-01") == 2


_PARTIALS = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(PartialDate.parse("2023-11").first, PartialDate.parse("2025-02").last),
    st.sampled_from((4, 7, 10)),
)


@given(_PARTIALS, _PARTIALS, st.one_of(st.just(""), _PARTIALS))
def test_the_rule_compares_dates_as_their_spans_of_days_say(complete: str, since: str, until: str) -> None:
    speaks_for, start = PartialDate.parse(complete), PartialDate.parse(since)
    within = speaks_for.first <= start.first and start.surely_by(speaks_for.last)
    begun = start.surely_before(speaks_for.first) or within
    ended = bool(until) and PartialDate.parse(until).possibly_by(speaks_for.last)
    assert bool(_lacking(complete=complete, since=since, until=until)) == (begun and not ended)
