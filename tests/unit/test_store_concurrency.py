"""Many tasks and processes use one database, and some of them are cut off."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from sqlalchemy import Connection, func, select

from schemas.api import PageQuery
from service.store import Store, open_store
from service.store.backend import MAX_READS
from service.store.entries import enter_summary
from service.store.summaries import insert_summary
from service.store.tables import items
from tests.builders import KEY, build_paid_reply, build_reading
from tests.unit.data_store import (
    ROOT,
    list_items,
    make_id,
    make_small,
    make_summary,
    name_summaries,
    read_summaries,
)
from tests.unit.databases import AnyDatabase

STEPS = 60
"""Turns of the event loop after which a task is cancelled, from 0 up to this."""


@pytest_asyncio.fixture
async def store(database: AnyDatabase) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(database.url) as opened:
        yield opened


async def _cancel_after(task: "asyncio.Task[object]", steps: int) -> bool:
    """Cancel ``task`` after as many turns of the loop; say whether that cut it off."""
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    return task.cancelled()


async def _settle(store: Store) -> None:
    """Wait until nothing of ``store`` is under way."""
    while store._database._running:
        await asyncio.wait(store._database._running)


async def test_a_write_whose_caller_leaves_is_done_to_its_end(store: Store) -> None:
    """Wherever it was: no half of a row, no lost lock, no broken connection."""
    cut = []
    for steps in range(1, STEPS):
        task = asyncio.ensure_future(store.save_summary(make_summary(str(steps))))
        cut.append(await _cancel_after(task, steps))

    await _settle(store)

    assert any(cut)
    names = [make_id(str(steps)) for steps in range(1, STEPS)]
    assert sorted(await name_summaries(store, limit=100)) == sorted(names)
    assert len(await list_items(store, limit=500)) == 6 * len(names)


async def test_a_reply_whose_reader_leaves_is_kept(database: AnyDatabase) -> None:
    """It was paid for, and closing the store waits for it."""
    async with open_store(database.url) as store:
        account = await store.open_account(KEY)
        await account.enter()
        task = asyncio.ensure_future(account.keep(build_paid_reply()))

        assert await _cancel_after(task, 2)

    assert database.query("SELECT state FROM calls") == [("answered",)]


async def test_a_deletion_whose_caller_leaves_reaches_the_memory(store: Store) -> None:
    """Else what is gone from the database would be served for a minute."""
    for steps in range(1, 20):
        saved = await store.save_summary(make_small())
        store.remember(b"print", saved.id)
        task = asyncio.ensure_future(store.delete_summary(saved.id))
        await _cancel_after(task, steps)

        await store._database.write_alone(_do_nothing)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

        assert store.recall(b"print") is None


def _do_nothing(connection: Connection) -> None:
    """Write nothing."""


async def test_a_write_that_waits_for_a_lock_holds_up_no_read(
    store: Store, database: AnyDatabase
) -> None:
    """The service goes on serving what it has while another process writes."""
    saved = await store.save_summary(make_summary())
    with database.connect() as other:
        other.lock()
        writing = asyncio.ensure_future(store.save_summary(make_summary("two")))

        assert len(await list_items(store)) == 6
        assert not writing.done()

        other.rollback()
    await writing
    assert await name_summaries(store) == [make_id("two"), saved.id]


async def test_a_write_that_waits_for_a_lock_is_done_though_its_caller_leaves(
    database: AnyDatabase,
) -> None:
    """It has begun; closing waits for it as well."""
    async with open_store(database.url) as store:
        with database.connect() as other:
            other.lock()
            task = asyncio.ensure_future(store.save_reading(build_reading()))
            cut = await _cancel_after(task, STEPS)
            unsaved = database.query("SELECT key FROM readings")
            other.rollback()

    assert cut
    assert (unsaved, database.query("SELECT key FROM readings")) == ([], [(KEY,)])


@pytest.mark.parametrize("is_cancelled", [False, True])
async def test_closing_waits_for_what_is_under_way(
    database: AnyDatabase, is_cancelled: bool
) -> None:
    """Also where closing itself is cut off, as by a second Ctrl-C: no connection stays open."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(database.url))
        with database.connect() as other:
            other.lock()
            saving = asyncio.ensure_future(store.save_reading(build_reading()))
            reading = asyncio.ensure_future(store.measure())
            await asyncio.sleep(0)
            closing = asyncio.ensure_future(stack.pop_all().aclose())
            for _ in range(STEPS):
                await asyncio.sleep(0)
            if is_cancelled:
                closing.cancel()
            assert not saving.done()
            assert not closing.done()
            other.rollback()
        await asyncio.wait([closing])

    assert closing.cancelled() == is_cancelled
    assert (saving.done(), reading.done()) == (True, True)
    assert database.query("SELECT key FROM readings") == [(KEY,)]
    assert database.is_left()


async def test_reads_whose_callers_leave_do_no_harm(store: Store) -> None:
    """Browsers do that all the time; the connections are needed again."""
    await store.save_summary(make_summary())
    for steps in range(STEPS):
        task = asyncio.ensure_future(store.list_items(PageQuery()))
        await _cancel_after(task, steps % 30)

    found = await asyncio.gather(*(list_items(store) for _ in range(3 * MAX_READS)))

    assert [len(page) for page in found] == [6] * 3 * MAX_READS


async def test_many_tasks_read_and_write_at_once(store: Store) -> None:
    """Writes queue up, reads run beside them; nobody is told that the database is busy."""
    writes = [store.save_summary(make_small(str(number))) for number in range(30)]
    reads = [read_summaries(store, country="CN") for _ in range(60)]

    await asyncio.gather(*writes, *reads)

    assert len(await name_summaries(store)) == 30


async def test_a_failure_within_a_write_leaves_nothing_behind(store: Store) -> None:
    """The transaction is taken back, and the lock is free."""

    def fail(connection: Connection) -> None:
        insert_summary(connection, enter_summary(make_summary()))
        raise KeyError

    with pytest.raises(KeyError):
        await store._database.write_alone(fail)

    assert await name_summaries(store) == []
    assert await list_items(store) == []
    await store.save_summary(make_summary())


async def test_a_page_is_of_one_state_of_the_database(store: Store, database: AnyDatabase) -> None:
    """Index and rows are read one after the other; what is deleted between them is still shown."""
    await store.save_summary(make_summary())
    count = select(func.count()).select_from(items)

    def read_twice(connection: Connection) -> tuple[object, object]:
        before = connection.scalar(count)
        database.query("DELETE FROM items")
        return before, connection.scalar(count)

    assert await store._database.read(read_twice) == (6, 6)
    assert await store._database.read(lambda connection: connection.scalar(count)) == 0


async def test_the_same_reading_saved_at_once_is_one(store: Store) -> None:
    """Two tasks that read the same article both save it."""
    await asyncio.gather(*(store.save_reading(build_reading()) for _ in range(5)))

    assert (await store.measure()).readings == 1


def test_processes_that_write_at_once_lose_nothing(database: AnyDatabase) -> None:
    """Each changes the index of the others' rows: all of it must be in there."""
    script = (
        "import asyncio, sys\n"
        "from service.store import open_store\n"
        "from tests.unit.data_store import make_small\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1]) as store:\n"
        "        for number in range(30):\n"
        "            await store.save_summary(make_small(f'{sys.argv[2]}-{number}'))\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", script, database.url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    running = [
        subprocess.Popen([*command, str(n)], env=environment, stderr=subprocess.PIPE)
        for n in range(3)
    ]
    errors = [process.communicate()[1] for process in running]

    assert errors == [b""] * 3
    assert asyncio.run(_count_listed(database)) == (90, 90)


async def _count_listed(database: AnyDatabase) -> tuple[int, int]:
    async with open_store(database.url) as store:
        found = await list_items(store, limit=500, country="CN", topic="agriculture")
        return len(found), len(await name_summaries(store, limit=500, since="2025"))


async def test_another_process_sees_what_was_saved_and_deleted(
    store: Store, database: AnyDatabase
) -> None:
    """The command line and the service work on one database."""
    async with open_store(database.url) as other:
        saved = await store.save_summary(make_summary())
        seen = await other.find_summary(saved.id)
        await other.delete_summary(saved.id)

        assert (seen, await name_summaries(store)) == (saved, [])


async def test_a_reading_beside_another_process_account_is_saved(
    store: Store, database: AnyDatabase
) -> None:
    """The books of both are in one table."""
    async with open_store(database.url) as other:
        account = await other.open_account(KEY)
        await account.enter()

        await store.save_reading(build_reading())
        await account.keep(build_paid_reply())

        assert await other.find_reading(KEY) == build_reading()
