"""The result of a query as a page shows it: a table with names in place of IRIs, or yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from commitgraph.engine import Result
from commitgraph.engine.formats import GRAPHS, ROWS
from commitgraph.engine.result import Kind, Term
from commitgraph.iris import shorten
from commitgraph.web.pages.site import href

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Cell:
    """A value: what is shown, where it leads (empty for plain text), and its language."""

    text: str
    address: str
    language: str


@dataclass(frozen=True)
class Table:
    """Headings and cells; `more` rows were left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    more: int


@dataclass(frozen=True)
class Answer:
    """The result of a query, ready for a page.

    Attributes:
        kind: `rows`, `boolean` or `graph`.
        count: how many rows or triples there are; 0 for a boolean.
        boolean: the answer of an ASK.
        table: the rows, or the triples of a graph; None for a boolean.
        downloads: name of each format that this kind of result has, and the address that gives it.
    """

    kind: Kind
    count: int
    boolean: bool
    table: Table | None
    downloads: tuple[tuple[str, str], ...]


def answer(result: Result, query: str, labels: Mapping[str, str], most: int) -> Answer:
    """What a page shows of `result`, the answer to `query`: at most `most` rows or triples of it."""
    rows = Result("rows") if result.kind == "boolean" else result.as_rows()
    formats = GRAPHS if result.kind == "graph" else ROWS
    return Answer(
        result.kind,
        len(rows.rows),
        result.boolean,
        None if result.kind == "boolean" else table(rows, labels, most),
        tuple((name, "/sparql?" + urlencode({"query": query, "format": name})) for name in formats),
    )


def table(result: Result, labels: Mapping[str, str], most: int) -> Table:
    """The rows of a result, at most `most` of them.

    A column that has another beside it with the same name and `Label` at the end is shown once: by the
    label, leading to the thing.
    """
    shown = [name for name in result.variables if not _is_label(name, result.variables)]
    rows = tuple(
        tuple(_cell(row.get(name), row.get(f"{name}Label"), labels) for name in shown)
        for row in result.rows[:most]
    )
    return Table(
        tuple(_WORDS.sub(" ", name).lower() for name in shown), rows, max(0, len(result.rows) - most)
    )


def _is_label(name: str, names: tuple[str, ...]) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in names


def _cell(term: Term | None, label: Term | None, labels: Mapping[str, str]) -> Cell | None:
    if term is None:
        return Cell(label.value, "", label.language) if label else None
    if term.kind == "uri":
        text = label.value if label else labels.get(term.value) or shorten(term.value)
        address = href(term.value)
        return Cell(text, address if address.startswith(("/", "http://", "https://")) else "", "")
    if term.value.startswith(("http://", "https://")) and " " not in term.value:
        return Cell(term.value, term.value, "")
    return Cell(term.value, "", term.language)
