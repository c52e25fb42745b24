"""Dates as people write them, and which days they may stand for.

What can be read in one way only is answered with the date to write. What can be read in two ways is
answered with both: 06/01/2025 is a day of June to some and of January to others.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from commitgraph.dates import DateError, PartialDate, in_words
from commitgraph.disclosure.characters import plain

#: The names of the months in English and their first three letters, by number.
_MONTHS = {in_words(f"2000-{number:02}").split()[0].lower(): number for number in range(1, 13)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))

_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})\.?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})\.?", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]+\d{1,2}[-/. ]+'?\d{2}\.?", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_CJK = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일号]?)?", re.ASCII)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]+({_NAMED})[-/., ]+(\d{{4}})", re.ASCII)
_MONTH_DAY = re.compile(rf"({_NAMED})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.ASCII)
_MONTH = re.compile(rf"({_NAMED})[-/., ]+(\d{{4}})", re.ASCII)
_NUMBERED_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{4})", re.ASCII)
_PART = re.compile(r"([qh])([1-4])[-/ ]*(\d{4})|(\d{4})[-/ ]*([qh])([1-4])", re.ASCII)
_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[t ]\d{1,2}:\d{2}.*|z|[+-]\d{2}:\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:calendar year |cy ?)?(\d{4}) ?[년年]?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
_BUSINESS_YEAR = re.compile(r"(?:fy|financial year|fiscal year|business year)[ '-]*(\d{4})", re.ASCII)
_SPAN = re.compile(r" ?(?:/|\.\.+| to | until | - |~|–|—|→) ?")
#: Day 0 of the 1900 date system of spreadsheets, as far as days from March 1900 on are concerned.
_SERIAL_START = date(1899, 12, 30)
#: Numbers outside these (1954 to 2119) are hardly meant as days.
_SERIALS = range(20_000, 80_001)


class Reading(NamedTuple):
    """The days that a date may stand for, the first and the last, and what has to be supposed for it."""

    first: date
    last: date
    supposed: str = ""

    @property
    def day(self) -> str | None:
        """The day as a disclosure writes it; None where there are several."""
        return self.first.isoformat() if self.first == self.last else None


def readings(written: str) -> list[Reading]:
    """What a date may stand for, in the order of the days; nothing where it is no date.

    >>> [r.day for r in readings("2025.01.01")], [r.day for r in readings("06/01/2025")]
    (['2025-01-01'], ['2025-01-06', '2025-06-01'])
    >>> [(str(r.first), str(r.last)) for r in readings("March 2026")]
    [('2026-03-01', '2026-03-31')]
    >>> readings("soon")
    []
    """
    text = plain(unicodedata.normalize("NFKC", written[:100])).lower()
    found = {reading for reading in (*_days(text), *_spans(text)) if reading}
    return sorted(found)


def cure(written: str) -> str:
    """What to write instead of a date that is none, or not one day; empty where nothing is known of it.

    >>> cure("2025.01.01")
    'write `2025-01-01`'
    >>> cure("06/01/2025")
    'it may be 2025-01-06 (day first) or 2025-06-01 (month first): write the one that is meant'
    """
    found = readings(written)
    if not found:
        return _impossible(written)
    if len(found) > 1:
        listed = " or ".join(f"{reading.day} ({reading.supposed})" for reading in found)
        return f"it may be {listed}: write the one that is meant"
    (one,) = found
    if one.day:
        supposed = f", which it stands for {one.supposed}" if one.supposed else ""
        return f"write `{one.day}`{supposed}"
    return f"it covers the days from {one.first} to {one.last}: write the one day that is meant"


def period(written: str) -> tuple[date, date] | None:
    """The first and the last day of a period that is written as one text; None where they are not clear.

    >>> [str(day) for day in period("2025") or ()], period("FY2025")
    (['2025-01-01', '2025-12-31'], None)
    >>> [str(day) for day in period("2024-07-01 to 2025-06-30") or ()]
    ['2024-07-01', '2025-06-30']
    """
    ends = _SPAN.split(plain(written[:100]).lower())
    parts = [readings(written)] if readings(written) else [readings(end) for end in ends]
    if not 1 <= len(parts) <= 2 or any(len(found) != 1 for found in parts):
        return None
    first, last = parts[0][0].first, parts[-1][0].last
    return (first, last) if first < last else None


def business_year(written: str) -> int | None:
    """The number of a business year, such as 2025 for FY2025; its days differ from company to company.

    >>> business_year("FY2025"), business_year("2025")
    (2025, None)
    """
    found = _BUSINESS_YEAR.fullmatch(plain(written[:100]).lower())
    return int(found[1]) if found else None


def _days(text: str) -> list[Reading | None]:  # noqa: PLR0911  (one return a way of writing)
    if found := _TIMED.fullmatch(text):
        return [_whole(found[1])]
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return [_day(found[1], found[2], found[3])]
    if found := _YEAR_LAST.fullmatch(text):
        day_first, month_first = _day(found[3], found[2], found[1]), _day(found[3], found[1], found[2])
        if day_first and month_first and day_first != month_first:
            return [
                day_first._replace(supposed="day first"),
                month_first._replace(supposed="month first"),
            ]
        return [day_first or month_first]
    if found := _CJK.fullmatch(text):
        return [_day(*found.groups()) if found[3] else _whole(f"{found[1]}-{int(found[2]):02}")]
    if found := _DAY_MONTH.fullmatch(text):
        return [_day(found[3], str(_MONTHS[found[2]]), found[1])]
    if found := _MONTH_DAY.fullmatch(text):
        return [_day(found[3], str(_MONTHS[found[1]]), found[2])]
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in _SERIALS:
        day = _SERIAL_START + timedelta(days=int(found[1]))
        return [
            Reading(day, day, f"in the 1900 date system of Excel, if {found[1]} comes from a spreadsheet")
        ]
    return []


def _spans(text: str) -> list[Reading | None]:
    if found := _MONTH.fullmatch(text):
        return [_whole(f"{found[2]}-{_MONTHS[found[1]]:02}")]
    if found := _NUMBERED_MONTH.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return [_whole(f"{year}-{int(month):02}")]
    if found := _PART.fullmatch(text):
        kind, number, year = (
            (found[1], int(found[2]), int(found[3])) if found[1] else (found[5], int(found[6]), int(found[4]))
        )
        months = 3 if kind == "q" else 6
        end = months * number
        if year < 1 or end > 12:
            return []
        return [Reading(date(year, end - months + 1, 1), date(year, end, monthrange(year, end)[1]))]
    if found := _YEAR.fullmatch(text):
        return [_whole(found[1])]
    return []


def _day(year: str, month: str, day: str) -> Reading | None:
    return _whole(f"{year}-{int(month):02}-{int(day):02}")


def _whole(text: str) -> Reading | None:
    try:
        known = PartialDate.parse(text)
    except DateError:
        return None
    return Reading(known.first, known.last)


def _impossible(written: str) -> str:
    """Why a date that has the form of one is none."""
    text = plain(written[:100])
    if _SHORT_YEAR.fullmatch(text):
        return "write the year with all four digits: year, month and day, in this order"
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        return f"there is no month {month}: write year, month and day, in this order"
    if year and not 1 <= day <= monthrange(year, month)[1]:
        return f"{in_words(f'{year:04}-{month:02}')} has {monthrange(year, month)[1]} days: write one of them"
    return ""
