"""Sources: the passages and documents that a statement rests on, as a reader can open and verify them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commitgraph.domain.fragment import Fragment
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_SOURCES = """
SELECT DISTINCT ?thing ?source ?edition ?title ?url ?read ?note ?fragment ?digest WHERE {
  VALUES ?thing { $things }
  ?thing cg:attestedBy|cg:wordedIn|cg:searchedIn ?source .
  OPTIONAL {
    ?source cg:inEdition ?of .
    OPTIONAL { ?source oa:hasSelector/rdf:value ?fragment }
    OPTIONAL { ?source cg:passageDigest ?digest }
  }
  BIND(COALESCE(?of, ?source) AS ?edition)
  ?edition cg:editionOf ?document .
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?edition cg:fetchedFrom ?url }
  OPTIONAL { ?edition cg:readOn ?read }
  OPTIONAL { ?edition cg:note ?note }
}
ORDER BY ?thing DESC(BOUND(?fragment)) ?edition ?source ?title ?url ?note
"""
_PASSAGES = """
SELECT DISTINCT ?passage ?digest ?length ?form ?fragment ?edition ?url ?read ?language ?title WHERE {
  $thing cg:wordedIn|cg:attestedBy ?passage .
  ?passage cg:passageDigest ?digest ; cg:passageLength ?length ; cg:inEdition ?edition .
  OPTIONAL { ?passage cg:normalForm ?form }
  OPTIONAL { ?passage oa:hasSelector/rdf:value ?fragment }
  OPTIONAL { ?edition cg:fetchedFrom ?url }
  OPTIONAL { ?edition cg:readOn ?read }
  OPTIONAL { ?edition dcterms:language ?language }
  OPTIONAL { ?edition cg:editionOf/rdfs:label ?title }
} ORDER BY ?passage
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
        return deep_link(self.url, self.fragment)


def deep_link(url: str, fragment: str) -> str:
    """`url` with a text fragment on it; as it is where there is no fragment, empty where there is no address.

    >>> deep_link("https://example.org/a", ":~:text=We"), deep_link("https://example.org/a#s2", ":~:text=We")
    ('https://example.org/a#:~:text=We', 'https://example.org/a#s2:~:text=We')
    """
    if not url or not fragment:
        return url
    return f"{url}{'' if '#' in url else '#'}{fragment}"


def sources_of(engine: Engine, things: Iterable[str]) -> dict[str, tuple[Source, ...]]:
    """For each of `things` (IRIs) what bears it out, passages first; empty where nothing does."""
    wanted = sorted(set(things))
    found: dict[str, list[Source]] = {thing: [] for thing in wanted}
    if wanted:
        for row in rows(engine, _SOURCES, things=wanted):
            source = Source(
                iri=row["source"],
                edition=row["edition"],
                title=row["title"],
                url=row["url"],
                fragment=row["fragment"],
                read_on=row["read"],
                note=row["note"],
                provable=bool(row["digest"]),
            )
            found[row["thing"]].append(source)
    return {thing: tuple(sources) for thing, sources in found.items()}


@dataclass(frozen=True)
class Passage:
    """A stretch of words in an edition, without the words.

    Attributes:
        iri: the passage.
        digest, length, form: SHA-256 and number of characters of its normal form, and which form that is.
        starts, ends: the few words at either end that the link carries; `ends` may be empty.
        link: address that opens the source at the words, or of the source, or empty.
        edition, title, read_on, language: the copy that was read, of which document, when, in which language.
    """

    iri: str
    digest: str
    length: int
    form: str
    starts: str
    ends: str
    link: str
    edition: str
    title: str
    read_on: str
    language: str


def passages_of(engine: Engine, thing: str) -> tuple[Passage, ...]:
    """The passages that word or attest `thing` (IRI)."""
    found = {row["passage"]: row for row in rows(engine, _PASSAGES, thing=thing)}
    passages = []
    for iri, row in found.items():
        fragment = Fragment.parse(row["fragment"]) if row["fragment"] else Fragment("")
        passages.append(
            Passage(
                iri=iri,
                digest=row["digest"],
                length=int(row["length"]),
                form=local(row["form"]),
                starts=fragment.start,
                ends=fragment.end,
                link=deep_link(row["url"], row["fragment"]),
                edition=row["edition"],
                title=row["title"],
                read_on=row["read"],
                language=row["language"],
            )
        )
    return tuple(passages)
