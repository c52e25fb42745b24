"""Did you mean: misspellings are found, and the opposite of what was written is never proposed."""

from __future__ import annotations

import pytest

from commitgraph.near import alike, did_you_mean, nearest

STATUS = ("implemented", "in-progress", "planned", "not-done", "not-applicable")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("implementd", "implemented"),
        ("Implementd", "implemented"),
        ("in-progres", "in-progress"),
        ("in_progress", "in-progress"),
        ("inprogress", "in-progress"),
        ("planed", "planned"),
        ("not-don", "not-done"),
        ("non-applicable", "not-applicable"),
    ],
)
def test_a_misspelling_is_answered_with_the_word(written: str, meant: str) -> None:
    assert nearest(written, STATUS) == [meant]


@pytest.mark.parametrize(
    "written",
    [
        "done", "Done", "on", "not-implemented", "unimplemented", "un-implemented", "notimplemented",
        "non-implemented", "not implemented", "never implemented", "partially-implemented",
        "applicable", "progress", "implemented-on", "not-planned", "",
    ],
)  # fmt: skip
def test_neither_the_opposite_nor_a_word_inside_another_is_proposed(written: str) -> None:
    assert nearest(written, STATUS) == []
    assert "did you mean" not in did_you_mean(written, STATUS)


def test_a_second_negation_is_not_overlooked() -> None:
    for negation in ("not", "no"):
        assert nearest(f"{negation} equality non discriminatio", ["equality-non-discrimination"]) == []
    assert nearest("equality non discriminatio", ["equality-non-discrimination"]) != []


def test_a_lost_first_letter_is_no_negation() -> None:
    assert nearest("nstrument", ["instrument", "party"]) == ["instrument"]
    assert nearest("wrod", ["word", "day"]) == ["word"]


def test_the_likeliest_comes_first_and_equal_ones_in_a_fixed_order() -> None:
    assert nearest("plannd", ["planner", "planned", "plant"], 2) == ["planned", "planner"]
    assert nearest("abcdx", ["abcde", "abcdf"], 2) == nearest("abcdx", ["abcdf", "abcde"], 2)


def test_a_name_is_found_by_its_words_but_not_by_a_negation_of_them() -> None:
    assert alike("Kakao Corporation", ["Kakao", "Naver"]) == ["Kakao"]
    assert alike("Telefonca", ["Telefónica", "Telstra"]) == ["Telefónica"]
    assert alike("signed", ["not-signed"]) == []
    assert alike("x", ["xa", "xb"]) == []
