"""Every date of the sample articles, worked out by hand, with and without a publication."""

import pytest

from service.checking.dates import (
    build_calendar,
    carries_date,
    carries_date_from_article,
    find_stray_dates,
)

CALL, VIRTUAL, GENEVA, MEDIA, RARE_EARTHS = range(5)
"""The samples, in the order of their files."""

OPEN = ""
"""Not settled: no value is carried."""

DATES: dict[tuple[int, str | None], list[tuple[str, str]]] = {
    (CALL, None): [
        ("Friday", "2025-12-05"),
        ("earlier this year", "2025"),
        ("December 5", "2025-12-05"),
        ("Thursday", "2025-12-04"),
        ("November 24", "2025-11-24"),
        ("Wednesday", "2025-12-03"),
        ("the end of February 2026", "2026-02"),
        ("October", "2025-10"),
        ("December 4", "2025-12-04"),
        ("Friday", "2025-12-05"),
        ("Wednesday", "2025-12-03"),
        ("Wednesday", "2025-12-03"),
        ("Friday", "2025-12-05"),
    ],
    (VIRTUAL, None): [
        ("December 5, 2025", "2025-12-05"),
        ("last October", OPEN),
        ("today", OPEN),
        ("2025", "2025"),
        ("October 2024", "2024-10"),
        ("December 2, 2025", "2025-12-02"),
        ("June", "2025-06"),
        ("June 2025", "2025-06"),
        ("December 5", "2025-12-05"),
        ("December 4", "2025-12-04"),
        ("earlier in the year", "2025"),
    ],
    (GENEVA, None): [
        ("Thursday", OPEN),
        ("Friday", OPEN),
        ("earlier this month", OPEN),
        ("November 2023", "2023-11"),
        ("earlier this week", OPEN),
        ("earlier this month", OPEN),
        ("earlier this week", OPEN),
        ("Thursday", OPEN),
    ],
    (GENEVA, "2025-05-30"): [
        ("Thursday", "2025-05-29"),
        ("Friday", "2025-05-30"),
        ("earlier this month", "2025-05"),
        ("November 2023", "2023-11"),
        ("earlier this week", "2025-05-24 to 2025-06-05"),
        ("earlier this month", "2025-05"),
        ("earlier this week", "2025-05-24 to 2025-06-05"),
        ("Thursday", "2025-05-29"),
    ],
    (MEDIA, None): [
        ("Friday, December 5th", "2025-12-05"),
        ("October", "2025-10"),
        ("Wednesday", "2025-12-03"),
        ("the end of February 2026", "2026-02"),
        ("Thursday", "2025-12-04"),
        ("Friday", "2025-12-05"),
        ("2030s", OPEN),
    ],
    (RARE_EARTHS, None): [
        ("Saturday", OPEN),
        ("the coming week", OPEN),
        ("last week", OPEN),
        ("later this month", OPEN),
        ("Saturday", OPEN),
        ("next week", OPEN),
        ("this week", OPEN),
        ("Friday", OPEN),
        ("Monday", OPEN),
        ("Friday", OPEN),
        ("this year", OPEN),
        ("August", OPEN),
        ("last year", OPEN),
        ("last month", OPEN),
        ("yesterday", OPEN),
        ("year-end", OPEN),
        ("this month", OPEN),
        ("yesterday", OPEN),
    ],
    (RARE_EARTHS, "2025-10-19"): [
        ("Saturday", "2025-10-18"),
        ("the coming week", "2025-10-19 to 2025-11-02"),
        ("last week", "2025-10-06 to 2025-10-19"),
        ("later this month", "2025-10"),
        ("Saturday", "2025-10-18"),
        ("next week", "2025-10-19 to 2025-11-02"),
        ("this week", "2025-10-13 to 2025-10-25"),
        ("Friday", "2025-10-17"),
        ("Monday", "2025-10-13"),
        ("Friday", "2025-10-17"),
        ("this year", "2025"),
        ("August", "2025-08"),
        ("last year", "2024"),
        ("last month", "2025-09"),
        ("yesterday", "2025-10-18"),
        ("year-end", "2025"),
        ("this month", "2025-10"),
        ("yesterday", "2025-10-18"),
    ],
}
for _article, _published in (
    (CALL, "2025-12-06"),
    (CALL, "2025-12-05"),
    (CALL, "2025-12"),
    (VIRTUAL, "2025-12-07"),
    (VIRTUAL, "2025-12"),
    (MEDIA, "2025-12-06"),
    (MEDIA, "2025-12"),
    (MEDIA, "2025"),
):
    DATES[_article, _published] = DATES[_article, None]


@pytest.mark.parametrize(("article", "published"), DATES)
def test_every_date_of_the_samples_is_placed_as_a_reader_would(
    seed_texts: tuple[str, ...], article: int, published: str | None
) -> None:
    """These are real articles: a rule that fails on them fails in use."""
    readings = build_calendar(seed_texts[article], published).readings

    found = [
        (reading.written, " or ".join(span.render() for span in reading.spans))
        for reading in readings
    ]

    assert found == DATES[article, published]


CLAIMS = [
    (CALL, None, "2026-02", "soybeans by the end of February 2026", True),
    (CALL, None, "2026-02-28", "soybeans by the end of February 2026", False),
    (CALL, None, "2025-12-05", "Jamieson Greer on December 5", True),
    (CALL, None, "2025-12-05", "The Friday call came a week after", True),
    (CALL, None, "2025-12-03", "On Wednesday, Bessent said China was poised", True),
    (CALL, None, "2025-12-04", "said Thursday the company holds licenses", True),
    (CALL, None, "2025-11-24", "their phone call on November 24", True),
    (CALL, None, "2025-11-28", "came a week after Trump and Xi spoke", False),
    (CALL, None, "2026-10", "extended a tariff truce for one year", False),
    (CALL, None, "2025-10", "The October agreement extended a tariff truce", True),
    (CALL, None, "2024-12-05", "Jamieson Greer on December 5", False),
    (VIRTUAL, None, "2025-10", "last October’s summit in Busan", False),
    (VIRTUAL, None, "2024-10", "last October’s summit in Busan", False),
    (VIRTUAL, None, "2024-10", "The October 2024 Busan summit", True),
    (VIRTUAL, None, "2025-12-02", "On December 2, 2025, President Trump announced", True),
    (VIRTUAL, None, "2025-06", "In June, the US administration had suspended Harvard", True),
    (VIRTUAL, None, "2025-12-05", "During today’s constructive call", False),
    (GENEVA, None, "2025-05", "in Geneva, Switzerland, earlier this month", False),
    (GENEVA, "2025-05-30", "2025-05", "in Geneva, Switzerland, earlier this month", True),
    (GENEVA, "2025-05-30", "2025-05-12", "in Geneva, Switzerland, earlier this month", False),
    (GENEVA, "2025-05-30", "2025-05-29", "between senior officials Thursday", True),
    (GENEVA, None, "2023-11", "joint statement was in November 2023", True),
    (MEDIA, None, "2025-12-05", "On Friday, December 5th, U.S.-China", True),
    (MEDIA, None, "2026-02", "completed by the end of February 2026", True),
    (MEDIA, None, "2030", "$40 trillion by the 2030s", False),
    (RARE_EARTHS, "2025-10-19", "2025-10-18", "on Saturday agreed to conduct", True),
    (RARE_EARTHS, "2025-10-19", "2025-10", "last week announced sweeping controls", True),
    (RARE_EARTHS, "2025-10-19", "2025-10-09", "last week announced sweeping controls", False),
    (RARE_EARTHS, "2025-10-19", "2025-10", "in South Korea later this month", True),
    (RARE_EARTHS, "2025-10-19", "2025-10", "negotiations in the coming week", False),
    (RARE_EARTHS, None, "2025-10", "in South Korea later this month", False),
]


@pytest.mark.parametrize(("article", "published", "value", "quote", "expected"), CLAIMS)
def test_claims_on_the_samples_are_judged_as_a_reader_would(
    seed_texts: tuple[str, ...],
    article: int,
    published: str | None,
    value: str,
    quote: str,
    expected: bool,
) -> None:
    """The summaries of these articles are held against golden fixtures."""
    text = seed_texts[article]
    assert quote in text, "the quote must be the article's own"

    verdict = carries_date(value, [quote], build_calendar(text, published))

    assert verdict.carried is expected, verdict.reason


@pytest.mark.parametrize(
    ("value", "quote"),
    [("2025-10-13", "on Monday said that he would allow"), ("2025-09", "billion last month")],
)
def test_teasers_of_the_samples_are_dated_by_nothing(
    seed_texts: tuple[str, ...], value: str, quote: str
) -> None:
    """The teasers below the article were written months after it."""
    text = seed_texts[RARE_EARTHS]
    assert quote in text, "the quote must be the article's own"

    verdict = carries_date(value, [quote], build_calendar(text, "2025-10-19"), aside=True)

    assert not verdict.carried


@pytest.mark.parametrize(
    ("article", "value", "expected"),
    [
        (CALL, "2025-12-05", True),
        (CALL, "2025-12-03", True),
        (CALL, "2025-12-02", False),
        (VIRTUAL, "2025-12-05", True),
        (GENEVA, "2025-05-29", False),
        (MEDIA, "2025-12-05", True),
        (RARE_EARTHS, "2025-10-18", False),
    ],
)
def test_the_samples_state_their_own_days(
    seed_texts: tuple[str, ...], article: int, value: str, expected: bool
) -> None:
    """A talk may rest on the article's date where its quote has none."""
    calendar = build_calendar(seed_texts[article], None)

    assert carries_date_from_article(value, calendar) is expected


SENTENCES = [
    (CALL, "The sides met on December 5, 2025, a Friday.", []),
    (CALL, "China is to buy soybeans by March 2026.", ["March 2026"]),
    (CALL, "The truce holds until November 2026.", ["November 2026"]),
    (VIRTUAL, "In 2025 the tariffs rose.", []),
    (VIRTUAL, "The summit was held in October 2025.", ["October 2025"]),
    (GENEVA, "A call was held on Thursday, May 29.", ["Thursday, May 29"]),
    (MEDIA, "The economy is to grow by the 2030s.", []),
    (MEDIA, "The economy is to grow by 2030.", ["2030"]),
]


@pytest.mark.parametrize(("article", "sentence", "strays"), SENTENCES)
def test_sentences_on_the_samples_are_checked_against_the_whole_text(
    seed_texts: tuple[str, ...], article: int, sentence: str, strays: list[str]
) -> None:
    """A headline or gist may add no date to the article."""
    text = seed_texts[article]

    assert find_stray_dates(sentence, [text], build_calendar(text, None)) == strays


def test_no_paragraph_of_the_samples_has_a_date_that_is_stray_in_it(
    seed_texts: tuple[str, ...],
) -> None:
    """What is copied from a source can never be stray."""
    for text in seed_texts:
        calendar = build_calendar(text, None)
        for paragraph in text.split("\n"):
            assert find_stray_dates(paragraph, [paragraph]) == []
            assert find_stray_dates(paragraph, [paragraph], calendar) == []
            assert find_stray_dates(paragraph, [text], calendar) == []
