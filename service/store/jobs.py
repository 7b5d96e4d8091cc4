"""Jobs: listed, taken, settled and delivered.

Owns the table ``jobs`` and the ways between the states of a job. Each function works within the
transaction that it is given. Instants are the caller's clock: those of machines that share a
database must agree within a few seconds, which leases have room for.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    or_,
    select,
    update,
)

from schemas.article import Article
from schemas.batch import JobState, Origin, Source
from schemas.problem import Problem
from schemas.reading import Usage
from service.store.books import restore_usage
from service.store.tables import batches, jobs
from service.store.upserts import upsert

MAX_ATTEMPTS = 5
"""How often a job is begun before it is given up: whoever began it was ended each time."""
LEASE_S = 20.0
"""Seconds after which a job is taken from a worker that gives no sign of life."""
MAX_COUNT = 100_000_000
"""Most tokens that an attempt counts: the sum of all must fit a column of 32 bits."""

_UNSPENT: Mapping[str, object] = {
    **dict.fromkeys(Usage.model_fields, 0),
    "cost_usd": 0.0,
    "is_unpriced": False,
}
_UNSETTLED: Mapping[str, object] = {
    "is_delivered": False,
    "worker": None,
    "leased_until": None,
    "settled_at": None,
    "summary_id": None,
    "origin": None,
    "problem": None,
}
"""What the row of a job says that has still to be done."""


class NewJob(NamedTuple):
    """An article to be summarized."""

    source: Source
    article: Article | None = None
    """The article itself, where ``source`` is inline."""
    problem: Problem | None = None
    """Why there is nothing to summarize: the job has failed from the start."""


class Job(NamedTuple):
    """A job that a worker has taken."""

    seq: int
    source: Source
    article: Article | None
    attempts: int
    """How often it was begun, this time included."""


class Spent(NamedTuple):
    """What an attempt at a job has used."""

    usage: Usage = Usage()
    cost_usd: float | None = 0.0
    """US dollars; ``None`` where the model's price is not known."""


class Settlement(NamedTuple):
    """What came of a job."""

    seq: int
    state: JobState
    """``done`` or ``failed``."""
    summary_id: str | None = None
    origin: Origin | None = None
    problem: Problem | None = None
    spent: Spent = Spent()


class PutBack(NamedTuple):
    """A job that may go better later."""

    seq: int
    delay_s: float
    """Seconds after which it may be taken again."""
    spent: Spent = Spent()


class Released(NamedTuple):
    """A job that was taken in vain: the attempt does not count."""

    seq: int


Outcome = Settlement | PutBack | Released
"""How a worker comes to be rid of a job."""


class Delivery(NamedTuple):
    """A job that is settled, for whoever collects results."""

    seq: int
    name: str
    state: JobState
    summary_id: str | None
    problem: Problem | None
    origin: Origin | None
    spent: Spent
    settled_at: datetime | None = None


def add_jobs(
    connection: Connection, batch_id: str, round_: int, new: Sequence[NewJob], now: datetime
) -> None:
    """List ``new`` jobs of a batch; those that are known by name are listed again.

    A known one is to be done anew where its stamp differs or it was cancelled; else it stays as
    it is. All of them are to be delivered again. The names of ``new`` differ.
    """
    if not new:
        return
    statement = upsert(connection, jobs)
    given = statement.excluded
    is_stale = or_(jobs.c.stamp != given.stamp, jobs.c.state == "cancelled")
    changes = {name: case((is_stale, given[name]), else_=jobs.c[name]) for name in _RENEWED}
    kept = {"round": given.round, "is_delivered": False, "article": given.article}
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[jobs.c.batch_id, jobs.c.name], set_={**changes, **kept}
        ),
        [_write_job(batch_id, round_, one, now) for one in new],
    )


_RENEWED = (
    "source",
    "stamp",
    "state",
    "attempts",
    "ready_at",
    "worker",
    "leased_until",
    "settled_at",
    "summary_id",
    "origin",
    "problem",
    "input_tokens",
    "cached_input_tokens",
    "output_tokens",
    "cost_usd",
    "is_unpriced",
)


def _write_job(batch_id: str, round_: int, new: NewJob, now: datetime) -> dict[str, object]:
    article = new.article.model_dump_json().encode() if new.article else None
    failed = new.problem is not None
    return {
        **_UNSETTLED,
        **_UNSPENT,
        "batch_id": batch_id,
        "name": new.source.name,
        "round": round_,
        "source": new.source.model_dump_json(exclude_none=True).encode(),
        "stamp": new.source.stamp,
        "article": None if article is None else zlib.compress(article),
        "state": "failed" if failed else "queued",
        "attempts": 0,
        "ready_at": now,
        "settled_at": now if failed else None,
        "problem": _write_problem(new.problem),
    }


def retire_jobs(connection: Connection, batch_id: str, round_: int) -> None:
    """Cancel what is queued and was not listed in ``round_``."""
    chosen = (jobs.c.batch_id == batch_id, jobs.c.round != round_, jobs.c.state == "queued")
    connection.execute(update(jobs).where(*chosen).values(state="cancelled"))


def cancel_jobs(connection: Connection, batch_id: str) -> None:
    """Cancel what is queued; what runs goes on to its end."""
    chosen = (jobs.c.batch_id == batch_id, jobs.c.state == "queued")
    connection.execute(update(jobs).where(*chosen).values(state="cancelled"))


def requeue_jobs(
    connection: Connection, batch_id: str, states: Sequence[JobState], now: datetime
) -> int:
    """Queue the jobs in ``states`` again as if they had never been begun; return how many."""
    chosen = (jobs.c.batch_id == batch_id, jobs.c.state.in_(states), ~_IS_FAULT)
    return connection.execute(update(jobs).where(*chosen).values(_renew(now))).rowcount


def renew_jobs(connection: Connection, seqs: Sequence[int], now: datetime) -> None:
    """Queue jobs again whose summaries are no longer there."""
    connection.execute(update(jobs).where(jobs.c.seq.in_(seqs)).values(_renew(now)))


def _renew(now: datetime) -> dict[str, object]:
    return {**_UNSETTLED, **_UNSPENT, "state": "queued", "attempts": 0, "ready_at": now}


_IS_FAULT = jobs.c.stamp == ""
"""A source that could not even be listed has no stamp; there is nothing to try again."""


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
        .values(**_UNSETTLED, state=_state_again(), ready_at=now)
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
        .values({**_UNSETTLED, "state": "dead", "settled_at": now, "problem": _write_problem(died)})
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
        **_UNSETTLED,
        "state": one.state,
        "settled_at": now,
        "summary_id": one.summary_id,
        "origin": one.origin,
        "problem": _write_problem(one.problem),
        **_add_spent(one.spent),
    }
    _change_own(connection, worker, one.seq, values)


def put_back(connection: Connection, worker: str, one: PutBack, now: datetime) -> None:
    """Queue a job again, to be taken when its delay is over."""
    ready_at = now + timedelta(seconds=one.delay_s)
    values = {**_UNSETTLED, "state": _state_again(), "ready_at": ready_at, **_add_spent(one.spent)}
    _change_own(connection, worker, one.seq, values)


def release_job(connection: Connection, worker: str, seq: int) -> None:
    """Queue a job again that was taken in vain."""
    values = {**_UNSETTLED, "state": _state_again(), "attempts": jobs.c.attempts - 1}
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


def _write_problem(problem: Problem | None) -> bytes | None:
    return None if problem is None else problem.model_dump_json(exclude_none=True).encode()
