"""What is inferred: ever adhered, signs today, is bound, is linked by one hop."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from commitgraph.dataset import DataError, load, rules
from commitgraph.engine import Embedded
from commitgraph.home import home
from commitgraph.iris import local, thing

_FACTS = """
@base <https://w3id.org/commitgraph/id/> .
@prefix cg: <https://w3id.org/commitgraph/ns#> .
@prefix mode: <https://w3id.org/commitgraph/scheme/mode/> .
@prefix role: <https://w3id.org/commitgraph/scheme/role/> .
@prefix scope: <https://w3id.org/commitgraph/scheme/scope/> .
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
<adherence/pledge/part> a cg:Adherence ; cg:adherent <party/part> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:joined-later ; cg:scope scope:part ; cg:covers <provision/pledge/b> .
<adherence/pledge/land> a cg:Adherence ; cg:adherent <party/land> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:co-sponsored ; cg:scope scope:whole .
<adherence/pledge/other> a cg:Adherence ; cg:adherent <party/other> ; cg:toInstrument <instrument/pledge> ;
    cg:mode mode:signed ; cg:scope scope:whole .
<adherence/treaty/land> a cg:Adherence ; cg:adherent <party/land> ; cg:toInstrument <instrument/treaty> ;
    cg:mode mode:signed-treaty ; cg:scope scope:whole .
<adherence/treaty/union> a cg:Adherence ; cg:adherent <party/union> ; cg:toInstrument <instrument/treaty> ;
    cg:mode mode:ratified ; cg:scope scope:whole .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The ontology, a small world, and what follows."""
    found = ox.Store()
    for path in sorted((home() / "ontology").glob("*.ttl")) + sorted(
        (home() / "ontology" / "schemes").glob("*.ttl")
    ):
        found.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"urn:{path.stem}"))
    found.load(input=_FACTS, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:facts"))
    rules.apply(found, home())
    return found


def _pairs(store: ox.Store, name: str) -> set[tuple[str, str]]:
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(rules.inferred_graph(name)))
    return {(local(str(q.subject.value)), local(str(q.object.value))) for q in quads}  # type: ignore[union-attr]


def test_ever_adhered_counts_those_who_left(store: ox.Store) -> None:
    to_pledge = {(p, "pledge") for p in ("maker", "leaver", "part", "land", "other")}
    assert _pairs(store, "hasAdheredTo") == to_pledge | {("land", "treaty"), ("union", "treaty")}


def test_signatories_are_those_who_signed_and_did_not_leave(store: ox.Store) -> None:
    to_pledge = {(p, "pledge") for p in ("maker", "part", "other")}
    assert _pairs(store, "signatoryOf") == to_pledge | {("land", "treaty"), ("union", "treaty")}


def test_bound_are_parties_of_the_kind_addressed_within_their_scope(store: ox.Store) -> None:
    assert _pairs(store, "isBoundBy") == {
        ("maker", "pledge/a"),
        ("maker", "pledge/b-1"),
        ("maker", "pledge/own"),
        ("other", "pledge/a"),
        ("other", "pledge/b-1"),
        ("part", "pledge/b-1"),
        ("union", "treaty/a"),
    }


def test_a_link_goes_one_hop_and_no_further(store: ox.Store) -> None:
    assert _pairs(store, "isLinkedThroughTo") == {
        (p, "code") for p in ("maker", "leaver", "part", "land", "other")
    }


def test_co_sponsoring_a_resolution_binds_no_state_and_no_company(engine: Embedded) -> None:
    query = f"""PREFIX cg: <https://w3id.org/commitgraph/ns#>
        ASK {{ ?party cg:isBoundBy ?c . ?c cg:inInstrument <{thing("instrument", "unga-res-78-265")}> }}"""
    assert not engine.query(query).boolean


def test_nobody_signs_the_hiroshima_code(engine: Embedded) -> None:
    query = f"""PREFIX cg: <https://w3id.org/commitgraph/ns#>
        ASK {{ ?party cg:signatoryOf <{thing("instrument", "hiroshima-code-of-conduct")}> }}"""
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
