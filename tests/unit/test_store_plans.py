"""SQLite finds what is asked for by its indexes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import event

from service.store import Store, open_store
from service.store.cursors import write_cursor
from service.store.tables import metadata
from tests.builders import KEY, build_paid_reply, build_reading
from tests.unit.data_store import (
    connect,
    make_id,
    make_summary,
    name_url,
    read_items,
    read_summaries,
)

SCANS = tuple(f"SCAN {name}" for name in metadata.tables)
"""How a step begins that walks over a whole table (https://sqlite.org/eqp.html)."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the test's database is."""
    return tmp_path / "readout.db"


@pytest_asyncio.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(name_url(path)) as opened:
        yield opened


async def test_no_query_of_the_service_walks_over_a_whole_table(store: Store, path: Path) -> None:
    """With 100,000 items each of these must cost what it costs with 1,000."""
    statements: list[tuple[str, object]] = []

    def note(*arguments: object) -> None:
        statements.append((str(arguments[2]), arguments[3]))

    event.listen(store._database._backend._engine, "before_cursor_execute", note)
    await _use_everything(store)

    plans = _explain(path, statements)
    assert len(plans) > 20
    assert [plan for plan in plans if plan.startswith(SCANS)] == []


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


def _explain(path: Path, statements: list[tuple[str, object]]) -> list[str]:
    """Return the steps by which SQLite would carry out ``statements``."""
    with connect(path) as other:
        return [
            str(step[3])
            for statement, parameters in statements
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))
            for step in other.execute(f"EXPLAIN QUERY PLAN {statement}", _pick_one(parameters))
        ]


def _pick_one(parameters: object) -> tuple[object, ...]:
    """Return the parameters of one execution, where there are those of many."""
    assert isinstance(parameters, (tuple, list))
    return parameters[0] if isinstance(parameters, list) else parameters
