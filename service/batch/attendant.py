"""Whoever has the batches of a service done: all that are open, until the service ends.

Owns how many places each of them gets. What a batch is of stands in the store: a restart changes
nothing.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple

from schemas.problem import Problem
from service.batch.local import LocalEngine
from service.batch.pausing import wait_at_most
from service.batch.performing import Performer, Tools
from service.errors import DefectError, ReadoutError, describe_problem
from service.store.batches import BatchHandle
from service.store.queue import Queue

LOOK_S = 1.0
"""Seconds after which open batches are looked for, if nobody says that there is one."""
RETRY_S = 30.0
"""Seconds before a batch goes on that met what every article would meet."""

_log = logging.getLogger(__name__)


class _Resting(NamedTuple):
    """A batch that waits for something to pass."""

    until_s: float
    """When it is tried again, by the event loop's clock."""
    reason: Problem


class Attendant:
    """Does the jobs of the batches that were sent over HTTP; for one event loop."""

    def __init__(
        self, queue: Queue, tools: Tools, *, places: int, retry_s: float = RETRY_S
    ) -> None:
        """Do up to ``places`` jobs at once, shared by as many batches."""
        self._queue = queue
        self._tools = tools
        self._places = places
        self._retry_s = retry_s
        self._news = asyncio.Event()
        self._stop = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, _Resting] = {}

    def look(self) -> None:
        """Say that there is a new batch."""
        self._news.set()

    async def attend(self) -> None:
        """Have batches done until ``close`` is called, then return when nothing is in flight."""
        while not self._stop.is_set():
            self._news.clear()
            await self._begin_open()
            await wait_at_most(self._news, LOOK_S)
        await asyncio.gather(*self._running.values())

    def close(self) -> None:
        """Begin nothing more."""
        self._stop.set()
        self._news.set()

    @property
    def is_closed(self) -> bool:
        """Say whether nothing more is begun."""
        return self._stop.is_set()

    def find_reason(self, batch_id: str) -> Problem | None:
        """Return what a batch waits for to pass; ``None`` where it does not wait."""
        resting = self._resting.get(batch_id)
        return None if resting is None else resting.reason

    async def _begin_open(self) -> None:
        """Begin as many batches as there are places, the oldest first."""
        try:
            found = await self._queue.list_open("served")
        except ReadoutError as error:
            _log.warning("batches wait: %s", error)
            return
        now_s = asyncio.get_running_loop().time()
        for handle in found:
            resting = self._resting.get(handle.id)
            may_begin = resting is None or resting.until_s <= now_s
            if may_begin and handle.id not in self._running and len(self._running) < self._places:
                task = asyncio.ensure_future(self._run(handle))
                self._running[handle.id] = task
                task.add_done_callback(partial(self._forget, handle.id))

    def _forget(self, batch_id: str, _task: asyncio.Task[None]) -> None:
        del self._running[batch_id]
        self._news.set()

    async def _run(self, handle: BatchHandle) -> None:
        engine = LocalEngine(self._queue, Performer(self._tools), count_places=self._count_places)
        try:
            await engine.run(handle, self._stop)
            self._resting.pop(handle.id, None)
        except ReadoutError as error:
            # Nothing is lost: its jobs are queued, and it goes on when this has passed.
            _log.warning("batch %s waits: %s", handle.id, error)
            self._rest_batch(handle.id, error)
        except Exception as error:  # noqa: BLE001  # the other batches, and the service, go on
            _log.error(
                "batch %s: defect: %s", handle.id, type(error).__name__
            )  # a traceback may hold an article
            self._rest_batch(handle.id, DefectError("Readout failed at this batch; see its log"))

    def _rest_batch(self, batch_id: str, error: ReadoutError) -> None:
        until_s = asyncio.get_running_loop().time() + self._retry_s
        self._resting[batch_id] = _Resting(until_s, describe_problem(error))

    def _count_places(self) -> int:
        """Return the share of one batch: no other waits for a large one to end."""
        return self._places // max(1, len(self._running))


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
