"""Sets of rows as numbers say the same as sets do."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from service.store.bitmaps import (
    BLOCK,
    FULL,
    Sets,
    add_day,
    add_row,
    cut_above,
    decode,
    encode,
    find_place,
    intersect,
    iterate_down,
    select_since,
)

offsets = st.sets(st.integers(0, BLOCK - 1), max_size=20)
"""Rows of the first block."""


def _build_set(rows: set[int]) -> int:
    sets: Sets = {}
    for row in rows:
        add_row(sets, "any", row)
    return sets.get(("any", 0), 0)


def test_rows_of_different_blocks_stay_apart() -> None:
    """A row that slips into the next block would be another row there."""
    sets: Sets = {}

    for seq in (BLOCK - 1, BLOCK):
        add_row(sets, "any", seq)

    assert sets == {("any", 0): 1 << BLOCK - 1, ("any", 1): 1}


def test_place_is_block_and_offset() -> None:
    """The block is half of the key of the table."""
    assert find_place(3 * BLOCK + 5) == (3, 5)


@given(offsets)
def test_what_was_encoded_is_decoded(rows: set[int]) -> None:
    """The bytes are all that the database has."""
    assert decode(encode(_build_set(rows))) == _build_set(rows)


def test_few_rows_at_the_start_are_few_bytes() -> None:
    """Most facets are rare: a whole block for each would fill the disk."""
    assert len(encode(_build_set({0, 9}))) == 2


@given(offsets, st.integers(0, 5))
def test_rows_are_given_from_the_highest_down(rows: set[int], block: int) -> None:
    """The newest row comes first, and each comes once."""
    found = list(iterate_down(_build_set(rows), block))

    assert found == sorted((block * BLOCK + row for row in rows), reverse=True)


@given(st.lists(offsets, max_size=4))
def test_intersection_is_that_of_sets(many: list[set[int]]) -> None:
    """A filter more never brings a row back; no filter takes none away."""
    expected = set(range(BLOCK)).intersection(*many)

    assert intersect(map(_build_set, many)) == _build_set(expected) if many else FULL


@given(offsets, st.integers(-BLOCK, 2 * BLOCK) | st.just(1 << 63))
def test_rows_above_a_bound_are_cut(rows: set[int], distance: int) -> None:
    """The bound is exclusive, and may lie in another block, however far above."""
    block = 7
    below = block * BLOCK + distance

    kept = set(iterate_down(cut_above(_build_set(rows), block, below), block))

    assert kept == {block * BLOCK + row for row in rows if block * BLOCK + row < below}


@given(st.dictionaries(st.integers(0, BLOCK - 1), st.dates(), max_size=10), st.dates())
def test_rows_since_a_day_are_those_of_that_day_and_later(
    days: dict[int, date], since: date
) -> None:
    """The comparison bit by bit must be that of dates, from year 1 to year 9999."""
    sets: Sets = {}
    for row, day in days.items():
        add_day(sets, "day", row, day)

    found = select_since(encode(sets.get(("day", 0), 0)), since)

    assert found == _build_set({row for row, day in days.items() if day >= since})


def test_a_row_without_a_day_is_before_all_days() -> None:
    """Nothing is known of it, so that it is not news of any day."""
    assert select_since(b"", date.min) == 0
