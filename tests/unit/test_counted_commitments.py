"""Which commitments are counted: outermost ones as the text numbers them, leaves as the smallest promises."""

from __future__ import annotations

import pyoxigraph as ox

from commitgraph.home import home

_FACTS = """
@base <https://w3id.org/commitgraph/id/provision/p/> .
@prefix cg: <https://w3id.org/commitgraph/ns#> .
<heading> a cg:Section .
<whole> a cg:Commitment ; cg:within <heading> .
<list> a cg:Section ; cg:within <whole> .
<part> a cg:Commitment ; cg:within <list> .
<example> a cg:Acknowledgement ; cg:within <part> .
<alone> a cg:Commitment .
"""


def test_headings_and_examples_do_not_matter_and_what_stands_alone_is_both() -> None:
    store = ox.Store()
    store.load(input=_FACTS, format=ox.RdfFormat.TURTLE)
    rule = (home() / "ontology" / "rules" / "9-countedCommitments.rq").read_text(encoding="utf-8")
    made = store.query(rule, use_default_graph_as_union=True)
    assert isinstance(made, ox.QueryTriples)
    kinds = {
        (triple.subject.value.rsplit("/", 1)[1], triple.object.value.rsplit("#", 1)[1]) for triple in made
    }
    assert kinds == {
        ("whole", "OutermostCommitment"),
        ("part", "LeafCommitment"),
        ("alone", "OutermostCommitment"),
        ("alone", "LeafCommitment"),
    }
