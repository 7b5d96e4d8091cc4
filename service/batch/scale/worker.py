"""A worker: takes jobs of any batch that are handed over, and does them.

Owns pgqueuer's loop and its supervision. A job is taken in our own table before it is begun, so
that attempts are counted whoever dies; pgqueuer only says which.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as Ticket

from service.batch.leases import keep_leases, name_worker
from service.batch.pausing import wait_at_most
from service.batch.performing import Performer
from service.batch.scale.outbox import NAMES, open_queries
from service.errors import ReadoutError, StoreBusyError, StoreError
from service.store.jobs import LEASE_S
from service.store.outcomes import Job, Outcome, PutBack, Released
from service.store.queue import Queue

LOOK_S = 5.0
"""Seconds after which a worker that has nothing to do asks, if nothing was announced."""
CUT_OFF_S = 2.0
"""Seconds that a worker takes to give back what it has, when it is cut off."""
AWAY_S = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds of waiting for a server that is away, the last one for all that follow."""


class Worker:
    """Does jobs that come by pgqueuer, for one event loop."""

    def __init__(
        self,
        queue: Queue,
        performer: Performer,
        *,
        topic: str,
        places: int,
        on_away: Callable[[StoreBusyError], None] = lambda _error: None,
    ) -> None:
        """Do up to ``places`` jobs of ``topic`` at once.

        ``on_away`` hears each time that the database is waited for.
        """
        self._queue = queue
        self._performer = performer
        self._topic = topic
        self._places = places
        self._free = asyncio.Semaphore(places)
        self._on_away = on_away
        self._name = name_worker()
        self._running: dict[int, asyncio.Task[Outcome]] = {}
        self._ending = asyncio.Event()
        self._halt: ReadoutError | None = None
        self._is_cut_off = False

    async def run(self, url: str, stop: asyncio.Event) -> None:
        """Do what is handed over at ``url``, until ``stop`` is set and nothing is in flight.

        A server that goes away is waited for: pgqueuer's own loop ends then. Raises a
        ``ReadoutError`` that every article would meet; being cancelled gives jobs back.
        """
        relaying = asyncio.ensure_future(_relay(stop, self._ending))
        try:
            async with keep_leases(self._queue, self._name, lambda: list(self._running)):
                await self._supervise(url)
        finally:
            relaying.cancel()
            await self._abandon()
        if self._halt is not None:
            raise self._halt

    async def _supervise(self, url: str) -> None:
        failures = 0
        while not self._ending.is_set():
            try:
                async with open_queries(url) as queries:
                    failures = 0
                    await self._serve(queries)
            except StoreBusyError as error:
                self._on_away(error)
                delay_s = AWAY_S[min(failures, len(AWAY_S) - 1)]
                failures += 1
                await wait_at_most(self._ending, delay_s)

    async def _serve(self, queries: Queries) -> None:
        """Run pgqueuer's loop until it is told to end, or its connection is lost."""
        manager = QueueManager(queries, channel=NAMES.channel)
        manager.entrypoint(self._topic, accepts_context=False)(self._handle)
        relaying = asyncio.ensure_future(_relay(self._ending, manager.shutdown))
        # It asks for room for twice what it takes at once.
        batch_size = max(1, self._places // 2)
        serving = asyncio.ensure_future(
            manager.run(
                dequeue_timeout=timedelta(seconds=LOOK_S),
                batch_size=batch_size,
                max_concurrent_tasks=max(self._places, 2 * batch_size),
                shutdown_on_listener_failure=True,
                heartbeat_timeout=timedelta(seconds=LEASE_S),
                log_aggregation_interval=timedelta(0),
            )
        )
        try:
            # Cancelled itself, it would wait for all that is in flight.
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            await self._cut_off(serving)
            raise
        finally:
            relaying.cancel()

    async def _cut_off(self, serving: asyncio.Task[None]) -> None:
        """Give back what is in flight, in good order where that takes no time."""
        self._is_cut_off = True
        self._ending.set()
        for task in self._running.values():
            task.cancel()
        await asyncio.wait([serving], timeout=CUT_OFF_S)
        serving.cancel()
        await asyncio.wait([serving])

    async def _handle(self, ticket: Ticket) -> None:
        """Do the job of ``ticket``; it is kept where the job has still to be done."""
        assert ticket.payload is not None
        try:
            delay_s = await self._do(int(ticket.payload))
        except StoreError as error:
            if not isinstance(error, StoreBusyError):
                self._end(error)
            delay_s = LEASE_S / 4
        if delay_s is not None:
            raise RetryRequested(timedelta(seconds=delay_s), "to be done later") from None

    async def _do(self, seq: int) -> float | None:
        """Do the job ``seq``; return after how many seconds it must be looked at again.

        ``None`` where it is settled, or has been before.
        """
        async with self._free:
            if self._ending.is_set():
                return 0.0
            job = await self._queue.take_one(seq, self._name)
            if job is None:
                # Another worker has it, or had it and is dead.
                return LEASE_S / 4 if await self._queue.is_open(seq) else None
            performing = asyncio.ensure_future(self._perform(job))
            self._running[seq] = performing
            outcome = await performing
            await self._settle(outcome)
            del self._running[seq]
        match outcome:
            case PutBack():
                return outcome.delay_s
            case Released():
                return 0.0
        return None

    async def _perform(self, job: Job) -> Outcome:
        try:
            return await self._performer.perform(job)
        except ReadoutError as error:
            self._end(error)
        except asyncio.CancelledError:
            if not self._is_cut_off:
                raise
        return Released(job.seq)

    def _end(self, error: ReadoutError) -> None:
        """Take nothing more: every other article would meet the same."""
        self._halt = self._halt or error
        self._ending.set()

    async def _settle(self, outcome: Outcome) -> None:
        """Note what came of a job; a server that is away is waited for, but not for ever.

        What cannot be noted is taken over by another, which finds the reading stored.
        """
        for delay_s in AWAY_S:
            try:
                return await self._queue.settle(self._name, [outcome])
            except StoreBusyError:
                if self._is_cut_off:
                    break
                await asyncio.sleep(delay_s)
        return None

    async def _abandon(self) -> None:
        """Give back what is still in flight; where that fails, others take it when it is due."""
        left, self._running = list(self._running), {}
        with suppress(StoreError):
            await self._queue.settle(self._name, [Released(seq) for seq in left])


async def _relay(source: asyncio.Event, target: asyncio.Event) -> None:
    await source.wait()
    target.set()
