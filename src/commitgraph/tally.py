"""The tally: how much of what the graph holds."""

from __future__ import annotations

from commitgraph.ask import rows
from commitgraph.engine import Engine

_TALLY = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  VALUES ?class { cg:Party cg:Company cg:State cg:Instrument cg:Provision cg:Commitment cg:Adherence cg:Roll
    cg:Passage cg:Edition cg:Evidence cg:Lookup cg:Claim cg:Disclosure cg:Topic cg:SourceGraph }
  ?thing a ?class
} GROUP BY ?class
"""
_READ = """
SELECT (COUNT(DISTINCT ?instrument) AS ?count) WHERE { ?provision cg:inInstrument ?instrument }
"""
_STATEMENTS = "SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }"


def tally(engine: Engine) -> dict[str, int]:
    """Counts by class (such as `Party`), of instruments that were `Read` into provisions, of `Statements`."""
    found = {row["class"].rsplit("#", 1)[1]: int(row["count"]) for row in rows(engine, _TALLY)}
    found["Read"] = int(rows(engine, _READ)[0]["count"])
    found["Statements"] = int(rows(engine, _STATEMENTS)[0]["count"])
    return found
