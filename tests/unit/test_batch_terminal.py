"""What people read at the end of a batch: what came of it, what failed, what to do."""

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from schemas.batch import BatchReport
from schemas.problem import Problem
from schemas.reading import Usage
from service.errors import RateLimitError, describe_problem
from service.report.batch_terminal import print_batch
from tests.unit.data_outputs import build_counts, build_problem, build_report

FINISHED = {"total": 10, "queued": 0, "running": 0, "done": 10, "failed": 0}
BUSY = describe_problem(RateLimitError("the endpoint takes no more requests for now"))


def render(
    report: BatchReport,
    failures: Sequence[tuple[str, Problem]] = (),
    *,
    width: int = 200,
    color: bool = False,
) -> str:
    """Return what is printed on a console of ``width`` columns."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=color, highlight=False)
    print_batch(report, failures, console, elapsed_s=123.4, retry_command="readout batch x --again")
    return stream.getvalue()


def flatten(text: str) -> str:
    """Return ``text`` with every run of blanks as one."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("counts", "state", "verdict"),
    [
        (FINISHED, "finished", "Finished: all articles are read"),
        (FINISHED | {"done": 8, "failed": 1, "dead": 1}, "finished", "Finished, but not all"),
        ({}, "open", "Stopped with 3 articles to go; the same command goes on from here"),
        ({}, "cancelled", "Cancelled: nothing more is begun"),
    ],
)
def test_the_verdict_comes_first(counts: dict[str, int], state: str, verdict: str) -> None:
    """Who only wants to know whether all is well reads one line."""
    report = build_report(build_counts(**counts), state=state)

    assert render(report).startswith(verdict)


@pytest.mark.parametrize(
    "expected",
    [
        "articles 10", "done 6, 2 of them read before", "failed 1", "to go 3", "time 2 min 3 s",
        "tokens 12,345 in (10,000 cached), 3,210 out", "cost $1.5000",
        "batch 0123456789abcdef0123456789abcdef",
    ],
)  # fmt: skip
def test_what_came_of_it_is_told(expected: str) -> None:
    """Numbers in full: this is what is written down."""
    assert expected in flatten(render(build_report()))


def test_a_batch_that_cost_nothing_shows_no_cost() -> None:
    """Rules have neither tokens nor a price."""
    printed = render(build_report(usage=Usage(), cost_usd=0))

    assert "tokens" not in printed
    assert "$" not in printed


def test_dead_jobs_are_told_apart() -> None:
    """They point at the machine rather than at the article."""
    printed = flatten(render(build_report(build_counts(done=5, failed=1, dead=1))))

    assert "failed 2, 1 because every process that tried died" in printed


def test_failures_are_grouped_by_their_reason_the_most_frequent_first() -> None:
    """A thousand lines of one reason hide the other."""
    failures = [("a.txt", build_problem())] + [(f"b{number}.txt", BUSY) for number in range(5)]
    printed = flatten(render(build_report(), failures))

    assert printed.index("5 The LLM endpoint is busy") < printed.index("1 The article is empty")
    assert "Failed: 6" in printed
    assert all(f"b{number}.txt" in printed for number in range(3))
    assert "b3.txt" not in printed
    assert "and 2 more" in printed


def test_a_detail_that_is_one_of_several_says_so() -> None:
    """Each article of a kind may have a value of its own."""
    alike = [("a.txt", build_problem("same")), ("b.txt", build_problem("same"))]
    unlike = [("a.txt", build_problem("one")), ("b.txt", build_problem("other"))]

    assert "first: " not in render(build_report(), alike)
    assert "first: one" in render(build_report(), unlike)


def test_what_to_type_is_said() -> None:
    """Nobody looks up an option after a failure."""
    printed = render(build_report(), [("a.txt", BUSY)])

    assert "To try these again: readout batch x --again" in printed
    assert "mended" not in printed


def test_articles_that_need_mending_are_counted() -> None:
    """Trying an empty file again makes nothing of it."""
    printed = render(build_report(), [("a.txt", BUSY), ("b.txt", build_problem())])

    assert "1 article can only be read once what is named above is mended." in printed


def test_without_failures_there_is_no_advice() -> None:
    """Silence is the best report."""
    assert "again" not in render(build_report(build_counts(**FINISHED), state="finished"))


def test_a_name_cannot_mark_up_the_terminal() -> None:
    """Neither rich's markup nor escape sequences take effect, nor do ends of lines."""
    nasty = "[red]x[/] \x1b[2J\x07\u202e\n🌾.txt"
    printed = render(build_report(), [(nasty, build_problem(nasty))], width=500)

    assert "\x1b" not in printed
    assert r"[red]x[/] \x1b[2J\x07\u202e 🌾.txt" in printed


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Over-long names and reasons are folded or cut."""
    failures = [("folder/" + "long-name-" * 30, build_problem("why " * 100)), ("b", BUSY)]
    printed = render(build_report(), failures, width=width)

    assert max(len(line.rstrip()) for line in printed.splitlines()) <= width


def test_failures_may_come_one_by_one() -> None:
    """There may be a million; only what is shown is kept."""
    stream = io.StringIO()
    console = Console(file=stream, width=100)
    failures = ((f"{number}.txt", BUSY) for number in range(100_000))

    print_batch(build_report(), failures, console, elapsed_s=1, retry_command="again")

    assert "Failed: 100,000" in stream.getvalue()
    assert "and 99,997 more" in stream.getvalue()
