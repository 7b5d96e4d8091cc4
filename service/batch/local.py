"""The engine of one machine: this process takes jobs from the store and does them.

Owns how many are done at once, and the end. Any number of processes may do the
same with one store; what one leaves behind is taken by another, or by the next run.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from schemas.batch import JobState
from service.batch.leases import keep_leases, name_worker
from service.batch.pausing import wait_at_most
from service.batch.performing import Performer
from service.errors import ReadoutError, StoreBusyError, StoreError
from service.store.batches import BatchHandle
from service.store.outcomes import Job, NewJob, Outcome, Released
from service.store.queue import Queue

LOOK_S = 0.5
"""Seconds after which the queue is looked into again where nothing could be taken: others may have
put jobs back, or died."""


class LocalEngine:
    """Does the jobs of a batch in this process: ``service.batch.engine.BatchEngine``."""

    def __init__(
        self,
        queue: Queue,
        performer: Performer,
        *,
        count_places: Callable[[], int],
        on_settled: Callable[[], None] = lambda: None,
    ) -> None:
        """Do up to ``count_places()`` jobs at once; ``on_settled`` hears when any were settled."""
        self._queue = queue
        self._performer = performer
        self._count_places = count_places
        self._on_settled = on_settled
        self._worker = name_worker()
        self._running: dict[asyncio.Task[Outcome], Job] = {}
        self._halt: ReadoutError | None = None
        self._outcomes: list[Outcome] = []
        """What came of jobs and is not in the store yet."""

    async def submit(self, handle: BatchHandle, jobs: Sequence[NewJob]) -> None:
        """Keep ``jobs`` in the store."""
        await self._queue.add(handle, jobs)

    async def requeue(self, handle: BatchHandle, states: Sequence[JobState]) -> int:
        """Queue the jobs in ``states`` again."""
        return await self._queue.requeue(handle.id, states)

    async def run(self, handle: BatchHandle, stop: asyncio.Event) -> None:
        """Do jobs until none is open, ``stop`` is set or the budget is exhausted.

        Being cancelled gives what is in flight back to the queue.
        """
        async with keep_leases(self._queue, self._worker, self._list_seqs):
            try:
                await self._work(handle, stop)
            finally:
                await self._abandon()

    def _list_seqs(self) -> list[int]:
        return [job.seq for job in self._running.values()]

    async def _work(self, handle: BatchHandle, stop: asyncio.Event) -> None:
        is_done = False
        while not is_done:
            try:
                is_done = await self._step(handle, stop)
            except StoreBusyError:
                # What was paid for is in the books; nobody is helped by giving up.
                await asyncio.sleep(LOOK_S)
        if self._halt is not None:
            raise self._halt

    async def _step(self, handle: BatchHandle, stop: asyncio.Event) -> bool:
        """Settle what ended and begin others, then wait for one; say whether nothing is left."""
        wanted = 0 if self._is_ending(stop) else self._count_free()
        if self._outcomes or wanted:
            ended = list(self._outcomes)
            taken = await self._queue.exchange(handle.id, self._worker, ended, wanted)
            self._outcomes.clear()
            self._begin(taken)
            if ended:
                self._on_settled()
        if not self._running:
            if self._is_ending(stop) or await self._queue.finish(handle.id):
                return True
            await wait_at_most(stop, LOOK_S)
        self._outcomes += await self._collect()
        return False

    def _is_ending(self, stop: asyncio.Event) -> bool:
        return stop.is_set() or self._performer.is_exhausted or self._halt is not None

    def _count_free(self) -> int:
        return max(0, self._count_places() - len(self._running))

    def _begin(self, taken: Sequence[Job]) -> None:
        for job in taken:
            self._running[asyncio.ensure_future(self._performer.perform(job))] = job

    async def _collect(self) -> list[Outcome]:
        """Return what came of the jobs that ended; wait for one, where any is in flight."""
        if not self._running:
            return []
        timeout_s = LOOK_S if self._count_free() > 0 else None
        ended, _ = await asyncio.wait(
            self._running, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED
        )
        return [self._conclude(task) for task in ended]

    def _conclude(self, task: asyncio.Task[Outcome]) -> Outcome:
        """Return what came of a job; what every other would meet ends the run, in good order."""
        job = self._running.pop(task)
        try:
            return task.result()
        except ReadoutError as error:
            self._halt = self._halt or error
            return Released(job.seq)

    async def _abandon(self) -> None:
        """Give back what is still in flight; where that fails, others take it when it is due."""
        running, self._running = self._running, {}
        if not running:
            return
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        with suppress(StoreError):
            await self._queue.settle(self._worker, [Released(job.seq) for job in running.values()])
