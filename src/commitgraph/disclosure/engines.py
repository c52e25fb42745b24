"""What holds a disclosure against the shapes: the compiled ones, or pySHACL, which they are held equal to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

import pyoxigraph as ox

from commitgraph.disclosure.shapes import triples_of
from commitgraph.shacl import Hit, Shapes, compiled

EngineName = Literal["compiled", "pyshacl"]
#: What may judge: the shapes compiled to functions and queries, or pySHACL, the reference.
ENGINES: tuple[EngineName, ...] = ("compiled", "pyshacl")


def judge(
    triples: Iterable[ox.Triple], profiles: tuple[str, ...], engine: EngineName = "compiled"
) -> list[Hit]:
    """Hold a graph against the shapes of some profiles.

    Returns:
        The results, in a stable order, without duplicates.
    """
    if engine == "pyshacl":
        from commitgraph.shacl import reference  # noqa: PLC0415  (rdflib and pySHACL are slow to load)

        return reference.judge(triples, triples_of(profiles))
    return _compiled(profiles).judge(triples)


@cache
def _compiled(profiles: tuple[str, ...]) -> Shapes:
    return compiled(triples_of(profiles))
