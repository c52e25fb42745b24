"""Verbs: the force of a provision is that of its verb, by one table for all texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material
from commitgraph.dataset.tables import TableError, table_of
from commitgraph.iris import thing

FILE = "ontology/force-of-verbs.tsv"
_COLUMNS = ["verb", "force", "provision", "reason"]
#: What a verb that is in no row says, and what an acknowledgement does whatever its verb.
_STATES = "acknowledges"
#: Verbs of which an acknowledgement needs a reason: they sound like a promise or a duty.
_BINDING = ("obliges", "commits")
_PROVISIONS = """
SELECT ?provision ?instrument ?kind ?verb ?force ?parentForce ?graph WHERE {
  GRAPH ?graph { ?provision a ?kind ; cg:inInstrument ?instrument ; cg:modality ?verb ; cg:force ?given }
  VALUES ?kind { cg:Commitment cg:Expectation cg:Acknowledgement }
  FILTER ( STRSTARTS(STR(?graph), "https://w3id.org/commitgraph/graph/data/") )
  BIND ( REPLACE(STR(?given), "^.*/", "") AS ?force )
  OPTIONAL {
    ?provision cg:within/cg:force ?around .
    BIND ( REPLACE(STR(?around), "^.*/", "") AS ?parentForce )
  }
}
ORDER BY ?provision
"""
_FORCES = """
SELECT ?force WHERE {
  ?concept skos:inScheme <https://w3id.org/commitgraph/scheme/force> .
  BIND ( REPLACE(STR(?concept), "^.*/", "") AS ?force )
}
"""


@dataclass
class _Verbs:
    """The table.

    Attributes:
        patterns: how each verb is found in the words of a source, with its force.
        exceptions: the force of single provisions, and the line that states it.
    """

    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    exceptions: dict[str, tuple[str, int]] = field(default_factory=dict)

    def read(self, words: str) -> str:
        """Force of the verb that stands first in `words`, the longest of those; empty without one."""
        found = [
            (match.start(), -len(pattern.pattern), force)
            for pattern, force in self.patterns
            if (match := pattern.search(" ".join(words.casefold().split())))
        ]
        return min(found)[2] if found else ""


def _pattern(verb: str) -> re.Pattern[str]:
    """A verb as whole words; `…` stands for any words between."""
    words = (".*?" if word == "…" else re.escape(word) for word in verb.split())
    return re.compile(rf"(?<!\w){' '.join(words)}(?!\w)")


def _check(material: Material) -> Iterator[Finding]:
    path = material.root / FILE
    if not path.is_file():
        return  # a graph without such a table has nothing that could be wrong in it
    forces = {row["force"] for row in material.query(_FORCES)}
    verbs = _Verbs()
    try:
        yield from _rows(path.read_text(encoding="utf-8"), forces, verbs)
    except TableError as error:
        yield _finding(error.line, "a table of verbs", error.what)
        return
    provisions = material.query(_PROVISIONS)
    yield from _of_nothing(verbs, provisions)
    for row in provisions:
        wanted, why = _wanted(row, verbs)
        if row["force"] == wanted:
            continue
        file, line = material.place(row["provision"], row["graph"])
        yield Finding(
            "force-of-verbs",
            expected=f"force {wanted}, {why}",
            got=f"{brief(row['provision'])} has the verb {row['verb']!r} and force {row['force']}",
            todo=f"Correct the verb, the force or the kind; else give a reason in a row of {FILE}.",
            subject=row["provision"],
            file=file,
            line=line,
        )


def _wanted(row: dict[str, str], verbs: _Verbs) -> tuple[str, str]:
    """The force that a provision should have, and by which rule."""
    if row["provision"] in verbs.exceptions:
        return verbs.exceptions[row["provision"]][0], "by its own row in the table"
    own = verbs.read(row["verb"])
    if row["kind"].endswith("Acknowledgement") and own not in _BINDING:
        return _STATES, "as of whatever asks nobody to act"
    if own:
        return own, "by its verb"
    if row.get("parentForce"):
        return row["parentForce"], "that of the provision around it, since its verb has none of its own"
    return _STATES, "since its verb is in no row of the table"


def _rows(text: str, forces: set[str], verbs: _Verbs) -> Iterator[Finding]:
    """Read the table into `verbs`; what is wrong in it."""
    seen: set[str] = set()
    for number, row in table_of(FILE, text, _COLUMNS)[1]:
        verb, force, provision, reason = row.values()
        if bool(verb) == bool(provision) or bool(provision) != bool(reason):
            yield _finding(number, "a verb, or a provision with a reason", "\t".join(row.values()))
        elif force not in forces:
            yield _finding(number, "a concept of ontology/schemes/force.ttl", force)
        elif verb + provision in seen:
            yield _finding(number, "each verb and each provision once", verb + provision)
        elif verb:
            verbs.patterns.append((_pattern(verb), force))
        else:
            verbs.exceptions[thing("provision", provision)] = (force, number)
        seen.add(verb + provision)


def _of_nothing(verbs: _Verbs, provisions: list[dict[str, str]]) -> Iterator[Finding]:
    """Exceptions that speak of no provision, or that the rules make needless."""
    bare = _Verbs(verbs.patterns)
    known = {row["provision"]: row for row in provisions}
    texts = {row["instrument"].rsplit("/", 1)[1] for row in provisions}
    for provision, (force, number) in verbs.exceptions.items():
        name = brief(provision)
        row = known.get(provision)
        if row is None:
            if provision.rsplit("/", 2)[1] in texts:
                yield _finding(number, "a provision of the graph with a verb", name)
        elif _wanted(row, bare)[0] == force:
            yield _finding(number, "exceptions that are needed", f"{name} has this force by the rules")


def _finding(line: int, expected: str, got: str) -> Finding:
    return Finding("force-of-verbs", expected, got, "Mend the row.", file=FILE, line=line)


CHECKS = [Named("force-of-verbs", "Force is read from the verb, in every text by the same table.", _check)]
