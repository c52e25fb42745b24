"""Notations: those that a disclosure may be written in, and the extensions of their files."""

from __future__ import annotations

from typing import NamedTuple


class Notation(NamedTuple):
    """One notation.

    Attributes:
        name: what it is called.
        reader: key of what reads it; some share one.
        extensions: the ends of the names of its files, each with its dot.
    """

    name: str
    reader: str
    extensions: tuple[str, ...]


NOTATIONS = (
    Notation("YAML", "yaml", (".yaml", ".yml")),
    Notation("JSON", "json", (".json",)),
    Notation("CSV", "csv", (".csv",)),
    Notation("XLSX", "xlsx", (".xlsx",)),
    Notation("JSON-LD", "json", (".jsonld",)),
    Notation("Turtle", "turtle", (".ttl",)),
    Notation("N-Triples", "turtle", (".nt",)),
    Notation("TriG", "trig", (".trig",)),
    Notation("N-Quads", "nquads", (".nq",)),
    Notation("RDF/XML", "rdfxml", (".rdf",)),
)
#: The key of the reader of each extension.
READERS = {extension: notation.reader for notation in NOTATIONS for extension in notation.extensions}
#: Extensions of the notations that are judged.
EXTENSIONS = tuple(READERS)

_TOLD = [f"{notation.name} ({', '.join(notation.extensions)})" for notation in NOTATIONS]
#: The notations by name, with their extensions.
ACCEPTED = f"{', '.join(_TOLD[:-1])} and {_TOLD[-1]}"
