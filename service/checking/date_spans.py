"""Spans of days: what a date of any precision means on the calendar.

Owns the arithmetic of days, months and years. Must not know texts, and never asks the clock.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from schemas.base import is_partial_date

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Years in which the rules place a date, inclusive: those that a text can name."""


class DaySpan(NamedTuple):
    """The days from ``first`` to ``last``, both inclusive."""

    first: date
    last: date

    def covers(self, other: "DaySpan") -> bool:
        """Say whether every day of ``other`` lies in this span."""
        return self.first <= other.first and other.last <= self.last

    def is_partial(self) -> bool:
        """Say whether one partial date covers it exactly: a day, a month or a year."""
        first = self.first
        return self in {span_day(first), span_month(first.year, first.month), span_year(first.year)}

    def render(self) -> str:
        """Return the shortest partial date that covers the span, or both ends of it."""
        if self.first == self.last:
            return self.first.isoformat()
        if self == span_month(self.first.year, self.first.month):
            return self.first.isoformat()[:7]
        if self == span_year(self.first.year):
            return self.first.isoformat()[:4]
        return f"{self.first.isoformat()} to {self.last.isoformat()}"


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the day, or ``None`` where no calendar has it (February 30)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def span_day(day: date) -> DaySpan:
    """Return the span of one day."""
    return DaySpan(day, day)


def span_month(year: int, month: int) -> DaySpan:
    """Return the span of a month; ``month`` is 1..12, ``year`` 1..9999."""
    return DaySpan(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def span_year(year: int) -> DaySpan:
    """Return the span of a calendar year, 1..9999."""
    return DaySpan(date(year, 1, 1), date(year, 12, 31))


@lru_cache(maxsize=256)
def span_partial(value: str) -> DaySpan | None:
    """Return the days that a ``PartialDate`` covers; ``None`` where ``value`` is none."""
    if not is_partial_date(value):
        return None
    numbers = [int(part) for part in value.split("-")]
    if len(numbers) == 1:
        return span_year(numbers[0])
    if len(numbers) == 2:
        return span_month(numbers[0], numbers[1])
    return span_day(date(*numbers))


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the year and month ``by`` months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def shift_days(day: date, by: int) -> date:
    """Return the day ``by`` days later; ``day`` is in 1900..2099, ``by`` at most a few years."""
    return day + timedelta(days=by)


def find_anniversaries(month: int, day: int, around: date) -> Iterator[date]:
    """Yield the day in the years before, of and after ``around``, ascending.

    A February 29 comes only in leap years, so that none may come at all.
    """
    for year in (around.year - 1, around.year, around.year + 1):
        found = make_date(year, month, day)
        if found is not None:
            yield found
