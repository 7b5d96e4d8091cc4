"""How far a batch is, as people see it: a bar on a terminal, a line now and then in a log."""

import io

import pytest
from rich.console import Console

from schemas.batch import BatchReport
from schemas.reading import Usage
from service.report.batch_progress import BatchProgress, Pace
from service.report.batch_words import show_cost, show_rate, show_short, show_span
from tests.unit.data_outputs import build_counts, build_report


class Clock:
    """Tells the time that it is given."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


class Watch:
    """A progress, its clock, and what it printed."""

    def __init__(self, *, live: bool = False, width: int = 200) -> None:
        self.clock = Clock()
        self._stream = io.StringIO()
        self.console = Console(file=self._stream, width=width, force_terminal=live)
        self.progress = BatchProgress(self.console, self.clock, live=live)

    def show(self, report: BatchReport, *, after_s: float = 0) -> None:
        """Show ``report``, ``after_s`` seconds later."""
        self.clock.now_s += after_s
        self.progress.show(report)

    @property
    def lines(self) -> list[str]:
        """What was printed so far."""
        return self._stream.getvalue().splitlines()

    def render(self) -> str:
        """Return what a terminal shows now."""
        with self.console.capture() as captured:
            self.console.print(self.progress.render())
        return captured.get()


def settle(done: int, total: int = 1_000) -> BatchReport:
    """Build the report on a batch of which ``done`` articles are."""
    counts = build_counts(total=total, queued=total - done, running=0, done=done, failed=0, hits=0)
    return build_report(counts)


def test_a_line_says_all_that_is_to_be_known() -> None:
    """Done, hits, failed, speed, tokens, money, time left."""
    watch = Watch()
    watch.show(build_report(build_counts(total=1_000, queued=999, done=0, failed=0, running=1)))
    watch.show(
        build_report(build_counts(total=1_000, queued=499, running=1, done=490, failed=10)),
        after_s=50,
    )

    assert watch.lines[-1] == (
        "readout: 500 of 1,000 articles (50 %) · 2 hits · 10 failed · 10.0/s · 12.3k tokens in · "
        "3.21k out · $1.5000 · 50 s left"
    )


def test_a_log_is_not_flooded() -> None:
    """Reports come several times a second; a line every ten is enough."""
    watch = Watch()
    for number in range(1, 31):
        watch.show(settle(number), after_s=1)

    assert [line.split(" of ")[0] for line in watch.lines] == [
        "readout: 1",
        "readout: 11",
        "readout: 21",
    ]


def test_a_fast_batch_says_so_each_twentieth() -> None:
    """Ten seconds may be all that it takes."""
    watch = Watch()
    for number in range(11):
        watch.show(settle(number * 25), after_s=1)

    assert len(watch.lines) == 6


def test_nothing_is_said_while_nothing_changes() -> None:
    """A stalled endpoint does not fill the disk."""
    watch = Watch()
    for _ in range(100):
        watch.show(settle(5), after_s=10)

    assert len(watch.lines) == 1


def test_a_name_for_one_article() -> None:
    """Small batches are written right, too."""
    watch = Watch()
    watch.show(settle(0, total=1))

    assert watch.lines == [
        "readout: 0 of 1 article (0 %) · 0 hits · 0 failed · 12.3k tokens in · 3.21k out · $1.5000"
    ]


def test_a_plain_line_is_never_broken() -> None:
    """A log is searched line by line."""
    watch = Watch(width=40)
    watch.show(settle(1))

    assert len(watch.lines) == 1


@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_shows_a_bar_and_one_line(width: int) -> None:
    """Both fit, so that redrawing leaves nothing behind."""
    watch = Watch(live=True, width=width)
    watch.show(settle(0))
    watch.show(settle(600), after_s=60)

    bar, facts = watch.render().splitlines()
    assert "600 of 1,000" in bar
    assert "60 %" in bar
    assert "40 s left" in bar
    assert "10.0/s" in facts


def test_a_terminal_says_what_it_waits_for() -> None:
    """A folder of millions takes a while to walk."""
    assert "Looking for articles" in Watch(live=True).render()


def test_the_bar_goes_when_the_batch_is_over() -> None:
    """What stays is the report; the cursor is given back."""
    watch = Watch(live=True)
    with watch.progress:
        watch.show(settle(1))

    printed = "".join(watch.lines)
    assert printed.index("\x1b[?25l") < printed.index("1 of 1,000") < printed.index("\x1b[?25h")
    assert printed.endswith("\x1b[2K")


def test_an_empty_batch_divides_by_nothing() -> None:
    """No article is no reason to fail."""
    watch = Watch(live=True)
    watch.show(settle(0, total=0))

    assert "0 of 0" in watch.render()


def test_only_what_is_done_is_a_hundred_percent() -> None:
    """The last of a million articles may take longest."""
    watch = Watch()
    watch.show(settle(999, total=1_000))

    assert "(99 %)" in watch.lines[0]


def test_cancelled_and_dead_jobs_are_settled() -> None:
    """Nobody waits for them."""
    watch = Watch()
    counts = build_counts(total=10, queued=0, running=0, done=5, failed=2, dead=1, cancelled=2)
    watch.show(build_report(counts))

    assert "10 of 10 articles (100 %)" in watch.lines[0]
    assert "3 failed" in watch.lines[0]


def test_rules_cost_nothing_and_show_no_tokens() -> None:
    """Zeros would make one look for the reason."""
    watch = Watch()
    report = settle(1).model_copy(update={"usage": Usage(), "cost_usd": 0.0})
    watch.show(report)

    assert "tokens" not in watch.lines[0]
    assert "$" not in watch.lines[0]


def test_the_pace_is_that_of_late() -> None:
    """A run that goes on begins with thousands of hits; they say nothing of the rest."""
    pace = Pace()
    pace.note(0, 0)
    pace.note(1, 5_000)
    for second in range(2, 200):
        pace.note(second, 5_000 + second)

    assert pace.measure(199, 5_199) == pytest.approx(1.0, rel=0.02)


def test_the_pace_falls_while_nothing_happens() -> None:
    """An endpoint that hangs shows in the rate and in the time left."""
    pace = Pace()
    pace.note(0, 0)
    pace.note(10, 100)

    assert pace.measure(10, 100) == 10
    assert pace.measure(50, 100) == 2


def test_there_is_no_pace_in_the_first_second() -> None:
    """One article in a millisecond is not a thousand a second."""
    pace = Pace()
    pace.note(0, 0)

    assert pace.measure(0.5, 10) is None


def test_the_memory_of_a_pace_is_bounded() -> None:
    """A batch may take weeks."""
    pace = Pace()
    for tick in range(10_000):
        pace.note(tick / 10, tick)

    assert len(pace._samples) <= 62


@pytest.mark.parametrize(
    ("span_s", "shown"),
    [
        (0, "0 s"), (0.4, "0 s"), (47.2, "47 s"), (59.9, "1 min"), (61, "1 min 1 s"),
        (3_600, "1 h"), (3_605, "1 h"), (12_345, "3 h 25 min"), (200_000, "2 d 7 h"), (-1, "0 s"),
    ],
)  # fmt: skip
def test_spans_of_time_are_short(span_s: float, shown: str) -> None:
    """Two units say enough."""
    assert show_span(span_s) == shown


@pytest.mark.parametrize(
    ("per_s", "shown"),
    [(1_234.56, "1,234.6/s"), (1, "1.0/s"), (0.5, "30.0/min"), (0.01, "36.0/h"), (0, "0.0/h")],
)
def test_rates_have_a_unit_that_leaves_a_number(per_s: float, shown: str) -> None:
    """A slow endpoint is not at 0.0 a second."""
    assert show_rate(per_s) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"), (999, "999"), (1_000, "1.00k"), (12_345, "12.3k"), (999_499, "999k"),
        (999_700, "1.00M"), (1_234_567, "1.23M"), (123_456_789, "123M"), (5_000_000_000, "5.00G"),
    ],
)  # fmt: skip
def test_large_numbers_are_short(number: int, shown: str) -> None:
    """The line has eighty columns."""
    assert show_short(number) == shown


@pytest.mark.parametrize(
    ("cost_usd", "unpriced", "shown"),
    [
        (1.5, 0, "$1.5000"),
        (1.5, 3, "$1.5000 and 3 of unknown price"),
        (0.0, 3, "cost unknown"),
        (0.0, 0, "$0.0000"),
    ],
)
def test_money_says_how_far_it_is_known(cost_usd: float, unpriced: int, shown: str) -> None:
    """An unknown price is not nothing."""
    assert show_cost(build_report(cost_usd=cost_usd, unpriced=unpriced)) == shown
