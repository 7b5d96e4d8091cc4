"""A reply that was paid for is not lost because the database does not work when it arrives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import pytest
import pytest_asyncio

from schemas.reading import PaidReply, Usage
from service.errors import StoreBusyError, StoreError
from service.store import Store, open_store
from service.store.accounts import KEEP_PATIENCE_S, Patience
from service.store.books import MAX_NUMBER
from tests.builders import KEY, build_paid_reply, build_reading
from tests.unit.databases import AnyDatabase, Other

OTHER_KEY = KEY[::-1]
WAIT_S = 0.02
"""How long the stores of these tests wait for a lock."""
COST = 0.002
"""US dollars of the default reply."""
ONCE = Patience(limit_s=0)
"""A single try."""


def _open(database: AnyDatabase, patience: Patience = ONCE) -> AbstractAsyncContextManager[Store]:
    return open_store(database.url, busy_timeout_s=WAIT_S, patience=patience)


@pytest_asyncio.fixture
async def store(database: AnyDatabase) -> AsyncIterator[Store]:
    """Open a new store that tries once to keep a reply."""
    async with _open(database) as opened:
        yield opened


def _list_books(database: AnyDatabase) -> list[tuple[object, ...]]:
    return list(database.query("SELECT state, cost_usd FROM calls ORDER BY id"))


class _Releasing:
    """Pauses without waiting, and ends another connection's lock in the third pause."""

    def __init__(self, other: Other) -> None:
        self._other = other
        self.pauses = 0

    async def __call__(self) -> None:
        self.pauses += 1
        assert self.pauses <= 3
        if self.pauses == 3:
            self._other.rollback()


async def _lose(
    store: Store, database: AnyDatabase, *contents: str, key: str = KEY
) -> list[PaidReply]:
    """Enter calls whose replies arrive while the database is locked; return the replies."""
    replies = [build_paid_reply(content, key=key) for content in contents]
    for reply in replies:
        account = await store.open_account(key)
        await account.enter()
        with database.connect() as other:
            other.lock()
            with pytest.raises(StoreBusyError):
                await account.keep(reply)
    return replies


async def test_a_lock_that_outlasts_the_wait_for_it_does_not_cost_the_reply(
    database: AnyDatabase,
) -> None:
    """A batch or a backup of another process takes longer than ordinary work waits."""
    async with _open(database):
        pass
    with database.connect() as other:
        releasing = _Releasing(other)
        async with _open(database, Patience(pause=releasing)) as store:
            account = await store.open_account(KEY)
            await account.enter()
            other.lock()

            await account.keep(build_paid_reply())

            assert releasing.pauses == 3
            assert _list_books(database) == [("answered", COST)]
            assert (await store.open_account(KEY)).recalled == (build_paid_reply(),)


async def test_a_reply_is_tried_to_its_end_though_its_reader_leaves(
    database: AnyDatabase,
) -> None:
    """A browser that is closed has paid as well; closing the store waits for it."""
    async with _open(database):
        pass
    with database.connect() as other:
        async with _open(database, Patience(pause=_Releasing(other))) as store:
            account = await store.open_account(KEY)
            await account.enter()
            other.lock()
            keeping = asyncio.ensure_future(account.keep(build_paid_reply()))
            await asyncio.sleep(0)
            keeping.cancel()

    assert _list_books(database) == [("answered", COST)]


async def test_the_patience_is_minutes_and_not_longer() -> None:
    """Whoever asked waits as long."""
    assert 60 <= KEEP_PATIENCE_S <= 600
    assert Patience().limit_s == KEEP_PATIENCE_S


async def test_what_is_no_lock_is_not_waited_for(database: AnyDatabase) -> None:
    """A missing table does not come back by itself."""
    with database.connect() as other:
        releasing = _Releasing(other)
        async with _open(database, Patience(pause=releasing)) as store:
            account = await store.open_account(KEY)
            other.execute("ALTER TABLE calls RENAME TO away")

            with pytest.raises(StoreError, match="a table or column is missing"):
                await account.keep(build_paid_reply())

            assert releasing.pauses == 0
            other.execute("ALTER TABLE away RENAME TO calls")


async def test_a_reply_that_could_not_be_kept_is_recalled(
    store: Store, database: AnyDatabase
) -> None:
    """Asking again in the same process does not pay again; of another key, nothing is known."""
    (reply,) = await _lose(store, database, "one")

    with database.connect() as other:
        other.lock()
        recalled = (await store.open_account(KEY)).recalled
        others = (await store.open_account(OTHER_KEY)).recalled

    assert (recalled, others) == ((reply,), ())
    assert _list_books(database) == [("begun", None)]


async def test_what_was_kept_is_recalled_before_what_was_not(
    store: Store, database: AnyDatabase
) -> None:
    """A conversation goes on where it was cut off."""
    account = await store.open_account(KEY)
    await account.enter()
    await account.keep(build_paid_reply("one"))
    (two,) = await _lose(store, database, "two")

    assert (await store.open_account(KEY)).recalled == (build_paid_reply("one"), two)


async def test_a_reading_of_a_recalled_reply_brings_it_into_the_books_once(
    store: Store, database: AnyDatabase
) -> None:
    """What was paid is in the books, whatever way it took."""
    await _lose(store, database, "one")

    await store.save_reading(build_reading())
    await store.save_reading(build_reading())

    assert _list_books(database) == [("used", COST)]
    assert (await store.open_account(KEY)).recalled == ()


async def test_a_reading_that_cannot_be_saved_leaves_the_reply_in_memory(
    store: Store, database: AnyDatabase
) -> None:
    """The database may still be locked then; the reply is needed the next time."""
    (reply,) = await _lose(store, database, "one")

    with database.connect() as other:
        other.lock()
        with pytest.raises(StoreBusyError):
            await store.save_reading(build_reading())
    recalled = (await store.open_account(KEY)).recalled
    await store.save_reading(build_reading())

    assert recalled == (reply,)
    assert _list_books(database) == [("used", COST)]


async def test_a_failed_reading_brings_its_replies_into_the_books(
    store: Store, database: AnyDatabase
) -> None:
    """They are of no use, and not taken up again; but they were paid for."""
    await _lose(store, database, "one")

    await store.settle_failure(KEY)

    assert _list_books(database) == [("unused", COST)]
    assert (await store.open_account(KEY)).recalled == ()


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
async def test_the_next_reply_brings_them_into_the_books(
    store: Store, database: AnyDatabase, key: str
) -> None:
    """The database works again: what was waiting for it goes there, of whatever reading."""
    replies = await _lose(store, database, "one", "two")
    account = await store.open_account(key)

    await account.keep(build_paid_reply("three", key=key))

    assert _list_books(database) == 3 * [("answered", COST)]
    recalled = (await store.open_account(KEY)).recalled
    assert recalled[:2] == tuple(replies)
    assert database.query("SELECT count(DISTINCT response) FROM calls") == [(3,)]


async def test_a_reply_that_is_tried_again_is_in_the_books_once(
    store: Store, database: AnyDatabase
) -> None:
    """It was one call."""
    (reply,) = await _lose(store, database, "one")

    await (await store.open_account(KEY)).keep(reply)

    assert _list_books(database) == [("answered", COST)]


async def test_a_second_reply_does_not_take_the_place_of_the_first(
    store: Store, database: AnyDatabase
) -> None:
    """The entry of a call belongs to its reply, also while that is in memory."""
    account = await store.open_account(KEY)
    await account.enter()
    with database.connect() as other:
        other.lock()
        with pytest.raises(StoreBusyError):
            await account.keep(build_paid_reply("one"))

    await account.keep(build_paid_reply("two"))

    recalled = (await store.open_account(KEY)).recalled
    assert recalled == (build_paid_reply("one"), build_paid_reply("two"))


async def test_closing_brings_what_is_left_into_the_books(database: AnyDatabase) -> None:
    """The memory ends with the process."""
    async with _open(database) as store:
        await _lose(store, database, "one")
        await _lose(store, database, "other", key=OTHER_KEY)

    assert _list_books(database) == 2 * [("answered", COST)]


async def test_closing_does_not_wait_for_each_reply_of_a_locked_database(
    database: AnyDatabase,
) -> None:
    """One wait shows it; a service that does not end is killed."""
    with database.connect() as other:
        async with _open(database) as store:
            for number in range(3):
                await _lose(store, database, str(number), key=f"{number}")
            tried = []
            write = store._database.write
            store._database.write = lambda work: tried.append(work) or write(work)  # type: ignore[method-assign, func-returns-value]  # counts
            other.lock()

        assert len(tried) == 1
        other.rollback()


async def test_an_account_that_is_opened_while_replies_go_to_the_disk_recalls_them_once(
    store: Store, database: AnyDatabase
) -> None:
    """They are in memory or in the books at any time, and must not be seen in both."""
    for number in range(20):
        key = f"{number}"
        (reply,) = await _lose(store, database, "one", key=key)
        keeping = asyncio.ensure_future(store._accounts.rescue())
        for _ in range(number):
            await asyncio.sleep(0)

        account = await store.open_account(key)
        await keeping

        assert account.recalled == (reply,)


async def test_a_count_that_no_database_holds_does_not_cost_the_reply(
    store: Store, database: AnyDatabase
) -> None:
    """An endpoint may say anything; what it said can still be read, and sums still be made."""
    usage = Usage(input_tokens=1 << 64, cached_input_tokens=1 << 63, output_tokens=7)
    for number in range(3):
        reply = build_paid_reply(f"{number}", usage=usage, latency_ms=1 << 70)
        await (await store.open_account(KEY)).keep(reply)

    recalled = (await store.open_account(KEY)).recalled
    report = await store.measure()

    assert recalled[2].response == reply.response
    assert recalled[2].usage == Usage(
        input_tokens=MAX_NUMBER, cached_input_tokens=MAX_NUMBER, output_tokens=7
    )
    assert recalled[2].latency_ms == MAX_NUMBER
    assert report.costs[0].usage.input_tokens == 3 * MAX_NUMBER
