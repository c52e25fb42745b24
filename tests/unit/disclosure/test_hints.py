"""Hints stand at the right place, say what to write for this very value, and never change a meaning."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.dataset import load
from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.reading import json_reader, jsonld_reader, turtle_reader, yaml_reader
from commitgraph.disclosure.reading.source import Refused, Remarks
from commitgraph.disclosure.register import register
from commitgraph.disclosure.shapes import shapes_of
from commitgraph.iris import local
from tests.unit.disclosure import examples

GOOD = """\
commitgraph: disclosure/1
organisation: kt
title: Report 2025
period: {from: 2025-01-01, to: 2025-12-31}
published: 2026-02-01
url: https://kt.example/report
roles: [deployer]
signed-off: {role: Head of AI, date: 2026-01-30}
entries:
  - commitment: seoul-ai-business-pledge/a1-2
    status: implemented
    statement: Every project follows the guide.
    evidence:
      - type: policy
        title: Rules
        url: https://kt.example/r
        date: 2025-06-01
        public: true
risks:
  - right: privacy
    description: Chats may hold personal data.
    severity: {scale: high, scope: low, irremediability: low}
    involvement: caused
    mitigation: {description: Names are removed., status: in-progress}
"""
EVIDENCE = GOOD[GOOD.index("    evidence:") : GOOD.index("risks:")]
#: What a hint proposes: `write X`, or did you mean "X".
PROPOSAL = re.compile(r'(?:^|[ ;])write `(.+?)`(?=$|[,;:]? )|did you mean "([^"]+)"')


class Mistake(NamedTuple):
    """One mistake: what stands instead of a part of the good file, what is found, and what its hint says.

    Attributes:
        old, new: the good part and the bad one.
        code, line, column: of the only finding.
        says: what the hint must contain.
        never: what it must not contain.
        bad: the part of `new` that the proposal of the hint stands for; empty where it is no value.
    """

    old: str
    new: str
    code: str
    line: int
    column: int
    says: str
    never: tuple[str, ...] = ()
    bad: str = ""


def status(word: str, says: str, *never: str, bad: str = "") -> Mistake:
    return Mistake("status: implemented", f"status: {word}", "CG411", 11, 13, says, never, bad)


def kind(word: str, says: str, *never: str, bad: str = "") -> Mistake:
    return Mistake("type: policy", f"type: {word}", "CG412", 14, 15, says, never, bad)


def commitment(slug: str, says: str, *never: str, bad: str = "") -> Mistake:
    good = "commitment: seoul-ai-business-pledge/a1-2"
    return Mistake(good, f"commitment: {slug}", "CG403", 10, 17, says, never, bad)


def organisation(name: str, says: str, *never: str, bad: str = "") -> Mistake:
    return Mistake("organisation: kt", f"organisation: {name}", "CG401", 2, 15, says, never, bad)


def published(date: str, says: str, *never: str, code: str = "CG201", bad: str = "") -> Mistake:
    return Mistake("published: 2026-02-01", f"published: {date}", code, 5, 12, says, never, bad)


def title(text: str, says: str, *, column: int = 8, code: str = "CG005", bad: str = "") -> Mistake:
    return Mistake("title: Report 2025", f"title: {text}", code, 3, column, says, (), bad)


def extra(field: str, says: str, *never: str, bad: str = "") -> Mistake:
    """An unknown field of a piece of evidence."""
    return Mistake("public: true", f"{field}\n        public: true", "CG109", 18, 9, says, never, bad)


def form(old: str, new: str, at: tuple[int, int], says: str, bad: str = "") -> Mistake:
    return Mistake(old, new, "CG108", *at, says, (), bad)


WIDE = "organisation\uff1akt"
PERIOD = "period: {from: 2025-01-01, to: 2025-12-31}"
SIGNED = "signed-off: {role: Head of AI, date: 2026-01-30}"
LINK = "url: https://kt.example/r\n"
DIGITS = "0123456789abcdef" * 4

MISTAKES = {
    # statuses
    "done": status("done", "implemented", "not-done", bad="done"),
    "completed": status("completed", "implemented", bad="completed"),
    "fully implemented": status("fully implemented", "implemented", bad="fully implemented"),
    "ongoing": status("ongoing", "in-progress", "`planned", bad="ongoing"),
    "under way": status("under way", "in-progress", bad="under way"),
    "started": status("started", "in-progress", bad="started"),
    "not started": status("not started", "planned (", "write `", "did you mean"),
    "partially implemented": status("partially implemented", "in-progress (", "write `", "did you mean"),
    "none": status("none", "not-done (", "write `", "did you mean"),
    "plan": status("plan", "planned (", "write `", "did you mean"),
    "on": status("on", "implemented (", "write `", "did you mean"),
    "yes": status("yes", "implemented (", "write `", "did you mean"),
    "not-planned": status("not-planned", "not-done (", "write `", "did you mean"),
    "capital": status("Implemented", "write `implemented`", bad="Implemented"),
    "space for hyphen": status("in progress", "write `in-progress`", bad="in progress"),
    "misspelt status": status("implementd", 'did you mean "implemented"?', bad="implementd"),
    "no-break space": status(
        "implemented\u00a0", "U+00A0 (no-break space)", "did you mean", bad="implemented\u00a0"
    ),
    "zero-width space": status("imple\u200bmented", "U+200B", "did you mean", bad="imple\u200bmented"),
    "Cyrillic letter": status(
        "im\u0440lemented",
        'U+0440 (cyrillic small letter er), which looks like "p"',
        "did you mean",
        bad="im\u0440lemented",
    ),
    "curly quotes": status("“implemented”", "U+201C", bad="“implemented”"),
    "en dash": status("in–progress", "U+2013", bad="in–progress"),
    "http for https": status(
        "http://w3id.org/commitgraph/scheme/status/implemented",
        "write `implemented`",
        bad="http://w3id.org/commitgraph/scheme/status/implemented",
    ),
    # kinds of evidence, roles, levels
    "report": kind("report", "transparency-report (", "write `", 'did you mean "'),
    "model card": kind("model card", "system-card", bad="model card"),
    "blog": kind("blog post", "other", bad="blog post"),
    "ISO 42001": kind("ISO 42001", "certification", "audit", bad="ISO 42001"),
    "training": kind("training", "programme", bad="training"),
    "misspelt type": kind("polcy", 'did you mean "policy"?', bad="polcy"),
    "video": kind("video", "for what is not in the list: other", "did you mean"),
    "developer": Mistake(
        "[deployer]", "[developer]", "CG413", 7, 9, "application-developer (", ("write `", 'mean "')
    ),
    "vendor": Mistake("[deployer]", "[vendor]", "CG413", 7, 9, "supplier", (), "vendor"),
    "moderate": Mistake("scope: low", "scope: moderate", "CG416", 22, 36, "medium", (), "moderate"),
    "short level": Mistake("scope: low", "scope: lw", "CG416", 22, 36, "low (", ("did you mean", "write `")),
    "direct link": Mistake(
        "involvement: caused",
        "involvement: directly linked",
        "CG417",
        23,
        18,
        "linked",
        ("`caused",),
        "directly linked",
    ),
    # commitments
    "short instrument": commitment(
        "seoul-pledge/a1-2", "`seoul-ai-business-pledge/a1-2`", "a1-1", bad="seoul-pledge/a1-2"
    ),
    "number in capitals": commitment(
        "seoul-ai-business-pledge/A1.2", "a1-2`", "a1-1", bad="seoul-ai-business-pledge/A1.2"
    ),
    "no such number": commitment("seoul-ai-business-pledge/a1-99", "a1-9 (", "did you mean", "write `"),
    "numbers run together": commitment(
        "seoul-ai-business-pledge/a12", "p-ack-1 (", "did you mean", "write `"
    ),
    "no such part": commitment("seoul-ai-business-pledge/a1-3-iv", "a1-3-i (", "did you mean", "write `"),
    "instrument alone": commitment("seoul-ai-business-pledge", "; and 2 more", "did you mean", "write `"),
    "several instruments": commitment(
        "frontier/x", "frontier-ai-safety-commitments, ", "did you mean", "write `"
    ),
    "one of several": commitment("hiroshima/p1", "hiroshima-guiding-principles/p1 (", "write `", "/p10"),
    "nothing like it": commitment("foo/bar", "the slug of the instrument", "did you mean", "write `"),
    "number alone": commitment("a1-2", "seoul-ai-business-pledge/a1-2 (", "write `"),
    "title of the instrument": commitment(
        "Seoul AI Business Pledge a1-2",
        "`seoul-ai-business-pledge/a1-2`",
        bad="Seoul AI Business Pledge a1-2",
    ),
    "page of a provision": commitment(
        "https://graph.example/provision/seoul-ai-business-pledge/a1-2",
        "in the graph it is https://w3id.org/commitgraph/id/provision/seoul-ai-business-pledge/a1-2",
        bad="https://graph.example/provision/seoul-ai-business-pledge/a1-2",
    ),
    "http address": commitment(
        "http://w3id.org/commitgraph/id/provision/seoul-ai-business-pledge/a1-2",
        "starts with https",
        bad="http://w3id.org/commitgraph/id/provision/seoul-ai-business-pledge/a1-2",
    ),
    # organisations
    "misspelt name": organisation("Mircosoft Corp", 'did you mean "microsoft" (Microsoft)?', "x-corp"),
    "parent": organisation(
        "LG", "the parent or group of LG AI Research: write `lg-ai-research` if that party"
    ),
    "legal form alone": organisation("Foobar Inc.", "a slug, an address", "did you mean", "write `"),
    "short name of a state": organisation("Grok", "a slug, an address", "did you mean", "write `"),
    "code of a state": organisation("AND", "a slug, an address", "did you mean", "write `"),
    "other identifier": organisation("Q22830", "a slug, an address", "did you mean", "write `"),
    "ambiguous name": Mistake(
        "organisation: kt", "organisation: SK", "CG402", 2, 15, "sk, sk-telecom", ("did you mean",)
    ),
    # dates
    "dots": published("2026.02.01", "write `2026-02-01`", bad="2026.02.01"),
    "compact": published("20260201", "write `2026-02-01`", bad="20260201"),
    "Excel": published("46054", "in the 1900 date system of Excel", bad="46054"),
    "Korean date": published("2026년 2월 1일", "write `2026-02-01`", bad="2026년 2월 1일"),
    "day first or month first": published(
        "01/02/2026", "2026-01-02 (month first) or 2026-02-01 (day first)", "write `"
    ),
    "one reading": published("13/02/2026", "write `2026-02-13`", bad="13/02/2026"),
    "words": published("February 1, 2026", "write `2026-02-01`", bad="February 1, 2026"),
    "quoted date": published("“2026-02-01”", "write `2026-02-01`", bad="“2026-02-01”"),
    "no zeros": published("2026-2-1", "write `2026-02-01`", bad="2026-2-1"),
    "no such day": published("2026-02-30", "February 2026 has 28 days", "write `"),
    "two digits for the year": published("31/12/25", "all four digits", "write `"),
    "no such month": published("2026-13-01", "no month 13", "write `"),
    "month": published("March 2026", "from 2026-03-01 to 2026-03-31", "write `"),
    "year": published("2026", "from 2026-01-01 to 2026-12-31", "write `", code="CG202"),
    "time": published("2026-02-01T10:00:00Z", "write `2026-02-01`", code="CG202", bad="2026-02-01T10:00:00Z"),
    "no date": published("soon", "such as 2025-06-30", "write `"),
    # forms
    "year as period": form(PERIOD, "period: 2025", (4, 9), '{"from": "2025-01-01"', bad="2025"),
    "business year": form(PERIOD, "period: FY2025", (4, 9), "the business year"),
    "span as period": form(
        PERIOD,
        "period: 2025-01-01 to 2025-12-31",
        (4, 9),
        '"to": "2025-12-31"',
        bad="2025-01-01 to 2025-12-31",
    ),
    "list as period": form(
        PERIOD,
        "period: [2025-01-01, 2025-12-31]",
        (4, 9),
        '"to": "2025-12-31"',
        bad="[2025-01-01, 2025-12-31]",
    ),
    "name as sign-off": form(
        SIGNED, "signed-off: Jane", (8, 13), '{"role": …, "date": …}; role is the office'
    ),
    "role for roles": form("[deployer]", "deployer, supplier", (7, 8), "", bad="deployer, supplier"),
    "list as status": form("status: implemented", "status: [implemented]", (11, 13), "", bad="[implemented]"),
    "link as evidence": form(
        EVIDENCE,
        "    evidence: https://kt.example/r\n",
        (13, 15),
        "may also have type, title",
        bad="https://kt.example/r",
    ),
    "text as evidence": form(EVIDENCE, "    evidence: Our rules\n", (13, 15), "", bad="Our rules"),
    "links as evidence": form(
        EVIDENCE, "    evidence: [https://kt.example/r]\n", (13, 16), "", bad="https://kt.example/r"
    ),
    "no dash": form(EVIDENCE, "    evidence:\n      title: Rules\n", (14, 7), "put a dash before `title`"),
    "text as mitigation": form(
        "mitigation: {description: Names are removed., status: in-progress}",
        "mitigation: Names are removed.",
        (24, 17),
        "",
        bad="Names are removed.",
    ),
    "yes for true": form("public: true", "public: yes", (18, 17), "write `true`", bad="yes"),
    "quoted truth": form("public: true", 'public: "true"', (18, 17), "write `true`", bad='"true"'),
    "number as version": form(
        "public: true", "version: 2\n        public: true", (18, 18), '`"2"`', bad="2\n"
    ),
    # fields
    "organization": Mistake(
        "organisation: kt", "organization: kt", "CG101", 2, 1, "write `organisation`", (), "organization"
    ),
    "company": Mistake(
        "organisation: kt", "company: kt", "CG101", 2, 1, "write `organisation`", (), "company"
    ),
    "reporting period": Mistake(
        "period:", "reporting-period:", "CG103", 4, 1, "write `period`", (), "reporting-period"
    ),
    "hash": extra("hash: sha256:" + DIGITS, "write `digest`", bad="hash"),
    "confidential": extra("confidential: true", "public: false", "did you mean", "write `"),
    "field of another level": extra("status: planned", "belongs into `entries`", "did you mean", "write `"),
    "field of the top": extra("framework: haip-reporting-framework", "at the top", "did you mean", "write `"),
    "misspelt field": extra("explantion: It still holds.", 'did you mean "explanation"?', bad="explantion"),
    # links and digests
    "no scheme": Mistake(
        LINK, "url: www.kt.example/r\n", "CG301", 16, 14, "https://www", (), "www.kt.example/r"
    ),
    "space in a link": Mistake(
        LINK, "url: https://kt.example/a b\n", "CG301", 16, 14, "a%20b", (), "https://kt.example/a b"
    ),
    "dots in a link": Mistake(
        LINK, "url: https://…\n", "CG301", 16, 14, "in place of the dots", ("write `",)
    ),
    "two links in one": Mistake(
        LINK,
        "url: https://kt.example/a; https://kt.example/b\n",
        "CG301",
        16,
        14,
        "a row of its own",
        ("%20",),
    ),
    "bare digits": Mistake(
        "public: true", f"digest: {DIGITS}", "CG302", 18, 17, "if `sha256sum`", (), DIGITS
    ),
    "SHA-1": Mistake(
        "public: true",
        f"digest: {DIGITS[:40]}",
        "CG302",
        18,
        17,
        "40 digits; a digest of SHA-1",
        ("write `",),
    ),
    # YAML
    "colon in a title": title("Report: 2025", "", bad="title: Report: 2025"),
    "at sign": title("@kt", "", bad="title: @kt"),
    "percent sign": title("%done", "", bad="title: %done"),
    "bracket first": title("[Draft] Report", "", bad="title: [Draft] Report"),
    "words behind quotes": title('"Report" 2025', "", bad='title: "Report" 2025'),
    "template": title("{{ title }}", "write the value there"),
    "open quote": title('"Report', "where the value ends"),
    "backslash": title('"C:\\docs"', "write the backslash twice", column=11),
    "stars": title("*important*", "belongs to the text", code="CG006", bad="title: *important*"),
    "exclamation mark": title("!new", "belongs to the text", code="CG006", bad="title: !new"),
    "comment for a title": title("#1 in AI", "#1 in AI is a comment", column=1, code="CG122"),
    "tab": Mistake("  - commitment", "\t- commitment", "CG005", 10, 1, "put spaces for the tab"),
    "no-break space in front": Mistake(
        "    status: impl", "\u00a0   status: impl", "CG005", 11, 1, "space bar"
    ),
    "no-break space behind a colon": Mistake("title: R", "title:\u00a0R", "CG005", 3, 7, "space bar"),
    "wide colon": Mistake("organisation: kt", WIDE, "CG005", 2, 13, "plain colon", (), WIDE),
    "no space behind a colon": Mistake(
        "status: implemented", "status:implemented", "CG005", 11, 11, "", (), "status:implemented"
    ),
    "no space behind a dash": Mistake(
        "- type: policy", "-type: policy", "CG005", 14, 7, "", (), "-type: policy"
    ),
    "merge": Mistake(
        "title: Report 2025\n",
        "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> b\n",
        "CG005",
        3,
        1,
        "keep the lines of one side",
    ),
    "further right": Mistake("    status: impl", "      status: impl", "CG005", 11, 7, "begins in column 5"),
    "line without a field": Mistake(
        "title: Report 2025", "title: A\nmore words", "CG005", 4, 1, "further right"
    ),
    "second item without a dash": Mistake(
        "risks:\n",
        "    commitment: seoul-ai-business-pledge/a1-6\n    status: planned\nrisks:\n",
        "CG110",
        19,
        5,
        "put a dash before it (`- commitment:`",
    ),
}


def findings(text: str, name: str = "x.yaml") -> list[dict[str, Any]]:
    report = judge_file_bytes(name, text.encode(), ("core",), examples.TODAY)
    found: list[dict[str, Any]] = report["files"][0]["findings"]
    return found


def proposed(hint: str) -> set[str]:
    return {str(one or other) for one, other in PROPOSAL.findall(hint)}


def proposal(hint: str) -> str:
    """The one thing that a hint proposes to write."""
    (found,) = proposed(hint)
    return found


def test_the_file_that_the_mistakes_are_made_in_is_good() -> None:
    assert findings(GOOD) == []


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_found_once_at_its_place_with_its_cure(mistake: Mistake) -> None:
    assert mistake.old in GOOD
    text = GOOD.replace(mistake.old, mistake.new, 1)
    found = [f for f in findings(text) if f["severity"] == "violation"] or findings(text)
    assert [(f["code"], f["line"], f["column"]) for f in found] == [
        (mistake.code, mistake.line, mistake.column)
    ]
    hint = found[0]["hint"]
    assert mistake.says in hint
    for word in mistake.never:
        assert word not in hint
    if mistake.bad:
        written = proposal(hint) + ("\n" if mistake.bad.endswith("\n") else "")
        cured = text.replace(mistake.new, mistake.new.replace(mistake.bad, written, 1), 1)
        left = findings(cured)
        assert [f for f in left if f["severity"] == "violation" or f["code"] == mistake.code] == []


def test_of_two_faults_the_first_is_told() -> None:
    text = GOOD.replace(
        "status: implemented\n    statement: Every", "status:implemented\n    statement: Rule: every"
    )
    assert [(f["code"], f["line"]) for f in findings(text)] == [("CG005", 11)]


def test_there_are_sixty_kinds_of_mistake() -> None:
    assert len(MISTAKES) >= 60


#: JSON that is none: the text, line and column, what the hint says.
NO_JSON = {
    "comment": ('{"title": "A", // note\n"url": "b"}', 1, 16, "JSON has none"),
    "comment first": ('/* note */\n{"title": "A"}', 1, 1, "JSON has none"),
    "NaN": ('{"title": NaN}', 1, 11, "no value of JSON"),
    "None": ('{"title": None}', 1, 11, "no value of JSON"),
    "True": ('{"public": True}', 1, 12, "write `true`"),
    "single quotes": ("{\"title\": 'the A'}", 1, 11, 'write `"the A"`'),
    "single quotes around a field": ("{'title': \"A\"}", 1, 2, 'write `"title"`'),
    "curly quotes": ('{"title": “the A”}', 1, 11, 'write `"the A"`'),
    "trailing comma": ('{"title": "A",\n "roles": ["user",\n]}', 2, 18, "take the comma away"),
    "missing comma": ('{"title": "A"\n "url": "b"}', 1, 14, "put a comma here"),
    "bare word": ('{"status": planned}', 1, 12, "between double quotation marks"),
    "bare field": ('{status: "planned"}', 1, 2, 'write `"status"`'),
    "bare date": ('{"date": 2026-01-01}', 1, 10, "between double quotation marks"),
    "leading zero": ('{"version": 01}', 1, 13, 'write `"01"`'),
    "line break in a text": ('{"title": "A\nB"}', 1, 11, "a line break as \\n"),
    "not closed": ('{"title": "A"', 1, 14, "put } where the group ends"),
    "no colon": ('{"title" "A"}', 1, 10, "put a colon here"),
    "closed twice": ('{"title": "A"}\n}', 2, 1, "take away what follows"),
    "no-break space": ('{"title":\u00a0"A"}', 1, 10, "U+00A0 (no-break space)"),
}


@pytest.mark.parametrize(("text", "line", "column", "says"), NO_JSON.values(), ids=NO_JSON.keys())
def test_json_that_is_none_is_told_with_its_cure(text: str, line: int, column: int, says: str) -> None:
    (found,) = findings(text, "x.json")
    assert (found["code"], found["line"], found["column"]) == ("CG005", line, column)
    assert says in found["hint"]


def test_a_message_shows_what_cannot_be_seen() -> None:
    for char, code in (("\u00a0", "<U+00A0>"), ("\u200b", "<U+200B>"), ("\u0440", "<U+0440>")):
        bad = f"im{char}lemented"
        (found,) = findings(GOOD.replace("status: implemented", f"status: {bad}"))
        assert found["message"] == f'"im{code}lemented" is not a status.'


def test_a_missing_dash_costs_no_answer_and_no_further_finding() -> None:
    entry = "    commitment: seoul-ai-business-pledge/a1-6\n    status: not-done\n    reason: No budget.\n"
    text = GOOD.replace("risks:\n", f"{entry}risks:\n", 1)
    assert [f["code"] for f in findings(text)] == ["CG110"]
    dashed = text.replace(
        "    commitment: seoul-ai-business-pledge/a1-6", "  - commitment: seoul-ai-business-pledge/a1-6"
    )
    assert {f["code"] for f in findings(dashed)} <= {"CG125"}


@pytest.mark.parametrize(
    ("fragment", "code"),
    [
        (("organisation: kt", "organization: kt\norganisation: kt"), "CG109"),
        (("    evidence:\n", "    proofs:\n"), "CG109"),
        ((EVIDENCE, "    evidence: https://kt.example/r\n"), "CG108"),
        (("period: {from: 2025-01-01, to: 2025-12-31}", "period: last year"), "CG108"),
        (("entries:", "answers:"), "CG104"),
    ],
)  # fmt: skip
def test_one_cause_is_told_once(fragment: tuple[str, str], code: str) -> None:
    assert [f["code"] for f in findings(GOOD.replace(*fragment, 1))] == [code]


@pytest.mark.parametrize("fragment", ["entries: none\n", "answers:\n  - status: planned\n"])
def test_entries_that_were_not_read_leave_no_promise_to_ask_for(fragment: str) -> None:
    text = GOOD[: GOOD.index("entries:")] + fragment
    report = judge_file_bytes("x.yaml", text.encode(), ("core", "coverage"), examples.TODAY)
    assert len(report["files"][0]["findings"]) == 1
    assert not report["conforms"]


TURTLE = {
    "no-break space": ("@prefix a: <b:c> .\n<b:d>\u00a0a a:e .\n", 2, 6, "U+00A0 (no-break space)"),
    "curly quotes": ("<b:d> <b:e> “f” .\n", 1, 13, "plain quotation marks"),
    "open text": ('<b:d> <b:e> "f .\n', 1, 13, "close the text"),
    "space in an address": ("<b:d> <b:e> <b: f> .\n", 1, 13, "without spaces"),
}


@pytest.mark.parametrize(("text", "line", "column", "says"), TURTLE.values(), ids=TURTLE.keys())
def test_turtle_that_is_none_is_told_with_its_cure(text: str, line: int, column: int, says: str) -> None:
    (found,) = findings(text, "x.ttl")
    assert (found["code"], found["line"], found["column"]) == ("CG005", line, column)
    assert says in found["hint"]


def test_a_misnamed_field_weighs_as_much_as_the_missing_one() -> None:
    (found,) = findings(GOOD.replace("organisation: kt", "organization: kt"))
    assert found["severity"] == "violation"


WHOLE = {
    "x.yaml": GOOD,
    "x.json": (examples.FOLDER / "good" / "short.json").read_text(encoding="utf-8"),
    "x.ttl": (examples.FOLDER / "good" / "short.ttl").read_text(encoding="utf-8"),
}
SIGNS = (
    "",
    "\t",
    "\u00a0",
    ": ",
    "'",
    '"',
    "[",
    "}",
    "- ",
    "*",
    "&a ",
    "!",
    "#",
    "\uff1a",
    "\n",
    ",",
    "“",
    "\\",
)


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, str]:
    """A good file with a few characters taken out, put in or exchanged, and how it is called."""
    name = draw(st.sampled_from(sorted(WHOLE)))
    text = WHOLE[name]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(SIGNS)) + text[at + draw(st.integers(0, 3)) :]
    return name, text


@given(broken())
def test_a_broken_file_is_refused_at_a_place_inside_it(case: tuple[str, str]) -> None:
    name, text = case
    lines = text.split("\n")
    for code, line, column in read(text, name):
        assert code != "CG012"
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


def read(text: str, name: str) -> list[tuple[str, int, int]]:
    """What reading alone finds: its code and place."""
    remarks = Remarks()
    try:
        if name == "x.ttl":
            turtle_reader.read(text)
        else:
            reader = yaml_reader if name == "x.yaml" else json_reader
            jsonld_reader.read(reader.read(text, remarks), remarks)
    except Refused as refusal:
        return [(refusal.code, refusal.place.line, refusal.place.column)]
    return [(remark.code, remark.place.line, remark.place.column) for remark in remarks]


@pytest.mark.parametrize(
    "line", ["title: {{" * 20_000, "a: " + " " * 200_000 + "b: c", "b: " + "x " * 90_000 + ": c"]
)
def test_a_long_line_is_refused_like_a_short_one(line: str) -> None:
    assert [code for code, _, _ in read(line + "\n  - x", "x.yaml")] in (["CG005"], ["CG008"], ["CG007"])


# ------------------------------------------------------------ hints keep the meaning

LISTS = {
    shape.name: shape.allowed
    for shape in shapes_of(("core",)).values()
    if shape.allowed and "/scheme/" in shape.allowed[0]
}
NEGATIONS = ("not ", "not-", "non-", "no ", "never ", "un", "not yet ")
WEAKER = ("partially ", "partly ", "nearly ", "mostly ", "hardly ", "almost ")


def hint_for(written: str, name: str) -> str:
    return register(load().store).vocabulary.cure(written, LISTS[name])


@st.composite
def near_misses(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """A list, a word of it, the word as it is misspelt, and what stands before it."""
    name = draw(st.sampled_from(sorted(LISTS)))
    word = local(draw(st.sampled_from(sorted(LISTS[name]))))
    # The negation of the word itself stays whole: without it, the word would be another one.
    kept = max(
        (word.rfind(negation) + len(negation) for negation in ("not-", "no-", "non-") if negation in word),
        default=0,
    )
    forms = [word, word.replace("-", " "), word.upper()]
    spelt = draw(st.sampled_from(forms if kept else [*forms, word.replace("-", "")]))
    at = draw(st.integers(kept, len(spelt) - 1))
    letter = draw(st.sampled_from("aeinrst-x"))
    wrong = draw(
        st.sampled_from(
            [
                spelt,
                spelt[:at] + spelt[at + 1 :],
                spelt[:at] + letter + spelt[at:],
                spelt[:at] + letter + spelt[at + 1 :],
            ]
        )
    )
    before = draw(st.sampled_from(["", *NEGATIONS, *WEAKER]))
    # "unser" may be a misspelling of user, so what negates as a prefix is put before whole words only.
    return name, word, spelt if before == "un" else wrong, before


@given(near_misses())
def test_no_hint_crosses_a_negation_or_makes_more_of_a_word(case: tuple[str, str, str, str]) -> None:
    name, word, wrong, before = case
    offered = proposed(hint_for(before + wrong, name))
    assert offered <= {local(iri) for iri in LISTS[name]}
    if before in WEAKER:
        assert not offered
    elif before in NEGATIONS:
        assert word not in offered


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_label_of_one_word_is_the_label_of_no_other(name: str) -> None:
    """What means the same as two words could be bent to the wrong one."""
    seen: dict[str, str] = {}
    for term in register(load().store).vocabulary.terms(LISTS[name]):
        for label in term.labels:
            assert seen.setdefault(label, term.name) == term.name


@pytest.mark.parametrize(
    "word",
    [
        "mostly done", "almost done", "done in part", "not yet", "dropped", "declined", "paused", "blocked",
        "cancelled", "delayed", "to do", "unknown", "no", "true", "incomplete", "not completed", "unfinished",
        "not intended", "not in place", "not ongoing", "unplanned", "applicable", "progress", "nil",
    ],
)  # fmt: skip
def test_a_status_that_means_something_else_is_left_to_the_author(word: str) -> None:
    assert not proposed(hint_for(word, "unknown-status"))


def test_each_label_of_a_status_leads_to_a_file_without_that_fault() -> None:
    vocabulary = register(load().store).vocabulary
    for term in vocabulary.terms(LISTS["unknown-status"]):
        text = GOOD.replace("status: implemented", f"status: {term.name}", 1)
        assert "CG411" not in {f["code"] for f in findings(text)}
        for label in term.labels:
            assert [found.name for found in vocabulary.meant(label, LISTS["unknown-status"])] == [term.name]


def test_no_other_number_is_proposed_for_a_commitment() -> None:
    for number in ("a1-20", "a1-0", "a4-2", "a1-2x", "b1-2", "1-2"):
        text = GOOD.replace("seoul-ai-business-pledge/a1-2", f"seoul-pledge/{number}")
        (found,) = findings(text)
        assert not proposed(found["hint"]), number


def test_a_number_is_not_run_together_with_another() -> None:
    slugs = register(load().store).provisions_of("coe-ai-framework-convention")
    assert {"coe-ai-framework-convention/a12", "coe-ai-framework-convention/a1-2"} <= set(slugs)
    text = GOOD.replace("seoul-ai-business-pledge/a1-2", "coe-ai-framework-convention/a1.2")
    hint = next(f["hint"] for f in findings(text) if f["code"] == "CG403")
    assert proposed(hint) == {"coe-ai-framework-convention/a1-2"}


def test_json_and_yaml_take_what_is_proposed_for_a_group() -> None:
    (found,) = findings(GOOD.replace(PERIOD, "period: 2025"))
    assert json.loads(proposal(found["hint"])) == {"from": "2025-01-01", "to": "2025-12-31"}
