"""How the store's reports look to people; programs read JSON.

Owns words and units. Times are UTC.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text

from schemas.books import ModelCosts, PruneReport, StoreReport
from service.cli.output import print_page

_UNITS = ("B", "kB", "MB", "GB", "TB")
_COST_HEADINGS = ("model", "calls", "tokens in", "cached", "out", "USD", "unpriced")


def print_report(report: StoreReport) -> None:
    """Print what the store holds, and what each model cost."""
    print_page(_tabulate(_describe(report)))
    if report.costs:
        print_page(Text(), _tabulate_costs(report.costs))


def print_pruning(report: PruneReport, *, dry_run: bool) -> None:
    """Print what was removed, or would be."""
    verb = "would be removed" if dry_run else "removed"
    removed = ", ".join(
        _count(number, noun)
        for number, noun in (
            (report.readings, "reading"),
            (report.summaries, "summary"),
            (report.items, "item"),
            (report.replies, "text of a paid reply"),
            (report.batches, "batch"),
        )
    )
    size = f"the database has {describe_size(report.size_bytes)}"
    print_page(Text(f"{verb}, from before {_show(report.before)}: {removed}; {size}"))


def print_migration(before: str, after: str) -> None:
    """Print the schema's revisions."""
    same = f"the schema is that of this version already: {after}"
    print_page(Text(same if before == after else f"schema {before or 'none'} → {after}"))


def describe_size(size_bytes: int) -> str:
    """Return a size in the largest unit of 1,000 that leaves at least 1: ``1.2 MB``."""
    size, unit = float(size_bytes), 0
    # From 999.95 on it would be shown as 1000.0.
    while size >= 999.95 and unit < len(_UNITS) - 1:
        size, unit = size / 1_000, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit else f"{size_bytes} B"


def _describe(report: StoreReport) -> dict[str, str]:
    return {
        "database": report.database,
        "size": f"{describe_size(report.size_bytes)}, schema {report.revision}",
        "readings": f"{report.readings:,}{_describe_span(report)}",
        "summaries": f"{report.summaries:,}, {report.superseded:,} of them superseded",
        "items": f"{report.items:,} in the lists",
        "calls": f"{report.calls:,}, {report.unanswered:,} of them unanswered",
        "replies": f"{report.unused:,} unused, {report.pending:,} to be taken up",
        "cost": _describe_cost(report.costs),
    }


def _describe_span(report: StoreReport) -> str:
    if report.oldest is None or report.newest is None:
        return ""
    return f", from {_show(report.oldest)} to {_show(report.newest)}"


def _describe_cost(costs: Sequence[ModelCosts]) -> str:
    known = f"${sum(cost.cost_usd for cost in costs):,.4f}"
    unpriced = sum(cost.unpriced for cost in costs)
    return f"{known}, and {_count(unpriced, 'reply')} of unknown price" if unpriced else known


def _tabulate(described: Mapping[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in described.items():
        table.add_row(Text(name, style="bold"), Text(value))
    return table


def _tabulate_costs(costs: Sequence[ModelCosts]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in _COST_HEADINGS:
        right = heading != "model"
        table.add_column(heading, overflow="fold", justify="right" if right else "left")
    for cost in costs:
        numbers = (
            cost.calls,
            cost.usage.input_tokens,
            cost.usage.cached_input_tokens,
            cost.usage.output_tokens,
        )
        table.add_row(
            Text(cost.model),
            *(f"{number:,}" for number in numbers),
            f"{cost.cost_usd:,.4f}",
            f"{cost.unpriced:,}",
        )
    return table


_PLURALS = {
    "reading": "readings",
    "summary": "summaries",
    "batch": "batches",
    "item": "items",
    "reply": "replies",
    "text of a paid reply": "texts of paid replies",
}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else _PLURALS[noun]}"


def _show(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
