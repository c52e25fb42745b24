"""The judging of one file: bytes in, a report out, and never an exception."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyoxigraph as ox

from commitgraph.disclosure import background
from commitgraph.disclosure.account import UNSHOWN, account_of
from commitgraph.disclosure.allow import allow
from commitgraph.disclosure.catalogue import reading
from commitgraph.disclosure.engines import EngineName, judge
from commitgraph.disclosure.envelope import enclose
from commitgraph.disclosure.identity import identified
from commitgraph.disclosure.locate import Locator
from commitgraph.disclosure.opening import content_of, opened, read
from commitgraph.disclosure.reading.source import Refused, Remark, Remarks
from commitgraph.disclosure.reading.statements import Document
from commitgraph.disclosure.register import Register, register
from commitgraph.disclosure.report import Account, FileReport, Finding, Report, clipped, in_order, visible
from commitgraph.disclosure.resolve import resolve
from commitgraph.disclosure.shapes import USUAL, shapes_of
from commitgraph.disclosure.shapes import profiles as all_profiles
from commitgraph.disclosure.unanswered import not_given, unanswered

#: For a code, the codes that tell the same better at the same place: words that hold a place, point elsewhere
#: or repeat a status are short, too; what is newer than the disclosure is newer than its period; a name that
#: fits two parties is no unknown name, though to the shapes it is one; an organisation that describes itself
#: may be in the graph; of a promise newer than the disclosure there can be no source.
TOLD_BETTER = {
    "CG139": ("CG554", "CG568", "CG569", "CG570"),
    "CG207": ("CG577",),
    "CG401": ("CG402",),
    "CG407": ("CG408", "CG409"),
    **dict.fromkeys(sorted(UNSHOWN), ("CG590",)),
    "CG703": ("CG554",),
    "CG706": ("CG554",),
}


def judge_file_bytes(
    name: str,
    data: bytes,
    profiles: Sequence[str] = USUAL,
    today: date | None = None,
    store: ox.Store | None = None,
) -> dict[str, Any]:
    """Judge one file and give the JSON report, for callers in another process.

    Args:
        name: file name; its extension tells the notation, and without one it is found out.
        data: the content.
        profiles: names of the profiles to judge by.
        today: the day of judging; now when None.
        store: the graph to judge against; the shipped data when None.

    Raises:
        ValueError: a profile is unknown.
    """
    chosen = known_profiles(profiles)
    return Report((judge_bytes(name, data, chosen, today, store),), chosen).to_dict()


def known_profiles(names: Iterable[str]) -> tuple[str, ...]:
    """The profiles without repetition, in a stable order.

    Raises:
        ValueError: one of them is not known, or there is none.
    """
    known = all_profiles()
    chosen = sorted(set(names), key=lambda name: (name != "core", name))
    for name in chosen:
        if name not in known:
            raise ValueError(f"expected a profile out of {', '.join(known)}, got {name!r}")
    if not chosen:
        raise ValueError(f"expected at least one profile out of {', '.join(known)}")
    return tuple(chosen)


def judge_bytes(  # noqa: PLR0913, PLR0917  (the face of all that judges)
    name: str,
    data: bytes,
    profiles: tuple[str, ...],
    today: date | None = None,
    store: ox.Store | None = None,
    engine: EngineName = "compiled",
) -> FileReport:
    """Judge one file. Whatever is in it, the outcome is a report.

    Args:
        name: file name; its extension tells the notation, and without one it is found out.
        data: the content.
        profiles: names of the profiles to judge by, all of them known.
        today: the day of judging; now when None.
        store: the graph to judge against; the shipped data when None.
        engine: what holds it against the shapes.

    Raises:
        DataError: the shipped data cannot be read.
    """
    # Read first: a data set that cannot be read is no fault of the file, and is told apart from one.
    graph = background.graph() if store is None else store
    shown = visible(name)
    text = ""
    account = None
    try:
        notation, text = content_of(name, data)
        day = today or datetime.now(UTC).date()
        findings, account = _findings(shown, notation, text, data, profiles, day, graph, engine)
        unreadable = False
    except Refused as refusal:
        findings, unreadable = [_refusal(shown, refusal)], True
    except Exception as error:
        message = f"The checker failed on this file ({type(error).__name__})."
        findings, unreadable = [_refusal(shown, Refused("CG012", message))], True
    ordered = in_order(findings)
    return FileReport(shown, ordered, unreadable, account, _lines(text, ordered))


def unreadable(name: str, refusal: Refused) -> FileReport:
    """The report on a file that could not even be opened."""
    return FileReport(visible(name), (_refusal(visible(name), refusal),), True)


def _resolved(told: Document, names: Register, remarks: Remarks) -> tuple[Document, list[str]]:
    """What a file says about itself, with the terms of the graph for names, and the items it is about."""
    own, items = enclose(told, remarks)
    return identified(told.with_statements(resolve(own, names, remarks)), names, remarks), items


def triples_of(name: str, data: bytes, store: ox.Store) -> list[ox.Triple]:
    """The graph of one disclosure as the shapes see it, without what the graph knows besides.

    Args:
        name: file name; its extension tells the notation, and without one it is found out.
        data: the content.
        store: the graph in which names are looked up.

    Raises:
        Refused: the file cannot be read.
    """
    document, _ = _resolved(opened(name, data, Remarks()).document, register(store), Remarks())
    return document.triples()


def _findings(  # noqa: PLR0913, PLR0917  (all that a judgement rests on)
    shown: str,
    notation: str,
    text: str,
    data: bytes,
    profiles: tuple[str, ...],
    today: date,
    graph: ox.Store,
    engine: EngineName,
) -> tuple[list[Finding], Account]:
    remarks = Remarks()
    names = register(graph)
    told = read(notation, text, data, remarks)
    document, items = _resolved(told, names, remarks)
    promises, questions = "coverage" in profiles, "hiroshima" in profiles
    around = background.slice_for(
        document.statements, graph, promises=promises, today=today, questions=questions
    )
    hits = judge([*document.triples(), *around], profiles, engine)
    # Of a text that a comment cuts off a remark tells already, and no hint need tell it again.
    cut = {remark.place.line for remark in remarks if remark.code == "CG113"}
    lines = text.split("\n") if notation == "yaml" else ()
    lines = ["" if number in cut else line for number, line in enumerate(lines, 1)]
    blank = unanswered(told.statements, document)
    shapes = shapes_of(profiles)
    codes: dict[str, set[str]] = defaultdict(set)
    for hit in hits:
        # A query on the whole disclosure names the part by ?value.
        codes[hit.value if hit.value in items else hit.focus].add(shapes[hit.shape].code)
    locator = Locator(shown, document, items, names, lines, silent=blank, faults=codes)
    # What is missing is told first: what follows from its absence is then known for an echo.
    told_first = sorted(hits, key=lambda hit: hit.value not in {None, hit.focus})
    judged = ((hit, shapes[hit.shape]) for hit in told_first)
    findings = [locator.finding(hit, shape) for hit, shape in judged if not locator.is_echo(hit, shape)]
    if blank:
        remarks.append(not_given(document, blank))
    findings += [finding_of(shown, remark) for remark in remarks if remark not in locator.told]
    findings = _told_once(findings)
    account = account_of(document, names, around, findings, codes, profiles, blank)
    # A workbook has no comments that could allow a finding.
    marked, faults = allow(findings, text, notation, profiles, today)
    return marked + [finding_of(shown, fault) for fault in faults], account


def _told_once(findings: list[Finding]) -> list[Finding]:
    """The findings without those that another one at the same place tells better."""
    there = {(finding.line, finding.column, finding.code) for finding in findings}
    return [
        finding
        for finding in findings
        if not any(
            (finding.line, finding.column, better) in there for better in TOLD_BETTER.get(finding.code, ())
        )
    ]


def finding_of(file: str, remark: Remark) -> Finding:
    """The finding that a remark made while reading stands for."""
    check = reading()[remark.code]
    return Finding(
        file=file,
        line=remark.place.line,
        column=remark.place.column,
        code=check.code,
        name=check.name,
        severity=check.severity,
        message=clipped(remark.message, 400),
        hint=clipped(remark.hint or check.hint, 1_000),
        value=None if remark.value is None else clipped(remark.value, 200),
        width=remark.place.width,
        sheet=clipped(remark.place.sheet) or None,
    )


def _refusal(file: str, refusal: Refused) -> Finding:
    return finding_of(file, Remark(refusal.code, refusal.message, refusal.place, refusal.hint, refusal.value))


def _lines(text: str, findings: Iterable[Finding]) -> dict[int, str]:
    wanted = {finding.line for finding in findings}
    lines = text.split("\n", max(wanted)) if wanted else []
    return {number: lines[number - 1] for number in sorted(wanted) if number <= len(lines)}
