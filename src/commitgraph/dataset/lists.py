"""The tables of standings as statements, and in their stable form.

On top of each stand lines `#key: value` about the table itself; then the names of the columns, and the rows.
:mod:`commitgraph.dataset.columns` says which there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from commitgraph.dataset.columns import ABOUT, DERIVED, Field, Kind, Term, kind_of
from commitgraph.dataset.tables import SHOWN, Reading, TableError, cells_of, lines_of, rows_of, written
from commitgraph.dataset.turtle import natural
from commitgraph.iris import ID, RDF_TYPE, cg, graph_of, thing

_ATTESTED = cg("attestedBy")


@dataclass(frozen=True)
class _Table:
    """A table as it is written: keys and rows, each with its line, and the fields that they belong to."""

    name: str
    kind: Kind
    top: list[tuple[int, Field, str]]
    columns: list[Field]
    rows: list[tuple[int, dict[str, str]]]

    @property
    def text(self) -> str:
        """The text that it is on, by its name in addresses; empty where it is on several."""
        return next(iter(self._groups()), "")

    @property
    def roll(self) -> str:
        """IRI of the list that it gives; empty where it is none."""
        return thing("roll", *self._groups()) if self.kind.space == "entry" else ""

    def row_iri(self, cells: dict[str, str]) -> str:
        """IRI of the thing that a row states."""
        return thing(self.kind.space, *self._groups(), self.kind.place(cells))

    def _groups(self) -> tuple[str, ...]:
        match = self.kind.path.fullmatch(self.name)
        return match.groups() if match else ()


def _parsed(name: str, content: str) -> _Table:
    kind = kind_of(name)
    if kind is None:
        raise TableError(
            name,
            1,
            "expected a table at a place that data/README.md names, such as data/rolls/TEXT/LIST.tsv",
        )
    top, lines = lines_of(content)
    keys = {field.name: field for field in (*ABOUT, *kind.top)}
    said: list[tuple[int, Field, str]] = []
    for number, line in enumerate(top, 1):
        cells = cells_of(line) or [""]
        key, colon, words = cells[0].removeprefix("#").partition(":")
        field = keys.get(key.strip())
        if not colon or field is None or len(cells) > 1:
            raise TableError(
                name, number, f"expected #KEY: VALUE with one of {', '.join(keys)}; got {line[:SHOWN]!r}"
            )
        if not field.repeats and any(field is other for _, other, _ in said):
            raise TableError(name, number, f"{field.name}: expected this key once, got it again")
        said.append((number, field, words.strip()))
    for field in keys.values():
        if field.needed and not any(other is field and words for _, other, words in said):
            raise TableError(name, 1, f"{field.name}: expected a line #{field.name}: VALUE on top, got none")
    given = {field.name: value for _, field, value in said if value}
    for field in keys.values():
        if field.default and field.name not in given and (value := field.default(given)):
            said.append((1, field, value))
    columns = _columns(name, kind, len(top) + 1, cells_of(lines[0]) if lines else [])
    rows = list(rows_of(name, lines[1:], len(top) + 2, [field.name for field in columns]))
    return _Table(name, kind, said, columns, rows)


def _columns(name: str, kind: Kind, line: int, names: list[str]) -> list[Field]:
    fields = {field.name: field for field in kind.columns}
    known = ", ".join(fields)
    for place, column in enumerate(names):
        if column not in fields:
            raise TableError(name, line, f"expected columns among {known}; got {column[:SHOWN]!r}")
        if column in names[:place]:
            raise TableError(name, line, f"{column}: expected this column once, got it again")
    missing = [field.name for field in kind.columns if field.needed and field.name not in names]
    if missing:
        raise TableError(name, line, f"expected the column {missing[0]}; got {', '.join(names) or 'none'}")
    return [fields[column] for column in names]


# The checks read each table before the loader does.
@lru_cache(maxsize=1024)
def read(name: str, content: str) -> Reading:
    """The statements of a table.

    Args:
        name: path of the file, relative to the folder that holds `data/`; it says which table it is.
        content: the file.

    Raises:
        TableError: it is no such table, or something in it is wrong.
    """
    return _stated(_parsed(name, content))


def _stated(table: _Table) -> Reading:
    name = table.name
    graph = ox.NamedNode(graph_of(name))
    lines: dict[str, int] = {table.roll: 1} if table.roll else {}
    quads = [ox.Quad(s, p, o, graph) for s, p, o in _head(table)]
    for number, cells in table.rows:
        statements = list(_row(table, number, cells))
        node = statements[0][0].value
        if node in lines:
            named = ", ".join(table.kind.named_by) or table.kind.columns[0].name
            raise TableError(
                name, number, f"{named}: expected it once, it stands already on line {lines[node]}"
            )
        lines[node] = number
        quads += [ox.Quad(s, p, o, graph) for s, p, o in statements]
    return Reading(tuple(dict.fromkeys(quads)), lines)


_Triple = tuple[ox.NamedNode, ox.NamedNode, Term]


def _head(table: _Table) -> Iterator[_Triple]:
    graph, a = ox.NamedNode(graph_of(table.name)), ox.NamedNode(RDF_TYPE)
    yield graph, a, ox.NamedNode(cg("SourceGraph"))
    roll = ox.NamedNode(table.roll) if table.roll else graph
    if table.roll:
        yield roll, a, ox.NamedNode(cg("Roll"))
        yield roll, ox.NamedNode(cg("rollOf")), ox.NamedNode(thing("instrument", table.text))
    for number, field, words in table.top:
        subject = graph if field in ABOUT else roll
        for term in _terms(table, number, field, words):
            yield subject, ox.NamedNode(field.prop), term
    if not any(field.name == "derived_from" for _, field, _ in table.top):
        yield from ((graph, ox.NamedNode(DERIVED), edition) for edition in _editions(table))


def _editions(table: _Table) -> Iterator[ox.NamedNode]:
    """The editions among the sources that the table names."""
    named = [words for _, field, words in table.top if field.prop == _ATTESTED]
    for field in table.columns:
        if field.prop == _ATTESTED:
            named += [cells[field.name] for _, cells in table.rows]
    for source in dict.fromkeys(" ".join(named).split()):
        if source.startswith("edition/"):
            yield ox.NamedNode(ID + source)


def _row(table: _Table, number: int, cells: dict[str, str]) -> Iterator[_Triple]:
    for field in table.columns:
        if field.needed and not cells[field.name]:
            raise TableError(table.name, number, f"{field.name}: expected a value, got nothing")
    said = [
        (field, _tagged(term, field, cells))
        for field in table.columns
        for term in _terms(table, number, field, cells[field.name])
    ]
    node = ox.NamedNode(table.row_iri(cells))
    if table.kind.stated:
        yield node, ox.NamedNode(RDF_TYPE), ox.NamedNode(cg(table.kind.stated))
    if table.kind.stated == "Adherence":
        yield node, ox.NamedNode(cg("toInstrument")), ox.NamedNode(thing("instrument", table.text))
    yield from ((node, ox.NamedNode(field.prop), term) for field, term in said if field.prop)
    if table.roll:
        yield node, ox.NamedNode(cg("inRoll")), ox.NamedNode(table.roll)
        # Without a source of its own an entry is borne out by what bears out its list.
        if not any(field.prop == _ATTESTED for field, _ in said):
            for line, field, words in table.top:
                if field.prop == _ATTESTED:
                    yield from (
                        (node, ox.NamedNode(_ATTESTED), term) for term in _terms(table, line, field, words)
                    )


def _tagged(term: Term, field: Field, cells: dict[str, str]) -> Term:
    return ox.Literal(term.value, language=cells[field.tagged_by]) if field.tagged_by else term


def _terms(table: _Table, number: int, field: Field, words: str) -> list[Term]:
    try:
        return field.terms(words, table.text) if words else []
    except ValueError as error:
        raise TableError(table.name, number, f"{field.name}: {error}") from None


def reformat(name: str, content: str) -> str:
    """A table in the stable form: keys and columns in one order, rows by name, nothing empty.

    Raises:
        TableError: it is no such table, or something in it is wrong.
    """
    table = _parsed(name, content)
    read(name, content)  # raises where a cell is wrong
    order = [field.name for field in (*ABOUT, *table.kind.top)]
    top = sorted(table.top, key=lambda line: order.index(line[1].name))
    columns = [
        field
        for field in table.kind.columns
        if field in table.columns and (field.needed or any(cells[field.name] for _, cells in table.rows))
    ]
    named_by = table.kind.named_by or (table.kind.columns[0].name,)
    rows = sorted(
        (cells for _, cells in table.rows),
        key=lambda cells: (
            int(cells.get("place") or 10**6),
            *(natural(cells[name]) for name in named_by),
        ),
    )
    given = {field.name: words for _, field, words in top}
    out = [
        f"#{field.name}: {words}"
        for _, field, words in top
        if words and not (field.default and words == field.default(given))
    ]
    out.append("\t".join(field.name for field in columns))
    out += ["\t".join(written(cells[field.name]) for field in columns).rstrip("\t") for cells in rows]
    return "".join(f"{line}\n" for line in out)


__all__ = ["read", "reformat"]
