"""What counts as a date in a text, and what only looks like one."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.checking.date_mentions import MAX_CACHED_CHARS, DateMention, find_dates
from service.checking.date_patterns import MONTH_NAMES, split_words

PLACES = {"start", "end"}


def describe(mention: DateMention) -> dict[str, object]:
    """Return the components that a mention states, without its place."""
    stated = {field.name: getattr(mention, field.name) for field in fields(mention)}
    return {
        name: value
        for name, value in stated.items()
        if name not in PLACES and value is not None and value is not False
    }


def describe_all(text: str) -> list[dict[str, object]]:
    """Return the components of every date in ``text``."""
    return [describe(mention) for mention in find_dates(text)]


DAY = {"month": 12, "day": 5}
FULL = {"year": 2025, "month": 12, "day": 5}

DAYS = {
    "on December 5 they": DAY,
    "DECEMBER 5": DAY,
    "december 5": DAY,
    "Dec. 5": DAY,
    "Dec 5": DAY,
    "5 December": DAY,
    "5 Dec": DAY,
    "December 5th": DAY,
    "the 5th of December": DAY,
    "December the 5th": DAY,
    "December\u00a05": DAY,
    "December\n5": DAY,
    "December 5, 2025": FULL,
    "December 5 2025": FULL,
    "December 5th, 2025": FULL,
    "Dec 5 2025": FULL,
    "5 December 2025": FULL,
    "5th of December, 2025": FULL,
    "2025-12-05": FULL,
    "2025/12/05": FULL,
    "2025.12.05": FULL,
    "2025-12-05T10:00:00Z": FULL,
    "May 5, 2025": {"year": 2025, "month": 5, "day": 5},
    "25/12/2025": {"year": 2025, "month": 12, "day": 25},
    "12/25/2025": {"year": 2025, "month": 12, "day": 25},
    "25.12.2025": {"year": 2025, "month": 12, "day": 25},
    "13/12/2025": {"year": 2025, "month": 12, "day": 13},
    "12/31/2025": {"year": 2025, "month": 12, "day": 31},
    "31/1/2025": {"year": 2025, "month": 1, "day": 31},
    "5/5/2025": {"year": 2025, "month": 5, "day": 5},
    "Friday, December 5": DAY | {"weekday": 4},
    "Friday, Dec. 5, 2025": FULL | {"weekday": 4},
    "Fri., Dec. 5, 2025": FULL | {"weekday": 4},
    "Friday (December 5)": DAY | {"weekday": 4},
    "Friday, 5 December 2025": FULL | {"weekday": 4},
    "December 5, a Friday": DAY | {"weekday": 4},
    "December 5, 2025 (Friday)": FULL | {"weekday": 4},
}


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_every_way_to_write_a_day_is_read(text: str, expected: dict[str, object]) -> None:
    """A day that is not seen can neither carry a claim nor be found stray."""
    assert describe_all(text) == [expected]


PERIODS = {
    "December 2025": {"year": 2025, "month": 12},
    "December of 2025": {"year": 2025, "month": 12},
    "December, 2025": {"year": 2025, "month": 12},
    "Dec. 2025": {"year": 2025, "month": 12},
    "2025-12": {"year": 2025, "month": 12},
    "2026-01": {"year": 2026, "month": 1},
    "June also": {"month": 6},
    "the October agreement": {"month": 10},
    "in Dec. they": {"month": 12},
    "in May": {"month": 5},
    "since March": {"month": 3},
    "March exports": {"month": 3},
    "late November": {"month": 11, "part": "late"},
    "mid-December 2025": {"year": 2025, "month": 12, "part": "mid"},
    "end of February 2026": {"year": 2026, "month": 2, "part": "end"},
    "the end of February": {"month": 2, "part": "end"},
    "the beginning of March 2026": {"year": 2026, "month": 3, "part": "start"},
    "mid-2026": {"year": 2026, "part": "mid"},
    "early 2026": {"year": 2026, "part": "early"},
    "later in 2026": {"year": 2026, "part": "late"},
    "the end of 2026": {"year": 2026, "part": "end"},
    "the first half of 2026": {"year": 2026, "part": "first half"},
    "second half of 2026": {"year": 2026, "part": "second half"},
    "pre-2018": {"year": 2018, "part": "pre"},
    "by 2030": {"year": 2030},
    "2025’s tariffs": {"year": 2025},
    "the 2030s": {"decade": 2030},
    "the early 1990s": {"decade": 1990, "part": "early"},
    "fiscal 2026": {"year": 2026, "fiscal": True},
    "fiscal year 2026": {"year": 2026, "fiscal": True},
    "the 2026 fiscal year": {"year": 2026, "fiscal": True},
    "FY2026": {"year": 2026, "fiscal": True},
    "FY26": {"year": 2026, "fiscal": True},
    "2025-26": {"year": 2025, "fiscal": True},
    "2025/26": {"year": 2025, "fiscal": True},
    "Q1 2026": {"year": 2026, "quarter": 1},
    "Q3": {"quarter": 3},
    "first quarter of 2026": {"year": 2026, "quarter": 1},
    "fourth-quarter": {"quarter": 4},
    "third quarter of fiscal 2026": {"year": 2026, "quarter": 3, "fiscal": True},
    "summer 2026": {"year": 2026, "season": "summer"},
    "the fall of 2025": {"year": 2025, "season": "autumn"},
    "this fall": {"season": "autumn", "relative": "this"},
    "in the spring": {"season": "spring"},
    "during the summer": {"season": "summer"},
}


@pytest.mark.parametrize(("text", "expected"), PERIODS.items())
def test_every_way_to_write_a_period_is_read(text: str, expected: dict[str, object]) -> None:
    """A month or year must be seen, and never as more than it says."""
    assert describe_all(text) == [expected]


RELATIVES = {
    "Monday": {"weekday": 0},
    "on Friday": {"weekday": 4},
    "FRIDAY": {"weekday": 4},
    "early Friday": {"weekday": 4},
    "Friday’s call": {"weekday": 4},
    "last Friday": {"weekday": 4, "relative": "last"},
    "next Tuesday": {"weekday": 1, "relative": "next"},
    "this past Friday": {"weekday": 4, "relative": "past"},
    "the following Monday": {"weekday": 0, "relative": "following"},
    "this week": {"relative": "this week"},
    "earlier this week": {"relative": "this week", "part": "early"},
    "in the coming week": {"relative": "coming week"},
    "last weekend": {"relative": "last weekend"},
    "last month": {"relative": "last month"},
    "later this month": {"relative": "this month", "part": "late"},
    "the end of the month": {"relative": "the month", "part": "end"},
    "last year": {"relative": "last year"},
    "earlier this year": {"relative": "this year", "part": "early"},
    "the current year": {"relative": "this year"},
    "earlier in the year": {"relative": "the year", "part": "early"},
    "by year-end": {"relative": "the year", "part": "end"},
    "the end of next year": {"relative": "next year", "part": "end"},
    "yesterday": {"relative": "yesterday"},
    "Today": {"relative": "today"},
    "tonight": {"relative": "today"},
    "tomorrow": {"relative": "tomorrow"},
    "two weeks ago": {"relative": "2 weeks ago"},
    "3 days ago": {"relative": "3 days ago"},
    "a year ago": {"relative": "1 years ago"},
    "last October’s summit": {"month": 10, "relative": "last"},
    "this coming March": {"month": 3, "relative": "coming"},
}


@pytest.mark.parametrize(("text", "expected"), RELATIVES.items())
def test_every_way_to_point_at_a_day_is_read(text: str, expected: dict[str, object]) -> None:
    """News dates most of its facts by weekday, "last month" and the like."""
    assert describe_all(text) == [expected]


NO_DATES = (
    "it may 5 times fail",
    "It May Be Over",
    "This May Be Over",
    "5 May not matter",
    "Theresa May said so",
    "they march on",
    "March on the capital",
    "the second",
    "a second round",
    "prices fall in spring-loaded markets",
    "the fall of the yuan",
    "2,000 tons",
    "2000 tons",
    "more than 2000",
    "2026 students",
    "$2025",
    "¥1999",
    "RTX-2080",
    "H2025 chips",
    "Made in China 2025",
    "12025",
    "2025.5",
    "2025%",
    "1899",
    "2100",
    "one year",
    "for two years",
    "within 90 days",
    "over the past year",
    "in the last year",
    "the previous month",
    "the day before yesterday",
    "year-on-year",
    "every Monday",
    "Black Friday",
    "Fridays",
    "the sun rose",
    "May 5G follow",
    "the decade",
    "Sat down",
    "Jan said",
    "24/7",
    "",
)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """A verb, an amount or a length taken for a date would carry a claim wrongly."""
    assert find_dates(text) == []


AMOUNTS = {
    "in December 12 million tons": [{"month": 12}],
    "December 5,000": [{"month": 12}],
    "December 5.2 percent": [{"month": 12}],
    "in December 15 percent": [{"month": 12}],
    "in December 5 p.m": [{"month": 12}],
    "December 10, 2000 tons": [{"month": 12, "day": 10}],
    "December 32": [{"month": 12}],
}


@pytest.mark.parametrize(("text", "expected"), AMOUNTS.items())
def test_an_amount_behind_a_month_is_no_day(text: str, expected: list[object]) -> None:
    """A quantity next to a month must not become a day of it."""
    assert describe_all(text) == expected


SEVERAL = {
    "November 23-24": [(11, 23), (11, 24)],
    "November 23–24, 2025": [(11, 23), (11, 24)],
    "October 30 and 31": [(10, 30), (10, 31)],
    "November 23 to 24": [(11, 23), (11, 24)],
    "from 1 to 5 May": [(5, 1), (5, 5)],
    "1-5 May 2025": [(5, 1), (5, 5)],
    "Oct. 30–Nov. 1": [(10, 30), (11, 1)],
    "October 30 and 12 others": [(10, 30)],
    "October 30 and 31 firms": [(10, 30)],
    "October 30 or 31": [(10, None)],
}


@pytest.mark.parametrize(("text", "expected"), SEVERAL.items())
def test_a_range_of_days_states_its_ends(text: str, expected: list[object]) -> None:
    """Talks of several days bear the first: both ends have to be found, and no third number."""
    assert [(found.month, found.day) for found in find_dates(text)] == expected


def test_both_days_of_a_range_take_its_year() -> None:
    """The year behind a range belongs to its first day too."""
    found = find_dates("on November 23-24, 2025")

    assert [mention.year for mention in found] == [2025, 2025]


@pytest.mark.parametrize(
    "text", ["Monday or Tuesday", "March or April", "2026 or 2027", "on May 5 or on May 6"]
)
def test_dates_between_which_the_text_does_not_choose_are_marked(text: str) -> None:
    """One of two possible days is a fact about neither."""
    found = find_dates(text)

    assert [mention.alternative for mention in found] == [True, True]


@pytest.mark.parametrize("text", ["Monday and Tuesday", "5 May. Or 6 May", "Monday"])
def test_dates_that_are_both_stated_are_not_marked(text: str) -> None:
    """The mark must not spread to what the text does say."""
    assert not any(mention.alternative for mention in find_dates(text))


def test_figures_that_fit_both_orders_give_only_the_year() -> None:
    """The 5th of December and the 12th of May are written alike: neither may be carried."""
    assert describe_all("on 5/12/2025") == [{"year": 2025}]


@pytest.mark.parametrize(
    "text", ["32/12/2025", "13/13/2025", "0/5/2025", "5/0/2025", "2025-13-45", "2025-00-10"]
)
def test_figures_that_no_calendar_has_give_only_the_year(text: str) -> None:
    """A typo must not become a month 13 that later stages stumble over."""
    assert describe_all(text) == [{"year": 2025}]


def test_a_weekday_before_impossible_figures_stays_alone() -> None:
    """The figures behind a weekday are read like any others."""
    assert describe_all("Friday 2000/0/0") == [{"weekday": 4}, {"year": 2000}]


def test_a_date_does_not_reach_over_an_empty_line() -> None:
    """A month that ends a paragraph has no day from the next one."""
    assert describe_all("in December\n\n5 officials") == [{"month": 12}]


def test_the_place_covers_what_belongs_to_the_date() -> None:
    """A stray date is shown as it was written."""
    text = "bought by the end of February 2026, he said"

    found = find_dates(text)

    assert [text[mention.start : mention.end] for mention in found] == ["the end of February 2026"]


def test_shifting_keeps_the_components() -> None:
    """A quote's date is compared with the article's at the quote's place."""
    mention = find_dates("Dec. 5")[0]

    assert mention.shift(10) == DateMention(start=10, end=16, month=12, day=5)


def test_long_texts_are_read_like_short_ones() -> None:
    """What is remembered must not differ from what is read afresh."""
    short = "On Monday or Tuesday they met."

    found = find_dates(short + " " * MAX_CACHED_CHARS)

    assert found == find_dates(short)


def test_the_caller_may_change_its_list() -> None:
    """A list that is shared with the cache would corrupt later answers."""
    find_dates("on May 5").clear()

    assert len(find_dates("on May 5")) == 1


RENDERINGS = (
    "{name} {day}, {year}",
    "{name} {day} {year}",
    "{name} {ordinal}, {year}",
    "{day} {name} {year}",
    "the {ordinal} of {name}, {year}",
    "{short} {day}, {year}",
    "{short}. {day}, {year}",
    "{upper} {day}, {year}",
    "{year}-{month:02}-{day:02}",
    "{year}/{month:02}/{day:02}",
)
SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


def render(day: date, form: str) -> str:
    """Write ``day`` in one of the ``RENDERINGS``."""
    name = MONTH_NAMES[day.month - 1]
    return form.format(
        name=name,
        upper=name.upper(),
        short=name[:3],
        day=day.day,
        ordinal=f"{day.day}{SUFFIXES.get(day.day, 'th')}",
        month=day.month,
        year=day.year,
    )


@given(day=DATES, form=st.sampled_from(RENDERINGS))
def test_every_day_in_every_form_is_found_again(day: date, form: str) -> None:
    """No day of the calendar may fall through the patterns."""
    found = find_dates(f"It was agreed on {render(day, form)}.")

    assert [(one.year, one.month, one.day) for one in found] == [(day.year, day.month, day.day)]


PIECES = split_words(
    "December May march Dec. Friday Fri 5 31 32 5th 2025 2026-02 1999/1 FY26 Q1 first quarter "
    "half of the end early mid- last next this coming past week year month ago two and or to "
    'yesterday today fall in on by by-the - – , . ( ) “ ” " $ % 12/5/2025 fiscal '
    "31/31/2025 2025-13-32 0/1/2025"
)
DATE_LIKE = st.lists(st.sampled_from(["\n", *PIECES]), max_size=25).map(" ".join)
ANY_TEXT = st.one_of(st.text(max_size=200), DATE_LIKE)


@given(text=ANY_TEXT)
def test_places_are_in_order_and_inside_the_text(text: str) -> None:
    """Offsets that lie elsewhere would show, or resolve, another date."""
    found = find_dates(text)

    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert [mention.end for mention in found] == sorted(mention.end for mention in found)


@given(text=ANY_TEXT)
def test_every_mention_states_something(text: str) -> None:
    """A date without a component would agree with every source."""
    assert all(describe(mention) for mention in find_dates(text))


@given(text=ANY_TEXT)
def test_components_stay_in_their_ranges(text: str) -> None:
    """Later stages index months and weekdays without asking again."""
    for mention in find_dates(text):
        assert mention.month is None or 1 <= mention.month <= 12
        assert mention.day is None or 1 <= mention.day <= 31
        assert mention.weekday is None or 0 <= mention.weekday <= 6
        assert mention.quarter is None or 1 <= mention.quarter <= 4
