"""Fixtures and summaries that are handed in as JSON, pair by pair.

Owns how they are named in messages. Reads no file: an article is the text of its summary.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from schemas.comparison import Comparison, DocumentComparison
from service.compare.documents import compare_document, miss_document
from service.compare.found import find_in_summary
from service.compare.runs import make_comparison
from service.errors import FixtureError
from service.golden.fixtures import check_quotes
from service.golden.matching import NO_SUMMARY
from service.golden.parsing import parse_claimed, parse_fixture
from service.showing import show


class Submission(NamedTuple):
    """One pair, as it was handed in."""

    fixture: Mapping[str, object]
    summary: Mapping[str, object] | None


class Submitted(NamedTuple):
    """What was compared, and the articles' texts by the fixtures' names for them."""

    comparison: Comparison
    texts: Mapping[str, str]


def compare_submissions(pairs: Sequence[Submission]) -> Submitted:
    """Return how the summaries of ``pairs`` compare with their fixtures; at least one pair.

    Raises ``FixtureError`` and ``ClaimError`` for what is none, two fixtures of one article, and a
    golden quote that the summary's article does not have.
    """
    documents: dict[str, DocumentComparison] = {}
    texts = {}
    for position, pair in enumerate(pairs):
        name = f"pairs[{position}].fixture"
        fixture = parse_fixture(pair.fixture, name)
        if fixture.article in documents:
            raise FixtureError(f"{name}: article: {show(fixture.article)} has two fixtures")
        if pair.summary is None:
            documents[fixture.article] = miss_document(
                fixture, "", reason=NO_SUMMARY, has_failed=False
            )
            continue
        summary = parse_claimed(pair.summary, f"pairs[{position}].summary")
        text = texts[fixture.article] = summary.article.text
        check_quotes(fixture, text, name)
        documents[fixture.article] = compare_document(fixture, text, find_in_summary(summary))
    return Submitted(make_comparison(documents.values()), texts)
