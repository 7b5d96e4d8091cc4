"""Dates in generated sentences that no source states."""

import pytest

from service.checking.dates import build_calendar, find_stray_dates

ARTICLE = "On Friday, December 5, they met. Soybeans are due by the end of February 2026."
CALENDAR = build_calendar(ARTICLE, None)


SUPPORTED = [
    ("early December", "on December 14"),
    ("mid-December", "on December 8"),
    ("mid-December", "on December 23"),
    ("late December", "on December 17"),
    ("the end of December", "on December 31"),
    ("the start of December", "on December 10"),
    ("early 2026", "in May 2026"),
    ("mid-2026", "in May 2026"),
    ("mid-2026", "in August 2026"),
    ("late 2026", "in August 2026"),
    ("the end of 2026", "in November 2026"),
    ("the first half of 2026", "in June 2026"),
    ("the second half of 2026", "in July 2026"),
    ("by February 2026", "by the end of February 2026"),
    ("by the end of February 2026", "by the end of February 2026"),
    ("in 2026", "by the end of February 2026"),
    ("in February", "by the end of February 2026"),
    ("early 2026", "in February 2026"),
    ("late December", "on December 24"),
    ("December 5", "on 5 December 2025"),
    ("Dec. 5, 2025", "2025-12-05"),
    ("December 2025", "on December 5, 2025"),
    ("on Friday", "last Friday"),
    ("Friday", "on Friday, December 5"),
    ("Friday", "on December 5, 2025"),
    ("Friday, December 5", "on December 5, 2025"),
    ("in October", "last October"),
    ("November 23", "November 23-24"),
    ("the 2030s", "by the 2030s"),
    ("fiscal 2026", "in FY2026"),
    ("in 2026", "in Q1 2026"),
    ("last month", "last month"),
    ("3 days ago", "three days ago"),
    ("5/12/2025", "on 5/12/2025"),
    ("no date at all", "neither here"),
    ("it may follow", ""),
]


@pytest.mark.parametrize(("sentence", "source"), SUPPORTED)
def test_what_a_source_states_is_not_stray(sentence: str, source: str) -> None:
    """Every false alarm costs a re-ask, or a good sentence."""
    assert find_stray_dates(sentence, [source]) == []


STRAY = [
    ("early December", "on December 15", "early December"),
    ("mid-December", "on December 7", "mid-December"),
    ("mid-December", "on December 24", "mid-December"),
    ("late December", "on December 16", "late December"),
    ("the end of December", "on December 23", "the end of December"),
    ("the start of December", "on December 11", "the start of December"),
    ("early 2026", "in June 2026", "early 2026"),
    ("mid-2026", "in April 2026", "mid-2026"),
    ("mid-2026", "in September 2026", "mid-2026"),
    ("late 2026", "in July 2026", "late 2026"),
    ("the end of 2026", "in October 2026", "the end of 2026"),
    ("the start of 2026", "in March 2026", "the start of 2026"),
    ("the first half of 2026", "in July 2026", "first half of 2026"),
    ("the second half of 2026", "in June 2026", "second half of 2026"),
    ("by March 2026", "by the end of February 2026", "March 2026"),
    ("by February 2027", "by the end of February 2026", "February 2027"),
    ("by February 28, 2026", "by the end of February 2026", "February 28, 2026"),
    ("by early February 2026", "by the end of February 2026", "early February 2026"),
    ("by the end of 2026", "by 2026", "the end of 2026"),
    ("late 2026", "in February 2026", "late 2026"),
    ("early November", "on November 24", "early November"),
    ("in 2025", "on December 5", "2025"),
    ("in 2026", "for 2026 tons", "2026"),
    ("in 2026", "in fiscal 2026", "2026"),
    ("in 2018", "the pre-2018 tariffs", "2018"),
    ("in 2030", "by the 2030s", "2030"),
    ("on December 6", "on December 5", "December 6"),
    ("on December 5", "in December", "December 5"),
    ("December 5, 2025", "on December 5", "December 5, 2025"),
    ("on Thursday", "on Friday", "Thursday"),
    ("Thursday, December 5", "on December 5, 2025", "Thursday, December 5"),
    ("on Friday", "on December 5", "Friday"),
    ("on Monday", "on Monday or Tuesday", "Monday"),
    ("last October", "in October", "last October"),
    ("next month", "last month", "next month"),
    ("last week", "yesterday", "last week"),
    ("Q2 2026", "in Q1 2026", "Q2 2026"),
    ("this fall", "this spring", "this fall"),
    ("yesterday", "on Friday", "yesterday"),
    ("in May", "it may follow", "May"),
]


@pytest.mark.parametrize(("sentence", "source", "stray"), STRAY)
def test_what_no_source_states_is_stray(sentence: str, source: str, stray: str) -> None:
    """A wrong date in a sentence misleads as much as one in a field."""
    assert find_stray_dates(sentence, [source]) == [stray]


SETTLED = [
    ("They met on December 5, 2025.", []),
    ("They met in 2025.", []),
    ("They met in December 2025.", []),
    ("They met on December 5, 2024.", ["December 5, 2024"]),
    ("They met on Thursday, December 5.", ["Thursday, December 5"]),
    ("They met in 2024.", ["2024"]),
]


@pytest.mark.parametrize(("sentence", "strays"), SETTLED)
def test_the_calendar_fills_what_it_settles(sentence: str, strays: list[str]) -> None:
    """A summary may write out the year that the article fixes, and no other."""
    assert find_stray_dates(sentence, ["On Friday, December 5, they met."], CALENDAR) == strays


def test_a_weekday_may_be_told_as_its_day() -> None:
    """With `published`, Friday is a day; so the day may be written for it."""
    calendar = build_calendar("They met on Friday.", "2025-12-06")

    strays = find_stray_dates(
        "They met on December 5, 2025, not December 4.", [calendar.text], calendar
    )

    assert strays == ["December 4"]


def test_an_expression_may_stand_for_the_days_that_it_holds() -> None:
    """“Last month” for "November 24" is the same month, "next month" is not."""
    calendar = build_calendar("They spoke on November 24.", "2025-12-06")

    strays = find_stray_dates("last month and next month", [calendar.text], calendar)

    assert strays == ["next month"]


def test_a_source_is_read_where_it_stands() -> None:
    """A quote cut before its year is of that year."""
    calendar = build_calendar("They met on December 5, 2023.", "2025-12-06")

    strays = find_stray_dates("in 2023, in 2025", ["met on December 5"], calendar)

    assert strays == ["2025"]


def test_the_whole_article_is_a_source() -> None:
    """Headline and gist rest on the text, not on quotes."""
    assert find_stray_dates("Due by February 2026, held Friday", [ARTICLE], CALENDAR) == []


def test_each_stray_date_is_named_once_and_in_order() -> None:
    """A complaint lists what to change."""
    strays = find_stray_dates("May 5; Monday; May 5; 2031", [])

    assert strays == ["May 5", "Monday", "2031"]


def test_components_of_two_dates_do_not_add_up() -> None:
    """“March 2026” is not in "March 1, 2018" and "February 2026" together."""
    strays = find_stray_dates("March 2026", ["on March 1, 2018", "in February 2026"])

    assert strays == ["March 2026"]
