"""Bars, baselines and repetitions: when a run falls short, and what it is told."""

import pytest

from schemas.comparison import Comparison
from schemas.draft import Draft
from service.compare.bars import Bars, report_runs
from service.compare.documents import compare_document, miss_document
from service.compare.found import find_in_summary
from service.compare.runs import make_comparison
from tests.builders import (
    ARTICLE_TEXT,
    build_draft,
    build_draft_tariff,
    build_empty_draft,
)
from tests.unit.data_compare import build_claimed, build_fixture, draft_of


def run_of(*drafts: Draft | None, golden: Draft | None = None) -> Comparison:
    """Compare one article for each draft; ``None`` is an article without a summary."""
    documents = []
    for number, draft in enumerate(drafts):
        fixture = build_fixture(golden, article=f"seeds/{number}.txt")
        documents.append(
            miss_document(fixture, ARTICLE_TEXT, reason="none", has_failed=False)
            if draft is None
            else compare_document(fixture, ARTICLE_TEXT, find_in_summary(build_claimed(draft)))
        )
    return make_comparison(documents)


GOOD = build_draft()
WRONG = build_draft(tariffs=[build_draft_tariff(rate=11)])
POOR = build_draft(tariffs=[], talks=[])


def test_without_bars_nothing_falls_short() -> None:
    """A look at the differences is no verdict."""
    assert report_runs([run_of(WRONG, None)], Bars()).shortfalls == []


@pytest.mark.parametrize(
    ("bars", "named"),
    [
        (Bars(min_f1=0.9), "F1 of items is 0.8333"),
        (Bars(min_leaf_f1=0.999), "F1 of leaves is"),
        (Bars(max_critical=0), "1 critical error, at most 0"),
    ],
)
def test_a_bar_that_is_not_met_is_told_with_its_value(bars: Bars, named: str) -> None:
    """One sentence a bar."""
    (shortfall,) = report_runs([run_of(WRONG)], bars).shortfalls

    assert named in shortfall


def test_a_bar_that_is_just_met_is_met() -> None:
    """Bounds are inclusive."""
    run = run_of(WRONG)

    assert report_runs([run], Bars(min_f1=run.scores.items.f1, max_critical=1)).shortfalls == []


def test_an_article_without_a_summary_falls_short_of_any_bar() -> None:
    """It counts as zero, and would vanish in a mean of many."""
    (shortfall,) = report_runs([run_of(GOOD, None)], Bars(max_critical=5)).shortfalls

    assert "1 of 2 articles have no summary" in shortfall


def test_totals_add_up_counts_and_the_mean_weighs_articles() -> None:
    """A long article weighs more in one, the same in the other."""
    run = run_of(GOOD, None)

    assert run.scores.items.recall == 0.5
    assert run.mean_f1 == 0.5
    assert (run.unread, len(run.documents)) == (1, 2)
    assert run.lists[0].items.expected == 2


def test_fields_are_tabulated_over_items_that_were_found() -> None:
    """Which field a reader gets wrong, list by list."""
    run = run_of(GOOD, WRONG, POOR)

    rate = next(one for one in run.fields if (one.list, one.field) == ("tariffs", "rate"))
    assert (rate.right, rate.wrong, rate.missing, rate.accuracy) == (1, 1, 0, 0.5)


def test_the_same_run_is_no_change() -> None:
    """Nor worse."""
    report = report_runs([run_of(GOOD, WRONG)], Bars(), run_of(GOOD, WRONG))

    assert (report.shortfalls, report.changes) == ([], [])


def test_an_article_that_got_worse_falls_short_and_names_its_fields() -> None:
    """Also where another one got better by as much."""
    report = report_runs([run_of(GOOD, WRONG)], Bars(), run_of(WRONG, GOOD))

    worse, better = report.changes
    assert (worse.article, worse.is_worse, better.is_worse) == ("seeds/1.txt", True, False)
    assert ("rate", "right: 10", "wrong: 11") in [
        (change.field, change.before, change.after) for change in worse.changes
    ]
    assert ("rate", "wrong: 11", "right: 10") in [
        (change.field, change.before, change.after) for change in better.changes
    ]
    assert [line.split()[0] for line in report.shortfalls] == ["seeds/1.txt"]


def test_worse_values_come_before_better_ones() -> None:
    """What went wrong is looked for first."""
    before = build_draft(tariffs=[build_draft_tariff(status="threatened")])
    after = build_draft(tariffs=[build_draft_tariff(rate=11)])

    (change,) = report_runs([run_of(after)], Bars(), run_of(before)).changes

    fields = [one.field for one in change.changes]
    assert fields.index("rate") < fields.index("status")


def test_an_article_that_is_not_compared_any_more_is_worse() -> None:
    """Leaving the hard one out is no way to a green gate."""
    report = report_runs([run_of(GOOD)], Bars(), run_of(GOOD, GOOD))

    assert [change.article for change in report.changes if change.is_worse] == ["seeds/1.txt"]
    assert "not compared now" in report.shortfalls[0]


def test_an_article_that_is_new_is_held_against_nothing() -> None:
    """A fixture may be added."""
    assert report_runs([run_of(GOOD, WRONG)], Bars(), run_of(GOOD)).shortfalls == []


def test_a_lost_summary_is_worse() -> None:
    """With a sentence that says so."""
    report = report_runs([run_of(None)], Bars(), run_of(GOOD))

    assert any("no summary (missing) now" in line for line in report.shortfalls)


def test_repetitions_have_a_mean_and_an_interval() -> None:
    """Student's t with n - 1 degrees of freedom, 95 %: 4.303 for three; no F1 is above 1."""
    report = report_runs([run_of(GOOD), run_of(WRONG), run_of(POOR)], Bars())

    items = next(spread for spread in report.repetitions if spread.name == "items")
    assert items.values == pytest.approx([1, 5 / 6, 0.8])
    assert items.mean == pytest.approx(0.877778)
    assert items.low == pytest.approx(0.877778 - 4.303 * 0.10715 / 3**0.5, abs=0.0005)
    assert items.high == 1
    assert report.comparison.scores.items.f1 == 0.8


def test_one_run_has_no_spread() -> None:
    """An interval of one value would be a lie."""
    assert report_runs([run_of(GOOD)], Bars()).repetitions == []


def test_bars_hold_for_the_mean_and_the_worst_number_of_critical_errors() -> None:
    """A wrong rate in one reading of three is a wrong rate."""
    runs = [run_of(GOOD), run_of(GOOD), run_of(WRONG)]

    shortfalls = report_runs(runs, Bars(min_f1=0.9, max_critical=0)).shortfalls

    assert len(shortfalls) == 1
    assert "1 critical error" in shortfalls[0]


def test_nothing_expected_and_nothing_found_is_one() -> None:
    """An article about china porcelain that was read as such."""
    run = run_of(build_empty_draft(), golden=build_empty_draft())

    assert (run.scores.items.f1, run.scores.items.precision, run.mean_f1) == (1, None, 1)
    assert run.documents[0].items == []


def test_documents_are_in_the_order_of_their_articles() -> None:
    """Two runs over the same articles must be the same to the byte."""
    fixture = build_fixture(draft_of("tariffs"), article="b.txt")
    other = build_fixture(draft_of("tariffs"), article="a.txt")
    documents = [
        miss_document(one, ARTICLE_TEXT, reason="", has_failed=True) for one in (fixture, other)
    ]

    run = make_comparison(documents, ["2", "1"])

    assert [document.article for document in run.documents] == ["a.txt", "b.txt"]
    assert run.strays == ["1", "2"]
