"""Jobs that are settled, for whoever collects results.

Owns their order and what was delivered. Each function works within the transaction that it is
given.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from schemas.problem import Problem
from service.store.books import restore_usage
from service.store.outcomes import Delivery, Spent
from service.store.tables import batches, jobs


def find_deliveries(
    connection: Connection, batch_id: str, round_: int, count: int
) -> list[Delivery]:
    """Return up to ``count`` settled jobs that are not delivered yet, the first settled first."""
    found = connection.execute(
        select(jobs)
        .where(
            jobs.c.batch_id == batch_id,
            jobs.c.is_delivered.is_(False),
            jobs.c.settled_at.is_not(None),
            jobs.c.round == round_,
        )
        .order_by(jobs.c.settled_at, jobs.c.seq)
        .limit(count)
    )
    return [_read_delivery(row) for row in found]


def find_settled(connection: Connection, batch_id: str, after: int, count: int) -> list[Delivery]:
    """Return up to ``count`` jobs of a batch's last round that are settled, by their seq."""
    last_round = select(batches.c.round).where(batches.c.id == batch_id).scalar_subquery()
    found = connection.execute(
        select(jobs)
        .where(
            jobs.c.batch_id == batch_id,
            jobs.c.seq > after,
            jobs.c.settled_at.is_not(None),
            jobs.c.round == last_round,
        )
        .order_by(jobs.c.seq)
        .limit(count)
    )
    return [_read_delivery(row) for row in found]


def _read_delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    problem = None if row.problem is None else Problem.model_validate_json(row.problem)
    spent = Spent(restore_usage(row), None if row.is_unpriced else row.cost_usd)
    known = (row.seq, row.name, row.state, row.summary_id, problem, row.origin)
    return Delivery(*known, spent, row.settled_at)


def mark_delivered(connection: Connection, seqs: Sequence[int]) -> None:
    """Note that jobs were delivered."""
    connection.execute(update(jobs).where(jobs.c.seq.in_(seqs)).values(is_delivered=True))
