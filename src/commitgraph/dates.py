"""Dates: a day that a reader names, a date of the graph, known as a day, a month or a year, and their words.

How a date of the graph stands to a day is said by the names of the comparisons:

* `possibly_by`: a start, an act or a list counts from the first day that it may be of. What began in
  May 2024 is shown for every day of that May; pages show the month, so that readers see how much is known.
* `surely_by`: it is known to have come by that day.
* `surely_before`: an end counts once the last day that it may be of is over. A standing that ended in
  June 2025 is shown until 30 June.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: So much of what was given instead of a date is shown in a message.
_SHOWN = 40


class DateError(ValueError):
    """Something is no day, or no date. The message says what was expected and what was given."""


class Day(date):
    """A day that a reader names, such as the day for which the state of affairs is asked.

    >>> str(Day.parse("2024-05-22"))
    '2024-05-22'
    """

    @classmethod
    def parse(cls, value: str | date) -> Day:
        """The day that `value` names: `YYYY-MM-DD`, or a date of the standard library.

        Raises:
            DateError: it is no such day of the calendar; a `datetime` is refused, too, because the day
                depends on its time zone.
        """
        if isinstance(value, date) and not isinstance(value, datetime):
            return cls(value.year, value.month, value.day)
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return cls.fromisoformat(value)
            except ValueError:
                pass
        raise DateError(f"expected a day as YYYY-MM-DD, got {_shown(value)}")


def day_or_none(value: str | date | None) -> Day | None:
    """The day that a reader asked for; None where nothing, or an empty text, was given.

    >>> day_or_none(""), day_or_none(None), str(day_or_none("2024-05-22"))
    (None, None, '2024-05-22')

    Raises:
        DateError: `value` is no day, see :meth:`Day.parse`.
    """
    return None if value is None or value == "" else Day.parse(value)


@dataclass(frozen=True)
class PartialDate:
    """A date of the graph: a day, a month or a year.

    Attributes:
        text: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
        first, last: the first and the last day that it may be of; the same where the day is known.
    """

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read a date of the graph.

        >>> found = PartialDate.parse("2024-02")
        >>> str(found.first), str(found.last), found.precision
        ('2024-02-01', '2024-02-29', 'month')

        Raises:
            DateError: `text` is neither a day, nor a month, nor a year.
        """
        return _parsed(text)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How exactly the date is known."""
        lengths: dict[int, Literal["year", "month", "day"]] = {4: "year", 7: "month", 10: "day"}
        return lengths[len(self.text)]

    def possibly_by(self, day: date) -> bool:
        """Whether it may lie on `day` or before.

        >>> PartialDate.parse("2024-05").possibly_by(Day(2024, 5, 1))
        True
        """
        return self.first <= day

    def surely_by(self, day: date) -> bool:
        """Whether it is known to lie on `day` or before.

        >>> PartialDate.parse("2024-05").surely_by(Day(2024, 5, 30))
        False
        """
        return self.last <= day

    def surely_before(self, day: date) -> bool:
        """Whether it is known to be over when `day` begins.

        >>> PartialDate.parse("2024-05").surely_before(Day(2024, 5, 31))
        False
        """
        return self.last < day


def partial_or_none(text: str) -> PartialDate | None:
    """The date of the graph that is written `text`; None where the graph tells none.

    Raises:
        DateError: `text` is neither empty nor a day, a month or a year.
    """
    return PartialDate.parse(text) if text else None


def belongs_to(text: str, as_of: Day | None) -> bool:
    """Whether what is told for the date `text` belongs to the state of affairs on a day.

    This is the rule for acts, lists, evidence and events. Without a day all belongs; for a day only what
    may have come by then: what has no date cannot be said to have come by any day.

    >>> belongs_to("2024-05", Day(2024, 5, 1)), belongs_to("2024-05", Day(2024, 4, 30))
    (True, False)
    >>> belongs_to("", Day(2024, 5, 1)), belongs_to("", None)
    (False, True)

    Raises:
        DateError: `text` is neither empty nor a day, a month or a year.
    """
    if as_of is None:
        return True
    told = partial_or_none(text)
    return told is not None and told.possibly_by(as_of)


def in_words(text: str) -> str:
    """A day, month or year in words; anything else as it is.

    >>> in_words("2024-05-22"), in_words("2025-12"), in_words("2023"), in_words("")
    ('22 May 2024', 'December 2025', '2023', '')
    >>> in_words("2024-00"), in_words("2024-¹²")
    ('2024-00', '2024-¹²')
    """
    written = _PARTIAL.fullmatch(text)
    year, month, day = written.groups() if written else ("", None, None)
    if not month or not 1 <= int(month) <= 12:
        return text
    words = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {words}" if day else words


def with_preposition(text: str) -> str:
    """A date in words, with its preposition.

    >>> with_preposition("2024-05-22"), with_preposition("2024-05")
    ('on 22 May 2024', 'in May 2024')
    """
    if not text:
        return ""
    return f"{'on' if text.count('-') == 2 else 'in'} {in_words(text)}"


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    parts = _PARTIAL.fullmatch(text)
    try:
        if parts:
            year, month, day = int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)
            first = date(year, month, day)
            if parts[3]:
                return PartialDate(text, first, first)
            end = month if parts[2] else 12
            return PartialDate(text, first, date(year, end, monthrange(year, end)[1]))
    except ValueError:
        pass
    raise DateError(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD, got {_shown(text)}")


def _shown(value: object) -> str:
    return repr(value[:_SHOWN] if isinstance(value, str) else value)
