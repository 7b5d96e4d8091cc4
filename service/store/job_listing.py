"""Jobs that are listed, and listed again: what of a batch has to be done.

Owns the ways into the queue, and out of it before anything was begun. Each function works within
the transaction that it is given.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, case, or_, update

from schemas.batch import JobState
from service.store.job_rows import UNSETTLED, UNSPENT, write_problem
from service.store.outcomes import NewJob
from service.store.tables import jobs
from service.store.upserts import upsert


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


_RENEWED = ("source", "stamp", "state", "attempts", "ready_at", *UNSETTLED, *UNSPENT)


def _write_job(batch_id: str, round_: int, new: NewJob, now: datetime) -> dict[str, object]:
    article = new.article.model_dump_json().encode() if new.article else None
    failed = new.problem is not None
    return {
        **UNSETTLED,
        **UNSPENT,
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
        "problem": write_problem(new.problem),
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
    return {**UNSETTLED, **UNSPENT, "state": "queued", "attempts": 0, "ready_at": now}


_IS_FAULT = jobs.c.stamp == ""
"""A source that could not even be listed has no stamp; there is nothing to try again."""
