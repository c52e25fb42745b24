"""The forms of a report: each holds every finding, and nothing from a file gets out of its place in it."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sarif_kit.validate import validation_errors

from commitgraph.disclosure import FileReport, Finding, Report, reports, validate
from commitgraph.disclosure.catalogue import checks
from commitgraph.disclosure.fingerprint import fingerprints
from commitgraph.disclosure.report import Suppression, visible
from commitgraph.disclosure.reports import FORMATS
from commitgraph.disclosure.reports.markdown import plain
from commitgraph.disclosure.reports.sarif import location
from commitgraph.disclosure.reports.text import wrapped
from tests.unit.disclosure.examples import FOLDER, TODAY

BAD = FOLDER / "bad"
render = partial(reports.render, version="1.2.3")
SH = "http://www.w3.org/ns/shacl#"
SUPPRESSION = Suppression("comment", date(2027, 1, 31), "agreed")


def finding(**given: Any) -> Finding:
    """A finding with some of its fields set."""
    told: dict[str, Any] = {
        "file": "a.yaml",
        "line": 1,
        "column": 1,
        "code": "CG139",
        "name": "short-statement",
        "severity": "warning",
        "message": "It is short.",
        "hint": "write more",
    }
    return Finding(**(told | given))


def report(*findings: Finding, lines: dict[int, str] | None = None, **given: Any) -> Report:
    """A report on one file."""
    file = FileReport("a.yaml", findings, lines=lines or {})
    return Report((file,), ("core",), **given)


@pytest.fixture(scope="module")
def judged() -> Report:
    """A report on real files: readable, unreadable, with allowed findings, with a heading."""
    names = (
        "CG005-bare-word.json",
        "CG301-links.yaml",
        "CG411-unknown-status.ttl",
        "CG416-unknown-level.yaml",
        "allowed-by-a-comment.yaml",
        "control-sequences.yaml",
    )
    return validate(
        [*(BAD / name for name in names), FOLDER / "good" / "by-others.yaml"], ["core"], today=TODAY
    )


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_shows_each_finding_and_says_the_same_twice(form: str, judged: Report) -> None:
    shown = render(judged, form, everything=True)
    assert shown == render(judged, form, everything=True)
    assert shown.endswith("\n")
    for code in {found.code for found in judged.findings}:
        said = shown.count(code)
        # SARIF and JUnit name a code for its rule or case, too.
        assert said >= sum(found.code == code for found in judged.findings), code
    assert "the words are agreed" in shown.replace("\n    ", " ")
    for found in judged.findings:
        first = found.message.split()[0].strip('"').replace("\\", "")
        assert first in re.sub(r'\\|"', "", unescape(shown)).replace('"', "")
    assert all(char.isprintable() or char in "\n\t" for char in shown)


def test_no_form_says_that_a_company_complies(judged: Report) -> None:
    for form in FORMATS:
        assert not re.search(r"\bcompl(y|ies|iant|iance)\b", render(judged, form))


# ------------------------------------------------------------------ SARIF


def test_sarif_has_what_code_scanning_asks_for(judged: Report) -> None:
    document = json.loads(render(judged, "sarif"))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "commitgraph"
    assert driver["version"] == driver["semanticVersion"] == "1.2.3"
    known = {check.code: check for check in checks()}
    for rule in driver["rules"]:
        assert re.fullmatch("CG[0-9]{3}", rule["id"])
        assert re.fullmatch("[A-Z][A-Za-z]+", rule["name"])
        for field in ("shortDescription", "fullDescription", "help"):
            assert rule[field]["text"]
        assert rule["help"]["markdown"]
        level = {"violation": "error", "warning": "warning", "info": "note"}[known[rule["id"]].severity]
        assert rule["defaultConfiguration"] == {"level": level}
    assert len(run["results"]) == len(judged.findings)
    for result, found in zip(run["results"], judged.findings, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == found.code
        (place,) = result["locations"]
        region = place["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (found.line, found.column)
        assert region["endColumn"] > region["startColumn"]
        assert re.fullmatch(r"[\w./%:~-]+", place["physicalLocation"]["artifactLocation"]["uri"])
        assert result["partialFingerprints"]["commitgraph/v1"]
    suppressed = [result for result in run["results"] if "suppressions" in result]
    assert [r["suppressions"][0]["kind"] for r in suppressed] == ["inSource"]


def test_sarif_fits_its_schema(judged: Report) -> None:
    cell = finding(line=2, column=2, sheet="entries", suppression=SUPPRESSION)
    for told in (judged, report(), report(cell, finding(line=9, column=3))):
        assert validation_errors(json.loads(render(told, "sarif"))) == []


def test_a_region_holds_the_value_and_ends_in_its_line() -> None:
    found = finding(line=3, column=5, width=4), finding(line=4, column=3, width=900), finding(line=9)
    document = json.loads(render(report(*found, lines={3: "    four five", 4: "ab"}), "sarif"))
    regions = [
        result["locations"][0]["physicalLocation"]["region"] for result in document["runs"][0]["results"]
    ]
    assert regions == [
        {"startLine": 3, "startColumn": 5, "endColumn": 9},
        {"startLine": 4, "startColumn": 3, "endColumn": 4},
        {"startLine": 9, "startColumn": 1, "endColumn": 2},
    ]


def test_a_file_puts_no_link_into_a_message() -> None:
    document = json.loads(render(report(finding(message="[free](https://e.example) money")), "sarif"))
    assert document["runs"][0]["results"][0]["message"]["text"].startswith("[free\\](https")


def test_files_below_the_current_folder_are_named_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    assert location(str(BAD / "a b#c.yaml")) == "bad/a%20b%23c.yaml"
    assert location("bad/é?.yaml") == "bad/%C3%A9%3F.yaml"
    assert location(str(FOLDER.parent / "x.yaml")).startswith("file:///")


def test_a_fingerprint_stays_with_its_fault_and_tells_equal_ones_apart() -> None:
    first = [finding(value="x"), finding(line=9, value="x"), finding(line=12, value="y")]
    moved = [finding(line=40, column=7, value="x", message="Now in other words."), first[1], first[2]]
    assert fingerprints(first) == fingerprints(moved)
    assert len(set(fingerprints(first))) == 3
    assert fingerprints([finding(value="z")])[0] not in fingerprints(first)


# ------------------------------------------------------------------ JUnit


def test_junit_has_a_suite_a_file_and_counts_right(judged: Report) -> None:
    root = ElementTree.fromstring(render(judged, "junit"))  # noqa: S314  (our own text)
    assert [suite.get("name") for suite in root] == [file.file for file in judged.files]
    for tag, counted in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        assert int(root.get(counted, "")) == len(root.findall(f".//{tag}")) > 0
    assert int(root.get("tests", "")) == len(root.findall(".//testcase"))
    failed = {
        suite.get("name") for suite in root if suite.find(".//failure") is not None or suite.find(".//error")
    }
    grave = {file.file for file in judged.files if not file.conforms() and not file.unreadable}
    assert failed == grave


def test_what_a_threshold_lets_through_is_no_failure_but_told() -> None:
    found = report(finding())
    root = ElementTree.fromstring(render(found, "junit"))  # noqa: S314
    assert root.get("failures") == "0"
    assert "It is short." in (root.findtext(".//system-out") or "")
    strict = ElementTree.fromstring(  # noqa: S314
        render(report(finding(), fail_on="warning"), "junit")
    )
    assert strict.get("failures") == "1"


def test_an_allowed_violation_is_skipped_and_no_failure() -> None:
    grave = finding(severity="violation", suppression=SUPPRESSION)
    root = ElementTree.fromstring(render(report(grave), "junit"))  # noqa: S314
    assert (root.get("failures"), root.get("skipped")) == ("0", "1")
    assert "until 2027-01-31: agreed" in root.find(".//skipped").get("message", "")  # type: ignore[union-attr]
    both = ElementTree.fromstring(  # noqa: S314
        render(report(grave, finding(line=2, severity="violation", message="New.")), "junit")
    )
    assert (both.get("failures"), both.get("skipped")) == ("1", "0")
    assert both.find(".//failure").get("message") == "New."  # type: ignore[union-attr]


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_in_a_file_xml_json_and_turtle_stay_well_formed(
    message: str, source: str, reason: str
) -> None:
    found = finding(
        message=visible(message),
        value=visible(source),
        suppression=Suppression("comment", date(2027, 1, 31), visible(reason)),
    )
    held = report(found, finding(severity="violation", message=visible(reason)), lines={1: source})
    ElementTree.fromstring(render(held, "junit"))  # noqa: S314
    json.loads(render(held, "sarif"))
    list(ox.parse(input=render(held, "shacl"), format=ox.RdfFormat.TURTLE))
    render(held, "text")


# ------------------------------------------------------------------ Markdown


def test_a_summary_folds_what_is_long(judged: Report) -> None:
    assert "<details>" not in render(judged, "markdown")
    many = render(report(*(finding(line=n) for n in range(1, 22))), "markdown")
    assert many.count("<details>") == many.count("</details>") == 1
    assert "21 findings" in many
    assert many.count("It is short.") == 21


def test_a_summary_counts_by_file_and_severity() -> None:
    found = finding(), finding(line=2, severity="violation"), finding(line=3, suppression=SUPPRESSION)
    shown = render(report(*found), "markdown")
    assert "| a.yaml | 1 | 1 | 0 | 1 |" in shown
    assert shown.splitlines()[2].startswith("Failed with `--fail-on violation`: ")


def test_a_file_makes_no_markup_link_or_mention() -> None:
    shown = plain("@team <img src=x> [a](https://e.example) www.e.example #12 `b` | **c** :tada:")
    assert "@team" not in shown
    assert not re.search(r"(?<!\\)[\[\]|*`]", shown)
    assert "<img" not in shown.replace("\\<", "")
    assert not re.search(r"(?<!\\)://", shown)
    assert "www." not in shown
    assert "#12" not in shown
    assert re.sub(r"\\|</?code>", "", shown) == (
        "@team <img src=x> [a](https://e.example) www.e.example #12 `b` | **c** :tada:"
    )


# ------------------------------------------------------------------ HTML


class _Page(HTMLParser):
    """Collects tags, and the text of marks."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked[-1] += data


def test_a_page_fetches_nothing_runs_nothing_and_marks_the_value(judged: Report) -> None:
    page = _Page()
    page.feed(render(judged, "html"))
    assert page.open == []
    names = [tag for tag, _ in page.tags]
    assert not {"script", "img", "link", "iframe", "object"} & set(names)
    assert all((value or "").startswith("#") for _, given in page.tags for key, value in given.items()
               if key in ("href", "src"))  # fmt: skip
    assert ("html", {"lang": "en"}) in page.tags
    assert names.count("h1") == 1
    assert names.count("h2") == len(judged.files)
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))
    assert "status:plan" in page.marked


def test_a_page_shows_the_value_amid_what_stands_around_it() -> None:
    found = finding(column=201, width=4)
    shown = render(report(found, lines={1: "x" * 200 + "HERE" + "y" * 200}), "html")
    assert f"<code>…{'x' * 80}<mark>HERE</mark>{'y' * 80}…</code>" in shown


@given(st.text(alphabet="<>&\"'/=a ", max_size=30), st.integers(1, 20), st.integers(1, 20))
def test_a_page_escapes_what_stands_in_a_file(source: str, column: int, width: int) -> None:
    hostile = "<script>alert(1)</script>"
    found = finding(message=hostile, hint=hostile, column=column, width=width, about=hostile)
    page = _Page()
    page.feed(render(report(found, lines={1: source + hostile}), "html"))
    assert page.open == []
    assert "script" not in [tag for tag, _ in page.tags]


# ------------------------------------------------------------------ SHACL


def test_a_validation_report_is_one_graph_that_says_what_is_known(judged: Report) -> None:
    store = ox.Store()
    store.load(input=render(judged, "shacl").encode(), format=ox.RdfFormat.TURTLE)

    def asked(pattern: str) -> int:
        answer = store.query(
            f"PREFIX sh: <{SH}> PREFIX dc: <http://purl.org/dc/elements/1.1/> "
            f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        )
        assert isinstance(answer, ox.QuerySolutions)
        return int(next(answer)["n"].value)

    shaped = sum(found.shape is not None for found in judged.findings)
    assert asked("?report a sh:ValidationReport ; sh:conforms false") == 1
    assert asked("?report sh:result ?r . ?r a sh:ValidationResult") == len(judged.findings)
    assert asked("?r sh:resultSeverity ?s ; sh:focusNode ?f ; sh:resultMessage ?m ; dc:source ?p") == len(
        judged.findings
    )
    assert asked("?r sh:sourceShape ?s ; sh:sourceConstraintComponent ?c") == shaped > 0
    assert asked('?r sh:resultPath ?p ; sh:value "status:plan"') == 0
    assert asked(
        "?r sh:resultPath <https://w3id.org/commitgraph/ns#status> ; "
        "sh:value <https://w3id.org/commitgraph/scheme/status/plan>"
    )
    assert asked("?r ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), 'urn:commitgraph:'))") == 0


def test_a_report_without_findings_conforms() -> None:
    empty = render(report(), "shacl")
    assert "sh:conforms true" in empty
    declared = [line for line in empty.splitlines() if line.startswith("@prefix")]
    assert declared == sorted(declared), "the order of prefixes is the same in every run"
    warned = render(report(finding()), "shacl")
    assert "sh:conforms false" in warned, "SHACL knows no threshold"


# ------------------------------------------------------------------ text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_fit_the_window(width: int, judged: Report) -> None:
    for line in render(judged, "text", width=width, everything=True).splitlines():
        # A file name or an address longer than the window stays whole.
        assert cell_len(line) <= width or max(map(cell_len, line.split())) > width - 5 or line[0] == "/", line


WIDE = {
    "Hangul": ("제목: 거짓 ", "값"),
    "emoji": ("title: 🎉🎉 ", "x🎉y"),
    "combining": ("title: e\u0301e\u0301 ", "wrong"),
    "tab": ("a:\t", "wrong"),
    "escape": ("a\x1b: ", "wro\x1bng"),
}


@pytest.mark.parametrize("case", WIDE)
def test_the_caret_stands_below_the_value(case: str) -> None:
    before, value = WIDE[case]
    found = finding(column=len(before) + 1, width=len(value))
    lines = render(report(found, lines={1: before + value + " after"}), "text").splitlines()
    source, marks = lines[1], lines[2]
    shown = visible(value)
    at = cell_len(source[: source.index(shown)])
    assert marks.index("^") == at
    assert marks.count("^") == cell_len(shown)


def test_of_a_long_line_the_part_around_the_value_is_shown() -> None:
    source = "x" * 300 + "HERE" + "y" * 300
    found = finding(column=301, width=4)
    lines = render(report(found, lines={1: source}), "text").splitlines()
    assert "HERE" in lines[1]
    assert cell_len(lines[1]) <= 80
    assert lines[1].index("HERE") == lines[2].index("^^^^")
    late = finding(column=2, width=500)
    lines = render(report(late, lines={1: source}), "text").splitlines()
    assert cell_len(lines[1]) <= 80
    assert cell_len(lines[2]) <= 80


def test_many_findings_of_one_code_are_told_once() -> None:
    many = report(
        *(finding(line=n) for n in range(1, 15)), finding(line=20, code="CG122", name="missing-title")
    )
    shown = render(many, "text")
    assert shown.count("CG139 short-statement:") == 10
    assert "a.yaml: and 4 more CG139 short-statement; --all shows them" in shown
    assert "CG122" in shown
    assert render(many, "text", everything=True).count("CG139 short-statement:") == 14
    assert "more" not in render(many, "text", everything=True).replace("write more", "")
    assert len(json.loads(render(many, "sarif"))["runs"][0]["results"]) == 15


def test_a_finding_names_the_promise_in_words(judged: Report) -> None:
    assert "  on: Seoul AI Business Pledge, Area 1, para 3 (iii)\n" in render(judged, "text")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.yaml", ""),
        ("a.json", "in JSON, names and words stand in double quotes"),
        ("a.xlsx", "in a table, a field that lies in another has both names"),
        ("a.ttl", "a word stands between quotes"),
    ],
)
def test_a_report_says_how_its_help_is_read_in_another_notation(form: str, name: str, told: str) -> None:
    with_field = finding(file=name, hint="add `period: {from: 2025-01-01}`")
    shown = " ".join(render(Report((FileReport(name, (with_field,)),), ("core",)), form).split())
    assert ("The help writes fields as YAML does" in shown) == bool(told)
    assert told in shown
    without = Report((FileReport(name, (finding(file=name),)),), ("core",))
    assert "The help writes fields" not in render(without, form)


@given(st.text(max_size=200), st.integers(40, 100))
def test_wrapping_keeps_every_word(text: str, width: int) -> None:
    lines = wrapped(visible(text), width, head="  help:")
    assert "".join("".join(lines).split()) == "help:" + "".join(visible(text).split())
    for line in lines:
        assert cell_len(line) <= width or len(line.split()) <= 2


# ------------------------------------------------------------------ what counts


def test_a_suppressed_finding_is_shown_and_does_not_fail_its_file() -> None:
    grave = finding(severity="violation", suppression=SUPPRESSION)
    held = report(grave)
    assert held.conforms
    assert not report(finding(severity="violation")).conforms
    assert "1 finding is allowed or known and does not make a file fail." in render(held, "text")
    told = held.to_dict()["files"][0]["findings"][0]["suppression"]
    assert told == {"by": "comment", "until": "2027-01-31", "reason": "agreed"}
    assert "suppression" not in report(finding()).to_dict()["files"][0]["findings"][0]
    assert Path(held.files[0].file).name == "a.yaml"
