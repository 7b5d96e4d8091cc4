"""A batch run to its end: its jobs done, its results collected.

Owns how the two go side by side, and that nobody else does the same: a batch is held while it runs.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from service.batch.collecting import Collector
from service.batch.engine import BatchEngine
from service.batch.local import BEAT_S
from service.errors import BatchHeldError, StoreError
from service.store.batches import BatchHandle
from service.store.queue import Queue


@asynccontextmanager
async def hold_batch(queue: Queue, batch_id: str, holder: str) -> AsyncIterator[None]:
    """Hold the batch, which must be there, for as long as the context lasts.

    Raises ``BatchHeldError`` where another process does.
    """
    if not await queue.hold(batch_id, holder):
        raise BatchHeldError(
            "another process runs this batch; wait until it has ended, or, if it was killed, for "
            "20 seconds"
        )
    beating = asyncio.ensure_future(_keep_hold(queue, batch_id, holder))
    try:
        yield
    finally:
        await _end(beating)
        with suppress(StoreError):
            await queue.let_go(batch_id, holder)


async def run_batch(
    engine: BatchEngine, collector: Collector, handle: BatchHandle, stop: asyncio.Event
) -> None:
    """Have the batch done, and hand out its results as they come; return when both are at an end.

    Once ``stop`` is set, what is in flight is finished and handed out. Raises what the engine
    raises, when all that was settled is handed out; and ``OSError`` where that cannot be done,
    when what was in flight is settled.
    """
    following = asyncio.ensure_future(collector.follow())
    following.add_done_callback(lambda _task: stop.set())
    try:
        await engine.run(handle, stop)
    finally:
        await _end(following)
        await collector.deliver()


async def _keep_hold(queue: Queue, batch_id: str, holder: str) -> None:
    while True:
        await asyncio.sleep(BEAT_S)
        with suppress(StoreError):
            await queue.hold(batch_id, holder)


async def _end(task: asyncio.Task[None]) -> None:
    """Cancel ``task``; raise what it has raised before."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
