"""A batch run to its end: its jobs done, its results collected.

Owns how the two go side by side, and that nobody else does the same: a batch is held while it runs.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from service.batch.collecting import Collector, Tell
from service.batch.engine import BatchEngine
from service.batch.leases import BEAT_S, name_worker, run_beside
from service.errors import BatchHeldError, StoreError
from service.store.batches import BatchHandle, NewBatch
from service.store.jobs import LEASE_S
from service.store.queue import Queue

LOOK_S = 1.0
"""Seconds between two tries to hold a batch that another process holds."""


@asynccontextmanager
async def open_batch(
    queue: Queue, batch_id: str, new: NewBatch, stop: asyncio.Event
) -> AsyncIterator[BatchHandle]:
    """Begin the batch, or a further round of it, and hold it for as long as the context lasts.

    Who holds it may have been killed: that is waited for, some 20 seconds. Raises
    ``BatchHeldError`` where another process holds it still. Where it is lost all the same, as when
    the machine was asleep, ``stop`` is set.
    """
    holder = name_worker()
    handle = await _wait_for_batch(queue, batch_id, new, holder)
    try:
        async with run_beside(_keep_hold(queue, batch_id, holder, stop)):
            yield handle
    finally:
        with suppress(StoreError):
            await queue.let_go(batch_id, holder)


async def _wait_for_batch(queue: Queue, batch_id: str, new: NewBatch, holder: str) -> BatchHandle:
    waited_s = 0.0
    while (handle := await queue.open_batch(batch_id, new, holder)) is None:
        if waited_s > LEASE_S:
            raise BatchHeldError("another process runs this batch; wait until it has ended")
        await asyncio.sleep(LOOK_S)
        waited_s += LOOK_S
    return handle


async def run_batch(
    engine: BatchEngine,
    collector: Collector,
    handle: BatchHandle,
    *,
    stop: asyncio.Event,
    notify: Tell,
) -> None:
    """Have the batch done, and hand out its results as they come; return when both are at an end.

    ``notify`` is told of each result. Once ``stop`` is set, what is in flight is finished and
    handed out. Raises what the engine raises, when all that was settled is handed out; and
    ``OutputError`` where that cannot be done, when what was in flight is settled.
    """
    following = asyncio.ensure_future(collector.follow(notify))
    # Where results cannot be written, there is no sense in paying for more of them.
    following.add_done_callback(lambda _task: stop.set())
    try:
        await engine.run(handle, stop)
    finally:
        collector.close()
        await following


async def _keep_hold(queue: Queue, batch_id: str, holder: str, stop: asyncio.Event) -> None:
    while True:
        await asyncio.sleep(BEAT_S)
        with suppress(StoreError):
            if not await queue.hold(batch_id, holder):
                stop.set()
