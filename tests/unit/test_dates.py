"""Days that readers name, and dates of the graph that are known as a day, a month or a year."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commitgraph
from commitgraph.dates import DateError, Day, PartialDate, belongs_to, day_or_none

#: What some people and programs write for a day, and what is no day of the calendar.
NO_DAYS = (
    "2024-02-31", "2024-13-01", "0000-01-01", "junk", "20240601", "2024", "2024-06", "2024-6-1", "01/06/2024",
    "2024-W22-3", "2024-06-01T00:00:00", " 2024-06-01", "2024-06-01\n", "+2024-06-01", "２０２４-０６-０１",
)  # fmt: skip
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
PARTIALS = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from((4, 7, 10)))


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_refused_by_one_error_with_the_same_words(text: str) -> None:
    with pytest.raises(DateError) as refusal:
        Day.parse(text)
    assert str(refusal.value) == f"expected a day as YYYY-MM-DD, got {text!r}"
    assert isinstance(refusal.value, ValueError)


def test_a_moment_is_no_day_because_its_day_depends_on_the_time_zone() -> None:
    with pytest.raises(DateError, match="expected a day as YYYY-MM-DD"):
        Day.parse(datetime(2024, 6, 1, 12))


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(DateError) as refusal:
        Day.parse("x" * 1000)
    assert len(str(refusal.value)) < 100


@given(DAYS)
def test_a_day_is_the_same_as_a_text_and_as_a_date(day: date) -> None:
    assert Day.parse(day) == Day.parse(day.isoformat()) == day
    assert str(Day.parse(day)) == day.isoformat()


def test_nothing_asked_for_is_no_day() -> None:
    assert day_or_none(None) is day_or_none("") is None
    assert day_or_none("2024-06-01") == Day(2024, 6, 1)
    with pytest.raises(DateError):
        day_or_none(" ")


@pytest.mark.parametrize(
    "text", [t for t in NO_DAYS if t not in ("2024", "2024-06")] + ["", "0000", "2024-00"]
)
def test_what_is_no_date_of_the_graph_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="expected a date as YYYY, YYYY-MM or YYYY-MM-DD"):
        PartialDate.parse(text)


@given(PARTIALS)
def test_a_date_spans_exactly_the_days_that_begin_with_it(text: str) -> None:
    found = PartialDate.parse(text)
    assert found.first.isoformat().startswith(text) and found.last.isoformat().startswith(text)
    if found.first > date.min:
        assert not (found.first - timedelta(1)).isoformat().startswith(text)
    if found.last < date.max:
        assert not (found.last + timedelta(1)).isoformat().startswith(text)
    assert found.precision == {4: "year", 7: "month", 10: "day"}[len(text)]


@given(PARTIALS, DAYS)
def test_the_comparisons_say_what_their_names_say(text: str, day: date) -> None:
    found = PartialDate.parse(text)
    assert found.possibly_by(day) == (found.first <= day)
    assert found.surely_by(day) == (found.last <= day)
    assert found.surely_before(day) == (found.surely_by(day) and found.last != day)
    assert not found.surely_by(day) or found.possibly_by(day)
    # As texts, on as many characters as both have: what the saved questions do in SPARQL.
    assert found.possibly_by(day) == (text <= day.isoformat())
    assert found.surely_before(day) == (text < day.isoformat()[: len(text)])


@given(PARTIALS, DAYS)
def test_what_is_dated_belongs_to_a_day_from_its_first_possible_day_on(text: str, day: date) -> None:
    assert belongs_to(text, Day.parse(day)) == PartialDate.parse(text).possibly_by(day)


def test_what_has_no_date_belongs_to_no_day_that_is_named() -> None:
    assert belongs_to("", None)
    assert not belongs_to("", Day(9999, 12, 31))


@pytest.mark.parametrize("text", NO_DAYS)
def test_the_public_methods_refuse_what_is_no_day(text: str) -> None:
    graph = commitgraph.load()
    party, instrument = graph.party("kakao"), graph.instrument("seoul-ai-business-pledge")
    asks = (party.pledges, party.links, party.commitments, instrument.adherents, instrument.rolls)
    for ask in asks:
        with pytest.raises(commitgraph.DateError, match="expected a day as YYYY-MM-DD, got"):
            ask(as_of=text)


def test_the_public_methods_take_a_date_of_the_standard_library() -> None:
    pledge = commitgraph.load().instrument("seoul-ai-business-pledge")
    assert pledge.adherents(as_of=date(2024, 7, 10)) == pledge.adherents(as_of="2024-07-10")
    assert pledge.adherents(as_of=date(2024, 7, 10)) != pledge.adherents(as_of=date(2024, 7, 11))
    assert pledge.adherents(as_of="") == pledge.adherents()
