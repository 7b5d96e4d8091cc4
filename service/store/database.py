"""The database: connections, transactions, and what SQLite needs to be told.

Owns everything that is SQLite's own (pragmas, kinds of BEGIN, the vacuum) and the rules of
writing: one at a time, to its end, and into the file that was opened. Knows no table. A
transaction runs as a whole in one thread: to change threads at every statement costs several times
what the statement does.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from service.store.faults import describe_replaced, translate_faults
from service.store.location import identify_file, make_address

BUSY_TIMEOUT_S = 5.0
"""Seconds that ordinary work waits for another process's lock."""
PROBE_TIMEOUT_S = 0.5
"""Seconds that a probe waits: who asks whether the service is ready does not wait long."""
MAX_READS = 5
"""Transactions that read at the same time; each has a thread and a connection."""

_PRAGMAS = ("synchronous = FULL", "foreign_keys = ON")
_BEGIN = "readout_begin"
"""Execution option: the statement that begins a transaction; empty for none."""

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""Something to be done within one transaction, in a thread of its own."""


class Database:
    """One SQLite file; several processes may hold it open at once.

    Work that has begun is done to its end, also when its caller is cancelled: what was written
    is whole, and no connection is left half-way. ``close`` waits for it. All that leaves here
    for the database's sake is a ``StoreError``.
    """

    def __init__(self, path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Work on the file at ``path``, which must be there; nothing is opened yet."""
        self.path = path
        self._identity = identify_file(path)
        self._engine = _build_engine(path, busy_timeout_s)
        self._writer = self._engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        self._prober = _build_engine(path, PROBE_TIMEOUT_S, poolclass=NullPool).execution_options(
            **{_BEGIN: "BEGIN IMMEDIATE"}
        )
        self._writing = ThreadPoolExecutor(1, "readout-write")
        self._reading = ThreadPoolExecutor(MAX_READS, "readout-read")
        self._running: set[asyncio.Task[Any]] = set()

    async def read(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, all of it from one state of the database."""
        return await self._run(self._reading, lambda: self._transact(self._engine, work))

    async def write(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, once it is committed and on disk.

        The write lock is taken before ``work`` reads anything; writers queue up.
        """
        return await self._run(self._writing, lambda: self._transact(self._writer, work))

    async def probe(self) -> None:
        """Prove, like ``prove_writable``, and return or raise within about a second."""
        await self._run(self._reading, lambda: self._transact(self._prober, prove_writable))

    async def keep_journal(self) -> None:
        """Let reads run beside a write from now on: the file remembers it."""
        await self._run(self._writing, lambda: self._execute("PRAGMA journal_mode = WAL"))

    async def shrink(self) -> None:
        """Give freed space back to the file system, and empty the journal."""
        statements = ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        await self._run(self._writing, lambda: self._execute(*statements))

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
        # The last connection moves the journal into the file: that may take a while.
        await asyncio.get_running_loop().run_in_executor(self._writing, self._engine.dispose)
        for threads in (self._writing, self._reading):
            threads.shutdown()

    async def complete(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what ``work`` returns; where the caller is cancelled, it goes on to its end."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _run(self, threads: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        async def wait() -> Result:
            return await asyncio.get_running_loop().run_in_executor(threads, work)

        return await self.complete(wait())

    def _transact(self, engine: Engine, work: Work[Result]) -> Result:
        with self._watch(), engine.begin() as connection:
            return work(connection)

    def _execute(self, *statements: str) -> None:
        """Run ``statements`` that must stand in no transaction."""
        engine = self._engine.execution_options(**{_BEGIN: ""})
        with self._watch(), engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    @contextmanager
    def _watch(self) -> Iterator[None]:
        """Translate faults, and refuse to work on a file that is no longer there.

        SQLite would go on writing to a file without a name, and all of it would be lost.
        """
        with translate_faults(self.path):
            if identify_file(self.path) != self._identity:
                raise describe_replaced(self.path)
            yield


def prove_writable(connection: Connection) -> None:
    """Write without changing anything; what cannot be written shows here, or when it is committed.

    Setting the user version is a write even if it stays 0 (https://sqlite.org/pragma.html); Readout
    has no other use for it.
    """
    connection.exec_driver_sql("PRAGMA user_version = 0")


def _build_engine(
    path: Path, busy_timeout_s: float, *, poolclass: type[NullPool] | None = None
) -> Engine:
    # A write and all reads have a connection each.
    size = {} if poolclass else {"pool_size": 1 + MAX_READS}
    engine = create_engine(
        make_address(path),
        hide_parameters=True,
        # Any thread may use a connection, one after the other, and another one closes it.
        connect_args={
            "timeout": busy_timeout_s,
            "isolation_level": None,
            "check_same_thread": False,
        },
        poolclass=poolclass,
        **size,
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin as the engine says: sqlite3 by itself would only do so before a write.

    A transaction that reads first and writes then is refused when another one wrote in between,
    however long it waits; BEGIN IMMEDIATE waits at the start instead
    (https://sqlite.org/lang_transaction.html).
    """
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)
