"""For tests of whoever uses Readout: a summary must match its golden fixture.

Owns what "matches" means in a test, and the failure's message. ``from service.testing import
assert_matches_golden``; pytest is not needed.
"""

from collections.abc import Mapping
from pathlib import Path

from schemas.comparison import DocumentComparison
from schemas.golden import GoldenFixture
from schemas.summary import Summary
from service.compare.bars import Bars, report_runs
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from service.compare.runs import make_comparison
from service.golden.files import read_bytes
from service.golden.fixtures import check_quotes
from service.golden.parsing import parse_claimed, parse_fixture, parse_object
from service.report.comparison_text import render_differences

SummaryLike = Summary | Mapping[str, object] | str | bytes
"""A summary, its JSON parsed, or its JSON."""
FixtureLike = GoldenFixture | Mapping[str, object] | Path | str
"""A fixture, its JSON parsed, or its file's path."""


def assert_matches_golden(
    summary: SummaryLike,
    fixture: FixtureLike,
    *,
    min_f1: float = 1.0,
    min_leaf_f1: float = 1.0,
    max_critical: int = 0,
) -> DocumentComparison:
    """Fail unless ``summary`` has all that ``fixture`` expects, and nothing else.

    ``min_f1`` (items) and ``min_leaf_f1`` (values), 0 to 1, and ``max_critical`` loosen that. The
    message of the ``AssertionError`` has a line for each field that differs. Returns the
    comparison. The article is the summary's own text. Raises ``FixtureError`` for a fixture that
    is none or whose quotes that text does not have, and ``ClaimError`` for a summary that is none.
    """
    __tracebackhide__ = True
    claimed = parse_claimed(_read_summary(summary), "the summary")
    golden, name = _read_fixture(fixture)
    check_quotes(golden, claimed.article.text, name)
    document = compare_document(golden, claimed.article.text, find_in_summary(claimed))
    bars = Bars(min_f1=min_f1, min_leaf_f1=min_leaf_f1, max_critical=max_critical)
    shortfalls = report_runs([make_comparison([document])], bars).shortfalls
    if shortfalls:
        told = "\n".join([*shortfalls, render_differences(document)])
        raise AssertionError(f"the summary of {golden.article} does not match {name}:\n{told}")
    return document


def _read_summary(summary: SummaryLike) -> Mapping[str, object]:
    if isinstance(summary, Summary):
        return summary.model_dump(mode="json")
    if isinstance(summary, Mapping):
        return summary
    body = summary.encode() if isinstance(summary, str) else summary
    return parse_object(body, "the summary")


def _read_fixture(fixture: FixtureLike) -> tuple[GoldenFixture, str]:
    """Return the fixture, and what messages call it."""
    if isinstance(fixture, GoldenFixture):
        return fixture, "the fixture"
    if isinstance(fixture, (Path, str)):
        name = str(fixture)
        return parse_fixture(parse_object(read_bytes(Path(fixture)), name), name), name
    return parse_fixture(fixture, "the fixture"), "the fixture"
