"""Opening a file: which notation it is in, its characters, and what it says, without judging it."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure.reading import (
    csv_reader,
    json_reader,
    jsonld_reader,
    rdfxml_reader,
    turtle_reader,
    xlsx_reader,
    yaml_reader,
)
from commitgraph.disclosure.reading.encodings import not_utf_8, refuse_other_kinds
from commitgraph.disclosure.reading.notations import ACCEPTED, READERS
from commitgraph.disclosure.reading.source import CONTROL, MAX_BYTES, MAX_LINES, Place, Refused, Remarks
from commitgraph.disclosure.reading.statements import Document
from commitgraph.disclosure.report import visible

_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
_TREES = {"yaml": yaml_reader.read, "json": json_reader.read, "csv": csv_reader.read}
STDIN = "<stdin>"
_BEGIN = 4_000  # bytes by which a notation is told from others
_COLUMNS = re.compile(r"[\"\w. -]+[,;\t][\"\w. ,;\t-]*$")
_TURTLE = re.compile(r"@prefix\s|@base\s|(?i:prefix|base)\s+[\w.-]*:?\s*<")


class Opened(NamedTuple):
    """A file as it was read.

    Attributes:
        notation: key of its reader.
        text: its characters; empty where it is a workbook.
        document: its statements, with names as they are written and nothing left out.
    """

    notation: str
    text: str
    document: Document


def opened(name: str, data: bytes, remarks: Remarks) -> Opened:
    """Read one file without judging it; what is odd is added to `remarks`.

    Args:
        name: file name; its extension tells the notation, and without one it is found out.
        data: the content.
        remarks: takes what was found while reading.

    Raises:
        Refused: it cannot be read.
    """
    notation, text = content_of(name, data)
    return Opened(notation, text, read(notation, text, data, remarks))


def content_of(name: str, data: bytes) -> tuple[str, str]:
    """The key of the reader of a file, and its characters; none of a workbook.

    Args:
        name: file name; its extension tells the notation, and without one it is found out.
        data: the content.

    Raises:
        Refused: it is no file of a notation that is read, or no text.
    """
    notation = check_format(name) or _guessed(data)
    return notation, "" if notation == "xlsx" else _decoded(data)


def check_format(name: str) -> str:
    """The notation of a file by its extension; empty when it must be found out.

    Raises:
        Refused: the extension is of another notation.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in READERS:
        return READERS[suffix]
    if name == STDIN:
        return ""
    called = f"Files of the kind {suffix}" if suffix else "Files without an extension"
    raise Refused("CG002", f"{called} are not judged; accepted are {ACCEPTED}.", value=suffix or None)


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Refused("CG003", f"The file has more than {MAX_BYTES >> 20} MiB.")
    refuse_other_kinds(data)
    try:
        # One kind of line end, so that all readers and every editor count the same lines.
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise not_utf_8(data, error.start) from None
    if control := CONTROL.search(text):
        at = control.start()
        place = Place(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        raise Refused("CG011", f"The control character {visible(control[0])} does not belong in text.", place)
    if text.count("\n") > MAX_LINES:
        raise Refused("CG008", f"The file has more than {MAX_LINES:,} lines.")
    return text


def read(notation: str, text: str, data: bytes, remarks: Remarks) -> Document:
    """What a file says.

    Args:
        notation, text: as :func:`content_of` tells them.
        data: the content.
        remarks: takes what was found while reading.

    Raises:
        Refused: it cannot be read.
    """
    if notation in _TRIPLES:
        return turtle_reader.read(text, _TRIPLES[notation])
    if notation == "rdfxml":
        return rdfxml_reader.read(text)
    tree = xlsx_reader.read(data, remarks) if notation == "xlsx" else _TREES[notation](text, remarks)
    return jsonld_reader.read(tree, remarks)


def _guessed(data: bytes) -> str:
    """The notation of what has no name, by how it begins."""
    if data.startswith(xlsx_reader.ZIP):
        return "xlsx"
    begin = data[:_BEGIN].decode("utf-8-sig", "replace").lstrip()
    if begin.startswith(("{", "[")):
        return "json"
    if begin.startswith(("<?xml", "<rdf:", "<!--", "<!DOCTYPE")):
        return "rdfxml"
    first = next((line for line in begin.splitlines() if line and not line.startswith(("#", '"#'))), "")
    if first.startswith("<") or _TURTLE.match(first):
        return "trig"
    return "csv" if _COLUMNS.match(first) else "yaml"
