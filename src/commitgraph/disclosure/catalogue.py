"""The catalogue of checks: every code with its name, its severity and what it says.

Most checks are shapes and are read from there. What a shape cannot see (a file that cannot be
read, a field that is given twice) is found while reading; those checks stand here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from commitgraph.disclosure.reading.notations import EXTENSIONS
from commitgraph.disclosure.shapes import Severity, Shape, profiles, shapes_of


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
        rests_on: address of the provision that gives the reason, where there is one.
        known_limits: what it is known not to see, or to see wrongly, a sentence each.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    hint: str
    profiles: tuple[str, ...] = ()
    rests_on: str | None = None
    known_limits: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The check as the list of all checks has it in JSON."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "profiles": list(self.profiles),
            "summary": self.summary,
        }


#: A variable of a shape's message; in the summary of a check it stands for any value.
VARIABLE = re.compile(r"\{\?\w+\}")
#: The form of a comment that allows a finding.
ALLOW = "`# commitgraph: allow CODE until YYYY-MM-DD: reason`"

_FORMATS = f"use {', '.join(EXTENSIONS[:-1])} or {EXTENSIONS[-1]}"

READING = (
    Check(
        "CG001",
        "unreadable-file",
        "violation",
        "The file cannot be opened.",
        "check that it is there and that you may read it",
    ),
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
        "CG013",
        "not-a-regular-file",
        "violation",
        "The name belongs to a pipe, a device, a socket or the like.",
        "save the disclosure in a file, or hand it over on standard input: commitgraph validate -",
    ),
    Check(
        "CG014",
        "link-out-of-the-folder",
        "violation",
        "The name is a symbolic link to a file outside the folder.",
        "put the file itself in its place",
    ),
    Check(
        "CG015",
        "formula",
        "violation",
        "A cell of a spreadsheet holds a formula.",
        "write the value itself: nothing is computed here",
    ),
    Check(
        "CG016",
        "unsafe-workbook",
        "violation",
        "A workbook carries macros, entities, other files or links to them, or is locked.",
        "save it as a plain workbook (.xlsx) without them",
    ),
    Check(
        "CG017",
        "not-a-table",
        "violation",
        "A table has not the form in which disclosures are written.",
        "name each column in one row of its own, and write one answer or one piece of evidence a row",
    ),
    Check(
        "CG018",
        "too-slow",
        "violation",
        "The file could not be judged in the time that one file may take.",
        "give it more time with --timeout, or write fewer entries and pieces of evidence in one file",
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
        "CG113",
        "text-cut-by-a-comment",
        "warning",
        "A text ends before a number sign, because what follows is a comment to YAML.",
        "if it belongs to the text, put the whole text between quotation marks; "
        "if it is a note, put it on a line of its own",
        known_limits=(
            "Told only where a digit, or a letter without a space, follows the sign, and no full stop goes "
            "before it: another comment behind a text is taken for a note.",
        ),
    ),
    Check(
        "CG143",
        "answer-not-given",
        "violation",
        "An entry of a template has an empty status, and nothing else is written in it.",
        "write how far the organisation has come behind `status:`; `commitgraph fields entries.status` lists "
        "the words; without its entry a promise that is asked for has no answer",
        known_limits=(
            "An entry without the field `status`, or with a statement but an empty status, is told of as one "
            "that lacks its status.",
        ),
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
    Check(
        "CG408",
        "known-organisation-describes-itself",
        "violation",
        "An organisation describes itself by a name or an identifier of a party of the graph.",
        "write the slug of the party in place of the description",
        known_limits=(
            "Names are compared without legal forms: another organisation of the same name is taken for the "
            "party. The web address of the organisation is not compared.",
        ),
    ),
    Check(
        "CG409",
        "organisation-like-a-known-one",
        "warning",
        "An organisation describes itself by a name that is like one of a party of the graph.",
        "if that party is meant, write its slug",
    ),
    Check(
        "CG410",
        "adherence-not-known",
        "info",
        "An entry answers for a text, and the graph does not know whether the organisation has taken it on.",
        "nothing to do where it has; a public link under `evidence:` shows where this can be read; where it "
        "has not, take the entry away",
    ),
    Check(
        "CG418",
        "unknown-country",
        "violation",
        "The country of an organisation is no two-letter code of ISO 3166-1.",
        "write the two capital letters of ISO 3166-1, such as `DE` for Germany or `KR` for Korea",
    ),
    Check(
        "CG419",
        "malformed-lei",
        "violation",
        "The LEI of an organisation is none: its form or its check digits are wrong.",
        "copy the 20 letters and digits from the register (https://search.gleif.org), or leave the field out",
        known_limits=("Whether an LEI has been given to that organisation is not looked up.",),
    ),
    Check(
        "CG601",
        "allow-of-no-check",
        "warning",
        "A comment that allows a finding names no check.",
        f"name one code: {ALLOW}",
    ),
    Check(
        "CG602",
        "allow-without-reason",
        "warning",
        "A comment that allows a finding gives no reason.",
        f"say why after the day: {ALLOW}",
    ),
    Check(
        "CG603",
        "allow-without-day",
        "warning",
        "A comment that allows a finding does not say until which day.",
        f"name the last day: {ALLOW}",
    ),
    Check(
        "CG604",
        "allow-past-its-day",
        "warning",
        "The last day of a comment that allows a finding is past.",
        "mend what the finding names, or give the comment a later day",
    ),
    Check(
        "CG605",
        "allow-of-nothing",
        "warning",
        "A comment allows a finding that is not made where it stands.",
        "remove the comment, or put it on the line of the finding or on a line of its own above",
        known_limits=(
            "A comment is held to the code and the line alone: where several findings of one code stand on "
            "one line, as those of promises without an entry do, it allows them all.",
        ),
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
            found[shape.code] = Check(
                shape.code,
                shape.name,
                shape.severity,
                before.summary if before else _summary(shape),
                before.hint if before else shape.hint,
                holders,
                (before.rests_on if before else None) or shape.rests_on,
                tuple(dict.fromkeys((*(before.known_limits if before else ()), *shape.known_limits))),
            )
    return tuple(found[code] for code in sorted(found))


def _summary(shape: Shape) -> str:
    """What a check says; what holds without a finding, where only a finding has the words for it."""
    return shape.description if VARIABLE.search(shape.message) else shape.message


def named(text: str) -> Check | None:
    """The check with this code or name, however its letters are written; None when there is none."""
    wanted = text.strip().lower()
    return next((check for check in checks() if wanted in (check.code.lower(), check.name)), None)
