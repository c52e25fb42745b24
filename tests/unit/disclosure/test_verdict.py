"""The verdict: whether a file passes, and what it shows, counted by what holds and not by what is told."""

from __future__ import annotations

from typing import Any

import pytest

from commitgraph.disclosure import judge_file_bytes
from tests.unit.disclosure.examples import TODAY

HEAD = """\
commitgraph: disclosure/1
organisation: microsoft
title: Responsible AI report
period: {from: 2025-07-01, to: 2026-06-30}
published: 2026-07-15
url: https://example.com/report-2026
roles: [model-developer, deployer]
signed-off: {role: Chief Responsible AI Officer, date: 2026-07-10}
entries:
"""
PLACES = ("a1-1", "a1-2", "a1-3-i", "a1-3-ii-a", "a1-3-ii-b", "a1-3-iii", "a2-1")
LINK = "url: 'https://example.com/policy', date: 2025-09-01"
DIGEST = "digest: 'sha256:6fcb94745c125565165607d982477b96aff96c524225bdb47de4558209cf2a13', date: 2025-09-01"
FORM = ("core", "evidence")


def entry(source: str, place: str = "a1-2", status: str = "implemented") -> str:
    """An entry with one item of evidence; without any where `source` is empty."""
    item = f"evidence: [{{type: policy, title: Rules on {place}, {source}}}]" if source else "reason: None"
    return (
        f"  - {{commitment: seoul-ai-business-pledge/{place}, status: {status}, "
        f"statement: What {place} asks for is done by a team., {item}}}\n"
    )


def judged(*entries: str, profiles: tuple[str, ...] = FORM, head: str = HEAD) -> dict[str, Any]:
    return judge_file_bytes("a.yaml", (head + "".join(entries)).encode(), profiles, TODAY)


def verdict(*entries: str, profiles: tuple[str, ...] = FORM) -> str:
    said: str = judged(*entries, profiles=profiles)["summary"]["verdict"]
    return said


def hints(report: dict[str, Any]) -> dict[str, str]:
    return {finding["code"]: finding["hint"] for finding in report["files"][0]["findings"]}


@pytest.mark.parametrize(
    "link",
    [
        "n/a",
        "TBD",
        "on request",
        "file:///C:/report.pdf",
        "mailto:esg@sk.com",
        "sk.com/ai report.pdf",
        "https://",
        "없음",
        "http://localhost/x",
    ],
)
def test_what_cannot_be_opened_does_not_count_whatever_is_told_of_it(link: str) -> None:
    source = f"url: '{link}', date: 2025-09-01"
    for profiles in (FORM, ("evidence",)):
        told = judged(entry(source), profiles=profiles)
        assert "not traceable: 0 of 1 claim" in told["summary"]["verdict"]
    # By this profile alone nothing else tells that the link is none.
    assert "CG551" in hints(told)


@pytest.mark.parametrize(
    "source", ["digest: 'sha256:12', date: 2025-09-01", "url: 'https://example.com/policy', date: 2025-19-01"]
)
def test_a_digest_or_day_that_cannot_be_read_does_not_count_and_is_told_once(source: str) -> None:
    told = judged(entry(source))
    assert "not traceable: 0 of 1 claim" in told["summary"]["verdict"]
    assert hints(told).keys() & {"CG201", "CG302"}
    assert "CG551" not in hints(told)


def test_a_claim_on_an_unknown_promise_is_not_counted_as_shown() -> None:
    said = verdict(entry(LINK), entry(LINK, "a9-9"))
    assert "traceable in part: 1 of 1 claim" in said
    assert "1 claim is on a promise that is not known, and the source was not judged" in said


def test_an_account_by_others_is_counted_alike_by_any_profile() -> None:
    head = HEAD.replace("entries:", "prepared-by: {name: Example Watch}\nentries:")
    for profiles in (FORM, ("evidence",)):
        said = judged(entry(""), profiles=profiles, head=head)["summary"]["verdict"]
        assert "not traceable: 0 of 1 claim" in said


def test_statuses_that_cannot_be_read_are_told_and_never_taken_for_no_claim() -> None:
    said = verdict(entry("", status="umgesetzt"), entry("", "a2-1", status="perhaps"))
    assert "2 statuses could not be read" in said
    assert "no entry says" not in said
    assert "no entry says that something was done or begun" in verdict(entry("", status="not-done"))


def test_a_digest_only_is_told_apart() -> None:
    said = verdict(entry(LINK), entry(DIGEST, "a2-1"))
    assert "2 of 2 claims" in said
    assert "have a source that these checks accept, 1 of them by a digest only" in said
    assert "digest" not in verdict(entry(LINK))


def test_one_page_behind_most_claims_is_told() -> None:
    other = LINK.replace("policy", "guide")
    most = [entry(LINK, place) for place in PLACES[:5]]
    assert "one document stands behind 5 of these 6" in verdict(*most, entry(other, "a2-1"))
    assert "one document" not in verdict(*most[:4], entry(other, "a2-1"))


@pytest.mark.parametrize(
    ("entries", "profiles", "begins"),
    [
        ([entry(LINK)], ("evidence",), "passes: nothing to remark; traceable: 1 of 1"),
        ([entry(LINK, status="perhaps")], ("core",), "fails: 1 violation; not yet well-formed"),
        (
            [entry("")],
            FORM,
            "fails: 2 violations; no violation is one of form or consistency; not traceable",
        ),
        (["  - [\n"], FORM, "fails: 1 file could not be judged, 1 violation. "),
    ],
)
def test_the_verdict_begins_with_whether_the_file_passes(
    entries: list[str], profiles: tuple[str, ...], begins: str
) -> None:
    assert verdict(*entries, profiles=profiles).startswith(begins)


@pytest.mark.parametrize(
    ("source", "says", "never"),
    [
        ("date: 2025-09-01", "it has no `url:` and no `digest:`", "`date:`"),
        (f"{LINK}, public: false", "`public: false`", "date"),
        ("url: 'https://example.com/policy'", "it has no day", "url"),
        (LINK.replace("2025", "2019"), "its day is before the promise", "url"),
        (LINK.replace("https://example.com", "https://wiki.corp"), "others cannot go", "date"),
    ],
)
def test_nobody_is_told_to_add_what_is_there(source: str, says: str, never: str) -> None:
    hint = hints(judged(entry(source)))["CG551"]
    assert says in hint
    assert never not in hint


def test_a_day_in_force_that_is_too_early_is_told() -> None:
    source = LINK.replace("2025-09-01", "2019-01-01, in-force-on: 2020-01-01")
    told = {f["code"]: f["message"] for f in judged(entry(source))["files"][0]["findings"]}
    assert told["CG561"].endswith("and the day on which it was in force (2020-01-01) is before that, too.")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("완료", "implemented"),
        ("이행중", "in-progress"),
        ("진행 중", "in-progress"),
        ("계획", "planned"),
        ("미이행", "not-done"),
        ("비공개", "withheld"),
        ("해당없음", "not-applicable"),
        ("umgesetzt", "implemented"),
        ("in Arbeit", "in-progress"),
        ("Geplant", "planned"),
        ("nicht umgesetzt", "not-done"),
        ("nicht anwendbar", "not-applicable"),
        ("vertraulich", "withheld"),
    ],
)
def test_words_of_other_languages_are_proposed_and_never_taken(word: str, meant: str) -> None:
    told = hints(judged(entry(LINK, status=word), profiles=("core",)))
    assert told["CG411"].startswith(f"write `{meant}` if this is meant: ")


def test_a_capital_letter_gets_one_line() -> None:
    assert hints(judged(entry(LINK, status="Implemented")))["CG411"] == "write `implemented`"


def test_what_only_others_may_say_is_not_offered_to_a_company() -> None:
    asked = entry(LINK, status="perhaps")
    assert "no-information" not in hints(judged(asked))["CG411"]
    others = HEAD.replace("entries:", "prepared-by: {name: Example Watch}\nentries:")
    assert "no-information" in hints(judged(asked, head=others))["CG411"]
