"""Pages of the two lists.

Owns the reading of pages, within the transaction that is given. What is served was made when the
summary was stored: rows are joined here, never parsed.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from schemas.api import PageQuery
from service.store.cursors import END, ListKind, write_cursor
from service.store.entries import find_first_day, name_filters
from service.store.postings import Search, Wanted
from service.store.summaries import OWN_DAY, SUMMARY_DAY
from service.store.tables import items, summaries

_ITEMS_PER_SUMMARY = 4
"""How many fitting items are expected of a summary; a guess that only decides on batches."""
_MAX_BATCH = 900
"""Most items of one statement; SQLite takes no more than 999 parameters everywhere."""


def read_item_page(connection: Connection, query: PageQuery, below: int) -> bytes:
    """Return the JSON of the ItemPage of the items with a seq less than ``below``."""
    wanted = Wanted("items", name_filters(query), _find_since(query), OWN_DAY)
    seqs = Search(connection, wanted, below).take(query.limit + 1)
    return _read_page(connection, "items", seqs, query.limit)


def read_summary_page(connection: Connection, query: PageQuery, below: int) -> bytes:
    """Return the JSON of the SummaryPage of the summaries with a seq less than ``below``."""
    facets = name_filters(query)
    if facets:
        wanted = Wanted("items", facets, _find_since(query), SUMMARY_DAY)
        seqs = _find_by_items(connection, wanted, below, query.limit + 1)
    else:
        wanted = Wanted("summaries", (), _find_since(query), OWN_DAY)
        seqs = Search(connection, wanted, below).take(query.limit + 1)
    return _read_page(connection, "summaries", seqs, query.limit)


def _find_since(query: PageQuery) -> date | None:
    return None if query.since is None else find_first_day(query.since)


def _find_by_items(connection: Connection, wanted: Wanted, below: int, count: int) -> list[int]:
    """Return ``count`` seqs of summaries with an item that is wanted, falling.

    Items stand in the order of their summaries: these are met one after the other.
    """
    search = Search(connection, wanted, _find_first_item_above(connection, below))
    found: list[int] = []
    while len(found) < count:
        batch = search.take(min(_ITEMS_PER_SUMMARY * count, _MAX_BATCH))
        if not batch:
            break
        owners = connection.scalars(
            select(items.c.summary_seq).where(items.c.seq.in_(batch)).distinct()
        )
        found += sorted(set(owners) - set(found[-1:]), reverse=True)
    return found[:count]


def _find_first_item_above(connection: Connection, below: int) -> int:
    """Return a seq that bounds the items of summaries with a seq less than ``below``."""
    if below == END:
        return END
    last = connection.scalar(
        select(items.c.seq)
        .where(items.c.summary_seq < below)
        .order_by(items.c.summary_seq.desc(), items.c.seq.desc())
        .limit(1)
    )
    return 0 if last is None else last + 1


def _read_page(connection: Connection, kind: ListKind, seqs: Sequence[int], limit: int) -> bytes:
    """Return the JSON of the page of ``seqs``, of which one too many says that more follow."""
    table = {"items": items, "summaries": summaries}[kind]
    shown = seqs[:limit]
    rows = connection.scalars(
        select(table.c.row).where(table.c.seq.in_(shown)).order_by(table.c.seq.desc())
    )
    following = f'"{write_cursor(kind, shown[-1])}"' if len(seqs) > limit else "null"
    return b'{"items":[%s],"next":%s}' % (b",".join(rows), following.encode())
