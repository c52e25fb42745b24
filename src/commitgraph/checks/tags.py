"""Tags: the table that turned the free tags of our readings into topics still fits the topics."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named
from commitgraph.checks.material import Material
from commitgraph.iris import concept

FILE = "ontology/schemes/topic-tags.tsv"
_COLUMNS = ["tag", "topic", "note"]
_TOPICS = """
SELECT ?topic WHERE { ?topic a cg:Topic ; skos:broader ?group }
"""


def _tags(material: Material) -> Iterator[Finding]:
    path = material.root / FILE
    if not path.is_file():
        return  # a graph without such a table has nothing that could be wrong in it
    rows = list(
        csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    if not rows or rows[0] != _COLUMNS:
        yield _finding(1, f"the columns {', '.join(_COLUMNS)}", ", ".join(rows[0]) if rows else "nothing")
        return
    topics = {row["topic"] for row in material.query(_TOPICS)}
    before = ""
    used: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(_COLUMNS):
            yield _finding(number, f"{len(_COLUMNS)} columns", str(len(row)))
            continue
        tag, names, note = row
        if tag <= before:
            yield _finding(number, "tags in the order of the alphabet, each once", f"{tag} after {before}")
        before = tag
        if not names and not note:
            yield _finding(number, "a topic, or a note that says why there is none", f"neither, for {tag}")
        for name in filter(None, names.split("|")):
            used.add(concept("topic", name))
            if concept("topic", name) not in topics:
                yield _finding(number, "a topic of ontology/schemes/topic.ttl that has a group", name)
    for topic in sorted(topics - used):
        yield _finding(1, "at least one tag for every topic", f"none for {topic.rsplit('/', 1)[1]}")


def _finding(line: int, expected: str, got: str) -> Finding:
    return Finding("tags", expected, got, "Mend the row, or the scheme.", file=FILE, line=line)


CHECKS = [Named("tags", "Every free tag of our readings leads to a topic that there is.", _tags)]
