"""Passages of provisions: what a reader needs to find and verify the words in any copy of the source."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local
from commitgraph.proof.passage import Fragment

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
        joint = "" if "#" in row["url"] else "#"
        passages.append(
            Passage(
                iri,
                row["digest"],
                int(row["length"]),
                local(row["form"]),
                fragment.start,
                fragment.end,
                f"{row['url']}{joint}{row['fragment']}" if row["url"] and row["fragment"] else row["url"],
                row["edition"],
                row["title"],
                row["read"],
                row["language"],
            )
        )
    return tuple(passages)
