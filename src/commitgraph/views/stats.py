"""Counts by kind, computed from the loaded graph."""

from __future__ import annotations

from commitgraph.engine import Engine
from commitgraph.engine.ask import rows

#: What is counted: name for people, and the pattern that picks the things out. Commitments are counted as the
#: texts number them, and beside it their smallest parts.
_COUNTED = {
    "instruments": "?x a cg:Instrument",
    "instruments with provisions": "?p cg:inInstrument ?x",
    "texts read whole": "?copy cg:editionOf ?x ; cg:wholeText true . ?p cg:inInstrument ?x",
    "provisions": "?x a cg:Provision",
    "commitments": "?x a cg:OutermostCommitment",
    "commitments told apart": "?x a cg:LeafCommitment",
    "expectations": "?x a cg:Expectation",
    "provisions with a passage": "?x a cg:Provision ; cg:wordedIn ?w",
    "passages": "?x a cg:Passage MINUS { ?x a cg:Context }",
    "editions": "?x a cg:Edition",
    "parties": "?x a cg:Party",
    "companies": "?x a cg:Company",
    "states": "?x a cg:State",
    "organisations": "?x a cg:Party MINUS { ?x a cg:State } MINUS { ?x a cg:Person }",
    "adherences": "?x a cg:Adherence",
    "rolls": "?x a cg:Roll",
    "evidence items": "?x a cg:Evidence",
    "lookups that found nothing": "?x a cg:Lookup",
    "correspondences": "?x a cg:Correspondence",
    "links to values, principles, rights and goals": "?x a cg:ConceptLink",
    "claims on disputed points": "?x a cg:Claim",
    "topics": "?x a cg:Topic ; skos:broader ?group",
    "source graphs": "?x a cg:SourceGraph",
}
_QUERY = """
SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { %s }
"""


def stats(engine: Engine) -> dict[str, int]:
    """How many things of each kind the graph holds."""
    counts = {name: int(rows(engine, _QUERY % pattern)[0]["n"]) for name, pattern in _COUNTED.items()}
    triples = rows(engine, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")[0]["n"]
    return counts | {"statements": int(triples)}
