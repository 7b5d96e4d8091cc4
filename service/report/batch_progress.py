"""How far a batch is, shown while it runs: a bar on a terminal, else a line now and then.

Owns the display and how fast the batch is said to be. Knows neither jobs nor clocks: reports and
the time are handed in.
"""

from collections import deque
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import NamedTuple, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from schemas.batch import BatchReport
from service.report.batch_words import (
    count_failed,
    count_settled,
    show_cost,
    show_rate,
    show_short,
    show_span,
)
from service.report.labels import count

LINE_EVERY_S = 10.0
"""Seconds after which a plain line is due, if anything has changed."""
LINE_EVERY_SHARE = 0.05
"""Share of all articles after which one is due sooner."""
LINE_AT_MOST_EVERY_S = 1.0
WINDOW_S = 60.0
"""Seconds back over which the rate is taken: long enough to be calm, short enough to be true."""
_SAMPLE_EVERY_S = 1.0


class _Sample(NamedTuple):
    at_s: float
    settled: int


class Pace:
    """How many articles a second were settled of late."""

    def __init__(self) -> None:
        self._samples: deque[_Sample] = deque()

    def note(self, at_s: float, settled: int) -> None:
        """Take note that ``settled`` articles are, at ``at_s`` of a clock that only goes on."""
        if self._samples and at_s - self._samples[-1].at_s < _SAMPLE_EVERY_S:
            return
        self._samples.append(_Sample(at_s, settled))
        while len(self._samples) > 2 and self._samples[1].at_s <= at_s - WINDOW_S:
            self._samples.popleft()

    def measure(self, at_s: float, settled: int) -> float | None:
        """Return articles a second; ``None`` while less than a second has been seen."""
        if not self._samples or at_s - self._samples[0].at_s < _SAMPLE_EVERY_S:
            return None
        oldest = self._samples[0]
        return (settled - oldest.settled) / (at_s - oldest.at_s)


class BatchProgress:
    """Shows reports on ``console``, as long as the context lasts.

    ``clock`` gives seconds that only go on (``time.monotonic``). ``live`` redraws a bar; without
    it, lines are printed that stay: for logs, and where results go to the same terminal.
    """

    def __init__(self, console: Console, clock: Callable[[], float], *, live: bool) -> None:
        self._console = console
        self._clock = clock
        self._pace = Pace()
        self._report: BatchReport | None = None
        self._said: _Sample | None = None
        self._live = self._make_live() if live else None

    def _make_live(self) -> Live:
        return Live(
            console=self._console,
            get_renderable=self.render,
            refresh_per_second=4,
            transient=True,
            redirect_stdout=False,
        )

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, report: BatchReport) -> None:
        """Show ``report``, the newest; may be called as often as there is one."""
        self._report = report
        now_s, settled = self._clock(), count_settled(report.counts)
        self._pace.note(now_s, settled)
        if self._live is None and self._is_due(now_s, settled, report.counts.total):
            self._said = _Sample(now_s, settled)
            self._console.print(Text(f"readout: {self._describe(report)}"), soft_wrap=True)

    def _is_due(self, now_s: float, settled: int, total: int) -> bool:
        """Say whether a plain line is: seldom enough for a log, often enough to see it go on."""
        if self._said is None:
            return True
        passed_s, more = now_s - self._said.at_s, settled - self._said.settled
        if not more or passed_s < LINE_AT_MOST_EVERY_S:
            return False
        return passed_s >= LINE_EVERY_S or more >= LINE_EVERY_SHARE * total

    def render(self) -> RenderableType:
        """Return the bar, and below it the numbers, as they are now."""
        if self._report is None:
            return Text("Looking for articles …", style="dim")
        counts = self._report.counts
        settled = count_settled(counts)
        grid = Table.grid(expand=True, padding=(0, 2, 0, 0))
        grid.add_column(ratio=1)
        for _ in range(3):
            grid.add_column(justify="right", no_wrap=True)
        grid.add_row(
            ProgressBar(total=max(counts.total, 1), completed=settled),
            f"{settled:,} of {counts.total:,}",
            _show_share(settled, counts.total),
            Text(self._describe_rest(self._report), style="cyan"),
        )
        return Group(grid, Text(" · ".join(self._list_facts(self._report)), style="dim"))

    def _describe(self, report: BatchReport) -> str:
        counts = report.counts
        settled = count_settled(counts)
        articles = f"{settled:,} of {count(counts.total, 'article')}"
        facts = [f"{articles} ({_show_share(settled, counts.total)})", *self._list_facts(report)]
        if rest := self._describe_rest(report):
            facts.append(rest)
        return " · ".join(facts)

    def _list_facts(self, report: BatchReport) -> Iterator[str]:
        counts = report.counts
        yield count(counts.hits, "hit")
        yield f"{count_failed(counts):,} failed"
        rate = self._measure(report)
        if rate is not None:
            yield show_rate(rate)
        usage = report.usage
        if usage.input_tokens or usage.output_tokens:
            yield f"{show_short(usage.input_tokens)} tokens in"
            yield f"{show_short(usage.output_tokens)} out"
        if cost := show_cost(report):
            yield cost

    def _describe_rest(self, report: BatchReport) -> str:
        """Return how long the rest will take; empty where that cannot be said."""
        rate = self._measure(report)
        left = report.counts.queued + report.counts.running
        return f"{show_span(left / rate)} left" if rate and left else ""

    def _measure(self, report: BatchReport) -> float | None:
        return self._pace.measure(self._clock(), count_settled(report.counts))


def _show_share(settled: int, total: int) -> str:
    """Return the percentage, rounded down: only what is done is 100."""
    return f"{settled * 100 // total if total else 0} %"
