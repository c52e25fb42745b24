"""Saved questions: each can be parsed and gives an answer of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named, Skipped
from commitgraph.checks.material import Material
from commitgraph.engine import Embedded, QueryError
from commitgraph.questions import CatalogueError, parse


def _queries(material: Material) -> Iterator[Finding]:
    paths = sorted((material.root / "queries").glob("*.rq"))
    if not paths:
        raise Skipped("there are no saved questions in queries/")
    engine = Embedded(material.dataset.store)
    for path in paths:
        try:
            answer = engine.query(parse(path.read_text(encoding="utf-8"), path.stem).sparql)
        except (CatalogueError, QueryError) as error:
            yield Finding(
                "queries",
                expected="a saved question: a described SPARQL query that runs",
                got=str(error),
                todo="Mend the query or its header.",
                file=f"queries/{path.name}",
                line=getattr(error, "line", None) or 1,
            )
            continue
        if answer.kind != "boolean" and not len(answer):
            yield Finding(
                "queries",
                expected="at least one row: a saved question has an answer in the data",
                got="none",
                todo="Look whether the question still uses the terms of the data.",
                file=f"queries/{path.name}",
                line=1,
                level="note",
            )


CHECKS = [Named("queries", "Every saved question runs.", _queries)]
