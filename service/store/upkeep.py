"""What the store holds, and how old readings leave it.

Owns the report and the pruning, each within the transaction that it is given. What was paid stays
in the books for good; only the text of replies goes.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    or_,
    select,
    update,
)

from schemas.books import ModelCosts
from service.store.batches import is_old_batch
from service.store.books import restore_usage
from service.store.migrating import read_version
from service.store.openai_batch_lines import remove_lines
from service.store.summaries import choose_items, delete_summaries
from service.store.tables import batches, calls, items, readings, summaries


class Holdings(NamedTuple):
    """What a ``schemas.books.StoreReport`` says of the tables."""

    readings: int
    summaries: int
    superseded: int
    items: int
    calls: int
    unanswered: int
    unused: int
    pending: int
    oldest: datetime | None
    newest: datetime | None
    costs: list[ModelCosts]
    revision: str


def describe_holdings(connection: Connection) -> Holdings:
    """Return how much of everything there is, and what it cost."""
    created_at = readings.c.created_at
    span = connection.execute(select(func.min(created_at), func.max(created_at)))
    oldest, newest = span.one()
    return Holdings(
        **_count_rows(connection),
        oldest=oldest,
        newest=newest,
        costs=_sum_costs(connection),
        revision=read_version(connection),
    )


def _count_rows(connection: Connection) -> dict[str, int]:
    is_pending = and_(calls.c.state == "answered", calls.c.key.not_in(select(readings.c.key)))
    counts = {
        "readings": select(func.count()).select_from(readings),
        "summaries": select(func.count()).select_from(summaries),
        "superseded": select(func.count()).where(~summaries.c.is_current),
        "items": select(func.count())
        .select_from(items.join(summaries))
        .where(summaries.c.is_current),
        "calls": select(func.count()).select_from(calls),
        "unanswered": select(func.count()).where(calls.c.received_at.is_(None)),
        "unused": select(func.count()).where(calls.c.state == "unused"),
        "pending": select(func.count()).where(is_pending),
    }
    found = connection.execute(
        select(*(count.scalar_subquery().label(name) for name, count in counts.items()))
    )
    return dict(found.mappings().one())


def _sum_costs(connection: Connection) -> list[ModelCosts]:
    """Return what the replies of each model came to, the dearest first, pruned ones included."""
    cost = func.coalesce(func.sum(calls.c.cost_usd), 0.0)
    found = connection.execute(
        select(
            calls.c.model,
            func.count().label("calls"),
            func.sum(calls.c.input_tokens).label("input_tokens"),
            func.sum(calls.c.cached_input_tokens).label("cached_input_tokens"),
            func.sum(calls.c.output_tokens).label("output_tokens"),
            cost.label("cost_usd"),
            (func.count() - func.count(calls.c.cost_usd)).label("unpriced"),
        )
        .where(calls.c.received_at.is_not(None))
        .group_by(calls.c.model)
        .order_by(cost.desc(), calls.c.model)
    )
    return [
        ModelCosts(
            model=row.model,
            calls=row.calls,
            usage=restore_usage(row),
            cost_usd=row.cost_usd,
            unpriced=row.unpriced,
        )
        for row in found
    ]


class Pruned(NamedTuple):
    """How many rows were removed, or would be."""

    readings: int
    summaries: int
    items: int
    replies: int
    batches: int


def count_old(connection: Connection, before: datetime) -> Pruned:
    """Return what ``remove_old`` would remove."""
    chosen = _choose_summaries(before)
    counts = (
        select(func.count()).select_from(readings).where(readings.c.created_at < before),
        select(func.count()).select_from(chosen.subquery()),
        select(func.count()).select_from(choose_items(chosen).subquery()),
        select(func.count()).select_from(calls).where(_is_old_reply(before)),
        select(func.count()).select_from(batches).where(is_old_batch(before)),
    )
    found = connection.execute(select(*(count.scalar_subquery() for count in counts)))
    return Pruned(*found.one())


def remove_old(connection: Connection, before: datetime) -> Pruned:
    """Remove the readings from before that instant, and all that hangs on them.

    That is their summaries, superseded ones included, with their items, and the text of replies
    that came before it and are settled, or whose reading goes. A reply that is still open stays:
    it was paid for, and saves a call when its article is asked for again. What was exported for a
    reading that goes, goes with it; what was not read yet stays. So do batches that are open.
    """
    counted = count_old(connection, before)
    connection.execute(
        update(calls).where(_is_old_reply(before)).values(response=None, state=_settled_state())
    )
    delete_summaries(connection, _choose_summaries(before))
    remove_lines(connection, select(readings.c.key).where(readings.c.created_at < before))
    connection.execute(delete(readings).where(readings.c.created_at < before))
    connection.execute(delete(batches).where(is_old_batch(before)))
    return counted


def _choose_summaries(before: datetime) -> Select[int]:
    return select(summaries.c.seq).where(summaries.c.created_at < before)


def _is_old_reply(before: datetime) -> ColumnElement[bool]:
    going = select(readings.c.key).where(readings.c.created_at < before)
    return and_(
        calls.c.received_at < before,
        calls.c.response.is_not(None),
        or_(calls.c.state != "answered", calls.c.key.in_(going)),
    )


def _settled_state() -> ColumnElement[str]:
    """Return the state of a call without its text; an open one is not taken up again."""
    return case((calls.c.state == "answered", "unused"), else_=calls.c.state)
