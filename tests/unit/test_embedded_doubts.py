import pytest

from schemas.draft import DraftDoubt
from service.checking.context import build_context
from service.checking.examination import examine_draft
from service.readers.embedded.doubts import read_doubts
from service.readers.embedded.marking import mark_page
from tests.builders import build_article, build_empty_draft

LEAD = "China and the United States agreed on Monday to lower the duty on steel to 10 percent."


def read_lines(*lines: str, published: str | None = "2025-12-06") -> list[DraftDoubt]:
    """Return the doubts of an article of such lines; the checks find nothing wrong."""
    article = build_article("\n\n".join(lines), published=published)
    context = build_context(article)
    doubts = read_doubts(mark_page(context))
    examination = examine_draft(build_empty_draft(doubts=doubts), context)
    assert not [finding for item in examination.items for finding in item.findings]
    return doubts


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article put the rate at 15 percent. It is 10.",
        "CORRECTION: The rate is 10 percent, not 15 percent as stated before.",
        "Clarification: The rate applies to flat steel only.",
        "Correction, Dec. 5, 2025: The minister's name was misspelled.",
        "An earlier version of this story said that the rate was 15 percent.",
        "A previous version of this report misstated the rate.",
        "This article was amended on 5 December 2025 because the rate was given as 15 percent.",
        "This story has been updated to reflect that the call was with the deputy minister.",
        "This story has been corrected to show that the rate is 10 percent.",
        "(Amended on 5 December: The rate is 10 percent. The text first posted said 15 percent.)",
        "The article originally stated that the rate was 15 percent.",
        "We regret the error: the rate is 10 percent.",
        "Editor's note: An earlier version of this article incorrectly gave the rate as 15.",
    ],
)
def test_corrections_are_doubts(note: str) -> None:
    """What an article takes back must reach whoever relies on an earlier copy."""
    (doubt,) = read_lines(LEAD, note)

    assert doubt.about.startswith("The article was corrected: ")
    assert all(quote in note for quote in doubt.evidence)


def test_a_heading_takes_the_next_line_with_it() -> None:
    """Some pages put the word in a line of its own."""
    (doubt,) = read_lines(LEAD, "CORRECTION:", "The rate is 10 percent and not 15 percent.")

    assert doubt.evidence == ["The rate is 10 percent and not 15 percent."]


@pytest.mark.parametrize(
    "line",
    [
        "This story has been updated with comment from the ministry.",
        "This is a developing story and was updated to reflect the latest developments.",
        "The ministry corrected its forecast for growth and said that exports would fall.",
        "The market correction went on for a second day, with shipping shares falling most.",
        "The commission amended the regulation on Monday and lowered the rate to 10 percent.",
        "An earlier version of the bill would have put the rate at 15 percent.",
        "A correct reading of the deal is that the rate may change, the minister said.",
    ],
)
def test_updates_and_news_of_corrections_are_none(line: str) -> None:
    """Only the article's own mistakes are doubts."""
    assert read_lines(LEAD, line) == []


CONFLICTS = [
    (
        "The deal was struck at last October's summit in Gyeongju, he said on December 5, 2025.",
        "The October 2024 Gyeongju summit proved to be the turning point.",
    ),
    (
        "In February 2025, when Prime Minister Narendra Modi met President Donald Trump, it began.",
        '"We have waited since the Modi-Trump meeting of February 2024," an official said.',
    ),
    (
        "Makers of inspection equipment will need a license under rules starting May 1.",
        "The new regulation on inspection tools, which takes effect on May 15, closes a gap.",
    ),
    (
        "China promises to buy 8 million tons of American soybean before the end of this year.",
        "To load the 18 million tons of soybean promised before the end of this year is hard.",
    ),
]


@pytest.mark.parametrize(("one", "other"), CONFLICTS)
def test_contradictions_are_doubts(one: str, other: str) -> None:
    """Two places that cannot both be right are told with a quote from each."""
    (doubt,) = read_lines(LEAD, one, "Nothing else is known.", other)

    assert doubt.evidence[0] in one
    assert doubt.evidence[1] in other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The October 2025 Gyeongju summit went well, officials said.",
            "At the October 2025 Gyeongju summit the leaders agreed on a truce.",
        ),
        (
            "The annual Gyeongju summit of October 2024 went well.",
            "The annual Gyeongju summit of October 2025 went better.",
        ),
        (
            "The October 2024 Gyeongju summit went well.",
            "The October 2025 Busan summit went better.",
        ),
        (
            "President Donald Trump met President Xi Jinping in April 2017.",
            "The meeting of President Donald Trump and President Xi Jinping in April 2026 is near.",
        ),
        (
            "The rule on inspection tools, delayed once, was to take effect on May 1.",
            "The rule on inspection tools takes effect on May 15.",
        ),
        (
            "The tariff on steel takes effect on May 1.",
            "The tariff on copper takes effect on May 15.",
        ),
        (
            "The rate takes effect on May 1, the office said of the duty on steel.",
            "The rate takes effect on May 15, the ministry said of another duty.",
        ),
        (
            "China promises to buy 8 million tons of soybeans before the end of this year.",
            "Another 18 million tons of soybeans is promised before the end of next year.",
        ),
        (
            "China promises to buy 8 million tons of soybeans before the end of this year.",
            "The promise was raised to the 18 million tons of soybeans by the end of this year.",
        ),
        (
            "China promises to buy 25 million tons of soybeans by the end of this year.",
            "In the first half, firms bought 11 million tons of soybeans.",
        ),
        (
            "The duty on steel went from 25 percent to 10 percent.",
            "The duty on steel had been 50 percent until May.",
        ),
    ],
)
def test_what_may_both_be_true_is_none(one: str, other: str) -> None:
    """An invented doubt costs more than a missed one."""
    assert read_lines(LEAD, one, "Nothing else is known.", other) == []


def test_an_article_without_any_has_none() -> None:
    """Most articles neither correct nor contradict themselves."""
    assert read_lines(LEAD) == []
