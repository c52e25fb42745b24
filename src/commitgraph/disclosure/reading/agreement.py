"""A second opinion: our readers keep places, and pyoxigraph must have read the same graph.

Where the two disagree the file is refused, so that a fault of ours can cost a line number but never
change a verdict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from commitgraph.disclosure.reading.source import MAX_DEPTH, Place, Refused
from commitgraph.disclosure.reading.statements import FILE_BASE, NODE, Statement

_PLACE = re.compile(r"(?:at line |error at )(\d+)(?: column |:)(\d+)")


def agree(statements: Iterable[Statement], text: str, notation: ox.RdfFormat) -> None:
    """Compare what one of our readers understood with what pyoxigraph understands.

    Raises:
        Refused: the graphs are not the same, or pyoxigraph cannot read the text.
    """
    try:
        parsed = ox.parse(input=text, format=notation, base_iri=FILE_BASE)
        theirs = [quad.triple for quad in parsed]
    except (SyntaxError, ValueError) as error:
        found = _PLACE.search(str(error))
        place = Place(int(found[1]), int(found[2])) if found else Place()
        reason = str(error)[:200].rstrip(".")
        raise Refused("CG005", f"This is not well-formed {notation.name}: {reason}.", place) from None
    ours = [ox.Triple(s.subject, s.predicate, s.object) for s in statements]
    if shape_of(ours) != shape_of(theirs):
        wrong = f"Two readers understand this {notation.name} differently; write it more simply."
        raise Refused("CG005", wrong)


def shape_of(triples: Iterable[ox.Triple]) -> list[tuple[str, ...]]:
    """The graph with its unnamed nodes told apart by what hangs on them, whatever they are called.

    Refining by neighbours as often as a file may be nested tells the nodes of a tree apart; it
    takes a time that grows with the file only, where a full comparison could be made to explode.
    """
    distinct = set(triples)
    colours: dict[str, str] = defaultdict(str)
    for _ in range(MAX_DEPTH):
        around: dict[str, list[str]] = defaultdict(list)
        for triple in distinct:
            subject, value = _colour(triple.subject, colours), _colour(triple.object, colours)
            if _unnamed(triple.subject):
                around[str(triple.subject)].append(f"> {triple.predicate} {value}")
            if _unnamed(triple.object):
                around[str(triple.object)].append(f"< {triple.predicate} {subject}")
        refined = {key: str(hash(tuple(sorted(edges)))) for key, edges in around.items()}
        settled = len(set(refined.values())) == len(set(colours.values()))
        colours = defaultdict(str, refined)
        if settled:
            break
    return sorted(
        (_colour(t.subject, colours), str(t.predicate), _colour(t.object, colours)) for t in distinct
    )


def _unnamed(term: object) -> bool:
    return isinstance(term, ox.BlankNode) or (isinstance(term, ox.NamedNode) and term.value.startswith(NODE))


def _colour(term: object, colours: dict[str, str]) -> str:
    return "_:" + colours[str(term)] if _unnamed(term) else str(term)
