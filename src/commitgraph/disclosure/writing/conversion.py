"""From one notation to another: the same statements, or none.

What is written is read again and compared with what was read, so that nothing is ever lost in silence.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from commitgraph.dataset import load
from commitgraph.disclosure import fields, inputs
from commitgraph.disclosure.allow import comments
from commitgraph.disclosure.envelope import enclose
from commitgraph.disclosure.fields import CONTEXT, Field
from commitgraph.disclosure.judge import finding_of, unreadable
from commitgraph.disclosure.opening import Opened, opened
from commitgraph.disclosure.reading.agreement import shape_of
from commitgraph.disclosure.reading.notations import NOTATIONS
from commitgraph.disclosure.reading.source import CONTROL, Place, Refused, Remark, Remarks
from commitgraph.disclosure.reading.statements import FILE_BASE, NODE, Document, Object, Statement, text
from commitgraph.disclosure.reading.xlsx_reader import ZIP
from commitgraph.disclosure.register import Register, register
from commitgraph.disclosure.report import FileReport, clipped, visible
from commitgraph.disclosure.resolve import resolve
from commitgraph.disclosure.unanswered import unanswered
from commitgraph.disclosure.writing import csv_writer, turtle_writer, xlsx_writer, yaml_writer
from commitgraph.disclosure.writing.guide import guide
from commitgraph.disclosure.writing.rows import tables
from commitgraph.disclosure.writing.tree import Odd, Spelling, as_context_reads, tree
from commitgraph.engine import Embedded
from commitgraph.errors import CommitgraphError
from commitgraph.iris import RDF_TYPE, cg, local, prefixes

#: What files can be converted to, by the word that stands for it.
TARGETS = {re.sub(r"\W", "", notation.name).lower(): notation for notation in NOTATIONS}

_RDF = {
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_TABLES = ("csv", "xlsx")
#: A file in one of these is given back as it is where it is asked for in the same: people have laid it out.
_KEPT = ("yaml", "csv", "xlsx")
_STATUS, _RISK, _ENTRY = cg("status"), cg("risk"), cg("entry")
_NAMED = 5


class Conversion(NamedTuple):
    """A file in another notation.

    Attributes:
        data: its content.
        comments: how many comments of the file were left behind.
        allowing: how many of these allow a finding.
    """

    data: bytes
    comments: int
    allowing: int


class NotRead(CommitgraphError):
    """A file cannot be converted since something in it was not understood.

    Attributes:
        report: what reading it found, as `validate` tells it.
    """

    def __init__(self, report: FileReport) -> None:
        count = len(report.findings)
        super().__init__(f"{report.file}: {count} finding{'' if count == 1 else 's'} while reading")
        self.report = report


class NotHeld(CommitgraphError):
    """A notation cannot hold what is in a file."""


def convert(path: str | PathLike[str], to: str) -> Conversion:
    """Write a disclosure file in another notation.

    Args:
        path: the file.
        to: one of :data:`TARGETS`.

    Raises:
        NotRead: the file cannot be read, or something in it would be lost.
        NotHeld: the notation cannot hold something that is in it.
        ValueError: there is no such notation.
    """
    _expect_known(to)
    name = str(path)
    try:
        data = inputs.content(Path(path))
    except Refused as refusal:
        raise NotRead(unreadable(name, refusal)) from None
    return convert_bytes(name, data, to)


def convert_bytes(name: str, data: bytes, to: str) -> Conversion:
    """As :func:`convert`, for the content of a file.

    Args:
        name: file name; its extension tells the notation.
        data: the content.
        to: one of :data:`TARGETS`.
    """
    _expect_known(to)
    file = _read(name, data)
    if file.notation == to and to in _KEPT:
        return Conversion(data, 0, 0)
    if to in _TABLES:
        _refuse_untabular(file.document, to)
    written = _written(file.document, to)
    _refuse_loss(file.document, written, to)
    return Conversion(written, *_comments(file, data))


def _expect_known(to: str) -> None:
    if to not in TARGETS:
        raise ValueError(f"expected one of {', '.join(TARGETS)}, got {to!r}")


def _read(name: str, data: bytes) -> Opened:
    """The file, its statements enclosed.

    Raises:
        NotRead: reading it found something.
    """
    remarks = Remarks()
    try:
        file = opened(name, data, remarks)
        own, _ = enclose(file.document, remarks)
    except Refused as refusal:
        raise NotRead(replace(unreadable(name, refusal), lines=_lines(data))) from None
    if remarks:
        found = tuple(finding_of(visible(name), remark) for remark in sorted(remarks, key=_order))
        raise NotRead(FileReport(visible(name), found, lines=_lines(data)))
    document = file.document.with_statements(own)
    if file.notation in _TABLES:
        # Every row has a cell for every column; an empty one says something only where an answer is awaited.
        blank = {(item, _STATUS) for item in unanswered(own, document)}
        document.empty_fields = {key: place for key, place in document.empty_fields.items() if key in blank}
    return file._replace(document=document)


def _lines(data: bytes) -> dict[int, str]:
    """The lines of a text file by their numbers; a workbook has none."""
    text = "" if data.startswith(ZIP) else data.decode("utf-8-sig", "replace")
    return dict(enumerate(text.replace("\r\n", "\n").split("\n"), 1))


def _order(remark: Remark) -> tuple[str, int, int, str]:
    return remark.place.sheet, remark.place.line, remark.place.column, remark.code


# ------------------------------------------------------------ writing


def _written(document: Document, to: str) -> bytes:
    store = load().store
    names = register(store)
    if to == "xlsx":
        return xlsx_writer.write(tables(tree(document, spelling(names)).root), guide(Embedded(store)))
    return _text(document, names, to).encode()


def _text(document: Document, names: Register, to: str) -> str:
    if to in ("yaml", "json", "csv"):
        root = tree(document, spelling(names)).root
        if to == "csv":
            return csv_writer.write(tables(root))
        return yaml_writer.write(root) if to == "yaml" else _json(root)
    resolved = document.with_statements(statements_of(document, names))
    if to == "jsonld":
        root = tree(resolved, as_context_reads).root
        return _json({"@context": CONTEXT, "@type": "Disclosure"} | root)
    if to == "turtle":
        return turtle(resolved)
    written = ox.serialize(
        [ox.Quad(_node(s.subject), s.predicate, _term(s.object)) for s in resolved.statements],
        format=_RDF[to],
        prefixes=prefixes() if to in ("trig", "rdfxml") else None,
    )
    return (written or b"").decode()


def statements_of(document: Document, names: Register) -> list[Statement]:
    """The statements with the terms of the graph, and a blank text for each empty status.

    Without it a template would not be known again.
    """
    resolved = resolve(document.statements, names, Remarks())
    for item in unanswered(document.statements, document):
        place = document.place(item) or Place()
        status = ox.NamedNode(_STATUS)
        resolved.append(Statement(ox.NamedNode(item), status, text(""), place, place, place, ""))
    return resolved


def turtle(document: Document, notes: Mapping[str, Sequence[str]] | None = None) -> str:
    """A document in Turtle, which names nothing after the file but the file itself.

    Args:
        document: with the terms of the graph.
        notes: for some parts what a comment above them says, a line each.
    """

    def named(node: ox.NamedNode) -> ox.NamedNode:
        rest = node.value.removeprefix(FILE_BASE)
        return node if rest == node.value else ox.NamedNode(f"{NODE}f{rest.encode().hex()}")

    triples = [
        (named(s.subject), s.predicate, named(s.object) if isinstance(s.object, ox.NamedNode) else s.object)
        for s in document.statements
    ]
    return turtle_writer.write(triples, named(document.root), notes)


def spelling(names: Register) -> Spelling:
    """How people write values: the short name wherever it means the same to the judge."""

    def spell(field: Field, value: Object) -> str | bool | None:
        meant = _meant(field, value, names)
        if field.kind == "truth":
            found = as_context_reads(field, value)
            return found if isinstance(found, bool) else None
        words = [value.value]
        if isinstance(value, ox.NamedNode):
            if field.kind != "choice":
                return value.value if field.kind == "link" else None
            words.insert(0, value.value.removeprefix(field.space) if field.space else local(value.value))
        # All but a text are read by their characters alone.
        return next((word for word in words if _meant(field, text(word), names) == meant), None)

    return spell


def _meant(field: Field, value: Object, names: Register) -> Object | None:
    nowhere = ox.NamedNode(NODE)
    statement = Statement(nowhere, ox.NamedNode(field.iri), value, Place(), Place(), Place(), "")
    return next((found.object for found in resolve([statement], names, Remarks())), None)


def _json(root: object) -> str:
    # JSON need not escape this one control character, and readers of disclosures refuse it.
    return json.dumps(root, ensure_ascii=False, indent=2).replace("\x7f", "\\u007f") + "\n"


def _node(term: ox.NamedNode) -> ox.NamedNode | ox.BlankNode:
    """What is named after the file, or by the reader, has no name anywhere else."""
    for space, begin in ((NODE, "n"), (FILE_BASE, "file")):
        if term.value.startswith(space):
            rest = term.value.removeprefix(space)
            return ox.BlankNode(begin + (rest if rest.isdigit() else rest.encode().hex()))
    return term


def _term(term: Object) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    return term if isinstance(term, ox.Literal) else _node(term)


# ------------------------------------------------------------ what a notation cannot hold


def _refuse_untabular(document: Document, to: str) -> None:
    """Refuse what a table has no place for.

    Raises:
        NotHeld: there is something.
    """
    odd = list(_out_of_cells(document, to))
    if not odd:
        odd = list(tree(document, spelling(register(load().store))).odd)
    if odd:
        raise _not_held(to, odd)


def _out_of_cells(document: Document, to: str) -> Iterator[Odd]:
    for statement in document.statements:
        value, key = statement.object.value, _called(statement)
        if to == "csv" and statement.predicate.value == _RISK:
            yield Odd("risks", "a CSV file has one table, and its rows are entries", statement.predicate_at)
            return
        if not isinstance(statement.object, ox.Literal):
            continue
        if CONTROL.search(value):
            yield Odd(key, "it has a control character in it", statement.object_at)
        elif to == "xlsx" and len(value) > xlsx_writer.MAX_CELL:
            yield Odd(key, f"a cell holds at most {xlsx_writer.MAX_CELL:,} characters", statement.object_at)
        elif to == "csv" and value.startswith(csv_writer.FORMULA) and statement.subject != document.root:
            yield Odd(
                key,
                f"a spreadsheet program would take {clipped(value, 20)!r} for a formula",
                statement.object_at,
            )


def _refuse_loss(document: Document, written: bytes, to: str) -> None:
    """Read again what was written, and refuse to give it out where it says something else.

    Raises:
        NotHeld: it does.
    """
    names = register(load().store)
    try:
        again = _read(f"x{TARGETS[to].extensions[0]}", written).document
    except NotRead as failure:
        found = failure.report.findings[0].message
        raise NotHeld(f"{TARGETS[to].name} cannot hold the file: written in it, it reads: {found}") from None
    before, after = (statements_of(one, names) for one in (document, again))
    if _same(before, document) == _same(after, again):
        return
    kept = Counter(map(_key, after))
    odd = []
    for statement in before:
        key = _key(statement)
        kept[key] -= 1
        if kept[key] < 0 and statement.predicate.value != RDF_TYPE:
            odd.append(Odd(_called(statement), "it would read otherwise", statement.object_at))
    raise _not_held(to, odd or [Odd("entries", "they would run together", Place())])


def _same(statements: Iterable[Statement], document: Document) -> list[tuple[str, ...]]:
    """The shape of the graph, without the kinds of its parts, which follow from where they stand."""
    said = [s for s in statements if s.predicate.value != RDF_TYPE or s.subject == document.root]
    return shape_of(ox.Triple(_node(s.subject), s.predicate, _term(s.object)) for s in said)


def _key(statement: Statement) -> tuple[str, str]:
    value = _term(statement.object)
    return statement.predicate.value, "" if isinstance(value, ox.BlankNode) else str(value)


def _called(statement: Statement) -> str:
    found = fields.by_iri().get(statement.predicate.value)
    return found[0].key if found else local(statement.predicate.value)


def _not_held(to: str, odd: Sequence[Odd]) -> NotHeld:
    told = [f"{_where(one)}`{one.field or 'disclosure'}`: {one.why}" for one in odd[:_NAMED]]
    more = len(odd) - _NAMED
    told += [f"and {more} more"] if more > 0 else []
    others = "xlsx, yaml or json" if to == "csv" else "yaml, json or turtle"
    return NotHeld(
        f"{TARGETS[to].name} cannot hold all of the file, and nothing was written: {'; '.join(told)}. "
        f"Convert it to {others}"
    )


def _where(one: Odd) -> str:
    if one.place.sheet:
        return f"sheet {one.place.sheet}, row {one.place.line}, "
    return f"line {one.place.line}, "


def _comments(file: Opened, data: bytes) -> tuple[int, int]:
    """How many comments a file has, and how many of them allow a finding."""
    if file.notation == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [name for name in archive.namelist() if re.search(r"comments?\d*\.xml$", name)]
            return sum(len(re.findall(rb"<comment[ >]", archive.read(name))) for name in parts), 0
    found = comments(file.text, file.notation)
    return len(found), sum("commitgraph: allow" in one for one in found)
