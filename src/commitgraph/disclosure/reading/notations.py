"""Notations: those that a disclosure may be written in, and how their files are called and sent."""

from __future__ import annotations

from typing import NamedTuple


class Notation(NamedTuple):
    """One notation.

    Attributes:
        name: what it is called.
        reader: key of what reads it; some share one.
        extensions: the ends of the names of its files, each with its dot.
        media_types: under which it is sent, the registered one first.
    """

    name: str
    reader: str
    extensions: tuple[str, ...]
    media_types: tuple[str, ...]


NOTATIONS = (
    Notation(
        "YAML",
        "yaml",
        (".yaml", ".yml"),
        ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"),
    ),
    Notation("JSON", "json", (".json",), ("application/json",)),
    Notation("CSV", "csv", (".csv",), ("text/csv",)),
    Notation(
        "XLSX",
        "xlsx",
        (".xlsx",),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    ),
    Notation("JSON-LD", "json", (".jsonld",), ("application/ld+json",)),
    Notation("Turtle", "turtle", (".ttl",), ("text/turtle",)),
    Notation("N-Triples", "turtle", (".nt",), ("application/n-triples",)),
    Notation("TriG", "trig", (".trig",), ("application/trig",)),
    Notation("N-Quads", "nquads", (".nq",), ("application/n-quads",)),
    Notation("RDF/XML", "rdfxml", (".rdf",), ("application/rdf+xml",)),
)
#: The key of the reader of each extension.
READERS = {extension: notation.reader for notation in NOTATIONS for extension in notation.extensions}
#: What is read from a text, by the key of its reader: the notations that share it.
TEXTS = {
    reader: tuple(notation for notation in NOTATIONS if notation.reader == reader)
    for reader in dict.fromkeys(READERS.values())
    if reader != "xlsx"
}
#: The extension of the files that are sent under each media type.
SENT_AS = {media: notation.extensions[0] for notation in NOTATIONS for media in notation.media_types}
#: Extensions of the notations that are judged.
EXTENSIONS = tuple(READERS)

_TOLD = [f"{notation.name} ({', '.join(notation.extensions)})" for notation in NOTATIONS]
#: The notations by name, with their extensions.
ACCEPTED = f"{', '.join(_TOLD[:-1])} and {_TOLD[-1]}"
