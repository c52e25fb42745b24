"""What is likely wrong in YAML that a parser refuses, and where.

A parser stops where it can go on no more, which is often a line behind the fault. So the lines around that
place are looked at for the faults that people make, each with its cure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from commitgraph.disclosure import characters
from commitgraph.disclosure.reading.source import Place


class Fault(NamedTuple):
    """What is wrong, where, and what to do."""

    message: str
    place: Place
    hint: str
    value: str | None = None


_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
_FIELD = r"(?P<before> *(?:- +)*)(?P<key>[A-Za-z][\w-]*)"
_WIDE_COLON = re.compile(_FIELD + r"(?P<colon>[：﹕︓])")
_NO_SPACE = re.compile(_FIELD + r":(?P<value>(?!//)[^\s:].*)")
_NO_DASH_SPACE = re.compile(r" *(?P<dash>-)(?P<rest>[A-Za-z][\w-]*:(?: .*|))")
_MEMBER = re.compile(_FIELD + r": +(?P<value>\S.*?) *")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_BARE_WORDS = re.compile(r" *(?:- +)*(?P<text>[^\s:#\-].*)")
#: Longer lines are not looked at: some of the patterns take a time that grows faster than the line.
_LONGEST = 1_000
#: Signs that mean something to YAML at the beginning of a value.
_SIGNS = {
    "@": "is kept for later use in YAML",
    "`": "is kept for later use in YAML",
    "%": "cannot begin a value in YAML",
    "*": "begins a reference in YAML",
    "&": "begins a name for a value in YAML",
    "!": "begins a type in YAML",
    "|": "begins a text of several lines in YAML",
    ">": "begins a text of several lines in YAML",
    "-": "begins an item of a list in YAML",
    "?": "begins a field name in YAML",
    "[": "begins a list in YAML",
    "{": "begins a group of fields in YAML",
    '"': "begins a quoted text in YAML, which ends at the next one",
    "'": "begins a quoted text in YAML, which ends at the next one",
}
_CLOSES = {"[": "]", "{": "}", '"': '"', "'": "'"}


def explain(text: str, at: int, began: int | None = None) -> Fault | None:
    """What is likely wrong in a text that a parser refuses; None where nothing is recognised.

    Args:
        text: the whole file.
        at: offset of the place where the parser stopped.
        began: offset at which what it was reading then began, where it says so.
    """
    conflict = _CONFLICT.search(text)
    if conflict:
        place = Place(text.count("\n", 0, conflict.start()) + 1, 1, len(conflict[0]))
        return Fault(
            "The file holds both sides of a merge that was not finished.",
            place,
            "keep the lines of one side, and take out all lines that begin with <<<<<<<, ======= or >>>>>>>",
            conflict[0],
        )
    lines = text.split("\n")
    seen = set()
    for number in _suspects(text, lines, at, began):
        if number not in seen and (fault := of_line(lines[number - 1], number)):
            return fault
        seen.add(number)
    stopped = _place(text, at).line
    return _unclosed(text, at, began) or _no_field(text, began) or _indented(lines, stopped)


def of_line(line: str, number: int) -> Fault | None:
    """The first fault that a line shows; None where it shows none.

    Args:
        line: the line.
        number: its number, from 1.
    """
    if len(line) > _LONGEST:
        return None
    for look in (_spacing, _colon, _template, _value):
        fault = look(line, number)
        if fault:
            return fault
    return None


def _suspects(text: str, lines: list[str], at: int, began: int | None) -> Iterator[int]:
    """Numbers of the lines to look at, the likeliest first."""
    stopped = text.count("\n", 0, at) + 1
    if began is not None and stopped - (text.count("\n", 0, began) + 1) <= 1:
        yield text.count("\n", 0, began) + 1
    yield stopped
    before = stopped - 1
    while before > 0 and not lines[before - 1].strip():
        before -= 1
    if before:
        yield before
    if began is not None:
        yield text.count("\n", 0, began) + 1


def _spacing(line: str, number: int) -> Fault | None:
    indent = line[: len(line) - len(line.lstrip())]
    after = re.match(_FIELD + r":(?P<space>\s*)", line)
    for start, space in ((0, indent), (after.start("space"), after["space"]) if after else (0, "")):
        for offset, char in enumerate(space):
            if char == "\t":
                place = Place(number, start + offset + 1)
                return Fault("A tab stands where YAML takes spaces.", place, "put spaces for the tab", "\t")
            if char != " ":
                place = Place(number, start + offset + 1)
                what = characters.named(char)
                return Fault(
                    f"The character {what} stands where YAML takes spaces.",
                    place,
                    "delete it and type a space with the space bar",
                    char,
                )
    for offset, char in enumerate(line):
        if char != " " and characters.unseen(char) and not line[:offset].strip(" -"):
            place = Place(number, offset + 1)
            return Fault(f"The character {characters.named(char)} begins the line.", place, "delete it", char)
    return None


def _colon(line: str, number: int) -> Fault | None:
    wide = _WIDE_COLON.match(line)
    if wide:
        rest = line[wide.end() :].strip()
        fixed = f"{wide['key']}: {rest}".rstrip()
        return Fault(
            f"The colon behind `{wide['key']}` is {characters.named(wide['colon'])}, not the plain one.",
            Place(number, wide.start("colon") + 1),
            f"write `{fixed}`, with a plain colon and a space",
            wide["colon"],
        )
    dash = _NO_DASH_SPACE.match(line)
    if dash:
        place = Place(number, dash.start("dash") + 1)
        return Fault("No space stands behind the dash.", place, f"write `- {dash['rest']}`", line.strip())
    close = _NO_SPACE.match(line)
    if close:
        fixed = f"{close['key']}: {close['value']}"
        place = Place(number, close.start("value"))
        return Fault(
            f"No space stands behind the colon of `{close['key']}`.", place, f"write `{fixed}`", line.strip()
        )
    return None


def _template(line: str, number: int) -> Fault | None:
    found = _TEMPLATE.search(line)
    if not found or line.lstrip().startswith("#"):
        return None
    return Fault(
        f"{found[0][:40]} is a place of a template that was not filled in.",
        Place(number, found.start() + 1, len(found[0])),
        "write the value there; if the braces belong to the text, put the whole text between quotation marks",
        found[0],
    )


def _value(line: str, number: int) -> Fault | None:
    member = _MEMBER.fullmatch(line)
    if not member:
        return None
    value = member["value"]
    sign = value[0]
    place = Place(number, member.start("value") + 1, len(value))
    if sign in _SIGNS:
        if _as_yaml_has_it(value):
            return None
        around = sign in "\"'" and value[-1] == sign
        whole = value[1:-1] if around else value
        message = f"The text begins with {sign}, which {_SIGNS[sign]}."
        return Fault(message, place, f"write `{member['key']}: {quoted(whole)}`", value)
    if re.search(r":(?: |$)", value):
        message = "A colon with a space behind it stands in a text without quotation marks."
        return Fault(message, place, f"write `{member['key']}: {quoted(value)}`", value)
    return None


def _as_yaml_has_it(value: str) -> bool:
    """Whether a value that begins with a sign of YAML uses it as YAML does, or goes on in the next line."""
    sign = value[0]
    if sign in "|>":
        return re.fullmatch(r"[|>][-+0-9]*(?: #.*)?", value) is not None
    if sign not in _CLOSES:
        return False
    end = _CLOSES[sign]
    if end not in value[1:]:
        return True
    if sign in "[{":
        return value.endswith(end)
    return re.fullmatch(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', value) is not None


def _unclosed(text: str, at: int, began: int | None) -> Fault | None:
    """A bracket or quotation mark that is never closed, or a sign inside that needs quotation marks."""
    if text[at - 1 : at] == "\\" and began is not None and text[began] == '"':
        return Fault(
            "A backslash begins an escape between double quotation marks, and this is none.",
            _place(text, at - 1),
            "write the backslash twice, or put the text between single quotation marks",
            text[at - 1 : at + 1],
        )
    if began is None or text[began : began + 1] not in _CLOSES:
        return None
    sign = text[began]
    if _CLOSES[sign] in text[began + 1 :].partition("\n")[0]:
        if text[at : at + 1] != ":":
            return None
        return Fault(
            "A colon with a space behind it stands in a text without quotation marks.",
            _place(text, at),
            "put the text that holds this colon between quotation marks",
        )
    return Fault(
        f"The {sign} is not closed where it should be.",
        _place(text, began),
        f"put a {_CLOSES[sign]} where the value ends",
        sign,
    )


def _no_field(text: str, began: int | None) -> Fault | None:
    """A line that neither has a colon nor goes on with the line above."""
    if began is None:
        return None
    line = text[began:].partition("\n")[0].rstrip()
    if ":" in line or not line or line[0] in _CLOSES:
        return None
    return Fault(
        f'"{line[:40]}" is no field: a field is a name, a colon, a space and a value.',
        _place(text, began)._replace(width=len(line)),
        "if it goes on with the text above it, let it begin further right than that field",
        line,
    )


def _place(text: str, at: int) -> Place:
    return Place(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _indented(lines: list[str], number: int) -> Fault | None:
    """A line that begins further left or right than the fields it belongs to."""
    line = lines[number - 1] if number <= len(lines) else ""
    before = next((lines[n - 1] for n in range(number - 1, 0, -1) if lines[n - 1].strip()), "")
    if not line.strip() or not before:
        return None
    here = len(line) - len(line.lstrip(" "))
    there = len(before) - len(before.lstrip(" -"))
    if here != there and re.match(_FIELD + ":", line):
        return Fault(
            f"The line begins in column {here + 1}, which is no column of the fields around it.",
            Place(number, here + 1),
            f"let it begin in the column of the field that it belongs beside; "
            f"the field before it begins in column {there + 1}",
            line.strip(),
        )
    return None


def quoted(text: str) -> str:
    """A text between quotation marks, as YAML and JSON read it.

    >>> quoted('the "new" rules')
    '"the \\\\"new\\\\" rules"'
    """
    return json.dumps(text, ensure_ascii=False)
