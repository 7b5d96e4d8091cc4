"""The embedded reader by itself: how soon it is there, how much it reads, and how that grows.

The articles are a sample, each time with other sentences, then put one behind the other, so that
nothing of one is remembered for the next. Times are of CPU: what one core does.
"""

import subprocess
import sys
import time
from collections.abc import Callable

from schemas.article import Article
from service.readers.embedded.reader import read_safely
from tests.bench.examining import SAMPLES, load_sample
from tests.bench.load import add_words
from tests.bench.measuring import (
    Line,
    print_lines,
    print_verdict,
    race_functions,
    race_processes,
    take_median,
)

START_BOUND_S = 1.5
SPEED_BOUND = 30.0
"""Articles of 5 kB a second."""
LINEAR_BOUND = 1.5
"""Most by which a character may cost more in a long article than in a short one."""
COPIES = (1, 4, 10, 20, 40)
"""5 kB to 200 kB."""
_FIRST = """
from schemas.article import Article
from service.readers.embedded.reader import read_safely
read_safely(Article(text=open({path!r}, encoding="utf-8").read()))
"""


class _Source:
    """Articles without end, each new."""

    def __init__(self, copies: int) -> None:
        self._text, _draft = load_sample(SAMPLES[0])
        self._copies = copies
        self._number = 0

    @property
    def chars(self) -> int:
        """Return how long an article is."""
        return len(self._text) * self._copies

    def make(self) -> Article:
        """Return the next one."""
        parts = []
        for _ in range(self._copies):
            self._number += 1
            parts.append(add_words(self._text, self._number))
        return Article(text="\n\n".join(parts), published="2025-12-06")


def _make_run(source: _Source) -> Callable[[], object]:
    articles = [source.make() for _ in range(40)]
    return lambda: read_safely(articles.pop() if articles else source.make())


def measure_start(*, rounds: int = 5) -> None:
    """Measure and print what a process costs that reads one article and ends."""
    program = _FIRST.format(path=f"seeds/{SAMPLES[0]}.txt")

    seconds: list[float] = []

    def start() -> None:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)
        seconds.append(time.perf_counter() - started)

    cpu_s = race_processes({"start": start}, rounds=rounds)["start"] / 1_000
    wall_s = take_median(seconds) / 1_000
    print("\nStarting the embedded reader: interpreter, imports and the first article")  # noqa: T201  # a command
    print_verdict(
        f"{wall_s:.2f} s, of CPU {cpu_s:.2f} s; bound {START_BOUND_S:g}",
        good=wall_s <= START_BOUND_S,
    )


def measure_length(*, rounds: int = 5) -> None:
    """Measure and print what articles cost by their length, and how many are read a second."""
    sources = {f"{source.chars / 1_000:.0f} kB": source for source in map(_Source, COPIES)}
    runs = {name: _make_run(source) for name, source in sources.items()}
    results = race_functions(runs, rounds=rounds, calls=1)
    costs = {name: results[name] / source.chars for name, source in sources.items()}
    base = next(iter(costs.values()))
    lines = [
        Line(name, cpu_ms, costs[name] / base, LINEAR_BOUND) for name, cpu_ms in results.items()
    ]
    print_lines("CPU of the rules by length (ratio of a character's cost to one in 5 kB)", lines)
    speed = 1_000 / next(iter(results.values()))
    print_verdict(
        f"{speed:.0f} articles of 5 kB a second; bound {SPEED_BOUND:g}", good=speed >= SPEED_BOUND
    )


def measure() -> None:
    """Measure and print both."""
    measure_start()
    measure_length()


if __name__ == "__main__":
    measure()
