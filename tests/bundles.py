"""Files of the bundle of shapes, as rdflib reads them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import rdflib


@cache
def store_of(text: bytes, format: str = "nt") -> rdflib.Graph:
    """A file of RDF in rdflib; the graph is shared, and not to be changed."""
    return rdflib.Graph().parse(data=text, format=format)


def shapes_in(made: Mapping[str, bytes], chosen: tuple[str, ...]) -> rdflib.Graph:
    """The shapes of some profiles as they stand in a bundle."""
    graph = rdflib.Graph()
    for name in chosen:
        for file in (f"shapes/{name}.ttl", f"shapes/{name}-sparql.ttl"):
            if file in made:
                graph += store_of(made[file], "turtle")
    return graph
