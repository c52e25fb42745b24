"""The profiles that rest on one source each: what they find, where they keep silent, and how they weigh."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import SH

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.catalogue import checks
from commitgraph.disclosure.shapes import shapes_of
from tests.graphs import shapes_in_rdflib
from tests.unit.disclosure import examples

#: The codes that each profile may use, first and last.
RANGES = {
    "ungp": (701, 729),
    "hiroshima": (731, 759),
    "unesco": (761, 769),
    "seoul": (771, 779),
    "frontier": (781, 799),
}
CODES = {
    check.code: check.profiles[0] for check in checks() if check.profiles and check.profiles[0] in RANGES
}
#: Two entries with one answer: each of them is told so.
TWICE = {"CG739"}


def findings(text: str, *profiles: str) -> list[dict[str, Any]]:
    """The findings on a YAML disclosure, on the day of the examples."""
    report = judge_file_bytes("x.yaml", text.encode(), profiles, examples.TODAY)
    found: list[dict[str, Any]] = report["files"][0]["findings"]
    return found


def codes(text: str, *profiles: str) -> list[str]:
    """The codes of the findings on a YAML disclosure."""
    return [finding["code"] for finding in findings(text, *profiles)]


def good(profile: str) -> str:
    """The example without a finding of a profile."""
    return (examples.FOLDER / "good" / f"{profile}.yaml").read_text(encoding="utf-8")


# ------------------------------------------------------------------ the catalogue


@pytest.mark.parametrize("profile", RANGES)
def test_codes_lie_in_the_range_of_the_profile(profile: str) -> None:
    first, last = RANGES[profile]
    used = {int(shape.code[2:]) for shape in shapes_of((profile,)).values()}
    assert used
    assert used <= set(range(first, last + 1))


@pytest.mark.parametrize("profile", RANGES)
def test_a_shape_names_itself_for_forms(profile: str) -> None:
    """Forms and bundles are made from name, description, order and group; the order is one of a kind."""
    graph = shapes_in_rdflib((profile,))
    orders = []
    for iri in shapes_of((profile,)):
        shape = rdflib.URIRef(iri)
        assert graph.value(shape, SH.name), iri
        assert str(graph.value(shape, SH.description)).endswith("."), iri
        group = graph.value(shape, SH.group)
        assert (group, rdflib.RDF.type, SH.PropertyGroup) in graph, iri
        orders.append(int(str(graph.value(shape, SH.order))))
    assert sorted(orders) == list(range(1, len(orders) + 1))


@pytest.mark.parametrize("code", sorted(CODES))
def test_one_planted_fault_is_found_and_nothing_else(code: str) -> None:
    """Judged by core and the profile; and the good example of the profile lacks exactly this fault."""
    paths = [path for path in examples.files("bad") if path.name.startswith(f"{code}-")]
    assert paths, f"no bad file for {code}"
    for path in paths:
        assert examples.profiles(path) == ("core", CODES[code])
        report = json.loads(examples.expected(path).read_text(encoding="utf-8"))
        found = [finding["code"] for finding in report["files"][0]["findings"]]
        assert found == [code] * (2 if code in TWICE else 1)


# ------------------------------------------------------------------ where a profile keeps silent

ONE_PLAN = "entries:\n  - {commitment: seoul-ai-business-pledge/a1-3, status: planned}\n"
NOT_CONCERNED = {
    "hiroshima": ("CG731", "microsoft"),
    "unesco": ("CG761", "kt"),
    "seoul": ("CG771", "mastercard"),
    "frontier": ("CG781", "kt"),
}


@pytest.mark.parametrize(("profile", "expected"), NOT_CONCERNED.items())
def test_who_is_not_concerned_is_told_so_once_and_nothing_else(
    profile: str, expected: tuple[str, str]
) -> None:
    code, party = expected
    (finding,) = findings(f"organisation: {party}\n{ONE_PLAN}", profile)
    assert (finding["code"], finding["severity"]) == (code, "info")


def test_an_unknown_organisation_is_held_to_nothing() -> None:
    text = f"organisation: Nobody Known Ltd\n{ONE_PLAN}"
    assert codes(text, "unesco", "seoul", "frontier") == ["CG761", "CG771", "CG781"]


def test_a_deployer_is_not_asked_for_a_safety_framework() -> None:
    text = (
        good("frontier")
        .replace("[model-developer, deployer]", "[deployer]")
        .replace("safety-framework", "other")
    )
    assert codes(text, "frontier") == ["CG782"]


def test_the_guiding_principles_speak_to_every_business() -> None:
    text = good("ungp").replace("organisation: microsoft", "organisation: mastercard")
    assert codes(text, "ungp") == []
    assert codes(text.replace("involvement: linked", ""), "ungp") == ["CG715"]


# ------------------------------------------------------------------ hiroshima

HAIP = """
organisation: microsoft
framework: haip-reporting-framework
url: https://example.com/haip
roles: [deployer]
entries:
"""


def answers(*names: str) -> str:
    """A disclosure that answers some questions, each in words of its own."""
    entries = (
        f"  - {{commitment: haip-reporting-framework/{name}, status: planned, statement: About {name}.}}\n"
        for name in names
    )
    return HAIP + "".join(entries)


def test_an_answer_to_a_question_opens_its_section_only() -> None:
    found = findings(answers("s1a"), "hiroshima")
    by_code = Counter(finding["code"] for finding in found)
    assert by_code == {"CG732": 6, "CG733": 6}
    assert {f["provision"].rpartition("/")[2] for f in found if f["code"] == "CG732"} == {
        f"s{number}" for number in range(2, 8)
    }


def test_an_answer_for_a_section_answers_its_questions() -> None:
    found = Counter(codes(answers(*(f"s{number}" for number in range(1, 8))), "hiroshima"))
    # Sections 6 and 7 have no questions that are known: their answers are as fine as can be.
    assert found == {"CG735": 5}


def test_an_answer_for_a_section_stands_beside_those_to_its_questions() -> None:
    found = Counter(codes(answers("s1a", *(f"s{number}" for number in range(1, 8))), "hiroshima"))
    assert found == {"CG735": 5}


def test_version_two_is_not_measured_by_version_one() -> None:
    assert codes(answers("v2-q1", "v2-q23"), "hiroshima") == ["CG736"]


def test_one_answer_to_version_two_does_not_silence_version_one() -> None:
    found = Counter(codes(answers("s1", "v2-q23"), "hiroshima"))
    assert found == {"CG732": 6, "CG735": 1, "CG737": 1}


def test_a_period_of_a_year_may_end_on_its_anniversary() -> None:
    whole = good("hiroshima")
    assert codes(whole.replace("from: 2025-07-01", "from: 2025-06-30"), "hiroshima") == []
    assert codes(whole.replace("from: 2025-07-01", "from: 2025-06-29"), "hiroshima") == ["CG741"]


def test_evidence_for_another_instrument_is_not_the_business_of_the_framework() -> None:
    other = (
        "  - commitment: seoul-ai-business-pledge/a1-3-i\n    status: implemented\n"
        "    evidence:\n      - {type: policy, title: Kept inside, public: false}\n"
    )
    assert codes(good("hiroshima") + other, "hiroshima") == []
    inside = other.replace("seoul-ai-business-pledge/a1-3-i", "haip-reporting-framework/s6")
    assert codes(good("hiroshima") + inside, "hiroshima") == ["CG745", "CG746"]


# ------------------------------------------------------------------ frontier


def test_one_public_safety_framework_is_enough() -> None:
    open_, kept = 'version: "2"}', 'version: "2", public: false}'
    text = good("frontier")
    assert codes(text.replace(open_, kept), "frontier") == []
    closed = text.replace(open_, kept).replace('version: "1"}', 'version: "1", public: false}')
    assert set(codes(closed, "frontier")) == {"CG784"}


def test_a_disclosure_that_supersedes_another_has_its_earlier_state() -> None:
    one_version = good("frontier").replace('version: "1"', 'version: "2"')
    assert codes(one_version, "frontier") == ["CG787"]
    assert codes("supersedes: https://example.com/2025\n" + one_version, "frontier") == []


# ------------------------------------------------------------------ ungp

LEVELS = ("low", "medium", "high")
BEGUN = ("implemented", "in-progress")
LATER = ("planned", "not-done")
_LEVEL = st.sampled_from(LEVELS)
_RISK = st.tuples(st.tuples(_LEVEL, _LEVEL, _LEVEL), st.sampled_from((*BEGUN, *LATER)))


def _graver(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    ranks = [(LEVELS.index(a), LEVELS.index(b)) for a, b in zip(one, other, strict=True)]
    return all(a >= b for a, b in ranks) and any(a > b for a, b in ranks)


@settings(max_examples=40, deadline=None)
@given(st.lists(_RISK, min_size=1, max_size=4))
@example([(("medium", "medium", "high"), "planned"), (("medium", "medium", "low"), "implemented")])
@example([(("high", "medium", "medium"), "not-done"), (("medium", "medium", "medium"), "in-progress")])
@example([(("medium", "high", "medium"), "planned"), (("medium", "medium", "medium"), "in-progress")])
def test_a_risk_is_named_when_a_milder_one_was_dealt_with_first(
    risks: list[tuple[tuple[str, str, str], str]],
) -> None:
    lines = [
        f"  - mitigation: {{status: {status}}}\n"
        f"    severity: {{scale: {a}, scope: {b}, irremediability: {c}}}"
        for (a, b, c), status in risks
    ]
    text = "organisation: microsoft\nrisks:\n" + "\n".join(lines) + "\n"
    named = [f["line"] for f in findings(text, "ungp") if f["code"] == "CG717"]
    expected = [
        3 + 2 * number
        for number, (levels, status) in enumerate(risks)
        if status in LATER and any(begun in BEGUN and _graver(levels, milder) for milder, begun in risks)
    ]
    assert named == expected


@pytest.mark.parametrize(("said", "asked"), [("caused", True), ("contributed", True), ("linked", False)])
def test_remedy_is_asked_for_where_the_organisation_had_a_hand(said: str, asked: bool) -> None:
    text = f"organisation: microsoft\nrisks:\n  - {{involvement: {said}}}\n"
    assert ("CG724" in codes(text, "ungp")) is asked


def test_a_short_text_in_korean_is_measured_by_its_script() -> None:
    risk = "organisation: microsoft\nrisks:\n  - {description: %s}\n"
    assert "CG706" not in codes(risk % "개인정보가 답변에 드러난다", "ungp")
    assert "CG706" in codes(risk % "개인정보", "ungp")


def test_a_blank_reason_for_no_risk_is_no_reason() -> None:
    assert "CG701" in codes('organisation: microsoft\nno-risks: " "\n', "ungp")
