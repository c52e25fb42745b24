"""Counterparts of a provision, read from both ends."""

from __future__ import annotations

import pytest

from commitgraph.domain.provisions import counterparts_of, none_found
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows
from commitgraph.iris import concept, thing

_PAIRS = """
SELECT ?from ?to WHERE { ?pair cg:correspondenceKind $kind ; cg:fromProvision ?from ; cg:toProvision ?to }
ORDER BY ?from ?to
"""


@pytest.mark.parametrize(
    ("judged", "from_the_other_end"),
    [("same", "same"), ("narrower", "broader"), ("broader", "narrower"), ("overlaps", "overlaps")],
)
def test_a_judgement_is_read_from_the_side_of_the_reader(
    engine: Embedded, judged: str, from_the_other_end: str
) -> None:
    pair = rows(engine, _PAIRS, kind=concept("correspondence", judged))[0]
    there = next(c for c in counterparts_of(engine, pair["from"]) if c.provision.iri == pair["to"])
    back = next(c for c in counterparts_of(engine, pair["to"]) if c.provision.iri == pair["from"])
    assert (there.kind, back.kind) == (judged, from_the_other_end)
    assert there.judgement == back.judgement
    assert 0 < there.judgement.sureness <= 1
    assert there.judgement.reason
    assert there.judgement.judged_by
    assert there.judgement.reviewed_on
    assert there.provision.instrument != back.provision.instrument


def test_the_same_stands_before_what_only_overlaps_and_the_surer_first(engine: Embedded) -> None:
    found = counterparts_of(engine, thing("provision", "frontier-ai-safety-commitments", "bp-2"))
    order = ["same", "broader", "narrower", "overlaps", "contrary"]
    ranks = [(order.index(c.kind), -c.judgement.sureness) for c in found]
    assert len(ranks) > 2
    assert ranks == sorted(ranks)


def test_a_record_that_none_was_found_is_no_counterpart(engine: Embedded) -> None:
    iri = thing("provision", "unesco-rec-ai-ethics-2021", "prin-1-26")
    (record,) = none_found(engine, iri)
    assert "nearest" in record.reason
    assert record.iri not in {c.judgement.iri for c in counterparts_of(engine, iri)}


def test_where_nobody_looked_nothing_is_made_up(engine: Embedded) -> None:
    nowhere = thing("provision", "nowhere", "x")
    assert (counterparts_of(engine, nowhere), none_found(engine, nowhere)) == ((), ())
