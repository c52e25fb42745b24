"""What the checks read: the files as bytes, their triples, the loaded graph, and where things stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from commitgraph.dataset import Dataset, list_files, load
from commitgraph.dataset.loader import is_table, read_table
from commitgraph.dataset.tables import TableError
from commitgraph.dataset.turtle import stable
from commitgraph.engine import Embedded
from commitgraph.engine.ask import with_prefixes
from commitgraph.iris import ID, RDF_TYPE, graph_of

_PREFIX = re.compile(r"^@prefix\s+([\w-]*):\s*<([^<>]*)>", re.MULTILINE)
_SUBJECT = re.compile(r"^(?:<([^<>]+)>|([\w-]*):([\w.-]+))", re.MULTILINE)


@dataclass(frozen=True)
class File:
    """One Turtle file.

    Attributes:
        name: path relative to the checked folder.
        text: its text.
        triples: what it states; empty when it is not well-formed.
        error: why it could not be parsed, or empty.
        error_line: the line of that fault, or 0.
    """

    name: str
    text: str
    triples: tuple[ox.Triple, ...]
    error: str = ""
    error_line: int = 0

    @property
    def graph(self) -> str:
        """IRI of the named graph that the file makes."""
        return graph_of(self.name)

    @cached_property
    def stable(self) -> tuple[str, str] | None:
        """The two parts of its stable form, prefixes and what follows; None where it holds a blank node."""
        try:
            return stable(self.triples)
        except ValueError:
            return None

    @cached_property
    def kinds_of(self) -> frozenset[str]:
        """The things whose kind the file states."""
        return frozenset(
            triple.subject.value
            for triple in self.triples
            if triple.predicate.value == RDF_TYPE and isinstance(triple.subject, ox.NamedNode)
        )

    @cached_property
    def lines(self) -> dict[str, int]:
        """Line on which the block of each subject starts."""
        found: dict[str, int] = {}
        spaces = dict(_PREFIX.findall(self.text))
        line, at = 1, 0
        for match in _SUBJECT.finditer(self.text):
            line += self.text.count("\n", at, match.start())
            at = match.start()
            if match[1] is not None:
                iri = match[1] if ":" in match[1].split("/", 1)[0] else ID + match[1]
            elif match[2] in spaces:
                iri = spaces[match[2]] + match[3]
            else:
                continue
            found.setdefault(iri, line)
        return found


@dataclass(frozen=True)
class Table(File):
    """One table, as the statements that its rows make.

    Attributes:
        rows: line of each thing that a row states, by its IRI.
    """

    rows: dict[str, int] = field(default_factory=dict)

    @cached_property
    def lines(self) -> dict[str, int]:
        """Line on which each thing is stated."""
        return {self.graph: 1, **self.rows}


@dataclass(frozen=True)
class Material:
    """A folder with `ontology/` and `data/`, as the checks see it.

    Attributes:
        root: the folder.
    """

    root: Path

    @cached_property
    def files(self) -> tuple[File, ...]:
        """All Turtle files of the data set, in the order of their names."""
        return tuple(self._read(name) for name in list_files(self.root) if name.endswith(".ttl"))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables of the data set, in the order of their names."""
        return tuple(self._table(name) for name in list_files(self.root) if is_table(name))

    @cached_property
    def graphs(self) -> tuple[File, ...]:
        """All files that make a named graph: Turtle, then tables."""
        return (*self.files, *self.tables)

    @cached_property
    def data(self) -> tuple[File, ...]:
        """The Turtle files of `data/`."""
        return tuple(file for file in self.files if file.name.startswith("data/"))

    @cached_property
    def dataset(self) -> Dataset:
        """The loaded graph, inferred graphs included.

        Raises:
            DataError: a file is not well-formed.
        """
        return load(self.root, keep=False)

    def query(self, text: str) -> list[dict[str, str]]:
        """Rows of a SELECT over all graphs merged, as plain text; unbound variables are absent."""
        answer = Embedded(self.dataset.store).query(with_prefixes(text))
        if answer.kind != "rows":
            raise ValueError(f"expected a SELECT query, got: {text[:80]}")
        return [{name: term.value for name, term in row.items()} for row in answer]

    def place(self, subject: str, graph: str = "") -> tuple[str, int]:
        """File and line where `subject` is described: in the file of `graph`, or where its kind stands."""
        told = [file for file in self.graphs if subject in file.lines]
        for file in sorted(told, key=lambda file: (file.graph != graph, subject not in file.kinds_of)):
            return file.name, file.lines[subject]
        return next(((file.name, 0) for file in self.graphs if file.graph == graph), ("", 0))

    def _read(self, name: str) -> File:
        content = (self.root / name).read_bytes()
        try:
            text = content.decode("utf-8")
            quads = ox.parse(input=content, format=ox.RdfFormat.TURTLE)
            return File(name, text, tuple(quad.triple for quad in quads))
        except SyntaxError as error:
            return File(name, text, (), str(error), error.lineno or 0)
        except UnicodeDecodeError as error:
            return File(name, "", (), f"not UTF-8: byte {error.start}")

    def _table(self, name: str) -> Table:
        content = (self.root / name).read_bytes()
        try:
            text = content.decode("utf-8")
            read = read_table(name, text)
            return Table(name, text, tuple(quad.triple for quad in read.quads), rows=read.lines)
        except TableError as error:
            return Table(name, text, (), error.what, error.line)
        except UnicodeDecodeError as error:
            return Table(name, "", (), f"not UTF-8: byte {error.start}")
