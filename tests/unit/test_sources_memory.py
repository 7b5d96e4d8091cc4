"""Memory: that of a listing does not grow with what it lists."""

import tracemalloc
from pathlib import Path

import pytest

from service.sources import list_sources
from tests.unit.data_sources import MAX_CHARS, TEXT, write_lines

MOST_GROWTH = 1.3
"""Largest peak for a hundred times as many articles, in parts of the smaller one's."""


def measure(place: Path) -> tuple[int, int]:
    """Return how many articles ``place`` has and the peak of memory in bytes, SQLite's left out.

    SQLite's is bounded by its own cache, beyond which it writes to a temporary file.
    """
    list(list_sources([str(place)], max_chars=MAX_CHARS))[:1]
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


def test_a_hundred_times_as_many_lines_need_no_more_memory(tmp_path: Path) -> None:
    """A JSONL file may have ten gigabytes."""
    few = write_lines(tmp_path / "few.jsonl", ({"text": TEXT, "id": id} for id in range(1_000)))
    many = write_lines(tmp_path / "many.jsonl", ({"text": TEXT, "id": id} for id in range(100_000)))

    check_growth(few, many, 100)


@pytest.fixture
def trees(tmp_path: Path) -> tuple[Path, Path]:
    """Return two trees whose folders have 100 files each: one such folder, and 30 of them."""
    for tree, folders in (("few", 1), ("many", 30)):
        for folder in range(folders):
            place = tmp_path / tree / f"{folder:03}"
            place.mkdir(parents=True)
            for number in range(100):
                (place / f"{number:03}.txt").touch()
    return tmp_path / "few", tmp_path / "many"


def test_thirty_times_as_many_files_need_no_more_memory(trees: tuple[Path, Path]) -> None:
    """The names of one folder are held, not those of all."""
    check_growth(*trees, 30)
