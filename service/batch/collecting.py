"""The results of a batch, handed out as they come.

Owns the order of handing out and noting it: what was noted has been written. Where the jobs are
done does not matter: it looks into the store.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from service.batch.pausing import wait_at_most
from service.errors import StoreBusyError
from service.outputs.sink import Sink
from service.store import Store
from service.store.batches import BatchHandle
from service.store.outcomes import Delivery

CHUNK = 100
"""Results that are written before it is noted that they are."""
LOOK_S = 1.0
"""Seconds after which the store is looked into, if nobody says that there is something."""
GATHER_S = 0.25
"""Seconds for which results are gathered before they are handed out together: to find and to note
them takes as long for one as for many."""

Tell = Callable[[Delivery], None]
"""Is told of a result that was handed out."""


class Collector:
    """Hands the results of one batch to a sink."""

    def __init__(self, store: Store, handle: BatchHandle, sink: Sink) -> None:
        """Begin with what was not delivered yet."""
        self._store = store
        self._handle = handle
        self._sink = sink
        self._news = asyncio.Event()
        self._end = asyncio.Event()
        self._unmarked: list[int] = []

    def look(self) -> None:
        """Say that something was settled."""
        self._news.set()

    def close(self) -> None:
        """Say that nothing more will be settled: what is, is handed out, and ``follow`` ends."""
        self._end.set()
        self._news.set()

    async def follow(self, notify: Tell) -> None:
        """Hand out results until ``close`` is called; ``notify`` is told of each.

        Not to be cancelled: what was written and is not noted would be handed out twice. A store
        that is away or held is waited for, but for the last time. Raises ``OutputError`` where
        results cannot be written.
        """
        while not self._end.is_set():
            self._news.clear()
            with suppress(StoreBusyError):
                await self.deliver(notify)
            await self._rest()
        await self.deliver(notify)

    async def _rest(self) -> None:
        """Wait for news, and then a little for more of them; not where these were the last."""
        await wait_at_most(self._news, LOOK_S)
        await wait_at_most(self._end, GATHER_S)

    async def deliver(self, notify: Tell) -> None:
        """Hand out all that is settled now; ``notify`` is told of each result.

        A job whose summary was deleted since is queued again, and not handed out.
        """
        await self._mark()
        while found := await self._store.queue.find_deliveries(self._handle, CHUNK):
            results = [_Result(one, await self._find_body(one)) for one in found]
            lost = [one.delivery.seq for one in results if one.is_lost]
            if lost:
                await self._store.queue.renew(lost)
            await self._hand_out([one for one in results if not one.is_lost], notify)

    async def _hand_out(self, results: Sequence["_Result"], notify: Tell) -> None:
        await asyncio.to_thread(self._write, results)
        self._unmarked = [one.delivery.seq for one in results]
        for one in results:
            notify(one.delivery)
        await self._mark()

    async def _mark(self) -> None:
        """Note what was written; where that fails, it is done before anything else is written."""
        if self._unmarked:
            await self._store.queue.mark_delivered(self._unmarked)
            self._unmarked = []

    async def _find_body(self, delivery: Delivery) -> bytes | None:
        if delivery.summary_id is None:
            return None
        stored = await self._store.find_summary(delivery.summary_id)
        return None if stored is None else stored.body

    def _write(self, results: Sequence["_Result"]) -> None:
        for delivery, body in results:
            if body is not None:
                self._sink.write(delivery.name, body)
            else:
                assert delivery.problem is not None, "a job without a summary has a problem"
                self._sink.fail(delivery.name, delivery.problem)


class _Result(NamedTuple):
    """A job that is settled, and its summary, where there is one."""

    delivery: Delivery
    body: bytes | None

    @property
    def is_lost(self) -> bool:
        """Whether it had a summary, which is not there any more."""
        return self.delivery.summary_id is not None and self.body is None
