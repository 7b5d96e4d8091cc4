"""Writes that wait are done together, and each has its own outcome."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Connection, event, text

from service.errors import StoreBusyError
from service.store import open_store
from service.store.database import Database
from service.store.grouping import MAX_TOGETHER
from service.store.sqlite import SqliteBackend, open_sqlite
from tests.builders import build_paid_reply
from tests.unit.data_store import make_id, name_url
from tests.unit.databases import SqliteFile

Write = Callable[[Connection], int]
STEPS = 500
"""Turns of the event loop after which all that was begun stands in line."""


@pytest.fixture
def file(tmp_path: Path) -> SqliteFile:
    """Return a file that is not there yet."""
    return SqliteFile(tmp_path / "readout.db")


@pytest.fixture
def backend(file: SqliteFile) -> SqliteBackend:
    """Return a database with an empty table, whose locks nobody waits for."""
    opened = open_sqlite(file.url, busy_timeout_s=0.0)
    opened.write(lambda connection: connection.execute(text("CREATE TABLE t (n UNIQUE)")))
    return opened


@pytest_asyncio.fixture
async def database(backend: SqliteBackend) -> AsyncIterator[Database]:
    """Yield a database with an empty table."""
    opened = Database(backend)
    yield opened
    await opened.close()


@pytest.fixture
def commits(backend: SqliteBackend) -> list[int]:
    """Return what gets an entry for each commit."""
    counted: list[int] = []
    count_commits(backend, counted)
    return counted


def count_commits(backend: SqliteBackend, counted: list[int]) -> None:
    """Add an entry to ``counted`` for each commit from now on."""
    event.listen(backend._engine, "commit", lambda _connection: counted.append(1))


def put(number: int) -> Write:
    """Return what writes ``number``, and returns it."""

    def work(connection: Connection) -> int:
        connection.execute(text("INSERT INTO t VALUES (:n)"), {"n": number})
        return number

    return work


def fail(connection: Connection) -> int:
    """Write something, and fail."""
    connection.execute(text("INSERT INTO t VALUES (-1)"))
    raise KeyError("mine")


class Gate:
    """What holds the writer up until it is opened: others come to wait together."""

    def __init__(self, database: Database) -> None:
        self._is_open = threading.Event()
        self._held = database._writing.submit(self._is_open.wait, 60)

    async def open(self) -> None:
        """Open it when all that were asked for stand in line."""
        for _ in range(STEPS):
            await asyncio.sleep(0)
        self._is_open.set()
        assert self._held.result(60)


async def write_together(database: Database, *works: Write) -> list[int | BaseException]:
    """Have ``works`` wait in line; return what came of each."""
    gate = Gate(database)
    running = [asyncio.ensure_future(database.write(work)) for work in works]
    await gate.open()
    return await asyncio.gather(*running, return_exceptions=True)


def read_numbers(file: SqliteFile) -> list[object]:
    """Return what is on disk, as another process sees it, in the order of writing."""
    return [row[0] for row in file.query("SELECT n FROM t ORDER BY rowid")]


async def test_those_who_wait_share_a_commit(
    database: Database, commits: list[int], file: SqliteFile
) -> None:
    """To bring each to the disk by itself takes longer than to write it."""
    results = await write_together(database, *map(put, range(1, MAX_TOGETHER + 1)))

    assert results == list(range(1, MAX_TOGETHER + 1))
    assert read_numbers(file) == results
    assert len(commits) == 1


async def test_what_fails_for_one_touches_none_of_the_others(
    database: Database, file: SqliteFile
) -> None:
    """The reply of one article must not be lost with the defect of another."""
    results = await write_together(database, put(1), fail, put(2), fail, put(3))

    assert [repr(one) for one in results] == ["1", "KeyError('mine')", "2", "KeyError('mine')", "3"]
    assert read_numbers(file) == [1, 2, 3]


async def test_what_the_database_refuses_of_one_is_written_of_the_others(
    database: Database, file: SqliteFile
) -> None:
    """Faults of the database are translated for the one whom they concern."""
    first, second, third = await write_together(database, put(1), put(1), put(2))

    assert (first, third) == (1, 2)
    assert "SQLITE_CONSTRAINT" in str(second)
    assert read_numbers(file) == [1, 2]


async def test_a_locked_database_is_told_to_each(database: Database, file: SqliteFile) -> None:
    """Each may try again by itself; nothing was written."""
    with file.connect() as other:
        other.lock()
        results = await write_together(database, put(1), put(2))
        other.rollback()

    assert [type(one) for one in results] == [StoreBusyError, StoreBusyError]
    assert results[0] is not results[1]
    assert read_numbers(file) == []


async def test_who_leaves_while_waiting_is_written_all_the_same(
    database: Database, file: SqliteFile
) -> None:
    """What was paid for is kept whoever still asks for it."""
    gate = Gate(database)
    running = [asyncio.ensure_future(database.write(put(number))) for number in (1, 2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    running[0].cancel()
    await asyncio.wait([running[0]])
    await gate.open()

    assert await running[1] == 2
    assert running[0].cancelled()
    assert read_numbers(file) == [1, 2]


async def test_what_must_be_alone_waits_in_the_same_line(
    database: Database, file: SqliteFile
) -> None:
    """The order in which things are asked for is the order in which they happen."""
    gate = Gate(database)
    writes = [database.write, database.write_alone] * 2
    running = [asyncio.ensure_future(write(put(at))) for at, write in enumerate(writes)]
    await gate.open()

    await asyncio.gather(*running)

    assert read_numbers(file) == [0, 1, 2, 3]


async def test_a_long_line_is_done_in_several_transactions(
    database: Database, commits: list[int], file: SqliteFile
) -> None:
    """Other processes get the lock in between."""
    count = 2 * MAX_TOGETHER + 1
    await write_together(database, *map(put, range(count)))

    assert len(commits) == 3
    assert read_numbers(file) == list(range(count))


async def test_replies_of_several_readings_share_a_commit(tmp_path: Path) -> None:
    """They come all at once where an endpoint takes the same time for each."""
    keys = [make_id(str(number)) for number in range(MAX_TOGETHER)]
    commits: list[int] = []
    async with open_store(name_url(tmp_path / "readout.db")) as store:
        accounts = [await store.open_account(key) for key in keys]
        await asyncio.gather(*(account.enter() for account in accounts))
        assert isinstance(store._database._backend, SqliteBackend)
        count_commits(store._database._backend, commits)
        gate = Gate(store._database)
        keeping = [
            asyncio.ensure_future(account.keep(build_paid_reply(key=key)))
            for account, key in zip(accounts, keys, strict=True)
        ]
        await gate.open()
        await asyncio.gather(*keeping)
        assert len(commits) == 1

        recalled = [(await store.open_account(key)).recalled for key in keys]
        assert [len(replies) for replies in recalled] == [1] * len(keys)
