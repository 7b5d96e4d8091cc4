"""CPU of comparing readings with golden fixtures, in one process, as ``readout compare`` does it.

Articles have six lists of 20 items, see ``tests.bench.pairs``; every comparison is kept until the
run is added up, and no article is seen twice. In the worst case no item is paired at sight, and
all 20 × 20 pairs of each list are weighed. The longest list that is let in has 400 items.

A run is measured as it grows, a few articles at a time. It is done twice, and of the same few
articles the quicker time counts: what else the machine does is not to be measured.
"""

import gc
import resource
import sys
import time
from collections.abc import Sequence
from functools import partial

from schemas.comparison import DocumentComparison
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from service.compare.runs import make_comparison
from service.compare.thresholds import MAX_ITEMS
from tests.bench.measuring import Line, print_lines, race_functions
from tests.bench.pairs import Pair, Quality, make_list_pair, make_pair

BOUND = 1.15
"""Most that cost may grow by beyond what grows."""
ITEMS_EACH = 20
_AT_ONCE = 5
"""Pairs that are made, which is not measured, before they are compared; all sizes are multiples."""
_ROUNDS = 2
_TITLES: dict[Quality, str] = {
    "good": "CPU of comparing, one item in ten wrong",
    "poor": "CPU of comparing, each item different",
}


def compare_pair(pair: Pair) -> DocumentComparison:
    """Return the comparison of one pair."""
    return compare_document(pair.fixture, pair.text, find_in_summary(pair.found))


def measure_run(first: int, sizes: Sequence[int], quality: Quality) -> tuple[list[float], ...]:
    """Compare as many articles as the last of ``sizes``, numbered from ``first`` on.

    Returns the CPU seconds of each few articles, and those of adding up a run of each size.
    """
    documents: list[DocumentComparison] = []
    compared_s = []
    gc.collect()
    for number in range(first, first + sizes[-1], _AT_ONCE):
        pairs = [
            make_pair(number + at, items_each=ITEMS_EACH, quality=quality) for at in range(_AT_ONCE)
        ]
        started_s = time.process_time()
        documents += [compare_pair(pair) for pair in pairs]
        compared_s.append(time.process_time() - started_s)
    added_s = []
    for size in sizes:
        started_s = time.process_time()
        make_comparison(documents[:size])
        added_s.append(time.process_time() - started_s)
    return compared_s, added_s


def measure_articles(quality: Quality, sizes: Sequence[int]) -> None:
    """Measure and print runs of ``sizes`` articles, each of them the beginning of the last."""
    measure_run(0, [_AT_ONCE], quality)
    runs = [measure_run(sizes[-1] * (1 + at), sizes, quality) for at in range(_ROUNDS)]
    compared_s, added_s = (
        [min(times) for times in zip(*parts, strict=True)] for parts in zip(*runs, strict=True)
    )
    spent_ms = {
        f"{size:,} articles": (sum(compared_s[: size // _AT_ONCE]) + add_s) * 1_000
        for size, add_s in zip(sizes, added_s, strict=True)
    }
    growth = [size / sizes[0] for size in sizes]
    _print_growth(f"{_TITLES[quality]} (ratio to the first; linear", spent_ms, growth)


def measure_lists(sizes: Sequence[int]) -> None:
    """Measure and print single lists of ``sizes`` items, each of which differs somewhere."""
    pairs = {size: make_list_pair("tariffs", size) for size in sizes}
    results = race_functions(
        {f"{size} × {size} items": partial(compare_pair, pair) for size, pair in pairs.items()},
        rounds=3,
        calls=1,
    )
    growth = [(size / sizes[0]) ** 2 for size in sizes]
    _print_growth("CPU of one list, the worst case (ratio to the first; quadratic", results, growth)


def _print_growth(title: str, spent_ms: dict[str, float], growth: Sequence[float]) -> None:
    base = next(iter(spent_ms.values()))
    lines = [
        Line(name, cpu_ms, cpu_ms / base, factor * BOUND if factor > 1 else None)
        for (name, cpu_ms), factor in zip(spent_ms.items(), growth, strict=True)
    ]
    expected = " and ".join(f"{factor:g}" for factor in growth[1:])
    print_lines(f"{title} is {expected})", lines)


def read_peak_mb() -> float:
    """Return the most memory that this process has held, in megabytes (getrusage(2))."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def measure() -> None:
    """Measure and print."""
    measure_articles("poor", (25, 50, 100))
    measure_lists((100, 200, MAX_ITEMS))
    before_mb = read_peak_mb()
    measure_articles("good", (250, 500, 1_000))
    print(f"  most memory held: {before_mb:.0f} MB before, {read_peak_mb():.0f} MB now")  # noqa: T201  # a command


if __name__ == "__main__":
    measure()
