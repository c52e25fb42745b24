"""Rules: one CONSTRUCT query per entailment, run when the data set is loaded.

A rule reads the union of all graphs; what it constructs goes to `graph/inferred/NAME`,
NAME being the file's name without the number that sets the order.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from commitgraph.iris import GRAPH


def inferred_graph(name: str) -> str:
    """IRI of the graph that holds what the rule `name` infers."""
    return f"{GRAPH}inferred/{name}"


def apply(store: ox.Store, root: Path, only: Collection[str] | None = None) -> dict[str, int]:
    """Run the rules of `root/ontology/rules` in the order of the numbers in their names.

    Args:
        store: holds what the files state, and gets what follows.
        root: the folder with `ontology/`.
        only: the names of the rules to run; all when None.

    Returns:
        For each rule that was run the number of triples that it inferred.

    Raises:
        ValueError: a file is not named `NUMBER-NAME.rq`, or holds something else than a CONSTRUCT query.
    """
    counts: dict[str, int] = {}
    for path in sorted((root / "ontology" / "rules").glob("*.rq"), key=_order):
        name = _order(path)[1]
        if only is not None and name not in only:
            continue
        graph = ox.NamedNode(inferred_graph(name))
        result = store.query(path.read_text(encoding="utf-8"), use_default_graph_as_union=True)
        if not isinstance(result, ox.QueryTriples):
            raise ValueError(f"{path.name}: expected a CONSTRUCT query")
        quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in result]
        store.extend(quads)
        counts[name] = len(quads)
    return counts


def _order(path: Path) -> tuple[int, str]:
    number, dash, name = path.stem.partition("-")
    if not (number.isdecimal() and dash and name):
        raise ValueError(f"{path.name}: expected a rule file named NUMBER-NAME.rq")
    return int(number), name
