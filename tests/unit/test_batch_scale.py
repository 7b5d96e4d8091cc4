"""The engine past one machine: what pgqueuer does not see to."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import psycopg
import pytest

from service.batch.attendant import open_attendant
from service.batch.scale.connecting import connect, translate_address, translate_faults
from service.batch.scale.engine import ScaleEngine
from service.batch.scale.outbox import Outbox, open_queries
from service.errors import StoreAwayError, StoreError
from service.store import Store, open_store
from service.store.batches import NewBatch
from service.store.faults import Label
from tests.batch_bench import Bench
from tests.builders import build_article
from tests.engine_rigs import ScaleRig
from tests.unit.data_batch import BATCH, make_job

NAMES = [str(number) for number in range(12)]


@pytest.fixture(autouse=True)
def _hasten(allow_sleep: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a batch be looked at often."""
    monkeypatch.setattr("service.batch.scale.engine.LOOK_S", 0.02)
    monkeypatch.setattr("service.batch.scale.engine.SWEEP_S", 0.1)
    monkeypatch.setattr("service.batch.scale.worker.LOOK_S", 0.1)


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    """Yield a store on PostgreSQL."""
    async with open_store(postgres_url) as store:
        yield store


@pytest.fixture
async def rig(store: Store, postgres_url: str) -> AsyncIterator[ScaleRig]:
    """Yield the engine with its workers."""
    rig = ScaleRig(store, postgres_url)
    yield rig
    await rig.close()


@pytest.fixture
def bench() -> Bench:
    """Return tools that succeed with everything."""
    return Bench()


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    """Return the rows of ``statement``, run by another connection."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


async def test_what_pgqueuer_has_lost_is_handed_over_again(
    rig: ScaleRig, bench: Bench, postgres_url: str
) -> None:
    """Our own table is the record: the other one could be emptied at any time."""
    handle = await rig.submit(*NAMES)
    query(postgres_url, "TRUNCATE readout_pgqueuer")
    async with asyncio.timeout(60):
        await rig.run(handle, bench)

    assert sorted(bench.begun) == sorted(NAMES)


async def test_a_job_is_handed_over_once(rig: ScaleRig, postgres_url: str) -> None:
    """However often the same command lists it."""
    for _ in range(2):
        await rig.submit(*NAMES)

    assert query(postgres_url, "SELECT count(*) FROM readout_pgqueuer") == [(len(NAMES),)]


async def test_many_are_handed_over_in_several_goes(
    store: Store, postgres_url: str, monkeypatch: pytest.MonkeyPatch, bench: Bench
) -> None:
    """The batch is looked at between: a budget may be reached meanwhile."""
    monkeypatch.setattr("service.batch.scale.engine.CHUNK", 2)
    monkeypatch.setattr("service.batch.scale.engine.CHUNKS", 2)
    rig = ScaleRig(store, postgres_url)
    rig.engine._begins_early = False
    handle = await rig.submit(*NAMES)
    assert query(postgres_url, "SELECT to_regclass('readout_pgqueuer')") == [(None,)]
    async with asyncio.timeout(60):
        await rig.run(handle, bench)
    await rig.close()

    assert sorted(bench.begun) == sorted(NAMES)


async def test_a_worker_that_reads_otherwise_takes_nothing(rig: ScaleRig, bench: Bench) -> None:
    """Another model's summary would not be what was asked for; after a while that is said."""
    handle = await rig.submit("a")
    rig.topic = "another"
    told = asyncio.Event()
    rig.engine._on_idle = told.set
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.batch.scale.engine.IDLE_S", 0.5)
        async with asyncio.timeout(60):
            running = asyncio.ensure_future(rig.run(handle, bench))
            await told.wait()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    assert bench.begun == []


async def test_what_has_not_begun_is_withdrawn_once_the_budget_is_reached(
    store: Store, postgres_url: str, bench: Bench
) -> None:
    """The rest is to be done in a further round."""
    outbox = Outbox(postgres_url, "topic")
    engine = ScaleEngine(store.queue, outbox, is_exhausted=lambda: True)
    handle = await store.queue.open_batch(BATCH, NewBatch("local", "articles/"))
    assert handle is not None
    await engine.submit(handle, [make_job(name) for name in NAMES])
    await store.queue.seal(handle)
    async with asyncio.timeout(60):
        await engine.run(handle, asyncio.Event())
    await outbox.close()

    found = await store.queue.report(BATCH)
    assert found is not None
    assert found.counts.cancelled == len(NAMES)


async def test_the_tables_are_made_once_by_whoever_comes_first(postgres_url: str) -> None:
    """Ten workers that start at once are no trouble."""

    async def open_once() -> None:
        async with open_queries(postgres_url):
            return

    async with open_store(postgres_url):
        await asyncio.gather(*(open_once() for _ in range(10)))

    assert query(postgres_url, "SELECT count(*) FROM readout_pgqueuer") == [(0,)]


async def test_its_log_does_not_grow(rig: ScaleRig, bench: Bench, postgres_url: str) -> None:
    """It has rows for every job that ever was."""
    handle = await rig.submit(*NAMES)
    async with asyncio.timeout(60):
        await rig.run(handle, bench)

    # What the worker notes while it ends comes after.
    ((rows,),) = query(postgres_url, "SELECT count(*) FROM readout_pgqueuer_log")
    assert isinstance(rows, int)
    assert rows <= len(NAMES)


async def test_an_address_serves_both_drivers(postgres_url: str) -> None:
    """What only libpq knows is left out; what both know arrives, escaped or not."""
    connection = await connect(f"{postgres_url}?connect_timeout=3&keepalives=1&sslmode=disable")
    try:
        assert await connection.fetchval("SELECT 1") == 1
        assert await connection.fetchval("SHOW application_name") == "readout"
    finally:
        await connection.close()


def test_parameters_are_escaped() -> None:
    """A password may have any character."""
    address = translate_address("postgresql://ann:p%40ss%2F%26@db:5433/news?application_name=x")

    assert address == "postgresql://?host=db&port=5433&user=ann&password=p%40ss%2F%26&dbname=news"


async def test_a_refused_password_is_no_matter_of_waiting(postgres_url: str) -> None:
    """It is said at once, and without the password."""
    wrong = postgres_url.replace("p%40ss", "secret")
    with pytest.raises(StoreError, match="refuses the user or the password") as caught:
        async with open_queries(wrong):
            pass  # pragma: no cover

    assert not isinstance(caught.value, StoreAwayError)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(111, "x"), asyncpg.InterfaceError("closed"), TimeoutError()]
)
def test_a_server_that_is_away_can_be_waited_for(error: Exception) -> None:
    """Whatever the driver calls it."""
    with (
        pytest.raises(
            StoreAwayError, match=r"the database news does not work: .*cannot be reached"
        ),
        translate_faults(Label("news", "")),
    ):
        raise error


async def test_two_services_share_the_batches_that_were_sent_to_them(
    postgres_url: str, bench: Bench
) -> None:
    """Each has its own engine; leases keep them apart."""
    async with open_store(postgres_url) as first, open_store(postgres_url) as second:
        handle = await first.queue.open_batch(BATCH, NewBatch("served", "upload"))
        assert handle is not None
        given = [make_job(name, article=build_article(title=name)) for name in NAMES]
        await first.queue.add(handle, given)
        await first.queue.seal(handle)
        tools = bench.make_tools()
        async with (
            asyncio.timeout(60),
            open_attendant(first.queue, tools, places=2),
            open_attendant(second.queue, tools, places=2),
        ):
            while await first.queue.list_open("served"):
                pass  # asking takes a while

    assert sorted(bench.begun) == sorted(NAMES)
