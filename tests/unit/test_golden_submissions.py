"""Fixtures and summaries that are handed in, pair by pair."""

import pytest

from service.errors import ClaimError, FixtureError
from service.golden.matching import NO_SUMMARY
from service.golden.submissions import Submission, compare_submissions
from tests.builders import ARTICLE_TEXT
from tests.unit.data_golden import (
    ARTICLE,
    OTHER,
    OTHER_TEXT,
    Json,
    build_claim,
    build_fixture,
    build_small_fixture,
    change,
)


def test_each_pair_is_compared_by_the_text_of_its_summary() -> None:
    """Over HTTP there is no article's file: the fixture's path is only a name."""
    submitted = compare_submissions(
        [
            Submission(build_fixture(), build_claim()),
            Submission(build_fixture(OTHER), build_claim(OTHER_TEXT)),
        ]
    )

    assert submitted.texts == {ARTICLE: ARTICLE_TEXT, OTHER: OTHER_TEXT}
    assert (submitted.comparison.scores.items.f1, submitted.comparison.strays) == (1, [])
    assert [one.article for one in submitted.comparison.documents] == [OTHER, ARTICLE]


def test_a_pair_without_a_summary_counts_as_zero() -> None:
    """Absent, it would make the rest look better."""
    submitted = compare_submissions(
        [Submission(build_fixture(), build_claim()), Submission(build_fixture(OTHER), None)]
    )

    missed = submitted.comparison.documents[0]
    assert (missed.article, missed.status, missed.reason) == (OTHER, "missing", NO_SUMMARY)
    assert (submitted.comparison.unread, submitted.comparison.mean_f1) == (1, 0.5)
    assert submitted.texts == {ARTICLE: ARTICLE_TEXT}


def test_the_name_of_an_article_leads_to_no_file() -> None:
    """Whatever is sent as a path, nothing is opened."""
    name = "../../etc/passwd"

    submitted = compare_submissions([Submission(build_fixture(name), build_claim())])
    assert submitted.comparison.documents[0].article == name


WRONG: dict[str, tuple[Submission, type[Exception], str]] = {
    "fixture": (
        Submission(change(build_fixture(), "tariffs", 0, "rte", value=1), build_claim()),
        FixtureError,
        "pairs[1].fixture: tariffs[0].rte: there is no such field",
    ),
    "fixture without a summary": (
        Submission({"articel": OTHER}, None),
        FixtureError,
        "pairs[1].fixture: article: field required; articel: there is no such field",
    ),
    "summary": (
        Submission(build_fixture(OTHER), build_claim(gist=None)),
        ClaimError,
        "pairs[1].summary: gist: input should be a valid string",
    ),
    "version": (
        Submission(build_fixture(OTHER), build_claim(schema_version="2")),
        ClaimError,
        'pairs[1].summary: schema_version: it is "2"',
    ),
    "quote": (
        Submission(build_small_fixture(OTHER, evidence=["made up"]), build_claim()),
        FixtureError,
        "pairs[1].fixture: tariffs[0].evidence[0]: the article does not have 'made up'",
    ),
    "two fixtures": (
        Submission(build_fixture(), build_claim(OTHER_TEXT)),
        FixtureError,
        f"pairs[1].fixture: article: {ARTICLE} has two fixtures",
    ),
}


@pytest.mark.parametrize(("pair", "kind", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_what_is_none_is_told_with_its_pair_and_field(
    pair: Submission, kind: type[Exception], sentence: str
) -> None:
    """One wrong pair among two hundred."""
    with pytest.raises(kind) as caught:
        compare_submissions([Submission(build_fixture(), build_claim()), pair])

    assert str(caught.value).startswith(sentence)


def test_what_was_handed_in_is_not_changed() -> None:
    """The caller may send it again."""
    fixture, claim = build_fixture(), build_claim()
    before: tuple[Json, Json] = (build_fixture(), build_claim())

    compare_submissions([Submission(fixture, claim)])

    assert (fixture, claim) == before
