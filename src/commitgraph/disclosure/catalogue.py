"""The catalogue of checks: every code with its name, its severity and what it says.

Most checks are shapes and are read from there. What a shape cannot see (a file that cannot be
read, a field that is given twice) is found while reading; those checks stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from commitgraph.disclosure.shapes import Severity, profiles, shapes_of


@dataclass(frozen=True)
class Check:
    """One check, as a catalogue tells it.

    Attributes:
        code: stable; never used for another check.
        name: stable; reads well after "allow".
        severity: how grave a finding of it is.
        summary: what it looks for, in one sentence.
        hint: what to do about it.
        profiles: the profiles that hold it; empty for checks made while reading.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    hint: str
    profiles: tuple[str, ...] = ()


_FORMATS = "use .yaml, .yml, .json, .jsonld, .ttl or .nt"

READING = (
    Check("CG001", "unreadable-file", "violation", "The file cannot be opened.", "check its permissions"),
    Check("CG002", "unsupported-format", "violation", "The file has a format that is not judged.", _FORMATS),
    Check(
        "CG003",
        "file-too-large",
        "violation",
        "The file is larger than 10 MiB.",
        "split it: one disclosure, one file",
    ),
    Check("CG004", "not-utf-8", "violation", "The file is not text in UTF-8.", "save it as UTF-8"),
    Check(
        "CG005",
        "not-well-formed",
        "violation",
        "The file breaks the rules of its notation.",
        "correct the notation at this place",
    ),
    Check(
        "CG006",
        "unsafe-yaml",
        "violation",
        "The file uses tags, anchors, aliases or merge keys of YAML.",
        "write the value out in full",
    ),
    Check(
        "CG007",
        "nested-too-deep",
        "violation",
        "The file is nested deeper than a disclosure can be.",
        "compare the levels with the template",
    ),
    Check(
        "CG008",
        "too-much",
        "violation",
        "The file holds more items or longer texts than are judged.",
        "split it, or point at the long text with a link",
    ),
    Check(
        "CG009",
        "foreign-context",
        "violation",
        "The file asks for a JSON-LD context from elsewhere.",
        "leave @context out, or name https://w3id.org/commitgraph/context.jsonld",
    ),
    Check(
        "CG010",
        "not-a-disclosure",
        "violation",
        "The file does not hold exactly one disclosure.",
        'start with `commitgraph: disclosure/1` (in JSON with `{"commitgraph": "disclosure/1"`); '
        "one file, one disclosure",
    ),
    Check(
        "CG011",
        "control-character",
        "violation",
        "The file holds a character that does not belong in text.",
        "remove the character",
    ),
    Check(
        "CG012",
        "not-judged",
        "violation",
        "The checker itself failed on this file.",
        "please report the file: this is a fault of commitgraph",
    ),
    Check(
        "CG108",
        "wrong-type",
        "violation",
        "A value has another type than its field takes.",
        "write the kind of value that the field takes",
    ),
    Check(
        "CG109",
        "unknown-field",
        "warning",
        "A field is not known at its level.",
        "remove the field, or move it to where it belongs",
    ),
    Check(
        "CG110",
        "double-field",
        "violation",
        "A field is given twice in one place.",
        "keep the one that is meant",
    ),
    Check(
        "CG402",
        "ambiguous-name",
        "violation",
        "A name fits more than one thing of the graph.",
        "write the slug",
    ),
    Check(
        "CG404",
        "foreign-statement",
        "violation",
        "The file speaks about something that is no part of it.",
        "leave the statement out",
    ),
)


@cache
def reading() -> dict[str, Check]:
    """The checks made while reading, by code."""
    return {check.code: check for check in READING}


@cache
def checks() -> tuple[Check, ...]:
    """All checks, in the order of their codes."""
    found: dict[str, Check] = dict(reading())
    for profile in profiles():
        for shape in shapes_of((profile,)).values():
            before = found.get(shape.code)
            holders = tuple(sorted({*(before.profiles if before else ()), profile}))
            summary = before.summary if before else shape.message
            hint = before.hint if before else shape.hint
            found[shape.code] = Check(shape.code, shape.name, shape.severity, summary, hint, holders)
    return tuple(found[code] for code in sorted(found))
