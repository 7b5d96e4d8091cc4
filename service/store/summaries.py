"""Summaries and their items, put in and taken out.

Owns the tables ``summaries`` and ``items``, and which summary of an article is the current one.
Each function works within the transaction that it is given; pages are read in ``listing``.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select, update

from schemas.api import SummaryRow
from service.store.bitmaps import BLOCK, Sets, add_day, add_row, find_place
from service.store.entries import SummaryEntry
from service.store.postings import (
    LISTED,
    Shelf,
    add_postings,
    drop_blocks,
    list_rows,
    unlist_rows,
)
from service.store.tables import items, summaries

OWN_DAY = "day"
"""The facet that holds an item's or a summary's own day."""
SUMMARY_DAY = "summary_day"
"""The facet that holds, for an item, the day of its summary."""
_EMBEDDED = "embedded"
"""The engine whose summaries take no other's place."""
_BATCH = 500
"""Articles of one statement; SQLite takes no more than 999 parameters everywhere."""


def find_body(connection: Connection, summary_id: str) -> bytes | None:
    """Return the JSON of a summary, current or not; ``None`` where there is none."""
    found = connection.scalar(_build_body_query(), {"of_id": summary_id})
    return None if found is None else bytes(found)


def insert_summary(connection: Connection, entry: SummaryEntry) -> bytes:
    """Store ``entry`` as the current summary of its article; return the body that is stored.

    Where its id is stored already, nothing changes, and the body is the stored one. What the
    embedded reader found takes no LLM's place: it can be found by id, and is not listed.
    """
    known = find_body(connection, entry.id)
    if known is not None:
        return known
    is_current = entry.engine != _EMBEDDED or not _has_better(connection, entry.article_id)
    if is_current:
        _supersede(connection, entry.article_id)
    seq = _insert_row(connection, entry, is_current=is_current)
    _insert_items(connection, seq, entry, is_current=is_current)
    return entry.body


def _has_better(connection: Connection, article_id: str) -> bool:
    """Say whether the current summary of an article is one that an LLM gave."""
    row = connection.scalar(
        select(summaries.c.row).where(summaries.c.article_id == article_id, summaries.c.is_current)
    )
    return row is not None and SummaryRow.model_validate_json(row).engine != _EMBEDDED


class Removed(NamedTuple):
    """How many rows were deleted."""

    summaries: int
    items: int


def delete_summaries(connection: Connection, chosen: Select[int]) -> Removed:
    """Delete the summaries whose seqs ``chosen`` selects, with their items.

    Where one was the current summary of its article, the newest that is left becomes it.
    """
    found = connection.execute(
        select(summaries.c.seq, summaries.c.article_id).where(summaries.c.seq.in_(chosen))
    )
    articles = {row.seq: row.article_id for row in found}
    item_seqs = _find_items(connection, chosen)
    unlist_rows(connection, "items", item_seqs)
    unlist_rows(connection, "summaries", articles)
    # The items go with them: the foreign key says so.
    connection.execute(delete(summaries).where(summaries.c.seq.in_(chosen)))
    _sweep(connection, "items", item_seqs)
    _sweep(connection, "summaries", articles)
    _promote_heirs(connection, sorted(set(articles.values())))
    return Removed(len(articles), len(item_seqs))


def choose_summary(summary_id: str) -> Select[int]:
    """Return the query for the seq of one summary, and of those that it superseded.

    Where it is the current one of its article, the article is to go: an older summary must not
    take its place in the lists.
    """
    named = summaries.alias()
    article_id = select(named.c.article_id).where(named.c.id == summary_id, named.c.is_current)
    return select(summaries.c.seq).where(
        or_(
            summaries.c.id == summary_id,
            summaries.c.article_id == article_id.scalar_subquery(),
        )
    )


def choose_items(chosen: Select[int]) -> Select[int]:
    """Return the query for the seqs of the items of summaries."""
    return select(items.c.seq).where(items.c.summary_seq.in_(chosen))


def _find_items(connection: Connection, chosen: Select[int]) -> Sequence[int]:
    return connection.scalars(choose_items(chosen)).all()


def _supersede(connection: Connection, article_id: str) -> None:
    """Take the current summary of an article, and its items, out of the lists."""
    seqs = connection.scalars(_build_current_query(), {"of_article": article_id}).all()
    if not seqs:
        return
    chosen = select(summaries.c.seq).where(summaries.c.seq.in_(seqs))
    unlist_rows(connection, "items", _find_items(connection, chosen))
    unlist_rows(connection, "summaries", seqs)
    connection.execute(update(summaries).where(summaries.c.seq.in_(seqs)).values(is_current=False))


def _promote_heirs(connection: Connection, article_ids: Sequence[str]) -> None:
    """Put the newest summary of each article that has no current one back into the lists."""
    for start in range(0, len(article_ids), _BATCH):
        batch = summaries.c.article_id.in_(article_ids[start : start + _BATCH])
        settled = select(summaries.c.article_id).where(batch, summaries.c.is_current)
        heirs = (
            select(func.max(summaries.c.seq))
            .where(batch, summaries.c.article_id.not_in(settled))
            .group_by(summaries.c.article_id)
        )
        seqs = connection.scalars(heirs).all()
        chosen = select(summaries.c.seq).where(summaries.c.seq.in_(seqs))
        list_rows(connection, "items", _find_items(connection, chosen))
        list_rows(connection, "summaries", seqs)
        connection.execute(
            update(summaries).where(summaries.c.seq.in_(seqs)).values(is_current=True)
        )


def _sweep(connection: Connection, shelf: Shelf, seqs: Iterable[int]) -> None:
    """Forget the index of those blocks of the deleted ``seqs`` in which no row is left."""
    seq = {"items": items.c.seq, "summaries": summaries.c.seq}[shelf]
    emptied = []
    for block in {find_place(one).block for one in seqs}:
        inside = seq.between(block * BLOCK, (block + 1) * BLOCK - 1)
        if connection.scalar(select(seq).where(inside).limit(1)) is None:
            emptied.append(block)
    drop_blocks(connection, shelf, emptied)


def _insert_row(connection: Connection, entry: SummaryEntry, *, is_current: bool) -> int:
    """Insert the summary itself, listed if it is current; return its seq."""
    result = connection.execute(
        insert(summaries),
        {
            "id": entry.id,
            "article_id": entry.article_id,
            "is_current": is_current,
            "body": entry.body,
            "row": entry.row,
            "created_at": entry.created_at,
        },
    )
    assert result.inserted_primary_key is not None
    seq: int = result.inserted_primary_key.seq
    sets: Sets = {}
    if is_current:
        add_row(sets, LISTED, seq)
    add_day(sets, OWN_DAY, seq, entry.day)
    add_postings(connection, "summaries", sets)
    return seq


def _insert_items(
    connection: Connection, summary_seq: int, entry: SummaryEntry, *, is_current: bool
) -> None:
    """Insert the items, listed if their summary is; the last one first: see ``tables.items``."""
    entries = entry.items[::-1]
    if not entries:
        return
    connection.execute(
        insert(items), [{"summary_seq": summary_seq, "row": one.row} for one in entries]
    )
    seqs = connection.scalars(_build_items_query(), {"of_summary": summary_seq})
    sets: Sets = {}
    for seq, one in zip(seqs, entries, strict=True):
        for facet in (LISTED, *one.facets) if is_current else one.facets:
            add_row(sets, facet, seq)
        add_day(sets, OWN_DAY, seq, one.day)
        add_day(sets, SUMMARY_DAY, seq, entry.day)
    add_postings(connection, "items", sets)


# Built once: that costs more than to run them, and they run with every summary.


@cache
def _build_body_query() -> Select[bytes]:
    return select(summaries.c.body).where(summaries.c.id == bindparam("of_id"))


@cache
def _build_current_query() -> Select[int]:
    return select(summaries.c.seq).where(
        summaries.c.article_id == bindparam("of_article"), summaries.c.is_current
    )


@cache
def _build_items_query() -> Select[int]:
    return (
        select(items.c.seq)
        .where(items.c.summary_seq == bindparam("of_summary"))
        .order_by(items.c.seq)
    )
