"""A database that is held or emptied by another program says so, whichever it is."""

import logging
import threading
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from schemas.api import PageQuery
from service.errors import StoreBusyError, StoreError
from service.store import Store, open_store
from service.store.accounts import Patience
from service.store.backend import PROBE_TIMEOUT_S
from tests.builders import KEY, build_paid_reply
from tests.unit.data_store import make_summary
from tests.unit.data_store_calls import CALLS, READS, WRITES
from tests.unit.databases import AnyDatabase

WAIT_S = 0.05
"""How long the stores of these tests wait for a lock."""


@pytest_asyncio.fixture
async def store(database: AnyDatabase) -> AsyncIterator[Store]:
    """Open a new store that does not wait long for locks."""
    patience = Patience(limit_s=0)
    async with open_store(database.url, busy_timeout_s=WAIT_S, patience=patience) as opened:
        yield opened


async def _open(database: AnyDatabase) -> None:
    async with open_store(database.url, busy_timeout_s=WAIT_S):
        pass


@pytest.mark.parametrize("name", WRITES)
async def test_a_write_to_a_locked_database_is_busy(
    store: Store, database: AnyDatabase, name: str
) -> None:
    """The service answers 503 with a time to come back, and the rest goes on."""
    with database.connect() as other:
        other.lock()

        with pytest.raises(StoreBusyError, match="does not work: another process"):
            await WRITES[name](store)

    await WRITES[name](store)


@pytest.mark.parametrize("name", READS)
async def test_a_read_beside_a_writer_is_served(
    store: Store, database: AnyDatabase, name: str
) -> None:
    """The lists must not wait for a batch of another process."""
    with database.connect() as other:
        other.lock()
        other.execute("DELETE FROM calls")

        await READS[name](store)


async def test_readiness_of_a_locked_database_is_told_soon(database: AnyDatabase) -> None:
    """A probe that waits as long as ordinary work would be taken for a dead service."""
    async with open_store(database.url) as store:
        with database.connect() as other:
            other.lock()
            begun = time.monotonic()

            with pytest.raises(StoreBusyError):
                await store.check()

            assert time.monotonic() - begun < 1.0


async def test_opening_a_locked_database_is_busy(database: AnyDatabase) -> None:
    """The lock of a backup goes away by itself; the message says so."""
    await _open(database)
    with database.connect() as other:
        other.lock()

        with pytest.raises(StoreBusyError, match="try again, or end that process"):
            await _open(database)


async def test_opening_waits_for_a_lock_like_ordinary_work(database: AnyDatabase) -> None:
    """A command beside a running batch must not fail for half a second of it."""
    await _open(database)
    with database.connect() as other:
        other.lock()
        release = threading.Timer(2 * PROBE_TIMEOUT_S, other.rollback)
        release.start()

        async with open_store(database.url) as store:
            await store.save_summary(make_summary())

        release.join()


async def test_a_reply_that_cannot_be_kept_is_an_error(store: Store, database: AnyDatabase) -> None:
    """It must not be used as if it were in the books; kept again, it is."""
    account = await store.open_account(KEY)
    await account.enter()

    with database.connect() as other:
        other.lock()
        with pytest.raises(StoreBusyError):
            await account.keep(build_paid_reply())
    await account.keep(build_paid_reply())

    assert (await store.open_account(KEY)).recalled == (build_paid_reply(),)
    assert (await store.measure()).calls == 1


@pytest.mark.parametrize("name", [name for name in CALLS if name != "check"])
async def test_missing_tables_are_told(new_database: AnyDatabase, name: str) -> None:
    """Another program may empty the database without replacing it."""
    async with open_store(new_database.url) as store:
        with new_database.connect() as other:
            for table in ("postings", "items", "summaries", "calls", "readings"):
                other.execute(f"DROP TABLE {table}")

        with pytest.raises(StoreError, match="a table or column is missing"):
            await CALLS[name](store)


async def test_messages_hold_neither_statement_nor_article(
    new_database: AnyDatabase,
) -> None:
    """They are logged with their causes, and sent to whoever asked."""
    async with open_store(new_database.url) as store:
        account = await store.open_account(KEY)
        with new_database.connect() as other:
            other.execute("DROP TABLE calls")

        with pytest.raises(StoreError) as caught:
            await account.keep(build_paid_reply(model="embargoed"))

    error: BaseException | None = caught.value
    told = []
    while error is not None:
        told.append(str(error))
        error = error.__cause__
    assert "embargoed" not in "".join(told)
    assert not any(word in told[0] for word in ("SELECT", "UPDATE", "calls"))


async def test_logs_hold_no_article(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """The driver names every parameter when a program logs everything."""
    caplog.set_level(logging.DEBUG)

    await store.save_summary(make_summary("one"))
    await store.list_items(PageQuery(product="MI308"))

    assert "mi308" not in caplog.text
