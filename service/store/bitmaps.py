"""Sets of rows as whole numbers: bit n of a block's number is its n-th row.

Owns blocks, masks and the comparison of days, all of it arithmetic. Knows no table; the sets are
put together in ``postings``.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache, reduce
from operator import and_
from typing import NamedTuple

BLOCK = 8_192
"""Rows of a block: a full set is 1 kB."""
FULL = (1 << BLOCK) - 1
"""The set of all rows of a block."""
DAY_BITS = date.max.toordinal().bit_length()
"""Bits of a day: 22, for the proleptic ordinal of 9999-12-31."""

Sets = dict[tuple[str, int], int]
"""Rows by facet and block."""


class Place(NamedTuple):
    """Where a row stands."""

    block: int
    offset: int


def find_place(seq: int) -> Place:
    """Return the place of the row ``seq``."""
    return Place(*divmod(seq, BLOCK))


def add_row(sets: Sets, facet: str, seq: int) -> None:
    """Put the row ``seq`` into the set of ``facet``."""
    block, offset = find_place(seq)
    sets[facet, block] = sets.get((facet, block), 0) | 1 << offset


def add_day(sets: Sets, facet: str, seq: int, day: date) -> None:
    """Note the ``day`` of the row ``seq`` under ``facet``.

    The number holds one slice per bit of the day, each as wide as a block: slice n has the rows
    in whose day bit n is set (O'Neil and Quass, Improved Query Performance with Variant Indexes,
    SIGMOD 1997: the bit-sliced index).
    """
    block, offset = find_place(seq)
    sets[facet, block] = sets.get((facet, block), 0) | _slice_day(day) << offset


@lru_cache(64)
def _slice_day(day: date) -> int:
    """Return the slices of the first row of a block; the days of one article are few."""
    ordinal = day.toordinal()
    return sum(1 << n * BLOCK for n in range(DAY_BITS) if ordinal >> n & 1)


def select_since(encoded: bytes, day: date) -> int:
    """Return the rows whose day, noted in ``encoded``, is ``day`` or later.

    From the highest bit down: rows that were equal so far and have a bit that ``day`` lacks are
    later. Rows without a day count as 0, which is before all days.
    """
    ordinal, width = day.toordinal(), BLOCK // 8
    later, equal = 0, FULL
    for n in reversed(range(DAY_BITS)):
        having = int.from_bytes(encoded[n * width : (n + 1) * width], "little")
        if ordinal >> n & 1:
            equal &= having
        else:
            later |= equal & having
            equal &= ~having
    return later | equal


def intersect(sets: Iterable[int]) -> int:
    """Return the rows that are in all of ``sets``; of no sets, all rows."""
    return reduce(and_, sets, FULL)


def cut_above(rows: int, block: int, below: int) -> int:
    """Return those of a block's ``rows`` whose seq is less than ``below``."""
    width = min(max(below - block * BLOCK, 0), BLOCK)
    return rows & (1 << width) - 1


def iterate_down(rows: int, block: int) -> Iterator[int]:
    """Yield the seqs of a block's ``rows``, the highest first."""
    while rows:
        offset = rows.bit_length() - 1
        yield block * BLOCK + offset
        rows ^= 1 << offset


def encode(rows: int) -> bytes:
    """Return ``rows`` as bytes, the lowest first, without empty ones at the end."""
    return rows.to_bytes((rows.bit_length() + 7) // 8, "little")


def decode(encoded: bytes) -> int:
    """Return the rows that ``encode`` wrote."""
    return int.from_bytes(encoded, "little")
