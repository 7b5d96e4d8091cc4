"""The engine past one machine: this process hands jobs over and watches; workers do them.

Owns what is handed over when, and the end. Everything is in the store: whoever watches may die,
and the workers go on.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from schemas.batch import JobState
from service.batch.pausing import wait_at_most
from service.batch.scale.outbox import Outbox
from service.errors import StoreBusyError
from service.store.batches import BatchHandle
from service.store.outcomes import NewJob
from service.store.queue import Queue
from service.store.waiting import Waiting

LOOK_S = 1.0
"""Seconds between two looks at a batch."""
SWEEP_S = 10.0
"""Seconds between two sweeps: what waits and was lost on the way is handed over again."""
IDLE_S = 30.0
"""Seconds after which it is said that no worker takes anything."""
TIDY_S = 600.0
"""Seconds between two emptyings of pgqueuer's log."""
CHUNK = 500
"""Jobs that are handed over at once."""
CHUNKS = 20
"""So many times that, before the batch is looked at again."""


class ScaleEngine:
    """Has the jobs of a batch done by workers elsewhere: ``service.batch.engine.BatchEngine``."""

    def __init__(
        self,
        queue: Queue,
        outbox: Outbox,
        *,
        begins_early: bool = True,
        is_exhausted: Callable[[], bool] = lambda: False,
        on_idle: Callable[[], None] = lambda: None,
        on_away: Callable[[StoreBusyError], None] = lambda _error: None,
    ) -> None:
        """Withdraw what has not begun once ``is_exhausted()``.

        With ``begins_early`` jobs are handed over as they are submitted, else when the batch is
        run: for budgets, which are watched only then. ``on_idle`` hears that no worker takes
        anything, ``on_away`` that the database is waited for: each once, until that has changed.
        """
        self._queue = queue
        self._outbox = outbox
        self._begins_early = begins_early
        self._is_exhausted = is_exhausted
        self._on_idle = on_idle
        self._on_away = on_away
        self._sent: dict[BatchHandle, Waiting] = {}

    async def submit(self, handle: BatchHandle, jobs: Sequence[NewJob]) -> None:
        """Keep ``jobs`` in the store, and hand over what of the batch waits: work may begin."""
        await self._queue.add(handle, jobs)
        if self._begins_early:
            await self._send_new(handle)

    async def requeue(self, handle: BatchHandle, states: Sequence[JobState]) -> int:
        """Queue the jobs in ``states`` again, and hand them over."""
        count = await self._queue.requeue(handle.id, states)
        if self._begins_early:
            await self._send_new(handle)
        return count

    async def run(self, handle: BatchHandle, stop: asyncio.Event) -> None:
        """Watch until no job of the batch is open, however long the workers take.

        Once ``stop`` is set, or the budget is exhausted, what has not begun is cancelled, and
        what is in flight is waited for; in a further round it is to be done again. A server that
        is away is waited for.
        """
        watch = _Watch(self._on_idle)
        is_away = False
        while True:
            try:
                if await self._look(handle, watch, stop):
                    break
                is_away = False
            except StoreBusyError as error:
                if not is_away:
                    self._on_away(error)
                is_away = True
            await _rest(stop)
        with suppress(StoreBusyError):
            await self._outbox.tidy()

    async def _look(self, handle: BatchHandle, watch: "_Watch", stop: asyncio.Event) -> bool:
        """Do what is due, and say whether the batch is at its end."""
        if stop.is_set() or self._is_exhausted():
            await self._queue.recover(handle.id)
            await self._queue.cancel(handle.id)
        else:
            await self._look_after(handle, watch)
        return await self._queue.finish(handle.id)

    async def _look_after(self, handle: BatchHandle, watch: "_Watch") -> None:
        if watch.is_due("sweep", SWEEP_S) and not await self._sweep(handle):
            watch.hasten("sweep")
        if watch.is_due("tidy", TIDY_S):
            await self._outbox.tidy()
        head = await self._queue.find_waiting(handle, None, 1)
        is_working = not head or await self._queue.has_running(handle.id)
        watch.note(head[0] if head else None, is_working=is_working)

    async def _send_new(self, handle: BatchHandle) -> None:
        """Hand over what waits and has not been handed over by this process."""
        while found := await self._queue.find_waiting(handle, self._sent.get(handle), CHUNK):
            await self._outbox.send([one.seq for one in found])
            self._sent[handle] = found[-1]

    async def _sweep(self, handle: BatchHandle) -> bool:
        """Take back what dead workers have, and hand over again what was lost on the way.

        Return whether that came to an end: the batch is looked at between. Workers take the
        oldest first, so what was lost comes to stand before all others: it is not necessary to
        look at more than has gaps.
        """
        await self._queue.recover(handle.id)
        last: Waiting | None = None
        for _ in range(CHUNKS):
            found = await self._queue.find_waiting(handle, last, CHUNK)
            if not found or not await self._outbox.send([one.seq for one in found]):
                return True
            last = found[-1]
        return False


class _Watch:
    """What was last seen, and when."""

    def __init__(self, on_idle: Callable[[], None]) -> None:
        self._on_idle = on_idle
        self._done_s: dict[str, float] = {"tidy": time.monotonic()}
        self._head: Waiting | None = None
        self._moved_s = time.monotonic()
        self._has_told = False

    def is_due(self, what: str, every_s: float) -> bool:
        """Say whether ``what`` is to be done now; then it counts as done."""
        now_s = time.monotonic()
        if now_s - self._done_s.get(what, -every_s) < every_s:
            return False
        self._done_s[what] = now_s
        return True

    def hasten(self, what: str) -> None:
        """Have ``what`` done at the next look."""
        del self._done_s[what]

    def note(self, head: Waiting | None, *, is_working: bool) -> None:
        """Note which job waits longest; tell once where that does not change for long."""
        now_s = time.monotonic()
        if is_working or head != self._head:
            self._head, self._moved_s, self._has_told = head, now_s, False
        elif not self._has_told and now_s - self._moved_s >= IDLE_S:
            self._has_told = True
            self._on_idle()


async def _rest(stop: asyncio.Event) -> None:
    """Wait for the next look; not at all where the end is asked for now."""
    if stop.is_set():
        await asyncio.sleep(LOOK_S)
        return
    await wait_at_most(stop, LOOK_S)
