"""Rolls: a list that claims to be complete and lacks a party, without a word about it."""

from __future__ import annotations

from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material

# Whom a list lacks says the rule cg:lacks; here only whether anybody has explained it.
_LACKING = """
SELECT ?roll ?day ?party ?other ?why WHERE {
  ?roll cg:lacks ?adherence ; cg:rollOf ?instrument ; cg:observedOn ?day .
  ?adherence cg:adherent ?party .
  ?other cg:rollOf ?instrument ; cg:lists ?adherence .
  OPTIONAL { ?other cg:observedOn ?seen }
  OPTIONAL { ?roll cg:note ?remark }
  OPTIONAL { ?adherence cg:confidence confidence:conflict . BIND ( "conflict" AS ?conflict ) }
  OPTIONAL { ?adherence cg:note ?note }
  BIND ( COALESCE(?remark, ?conflict, ?note) AS ?why )
}
ORDER BY ?roll ?party COALESCE(STR(?seen), "9999") ?other ?why
"""


def _missing(material: Material) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for row in material.query(_LACKING):
        # Of several lists that show the party the earliest is named.
        if (row["roll"], row["party"]) in told:
            continue
        told.add((row["roll"], row["party"]))
        why = row.get("why", "")
        file, line = material.place(row["roll"])
        yield Finding(
            "rolls",
            expected=f"on a roll of {row['day']} that claims to be complete, every party that another roll "
            "lists and whose standing had begun, and not ended, by then",
            got=f"{brief(row['party'])} is on {brief(row['other'])} and not on {brief(row['roll'])}"
            + (f" (explained: {why})" if why else ""),
            todo="Nothing, if the explanation holds."
            if why
            else "Look at the source again; if it does miss the party, explain it in a cg:note on the roll.",
            subject=row["roll"],
            file=file,
            line=line,
            level="note" if why else "error",
        )


CHECKS = [Named("rolls", "A roll that claims to be complete lacks nobody without a word about it.", _missing)]
