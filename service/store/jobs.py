"""Jobs: taken, and settled or lost.

Owns the ways between the states of a job that has begun. Each function works within the
transaction that it is given. Instants are the caller's clock: those of machines that share a
database must agree within a few seconds, which leases have room for.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    select,
    update,
)

from schemas.article import Article
from schemas.batch import Source
from schemas.problem import Problem
from service.store.job_rows import UNSETTLED, write_problem
from service.store.outcomes import Job, PutBack, Settlement, Spent
from service.store.tables import batches, jobs

MAX_ATTEMPTS = 5
"""How often a job is begun before it is given up: whoever began it was ended each time."""
LEASE_S = 20.0
"""Seconds after which a job is taken from a worker that gives no sign of life."""
MAX_COUNT = 100_000_000
"""Most tokens that an attempt counts: the sum of all must fit a column of 32 bits."""


def take_jobs(
    connection: Connection, batch_id: str, worker: str, count: int, now: datetime
) -> list[Job]:
    """Take up to ``count`` queued jobs for ``worker``, the oldest first; each attempt is counted.

    Those whose worker gave no sign of life are queued again first, or given up.
    """
    recover_jobs(connection, batch_id, now)
    asked = {"batch_id": batch_id, "now": now, "count": count}
    chosen = connection.scalars(_build_taking(), asked).all()
    return _begin_jobs(connection, chosen, worker, now)


def take_job(connection: Connection, seq: int, worker: str, now: datetime) -> Job | None:
    """Take the job ``seq`` for ``worker``; ``None`` where it is not queued (any more)."""
    batch_id = connection.scalar(select(jobs.c.batch_id).where(jobs.c.seq == seq))
    if batch_id is not None:
        recover_jobs(connection, batch_id, now)
    chosen = (
        select(jobs.c.seq)
        .where(jobs.c.seq == seq, jobs.c.state == "queued")
        .with_for_update(skip_locked=True)
    )
    taken = _begin_jobs(connection, connection.scalars(chosen).all(), worker, now)
    return taken[0] if taken else None


def _begin_jobs(
    connection: Connection, seqs: Sequence[int], worker: str, now: datetime
) -> list[Job]:
    if not seqs:
        return []
    begun = connection.execute(
        update(jobs)
        .where(jobs.c.seq.in_(seqs))
        .values(
            state="running",
            attempts=jobs.c.attempts + 1,
            worker=worker,
            leased_until=now + timedelta(seconds=LEASE_S),
        )
        .returning(jobs.c.seq, jobs.c.source, jobs.c.article, jobs.c.attempts)
    )
    return sorted((_read_job(row) for row in begun), key=lambda job: job.seq)


def _read_job(row: Row[*tuple[Any, ...]]) -> Job:
    article = None if row.article is None else zlib.decompress(row.article)
    return Job(
        row.seq,
        Source.model_validate_json(row.source),
        None if article is None else Article.model_validate_json(article),
        row.attempts,
    )


def recover_jobs(connection: Connection, batch_id: str, now: datetime) -> None:
    """Queue jobs of which no worker gives a sign of life; give up those begun often enough."""
    lost = (
        jobs.c.batch_id == batch_id,
        jobs.c.state == "running",
        jobs.c.leased_until < now,
    )
    # Hardly ever is one lost; to look costs a fraction of changing nothing twice.
    if connection.scalar(_build_lost(), {"batch_id": batch_id, "now": now}) is None:
        return
    connection.execute(
        update(jobs)
        .where(*lost, jobs.c.attempts < MAX_ATTEMPTS)
        .values(**UNSETTLED, state=_state_again(), ready_at=now)
    )
    died = Problem(
        type="/problems/dead-job",
        title="Whoever read it ended in the middle",
        status=500,
        detail=f"{MAX_ATTEMPTS} processes were ended, or hung, while they had this article; it is "
        "not tried again by itself",
    )
    connection.execute(
        update(jobs)
        .where(*lost)
        .values({**UNSETTLED, "state": "dead", "settled_at": now, "problem": write_problem(died)})
    )


def _state_again() -> ColumnElement[str]:
    """Return the state of a job that is not done and goes back to where it came from.

    It is queued, unless its batch was cancelled, or listed anew without it.
    """
    is_wanted = (
        select(batches.c.id)
        .where(
            batches.c.id == jobs.c.batch_id,
            batches.c.state != "cancelled",
            batches.c.round == jobs.c.round,
        )
        .exists()
    )
    return case((is_wanted, "queued"), else_="cancelled")


def extend_leases(connection: Connection, worker: str, seqs: Sequence[int], now: datetime) -> None:
    """Give a sign of life of ``worker``, which has the jobs ``seqs``."""
    until = now + timedelta(seconds=LEASE_S)
    connection.execute(
        update(jobs)
        .where(jobs.c.seq.in_(seqs), jobs.c.worker == worker, jobs.c.state == "running")
        .values(leased_until=until)
    )


def settle_job(connection: Connection, worker: str, one: Settlement, now: datetime) -> None:
    """Note what came of a job; nothing where another worker has taken it over meanwhile."""
    values = {
        **UNSETTLED,
        "state": one.state,
        "settled_at": now,
        "summary_id": one.summary_id,
        "origin": one.origin,
        "problem": write_problem(one.problem),
        **_add_spent(one.spent),
    }
    _change_own(connection, worker, one.seq, values)


def put_back(connection: Connection, worker: str, one: PutBack, now: datetime) -> None:
    """Queue a job again, to be taken when its delay is over."""
    ready_at = now + timedelta(seconds=one.delay_s)
    values = {**UNSETTLED, "state": _state_again(), "ready_at": ready_at, **_add_spent(one.spent)}
    _change_own(connection, worker, one.seq, values)


def release_job(connection: Connection, worker: str, seq: int) -> None:
    """Queue a job again that was taken in vain."""
    values = {**UNSETTLED, "state": _state_again(), "attempts": jobs.c.attempts - 1}
    _change_own(connection, worker, seq, values)


def _change_own(
    connection: Connection, worker: str, seq: int, values: Mapping[str, object]
) -> None:
    own = (jobs.c.seq == seq, jobs.c.worker == worker, jobs.c.state == "running")
    connection.execute(update(jobs).where(*own).values(dict(values)))


@cache
def _build_taking() -> Select[int]:
    """Return the query for queued jobs, built once: that costs more than to run it."""
    # The order is the index's own: a sort of all that is queued would be made at every call.
    return (
        select(jobs.c.seq)
        .where(
            jobs.c.batch_id == bindparam("batch_id"),
            jobs.c.state == "queued",
            jobs.c.ready_at <= bindparam("now"),
        )
        .order_by(jobs.c.ready_at, jobs.c.seq)
        .limit(bindparam("count"))
        .with_for_update(skip_locked=True)
    )


@cache
def _build_lost() -> Select[int]:
    """Return the query for a job of which no worker gives a sign of life; built once as well."""
    return (
        select(jobs.c.seq)
        .where(
            jobs.c.batch_id == bindparam("batch_id"),
            jobs.c.state == "running",
            jobs.c.leased_until < bindparam("now"),
        )
        .limit(1)
    )


def _add_spent(spent: Spent) -> dict[str, object]:
    counts = spent.usage.model_dump()
    return {
        **{name: jobs.c[name] + min(count, MAX_COUNT) for name, count in counts.items()},
        "cost_usd": jobs.c.cost_usd + (spent.cost_usd or 0.0),
        "is_unpriced": jobs.c.is_unpriced if spent.cost_usd is not None else True,
    }
