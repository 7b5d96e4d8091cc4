"""Verdicts: whether quotes carry a claimed date, and what the reader is told."""

import pytest

from service.checking.dates import (
    build_calendar,
    carries_date,
    carries_date_from_article,
    find_dates,
)

ARTICLE = (
    "A call was held on Friday, December 5. On Wednesday, the minister said that 12 million "
    "tons would be bought by the end of February 2026. The truce was extended for one year in "
    "October. A plant opens on May 6 or 7. The rule was first set on March 1, 2018."
)
CALENDAR = build_calendar(ARTICLE, None)


def carries(value: str, *quotes: str, published: str | None = None, aside: bool = False) -> bool:
    """Say whether quotes of an article that holds just them carry ``value``."""
    calendar = build_calendar(" ".join(quotes), published)
    return carries_date(value, quotes, calendar, aside=aside).carried


CARRIED = [
    ("2026-02", "by the end of February 2026"),
    ("2025-12-05", "held on Friday, December 5"),
    ("2025-12-03", "On Wednesday, the minister said"),
    ("2025-10", "extended for one year in October"),
    ("2018-03-01", "first set on March 1, 2018"),
]


@pytest.mark.parametrize(("value", "quote"), CARRIED)
def test_a_stated_or_settled_date_is_carried(value: str, quote: str) -> None:
    """What the article settles need not be written out in the quote."""
    assert carries_date(value, [quote], CALENDAR).carried


NOT_CARRIED = [
    ("2026-02-28", "by the end of February 2026", "the article does not say the day"),
    ("2026-03", "by the end of February 2026", "another month"),
    ("2025-02", "by the end of February 2026", "another year"),
    ("2025-12-06", "held on Friday, December 5", "another day"),
    ("2024-12-05", "held on Friday, December 5", "a year that the weekday rules out"),
    ("2026-12-05", "held on Friday, December 5", "the year of another date"),
    ("2025-12-10", "On Wednesday, the minister said", "the week after"),
    ("2025-10-31", "extended for one year in October", "no day is stated"),
    ("2026-10", "extended for one year in October", "a length is no date"),
    ("2026", "extended for one year", "a length is no date"),
    ("2026-05-06", "opens on May 6 or 7", "one of two days"),
    ("2026-02", "12 million tons would be bought", "the quote has no date"),
    ("2026-02", "", "nothing is quoted"),
]


@pytest.mark.parametrize(("value", "quote", "why"), NOT_CARRIED)
def test_a_planted_date_is_not_carried(value: str, quote: str, why: str) -> None:
    """Analysts act on these dates: each of these lies is near a truth."""
    assert not carries_date(value, [quote], CALENDAR).carried, why


def test_a_less_precise_date_is_carried_and_said_to_be_so() -> None:
    """It is true, but the reader can do better."""
    verdict = carries_date("2025-12", ["held on Friday, December 5"], CALENDAR)

    assert verdict.carried
    assert verdict.reason == (
        '2025-12 is less precise than the quote, which states "Friday, December 5" (2025-12-05)'
    )


REASONS = [
    (
        "2026-03",
        ["by the end of February 2026"],
        'no quote states 2026-03; they state "the end of February 2026" (2026-02)',
    ),
    (
        "2026-02-28",
        ["by the end of February 2026"],
        (
            '2026-02-28 is more precise than the quote, which states "the end of February 2026" '
            "(2026-02)"
        ),
    ),
    (
        "2026-02",
        ["12 million tons would be bought"],
        "no quote states 2026-02; the quotes name no date that counts for it",
    ),
    ("2026-02", ["by the end of February 2026"], '"the end of February 2026" states 2026-02'),
]


@pytest.mark.parametrize(("value", "quotes", "reason"), REASONS)
def test_the_reason_names_the_value_and_what_is_stated(
    value: str, quotes: list[str], reason: str
) -> None:
    """The reader is asked again with this sentence: it must tell what to do."""
    assert carries_date(value, quotes, CALENDAR).reason == reason


def test_a_missing_year_is_told_as_such() -> None:
    """“No quote states it” would send the reader looking for another quote."""
    calendar = build_calendar("They met on December 5.", None)

    verdict = carries_date("2025-12-05", ["They met on December 5."], calendar)

    assert verdict.reason == (
        '2025-12-05 needs a year for "December 5": neither the article nor `published` settles one'
    )


def test_a_reason_names_few_dates() -> None:
    """A quote full of dates must not make a message of the same length."""
    text = "in 2011, 2012, 2013, 2014, 2015 and 2016"

    reason = carries_date("2020", [text], build_calendar(text, None)).reason

    assert reason.count("(") == 3


@pytest.mark.parametrize(
    "value", ["2025-02-30", "2025-13", "25", "tomorrow", "", "2025-1-1", "٢٠٢٥"]
)
def test_a_value_that_is_no_date_is_not_carried(value: str) -> None:
    """The value comes from a model: it may be anything."""
    verdict = carries_date(value, ["on December 5"], CALENDAR)

    assert not verdict.carried
    assert "is no date" in verdict.reason


def test_any_of_the_quotes_may_carry_the_date() -> None:
    """An item has up to three quotes; the date stands in one of them."""
    quotes = ["12 million tons", "held on Friday, December 5"]

    assert carries_date("2025-12-05", quotes, CALENDAR).carried


@pytest.mark.parametrize(
    ("published", "value"), [("2025-12-06", "2025-12-05"), ("2026-01-03", "2026-01-02")]
)
def test_the_same_words_mean_another_day_on_another_day(published: str, value: str) -> None:
    """A weekday is of the week of publication."""
    assert carries(value, "They met on Friday.", published=published)


def test_an_unclear_verb_accepts_the_weekday_before_and_after() -> None:
    """“It expires on Wednesday” is either, and nothing else."""
    quote = "It expires on Wednesday."

    found = [
        day for day in range(1, 20) if carries(f"2025-12-{day:02}", quote, published="2025-12-06")
    ]

    assert found == [3, 10]


def test_a_quote_cut_inside_a_number_carries_no_day() -> None:
    """“December 1” cut from "December 15" is not the first."""
    text = "They met on December 15, 2025."
    cut = "They met on December 1"

    assert not carries_date("2025-12-01", [cut], build_calendar(text, "2025-12-20")).carried


def test_a_quote_cut_before_the_year_keeps_the_articles_year() -> None:
    """A cut must not move a day of 2023 into the year of publication."""
    text = "They met on December 5, 2023."
    calendar = build_calendar(text, "2025-12-06")

    verdicts = [
        carries_date(f"{year}-12-05", ["met on December 5"], calendar).carried
        for year in (2023, 2025)
    ]

    assert verdicts == [True, False]


def test_a_quote_cut_behind_the_weekday_keeps_its_day() -> None:
    """“On Friday” in "on Friday, November 21" is not the Friday before publication."""
    calendar = build_calendar("They met on Friday, November 21.", "2025-12-06")

    verdicts = [
        carries_date(day, ["met on Friday"], calendar).carried
        for day in ("2025-11-21", "2025-12-05")
    ]

    assert verdicts == [True, False]


def test_a_quote_cut_behind_the_month_carries_no_day() -> None:
    """A day that the quote does not show is not carried by it."""
    calendar = build_calendar("They met on December 5, 2025.", None)

    assert not carries_date("2025-12-05", ["They met on December"], calendar).carried


def test_a_quote_in_several_places_must_carry_the_date_in_each() -> None:
    """Without its place, nobody knows which Friday a repeated quote is about."""
    text = "They met on Friday. Later they will meet on Friday."
    calendar = build_calendar(text, "2025-12-06")

    assert not carries_date("2025-12-05", ["on Friday"], calendar).carried


def test_the_place_of_a_quote_decides_which_date_it_states() -> None:
    """The same words are read with the sentence around them."""
    text = "They met on Friday. Later they will meet on Friday."
    calendar = build_calendar(text, "2025-12-06")
    first, second = text.index("on Friday"), text.rindex("on Friday")

    carried = [
        carries_date(value, ["on Friday"], calendar, quote_spans=[(start, start + 9)]).carried
        for start in (first, second)
        for value in ("2025-12-05", "2025-12-12")
    ]

    assert carried == [True, False, False, True]


def test_a_quote_that_stands_nowhere_is_read_by_itself() -> None:
    """Grounding may have forgiven typography: the words still count."""
    assert carries_date("2019-05-06", ["signed on May 6, 2019"], CALENDAR).carried


def test_spans_must_be_given_for_every_quote() -> None:
    """A span on the wrong quote would read another sentence."""
    with pytest.raises(ValueError, match="2 quotes with 1 spans"):
        carries_date("2025", ["a", "b"], CALENDAR, quote_spans=[(0, 1)])


ASIDES = [
    ("2025-12-05", "They met on December 5, 2025.", True),
    ("2025-12-05", "They met on Friday, December 5.", False),
    ("2025-12-05", "They met on Friday.", False),
    ("2025-12-05", "They met yesterday.", False),
    ("2025-11", "Exports rose last month.", False),
    ("2025-08", "He was asked in August.", False),
    ("2025-08", "He was asked in August 2025.", True),
    ("2024", "They were barred last year.", False),
]


@pytest.mark.parametrize(("value", "quote", "expected"), ASIDES)
def test_an_aside_is_dated_by_its_own_words_alone(value: str, quote: str, expected: bool) -> None:
    """A teaser is of another day than the article around it."""
    assert carries(value, quote, published="2025-12-06", aside=True) is expected


def test_the_cut_of_an_aside_does_not_borrow_the_articles_year() -> None:
    """The year must stand in the quote itself."""
    calendar = build_calendar("They met on December 5, 2025.", None)

    assert not carries_date("2025-12-05", ["met on December 5"], calendar, aside=True).carried


FROM_ARTICLE = [
    ("2025-12-05", True),
    ("2025-12-03", True),
    ("2026-02", True),
    ("2025-10", True),
    ("2018-03-01", True),
    ("2026", False),
    ("2025-12", False),
    ("2026-02-28", False),
    ("2026-05-06", False),
    ("2025-12-04", False),
    ("nonsense", False),
]


@pytest.mark.parametrize(("value", "expected"), FROM_ARTICLE)
def test_the_article_states_exactly_its_dates(value: str, expected: bool) -> None:
    """Fields that may rest on the article's own dates rest on no other."""
    assert carries_date_from_article(value, CALENDAR) is expected


def test_a_date_of_two_readings_is_not_stated_by_the_article() -> None:
    """“It expires on Wednesday” states neither Wednesday."""
    calendar = build_calendar("It expires on Wednesday.", "2025-12-06")

    assert not carries_date_from_article("2025-12-10", calendar)


def test_the_day_of_publication_is_no_date_of_the_article() -> None:
    """When a thing was reported is not when it was given."""
    assert not carries_date_from_article("2025-12-06", build_calendar("They met.", "2025-12-06"))


def test_the_mentions_of_a_quote_are_public() -> None:
    """Other checks ask which numbers belong to dates."""
    assert [mention.day for mention in find_dates("on December 5")] == [5]
