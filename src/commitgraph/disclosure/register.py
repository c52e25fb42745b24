"""What the graph knows by name: parties, provisions, instruments."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import Any

import pyoxigraph as ox

from commitgraph.dataset import Dataset, load
from commitgraph.names import ID, NS

_PREFIXES = f"""
PREFIX cg: <{NS}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_LABELS = (
    _PREFIXES
    + """
SELECT ?thing ?name WHERE {
  ?thing a ?class . FILTER (STRSTARTS(STR(?thing), "%s"))
  OPTIONAL { ?thing rdfs:label|skos:altLabel ?name }
}"""
)
_IDENTIFIERS = (
    _PREFIXES + "SELECT ?thing ?name WHERE { ?i a cg:Identifier ; cg:identifies ?thing ; cg:identifierValue ?name }"
)
_SPACE = re.compile(r"[\W_]+")


class Register:
    """Finds things by what people call them.

    Attributes:
        parties: slugs of all parties.
        provisions: `instrument/number` of all provisions.
        instruments: slugs of all instruments.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._store = dataset.store
        self._parties = self._names("party/", identifiers=True)
        self._instruments = self._names("instrument/")
        self.party_names = sorted(
            {str(row["name"].value) for row in self._rows(_LABELS % (ID + "party/")) if row["name"] is not None}
        )
        self.parties = self._slugs("party/")
        self.instruments = self._slugs("instrument/")
        self.provisions = self._slugs("provision/")
        self._known = {
            ID + kind + slug
            for kind, slugs in (
                ("party/", self.parties),
                ("instrument/", self.instruments),
                ("provision/", self.provisions),
            )
            for slug in slugs
        }

    def knows(self, iri: str) -> bool:
        """Whether a party, instrument or provision has this address."""
        return iri in self._known

    def party(self, name: str) -> list[str]:
        """Addresses of the parties that go by a slug, address, identifier or name; none, one or several."""
        return self._find("party/", self._parties, name)

    def instrument(self, name: str) -> list[str]:
        """Addresses of the instruments that go by a slug, address or title."""
        return self._find("instrument/", self._instruments, name)

    def _find(self, kind: str, names: dict[str, set[str]], name: str) -> list[str]:
        name = name.strip()
        for iri in (name, ID + kind + name):
            if iri in self._known and iri.startswith(ID + kind):
                return [iri]
        # The page of an identifier (https://www.wikidata.org/wiki/Q2283) stands for the identifier.
        last = name.rstrip("/").rpartition("/")[2] if name.startswith("http") else name
        return sorted(names.get(_folded(last), ()))

    def _names(self, kind: str, *, identifiers: bool = False) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(_LABELS % (ID + kind)):
            if row["name"] is not None:
                found[_folded(row["name"].value)].add(row["thing"].value)
        for row in self._rows(_IDENTIFIERS) if identifiers else ():
            found[_folded(row["name"].value)].add(row["thing"].value)
        return found

    def _slugs(self, kind: str) -> list[str]:
        space = ID + kind
        return sorted({row["thing"].value[len(space) :] for row in self._rows(_LABELS % space)})

    def _rows(self, query: str) -> Any:
        rows = self._store.query(query, use_default_graph_as_union=True)
        return rows if isinstance(rows, ox.QuerySolutions) else ()


def _folded(name: str) -> str:
    """A name without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _SPACE.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


@cache
def register() -> Register:
    """The register of the shipped data."""
    return Register(load())
