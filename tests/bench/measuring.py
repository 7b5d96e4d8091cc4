"""How CPU is measured: several contestants, interleaved, the median of many rounds.

Owns the notion of a fair comparison on a noisy machine. Knows nothing of what is measured.
"""

import gc
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a report: a name, milliseconds of CPU, and what it is held against."""

    name: str
    cpu_ms: float
    ratio: float | None = None
    bound: float | None = None


def take_median(samples: list[float]) -> float:
    """Return the median of ``samples``, seconds in and milliseconds out."""
    return statistics.median(samples) * 1_000


async def race(
    contestants: Mapping[str, Callable[[], Awaitable[object]]], *, rounds: int, calls: int
) -> dict[str, float]:
    """Return CPU milliseconds a call for each contestant; they take turns, round by round."""
    samples: dict[str, list[float]] = {name: [] for name in contestants}
    for call in contestants.values():
        await call()
    for _ in range(rounds):
        for name, call in contestants.items():
            gc.collect()
            started = time.process_time()
            for _ in range(calls):
                await call()
            samples[name].append((time.process_time() - started) / calls)
    return {name: take_median(times) for name, times in samples.items()}


def race_functions(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int, calls: int
) -> dict[str, float]:
    """Return CPU milliseconds a call for each function; they take turns, round by round."""
    samples: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, function in contestants.items():
            gc.collect()
            started = time.process_time()
            for _ in range(calls):
                function()
            samples[name].append((time.process_time() - started) / calls)
    return {name: take_median(times) for name, times in samples.items()}


def race_processes(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int
) -> dict[str, float]:
    """Return CPU milliseconds of the child processes that each contestant starts and ends."""
    samples: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, start in contestants.items():
            before = _read_children_s()
            start()
            samples[name].append(_read_children_s() - before)
    return {name: take_median(times) for name, times in samples.items()}


def _read_children_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def print_verdict(sentence: str, *, good: bool) -> None:
    """Print what was measured against its bound, and whether that holds."""
    print(f"  {sentence}: {'held' if good else 'MISSED'}")  # noqa: T201  # a command's voice


def print_lines(title: str, lines: list[Line]) -> None:
    """Print a report to standard output."""
    print(f"\n{title}")  # noqa: T201  # a command's voice
    for line in lines:
        ratio = "" if line.ratio is None else f"{line.ratio:8.2f} ×"
        verdict = ""
        if line.bound is not None and line.ratio is not None:
            verdict = f"  bound {line.bound:g}: {'held' if line.ratio <= line.bound else 'MISSED'}"
        print(f"  {line.name:<44}{line.cpu_ms:9.2f} ms{ratio}{verdict}")  # noqa: T201  # as above
