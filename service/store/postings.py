"""The index of the lists: which rows have what, a block of rows at a time.

Owns the table ``postings``. A list may be asked for with all of its filters at once, and hold
100,000 rows of which none fits: to intersect bits costs the same whatever fits, while to walk
the rows of the rarest filter took 30 ms. What a row has never changes and is never taken away;
whether it is ``listed`` does. Knows nothing of items and summaries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Select, Update, bindparam, delete, insert, select, update

from service.store.bitmaps import (
    Sets,
    add_row,
    cut_above,
    decode,
    encode,
    find_place,
    intersect,
    iterate_down,
    select_since,
)
from service.store.tables import postings

Shelf = Literal["items", "summaries"]
LISTED = "listed"
"""The facet of the rows that are in the lists at all."""
_FIRST_WINDOW = 16
"""Blocks that are looked at first, 131,072 rows: most pages are full by then."""
_NEXT_WINDOW = 64
"""Blocks that are looked at together after that."""


class Wanted(NamedTuple):
    """What the rows of a page must have."""

    shelf: Shelf
    facets: tuple[str, ...]
    """All of these."""
    since: date | None
    """The first day that will do; ``None`` for any."""
    day_facet: str
    """The facet under which the days to compare are noted."""


class Search:
    """The rows that have what is wanted, the newest first, a few at a time."""

    def __init__(self, connection: Connection, wanted: Wanted, below: int) -> None:
        """Look for rows with a seq less than ``below``."""
        self._connection = connection
        self._wanted = wanted
        self._below = below
        self._block = find_place(below).block
        # How many blocks to look at next; 0 once the oldest was seen.
        self._window = _FIRST_WINDOW
        self._seqs: Iterator[int] = iter(())

    def take(self, count: int) -> list[int]:
        """Return the next ``count`` seqs, falling; fewer only where there are no more."""
        taken = list(islice(self._seqs, count))
        while len(taken) < count and self._window > 0:
            self._seqs = self._match(self._load_window())
            taken += islice(self._seqs, count - len(taken))
        return taken

    def _load_window(self) -> dict[int, dict[str, bytes]]:
        """Return the bits of the next blocks by facet, the newest block first."""
        wanted, shelf = self._wanted, postings.c.shelf == self._wanted.shelf
        newest = (
            select(postings.c.block)
            .where(shelf, postings.c.facet == LISTED, postings.c.block <= self._block)
            .order_by(postings.c.block.desc())
            .limit(self._window)
        )
        days = () if wanted.since is None else (wanted.day_facet,)
        found = self._connection.execute(
            select(postings.c.block, postings.c.facet, postings.c.bits).where(
                shelf,
                postings.c.facet.in_((LISTED, *wanted.facets, *days)),
                postings.c.block.in_(newest),
            )
        )
        blocks: dict[int, dict[str, bytes]] = defaultdict(dict)
        for block, facet, bits in found:
            blocks[block][facet] = bits
        self._block = min(blocks, default=0) - 1
        self._window = 0 if len(blocks) < self._window else _NEXT_WINDOW
        return dict(sorted(blocks.items(), reverse=True))

    def _match(self, blocks: dict[int, dict[str, bytes]]) -> Iterator[int]:
        for block, bits in blocks.items():
            rows = intersect(decode(bits.get(one, b"")) for one in (LISTED, *self._wanted.facets))
            if rows and self._wanted.since is not None:
                rows &= select_since(bits.get(self._wanted.day_facet, b""), self._wanted.since)
            yield from iterate_down(cut_above(rows, block, self._below), block)


def add_postings(connection: Connection, shelf: Shelf, sets: Sets) -> None:
    """Note that the rows of ``sets`` have its facets, on top of what is noted already."""
    kept = _load(connection, shelf, sets)
    added = {key: rows for key, rows in sets.items() if key not in kept}
    if added:
        connection.execute(
            insert(postings),
            [
                {"shelf": shelf, "facet": facet, "block": block, "bits": encode(rows)}
                for (facet, block), rows in added.items()
            ],
        )
    grown = {key: rows | sets[key] for key, rows in kept.items()}
    _overwrite(connection, shelf, grown)


def list_rows(connection: Connection, shelf: Shelf, seqs: Iterable[int]) -> None:
    """Put the rows ``seqs`` into the lists."""
    add_postings(connection, shelf, _collect_listed(seqs))


def unlist_rows(connection: Connection, shelf: Shelf, seqs: Iterable[int]) -> None:
    """Take the rows ``seqs`` out of the lists; what they have stays noted."""
    sets = _collect_listed(seqs)
    kept = _load(connection, shelf, sets)
    _overwrite(connection, shelf, {key: rows & ~sets[key] for key, rows in kept.items()})


def drop_blocks(connection: Connection, shelf: Shelf, blocks: Collection[int]) -> None:
    """Forget ``blocks``, none of whose rows is left."""
    connection.execute(
        delete(postings).where(postings.c.shelf == shelf, postings.c.block.in_(blocks))
    )


def _collect_listed(seqs: Iterable[int]) -> Sets:
    sets: Sets = {}
    for seq in seqs:
        add_row(sets, LISTED, seq)
    return sets


def _load(connection: Connection, shelf: Shelf, sets: Sets) -> Sets:
    """Return what is noted for the facets and blocks of ``sets``."""
    if not sets:
        return {}
    facets, blocks = ({key[at] for key in sets} for at in (0, 1))
    asked = {"shelf": shelf, "facets": [*facets], "blocks": [*blocks]}
    found = connection.execute(_build_load(), asked)
    # Asked for are all facets in all blocks: some of these pairs may not be in the sets.
    return {(facet, block): decode(bits) for facet, block, bits in found if (facet, block) in sets}


def _overwrite(connection: Connection, shelf: Shelf, sets: Sets) -> None:
    """Write ``sets`` in place of what is noted for their facets and blocks."""
    if not sets:
        return
    written = [
        {"at_shelf": shelf, "at_facet": facet, "at_block": block, "bits": encode(rows)}
        for (facet, block), rows in sets.items()
    ]
    connection.execute(_build_overwrite(), written)


# Built once: that costs more than to run them, and they run with every summary.


@cache
def _build_load() -> Select[str, int, bytes]:
    return select(postings.c.facet, postings.c.block, postings.c.bits).where(
        postings.c.shelf == bindparam("shelf"),
        postings.c.facet.in_(bindparam("facets", expanding=True)),
        postings.c.block.in_(bindparam("blocks", expanding=True)),
    )


@cache
def _build_overwrite() -> Update:
    return update(postings).where(
        postings.c.shelf == bindparam("at_shelf"),
        postings.c.facet == bindparam("at_facet"),
        postings.c.block == bindparam("at_block"),
    )
