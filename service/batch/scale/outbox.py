"""Where numbers of jobs are handed to workers: pgqueuer's tables, in the store's own database.

Owns their names, how they come about, and what goes into them. Knows no job but its number.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.settings import DBSettings, Durability

from service.batch.scale.connecting import connect, translate_faults
from service.store.postgres import ALONE, parse_address

PREFIX = "readout_"
NAMES = DBSettings(
    # Each is given: by itself pgqueuer takes them from variables as common as CHANNEL.
    prefix=PREFIX,
    db_schema=None,
    channel=f"{PREFIX}pgqueuer",
    function=f"{PREFIX}pgqueuer_changed",
    trigger=f"{PREFIX}pgqueuer_changed",
    queue_table=f"{PREFIX}pgqueuer",
    queue_table_log=f"{PREFIX}pgqueuer_log",
    queue_status_type=f"{PREFIX}pgqueuer_status",
    statistics_table=f"{PREFIX}pgqueuer_statistics",
    schedules_table=f"{PREFIX}pgqueuer_schedules",
    durability=Durability.durable,
    widen_id=True,
)
"""Names of our own, so that another program's pgqueuer can share the database."""


@asynccontextmanager
async def open_queries(url: str) -> AsyncIterator[Queries]:
    """Yield pgqueuer's statements over a connection of their own; its tables are made.

    Raises ``StoreError``: ``StoreBusyError`` where waiting helps. So does whatever fails inside
    for the database's sake.
    """
    with translate_faults(parse_address(url)[0]):
        connection = await connect(url)
        try:
            yield await _prepare(connection)
        finally:
            connection.terminate()


async def _prepare(connection: asyncpg.Connection) -> Queries:
    """Return the statements; the tables are made once, and brought up to date."""
    queries = Queries(
        AsyncpgDriver(connection),
        qbe=QueryBuilderEnvironment(NAMES),
        qbq=QueryQueueBuilder(NAMES),
        qbs=QuerySchedulerBuilder(NAMES),
    )
    if (await queries.plan_upgrade()).statements and not await _install(connection, queries):
        await queries.apply_upgrade()
    return queries


async def _install(connection: asyncpg.Connection, queries: Queries) -> bool:
    """Make the tables, under the lock of the store's own, and say whether there were none."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ALONE)
        is_new = not await queries.schema_is_installed()
        if is_new:
            await queries.install()
    return is_new


class Outbox:
    """Hands over numbers of jobs; for one task of one event loop.

    Every method may raise ``StoreError``; a connection that was lost is made again the next time.
    """

    def __init__(self, url: str, topic: str) -> None:
        """Hand over to the workers that take ``topic``; nothing is connected yet."""
        self._label = parse_address(url)[0]
        self._url = url
        self._topic = topic
        self._connection: asyncpg.Connection | None = None
        self._queries: Queries | None = None

    async def send(self, seqs: Sequence[int]) -> int:
        """Hand over the jobs ``seqs``; return how many were not there already."""
        with translate_faults(self._label):
            queries = await self._reach()
            ids = await queries.enqueue(
                [self._topic] * len(seqs),
                [str(seq).encode() for seq in seqs],
                [0] * len(seqs),
                dedupe_key=[f"{self._topic}:{seq}" for seq in seqs],
                on_conflict="skip",
            )
        return sum(one is not None for one in ids)

    async def tidy(self) -> None:
        """Empty pgqueuer's own log, which grows by some rows a job and which nobody reads."""
        with translate_faults(self._label):
            await (await self._reach()).clear_queue_log()

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.terminate()

    async def _reach(self) -> Queries:
        if self._queries is None or self._connection is None or self._connection.is_closed():
            await self.close()
            self._connection = await connect(self._url)
            self._queries = await _prepare(self._connection)
        return self._queries
