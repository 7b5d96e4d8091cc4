"""Which day a stated date is, given what the article and its day of publication fix."""

from datetime import date

import pytest

from service.checking.dates import ArticleCalendar, build_calendar

SATURDAY = "2025-12-06"
"""A day of publication; the day before is Friday, December 5."""


def place(text: str, published: str | None = None) -> list[str]:
    """Return what each date of ``text`` means: "?" where it is not settled."""
    readings = build_calendar(text, published).readings
    return [" or ".join(span.render() for span in reading.spans) or "?" for reading in readings]


def place_last(text: str, published: str | None = None) -> str:
    """Return what the last date of ``text`` means."""
    return place(text, published)[-1]


STATED = {
    "on December 5, 2025": "2025-12-05",
    "in December 2025": "2025-12",
    "the end of February 2026": "2026-02",
    "mid-2026": "2026",
    "the first quarter of 2026": "2026",
    "Friday, December 5, 2025": "2025-12-05",
    "Friday, December 5, 2024": "?",
    "February 30, 2025": "?",
    "fiscal 2026": "?",
    "the 2030s": "?",
    "pre-2018": "?",
    "2026 or 2027": "?",
}


@pytest.mark.parametrize(("text", "expected"), STATED.items())
def test_what_is_stated_in_full_needs_nothing_else(text: str, expected: str) -> None:
    """A stated year holds without `published`; what contradicts itself holds for nothing."""
    assert place_last(text) == expected


WEEKDAYS = [
    ("They met on Friday.", SATURDAY, "2025-12-05"),
    ("They met on Saturday.", SATURDAY, "2025-12-06"),
    ("the Wednesday call", SATURDAY, "2025-12-03"),
    ("On Wednesday, they agreed.", SATURDAY, "2025-12-03"),
    ("They will meet on Wednesday.", SATURDAY, "2025-12-10"),
    ("They are set to meet on Wednesday.", SATURDAY, "2025-12-10"),
    ("It will be held on Wednesday.", SATURDAY, "2025-12-10"),
    ("He said Thursday that they will meet on Monday.", SATURDAY, "2025-12-08"),
    ("It expires on Wednesday.", SATURDAY, "2025-12-03 or 2025-12-10"),
    ("They would meet on Wednesday.", SATURDAY, "2025-12-03 or 2025-12-10"),
    ("They met last Friday.", SATURDAY, "?"),
    ("They met last Friday.", "2025-12-08", "2025-12-05"),
    ("They met this past Friday.", SATURDAY, "2025-12-05"),
    ("They will meet next Tuesday.", SATURDAY, "2025-12-09"),
    ("They will meet next Thursday.", "2025-12-01", "?"),
    ("They will meet this Thursday.", "2025-12-01", "2025-12-04"),
    ("They met this Thursday.", SATURDAY, "?"),
    ("They will meet this coming Friday.", SATURDAY, "2025-12-12"),
    ("They met the previous Friday.", SATURDAY, "?"),
    ("They met on Monday or Tuesday.", SATURDAY, "?"),
    ("They met on Friday.", "2025-12", "?"),
    ("They met on Friday.", "2025", "?"),
    ("They met on Friday.", None, "?"),
]


@pytest.mark.parametrize(("text", "published", "expected"), WEEKDAYS)
def test_a_weekday_is_counted_from_publication(
    text: str, published: str | None, expected: str
) -> None:
    """A day before or after, by the verb; none where two usual readings differ."""
    assert place_last(text, published) == expected


MONTH_DAYS = [
    ("They met on December 5.", SATURDAY, "2025-12-05"),
    ("They met on December 6.", SATURDAY, "2025-12-06"),
    ("Tariffs took effect on January 15.", SATURDAY, "2025-01-15"),
    ("Tariffs took effect on December 20.", SATURDAY, "2024-12-20"),
    ("Talks are scheduled for January 15.", SATURDAY, "2026-01-15"),
    ("the November 24 call", SATURDAY, "2025-11-24"),
    ("the January 15 tariffs", SATURDAY, "?"),
    ("It expires on December 20.", SATURDAY, "2025-12-20"),
    ("It expires on March 20.", SATURDAY, "?"),
    ("It expires on October 22.", SATURDAY, "2025-10-22"),
    ("It expires on October 21.", SATURDAY, "?"),
    ("the August 8 call", SATURDAY, "2025-08-08"),
    ("the August 7 call", SATURDAY, "?"),
    ("It must end by November 24.", SATURDAY, "?"),
    ("They agreed to extend it until November 10.", SATURDAY, "?"),
    ("They agreed to extend it until December 31.", SATURDAY, "2025-12-31"),
    ("It will run until November 10.", SATURDAY, "2026-11-10"),
    ("He spoke on February 29.", SATURDAY, "?"),
    ("He spoke on February 29.", "2024-03-06", "2024-02-29"),
    ("They met on December 5.", "2025-12", "2025-12-05"),
    ("They met on December 20.", "2025-12", "2025-12-20"),
    ("They will meet on December 5.", "2025-12", "2025-12-05"),
    ("They met on November 24.", "2026-01", "2025-11-24"),
    ("They met on December 5.", "2025", "?"),
    ("They met on December 5.", None, "?"),
    ("They met on Friday, December 5.", "2026-01-10", "2025-12-05"),
    ("They met on Friday, December 5.", "2025", "2025-12-05"),
    ("They met on Thursday, December 5.", SATURDAY, "2024-12-05"),
    ("They met on Monday, December 5.", SATURDAY, "?"),
]


@pytest.mark.parametrize(("text", "published", "expected"), MONTH_DAYS)
def test_the_year_of_a_day_comes_from_publication_or_its_weekday(
    text: str, published: str | None, expected: str
) -> None:
    """The year is never guessed: too far or told both ways means none."""
    assert place_last(text, published) == expected


MONTHS = [
    ("the October agreement", SATURDAY, "2025-10"),
    ("It was signed in October.", SATURDAY, "2025-10"),
    ("It was signed in December.", SATURDAY, "2025-12"),
    ("It was signed in January.", SATURDAY, "2025-01"),
    ("the January agreement", SATURDAY, "?"),
    ("Trump will visit in April, he said.", SATURDAY, "2026-04"),
    ("It expires in January.", SATURDAY, "2026-01"),
    ("It expires in February.", SATURDAY, "2026-02"),
    ("It expires in March.", SATURDAY, "?"),
    ("It expires in October.", SATURDAY, "2025-10"),
    ("It expires in September.", SATURDAY, "?"),
    ("the June agreement", SATURDAY, "2025-06"),
    ("the May agreement", SATURDAY, "?"),
    ("It must end by October.", SATURDAY, "?"),
    ("It must end by January.", SATURDAY, "2026-01"),
    ("It must end by November.", SATURDAY, "?"),
    ("It was signed last October.", SATURDAY, "?"),
    ("It was signed last October.", "2026-02-20", "2025-10"),
    ("They meet next March.", SATURDAY, "2026-03"),
    ("They meet next March.", "2026-02-20", "?"),
    ("They meet this coming March.", "2026-02-20", "2026-03"),
    ("They meet this March.", "2026-02-20", "2026-03"),
    ("They meet next December.", SATURDAY, "2026-12"),
    ("They met last December.", SATURDAY, "2024-12"),
    ("In October 2025 they met. The deal of last October holds.", SATURDAY, "2025-10"),
    ("The October 2024 summit held. The deal of last October holds.", SATURDAY, "?"),
    ("Sales rose in October from October 2024 and fell in October.", SATURDAY, "?"),
    ("It was signed in October.", "2025-12", "2025-10"),
    ("It was signed in October.", "2025", "?"),
    ("It was signed in October.", None, "?"),
]


@pytest.mark.parametrize(("text", "published", "expected"), MONTHS)
def test_the_year_of_a_month_comes_from_publication(
    text: str, published: str | None, expected: str
) -> None:
    """“Last October” is two months ago to some and fourteen to others."""
    assert place_last(text, published) == expected


EXPRESSIONS = [
    ("yesterday", SATURDAY, "2025-12-05"),
    ("today", SATURDAY, "2025-12-06"),
    ("tomorrow", SATURDAY, "2025-12-07"),
    ("3 days ago", SATURDAY, "2025-12-03"),
    ("7 days ago", SATURDAY, "2025-11-29"),
    ("8 days ago", SATURDAY, "?"),
    ("ten days ago", SATURDAY, "?"),
    ("8 weeks ago", SATURDAY, "?"),
    ("two weeks ago", "2025-12-20", "2025-12-02 to 2025-12-10"),
    ("two years ago", SATURDAY, "?"),
    ("last week", "2025-10-19", "2025-10-06 to 2025-10-19"),
    ("earlier this week", SATURDAY, "2025-11-30 to 2025-12-12"),
    ("next week", SATURDAY, "2025-12-06 to 2025-12-20"),
    ("last month", SATURDAY, "2025-11"),
    ("last month", "2026-01-10", "2025-12"),
    ("earlier this month", SATURDAY, "2025-12"),
    ("next month", SATURDAY, "2026-01"),
    ("last year", SATURDAY, "2024"),
    ("earlier this year", SATURDAY, "2025"),
    ("by the end of the year", SATURDAY, "2025"),
    ("next year", SATURDAY, "2026"),
    ("last quarter", SATURDAY, "?"),
    ("this fall", SATURDAY, "?"),
    ("last month", "2025-12", "2025-11"),
    ("yesterday", "2025-12", "?"),
    ("last week", "2025-12", "?"),
    ("last year", "2025", "2024"),
    ("last month", "2025", "?"),
    ("yesterday", None, "?"),
    ("last month", None, "?"),
    ("this year", None, "?"),
]


@pytest.mark.parametrize(("text", "published", "expected"), EXPRESSIONS)
def test_an_expression_is_counted_from_publication(
    text: str, published: str | None, expected: str
) -> None:
    """What only a day of publication can settle stays open without one."""
    assert place_last(text, published) == expected


@pytest.mark.parametrize(
    "text", ["“We spoke today,” he said.", 'He said: "we spoke today"', "“Two. We spoke today"]
)
def test_a_speakers_today_is_not_the_day_of_publication(text: str) -> None:
    """A post that is quoted a day later still says "today"."""
    assert place_last(text, SATURDAY) == "?"


@pytest.mark.parametrize("text", ["“Good,” he said today.", 'He said "good" today.'])
def test_today_behind_a_quotation_is_the_reports_own(text: str) -> None:
    """A closed quotation must not silence the rest of the paragraph."""
    assert place_last(text, SATURDAY) == "2025-12-06"


def test_a_year_named_before_keeps_a_later_date() -> None:
    """“In 2018 … on July 6” is of 2018, not of the year of publication."""
    text = "In 2018, the trade war began. On July 6, the first tariffs were imposed."

    assert place_last(text, SATURDAY) == "?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2018, it began. It must end by the end of the year.", "?"),
        ("In 2018, it began. It will end this year.", "2025"),
        ("In 2018, it began. It ended in October.", "?"),
        ("In 2018, it began. It ended last month.", "2025-11"),
        ("In 2018, it began. It ended on Friday.", "2025-12-05"),
        ("In 2018, it began. " + "It went on and on. " * 20 + "It ended in October.", "2025-10"),
        ("By 2030, it ends. It began in October.", "2025-10"),
    ],
)
def test_only_what_can_be_of_the_story_is_kept_by_its_year(text: str, expected: str) -> None:
    """“The year” is that of the story, “this year” that of the report."""
    assert place_last(text, SATURDAY) == expected


def test_a_year_named_in_another_paragraph_does_not() -> None:
    """A history paragraph must not unsettle the news below it."""
    text = "In 2018, the trade war began.\nOn July 6, new tariffs were imposed."

    assert place_last(text, SATURDAY) == "2025-07-06"


RELATIVE_YEARS = [
    ("Tariffs came in April last year.", SATURDAY, "2024-04"),
    ("They met on October 14 of last year.", SATURDAY, "2024-10-14"),
    ("They met on October 14, last year, in Busan.", SATURDAY, "2024-10-14"),
    ("It was signed in May this year.", SATURDAY, "2025-05"),
    ("It expires in March of next year.", SATURDAY, "2026-03"),
    ("They met on October 30 and 31 last year.", SATURDAY, "2024-10-30"),
    ("They met on Thursday, December 5 last year.", SATURDAY, "2024-12-05"),
    ("They met on Friday, December 5 last year.", SATURDAY, "?"),
    ("They met on February 29 last year.", SATURDAY, "2024-02-29"),
    ("They met on February 29 last year.", "2026-03-06", "?"),
    ("They met in April or May last year.", SATURDAY, "?"),
    ("In October, last year’s truce expired.", SATURDAY, "2025-10"),
    ("In October. Last year they met.", SATURDAY, "2025-10"),
    ("Tariffs came in April last year.", None, "?"),
]


@pytest.mark.parametrize(("text", "published", "expected"), RELATIVE_YEARS)
def test_a_relative_year_behind_a_date_is_its_year(
    text: str, published: str | None, expected: str
) -> None:
    """“April last year” is not the April nearest to publication."""
    assert place(text, published)[0] == expected


OWN_DAYS = [
    ("On Friday, December 5, they met. It ends by February 2026. On Wednesday he spoke.", "03"),
    ("A call was held December 5. The Friday call, on which he spoke Wednesday, is of 2025.", "03"),
    ("BEIJING, Dec. 5, 2025 (Agency) -- He said on Wednesday that it ends.", "03"),
    ("Published: December 5, 2025\nHe said on Wednesday that it ends.", "03"),
    ("December 5, 2025\nHe said on Wednesday that it ends.", "03"),
    ("On December 5, 2025, they met. He spoke on Wednesday.", "03"),
    ("On December 5, 2025, they met. They will meet on Monday.", "08"),
    ("On December 5, 2025, they met. They will meet on December 8.", "08"),
    ("On Friday, December 5, 2025, and Thursday, December 4, 2025, on Wednesday", "03"),
]


@pytest.mark.parametrize(("text", "day"), OWN_DAYS)
def test_a_weekday_is_counted_from_the_articles_own_day(text: str, day: str) -> None:
    """Without `published`, a tied weekday, a dateline or the opening gives the day."""
    found = place(text)

    assert f"2025-12-{day}" in found


UNSETTLED = {
    "days far apart": "On December 5, 2025, after talks on April 2, 2025, he spoke on Wednesday.",
    "a date not told as news": "Since the October 30, 2025 summit all is well. He spoke Wednesday.",
    "a date to come": "It will end on November 10, 2026. He spoke on Wednesday.",
    "a named weekday": "On December 5, 2025, they met. He spoke last Wednesday.",
    "days of publication": "On December 5, 2025, they met. He spoke yesterday.",
    "no year": "On Friday, December 5, they met. He spoke on Wednesday.",
    "a far year": "On Friday, December 5, they met by 2030. He spoke on Wednesday.",
    "a past year": "They met in November 2015. On Friday, December 5, he spoke. On Wednesday",
    "a chronicle": "April 2, 2025: tariffs\nMay 12, 2025: truce\nHe spoke on Wednesday.",
    "two ties": "On Friday, December 5, 2025, and Friday, November 21, 2025, on Friday",
}


@pytest.mark.parametrize("text", UNSETTLED.values(), ids=UNSETTLED)
def test_a_weekday_without_an_honest_day_of_report_stays_open(text: str) -> None:
    """A date in the article is not yet the day on which it was written."""
    assert place_last(text) == "?"


def test_only_one_year_in_which_the_weekday_fits_is_taken() -> None:
    """December 5 is a Friday in 2014 and 2025: an article near both settles neither."""
    text = "From March 2014 to May 2025 they talked. On Friday, December 5, they met."

    assert place_last(text) == "?"


def test_an_event_is_tied_to_the_day_that_is_its_weekday() -> None:
    """Two calls are dated; only one of them was on a Friday."""
    text = (
        "A call was held on December 5. Their call on November 24 was short. "
        "The Friday call ends a dispute of January 2025."
    )

    assert place(text)[:3] == ["2025-12-05", "2025-11-24", "2025-12-05"]


def test_a_tied_weekday_told_as_to_come_is_another_day() -> None:
    """After "Friday, December 5", "will meet on Friday" is the week after."""
    text = "On Friday, December 5, 2025, they met. They will meet again on Friday."

    assert place_last(text) == "?"


def test_a_tie_that_contradicts_publication_settles_nothing() -> None:
    """A Friday of two weeks ago and the Friday of this week cannot both be "Friday"."""
    text = "They met on Friday, November 21. They met again on Friday."

    assert place_last(text, SATURDAY) == "?"


def test_the_articles_own_day_refines_a_coarse_publication() -> None:
    """A tied weekday inside the published year is better than the year."""
    text = "On Friday, December 5, they met. The October agreement held."

    assert place(text, "2025") == ["2025-12-05", "2025-10"]


def test_an_own_day_outside_the_publication_is_not_the_day_of_report() -> None:
    """A dated history in an article of another year does not date its weekdays."""
    text = "On December 5, 2024, they met. He spoke on Wednesday."

    assert place_last(text, "2026") == "?"


def test_the_month_of_report_is_open_at_its_end() -> None:
    """An own day on November 28 may be reported in December: "last month" is open."""
    text = "On November 28, 2025, they met. It began last month."

    assert place_last(text) == "?"


def test_days_without_a_year_near_the_own_day_take_its_year() -> None:
    """“December 4” next to "December 5, 2025" needs no other source."""
    text = "On December 5, 2025, they met. Greer spoke on December 4. Tariffs came on March 3."

    assert place(text) == ["2025-12-05", "2025-12-04", "?"]


def test_the_same_day_with_two_years_is_of_neither() -> None:
    """An anniversary must not borrow the year of the report."""
    text = "On December 5, 2024, they met. They met on December 5."

    assert place_last(text, SATURDAY) == "?"


@pytest.mark.parametrize("published", ["0001-01-01", "1900-01-01", "2099-12-31", "9999"])
def test_the_ends_of_the_calendar_do_not_overflow(published: str) -> None:
    """A nonsense date in the metadata must not fail an article."""
    assert place_last("They met yesterday, on Friday, last month, last year.", published) == "?"


@pytest.mark.parametrize("published", ["2025-13", "yesterday", "2025-02-30", ""])
def test_a_publication_that_is_no_partial_date_is_refused(published: str) -> None:
    """A wrong anchor would silently date everything."""
    with pytest.raises(ValueError, match="published"):
        build_calendar("They met.", published)


def test_the_calendar_tells_what_the_article_states() -> None:
    """The days and years that need no reasoning are its own fields."""
    calendar = build_calendar("On December 5, 2025, due by February 2026, on May 5.", SATURDAY)

    assert calendar.days == {date(2025, 12, 5)}
    assert calendar.years == {2025, 2026}
    assert calendar.published == SATURDAY


def test_a_calendar_is_immutable() -> None:
    """It is shared by every item of a draft."""
    calendar = build_calendar("", None)

    with pytest.raises(AttributeError):
        calendar.published = "2025"  # type: ignore[misc]  # the assignment is what must fail

    assert isinstance(calendar, ArticleCalendar)
