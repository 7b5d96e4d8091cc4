"""What is asked for is found by the indexes of the database."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import Engine, event

from service.store import Store, open_store
from service.store.cursors import write_cursor
from service.store.tables import metadata
from tests.builders import KEY, build_paid_reply, build_reading
from tests.unit.data_store import (
    make_id,
    make_summary,
    read_items,
    read_summaries,
)
from tests.unit.databases import AnyDatabase

SCANS = re.compile(rf"SCAN ({'|'.join(metadata.tables)})\b|Seq Scan")
"""What a step says that walks over a whole table (https://sqlite.org/eqp.html)."""


@pytest_asyncio.fixture
async def store(database: AnyDatabase) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(database.url) as opened:
        yield opened


async def test_no_query_of_the_service_walks_over_a_whole_table(
    store: Store, database: AnyDatabase
) -> None:
    """With 100,000 items each of these must cost what it costs with 1,000."""
    statements: list[tuple[str, object]] = []

    def note(*arguments: object) -> None:
        statements.append((str(arguments[2]), arguments[3]))

    event.listen(Engine, "before_cursor_execute", note)
    await _use_everything(store)
    event.remove(Engine, "before_cursor_execute", note)

    plans = database.explain(statements)
    assert len(plans) > 20
    assert [plan for plan in plans if SCANS.search(plan)] == []


async def _use_everything(store: Store) -> None:
    """Do once what requests and readings do."""
    for name in ("old", "new"):
        await store.save_summary(make_summary(name, article="A"))
    for query in ({}, {"country": "CN", "topic": "agriculture", "since": "2025"}):
        page = await read_items(store, limit=1, **query)
        await read_items(store, cursor=page.next, **query)
        await read_summaries(store, cursor=write_cursor("summaries", 99), **query)
    await store.delete_summary(make_id("new"))
    account = await store.open_account(KEY)
    await account.enter()
    await account.keep(build_paid_reply())
    await store.save_reading(build_reading())
    await store.find_reading(KEY)
