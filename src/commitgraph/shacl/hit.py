"""One result of holding a graph against shapes, the same from every engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox


class Hit(NamedTuple):
    """One validation result: where it arose, on which property and value, and from which shape.

    Attributes:
        path: address of the property; None where there is none, and for a path of several steps.
        component: address of the kind of constraint that was broken.
        term: the value as the engine gave it, which tells a literal from an address.
    """

    shape: str
    focus: str
    path: str | None
    value: str | None
    messages: tuple[str, ...]
    component: str | None = None
    term: ox.NamedNode | ox.Literal | None = None


def ordered(hits: Iterable[Hit]) -> list[Hit]:
    """Results without duplicates, in a stable order."""
    return sorted(set(hits), key=lambda hit: tuple(str(part or "") for part in hit))
