"""Bounds: the numbers stated in `data/bounds.toml`, so that a loss by accident is loud."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named, Skipped
from commitgraph.checks.material import Material
from commitgraph.iris import local

FILE = "data/bounds.toml"

#: What is counted, by the table of the file: a query for name and number.
_COUNTS = {
    "adherences": """
SELECT ?name (COUNT(DISTINCT ?adherence) AS ?number) WHERE { ?adherence cg:toInstrument ?name }
GROUP BY ?name""",
    "provisions": """
SELECT ?name (COUNT(DISTINCT ?provision) AS ?number) WHERE { ?provision cg:inInstrument ?name }
GROUP BY ?name""",
    "concepts": """
SELECT ?name (COUNT(DISTINCT ?concept) AS ?number) WHERE { ?concept skos:inScheme ?name }
GROUP BY ?name""",
    "parties": """
SELECT ?name (COUNT(DISTINCT ?party) AS ?number) WHERE { ?name rdfs:subClassOf cg:Party . ?party a ?name }
GROUP BY ?name""",
}


def count(material: Material) -> dict[str, dict[str, int]]:
    """What the data hold: for each table of the bounds file, name to number."""
    return {
        table: dict(sorted((_short(row["name"]), int(row["number"])) for row in material.query(query)))
        for table, query in _COUNTS.items()
    }


def _bounds(material: Material) -> Iterator[Finding]:
    path = material.root / FILE
    if not path.is_file():
        raise Skipped(f"there is no {FILE}: state the numbers that the data should hold")
    text = path.read_text(encoding="utf-8")
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield Finding("bounds", "well-formed TOML", str(error), "Mend the syntax.", file=FILE)
        return
    lines = text.splitlines()
    for table, held in count(material).items():
        wanted = stated.get(table, {})
        for name in sorted(held.keys() | wanted.keys()):
            if held.get(name, 0) == wanted.get(name, 0):
                continue
            yield Finding(
                "bounds",
                expected=f"{wanted.get(name, 0)} {table} of {name}",
                got=str(held.get(name, 0)),
                todo=f"If the change is meant, write `{name} = {held.get(name, 0)}` under [{table}]; "
                "if not, find what was lost.",
                file=FILE,
                line=_line(lines, table, name),
            )


def _line(lines: list[str], table: str, name: str) -> int:
    """The line of `name` in `table`, or of the table, or 0."""
    start = next((n for n, line in enumerate(lines, 1) if line.strip() == f"[{table}]"), 0)
    for number, line in enumerate(lines[start:], start + 1):
        if line.startswith("["):
            break
        if line.split("=")[0].strip() == name:
            return number
    return start


def _short(iri: str) -> str:
    return local(iri) if "#" not in iri else iri.rsplit("#", 1)[1]


CHECKS = [Named("bounds", "The data hold as much as data/bounds.toml states.", _bounds)]
