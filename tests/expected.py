"""What an answer over the shipped data should hold: read from the triples, not by the code that is tested.

A test that says "15" turns red when somebody adds a signature.
"""

from __future__ import annotations

import pyoxigraph as ox

from commitgraph.dataset import load
from commitgraph.iris import cg, thing

_TRUE = ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))


def signatories(slug: str, by: str = "9999-12-31") -> set[str]:
    """IRIs of the parties that signed or joined the instrument `slug` by that day; not whom others name.

    Only for instruments all of whose adherences began on a known day and have not ended.
    """
    return adherents(slug, by, acts=True)


def adherents(slug: str, by: str = "9999-12-31", *, acts: bool = False) -> set[str]:
    """IRIs of the parties whose standing to the instrument `slug` began by that day.

    Args:
        slug: of an instrument all of whose adherences began on a known day and have not ended.
        by: a day.
        acts: only those that signed or joined.
    """
    signs = {q.subject for q in load().store.quads_for_pattern(None, ox.NamedNode(cg("signs")), _TRUE, None)}
    found = set()
    for adherence in _subjects("toInstrument", slug):
        (mode,) = _values(adherence, "mode")
        if acts and ox.NamedNode(mode) not in signs:
            continue
        for adherent in _values(adherence, "adherent"):
            (since,) = _values(adherence, "since")
            assert len(since) == 10 and not _values(adherence, "until"), f"{slug}: no sure days"
            if since <= by:
                found.add(adherent)
    return found


def provisions(slug: str) -> set[str]:
    """IRIs of the provisions of the instrument `slug`."""
    return {provision.value for provision in _subjects("inInstrument", slug)}


def _subjects(term: str, slug: str) -> set[ox.NamedNode]:
    value = ox.NamedNode(thing("instrument", slug))
    quads = load().store.quads_for_pattern(None, ox.NamedNode(cg(term)), value, None)
    return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _values(subject: ox.NamedNode, term: str) -> set[str]:
    quads = load().store.quads_for_pattern(subject, ox.NamedNode(cg(term)), None, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)}
