"""Whoever has the batches of a service done: all that are open, until the service ends.

Owns how many places each of them gets. What a batch is of stands in the store: a restart changes
nothing.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from service.batch.local import LocalEngine
from service.batch.performing import Performer, Tools
from service.errors import ReadoutError
from service.store.batches import BatchHandle
from service.store.queue import Queue

LOOK_S = 1.0
"""Seconds after which open batches are looked for, if nobody says that there is one."""
RETRY_S = 30.0
"""Seconds before a batch goes on that met what every article would meet."""

_log = logging.getLogger(__name__)


class Attendant:
    """Does the jobs of the batches that were sent over HTTP; for one event loop."""

    def __init__(
        self, queue: Queue, tools: Tools, *, places: int, retry_s: float = RETRY_S
    ) -> None:
        """Do up to ``places`` jobs at once, shared by all batches that are open."""
        self._queue = queue
        self._tools = tools
        self._places = places
        self._retry_s = retry_s
        self._news = asyncio.Event()
        self._stop = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}

    def look(self) -> None:
        """Say that there is a new batch."""
        self._news.set()

    async def attend(self) -> None:
        """Have batches done until ``close`` is called, then return when nothing is in flight."""
        while not self._stop.is_set():
            self._news.clear()
            await self._begin_open()
            await self._rest()
        await asyncio.gather(*self._running.values())

    def close(self) -> None:
        """Begin nothing more."""
        self._stop.set()
        self._news.set()

    async def _begin_open(self) -> None:
        try:
            found = await self._queue.list_open("served")
        except ReadoutError as error:
            _log.warning("batches wait: %s", error)
            return
        for handle in found:
            if handle.id not in self._running:
                task = asyncio.ensure_future(self._run(handle))
                self._running[handle.id] = task
                task.add_done_callback(partial(self._forget, handle.id))

    def _forget(self, batch_id: str, _task: asyncio.Task[None]) -> None:
        del self._running[batch_id]

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), LOOK_S)
        except TimeoutError:
            return

    async def _run(self, handle: BatchHandle) -> None:
        engine = LocalEngine(self._queue, Performer(self._tools), count_places=self._count_places)
        try:
            await engine.run(handle, self._stop)
        except ReadoutError as error:
            # Nothing is lost: its jobs are queued, and it goes on when this has passed.
            _log.warning("batch %s waits: %s", handle.id, error)
            await self._wait_to_retry()

    async def _wait_to_retry(self) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), self._retry_s)
        except TimeoutError:
            return

    def _count_places(self) -> int:
        """Return the share of one batch: no other waits for a large one to end."""
        return max(1, self._places // max(1, len(self._running)))


@asynccontextmanager
async def open_attendant(queue: Queue, tools: Tools, *, places: int) -> AsyncIterator[Attendant]:
    """Yield an attendant at work; on leaving, what is in flight is finished."""
    attendant = Attendant(queue, tools, places=places)
    attending = asyncio.ensure_future(attendant.attend())
    try:
        yield attendant
    finally:
        attendant.close()
        await attending
