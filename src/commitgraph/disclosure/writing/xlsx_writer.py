"""Workbooks: the sheets `disclosure`, `entries` and `risks`, with drop-down lists and notes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from commitgraph.disclosure import fields
from commitgraph.disclosure.fields import Field, Level
from commitgraph.disclosure.reading.table import MAX_ROWS, Column, columns, is_note
from commitgraph.disclosure.reading.xlsx_reader import LISTS
from commitgraph.disclosure.writing.rows import Table, Tables
from commitgraph.iris import ID

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet

#: Characters that a cell can hold.
MAX_CELL = 32_767
#: The drop-down lists reach so many rows below those that are filled.
_MORE_ROWS = 200
_HEAD, _NOTE = "FF1F3A5F", "FFF2F2F2"
_WIDTHS = {"text": 44, "date": 13, "link": 36, "truth": 9, "choice": 20, "item": 20, "group": 20}
_NOTE_WIDTH = 60
#: The share of a column that text fills, as lines end with words; points that a line takes; those of the
#: highest row that the format allows.
_FILLED, _LINE, _HIGHEST = 0.9, 14.5, 409.0


class Guide(NamedTuple):
    """What a workbook tells who fills it in.

    Attributes:
        meanings: what a field means and takes, by its path.
        words: the words that may stand in a field, by its path.
    """

    meanings: Mapping[str, str]
    words: Mapping[str, Sequence[str]]


def write(tables: Tables, guide: Guide) -> bytes:
    """The bytes of a workbook."""
    import openpyxl  # noqa: PLC0415  (a quarter of a second that other notations do not need)

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    making = _Making(book, guide)
    making.header(tables.header)
    top = fields.top()
    making.table("entries", top.fields["entries"].level, tables.entries)
    if tables.risks is not None:
        making.table("risks", top.fields["risks"].level, tables.risks)
    making.lists()
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    """What the library would save, made without a file on the disk: workers of the service can open none."""
    from openpyxl.worksheet._writer import WorksheetWriter  # noqa: PLC0415
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    class InMemory(ExcelWriter):  # type: ignore[misc]
        def write_worksheet(self, ws: Worksheet) -> None:
            writer = WorksheetWriter(ws, io.BytesIO())
            writer.write()
            ws._rels = writer._rels
            self._archive.writestr(ws.path[1:], writer.read())
            self.manifest.append(ws)

    stream = io.BytesIO()
    InMemory(book, ZipFile(stream, "w", ZIP_DEFLATED)).save()
    return stream.getvalue()


class _Making:
    def __init__(self, book: Workbook, guide: Guide) -> None:
        self.book, self.guide = book, guide
        #: Lists of words, each in a column of its own, by what they hold.
        self.columns: dict[tuple[str, ...], str] = {}

    def header(self, header: Mapping[str, str]) -> None:
        sheet = self.sheet("disclosure", (("key", 22), ("value", 60), ("note", _NOTE_WIDTH)))
        known = columns(fields.top(), rows=False)
        for number, (key, value) in enumerate(header.items(), 2):
            field = known[key].path[-1]
            self.put(sheet, number, 1, key)
            self.put(sheet, number, 2, value, field)
            self.put(sheet, number, 3, self.guide.meanings.get(key, ""), shaded=True)
            self.drop_down(sheet, key, f"B{number}", many=field.many)

    def table(self, title: str, level: Level | None, table: Table) -> None:
        known: dict[str, Column] = columns(level, rows=True) if level else {}
        names = table.columns or tuple(known)
        widths = [(name, _NOTE_WIDTH if is_note(name) else _width(known[name].path[-1])) for name in names]
        sheet = self.sheet(title, widths)
        sheet.freeze_panes = "B2" if title == "entries" else "A2"
        last = min(len(table.rows) + 1 + _MORE_ROWS, MAX_ROWS)
        for column, name in enumerate(names, 1):
            field = known[name].path[-1] if name in known else None
            self.style(sheet.column_dimensions[_letters(column)], field)
            for number, row in enumerate(table.rows, 2):
                self.put(sheet, number, column, row.get(name, ""), field, shaded=is_note(name))
            if field:
                path, letter = f"{title}.{name}", _letters(column)
                self.remark(sheet, f"{letter}1", path)
                self.drop_down(sheet, path, f"{letter}2:{letter}{last}", many=field.many)

    def sheet(self, title: str, heads: Sequence[tuple[str, int]]) -> Worksheet:
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        sheet: Worksheet = self.book.create_sheet(title)
        for number, (name, width) in enumerate(heads, 1):
            cell = sheet.cell(1, number, name)
            cell.font = Font(bold=True, color="FFFFFFFF")
            cell.fill = PatternFill("solid", fgColor=_HEAD)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            sheet.column_dimensions[_letters(number)].width = width
        sheet.freeze_panes = "A2"
        sheet.page_setup.orientation = "landscape"
        return sheet

    def put(  # noqa: PLR0913  (all that a cell is made of)
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        text: str,
        field: Field | None = None,
        *,
        shaded: bool = False,
    ) -> None:
        """Write a text as a text, so that no program takes it for a number, a formula or an error."""
        from openpyxl.styles import PatternFill  # noqa: PLC0415

        cell = sheet.cell(row, column)
        if text:
            cell.value = text
            cell.data_type = "s"
        self.style(cell, field)
        if shaded:
            cell.fill = PatternFill("solid", fgColor=_NOTE)
        # Not every program makes a row as high as what is in it.
        width = sheet.column_dimensions[_letters(column)].width
        lines = sum(-(-len(line) // (width * _FILLED)) or 1 for line in text.split("\n"))
        before = sheet.row_dimensions[row].height or _LINE
        sheet.row_dimensions[row].height = max(before, min(lines * _LINE, _HIGHEST))

    def style(self, cell: Cell | ColumnDimension, field: Field | None) -> None:
        """What is typed into a text cell stays as it is typed; into a date cell, a program puts a date."""
        from openpyxl.styles import Alignment  # noqa: PLC0415

        cell.number_format = "yyyy-mm-dd" if field and field.kind == "date" else "@"
        cell.alignment = Alignment(vertical="top", wrap_text=True)

    def remark(self, sheet: Worksheet, cell: str, path: str) -> None:
        from openpyxl.comments import Comment  # noqa: PLC0415

        meaning = self.guide.meanings.get(path)
        if meaning:
            sheet[cell].comment = Comment(
                meaning, "commitgraph", width=340, height=40 + 18 * (len(meaning) // 40)
            )

    def drop_down(self, sheet: Worksheet, path: str, cells: str, *, many: bool) -> None:
        """Offer the words of a field; where several may stand in one cell, others are let through."""
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        words = tuple(self.guide.words.get(path, ()))
        if not words:
            return
        letter = self.columns.setdefault(words, _letters(len(self.columns) + 1))
        rule = DataValidation(
            "list",
            formula1=f"{LISTS}!${letter}$2:${letter}${len(words) + 1}",
            allow_blank=True,
            showErrorMessage=not many,
            errorTitle="Not in the list",
            error="Choose one of the words of the list, or leave the cell empty.",
        )
        sheet.add_data_validation(rule)
        rule.add(cells)

    def lists(self) -> None:
        """The sheet that holds the words of the drop-down lists."""
        sheet = self.book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for number, words in enumerate(self.columns, 1):
            for row, word in enumerate(("words", *words), 1):
                self.put(sheet, row, number, word)


def _width(field: Field) -> int:
    """The width of the column of a field; names of the graph are longer than words of a list."""
    return 38 if field.space.startswith(ID) else _WIDTHS[field.kind]


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return str(get_column_letter(column))
