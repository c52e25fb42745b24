"""Holding a graph against SHACL shapes: compiled to functions and queries, and by pySHACL, the reference.

Here lives what knows SHACL and nothing of disclosures or of our data: both are judged by it. What a shape
means is SHACL's to say; tests hold the compiled shapes to pySHACL, feature by feature.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from commitgraph.shacl.components import COMPONENTS
from commitgraph.shacl.hit import Hit
from commitgraph.shacl.index import Index, Term
from commitgraph.shacl.shapes import Shapes, Unsupported

__all__ = ["Hit", "Index", "Shapes", "Term", "Unsupported", "compiled"]


def compiled(triples: Iterable[ox.Triple]) -> Shapes:
    """The shapes of a graph, ready to judge others.

    Raises:
        Unsupported: something in it is not known.
    """
    return Shapes(triples, COMPONENTS)
