"""How a comparison looks in a terminal.

Owns the layout for people: what decides first, what merely informs last. Programs read JSON.
Every value may be an article's own text; it is set as plain text, never as markup.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.comparison import (
    Comparison,
    ComparisonReport,
    DocumentChange,
    DocumentComparison,
    Scores,
    Spread,
)
from service.report.differences import Difference, list_critical, list_others
from service.report.labels import (
    LIST_HEADINGS,
    NOTHING,
    SCORE_KINDS,
    count,
    get_score,
    has_anything,
    show_credit,
    show_mean,
    show_score,
)
from service.report.plain_text import cut_line, show_line

_MOST_VALUE_CHARS = 400
"""Longest value in a table however wide it is; JSON and the page have the whole."""


def print_comparison(report: ComparisonReport, console: Console) -> None:
    """Print ``report`` for people, as wide as ``console`` is.

    Verdict and critical errors come first, then all other differences, scores, and what else is
    to be known. Values that would fill a column for more than a few lines are cut.
    """
    console.print(Group(*_render(report, min(console.width, _MOST_VALUE_CHARS))))


def _render(report: ComparisonReport, max_chars: int) -> Iterator[RenderableType]:
    run = report.comparison
    # Of an article that is unread each item is missing: its one line says as much.
    compared = [document for document in run.documents if document.status == "compared"]
    critical = [(document, list_critical(document)) for document in run.documents]
    others = [(document, list_others(document)) for document in compared]
    yield from _render_verdict(report)
    yield from _render_tables("Critical errors", "bold underline red", critical, max_chars)
    yield from _render_tables("Other differences", "bold underline", others, max_chars)
    yield _render_heading("Scores")
    yield _render_scores(run)
    yield Text(_describe_scores(run))
    yield from _render_rest(report, max_chars)


def _render_verdict(report: ComparisonReport) -> Iterator[RenderableType]:
    run = report.comparison
    if not run.documents:
        yield Text("No article was compared.", style="italic")
    if report.shortfalls:
        yield Text("Falls short", style="bold red")
        yield from _render_lines(report.shortfalls)
    else:
        yield Text("Met: nothing falls short of a bar", style="bold green")
    facts = (
        count(len(run.documents), "article"),
        f"{run.unread:,} unread",
        count(run.critical_errors, "critical error"),
        f"items F1 {show_score(run.scores.items.f1)}",
    )
    yield Text(" · ".join(facts))


def _render_rest(report: ComparisonReport, max_chars: int) -> Iterator[RenderableType]:
    run = report.comparison
    unread = [document for document in run.documents if document.status != "compared"]
    if unread:
        yield _render_heading(f"Unread: {len(unread):,}")
        yield from _render_lines(
            f"{document.article}: {document.reason or 'no reason is given'}" for document in unread
        )
    yield Text(f"\n{count(run.cosmetic, 'value')} right, but written differently")
    if run.strays:
        yield _render_heading(f"Summaries without a fixture: {len(run.strays):,}")
        yield from _render_lines(run.strays)
    if report.changes:
        yield _render_heading("Since the baseline")
        for change in sorted(report.changes, key=lambda change: not change.is_worse):
            yield from _render_change(change, max_chars)
    if report.repetitions:
        yield _render_heading("Repetitions")
        yield _render_repetitions(report.repetitions)


def _render_heading(words: str, style: str = "bold underline") -> RenderableType:
    return Text(f"\n{words}", style=style)


def _render_lines(lines: Iterable[str]) -> Iterator[RenderableType]:
    for line in lines:
        grid = Table.grid(padding=(0, 1))
        grid.add_row(Text("  ›", style="dim"), Text(show_line(line), overflow="fold"))
        yield grid


def _render_tables(
    heading: str,
    style: str,
    tables: Sequence[tuple[DocumentComparison, list[Difference]]],
    max_chars: int,
) -> Iterator[RenderableType]:
    number = sum(len(differences) for _, differences in tables)
    yield _render_heading(f"{heading}: {number:,}", style if number else "bold underline")
    for document, differences in tables:
        if differences:
            yield Text(show_line(document.article), style="bold", overflow="fold")
            yield Padding(_render_differences(differences, max_chars), (0, 0, 1, 0))


def _render_differences(differences: Iterable[Difference], max_chars: int) -> RenderableType:
    table = _make_table("Item", "Field", "Expected", "Found")
    for row in differences:
        item = Text(cut_line(row.item or NOTHING, max_chars))
        if row.list_name:
            item = Text.assemble((f"{LIST_HEADINGS[row.list_name]}\n", "dim"), item)
        found = Text(cut_line(row.found or NOTHING, max_chars))
        if row.note:
            found.append(f"\n({cut_line(row.note, max_chars)})", style="dim")
        expected = Text(cut_line(row.expected or NOTHING, max_chars))
        table.add_row(item, _name_field(row), expected, found)
    return table


def _name_field(row: Difference) -> Text:
    """Return the field, and what is wrong where the values beside it do not say so."""
    if row.field is None:
        return Text(row.what)
    field = Text(show_line(row.field))
    return field if row.what.endswith(" value") else field.append(f"\n{row.what}", style="dim")


def _make_table(*columns: str) -> Table:
    """Return a table of ``columns`` that share the width; the one of fields is as wide as most."""
    table = Table(
        box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False, show_lines=True
    )
    for name in columns:
        if name == "Field":
            table.add_column(name, width=15, overflow="fold")
        else:
            table.add_column(name, ratio=1, overflow="fold")
    return table


def _render_scores(run: Comparison) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("")
    for kind in SCORE_KINDS:
        for measure in ("P", "R", "F1"):
            table.add_column(f"{kind}\n{measure}", justify="right")
    table.add_row("all", *_show_scores(run.scores), style="bold")
    for scores in run.lists:
        if has_anything(scores):
            table.add_row(LIST_HEADINGS[scores.list], *_show_scores(scores))
    return table


def _show_scores(scores: Scores) -> list[str]:
    counted = [get_score(scores, kind) for kind in SCORE_KINDS]
    return [
        show_score(value)
        for score in counted
        for value in (score.precision, score.recall, score.f1)
    ]


def _describe_scores(run: Comparison) -> str:
    items = run.scores.items
    return (
        f"{show_credit(items.right)} items right of {items.found:,} found and {items.expected:,} "
        f"expected; mean F1 of the articles {show_score(run.mean_f1)}"
    )


def _render_change(change: DocumentChange, max_chars: int) -> Iterator[RenderableType]:
    mark = ("worse  ", "red") if change.is_worse else ("not worse  ", "green")
    yield Text.assemble(mark, (show_line(change.article), "bold"))
    yield Padding(Text(show_line(change.summary)), (0, 0, 0, 2))
    if not change.changes:
        return
    table = _make_table("Item", "Field", "Before", "Now")
    for leaf in change.changes:
        cells = (leaf.item or NOTHING, leaf.field, leaf.before, leaf.after)
        table.add_row(*(Text(cut_line(cell, max_chars)) for cell in cells))
    yield table


def _render_repetitions(repetitions: Iterable[Spread]) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("Score", "Mean", "95 % interval", "Values"):
        table.add_column(name, overflow="fold")
    for spread in repetitions:
        table.add_row(
            Text(show_line(spread.name)),
            show_mean(spread.mean),
            _show_interval(spread),
            ", ".join(show_mean(value) for value in spread.values),
        )
    return table


def _show_interval(spread: Spread) -> str:
    if spread.low is None or spread.high is None:
        return NOTHING
    return f"{show_mean(spread.low)} to {show_mean(spread.high)}"
