"""A PostgreSQL server that goes away or is shared costs nothing that was paid for."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import pytest
import pytest_asyncio
from sqlalchemy import Connection, text

from service.errors import StoreAwayError, StoreBusyError, StoreError
from service.store import Store, open_store
from service.store.accounts import Patience
from service.store.books import insert_entry
from service.store.postgres import MAX_TRIES
from tests.builders import KEY, build_paid_reply, build_reading
from tests.postgres import Server
from tests.unit.data_store import make_small, make_summary
from tests.unit.data_store_calls import CALLS
from tests.unit.databases import PostgresDatabase

WAIT_S = 0.05
"""How long the stores of these tests wait for a lock."""
ELSEWHERE = "set READOUT_DATABASE_URL to another database"


@pytest.fixture
def database(migrated_postgres: PostgresDatabase) -> PostgresDatabase:
    """Return a database in which nothing is."""
    migrated_postgres.empty()
    return migrated_postgres


def _open(database: PostgresDatabase) -> AbstractAsyncContextManager[Store]:
    return open_store(database.url, busy_timeout_s=WAIT_S, patience=Patience(limit_s=0))


@pytest_asyncio.fixture
async def store(database: PostgresDatabase) -> AsyncIterator[Store]:
    """Open a new store that does not wait long for locks."""
    async with _open(database) as opened:
        yield opened


@pytest.mark.parametrize("name", CALLS)
async def test_a_server_that_is_stopped_is_away(
    store: Store, postgres_server: Server, name: str
) -> None:
    """Waiting helps: the service says when to come back, and works again by itself."""
    await store.check()
    postgres_server.stop()
    try:
        with pytest.raises(StoreAwayError, match="the server cannot be reached"):
            await CALLS[name](store)
    finally:
        postgres_server.start()

    await CALLS[name](store)


async def test_a_restart_between_two_requests_is_not_noticed(
    store: Store, postgres_server: Server
) -> None:
    """All connections are dead then, and none of them is used."""
    saved = await store.save_summary(make_summary())

    postgres_server.stop()
    postgres_server.start()

    assert await store.delete_summary(saved.id)


@pytest.mark.parametrize("kind", ["read", "write", "write_alone"])
async def test_a_connection_that_is_cut_in_a_transaction_is_away(
    store: Store, database: PostgresDatabase, kind: str
) -> None:
    """Nothing of it is committed, and the next transaction has another connection."""

    def cut(connection: Connection) -> None:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
        if kind != "read":
            insert_entry(connection, KEY)
        database.query("SELECT pg_terminate_backend(?)", pid)
        connection.execute(text("SELECT 1"))

    with pytest.raises(StoreAwayError, match="closed the connection; try again once it is back"):
        await getattr(store._database, kind)(cut)

    assert (await store.measure()).calls == 0


async def test_a_reply_that_arrives_while_the_server_restarts_is_kept(
    database: PostgresDatabase, postgres_server: Server
) -> None:
    """It was paid for, and a restart takes seconds."""

    async def start() -> None:
        postgres_server.start()

    async with open_store(database.url, patience=Patience(pause=start)) as store:
        account = await store.open_account(KEY)
        await account.enter()
        postgres_server.stop()

        await account.keep(build_paid_reply())

        assert (await store.open_account(KEY)).recalled == (build_paid_reply(),)
    assert database.query("SELECT state FROM calls") == [("answered",)]


def _fail(connection: Connection, code: str) -> None:
    """Let the server raise an error of SQLSTATE ``code``."""
    connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$")


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        ("53100", StoreError, "the disk is full; make room there, or " + ELSEWHERE),
        ("58030", StoreError, "the disk cannot be read or written"),
        ("XX001", StoreError, "it is damaged; restore it from a copy, or " + ELSEWHERE),
        ("53300", StoreBusyError, "the server takes no more connections"),
        ("53200", StoreBusyError, "the server lacks memory or another resource"),
        ("57014", StoreBusyError, "another process holds it"),
        ("57P03", StoreAwayError, "the server is starting or stopping"),
        ("08006", StoreAwayError, "the server closed the connection"),
        ("22003", StoreError, "a number is too large for it"),
        ("54000", StoreError, "a value is too large for it"),
        ("P0001", StoreError, "it answers SQLSTATE P0001; " + ELSEWHERE),
    ],
)
async def test_faults_are_told_by_their_code(
    store: Store, code: str, kind: type[StoreError], sentence: str
) -> None:
    """One that nobody thought of must be findable in PostgreSQL's documentation."""
    with pytest.raises(StoreError, match=f"127.0.0.1:.* does not work: {sentence}") as caught:
        await store._database.write(partial(_fail, code=code))

    assert type(caught.value) is kind


@pytest.mark.parametrize("code", ["40001", "40P01"])
@pytest.mark.parametrize("collisions", [1, MAX_TRIES - 1])
async def test_work_that_collides_is_done_again(store: Store, code: str, collisions: int) -> None:
    """The server takes back one of two transactions that wait for each other."""
    tries = []

    def work(connection: Connection) -> int:
        insert_entry(connection, KEY)
        tries.append(1)
        if len(tries) <= collisions:
            _fail(connection, code)
        return len(tries)

    assert await store._database.write(work) == collisions + 1
    assert (await store.measure()).calls == 1


async def test_work_that_collides_again_and_again_is_busy(store: Store) -> None:
    """It must come to an end."""
    tries = []

    def work(connection: Connection) -> None:
        tries.append(1)
        _fail(connection, "40P01")

    with pytest.raises(StoreBusyError, match="another process holds it"):
        await store._database.write(work)

    assert len(tries) == MAX_TRIES


@asynccontextmanager
async def _hold(writing: Callable[..., Awaitable[int]]) -> AsyncIterator["asyncio.Task[int]"]:
    """Yield a write that has entered a call, and ends when this is left."""
    held, waits = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work(connection: Connection) -> int:
        entry = insert_entry(connection, KEY)
        loop.call_soon_threadsafe(waits.set)
        assert held.wait(60)
        return entry

    task = asyncio.ensure_future(writing(work))
    try:
        await waits.wait()
        yield task
    finally:
        held.set()
        await task


@pytest.mark.parametrize("kind", ["write", "write_alone"])
async def test_books_are_written_beside_another_write(
    store: Store, database: PostgresDatabase, kind: str
) -> None:
    """Of the same process or another: a call must not wait for an index."""
    async with _open(database) as other, _hold(getattr(store._database, kind)) as first:
        for one in (store, other):
            account = await one.open_account("other")
            await account.enter()
            await account.keep(build_paid_reply(key="other"))
            await one.save_reading(build_reading(key="other"))

        assert not first.done()


async def test_an_index_is_written_by_one_at_a_time(
    store: Store, database: PostgresDatabase
) -> None:
    """Two that add to the same block would each overwrite what the other added."""
    async with _open(database) as other:
        async with _hold(store._database.write_alone):
            with pytest.raises(StoreBusyError):
                await other.save_summary(make_small())

        await other.save_summary(make_small())


async def test_the_same_reading_of_two_processes_is_one(
    store: Store, database: PostgresDatabase
) -> None:
    """Both have paid; the first is kept, and neither is told of a fault."""
    async with open_store(database.url) as one, open_store(database.url) as two:
        keys = [f"{number}" for number in range(20)]

        await asyncio.gather(
            *(each.save_reading(build_reading(key=key)) for key in keys for each in (one, two))
        )

        assert (await store.measure()).readings == len(keys)


async def test_numbers_outgrow_32_bits(store: Store, database: PostgresDatabase) -> None:
    """Ten million articles a year have a hundred million items."""
    for table in ("items", "summaries"):
        database.skip_seqs(table, 3_000_000_000)

    saved = await store.save_summary(make_small())

    assert await store.find_summary(saved.id) == saved
    assert database.query("SELECT seq FROM summaries") == [(3_000_000_001,)]
    assert await store.delete_summary(saved.id)
