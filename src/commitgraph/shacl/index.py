"""A small graph in memory, found by subject or by object: what shapes and their evaluation walk along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pyoxigraph as ox

from commitgraph.iris import RDF

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_NIL = ox.NamedNode(RDF + "nil")


class Index:
    """Triples by their ends. Properties are given by their address.

    Args:
        triples: of RDF 1.1: none of them is about another triple.
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._out: dict[str, dict[Term, list[Term]]] = {}
        self._in: dict[str, dict[Term, list[Term]]] = {}
        for subject, predicate, value in dict.fromkeys(triples):
            self._out.setdefault(predicate.value, {}).setdefault(subject, []).append(value)

    def _into(self, predicate: str) -> dict[Term, list[Term]]:
        """What has a property, by its value: made when it is first asked for."""
        if predicate not in self._in:
            self._in[predicate] = {}
            for subject, values in self._out.get(predicate, {}).items():
                for value in values:
                    self._in[predicate].setdefault(value, []).append(subject)
        return self._in[predicate]

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """What the subject has for the property, each once."""
        return self._out.get(predicate, {}).get(subject, [])

    def subjects(self, predicate: str, value: Term) -> list[Term]:
        """What has the value for the property, each once."""
        return self._into(predicate).get(value, [])

    def value(self, subject: Term, predicate: str) -> Term | None:
        """One of the values of the property; None where there is none."""
        return next(iter(self.objects(subject, predicate)), None)

    def text(self, subject: Term, predicate: str) -> str:
        """One of the values of the property, as text; empty where there is none."""
        value = self.value(subject, predicate)
        return value.value if value else ""

    def having(self, predicate: str) -> Iterable[Term]:
        """All subjects that have the property, each once."""
        return self._out.get(predicate, {})

    def values(self, predicate: str) -> Iterable[Term]:
        """All values of the property, each once."""
        return self._into(predicate)

    def terms(self) -> Iterator[Term]:
        """All values of all properties, more than once where several have them."""
        for subjects in self._out.values():
            for values in subjects.values():
                yield from values

    def properties(self, subject: Term) -> Iterable[str]:
        """The properties that the subject has."""
        return [name for name, subjects in self._out.items() if subject in subjects]

    def items(self, head: Term) -> Iterator[Term]:
        """The members of a list.

        Raises:
            ValueError: it has no end.
        """
        seen = set()
        while head != _NIL:
            if head in seen:
                raise ValueError("expected a list with an end, got one that leads back to itself")
            seen.add(head)
            yield from self.objects(head, RDF + "first")[:1]
            head = self.value(head, RDF + "rest") or _NIL
