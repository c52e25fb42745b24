"""Tables: CSV and workbooks say the same as YAML, cell by cell, and nothing dangerous gets in."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from commitgraph.disclosure import judge_file_bytes
from tests.unit.disclosure import examples
from tests.unit.disclosure.test_hostile import harmless
from tests.unit.disclosure.test_notations import DISCLOSURES, Fields

Found = list[dict[str, Any]]


def findings(name: str, data: str | bytes) -> Found:
    content = data.encode() if isinstance(data, str) else data
    report = judge_file_bytes(name, content, ("core", "coverage"), examples.TODAY)
    found: Found = report["files"][0]["findings"]
    return found


def core(name: str, data: str | bytes) -> list[tuple[str, int, int]]:
    """Codes and places, without what is missing on top and what is asked of coverage."""
    left_out = {"CG123", "CG124", "CG130", "CG138", "CG139", "CG501", "CG502", "CG503", "CG504", "CG505"}
    return [(f["code"], f["line"], f["column"]) for f in findings(name, data) if f["code"] not in left_out]


# ------------------------------------------------------------ disclosures as tables


def flat(group: Fields, before: str = "") -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in group.items():
        if isinstance(value, dict):
            out |= flat(value, f"{before}{key}.")
        elif isinstance(value, list) and value and not isinstance(value[0], dict):
            out[before + key] = "; ".join(value)
        elif not isinstance(value, list):
            out[before + key] = value
    return out


def entry_rows(entries: list[Fields]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        own = flat(entry)
        evidence = [flat(one, "evidence.") for one in entry.get("evidence", [])]
        yield own | (evidence[0] if evidence else {})
        yield from ({"commitment": own.get("commitment")} | one for one in evidence[1:])


def table(rows: list[dict[str, Any]]) -> list[list[Any]]:
    columns = list(dict.fromkeys(key for row in rows for key in row)) or ["commitment", "status"]
    return [columns, *([row.get(column) for column in columns] for row in rows)]


def as_csv(made: Fields, delimiter: str = ",") -> str:
    stream = io.StringIO()
    for key, value in flat(made).items():
        stream.write(f"# {key}: {value}\n")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    for row in table(list(entry_rows(made.get("entries", [])))):
        writer.writerow([{True: "true", None: ""}.get(cell, cell) for cell in row])
    return stream.getvalue()


def as_workbook(made: Fields) -> bytes:
    sheets = {
        "disclosure": [["key", "value"], *map(list, flat(made).items())],
        "entries": table(list(entry_rows(made.get("entries", [])))),
    }
    if "risks" in made:
        sheets["risks"] = table([flat(risk) for risk in made["risks"]])
    return workbook(sheets)


def workbook(
    sheets: dict[str, list[list[Any]]], change: Callable[[Workbook], None] = lambda _: None
) -> bytes:
    book = Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(found: Found) -> Counter[tuple[str, str]]:
    return Counter((finding["code"], finding["severity"]) for finding in found)


# Two entries that say the same are one entry with more evidence in a table.
TABLES = sorted(DISCLOSURES.keys() - {"twice"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", TABLES)
def test_a_csv_file_has_the_findings_of_its_json(name: str, delimiter: str) -> None:
    made = {key: value for key, value in DISCLOSURES[name].items() if key != "risks"}
    assert told(findings("x.csv", as_csv(made, delimiter))) == told(findings("x.json", json.dumps(made)))


@pytest.mark.parametrize("name", TABLES)
def test_a_workbook_has_the_findings_of_its_json(name: str) -> None:
    made = DISCLOSURES[name]
    assert told(findings("x.xlsx", as_workbook(made))) == told(findings("x.json", json.dumps(made)))


# ------------------------------------------------------------ CSV

TOP = "# commitgraph: disclosure/1\n# organisation: cisco\n# title: Report\n"
PERIOD = "# period.from: 2025-07-01\n# period.to: 2026-06-30\n"
HEAD = "commitment,status,statement,evidence.type,evidence.title,evidence.url\n"
ROW = "seoul-ai-business-pledge/a1-3-i,planned,It is planned for the next year to come,,,\n"

CSV: dict[str, tuple[str, list[tuple[str, int, int]]]] = {
    "nothing wrong": (TOP + PERIOD + HEAD + ROW, []),
    "byte order mark and Windows line ends": (
        "\ufeff" + (TOP + PERIOD + HEAD + ROW).replace("\n", "\r\n"),
        [],
    ),
    "lines on top padded by a spreadsheet": (
        "# organisation: cisco,,,,,\n# commitgraph: disclosure/1,,,,,\n"
        '"# title: Report, and more",,,,,\n' + PERIOD + HEAD + ROW,
        [],
    ),
    "the delimiter told on top": ("sep=;\n" + TOP + PERIOD + (HEAD + ROW).replace(",", ";"), []),
    "names of columns in other spelling": (
        TOP + PERIOD + HEAD.replace("evidence.type", "Evidence Type").replace("status", "Status") + ROW,
        [],
    ),
    "unknown status": (TOP + PERIOD + HEAD + ROW.replace("planned,", "perhaps,"), [("CG411", 7, 33)]),
    "unknown status between quotes": (
        TOP + PERIOD + HEAD + ROW.replace("planned,", ' "per""haps",'),
        [("CG411", 7, 34)],
    ),
    "a place after a cell of two lines": (
        TOP + PERIOD + HEAD
        + 'seoul-ai-business-pledge/a1-3-i,planned,"It is planned\nfor 🙂 next year",rumour,T,\n',
        [("CG412", 8, 18)],
    ),
    "evidence in a row of its own": (
        TOP + PERIOD + HEAD + ROW + ",,,policy,A title,https://e.example/x\n"
        "seoul-ai-business-pledge/a1-3-i,,,rumour,Another,https://e.example/y\n",
        [("CG412", 9, 35)],
    ),
    "unknown role among several": (
        TOP + PERIOD + "# roles: deployer, king\n" + HEAD + ROW, [("CG413", 6, 20)]
    ),
    "unknown roles between quotes": (
        TOP + PERIOD + '"# roles: deployer; king",,,,,\n' + HEAD + ROW,
        [("CG413", 6, 21)],
    ),
    "unknown key": (TOP + PERIOD + "# organization: kt\n" + HEAD + ROW, [("CG109", 6, 3)]),
    "key twice": (TOP + PERIOD + "# title: Other\n" + HEAD + ROW, [("CG110", 6, 3)]),
    "line on top without a key": (TOP + PERIOD + "# our report\n" + HEAD + ROW, [("CG017", 6, 1)]),
    "unknown column": (TOP + PERIOD + HEAD.replace("evidence.type", "colour") + ROW, [("CG109", 6, 29)]),
    "column twice": (TOP + PERIOD + HEAD.replace("evidence.type", "status") + ROW, [("CG110", 6, 29)]),
    "risks": (TOP + PERIOD + HEAD.replace("evidence.type", "risks") + ROW, [("CG109", 6, 29)]),
    "a cell too many": (TOP + PERIOD + HEAD + ROW.replace(",,,", ",policy,T,,more"), [("CG017", 7, 91)]),
    "no names of columns": (TOP + PERIOD + ROW, [("CG017", 6, 1)]),
    "nothing but lines on top": (TOP, [("CG017", 4, 1)]),
    "quotation mark not closed": (TOP + PERIOD + HEAD + 'a,"b\nc', [("CG005", 7, 3)]),
    "text after the closing mark": (TOP + PERIOD + HEAD + 'a,"b"c\n', [("CG005", 7, 6)]),
    "blank": (" \n", [("CG010", 1, 1)]),
    "a local date": (
        TOP + PERIOD + HEAD.replace("evidence.url", "evidence.date")
        + ROW.replace(",,,", ",policy,T,01.06.2025"),
        [("CG201", 7, 90)],
    ),
    "a date as the number that Excel keeps": (
        TOP + PERIOD.replace("2026-06-30", "46203") + HEAD + ROW, [("CG201", 5, 14)]
    ),
    "blank status": (TOP + PERIOD + HEAD + ROW.replace("planned,", ","), [("CG106", 7, 33)]),
}  # fmt: skip


@pytest.mark.parametrize("case", CSV)
def test_a_fault_in_csv_is_found_at_its_cell(case: str) -> None:
    text, expected = CSV[case]
    assert core("x.csv", text) == expected


def test_a_risk_in_csv_is_told_where_risks_are_written() -> None:
    (finding,) = [f for f in findings("x.csv", CSV["risks"][0]) if f["code"] == "CG109"]
    assert "holds no risks" in finding["message"]
    assert "`risks`" in finding["hint"]


@pytest.mark.parametrize(
    ("encoding", "text", "said"),
    [
        ("utf-16", "# title: Report", "UTF-16"),
        ("utf-16-le", "# title: Report", "UTF-16"),
        ("cp949", "# title: 책임 있는 인공지능 보고서", "cp949"),
        ("shift_jis", "# title: 責任あるＡＩの報告書", "shift_jis"),
        ("cp1252", "# title: Bericht über künstliche Intelligenz – 2026", "cp1252"),
    ],
)
def test_an_encoding_is_named_with_what_to_do(encoding: str, text: str, said: str) -> None:
    (finding,) = findings("x.csv", (TOP + text).encode(encoding))
    assert finding["code"] == "CG004"
    assert said in finding["message"]
    assert "CSV UTF-8" in finding["hint"]


@pytest.mark.parametrize(
    ("data", "said"), [(b"PK\x03\x04", "ZIP"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0", "Office")]
)
def test_another_kind_of_file_under_the_name_of_a_text_is_told(data: bytes, said: str) -> None:
    (finding,) = findings("x.yaml", data + b"\x00" * 50)
    assert finding["code"] == "CG004"
    assert said in finding["message"]


# ------------------------------------------------------------ workbooks

FIELDS: list[list[Any]] = [
    ["commitgraph", "disclosure/1"],
    ["organisation", "cisco"],
    ["title", "Report"],
    ["period.from", date(2025, 7, 1)],
    ["period.to", datetime(2026, 6, 30)],
]
COLUMNS = ["commitment", "status", "statement", "evidence.type", "evidence.title", "evidence.version"]
ANSWER: list[Any] = ["seoul-ai-business-pledge/a1-3-i", "planned", "It is planned for the next year to come"]
SHEETS: dict[str, list[list[Any]]] = {"disclosure": FIELDS, "entries": [COLUMNS, ANSWER]}

Cells = list[tuple[str, str]]


def cells(data: bytes) -> Cells:
    """Codes with sheet and cell, less what :func:`core` leaves out."""
    kept = {code for code, _, _ in core("x.xlsx", data)}
    found = findings("x.xlsx", data)
    return [(f["code"], f"{f.get('sheet')}!{f.get('cell')}") for f in found if f["code"] in kept]


def with_entries(*rows: list[Any]) -> dict[str, list[list[Any]]]:
    return SHEETS | {"entries": [COLUMNS, *rows]}


def answer(**changed: Any) -> list[Any]:
    return [
        changed.get(name.replace(".", "_"), value)
        for name, value in zip(COLUMNS, [*ANSWER, None, None, None], strict=True)
    ]


WORKBOOKS: dict[str, tuple[dict[str, list[list[Any]]], Cells]] = {
    "nothing wrong, with dates as dates": (SHEETS, []),
    "unknown status": (with_entries(answer(status="perhaps")), [("CG411", "entries!B2")]),
    "a space behind a status, as one is typed": (with_entries(answer(status="implemented ")), []),
    "true as LibreOffice writes it": (
        SHEETS | {"entries": [[*COLUMNS, "evidence.public"], [*answer(evidence_type="policy"), "=TRUE()"]]},
        [("CG126", "entries!E2")],
    ),
    "days outside the period, each at its own cell": (
        SHEETS
        | {
            "entries": [
                [*COLUMNS, "evidence.date"],
                [*answer(evidence_type="policy", evidence_title="A"), "2025-02-08"],
                [*answer(commitment="seoul-ai-business-pledge/a1-6", evidence_type="policy"), "2025-02-08"],
            ]
        },
        [("CG207", "entries!G2"), ("CG126", "entries!E3"), ("CG207", "entries!G3")],
    ),
    "blank rows and columns": (
        SHEETS | {"entries": [[], [None, *COLUMNS], [], [None, *answer(status="perhaps")]]},
        [("CG411", "entries!C4")],
    ),
    "on the sheet of the disclosure": (
        SHEETS | {"disclosure": [*FIELDS[:4], ["period.to", "soon"], ["roles", "king; deployer"]]},
        [("CG201", "disclosure!B5"), ("CG413", "disclosure!B6")],
    ),
    "missing on top": (SHEETS | {"disclosure": FIELDS[:1] + FIELDS[2:]}, [("CG101", "disclosure!A1")]),
    "formulas": (
        with_entries(answer(statement='="It is"&" planned"'), answer(status="=1+1")),
        [("CG015", "entries!C2")],
    ),
    "a number as version": (
        with_entries(answer(evidence_type="policy", evidence_title="T", evidence_version=2)), []
    ),
    "a number that may have lost a sign": (
        with_entries(answer(evidence_type="policy", evidence_title="T", evidence_version=2.1)),
        [("CG108", "entries!F2")],
    ),
    "a version that became a date": (
        with_entries(answer(evidence_type="policy", evidence_title="T", evidence_version=date(2025, 2, 1))),
        [("CG108", "entries!F2")],
    ),
    "an error": (with_entries(answer(statement="#REF!")), [("CG017", "entries!C2"), ("CG125", "entries!C2")]),
    "no entries": ({"disclosure": FIELDS}, [("CG017", "None!None")]),
    "a sheet of another name": (SHEETS | {"Notes": [["x"]]}, [("CG109", "Notes!A1")]),
    "a cell beside key and value": (
        SHEETS | {"disclosure": [*FIELDS, ["roles", "deployer", "supplier"]]}, [("CG017", "disclosure!C6")]
    ),
    "a cell without a column": (with_entries([*answer(), "more"]), [("CG017", "entries!G2")]),
    "risks": (
        SHEETS
        | {
            "risks": [
                ["right", "description", "severity.scale", "stakeholders"],
                ["privacy", "A description of it", "huge", "users; workers"],
            ]
        },
        [("CG416", "risks!C2")],
    ),
    "the same place on two sheets": (
        {"disclosure": [[], [], *FIELDS[:1], ["organisation", "cisco"], ["framework", "none of all"],
                        *FIELDS[2:]],
         "entries": [[], [], [], COLUMNS, answer(status="perhaps")]},
        [("CG405", "disclosure!B5"), ("CG411", "entries!B5")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORKBOOKS)
def test_a_fault_in_a_workbook_is_found_at_its_cell(case: str) -> None:
    sheets, expected = WORKBOOKS[case]
    assert cells(workbook(sheets)) == expected


def repacked(data: bytes, name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part added or changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        before = old.read(name) if name in old.namelist() else b""
        new.writestr(name, content(before) if callable(content) else content)
    return stream.getvalue()


def entity(content: bytes) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content


UNSAFE: dict[str, tuple[str, bytes | Callable[[bytes], bytes], str]] = {
    "macros": ("xl/vbaProject.bin", b"x", "CG016"),
    "another workbook": ("xl/externalLinks/externalLink1.xml", b"<x/>", "CG016"),
    "an object": ("xl/embeddings/oleObject1.bin", b"x", "CG016"),
    "a connection": ("xl/connections.xml", b"<x/>", "CG016"),
    "entities": ("xl/worksheets/sheet1.xml", entity, "CG016"),
    "entities in UTF-16": (
        "xl/worksheets/sheet1.xml",
        lambda content: entity(content).decode().encode("utf-16"),
        "CG016",
    ),
    "another encoding": ("xl/workbook.xml", b'<?xml version="1.0" encoding="cp037"?><a/>', "CG016"),
    "a part that unpacks to far more": ("xl/media/x.png", b"\0" * (40 << 20), "CG003"),
    "styles without end": ("xl/styles.xml", b"<xf/>" * 50_000, "CG008"),
    "cells without end": ("xl/worksheets/sheet2.xml", b"<c/>" * 1_100_000, "CG008"),
    "no workbook": ("[Content_Types].xml", b"<Types/>", "CG005"),
    "no XML": ("xl/worksheets/sheet1.xml", b"<worksheet", "CG005"),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_workbook_is_refused(case: str) -> None:
    name, content, code = UNSAFE[case]
    (finding,) = findings("x.xlsx", repacked(workbook(SHEETS), name, content))
    assert finding["code"] == code


def test_an_old_or_locked_workbook_is_told() -> None:
    (finding,) = findings("x.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert finding["code"] == "CG016"
    assert "without a password" in finding["hint"]


def far_away(book: Workbook) -> None:
    sheet = book["entries"]
    assert isinstance(sheet, Worksheet)
    sheet["A1048576"] = "x"


def far_right(book: Workbook) -> None:
    sheet = book["entries"]
    assert isinstance(sheet, Worksheet)
    sheet["XFD2"] = "x"


@pytest.mark.parametrize("change", [far_right, far_away])
def test_a_cell_far_away_is_refused_and_the_way_to_it_not_walked(change: Callable[[Workbook], None]) -> None:
    assert {code for code, _, _ in core("x.xlsx", workbook(SHEETS, change))} == {"CG008"}


def test_too_many_rows_are_refused() -> None:
    rows = [answer() for _ in range(1001)]
    assert {code for code, _, _ in core("x.xlsx", workbook(with_entries(*rows)))} == {"CG008"}
    assert {code for code, _, _ in core("x.csv", TOP + HEAD + ROW * 1001)} == {"CG008"}
    assert {code for code, _, _ in core("x.csv", HEAD + ",,,policy,T,\n" * 20_000)} == {"CG008"}


# ------------------------------------------------------------ anything at all

CELLS = st.sampled_from(
    ['"', '""', ",", ";", "\t", "\n", "#", ":", "status", "commitment", "roles", " ", "🙂"]
)
VALUES = (
    st.none() | st.booleans() | st.integers(-9, 99_999) | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(date(1950, 1, 1)) | st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=8)
    | st.sampled_from(["organisation", "roles", "status", "=1", "#N/A", "true", "x; y", "period.from"])
)  # fmt: skip


@pytest.mark.soak
@given(
    st.lists(CELLS | st.text(max_size=3), max_size=40).map("".join), st.sampled_from(["", TOP, TOP + HEAD])
)
def test_any_csv_gives_a_report(text: str, before: str) -> None:
    harmless("x.csv", (before + text).encode("utf-8", "surrogatepass"))


@pytest.mark.soak
@given(st.lists(st.lists(VALUES, max_size=4), max_size=4), st.lists(st.lists(VALUES, max_size=8), max_size=4))
def test_any_cells_give_a_report(top: list[list[Any]], rows: list[list[Any]]) -> None:
    harmless("x.xlsx", workbook({"disclosure": top, "entries": [COLUMNS, *rows]}))


WHOLE = workbook(SHEETS)


@pytest.mark.soak
@given(st.data())
def test_a_damaged_workbook_gives_a_report(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
        part = archive.read(name)
    start = data.draw(st.integers(0, len(part)))
    filler = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"<", b">", b"<a/>", b'"', b"&a;", b"99999999"])
    )
    stop = data.draw(st.integers(start, min(len(part), start + 40)))
    harmless("x.xlsx", repacked(WHOLE, name, part[:start] + filler + part[stop:]))
    cut = data.draw(st.integers(0, len(WHOLE)))
    harmless("x.xlsx", WHOLE[:cut] + filler + WHOLE[cut + 3 :])
