"""Sources: what bears a statement out, as a reader can open it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commitgraph.engine import Engine

_SOURCES = """
PREFIX cg: <https://w3id.org/commitgraph/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?thing ?source ?edition ?title ?url ?read ?note ?fragment ?digest WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing cg:attestedBy|cg:wordedIn|cg:searchedIn ?source .
  OPTIONAL {{
    ?source cg:inEdition ?of .
    OPTIONAL {{ ?source oa:hasSelector/rdf:value ?fragment }}
    OPTIONAL {{ ?source cg:passageDigest ?digest }}
  }}
  BIND(COALESCE(?of, ?source) AS ?edition)
  ?edition cg:editionOf ?document .
  OPTIONAL {{ ?document rdfs:label ?title }}
  OPTIONAL {{ ?edition cg:fetchedFrom ?url }}
  OPTIONAL {{ ?edition cg:readOn ?read }}
  OPTIONAL {{ ?edition cg:note ?note }}
}}
ORDER BY ?thing DESC(BOUND(?fragment)) ?edition ?source
"""


@dataclass(frozen=True)
class Source:
    """One passage, mark or edition that bears a statement out.

    Attributes:
        iri: the passage, mark or edition.
        edition: the edition that was read.
        title: the document.
        url: where it was read; empty where no address is known.
        fragment: the text fragment of the passage or mark, empty for a whole edition.
        read_on: day or month on which it was read.
        note: a remark on the edition.
        provable: whether the graph holds the digest of the words. Without it the link opens at the words,
            as far as the page still has them, but nothing proves them.
    """

    iri: str
    edition: str
    title: str
    url: str
    fragment: str
    read_on: str
    note: str = ""
    provable: bool = False

    @property
    def link(self) -> str:
        """Address that opens the document at the words, where the browser can."""
        if not self.url or not self.fragment:
            return self.url
        return f"{self.url}{'' if '#' in self.url else '#'}{self.fragment}"


def sources_of(engine: Engine, things: Iterable[str]) -> dict[str, tuple[Source, ...]]:
    """For each of `things` (IRIs) what bears it out, passages first; empty where nothing does."""
    wanted = sorted(set(things))
    found: dict[str, list[Source]] = {thing: [] for thing in wanted}
    if wanted:
        query = _SOURCES.format(things=" ".join(f"<{thing}>" for thing in wanted))
        for row in engine.query(query).values():
            source = Source(
                row["source"],
                row["edition"],
                row["title"],
                row["url"],
                row["fragment"],
                row["read"],
                row["note"],
                bool(row["digest"]),
            )
            found[row["thing"]].append(source)
    return {thing: tuple(sources) for thing, sources in found.items()}
