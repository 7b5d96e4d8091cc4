"""What holds of every text: no exception, no invented year, no clock, no long wait."""

import ast
import calendar as calendars
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import service.checking
from schemas.base import is_partial_date
from service.checking.date_mentions import MAX_CACHED_CHARS, find_dates
from service.checking.date_patterns import MONTH_NAMES, WEEKDAY_NAMES, split_words
from service.checking.dates import (
    build_calendar,
    carries_date,
    carries_date_from_article,
    find_stray_dates,
)

WORDS = split_words(
    "December May March Dec. Friday Monday Wednesday Fri 5 31 29 February 5th 2025 2026-02-03 2024 "
    "1999/1 FY26 Q1 first quarter half of the end early mid- last next this coming past week year "
    "month ago two and or to will met said expires call The yesterday today fall in on by until "
    'since - – , . ( ) “ ” " $ % 12/5/2025 fiscal tons BEIJING, (Xinhua) Published: 2,000 '
    "31/31/2025 2025-13-32"
)
ANY_TEXT = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(["\n", *WORDS]), max_size=40).map(" ".join)
)
YEARLESS_TEXT = st.lists(
    st.sampled_from([word for word in WORDS if not any(digit in word for digit in "12")]),
    max_size=40,
).map(" ".join)
DATES = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
VALUES = st.tuples(DATES, st.sampled_from([4, 7, 10])).map(
    lambda pair: pair[0].isoformat()[: pair[1]]
)
PUBLISHED = st.one_of(st.none(), VALUES)


@given(text=ANY_TEXT, quote=ANY_TEXT, published=PUBLISHED, value=st.one_of(VALUES, st.text()))
def test_no_text_raises(text: str, quote: str, published: str | None, value: str) -> None:
    """The article and the model are both untrusted: neither may fail a summary."""
    calendar = build_calendar(text, published)

    verdict = carries_date(value, [quote, text], calendar)

    assert verdict.reason
    assert isinstance(carries_date_from_article(value, calendar), bool)
    assert isinstance(find_stray_dates(quote, [text, value], calendar), list)


@given(text=ANY_TEXT, published=PUBLISHED, start=st.integers(0, 60), length=st.integers(1, 60))
def test_no_cut_raises(text: str, published: str | None, start: int, length: int) -> None:
    """A quote may begin and end anywhere, in the middle of a date too."""
    calendar = build_calendar(text, published)
    start = min(start, len(text))
    end = min(start + length, len(text))

    verdict = carries_date("2025", [text[start:end]], calendar, quote_spans=[(start, end)])

    assert verdict.reason


@given(text=ANY_TEXT, published=PUBLISHED)
def test_no_text_has_a_stray_date_in_itself(text: str, published: str | None) -> None:
    """What a source says word for word is never invented."""
    assert find_stray_dates(text, [text]) == []
    assert find_stray_dates(text, [text], build_calendar(text, published)) == []
    assert find_stray_dates(text, [text], build_calendar("", published)) == []


@given(text=YEARLESS_TEXT, value=VALUES)
def test_no_year_comes_from_nowhere(text: str, value: str) -> None:
    """Without a year in the article and without `published` there is no date at all."""
    calendar = build_calendar(text, None)

    assert not carries_date(value, [text], calendar).carried
    assert not carries_date_from_article(value, calendar)


@given(text=YEARLESS_TEXT, value=VALUES, published=VALUES)
def test_a_year_is_near_publication_where_the_text_has_none(
    text: str, value: str, published: str
) -> None:
    """A date without a year is of the year of the report, or of one next to it."""
    if carries_date(value, [text], build_calendar(text, published)).carried:
        assert abs(int(value[:4]) - int(published[:4])) <= 1


@given(text=ANY_TEXT, published=PUBLISHED, value=VALUES)
def test_a_day_is_carried_only_where_some_word_states_a_day(
    text: str, published: str | None, value: str
) -> None:
    """A month, a week, a season or a length never becomes a day."""
    if len(value) == 10 and carries_date(value, [text], build_calendar(text, published)).carried:
        assert any(
            mention.day or mention.weekday is not None or "week" not in (mention.relative or "week")
            for mention in find_dates(text)
        )


@given(day=DATES, value=VALUES)
def test_a_full_date_carries_itself_and_what_holds_it(day: date, value: str) -> None:
    """No other day, month or year follows from a date that is written out."""
    text = f"It was agreed on {MONTH_NAMES[day.month - 1]} {day.day}, {day.year}."

    verdict = carries_date(value, [text], build_calendar(text, None))

    assert verdict.carried is day.isoformat().startswith(value)
    assert carries_date(day.isoformat(), [text], build_calendar(text, None)).carried


@given(day=DATES, lag=st.integers(0, 6))
def test_a_weekday_of_the_last_week_is_that_day(day: date, lag: int) -> None:
    """Counted from publication, on every day of every year."""
    text = f"They met on {WEEKDAY_NAMES[day.weekday()]}."
    published = date.fromordinal(day.toordinal() + lag)

    calendar = build_calendar(text, published.isoformat())

    assert carries_date(day.isoformat(), [text], calendar).carried
    other = date.fromordinal(day.toordinal() - 7).isoformat()
    assert not carries_date(other, [text], calendar).carried


@given(day=DATES, offset=st.sampled_from([0, 1]))
def test_a_weekday_settles_the_year_next_to_a_named_one(day: date, offset: int) -> None:
    """“A Friday that is the 5th”: the one year that fits, of those that the article names."""
    name = f"{WEEKDAY_NAMES[day.weekday()]}, {MONTH_NAMES[day.month - 1]} {day.day}"
    text = f"On {name}, they met. Goods will be bought by the end of June {day.year + offset}."

    calendar = build_calendar(text, None)

    assert carries_date(day.isoformat(), [text], calendar).carried
    for year in (day.year - 1, day.year + 1):
        if day.month != 2 or day.day != 29 or calendars.isleap(year):
            assert not carries_date(day.replace(year=year).isoformat(), [text], calendar).carried


@given(published=DATES, due=DATES)
def test_a_planted_due_date_is_never_carried(published: date, due: date) -> None:
    """A length and a weekday of the past do not make a date to come."""
    text = "The truce was extended for one year on Friday, after talks of two weeks in Geneva."
    value = due.isoformat()

    carried = carries_date(value, [text], build_calendar(text, published.isoformat())).carried

    is_the_friday = due.weekday() == 4 and 0 <= (published - due).days < 7
    assert carried is is_the_friday


@given(value=VALUES)
def test_values_of_the_strategy_are_partial_dates(value: str) -> None:
    """A property over values that are refused at the door would prove nothing."""
    assert is_partial_date(value)


CLOCKS = {"today", "now", "utcnow", "time", "localtime", "gmtime", "fromtimestamp"}
MODULES = sorted(Path(service.checking.__file__).parent.glob("*date*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_rule_asks_the_clock(path: Path) -> None:
    """A summary derived again next year must be the same."""
    calls = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }

    assert not calls & CLOCKS


HEAVY = (
    "December 5, ",
    "2025-",
    "2025 ",
    "5 ",
    "Friday, ",
    "the end of the ",
    'last "today ',
    "the Friday call on May 5. ",
    "Dec. ",
    " ",
    "\n",
    "or May ",
    "a",
)


def measure_s(text: str) -> float:
    """Return the CPU seconds that one calendar and one comparison of ``text`` take."""
    begun = time.process_time()
    calendar = build_calendar(text, "2025-12-06")
    find_stray_dates(text[:MAX_CACHED_CHARS], [text], calendar)
    return time.process_time() - begun


@pytest.mark.parametrize("unit", HEAVY)
def test_cost_is_linear_in_the_length(unit: str) -> None:
    """A hostile page of one repeated word must not hold up a worker.

    Eight times the text may take thirty-two times as long; quadratic cost takes sixty-four.
    The floor keeps the clock's grain out of the ratio.
    """
    small, large = (unit * (length // len(unit)) for length in (25_000, 200_000))
    floor_s = 0.004

    assert measure_s(large) <= 32 * max(measure_s(small), floor_s)
