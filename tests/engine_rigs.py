"""Both engines of batches, each with whoever does the work, behind one way of running a batch.

Owns what differs between them for a test: who takes jobs, and how a dead worker looks. Knows no
behaviour: that is the conformance suite's matter.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from service.batch.engine import BatchEngine
from service.batch.local import LocalEngine
from service.batch.performing import Performer
from service.batch.scale.engine import ScaleEngine
from service.batch.scale.outbox import Outbox, open_queries
from service.batch.scale.worker import Worker
from service.store import Store
from service.store.batches import BatchHandle, NewBatch
from tests.batch_bench import Bench
from tests.unit.data_batch import BATCH, make_job

PLACES = 4
"""Jobs that one worker does at once, unless said otherwise."""


class Rig(Protocol):
    """An engine, and workers for it."""

    store: Store

    async def submit(self, *names: str) -> BatchHandle:
        """List the jobs ``names`` by the engine, as a further round of the one batch."""

    async def requeue(self, handle: BatchHandle) -> int:
        """Queue what has failed or is dead by the engine."""

    async def run(
        self,
        handle: BatchHandle,
        bench: Bench,
        *,
        places: int = PLACES,
        workers: int = 1,
        stop: asyncio.Event | None = None,
    ) -> None:
        """Have the batch done by so many workers; raise what an engine or worker raises."""

    async def take_as_dead(self, handle: BatchHandle, count: int) -> list[str]:
        """Take jobs as a worker that dies of them at once; return their names."""


class LocalRig:
    """The engine that does the work itself."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def submit(self, *names: str) -> BatchHandle:
        return await _submit(self.store, self._make_engine(Bench(), 1), names)

    async def requeue(self, handle: BatchHandle) -> int:
        return await self._make_engine(Bench(), 1).requeue(handle, ["failed", "dead"])

    async def run(
        self,
        handle: BatchHandle,
        bench: Bench,
        *,
        places: int = PLACES,
        workers: int = 1,
        stop: asyncio.Event | None = None,
    ) -> None:
        engines = [self._make_engine(bench, places) for _ in range(workers)]
        end = stop or asyncio.Event()
        await asyncio.gather(*(engine.run(handle, end) for engine in engines))

    async def take_as_dead(self, handle: BatchHandle, count: int) -> list[str]:
        taken = await self.store.queue.exchange(handle.id, "dead", [], count)
        return [job.source.name for job in taken]

    def _make_engine(self, bench: Bench, places: int) -> LocalEngine:
        performer = Performer(bench.make_tools())
        return LocalEngine(self.store.queue, performer, count_places=lambda: places)


class ScaleRig:
    """The engine that hands over and watches, with workers in the same process."""

    def __init__(self, store: Store, url: str) -> None:
        self.store = store
        self.url = url
        self.topic = "topic"
        self.idle = 0
        self._outbox = Outbox(url, self.topic)
        self.engine = ScaleEngine(store.queue, self._outbox, on_idle=self._note_idle)

    async def close(self) -> None:
        await self._outbox.close()

    async def submit(self, *names: str) -> BatchHandle:
        return await _submit(self.store, self.engine, names)

    async def requeue(self, handle: BatchHandle) -> int:
        return await self.engine.requeue(handle, ["failed", "dead"])

    async def run(
        self,
        handle: BatchHandle,
        bench: Bench,
        *,
        places: int = PLACES,
        workers: int = 1,
        stop: asyncio.Event | None = None,
    ) -> None:
        home = asyncio.Event()
        working = [
            asyncio.ensure_future(self.make_worker(bench, places).run(self.url, home))
            for _ in range(workers)
        ]
        watching = asyncio.ensure_future(self.engine.run(handle, stop or asyncio.Event()))
        await asyncio.wait([watching, *working], return_when=asyncio.FIRST_COMPLETED)
        home.set()
        try:
            await asyncio.gather(*working)
            await watching
        finally:
            watching.cancel()
            await asyncio.gather(watching, *working, return_exceptions=True)

    async def take_as_dead(self, handle: BatchHandle, count: int) -> list[str]:
        async with open_queries(self.url) as queries:
            tickets = await self._pick(queries, count)
        taken = [await self.store.queue.take_one(seq, "dead") for seq in tickets]
        return [job.source.name for job in taken if job is not None]

    async def _pick(self, queries: object, count: int) -> list[int]:
        import uuid

        from pgqueuer.adapters.persistence.queries import Queries
        from pgqueuer.domain.types import QueueEntrypoint, QueueManagerId
        from pgqueuer.ports.repository import EntrypointExecutionParameter

        assert isinstance(queries, Queries)
        found = await queries.dequeue(
            count,
            {QueueEntrypoint(self.topic): EntrypointExecutionParameter(0)},
            QueueManagerId(uuid.uuid4()),
            None,
            timedelta(seconds=1),
        )
        return [int(ticket.payload or b"") for ticket in found]

    def make_worker(self, bench: Bench, places: int = PLACES) -> Worker:
        """Return a worker that does what ``bench`` wants."""
        return Worker(
            self.store.queue,
            Performer(bench.make_tools()),
            topic=self.topic,
            places=places,
        )

    def _note_idle(self) -> None:
        self.idle += 1


async def _submit(store: Store, engine: BatchEngine, names: Sequence[str]) -> BatchHandle:
    handle = await store.queue.open_batch(BATCH, NewBatch("local", "articles/"))
    assert handle is not None
    await engine.submit(handle, [make_job(name) for name in names])
    await store.queue.seal(handle)
    return handle
