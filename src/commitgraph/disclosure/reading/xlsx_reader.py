"""Workbooks (XLSX) with the cell of each value: the sheets `disclosure`, `entries` and `risks`.

The archive is looked through before anything in it is read: its parts, their sizes unpacked, and whether
they bring macros, other files or entities. Nothing is computed, so a formula is no value.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from commitgraph.disclosure import fields
from commitgraph.disclosure.reading.source import (
    CONTROL,
    MAX_TEXT,
    MAX_VALUES,
    Place,
    Refused,
    Remark,
    Remarks,
    Value,
)
from commitgraph.disclosure.reading.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    Heads,
    Row,
    header,
    is_note,
    items,
    plain,
)

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

#: By which the archive of a workbook begins.
ZIP = b"PK\x03\x04"
MAX_UNPACKED = 16 * 1024 * 1024
# A few packed bytes can hold a million empty elements, and the library makes objects of them: of cells and
# texts one by one, of styles, names and relations at a far greater price.
MAX_TAGS = 1_000_000
MAX_OTHER_TAGS = 40_000
MAX_PARTS = 500
MAX_SHEETS = 20
LAST_ROW = 1_048_576  # of any sheet, as the format has it
MAX_WALKED = 2 * LAST_ROW  # rows and cells, blank ones too

_OLD = b"\xd0\xcf\x11\xe0"
#: LibreOffice writes true and false as functions without arguments.
_TRUTHS = {"=TRUE()": True, "=FALSE()": False}
_SHEETS = ("disclosure", "entries", "risks")
#: The sheet of a template from which its drop-down lists are taken.
LISTS = "lists"
_UNSAFE = (
    (re.compile(r"vbaProject|macrosheets/", re.IGNORECASE), "macros"),
    (re.compile(r"externalLinks/", re.IGNORECASE), "links to other workbooks"),
    (re.compile(r"embeddings/|activeX/|ctrlProps/", re.IGNORECASE), "objects of other programs"),
    (re.compile(r"connections\.xml|queryTables/", re.IGNORECASE), "connections to other sources"),
)
_LARGE = re.compile(r"xl/(?:worksheets/sheet\d+\.xml|sharedStrings\.xml|media/.*)", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def read(data: bytes, remarks: Remarks) -> Value:
    """Read one workbook.

    Raises:
        Refused: it is no workbook, is not safe, holds formulas, lacks a sheet, or exceeds a limit.
    """
    _refuse_unsafe(data)
    try:
        return _Reader(data, remarks).document()
    except Refused:
        raise
    except Exception as error:
        # The library raises errors of a dozen kinds on a broken workbook, and promises none of them.
        wrong = f"The workbook cannot be read ({type(error).__name__})."
        hint = "open it in a spreadsheet program and save it anew as .xlsx"
        raise Refused("CG005", wrong, hint=hint) from None


def _refuse_unsafe(data: bytes) -> None:
    if data.startswith(_OLD):
        wrong = "The file is a workbook of the old kind (.xls), or one with a password."
        raise Refused("CG016", wrong, hint="save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_parts(archive.infolist())
            _refuse_contents((part.filename, archive.read(part)) for part in archive.infolist())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise Refused("CG005", "The file is not a whole XLSX workbook.") from None


def _refuse_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive by what it says of its parts."""
    if len(parts) > MAX_PARTS:
        raise Refused("CG008", f"The workbook has more than {MAX_PARTS} parts.")
    # The module for archives never unpacks more of a part than the size that it declares.
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused("CG003", f"Unpacked, the workbook has more than {MAX_UNPACKED >> 20} MiB.")
    for part in parts:
        if part.flag_bits & 1:
            raise Refused("CG016", "The workbook is encrypted.", hint="save it without a password")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("CG016", "The workbook is packed in a way that is not used for workbooks.")
        for kind, called in _UNSAFE:
            if kind.search(part.filename):
                raise Refused("CG016", f"The workbook carries {called}.", value=part.filename)


def _refuse_contents(parts: Iterable[tuple[str, bytes]]) -> None:
    """Refuse what the parts of an archive declare, and too many elements."""
    tags = other_tags = 0
    for name, content in parts:
        _refuse_declared(name, content)
        if _LARGE.fullmatch(name):
            tags += content.count(b"<")
        else:
            other_tags += content.count(b"<")
        if tags > MAX_TAGS or other_tags > MAX_OTHER_TAGS:
            wrong = "The workbook holds more cells, texts or styles than are read."
            raise Refused("CG008", wrong, value=name)


def _refuse_declared(name: str, content: bytes) -> None:
    encoding = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    foreign = content.startswith(_WIDE) or (encoding and encoding[1].lower() not in (b"utf-8", b"utf8"))
    if foreign and not name.startswith("xl/media/"):
        raise Refused("CG016", "A part of the workbook is not text in UTF-8.", value=name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("CG016", "A part of the workbook declares entities.", value=name)
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise Refused("CG016", "The workbook is of a kind that carries macros.", value=name)


class _Reader:
    def __init__(self, data: bytes, remarks: Remarks) -> None:
        import openpyxl  # noqa: PLC0415  (a quarter of a second that other notations do not need)

        self.remarks = remarks
        self.values = 0
        self.walked = 0
        self.formulas: list[Place] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library warns of decoration that it leaves out
            self.book: Workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)

    def document(self) -> Value:
        sheets = self.sheets()
        level = fields.top()
        root = header(level, self.pairs(sheets["disclosure"]), self.remarks)
        root.place = Place(sheet=sheets["disclosure"])
        for name in _SHEETS[1:]:
            inner = level.fields[name].level
            if name not in sheets or inner is None:
                continue
            rows = self.rows(sheets[name])
            names = next(rows, None)
            if names is None:
                if name == "entries":
                    raise Refused("CG017", "No row names the columns.", Place(sheet=sheets[name]))
                continue
            at = names[0].place
            listed = items(Heads(inner, names, self.remarks), rows, self.remarks)
            root.members[name] = (at, Value("list", "", at, items=listed))
        if self.formulas:
            others = len(self.formulas) - 1
            wrong = "The cell holds a formula" + (f", and {others} more do." if others else ".")
            raise Refused("CG015", wrong, min(self.formulas, key=lambda place: (place.sheet, place)))
        return root

    def sheets(self) -> dict[str, str]:
        """What the sheets of a disclosure are called in this workbook."""
        titles = list(self.book.sheetnames)
        if len(titles) > MAX_SHEETS:
            raise Refused("CG008", f"The workbook has more than {MAX_SHEETS} sheets.")
        found: dict[str, str] = {}
        for title in titles:
            name = plain(title)
            if name in _SHEETS and name not in found:
                found[name] = title
            elif name != LISTS:
                message = f'The sheet "{title}" is not known; it was not read.'
                hint = f"remove the sheet, or call it as one of {', '.join(_SHEETS)}"
                self.remarks.append(Remark("CG109", message, Place(sheet=title), hint, title))
        for name in _SHEETS[:2]:
            if name not in found:
                names = ", ".join(titles)
                raise Refused(
                    "CG017",
                    f"The workbook has no sheet `{name}`; its sheets are: {names}.",
                    hint="write the fields of the disclosure on a sheet `disclosure` (key, value) and its "
                    "answers on a sheet `entries`",
                )
        return found

    def pairs(self, title: str) -> Iterator[tuple[Value, Value]]:
        """Keys and values, a row each, and a note beside them where the first row calls its column so."""
        noted = False
        for number, row in enumerate(self.rows(title)):
            key = row[0]
            value = row[1] if len(row) > 1 else Value("null", "", key.place._replace(column=2))
            if not number and plain(key.text) in ("key", "field") and plain(value.text) == "value":
                noted = len(row) > 2 and is_note(row[2].text)
                continue
            for cell in row[3 if noted else 2 :]:
                if not cell.empty:
                    message = "A cell stands outside the columns for key and value."
                    hint = "write one value; several are separated by semicolons in one cell"
                    self.remarks.append(Remark("CG017", message, cell.place, hint, cell.text))
            yield key, value

    def rows(self, title: str) -> Iterator[Row]:
        """The rows that are not blank."""
        sheet: Any = self.book[title]
        sheet.reset_dimensions()  # what a sheet says of its own size need not be true
        for number, cells in enumerate(sheet.iter_rows(), 1):
            self.walked += 1 + len(cells)
            if number > LAST_ROW or self.walked > MAX_WALKED:
                wrong = "The sheet reaches further down or to the right than is read."
                raise Refused("CG008", wrong, Place(min(number, LAST_ROW), sheet=title))
            if all(cell.value is None for cell in cells):
                continue
            row = [
                self.value(cell, Place(number, column, sheet=title)) for column, cell in enumerate(cells, 1)
            ]
            filled = [cell for cell in row if not cell.empty]
            if not filled:
                continue
            if number > MAX_ROWS:
                raise Refused("CG008", f"The table has more than {MAX_ROWS:,} rows.", filled[0].place)
            if filled[-1].place.column > MAX_COLUMNS:
                raise Refused("CG008", f"The table has more than {MAX_COLUMNS} columns.", filled[-1].place)
            yield row[:MAX_COLUMNS]

    def value(self, cell: Any, place: Place) -> Value:
        """What stands in a cell, as far as it is a value."""
        content, kind = cell.value, getattr(cell, "data_type", "n")
        if kind == "f" and content in _TRUTHS:
            content, kind = _TRUTHS[content], "b"
        if content is None:
            return Value("null", "", place)
        self.values += 1
        if self.values > MAX_VALUES:
            raise Refused("CG008", f"The file holds more than {MAX_VALUES:,} values.", place)
        if kind == "f":
            self.formulas.append(place)
            return Value("null", "", place)
        if kind == "e":
            message = f"The cell holds the error {content} in place of a value."
            self.remarks.append(Remark("CG017", message, place, "write the value", str(content)))
            return Value("null", "", place)
        if isinstance(content, bool):
            return Value("truth", "TRUE" if content else "FALSE", place)
        if isinstance(content, (int, float, date, time)):
            return Value("number", _written(content), place)
        return Value("text", self.text(str(content), place).strip(), place)

    def text(self, written: str, place: Place) -> str:
        """A text within the limits, without characters that do not belong in one."""
        if len(written) > MAX_TEXT:
            raise Refused(
                "CG008", f"A text of {len(written):,} characters is longer than {MAX_TEXT:,}.", place
            )
        text = written.replace("\r\n", "\n").replace("\r", "\n")
        if control := CONTROL.search(text):
            wrong = f"The control character {control[0]!r} does not belong in text."
            raise Refused("CG011", wrong, place)
        return text


def _written(content: float | date | time) -> str:
    """A number or date as it would be typed: a day without a time of day, a whole number without a point."""
    if isinstance(content, datetime):
        return content.date().isoformat() if content.time() == time() else content.isoformat()
    if isinstance(content, (date, time)):
        return content.isoformat()
    return str(int(content)) if content == content // 1 and abs(content) < 1e15 else repr(content)
