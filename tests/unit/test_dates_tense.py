"""How a sentence tells a date: as past, as to come, or not clearly."""

import pytest

from service.checking.date_mentions import find_dates
from service.checking.date_tense import (
    REACH_CHARS,
    Telling,
    find_boundaries,
    find_sentence,
    is_over,
    read_telling,
)


def tell(text: str, *, earlier_year: int | None = None) -> Telling:
    """Return how ``text`` tells its last date."""
    mention = find_dates(text)[-1]
    return read_telling(
        text, mention.start, mention.end, find_boundaries(text), earlier_year=earlier_year
    )


TENSES = [
    ("They held talks on Friday.", "past"),
    ("He said Friday the deal would come.", "past"),
    ("On Friday, the two sides agreed to go on.", "past"),
    ("The deal was signed on Friday.", "past"),
    ("a deal released Friday", "past"),
    ("following a call Friday", "past"),
    ("They will meet on Friday.", "future"),
    ("They will also meet on Friday.", "future"),
    ("They shall meet on Friday.", "future"),
    ("They'll meet on Friday.", "future"),
    ("They won’t meet on Friday.", "future"),
    ("It will be signed on Friday.", "future"),
    ("They are scheduled to meet on Friday.", "future"),
    ("They are going to meet on Friday.", "future"),
    ("They plan to meet on Friday.", "future"),
    ("the report, due on Friday", "future"),
    ("the upcoming Friday call", "future"),
    ("the Friday call", "unmarked"),
    ("United States tariffs Friday", "unmarked"),
    ("the need for speed Friday", "unmarked"),
    ("They would meet on Friday.", "unclear"),
    ("They agreed to meet on Friday.", "unclear"),
    ("They were scheduled to meet on Friday.", "unclear"),
    ("It could be signed on Friday.", "unclear"),
    ("The rule takes effect on Friday.", "unclear"),
    ("He travelled to the capital on Friday.", "past"),
    ("They met. On Friday there is a call.", "unclear"),
    ("They will go. The Friday call", "unmarked"),
]


@pytest.mark.parametrize(("text", "tense"), TENSES)
def test_the_nearest_verb_of_the_sentence_decides(text: str, tense: str) -> None:
    """A weekday is the one before or after by nothing but its verb."""
    assert tell(text).tense == tense


DEADLINES = [
    ("It must be done by Friday.", True),
    ("It holds until the end of March.", True),
    ("no later than Friday", True),
    ("before the March deadline", True),
    ("They met on Friday.", False),
    ("They stood by. Friday came.", False),
]


@pytest.mark.parametrize(("text", "expected"), DEADLINES)
def test_a_last_day_is_told_by_the_words_before_it(text: str, expected: bool) -> None:
    """What must be done by a day did not happen on it."""
    assert tell(text).is_deadline is expected


def test_the_verb_before_a_last_day_is_not_its_own() -> None:
    """“Agreed to a pause until March”: agreed is past, March is not."""
    assert tell("They agreed on a pause until March.").tense == "unclear"


def test_a_last_day_that_is_told_as_to_come_stays_so() -> None:
    """A clear verb is better than none."""
    assert tell("It will last until March.").tense == "future"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was signed in November 2023.", True),
        ("It was to be completed by the end of February 2026.", False),
        ("It will end in November 2026.", False),
        ("the November 2026 vote", False),
    ],
)
def test_only_what_is_told_as_past_is_over(text: str, expected: bool) -> None:
    """A report is not older than what is over in it."""
    mention = find_dates(text)[-1]

    assert is_over(text, mention.start, mention.end, find_boundaries(text)) is expected


SPOKEN = [
    ("“We met today", True),
    ("“We met.” It rained today", False),
    ('He said: "we met today', True),
    ('He said "yes" today', False),
    ("“We met.\nIt rained today", False),
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_speech_is_told_by_its_quotation_marks(text: str, expected: bool) -> None:
    """An unclosed mark ends with its paragraph, or one typo would silence the page."""
    assert tell(text).is_spoken is expected


def test_the_earlier_year_is_handed_on() -> None:
    """Who places the date has to see it."""
    assert tell("on July 6", earlier_year=2018).earlier_year == 2018


SENTENCES = [
    ("One. Two Friday here. Three", " Two Friday here."),
    ("The U.S. Friday report", "The U.S. Friday report"),
    ("Mr. Li on Dec. 5 met. Next", "Mr. Li on Dec. 5 met."),
    ("A line\nFriday\nanother", "Friday\n"),
    ("He said “no.” On Friday he went", " On Friday he went"),
    ("At 1.5 percent Friday", "At 1.5 percent Friday"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_ends_at_a_full_stop_and_not_at_an_abbreviation(
    text: str, expected: str
) -> None:
    """A verb of the next sentence says nothing about this one's date."""
    mention = find_dates(text)[0]

    start, end = find_sentence(find_boundaries(text), mention.start, mention.end, len(text))

    assert text[start:end] == expected


def test_a_sentence_without_end_is_cut_at_reach() -> None:
    """The cost of one date must not grow with the text."""
    text = "a " * 500 + "Friday" + " a" * 500

    start, end = find_sentence(find_boundaries(text), 1000, 1006, len(text))

    assert (start, end) == (1000 - REACH_CHARS, 1006 + REACH_CHARS)
