"""Names of the graph: namespaces, IRIs of things, and the prefix table.

Every IRI that the project mints starts with :data:`BASE`. They are names first; the web
service also answers to them (`/id/…`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from commitgraph.home import home

if TYPE_CHECKING:
    from curies import Converter

BASE = "https://w3id.org/commitgraph/"
NS = BASE + "ns#"
ID = BASE + "id/"
SCHEME = BASE + "scheme/"
GRAPH = BASE + "graph/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE = RDF + "type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"

_PREFIX = re.compile(r"^@prefix\s+([\w.-]*):\s+<([^>]*)>\s*\.", re.MULTILINE)
_NAME = re.compile(r"[\w.-]*")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')


def prefixes() -> dict[str, str]:
    """The one prefix table (`data/prefixes.ttl`): prefix to namespace."""
    return _prefixes(home())


@cache
def _prefixes(folder: Path) -> dict[str, str]:
    table = folder / "data" / "prefixes.ttl"
    if not table.is_file():
        raise FileNotFoundError(f"expected the prefix table at {table}, found none: copy it from a checkout")
    return dict(_PREFIX.findall(table.read_text(encoding="utf-8")))


def is_iri(text: str) -> bool:
    """Whether `text` is an absolute IRI that is safe to write between angle brackets.

    >>> is_iri("https://w3id.org/commitgraph/ns#force"), is_iri("no iri"), is_iri("http://a/>b")
    (True, False, False)
    """
    return bool(_IRI.fullmatch(text))


def cg(term: str) -> str:
    """IRI of a term of the ontology.

    >>> cg("force")
    'https://w3id.org/commitgraph/ns#force'
    """
    return NS + term


def thing(kind: str, *parts: str) -> str:
    """IRI of a thing: its kind (`party`, `instrument`, `provision` …) and its path below.

    >>> thing("provision", "seoul-ai-business-pledge", "a1-3")
    'https://w3id.org/commitgraph/id/provision/seoul-ai-business-pledge/a1-3'
    """
    return ID + "/".join((kind, *parts))


def concept(scheme: str, name: str) -> str:
    """IRI of a concept of one of our schemes.

    >>> concept("force", "will-try")
    'https://w3id.org/commitgraph/scheme/force/will-try'
    """
    return f"{SCHEME}{scheme}/{name}"


def graph_of(path: str) -> str:
    """IRI of the named graph that holds the file at `path` (relative, with extension).

    >>> graph_of("data/instruments/unga-res-78-265.ttl")
    'https://w3id.org/commitgraph/graph/data/instruments/unga-res-78-265'
    """
    return GRAPH + path.rsplit(".", 1)[0]


def local(iri: str) -> str:
    """The part of one of our thing or concept IRIs that people type: what follows the kind.

    >>> local("https://w3id.org/commitgraph/id/party/microsoft")
    'microsoft'
    >>> local("https://w3id.org/commitgraph/id/provision/seoul-ai-business-pledge/a1-3")
    'seoul-ai-business-pledge/a1-3'
    >>> local("http://example.org/x")
    'http://example.org/x'
    """
    for space in (ID, SCHEME):
        if iri.startswith(space):
            return iri[len(space) :].split("/", 1)[-1]
    return iri


def shorten(iri: str) -> str:
    """`prefix:name` for an IRI in a known namespace, else the IRI itself.

    >>> shorten("https://w3id.org/commitgraph/ns#Party")
    'cg:Party'
    """
    curie = converter(prefixes()).compress(iri)
    if curie is None:
        return iri
    # What Turtle and SPARQL could not read as a name with a prefix stays an IRI.
    name = curie.partition(":")[2]
    return curie if _NAME.fullmatch(name) and not name.endswith(".") else iri


def converter(table: Mapping[str, str]) -> Converter:
    """Between IRIs and names with a prefix of `table` (prefix to namespace); the longest namespace wins.

    Raises:
        ValueError: a prefix or namespace is none.
    """
    return _converter(tuple(table.items()))


@lru_cache(maxsize=32)
def _converter(table: tuple[tuple[str, str], ...]) -> Converter:
    from curies import Converter  # noqa: PLC0415  (slow to load, and much needs no prefixes)

    # Not strict: a table may give a namespace two prefixes.
    return Converter.from_prefix_map(dict(table), strict=False)
