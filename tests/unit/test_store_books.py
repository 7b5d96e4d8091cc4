"""What was paid for is in the books, whatever happens afterwards."""

import signal
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
import pytest_asyncio

from schemas.reading import PaidReply, Usage
from service.errors import StoreError
from service.readers.protocol import Account
from service.store import Store, open_store
from tests.builders import CREATED_AT, KEY, build_paid_reply, build_reading
from tests.unit.data_store import run_python
from tests.unit.databases import AnyDatabase

OTHER_KEY = KEY[::-1]


@pytest_asyncio.fixture
async def store(database: AnyDatabase) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(database.url) as opened:
        yield opened


def _list_states(database: AnyDatabase) -> list[object]:
    return [state for (state,) in database.query("SELECT state FROM calls ORDER BY id")]


async def _pay(account: Account, *contents: str) -> list[PaidReply]:
    """Enter and keep a reply of each content; return them."""
    replies = [build_paid_reply(content) for content in contents]
    for reply in replies:
        await account.enter()
        await account.keep(reply)
    return replies


async def test_a_saved_reading_is_found(store: Store) -> None:
    """A summary can be derived from it again, without paying."""
    await store.save_reading(build_reading())

    assert await store.find_reading(KEY) == build_reading()
    assert await store.find_reading(OTHER_KEY) is None


async def test_a_reading_is_kept_across_a_restart_and_compressed(
    store: Store, database: AnyDatabase
) -> None:
    """Readings are kept for good, and repeat themselves."""
    reading = build_reading()
    await store.save_reading(reading)

    async with open_store(database.url) as other:
        assert await other.find_reading(KEY) == reading
    ((body,),) = database.query("SELECT body FROM readings")
    assert isinstance(body, bytes)
    assert zlib.decompress(body).decode() == reading.model_dump_json()


async def test_the_first_reading_of_a_key_stays(store: Store) -> None:
    """Two processes may read the same at once; summaries of the first are out already."""
    first = build_reading()
    await store.save_reading(first)

    await store.save_reading(build_reading(latency_ms=1, created_at=CREATED_AT + timedelta(1)))

    assert await store.find_reading(KEY) == first


@pytest.mark.parametrize("body", [b"no zlib", zlib.compress(b"{}"), zlib.compress(b"no JSON")])
async def test_a_reading_that_cannot_be_parsed_is_told(
    store: Store, database: AnyDatabase, body: bytes
) -> None:
    """It was paid for: nothing pays for it again behind the user's back."""
    await store.save_reading(build_reading())
    with database.connect() as other:
        other.execute("UPDATE readings SET body = ?", body)

    with pytest.raises(StoreError, match="is damaged, or another version of Readout wrote it"):
        await store.find_reading(KEY)


async def test_a_reply_that_cannot_be_unpacked_is_told(store: Store, database: AnyDatabase) -> None:
    """It was paid for, too."""
    await _pay(await store.open_account(KEY), "one")
    with database.connect() as other:
        other.execute("UPDATE calls SET response = ?", b"no zlib")

    with pytest.raises(StoreError, match="a reading or reply in it is damaged"):
        await store.open_account(KEY)


async def test_a_call_is_in_the_books_before_it_is_made(
    store: Store, database: AnyDatabase
) -> None:
    """Committed: another process sees it."""
    account = await store.open_account(KEY)

    await account.enter()

    assert database.query("SELECT key, state, received_at FROM calls") == [(KEY, "begun", None)]


async def test_a_reply_is_kept_whole(store: Store, database: AnyDatabase) -> None:
    """What it cost is in the books, and what it said can be used later."""
    reply = build_paid_reply("{“İ 稀土” 🌾}\r\n", model="m", latency_ms=7, cost_usd=0.1)
    account = await store.open_account(KEY)

    await account.enter()
    await account.keep(reply)

    assert database.query(
        "SELECT state, model, input_tokens, cached_input_tokens, output_tokens, cost_usd, "
        "latency_ms FROM calls",
    ) == [("answered", "m", 1200, 1000, 300, 0.1, 7)]
    assert (await store.open_account(KEY)).recalled == (reply,)


async def test_a_reply_of_unknown_price_is_recalled_as_such(store: Store) -> None:
    """Unknown is not free."""
    reply = build_paid_reply(cost_usd=None, usage=Usage())
    account = await store.open_account(KEY)

    await account.keep(reply)

    assert (await store.open_account(KEY)).recalled == (reply,)


async def test_an_instant_of_another_zone_is_the_same_instant(store: Store) -> None:
    """SQLite compares instants as texts."""
    received_at = datetime(2025, 12, 6, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=9)))
    account = await store.open_account(KEY)

    await account.keep(build_paid_reply(received_at=received_at))

    (recalled,) = (await store.open_account(KEY)).recalled
    assert recalled.received_at == received_at
    assert recalled.received_at.tzinfo is UTC


async def test_open_replies_are_recalled_the_oldest_first(store: Store) -> None:
    """A reading that was cut off goes on where it was."""
    replies = await _pay(await store.open_account(KEY), "one", "two", "three")
    await _pay(await store.open_account(OTHER_KEY), "other")

    assert (await store.open_account(KEY)).recalled == tuple(replies)


async def test_a_new_account_recalls_nothing(store: Store) -> None:
    """The usual case."""
    assert (await store.open_account(KEY)).recalled == ()


async def test_what_an_account_recalls_does_not_change(store: Store) -> None:
    """Its own replies are not recalled to it."""
    account = await store.open_account(KEY)

    await _pay(account, "one")

    assert account.recalled == ()


async def test_a_reading_uses_the_replies_of_its_key(store: Store, database: AnyDatabase) -> None:
    """And closes its failed calls; those of other keys stay open."""
    account = await store.open_account(KEY)
    await _pay(account, "one", "two")
    await account.enter()
    other = await store.open_account(OTHER_KEY)
    await other.enter()
    await _pay(other, "three")

    await store.save_reading(build_reading())

    assert _list_states(database) == ["used", "used", "unanswered", "begun", "answered"]
    assert (await store.open_account(KEY)).recalled == ()


async def test_a_failure_leaves_the_replies_of_its_key_unused(
    store: Store, database: AnyDatabase
) -> None:
    """They were looked at, and no reading could be made of them: not again."""
    account = await store.open_account(KEY)
    await _pay(account, "one")
    await account.enter()
    await _pay(await store.open_account(OTHER_KEY), "two")

    await store.settle_failure(KEY)

    assert _list_states(database) == ["unused", "unanswered", "answered"]
    assert (await store.open_account(KEY)).recalled == ()


async def test_what_is_settled_stays_so(store: Store, database: AnyDatabase) -> None:
    """A later reading of the same key does not rewrite the past."""
    await _pay(await store.open_account(KEY), "one")
    await store.settle_failure(KEY)
    await _pay(await store.open_account(KEY), "two")

    await store.save_reading(build_reading())
    await store.settle_failure(KEY)

    assert _list_states(database) == ["unused", "used"]


async def test_a_reply_answers_the_last_call(store: Store, database: AnyDatabase) -> None:
    """A call that failed and was made again has one reply."""
    account = await store.open_account(KEY)
    await account.enter()
    await account.enter()

    await account.keep(build_paid_reply())

    assert _list_states(database) == ["begun", "answered"]


async def test_a_reply_that_was_not_entered_is_kept_all_the_same(
    store: Store, database: AnyDatabase
) -> None:
    """It is there, and it was paid for."""
    account = await store.open_account(KEY)
    await _pay(account, "one")

    await account.keep(build_paid_reply("two"))

    assert _list_states(database) == ["answered", "answered"]


async def test_two_accounts_of_one_key_do_not_mix(store: Store, database: AnyDatabase) -> None:
    """Two processes may read the same article at once: both calls are paid."""
    one, two = await store.open_account(KEY), await store.open_account(KEY)
    await one.enter()
    await two.enter()

    await two.keep(build_paid_reply("two"))
    await one.keep(build_paid_reply("one"))

    recalled = (await store.open_account(KEY)).recalled
    assert [reply.response for reply in recalled] == [
        build_paid_reply(name).response for name in ("one", "two")
    ]


async def test_a_reply_after_the_reading_of_another_process_is_kept(
    store: Store, database: AnyDatabase
) -> None:
    """It closed the call as unanswered, and was wrong about it."""
    account = await store.open_account(KEY)
    await account.enter()
    async with open_store(database.url) as other:
        await other.save_reading(build_reading())

    await account.keep(build_paid_reply())
    await store.save_reading(build_reading())

    assert _list_states(database) == ["used"]


def test_a_reply_that_was_kept_survives_the_end_of_its_process(database: AnyDatabase) -> None:
    """It is on disk when ``keep`` returns; nothing is left to do."""
    script = (
        "import asyncio, os, signal, sys\n"
        "from service.store import open_store\n"
        "from tests.builders import KEY, build_paid_reply\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1]) as store:\n"
        "        account = await store.open_account(KEY)\n"
        "        await account.enter()\n"
        "        await account.keep(build_paid_reply('paid'))\n"
        "        await account.enter()\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )

    killed = run_python(script, database.url)

    assert killed.returncode == -signal.SIGKILL
    assert _list_states(database) == ["answered", "begun"]


async def test_after_a_killed_process_the_next_one_goes_on(database: AnyDatabase) -> None:
    """The entry is taken up, and the store opens without a repair."""
    test_a_reply_that_was_kept_survives_the_end_of_its_process(database)

    async with open_store(database.url) as store:
        account = await store.open_account(KEY)
        await store.save_reading(build_reading())

    assert account.recalled == (build_paid_reply("paid"),)
    assert _list_states(database) == ["used", "unanswered"]
