"""Sources: the passages and documents that a statement rests on, as a reader can open and verify them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from commitgraph.domain.fragment import Fragment
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

#: Who put a copy out and which kind of source that is: what the copy says of itself goes before its document.
_ORIGIN = """
  OPTIONAL { ?edition cg:sourceKind ?own . ?own skos:notation ?place }
  OPTIONAL { ?document cg:sourceKind ?usual . ?usual skos:notation ?usualPlace }
  BIND(COALESCE(?own, ?usual) AS ?kind)
  BIND(COALESCE(?place, ?usualPlace, 99) AS ?rank)
  OPTIONAL { ?edition dcterms:publisher/rdfs:label ?copier }
  OPTIONAL { ?document dcterms:publisher/rdfs:label ?writer }
  BIND(COALESCE(?copier, ?writer) AS ?publisher)
"""
_SOURCES = """
SELECT DISTINCT ?thing ?source ?edition ?title ?url ?read ?note ?fragment ?digest
                ?kind ?rank ?publisher ?worded ?words ?itself WHERE {
  VALUES ?thing { $things }
  ?thing cg:attestedBy|cg:wordedIn|cg:searchedIn ?source .
  OPTIONAL {
    ?source cg:inEdition ?of .
    OPTIONAL { ?source oa:hasSelector/rdf:value ?fragment }
    OPTIONAL { ?source cg:passageDigest ?digest }
  }
  BIND(COALESCE(?of, ?source) AS ?edition)
  ?edition cg:editionOf ?document .
  BIND(EXISTS { ?thing cg:wordedIn ?source } AS ?worded)
  # A finding is what somebody read in marked words: they come first, whatever else was read beside them.
  BIND(?worded || (BOUND(?fragment) && EXISTS { ?thing a cg:Evidence }) AS ?words)
  BIND(EXISTS { ?document a cg:Instrument } AS ?itself)
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?edition cg:fetchedFrom ?url }
  OPTIONAL { ?edition cg:readOn ?read }
  OPTIONAL { ?edition cg:note ?note }
  $origin
}
ORDER BY ?thing DESC(?words) ?rank DESC(BOUND(?fragment)) ?edition ?source ?title ?url ?note ?publisher
""".replace("$origin", _ORIGIN)
_PASSAGES = """
SELECT DISTINCT ?passage ?digest ?length ?form ?fragment ?edition ?url ?read ?language ?title ?kind
                ?worded ?itself WHERE {
  $thing cg:wordedIn|cg:attestedBy ?passage .
  BIND(EXISTS { $thing cg:wordedIn ?passage } AS ?worded)
  BIND(EXISTS { ?passage cg:inEdition/cg:editionOf/a cg:Instrument } AS ?itself)
  ?passage cg:passageDigest ?digest ; cg:passageLength ?length ; cg:inEdition ?edition .
  OPTIONAL { ?passage cg:normalForm ?form }
  OPTIONAL { ?passage oa:hasSelector/rdf:value ?fragment }
  OPTIONAL { ?edition cg:fetchedFrom ?url }
  OPTIONAL { ?edition cg:readOn ?read }
  OPTIONAL { ?edition dcterms:language ?language }
  OPTIONAL { ?edition cg:editionOf ?document . OPTIONAL { ?document rdfs:label ?title } }
  $origin
} ORDER BY ?passage
""".replace("$origin", _ORIGIN)
_COPIES = """
SELECT ?edition ?url ?read ?archived ?note WHERE {
  { ?edition cg:editionOf $thing } UNION { $thing cg:fetchedFrom ?own . BIND($thing AS ?edition) }
  OPTIONAL { ?edition cg:fetchedFrom ?url }
  OPTIONAL { ?edition cg:readOn ?read }
  OPTIONAL { ?edition schema:archivedAt ?ofEdition }
  OPTIONAL { ?edition cg:editionOf/schema:archivedAt ?ofDocument }
  BIND(COALESCE(?ofEdition, ?ofDocument) AS ?archived)
  OPTIONAL { ?edition cg:note ?note }
} ORDER BY ?edition ?archived ?note
"""
#: Where the Internet Archive lists the copies that it may have of an address.
_LOOK = "https://web.archive.org/web/*/"
_OFFICIAL = frozenset({"issuer", "convener"})
_PRESS = frozenset({"news", "trade-press"})
_WEAK = frozenset({"aggregator", "mirror", "memory"})


def weakness(kind: str) -> str:
    """The words that mark a proof wherever it is shown first, where its kind is a weak one; else empty.

    Weak is what only carries or retells what others put out, and what nobody read.

    >>> weakness("mirror"), weakness("memory"), weakness("news"), weakness("")
    ('weak source', 'weak source', '', '')
    """
    return "weak source" if kind in _WEAK else ""


def wording(kind: str, url: str, *, worded: bool, own: bool = True) -> str:
    """What a link to a source of a provision may be called.

    Args:
        kind: the source kind, such as `issuer`; empty where it is not known.
        url: where the copy was read.
        worded: whether words of the provision were read in it.
        own: whether it is a copy of the text of the provision, and no other document that speaks of it.

    >>> wording("issuer", "https://docs.un.org/en/A/RES/78/265", worded=True)
    'official wording'
    >>> wording("mirror", "https://www.example.org/a", worded=True)
    'copy of the text at example.org'
    >>> wording("news", "https://example.org/a", worded=False)
    'press report; wording not seen'
    >>> wording("research", "https://example.org/a", worded=True, own=False)
    'as quoted at example.org'

    Whether the source is a weak one, :func:`weakness` says beside it.
    """
    if kind in _OFFICIAL:
        return "official wording" if worded else "official page"
    if kind in _PRESS:
        return "as quoted in a press report" if worded else "press report; wording not seen"
    if kind == "memory":
        return "from memory; wording not seen"
    if kind == "aggregator" and not worded:
        return "weak source; wording not seen"
    place = (urlsplit(url).hostname or "").removeprefix("www.")
    if not own:
        where = f"at {place}" if place else "elsewhere"
        return f"as quoted {where}" if worded else f"told {where}; wording not seen"
    return f"copy of the text at {place}" if place else "copy of the text"


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
        worded: whether words of the thing were read in it, and not only what others say of it.
        own: whether it is a copy of an instrument, and no other document.
        provable: whether the graph holds the digest of the words. Without it the link opens at the words,
            as far as the page still has them, but nothing proves them.
        kind: the source kind, such as `issuer` or `mirror`; empty where it is not told.
        publisher: name of whoever put the copy out; empty where it is not told.
        weak: whether it only carries or retells what others put out, or nobody read it.
    """

    iri: str
    edition: str
    title: str
    url: str
    fragment: str
    read_on: str
    note: str = ""
    worded: bool = False
    own: bool = True
    provable: bool = False
    kind: str = ""
    publisher: str = ""
    weak: bool = field(init=False)

    def __post_init__(self) -> None:
        # A field and no property, so that it goes into JSON, too.
        object.__setattr__(self, "weak", bool(weakness(self.kind)))

    @property
    def weakness(self) -> str:
        """What marks it as a weak source; empty where it is none."""
        return weakness(self.kind)

    @property
    def wording(self) -> str:
        """What a link to it may be called, where it bears out a provision."""
        return wording(self.kind, self.url, worded=self.worded, own=self.own)

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
    """For each of `things` (IRIs) what bears it out: its words first, then the nearest kind of source.

    Empty where nothing does.
    """
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
                worded=row["worded"] == "true",
                own=row["itself"] == "true",
                provable=bool(row["digest"]),
                kind=local(row["kind"]),
                publisher=row["publisher"],
            )
            # A copy that several put out together is one source.
            if all(known.iri != source.iri for known in found[row["thing"]]):
                found[row["thing"]].append(source)
    return {thing: tuple(sources) for thing, sources in found.items()}


@dataclass(frozen=True)
class CopyRead:
    """A copy of a document that was read, and where to look once its page is gone.

    Attributes:
        iri: the edition.
        url: where it was read; empty where no address is known.
        read_on: day or month on which it was read.
        archived: address of a copy that an archive keeps; empty where none is known.
        note: a remark on it, such as that its address was not opened; empty where there is none.
    """

    iri: str
    url: str
    read_on: str
    archived: str
    note: str

    @property
    def look_for(self) -> str:
        """Address at which to look for archived copies. Nobody looked there: there may be none.

        >>> CopyRead("urn:a", "https://example.org/a", "2026-11", "", "").look_for
        'https://web.archive.org/web/*/https://example.org/a'
        """
        return _LOOK + self.url if self.url else ""


def copies_of(engine: Engine, thing: str) -> tuple[CopyRead, ...]:
    """The copies read of the document `thing` (IRI), or `thing` itself where it is such a copy."""
    found = {row["edition"]: row for row in reversed(rows(engine, _COPIES, thing=thing))}
    return tuple(
        CopyRead(iri, row["url"], row["read"], row["archived"], row["note"])
        for iri, row in sorted(found.items())
    )


@dataclass(frozen=True)
class Passage:
    """A stretch of words in an edition, without the words.

    Attributes:
        iri: the passage.
        digest, length, form: SHA-256 and number of characters of its normal form, and which form that is.
        starts, ends: the few words at either end that the link carries; `ends` may be empty.
        link: address that opens the source at the words, or of the source, or empty.
        edition, title, read_on, language: the copy that was read, of which document, when, in which language.
        wording: what the link may be called.
        worded: whether it words the thing, and does not only attest it.
        weakness: what marks the copy as a weak source; empty where it is none.
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
    wording: str
    worded: bool
    weakness: str


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
                wording=wording(
                    local(row["kind"]),
                    row["url"],
                    worded=row["worded"] == "true",
                    own=row["itself"] == "true",
                ),
                worded=row["worded"] == "true",
                weakness=weakness(local(row["kind"])),
            )
        )
    return tuple(passages)
