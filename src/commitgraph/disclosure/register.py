"""What the graph knows by name: parties, provisions, instruments."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from commitgraph.engine import Embedded, Engine
from commitgraph.find.names import Kind, LookupFailed, Names
from commitgraph.iris import ID, local
from commitgraph.near import alike


class Register:
    """Finds things by what people call them, and what they may have meant."""

    def __init__(self, engine: Engine) -> None:
        self._names = Names(engine)
        self._provisions = sorted(local(n.iri) for n in self._names.names if n.kind == "provision")
        self._instruments = sorted({name.partition("/")[0] for name in self._provisions})

    def knows(self, iri: str) -> bool:
        """Whether a party, instrument or provision has this address."""
        return iri in self._names.labels

    def label(self, iri: str) -> str | None:
        """What the thing at this address is called."""
        return self._names.labels.get(iri)

    def party(self, name: str) -> list[str]:
        """Addresses of the parties that go by a slug, address, identifier or name; none, one or several."""
        # The page of an identifier (https://www.wikidata.org/wiki/Q2283) stands for the identifier.
        foreign = name.startswith("http") and not name.startswith(ID)
        return self._find("party", name.rstrip("/").rpartition("/")[2] if foreign else name)

    def instrument(self, name: str) -> list[str]:
        """Addresses of the instruments that go by a slug, address or title."""
        return self._find("instrument", name)

    def provision(self, name: str) -> list[str]:
        """The address of the provision with exactly this slug or address."""
        return [iri for iri in (name, f"{ID}provision/{name}") if self.knows(iri)]

    def like(self, kind: Kind, name: str) -> str | None:
        """The slug of the thing that was probably meant."""
        if kind != "provision":
            near = self._names.near(kind, local(name), limit=1)
            return local(near[0]) if near else None
        slug = local(name).partition("/")[0]
        meant = [slug] if slug in self._instruments else alike(slug, self._instruments, 1)
        hits = alike(local(name), (p for p in self._provisions if p.partition("/")[0] in meant), 1)
        return hits[0] if hits else None

    def _find(self, kind: Kind, name: str) -> list[str]:
        try:
            return [self._names.resolve(kind, name.strip())]
        except LookupFailed as failure:
            return sorted(failure.candidates) if failure.ambiguous else []


@lru_cache(maxsize=2)
def register(store: ox.Store) -> Register:
    """The register of the graph in `store`, made once."""
    return Register(Embedded(store))
