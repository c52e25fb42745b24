"""Result tables: rows of a query as a reader wants them, names in place of IRIs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from commitgraph.engine import Result
from commitgraph.engine.face import Term
from commitgraph.names import shorten
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
