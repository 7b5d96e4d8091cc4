"""Weekdays that an article gives to its days."""

from datetime import date

import pytest

from service.checking.date_mentions import find_dates
from service.checking.date_tense import find_boundaries
from service.checking.weekday_ties import Tie, find_ties, fit_years

FRIDAY, DAY = 4, date(2025, 12, 5)
YEARS = (2024, 2025, 2026)


def tie(text: str, years: tuple[int, ...] = YEARS) -> list[Tie]:
    """Return the ties of ``text``."""
    return find_ties(text, find_dates(text), find_boundaries(text), years)


ADJACENT = [
    ("They met on Friday, December 5.", [Tie(FRIDAY, DAY, is_past=True)]),
    ("They met on Friday, December 5, 2025.", [Tie(FRIDAY, DAY, is_past=True)]),
    ("They met on December 5, a Friday.", [Tie(FRIDAY, DAY, is_past=True)]),
    ("They will meet on Friday, December 5.", [Tie(FRIDAY, DAY, is_past=False)]),
    ("It expires on Friday, December 5.", [Tie(FRIDAY, DAY, is_past=False)]),
    ("They met on Monday, December 5.", []),
    ("They met on Friday, December 5, 2024.", []),
    ("They met on Friday. December 5 came.", []),
]


@pytest.mark.parametrize(("text", "ties"), ADJACENT)
def test_a_weekday_beside_a_date_is_tied_to_it(text: str, ties: list[Tie]) -> None:
    """The year follows from the weekday, and a wrong weekday ties nothing."""
    assert tie(text) == ties


def test_a_weekday_that_fits_in_two_years_is_not_tied() -> None:
    """December 5 is a Friday in 2014 and in 2025."""
    assert tie("They met on Friday, December 5.", (2014, 2025)) == []


def test_without_a_year_nothing_is_tied() -> None:
    """No year comes from nowhere."""
    assert tie("They met on Friday, December 5.", ()) == []


EVENTS = [
    ("A call was held on December 5. The Friday call was short.", True),
    ("A call was held on December 5. This Friday call was short.", False),
    ("A call was held on December 5. Friday’s video call was short.", True),
    ("A call was held on December 5. It followed the Friday phone call.", True),
    ("A call was held on December 5. The Friday meeting was short.", False),
    ("A call was held on December 5. A Friday call is usual.", False),
    ("A call was held on December 5. The Monday call was short.", False),
    ("A call was held. On December 5 they rested. The Friday call was short.", False),
    ("A call will be held on December 5. The Friday call was short.", False),
    ("A call was held on December 5. The last Friday call was short.", False),
    ("A call was held on December 5, 2025. The Friday call was short.", True),
    ("A call was held on December 5, 2024. The Friday call was short.", False),
    ("Calls on December 5. The Friday call was short.", False),
]


@pytest.mark.parametrize(("text", "is_tied"), EVENTS)
def test_an_event_called_by_its_weekday_is_tied_to_its_date(text: str, is_tied: bool) -> None:
    """Only a definite event, named by the same word, told as past, on that weekday."""
    assert tie(text) == ([Tie(FRIDAY, DAY, is_past=True)] if is_tied else [])


def test_an_event_with_two_days_that_fit_is_not_tied() -> None:
    """Two calls, both on a Friday: "the Friday call" is either."""
    text = "A call was held on December 5 and a call on November 21. The Friday call was short."

    assert tie(text, (2025,)) == []


def test_the_day_of_another_weekday_does_not_stand_in_the_way() -> None:
    """Two calls, one on a Monday: "the Friday call" is the other."""
    text = "A call was held on December 5, a call on November 24. The Friday call was short."

    assert tie(text, (2025,)) == [Tie(FRIDAY, DAY, is_past=True)]


@pytest.mark.parametrize(
    ("text", "weekday", "expected"),
    [
        ("December 5", 4, [date(2025, 12, 5)]),
        ("December 5", 3, [date(2024, 12, 5)]),
        ("December 5", 0, []),
        ("December 5, 2025", 4, [date(2025, 12, 5)]),
        ("December 5, 2020", 5, [date(2020, 12, 5)]),
        ("February 29", 3, [date(2024, 2, 29)]),
        ("February 30", 3, []),
        ("December", 3, []),
        ("Friday", 4, []),
    ],
)
def test_the_years_in_which_a_day_has_a_weekday(
    text: str, weekday: int, expected: list[date]
) -> None:
    """A stated year is kept, even where it is not among the candidates."""
    assert fit_years(find_dates(text)[0], weekday, YEARS) == expected
