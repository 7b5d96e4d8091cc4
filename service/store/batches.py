"""Batches: opened, held, reported and ended.

Owns the table ``batches`` and what is counted over its jobs. Each function works within the
transaction that it is given.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from schemas.batch import BatchReport, JobCounts
from schemas.reading import Usage
from service.store.job_listing import cancel_jobs, retire_jobs
from service.store.jobs import LEASE_S
from service.store.tables import batches, jobs

Kind = Literal["local", "served"]
"""``local`` batches are run by a command, ``served`` ones, sent over HTTP, by the service."""

_OPEN_STATES = ("queued", "running")
_TOKENS = tuple(Usage.model_fields)


class BatchHandle(NamedTuple):
    """A batch, as those who work on it know it."""

    id: str
    round: int
    """How often its jobs have been listed, this time included."""
    outputs: tuple[str, ...] = ()
    """Where results of rounds before went."""


class NewBatch(NamedTuple):
    """What is said of a batch when it is begun."""

    kind: Kind
    title: str
    """What it is of, in words."""


def open_batch(
    connection: Connection, batch_id: str, new: NewBatch, holder: str | None, now: datetime
) -> BatchHandle | None:
    """Begin a batch, or a further round of one; what was cancelled goes on.

    ``holder`` holds it for some seconds then. ``None`` where somebody else does: nothing changes.
    """
    query = select(batches).where(batches.c.id == batch_id).with_for_update()
    known = connection.execute(query).one_or_none()
    until = None if holder is None else now + timedelta(seconds=LEASE_S)
    begun = {"state": "listing", "holder": holder, "held_until": until, **new._asdict()}
    if known is None:
        values = {"id": batch_id, "round": 1, "created_at": now, "outputs": b"[]", **begun}
        connection.execute(insert(batches).values(values))
        return BatchHandle(batch_id, 1)
    if known.holder not in (None, holder) and known.held_until >= now:
        return None
    values = {"finished_at": None, "round": known.round + 1, **begun}
    connection.execute(update(batches).where(batches.c.id == batch_id).values(values))
    return BatchHandle(batch_id, known.round + 1, _read_outputs(known.outputs))


def note_output(connection: Connection, batch_id: str, output: str) -> None:
    """Note that results of a batch go to ``output``, which is the batch's own from now on."""
    own = batches.c.id == batch_id
    known = connection.scalar(select(batches.c.outputs).where(own))
    outputs = dict.fromkeys([*_read_outputs(known or b"[]"), output])
    body = json.dumps(list(outputs)).encode()
    connection.execute(update(batches).where(own).values(outputs=body))


def _read_outputs(body: bytes) -> tuple[str, ...]:
    return tuple(json.loads(body))


def seal_batch(connection: Connection, handle: BatchHandle) -> None:
    """Note that all jobs of the round are listed: others are no longer to be done."""
    retire_jobs(connection, handle.id, handle.round)
    connection.execute(
        update(batches)
        .where(batches.c.id == handle.id, batches.c.state == "listing")
        .values(state="open")
    )


def hold_batch(connection: Connection, batch_id: str, holder: str, now: datetime) -> bool:
    """Hold a batch for some seconds, and say whether that is possible: nobody else holds it."""
    is_free = or_(
        batches.c.holder.is_(None), batches.c.holder == holder, batches.c.held_until < now
    )
    until = now + timedelta(seconds=LEASE_S)
    held = connection.execute(
        update(batches)
        .where(batches.c.id == batch_id, is_free)
        .values(holder=holder, held_until=until)
    )
    return held.rowcount > 0


def let_go(connection: Connection, batch_id: str, holder: str) -> None:
    """Hold a batch no longer."""
    connection.execute(
        update(batches)
        .where(batches.c.id == batch_id, batches.c.holder == holder)
        .values(holder=None, held_until=None)
    )


def finish_batch(connection: Connection, batch_id: str, now: datetime) -> bool:
    """Note that a batch is finished where none of its jobs is open; say whether that is so."""
    listing = select(batches.c.id).where(batches.c.id == batch_id, batches.c.state == "listing")
    if connection.scalar(listing) is not None:
        return False
    still_open = (
        select(jobs.c.seq)
        .where(jobs.c.batch_id == batch_id, jobs.c.state.in_(_OPEN_STATES))
        .limit(1)
    )
    if connection.scalar(still_open) is not None:
        return False
    connection.execute(
        update(batches)
        .where(batches.c.id == batch_id, batches.c.finished_at.is_(None))
        .values(
            finished_at=now,
            state=case((batches.c.state == "cancelled", "cancelled"), else_="finished"),
        )
    )
    return True


def cancel_batch(connection: Connection, batch_id: str, now: datetime) -> bool:
    """Cancel what of a batch has not begun; ``False`` where there is no such batch."""
    changed = connection.execute(
        update(batches)
        .where(batches.c.id == batch_id, batches.c.state != "finished")
        .values(state="cancelled")
    )
    if changed.rowcount:
        cancel_jobs(connection, batch_id)
        finish_batch(connection, batch_id, now)
    return has_batch(connection, batch_id)


def has_batch(connection: Connection, batch_id: str) -> bool:
    """Say whether there is a batch of that id."""
    return connection.scalar(select(batches.c.id).where(batches.c.id == batch_id)) is not None


def delete_batch(connection: Connection, batch_id: str) -> None:
    """Delete a batch with its jobs; summaries and readings stay."""
    connection.execute(delete(batches).where(batches.c.id == batch_id))


def is_old_batch(before: datetime) -> ColumnElement[bool]:
    """Return whether a batch ended before that instant, or its listing never did."""
    was_cut_off = and_(batches.c.state == "listing", batches.c.created_at < before)
    return or_(batches.c.finished_at < before, was_cut_off)


def list_open(connection: Connection, kind: Kind) -> list[BatchHandle]:
    """Return the batches of a kind that have still something to do, the oldest first."""
    found = connection.execute(
        select(batches.c.id, batches.c.round)
        .where(
            batches.c.kind == kind,
            batches.c.finished_at.is_(None),
            batches.c.state != "listing",
        )
        .order_by(batches.c.created_at, batches.c.id)
    )
    return [BatchHandle(row.id, row.round) for row in found]


def report_batch(connection: Connection, batch_id: str) -> BatchReport | None:
    """Return how far a batch is; ``None`` where there is no such batch.

    Takes a time that grows with its jobs: they are counted.
    """
    batch = connection.execute(select(batches).where(batches.c.id == batch_id)).one_or_none()
    if batch is None:
        return None
    found = connection.execute(
        select(
            jobs.c.state,
            func.count().label("number"),
            func.sum(case((jobs.c.origin != "read", 1), else_=0)).label("hits"),
            func.sum(jobs.c.cost_usd).label("cost_usd"),
            func.sum(case((jobs.c.is_unpriced, 1), else_=0)).label("unpriced"),
            *(func.sum(jobs.c[name]).label(name) for name in _TOKENS),
        )
        .where(jobs.c.batch_id == batch_id, jobs.c.round == batch.round)
        .group_by(jobs.c.state)
    )
    return _make_report(batch, found.all())


def _make_report(
    batch: Row[*tuple[Any, ...]], rows: Sequence[Row[*tuple[Any, ...]]]
) -> BatchReport:
    counts = {row.state: row.number for row in rows}
    by_state = {name: counts.get(name, 0) for name in JobCounts.model_fields}
    hits = sum(int(row.hits or 0) for row in rows if row.state == "done")
    return BatchReport(
        id=batch.id,
        state=batch.state,
        created_at=batch.created_at,
        finished_at=batch.finished_at,
        counts=JobCounts(**{**by_state, "total": sum(counts.values()), "hits": hits}),
        usage=Usage(**{name: sum(int(getattr(row, name)) for row in rows) for name in _TOKENS}),
        cost_usd=sum(float(row.cost_usd) for row in rows),
        unpriced=sum(int(row.unpriced) for row in rows),
    )
