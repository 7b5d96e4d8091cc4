"""What people read of a comparison: the verdict first, every error with its place, text only."""

import io

import pytest
from rich.console import Console

from schemas.comparison import ComparisonReport
from service.report.comparison_terminal import print_comparison
from service.report.labels import show_score
from service.report.plain_text import cut_line, show_line
from tests.unit.data_comparison import (
    NASTY,
    build_change,
    build_comparison_report,
    build_critical_error,
    build_damaged_document,
    build_document_comparison,
    build_full_report,
    build_invented_item,
    build_item_comparison,
    build_leaf,
    build_list_scores,
    build_score,
    build_spread,
    build_unread_document,
    build_wrong_leaf,
)


def render(report: ComparisonReport, *, width: int = 200, color: bool = False) -> str:
    """Return what is printed on a console of ``width`` columns."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=color, highlight=False)
    print_comparison(report, console)
    return stream.getvalue()


def flatten(text: str) -> str:
    """Return ``text`` with every run of blanks as one."""
    return " ".join(text.split())


def test_a_run_that_meets_its_bars_says_so_first() -> None:
    """Who only wants the verdict reads one line."""
    printed = render(build_comparison_report())

    assert printed.startswith("Met")


def test_every_shortfall_is_named_at_the_top() -> None:
    """A verdict without its reasons cannot be acted upon."""
    lines = render(build_comparison_report(shortfalls=["F1 is low.", "One is critical."]))

    assert flatten(lines).startswith("Falls short › F1 is low. › One is critical.")


def test_a_critical_error_names_all_that_is_needed_to_look_it_up() -> None:
    """Article, item, field, both values and the note stand together."""
    error = build_critical_error(note="off by a year")
    printed = render(build_comparison_report([build_document_comparison(critical_errors=[error])]))

    assert flatten(printed.replace("─", "")).count(
        "seeds/one.txt Item Field Expected Found "
        "Commitments due 2026-02 2027-02 buy 12 million tons of soybeans (off by a year)"
    )


@pytest.mark.parametrize("kind", ["forbidden item", "forbidden text", "ungrounded item"])
def test_the_kind_of_a_critical_error_is_named_where_no_value_shows_it(kind: str) -> None:
    """A dash beside a dash would explain nothing."""
    error = build_critical_error(kind=kind.replace(" ", "_"), field=None)
    printed = render(build_comparison_report([build_document_comparison(critical_errors=[error])]))

    assert kind in printed


def test_a_forbidden_text_is_told_from_a_wrong_value_of_its_field() -> None:
    """The value beside it may be right but for a few words."""
    error = build_critical_error(kind="forbidden_text", field="gist")
    printed = render(build_comparison_report([build_document_comparison(critical_errors=[error])]))

    assert "forbidden text" in printed


def test_critical_errors_come_before_the_others_and_these_before_scores() -> None:
    """What must be acted upon is not to be scrolled for."""
    printed = render(build_comparison_report([build_damaged_document()]))

    order = ["Critical errors: 1", "Other differences: 2", "Scores", "right, but written"]
    assert sorted(order, key=printed.index) == order


@pytest.mark.parametrize("expected", ["missing item", "invented item"])
def test_an_item_without_a_partner_is_one_row(expected: str) -> None:
    """Its fields say nothing that the item does not."""
    printed = render(build_comparison_report([build_damaged_document()]))

    assert printed.count(expected) == 1
    assert "products" not in printed


def test_a_forbidden_item_is_told_once() -> None:
    """It is invented too; two rows would look like two errors."""
    item = build_invented_item()
    error = build_critical_error(
        kind="forbidden_item", list=item.list, item=item.name, field=None, found=None
    )
    document = build_document_comparison(items=[item], critical_errors=[error])

    assert render(build_comparison_report([document])).count(item.name) == 1


def test_a_lesser_error_is_told_with_its_item() -> None:
    """An item that counts as right may still have a wrong value."""
    leaf = build_wrong_leaf(severity="error", field="condition", expected="if", found="when")
    document = build_document_comparison(items=[build_item_comparison(leaves=[leaf])])
    printed = flatten(render(build_comparison_report([document])))

    assert "Critical errors: 0 Other differences: 1" in printed
    assert "Commitments condition if when buy 12 million tons" in printed


def test_what_is_free_to_be_missed_is_no_difference() -> None:
    """An optional item counts nowhere."""
    item = build_item_comparison(outcome="optional", leaves=[build_wrong_leaf(severity="error")])
    printed = render(build_comparison_report([build_document_comparison(items=[item])]))

    assert "Other differences: 0" in printed


def test_an_unread_article_is_named_with_its_reason_and_nothing_else() -> None:
    """That all of its items are missing goes without saying."""
    printed = flatten(render(build_comparison_report([build_unread_document()])))

    assert "Other differences: 0" in printed
    assert "Unread: 1 › seeds/unread.txt: the model refused" in printed


def test_scores_are_shown_over_all_and_for_lists_that_have_anything() -> None:
    """Four lines of dashes would hide the two that matter."""
    report = build_comparison_report(lists=build_list_scores(tariffs=build_score(1, 2, 4)))
    printed = flatten(render(report))

    assert "all 0.750 0.600 0.667 0.750 0.600 0.667 0.750 0.600 0.667" in printed
    assert "Tariffs 0.500 0.250 0.333" in printed
    assert "Doubts" not in printed


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (1, "1.000"), (0.9999, "0.999"), (0.9995, "0.999"), (0.5, "0.500"), (0, "0.000")],
)
def test_only_a_perfect_score_looks_perfect(value: float | None, shown: str) -> None:
    """One wrong value of ten thousand is not none."""
    assert show_score(value) == shown


def test_what_became_worse_comes_first() -> None:
    """A regression must not hide behind gains."""
    better = build_change(article="seeds/better.txt", is_worse=False, changes=[])
    printed = render(build_comparison_report(changes=[better, build_change()]))

    assert printed.index("worse  seeds/one.txt") < printed.index("seeds/better.txt")
    assert "right: 2026-02" in printed


@pytest.mark.parametrize(
    ("low", "shown"), [(0.726, "0.85 0.726 to 1 0.9, 0.8, 0.85"), (None, "0.85 – 0.9, 0.8, 0.85")]
)
def test_repetitions_show_mean_interval_and_each_value(low: float | None, shown: str) -> None:
    """A mean without its spread invites wrong conclusions."""
    report = build_comparison_report(repetitions=[build_spread(low=low)])

    assert shown in flatten(render(report))


@pytest.mark.parametrize("shown", ["3 values right, but written differently", "stray-1", "stray-2"])
def test_what_counts_nowhere_is_told_last(shown: str) -> None:
    """A summary without a fixture may be a fixture that is misnamed."""
    assert shown in render(build_comparison_report(cosmetic=3, strays=["stray-1", "stray-2"]))


def test_a_run_of_nothing_says_so() -> None:
    """A perfect score over no article must not pass unnoticed."""
    assert "No article was compared." in render(build_comparison_report([]))


@pytest.mark.parametrize("width", [80, 200])
def test_an_article_cannot_mark_up_the_terminal(width: int) -> None:
    """Neither rich's markup nor escape sequences nor overrides of direction take effect."""
    printed = render(build_full_report(), width=width)

    assert "[bold]" in printed
    assert not {"\x1b", "\x00", "\u202e", "\ud800"} & set(printed)


@pytest.mark.parametrize("width", [80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """A very long word breaks; it does not push columns out of sight."""
    report = build_full_report("Donaudampfschifffahrt" * 40)

    assert max(len(line) for line in render(report, width=width).splitlines()) <= width


def test_a_long_value_is_cut_in_the_table() -> None:
    """One paragraph must not push all other errors off the screen."""
    error = build_critical_error(found="word " * 500)
    document = build_document_comparison(critical_errors=[error])
    printed = render(build_comparison_report([document]), width=80)

    assert printed.count("word") < 80
    assert "…" in printed


def test_a_headline_that_differs_is_told_without_an_item() -> None:
    """Headline and gist belong to no list."""
    leaf = build_leaf(field="headline", outcome="wrong", severity="error", expected="a", found="b")
    printed = render(build_comparison_report([build_document_comparison(texts=[leaf])]))

    assert "– headline a b" in flatten(printed)


def test_colours_are_used_on_a_terminal_only() -> None:
    """A log of CI gets plain text."""
    report = build_comparison_report([build_damaged_document()], shortfalls=["one"])

    assert "\x1b[" in render(report, color=True)
    assert "\x1b[" not in render(report)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\n\t b\u00a0c", "a b c"), ("\x1b[2J", r"\x1b[2J"), ("\u202ex", r"\u202ex"),
     ("\ud800", r"\ud800"), ("\ufffe", r"\ufffe"), ("大豆 🌾", "大豆 🌾"), ("", "")],
)  # fmt: skip
def test_a_line_shows_what_cannot_be_seen(text: str, shown: str) -> None:
    """What is escaped can neither break a line nor turn it around."""
    assert show_line(text) == shown


def test_a_cut_is_visible_and_exact() -> None:
    """A value that only just fits is whole; one that does not says so."""
    assert cut_line("abcd", 4) == "abcd"
    assert cut_line("abcde", 4) == "abc…"
    assert len(cut_line(NASTY, 20)) <= 20
