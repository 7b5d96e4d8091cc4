"""Memory: that of a listing does not grow with what it lists."""

import tracemalloc
from itertools import product
from pathlib import Path

from service.sources import list_sources
from tests.unit.data_sources import MAX_CHARS, TEXT, write_lines

MOST_GROWTH = 1.3
"""Largest peak of the larger listing, in parts of the smaller one's."""


def measure(place: Path) -> tuple[int, int]:
    """Return how many articles ``place`` has and the peak of memory in bytes, SQLite's left out.

    SQLite's is bounded by its own cache, beyond which it writes to a temporary file. The lower of
    two peaks counts: paths are interned, and once in a while Python makes room for all of those.
    """
    next(list_sources([str(place)], max_chars=MAX_CHARS))  # what is made once is not counted
    return min(measure_once(place), measure_once(place))


def measure_once(place: Path) -> tuple[int, int]:
    """Return how many articles there are, and the peak of one listing."""
    tracemalloc.start()
    try:
        count = sum(1 for _entry in list_sources([str(place)], max_chars=MAX_CHARS))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def check_growth(few: Path, many: Path, times: int) -> None:
    """Compare the peaks of two listings."""
    few_count, few_peak = measure(few)
    many_count, many_peak = measure(many)

    assert many_count == times * few_count
    assert many_peak < MOST_GROWTH * few_peak


def write_numbered(path: Path, count: int) -> Path:
    """Return a JSONL file of ``count`` articles with names of their own."""
    return write_lines(path, ({"text": TEXT, "id": number} for number in range(count)))


def test_three_times_as_many_lines_need_no_more_memory(tmp_path: Path) -> None:
    """A JSONL file may have ten gigabytes; names of lines are not held either."""
    # Python keeps up to 2,000 tuples for later use: with fewer lines only these would be measured.
    few = write_numbered(tmp_path / "few.jsonl", 2_000)
    many = write_numbered(tmp_path / "many.jsonl", 6_000)

    check_growth(few, many, 3)


def write_tree(tree: Path, years: int) -> Path:
    """Return a tree of five folders a year with 50 files each."""
    for year, month, number in product(range(years), range(5), range(50)):
        place = tree / f"{year:03}" / f"{month:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:03}.txt").touch()
    return tree


def test_five_times_as_many_files_need_no_more_memory(tmp_path: Path) -> None:
    """The names of one folder are held, not those of all."""
    few = write_tree(tmp_path / "few", 1)
    many = write_tree(tmp_path / "many", 5)

    check_growth(few, many, 5)
