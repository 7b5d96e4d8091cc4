"""The queue: batches and their jobs, as those who work on them see it.

Owns transactions and the clock. Statements stand in the modules that own the tables.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from schemas.batch import BatchReport, JobState
from service.store import batches, deliveries, job_listing, jobs, waiting
from service.store.batches import BatchHandle, Kind, NewBatch
from service.store.database import Database
from service.store.outcomes import Delivery, Job, NewJob, Outcome, PutBack, Released, Settlement
from service.store.waiting import Waiting

Result = TypeVar("Result")


def _now() -> datetime:
    return datetime.now(UTC)


class Queue:
    """Batches and jobs in one database; any number of processes may work on them.

    Every method may raise ``StoreError``.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = _now) -> None:
        """Stand on ``database``; ``clock`` gives aware instants."""
        self._database = database
        self._clock = clock

    async def open_batch(
        self, batch_id: str, new: NewBatch, holder: str | None = None
    ) -> BatchHandle | None:
        """Begin a batch, or a further round of one: its jobs are to be listed next.

        ``holder`` holds it for 20 s from now; ``None`` is returned where somebody else does.
        """
        return await self._write(
            batches.open_batch, batch_id=batch_id, new=new, holder=holder, now=self._clock()
        )

    async def note_output(self, batch_id: str, output: str) -> None:
        """Note that results of a batch go to ``output``."""
        await self._write(batches.note_output, batch_id=batch_id, output=output)

    async def add(self, handle: BatchHandle, new: Sequence[NewJob]) -> None:
        """List jobs, whose names differ; those that are done and have not changed stay so."""
        await self._write(
            job_listing.add_jobs,
            batch_id=handle.id,
            round_=handle.round,
            new=new,
            now=self._clock(),
        )

    async def seal(self, handle: BatchHandle) -> None:
        """Note that all jobs of the round are listed: others are no longer to be done."""
        await self._write(batches.seal_batch, handle=handle)

    async def requeue(self, batch_id: str, states: Sequence[JobState]) -> int:
        """Queue the jobs in ``states`` again, and return how many."""
        return await self._write(
            job_listing.requeue_jobs, batch_id=batch_id, states=states, now=self._clock()
        )

    async def exchange(
        self, batch_id: str, worker: str, outcomes: Sequence[Outcome], count: int
    ) -> list[Job]:
        """Note what came of jobs of ``worker``, and take up to ``count`` others, in one go.

        Who gives no sign of life within 20 s loses what was taken.
        """
        return await self._write(
            _exchange,
            batch_id=batch_id,
            worker=worker,
            outcomes=outcomes,
            count=count,
            now=self._clock(),
        )

    async def take_one(self, seq: int, worker: str) -> Job | None:
        """Take the job ``seq``; ``None`` where it is not queued."""
        return await self._write(jobs.take_job, seq=seq, worker=worker, now=self._clock())

    async def find_waiting(
        self, handle: BatchHandle, after: Waiting | None, count: int
    ) -> list[Waiting]:
        """Return up to ``count`` jobs that can be taken now, the oldest first.

        ``after`` is the last one that was returned before; ``None`` for the first.
        """
        work = partial(
            waiting.find_waiting,
            batch_id=handle.id,
            round_=handle.round,
            after=after,
            count=count,
            now=self._clock(),
        )
        return await self._database.read(work)

    async def is_open(self, seq: int) -> bool:
        """Say whether the job ``seq`` is queued or running."""
        return await self._database.read(partial(waiting.is_open, seq=seq))

    async def has_running(self, batch_id: str) -> bool:
        """Say whether a worker has a job of the batch."""
        return await self._database.read(partial(waiting.has_running, batch_id=batch_id))

    async def recover(self, batch_id: str) -> None:
        """Queue jobs of which no worker gives a sign of life; give up those begun often enough."""
        await self._write(jobs.recover_jobs, batch_id=batch_id, now=self._clock())

    async def extend(self, worker: str, seqs: Sequence[int]) -> None:
        """Give a sign of life for the jobs ``seqs`` of ``worker``."""
        await self._write(jobs.extend_leases, worker=worker, seqs=seqs, now=self._clock())

    async def settle(self, worker: str, outcomes: Sequence[Outcome]) -> None:
        """Note what came of jobs of ``worker``."""
        await self._write(_settle, worker=worker, outcomes=outcomes, now=self._clock())

    async def hold(self, batch_id: str, holder: str) -> bool:
        """Hold a batch for 20 s, and say whether that is possible: nobody else holds it."""
        return await self._write(
            batches.hold_batch, batch_id=batch_id, holder=holder, now=self._clock()
        )

    async def let_go(self, batch_id: str, holder: str) -> None:
        """Hold a batch no longer."""
        await self._write(batches.let_go, batch_id=batch_id, holder=holder)

    async def find_deliveries(self, handle: BatchHandle, count: int) -> list[Delivery]:
        """Return up to ``count`` settled jobs that are not delivered, the first settled first."""
        work = partial(
            deliveries.find_deliveries, batch_id=handle.id, round_=handle.round, count=count
        )
        return await self._database.read(work)

    async def find_settled(self, batch_id: str, after: int, count: int) -> list[Delivery]:
        """Return up to ``count`` settled jobs of a batch, in the order of their listing.

        ``after`` is the seq of the last one that was returned before; 0 for the first.
        """
        work = partial(deliveries.find_settled, batch_id=batch_id, after=after, count=count)
        return await self._database.read(work)

    async def drop(self, batch_id: str) -> None:
        """Delete a batch with its jobs; summaries and readings stay."""
        await self._write(batches.delete_batch, batch_id=batch_id)

    async def renew(self, seqs: Sequence[int]) -> None:
        """Queue jobs again whose summaries are no longer there."""
        await self._write(job_listing.renew_jobs, seqs=seqs, now=self._clock())

    async def mark_delivered(self, seqs: Sequence[int]) -> None:
        """Note that jobs were delivered; they are not found again in this round."""
        await self._write(deliveries.mark_delivered, seqs=seqs)

    async def finish(self, batch_id: str) -> bool:
        """Note that a batch is finished where nothing of it is open; say whether it is."""
        return await self._write(batches.finish_batch, batch_id=batch_id, now=self._clock())

    async def cancel(self, batch_id: str) -> bool:
        """Cancel what of a batch has not begun; ``False`` where there is no such batch."""
        return await self._write(batches.cancel_batch, batch_id=batch_id, now=self._clock())

    async def list_open(self, kind: Kind) -> list[BatchHandle]:
        """Return the batches of ``kind`` that have still something to do, the oldest first."""
        return await self._database.read(partial(batches.list_open, kind=kind))

    async def report(self, batch_id: str) -> BatchReport | None:
        """Return how far a batch is; ``None`` where there is none. Its jobs are counted."""
        return await self._database.read(partial(batches.report_batch, batch_id=batch_id))

    async def _write(self, work: Callable[..., Result], **given: object) -> Result:
        def run(connection: Connection) -> Result:
            return work(connection, **given)

        return await self._database.write(run)


def _settle(
    connection: Connection, worker: str, outcomes: Sequence[Outcome], now: datetime
) -> None:
    for one in outcomes:
        match one:
            case Settlement():
                jobs.settle_job(connection, worker, one, now)
            case PutBack():
                jobs.put_back(connection, worker, one, now)
            case Released():
                jobs.release_job(connection, worker, one.seq)


def _exchange(
    connection: Connection,
    *,
    batch_id: str,
    worker: str,
    outcomes: Sequence[Outcome],
    count: int,
    now: datetime,
) -> list[Job]:
    _settle(connection, worker, outcomes, now)
    return jobs.take_jobs(connection, batch_id, worker, count, now) if count else []
