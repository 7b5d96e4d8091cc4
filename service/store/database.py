"""The database: work that is done in threads, and to its end.

Owns how many transactions are under way, and that none is left half-way. Knows no table, and not
which database it is: that stands in ``sqlite`` and ``postgres``. A transaction runs as a whole in
one thread: to change threads at every statement costs several times what the statement does.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from service.store.backend import MAX_READS, Backend, Result, Work
from service.store.faults import Label
from service.store.grouping import GroupWriter


class Database:
    """One database; several processes may have it open at once.

    Work that has begun is done to its end, also when its caller is cancelled: what was written
    is whole, and no connection is left half-way. ``close`` waits for it. All that leaves here
    for the database's sake is a ``StoreError``.
    """

    def __init__(self, backend: Backend) -> None:
        """Work on ``backend``, which is closed with this."""
        self._backend = backend
        self._writing = ThreadPoolExecutor(backend.max_writes, "readout-write")
        # What waits to be alone must not hold up the other writes, where these can go on.
        is_queue = backend.max_writes == 1
        self._alone = self._writing if is_queue else ThreadPoolExecutor(1, "readout-alone")
        self._reading = ThreadPoolExecutor(MAX_READS, "readout-read")
        # With one writer everybody waits in one line, and is done with others.
        self._group = GroupWriter(self._writing, backend.write) if is_queue else None
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def label(self) -> Label:
        """What sentences say of it."""
        return self._backend.label

    async def read(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, all of it from one state of the database."""
        return await self._run(partial(self._reading.submit, self._backend.read, work))

    async def write(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, once it is committed and on disk.

        Another process, and on PostgreSQL this one too, may write at the same time: ``work`` must
        not go by what it read before of rows that others change. It may be called again where it
        collided with another's, or failed together with it.
        """
        if self._group is not None:
            return await self._run(partial(self._group.submit, work))
        return await self._run(partial(self._writing.submit, self._backend.write, work))

    async def write_alone(self, work: Work[Result]) -> Result:
        """Like ``write``, with no other ``write_alone`` of any process beside it.

        For what reads, reckons and writes back: the index of the lists, the schema, prunings.
        """
        if self._group is not None:
            # The only writer holds the lock from the first read on: nobody is beside it.
            return await self._run(partial(self._group.submit, work))
        return await self._run(partial(self._alone.submit, self._backend.write_alone, work))

    async def prove(self) -> None:
        """Prove that the database can be written to; raise ``StoreError`` where it cannot."""
        await self._run(partial(self._writing.submit, self._backend.prove))

    async def probe(self) -> None:
        """Prove the same, and return or raise within about a second."""
        await self._run(partial(self._reading.submit, self._backend.probe))

    async def keep_journal(self) -> None:
        """Let reads run beside a write from now on."""
        await self._run(partial(self._alone.submit, self._backend.keep_journal))

    async def shrink(self) -> None:
        """Give freed space back, as far as that holds up nobody for long."""
        await self._run(partial(self._alone.submit, self._backend.shrink))

    async def measure(self) -> int:
        """Return the bytes that the database takes on disk."""
        return await self._run(partial(self._reading.submit, self._backend.measure))

    async def close(self) -> None:
        """Wait for the work that has begun, and close all connections; also if cancelled."""
        closing = asyncio.ensure_future(self._close())
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            await asyncio.wait([closing])
            raise

    async def _close(self) -> None:
        while self._running:
            await asyncio.wait(self._running)
        # That may take a while: the journal of a file is emptied.
        await asyncio.get_running_loop().run_in_executor(self._writing, self._backend.close)
        for threads in (self._writing, self._alone, self._reading):
            threads.shutdown()

    async def complete(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what ``work`` returns; where the caller is cancelled, it goes on to its end."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _run(self, submit: Callable[[], Future[Result]]) -> Result:
        async def wait() -> Result:
            return await asyncio.wrap_future(submit())

        return await self.complete(wait())
