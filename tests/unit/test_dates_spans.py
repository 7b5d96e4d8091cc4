"""Days, months and years as spans."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.date_spans import (
    DaySpan,
    find_anniversaries,
    make_date,
    shift_month,
    span_day,
    span_month,
    span_partial,
    span_year,
)

DATES = st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-02-28", date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_a_partial_date_covers_its_days(value: str, first: date, last: date) -> None:
    """All comparison of precision rests on these ends."""
    assert span_partial(value) == DaySpan(first, last)


@pytest.mark.parametrize("value", ["2026-02-30", "2026-2", "0000", "", "26"])
def test_what_is_no_partial_date_covers_nothing(value: str) -> None:
    """The value may come from a model."""
    assert span_partial(value) is None


@given(day=DATES, length=st.sampled_from([4, 7, 10]))
def test_a_span_is_shown_as_the_partial_date_that_it_is(day: date, length: int) -> None:
    """The reader is told dates in the form in which it has to give them."""
    value = day.isoformat()[:length]

    span = span_partial(value)

    assert span is not None
    assert span.render() == value
    assert span.is_partial()


def test_a_span_that_is_no_partial_date_is_shown_by_its_ends() -> None:
    """A week has no form of its own."""
    span = DaySpan(date(2025, 12, 1), date(2025, 12, 7))

    assert span.render() == "2025-12-01 to 2025-12-07"
    assert not span.is_partial()


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (span_month(2025, 12), span_day(date(2025, 12, 1)), True),
        (span_month(2025, 12), span_day(date(2025, 12, 31)), True),
        (span_month(2025, 12), span_month(2025, 12), True),
        (span_month(2025, 12), span_day(date(2026, 1, 1)), False),
        (span_month(2025, 12), span_day(date(2025, 11, 30)), False),
        (span_month(2025, 12), span_year(2025), False),
        (span_month(2025, 12), DaySpan(date(2025, 12, 28), date(2026, 1, 3)), False),
    ],
)
def test_a_span_covers_what_lies_in_it_as_a_whole(
    outer: DaySpan, inner: DaySpan, expected: bool
) -> None:
    """A week over the turn of the year lies in neither month."""
    assert outer.covers(inner) is expected


def test_a_day_that_no_calendar_has_is_none() -> None:
    """An article may print February 30."""
    assert make_date(2025, 2, 30) is None
    assert make_date(2025, 2, 28) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("by", "expected"),
    [(0, (2025, 12)), (1, (2026, 1)), (-1, (2025, 11)), (-12, (2024, 12)), (13, (2027, 1))],
)
def test_months_are_counted_over_the_turn_of_the_year(by: int, expected: tuple[int, int]) -> None:
    """“Last month”, told in January, is of the year before."""
    assert shift_month(2025, 12, by) == expected


def test_the_day_comes_every_year_around() -> None:
    """The nearest one before and after are among these three."""
    found = list(find_anniversaries(12, 5, date(2025, 6, 1)))

    assert found == [date(2024, 12, 5), date(2025, 12, 5), date(2026, 12, 5)]


def test_a_leap_day_comes_only_in_leap_years() -> None:
    """February 29 has no place in 2025."""
    assert list(find_anniversaries(2, 29, date(2025, 6, 1))) == [date(2024, 2, 29)]
