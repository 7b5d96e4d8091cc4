"""Jobs that wait to be taken, as those see them who hand them to workers elsewhere.

Owns the order of waiting. How a job is taken, and what becomes of it, stands in ``jobs``.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, literal, select, tuple_

from service.store.tables import jobs


class Waiting(NamedTuple):
    """A queued job's place in the order of waiting."""

    ready_at: datetime
    """When it was queued, or may be taken again."""
    seq: int


def find_waiting(
    connection: Connection,
    batch_id: str,
    round_: int,
    after: Waiting | None,
    count: int,
    now: datetime,
) -> list[Waiting]:
    """Return up to ``count`` jobs that can be taken now, the oldest first, behind ``after``."""
    place = tuple_(jobs.c.ready_at, jobs.c.seq)
    query = select(jobs.c.ready_at, jobs.c.seq).where(
        jobs.c.batch_id == batch_id,
        jobs.c.state == "queued",
        jobs.c.ready_at <= now,
        jobs.c.round == round_,
    )
    if after is not None:
        last = (literal(after.ready_at, jobs.c.ready_at.type), literal(after.seq, jobs.c.seq.type))
        query = query.where(place > tuple_(*last))
    found = connection.execute(query.order_by(jobs.c.ready_at, jobs.c.seq).limit(count))
    return [Waiting(row.ready_at, row.seq) for row in found]


def is_open(connection: Connection, seq: int) -> bool:
    """Say whether the job ``seq`` is queued or running."""
    state = connection.scalar(select(jobs.c.state).where(jobs.c.seq == seq))
    return state in ("queued", "running")


def has_running(connection: Connection, batch_id: str) -> bool:
    """Say whether a worker has a job of the batch."""
    chosen = (jobs.c.batch_id == batch_id, jobs.c.state == "running")
    return connection.scalar(select(jobs.c.seq).where(*chosen).limit(1)) is not None
