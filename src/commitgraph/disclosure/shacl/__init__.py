"""Holding a graph against shapes.

Here live the engine that judges (`evaluator`) and pySHACL (`reference`), to which tests hold it equal.
Nothing here knows what a shape is about, or where in a file a result arose.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

import pyoxigraph as ox

from commitgraph.disclosure.shacl.evaluator import Shapes
from commitgraph.disclosure.shacl.hit import Hit
from commitgraph.disclosure.shapes import triples_of

__all__ = ["ENGINES", "EngineName", "Hit", "judge"]

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
        from commitgraph.disclosure.shacl import reference  # noqa: PLC0415  (rdflib and pySHACL are slow to load)

        return reference.judge(triples, profiles)
    return _compiled(profiles).judge(triples)


@cache
def _compiled(profiles: tuple[str, ...]) -> Shapes:
    return Shapes(triples_of(profiles))
