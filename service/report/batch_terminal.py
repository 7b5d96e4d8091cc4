"""How the end of a batch looks in a terminal: what came of it, what failed, and what to do.

Owns the layout for people; programs read the results. Names and reasons may be anybody's text;
they are set as plain text, never as markup.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from schemas.batch import BatchReport
from schemas.problem import Problem
from service.report.batch_words import (
    count_failed,
    count_settled,
    show_cost,
    show_span,
)
from service.report.labels import count
from service.report.plain_text import cut_line, show_line

MAX_NAMES = 3
"""Most articles that are named of one reason."""
_MAX_NAME_CHARS = 60
_MAX_DETAIL_CHARS = 200
_FIRST_SERVER_STATUS = 500
_TOO_MANY = 429


@dataclass(slots=True)
class _Group:
    """The failures of one kind, as far as they are shown: there may be millions."""

    first: Problem
    number: int = 0
    names: list[str] = field(default_factory=list)
    has_other_details: bool = False

    def add(self, name: str, problem: Problem) -> None:
        self.number += 1
        self.has_other_details = self.has_other_details or problem.detail != self.first.detail
        if len(self.names) < MAX_NAMES:
            self.names.append(name)

    @property
    def may_pass(self) -> bool:
        """Whether another try may succeed though nothing is mended."""
        return self.first.status >= _FIRST_SERVER_STATUS or self.first.status == _TOO_MANY


def print_batch(
    report: BatchReport,
    failures: Iterable[tuple[str, Problem]],
    console: Console,
    *,
    elapsed_s: float,
    retry_command: str,
) -> None:
    """Print what came of the batch, with its ``failures``: names of articles, and why.

    ``elapsed_s`` are the seconds of this run, which may have gone on with an earlier one;
    ``retry_command`` is what to type to try the failed articles again.
    """
    groups = _group(failures)
    console.print(Group(*_render(report, groups, elapsed_s, retry_command)))


def _group(failures: Iterable[tuple[str, Problem]]) -> list[_Group]:
    """Return the failures by kind, the most frequent first."""
    groups: dict[str, _Group] = {}
    for name, problem in failures:
        groups.setdefault(problem.type, _Group(problem)).add(name, problem)
    return sorted(groups.values(), key=lambda group: -group.number)


def _render(
    report: BatchReport, groups: Sequence[_Group], elapsed_s: float, retry_command: str
) -> Iterator[RenderableType]:
    yield _render_verdict(report)
    yield _tabulate(_describe(report, elapsed_s))
    if not groups:
        return
    yield Text(f"\nFailed: {sum(group.number for group in groups):,}", style="bold underline red")
    yield _render_groups(groups)
    yield from _render_advice(groups, retry_command)


def _render_verdict(report: BatchReport) -> Text:
    counts = report.counts
    left = counts.total - count_settled(counts)
    if report.state == "cancelled":
        return Text("Cancelled: nothing more is begun", style="bold magenta")
    if left:
        words = f"Stopped with {count(left, 'article')} to go; the same command goes on from here"
        return Text(words, style="bold yellow")
    if count_failed(counts):
        return Text("Finished, but not all articles could be read", style="bold red")
    return Text("Finished: all articles are read", style="bold green")


def _describe(report: BatchReport, elapsed_s: float) -> Mapping[str, str]:
    counts, usage = report.counts, report.usage
    described = {
        "batch": report.id,
        "articles": f"{counts.total:,}",
        "done": f"{counts.done:,}, {counts.hits:,} of them read before",
        "failed": _describe_failed(report),
        "cancelled": f"{counts.cancelled:,}" if counts.cancelled else "",
        "to go": f"{counts.queued + counts.running:,}" if counts.queued + counts.running else "",
        "time": show_span(elapsed_s),
    }
    if usage.input_tokens or usage.output_tokens:
        described["tokens"] = (
            f"{usage.input_tokens:,} in ({usage.cached_input_tokens:,} cached), "
            f"{usage.output_tokens:,} out"
        )
    described["cost"] = show_cost(report).removeprefix("cost ")
    return {name: value for name, value in described.items() if value}


def _describe_failed(report: BatchReport) -> str:
    counts = report.counts
    if not counts.dead:
        return f"{counts.failed:,}"
    return f"{count_failed(counts):,}, {counts.dead:,} because every process that tried died"


def _tabulate(described: Mapping[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in described.items():
        table.add_row(Text(f"  {name}", style="dim"), Text(value))
    return table


def _render_groups(groups: Sequence[_Group]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    table.add_column("Articles", justify="right")
    table.add_column("Reason", ratio=3, overflow="fold")
    table.add_column("Which", ratio=2, overflow="fold")
    for group in groups:
        table.add_row(f"{group.number:,}", _render_reason(group), _render_names(group))
    return table


def _render_reason(group: _Group) -> Text:
    detail = cut_line(group.first.detail, _MAX_DETAIL_CHARS)
    lead = "first: " if group.has_other_details else ""
    return Text.assemble((show_line(group.first.title), "bold"), (f"\n{lead}{detail}", "dim"))


def _render_names(group: _Group) -> Text:
    names = [cut_line(name, _MAX_NAME_CHARS) for name in group.names]
    more = group.number - len(names)
    return Text("\n".join([*names, f"and {more:,} more"] if more else names))


def _render_advice(groups: Sequence[_Group], retry_command: str) -> Iterator[Text]:
    """Yield how to try again, and for which articles that alone will not help."""
    yield Text.assemble("\nTo try these again: ", (show_line(retry_command), "bold"))
    lasting = sum(group.number for group in groups if not group.may_pass)
    if lasting:
        yield Text(
            f"{count(lasting, 'article')} can only be read once what is named above is mended."
        )
