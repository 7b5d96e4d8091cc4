"""Jobs: taken, and settled or lost.

Owns the ways between the states of a job that has begun. Each function works within the
transaction that it is given. Instants are the caller's clock: those of machines that share a
database must agree within a few seconds, which leases have room for.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Row,
    Select,
    Update,
    bindparam,
    case,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from schemas.article import Article
from schemas.batch import Source
from schemas.problem import Problem
from schemas.reading import Usage
from service.store.job_rows import UNSETTLED, write_problem
from service.store.outcomes import Job, PutBack, Settlement, Spent
from service.store.tables import batches, jobs

MAX_ATTEMPTS = 5
"""How often a job is begun before it is given up: whoever began it was ended each time."""
LEASE_S = 20.0
"""Seconds after which a job is taken from a worker that gives no sign of life."""
MAX_COUNT = 100_000_000
"""Most tokens that an attempt counts: the sum of all must fit a column of 32 bits."""
_IS_LOST = (
    jobs.c.batch_id == bindparam("of_batch"),
    jobs.c.state == "running",
    jobs.c.leased_until < bindparam("at"),
)
"""Of whose worker there was no sign of life for longer than its lease."""


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
    values = {"by": worker, "until": now + timedelta(seconds=LEASE_S)}
    begun = connection.execute(_build_beginning(), {"seqs": seqs, **values})
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
    asked = {"of_batch": batch_id, "at": now}
    # Hardly ever is one lost; to look costs a fraction of changing nothing twice.
    if connection.scalar(_build_lost(), asked) is None:
        return
    connection.execute(
        update(jobs)
        .where(*_IS_LOST, jobs.c.attempts < MAX_ATTEMPTS)
        .values(**UNSETTLED, state=_state_again(), ready_at=now),
        asked,
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
        .where(*_IS_LOST)
        .values({**UNSETTLED, "state": "dead", "settled_at": now, "problem": write_problem(died)}),
        asked,
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
        "to_state": one.state,
        "at": now,
        "to_summary_id": one.summary_id,
        "to_origin": one.origin,
        "to_problem": write_problem(one.problem),
    }
    given = {**_name_own(worker, one.seq), **values, **_list_spent(one.spent)}
    connection.execute(_build_settling(), given)


def put_back(connection: Connection, worker: str, one: PutBack, now: datetime) -> None:
    """Queue a job again, to be taken when its delay is over."""
    ready_at = now + timedelta(seconds=one.delay_s)
    values = {**UNSETTLED, "state": _state_again(), "ready_at": ready_at, **_add_spent()}
    given = {**_name_own(worker, one.seq), **_list_spent(one.spent)}
    connection.execute(_change_own().values(values), given)


def release_job(connection: Connection, worker: str, seq: int) -> None:
    """Queue a job again that was taken in vain."""
    values = {**UNSETTLED, "state": _state_again(), "attempts": jobs.c.attempts - 1}
    connection.execute(_change_own().values(values), _name_own(worker, seq))


def _name_own(worker: str, seq: int) -> dict[str, object]:
    return {"of_seq": seq, "of_worker": worker}


def _change_own() -> Update:
    """Return the change of a job that is its worker's still."""
    return update(jobs).where(
        jobs.c.seq == bindparam("of_seq"),
        jobs.c.worker == bindparam("of_worker"),
        jobs.c.state == "running",
    )


def _list_spent(spent: Spent) -> dict[str, object]:
    counts = spent.usage.model_dump()
    return {
        **{f"more_{name}": min(count, MAX_COUNT) for name, count in counts.items()},
        "more_cost_usd": spent.cost_usd or 0.0,
        "has_no_price": spent.cost_usd is None,
    }


def _add_spent() -> dict[str, ColumnElement[Any]]:
    """Return what a row says once what ``_list_spent`` lists is added to it."""
    added = (*Usage.model_fields, "cost_usd")
    return {
        **{name: jobs.c[name] + bindparam(f"more_{name}") for name in added},
        "is_unpriced": or_(jobs.c.is_unpriced, bindparam("has_no_price", type_=Boolean)),
    }


# Built once: that costs more than to run them, and they run with every job.


@cache
def _build_settling() -> Update:
    return _change_own().values(
        {
            **UNSETTLED,
            "state": bindparam("to_state"),
            "settled_at": bindparam("at"),
            "summary_id": bindparam("to_summary_id"),
            "origin": bindparam("to_origin"),
            "problem": bindparam("to_problem"),
            **_add_spent(),
        }
    )


@cache
def _build_beginning() -> ReturningUpdate[*tuple[Any, ...]]:
    return (
        update(jobs)
        .where(jobs.c.seq.in_(bindparam("seqs", expanding=True)))
        .values(
            state="running",
            attempts=jobs.c.attempts + 1,
            worker=bindparam("by"),
            leased_until=bindparam("until"),
        )
        .returning(jobs.c.seq, jobs.c.source, jobs.c.article, jobs.c.attempts)
    )


@cache
def _build_taking() -> Select[int]:
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
    return select(jobs.c.seq).where(*_IS_LOST).limit(1)
