"""What both engines keep: every job once, and none lost, whoever dies on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from schemas.batch import BatchReport
from service.errors import (
    AuthenticationError,
    EndpointUnavailableError,
    ReadoutError,
    RefusalError,
    SettingsError,
    StoreAwayError,
    StoreError,
)
from service.store import Store, open_store
from service.store.jobs import MAX_ATTEMPTS
from tests.batch_bench import Bench
from tests.engine_rigs import PLACES, LocalRig, Rig, ScaleRig
from tests.postgres import Server
from tests.unit.data_batch import BATCH
from tests.unit.data_store import name_url

NAMES = [str(number) for number in range(20)]
ON_POSTGRES = ["local-postgresql", "scale"]


@pytest.fixture(autouse=True)
def _hasten(allow_sleep: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is put back be taken at once, and what is lost be missed soon."""
    for name, value in {
        "service.batch.performing.BASE_DELAY_S": 0.0,
        "service.batch.local.LOOK_S": 0.02,
        "service.batch.leases.BEAT_S": 0.2,
        "service.store.jobs.LEASE_S": 1.0,
        "service.batch.scale.engine.LOOK_S": 0.02,
        "service.batch.scale.engine.SWEEP_S": 0.2,
        "service.batch.scale.worker.LEASE_S": 1.0,
        "service.batch.scale.worker.LOOK_S": 0.2,
        "service.batch.scale.worker.AWAY_S": (0.1,),
    }.items():
        monkeypatch.setattr(name, value)


@pytest.fixture(params=["local-sqlite", *ON_POSTGRES])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database."""
    if request.param == "local-sqlite":
        return name_url(tmp_path / "readout.db")
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """Yield the store of that database."""
    async with open_store(url) as store:
        yield store


@pytest.fixture
async def rig(request: pytest.FixtureRequest, store: Store, url: str) -> AsyncIterator[Rig]:
    """Yield an engine with its workers."""
    if request.node.callspec.params["url"] != "scale":
        yield LocalRig(store)
        return
    scale = ScaleRig(store, url)
    yield scale
    await scale.close()


@pytest.fixture
def bench() -> Bench:
    """Return tools that succeed with everything."""
    return Bench()


async def run(
    rig: Rig, bench: Bench, *names: str, places: int = PLACES, workers: int = 1
) -> BatchReport:
    """Submit the jobs ``names``, and have them done."""
    handle = await rig.submit(*names)
    async with asyncio.timeout(60):
        await rig.run(handle, bench, places=places, workers=workers)
    return await report(rig)


async def report(rig: Rig) -> BatchReport:
    """Return how far the batch is."""
    found = await rig.store.queue.report(BATCH)
    assert found is not None
    return found


async def test_every_job_is_done_once(rig: Rig, bench: Bench) -> None:
    """Each costs money, and each is missed."""
    done = await run(rig, bench, *NAMES)

    assert (done.counts.done, done.state) == (len(NAMES), "finished")
    assert sorted(bench.begun) == sorted(NAMES)


async def test_what_is_done_is_not_done_again(rig: Rig, bench: Bench) -> None:
    """The same command again goes on where it was."""
    await run(rig, bench, "a", "b")
    done = await run(rig, bench, "a", "b", "c")

    assert (done.counts.done, sorted(bench.begun)) == (3, ["a", "b", "c"])


async def test_a_batch_of_nothing_ends(rig: Rig, bench: Bench) -> None:
    """Nobody waits for what never comes."""
    assert (await run(rig, bench)).state == "finished"


@pytest.mark.parametrize("places", [1, 3])
async def test_places_are_never_exceeded(rig: Rig, bench: Bench, places: int) -> None:
    """Who says three means three, and gets them."""
    full = asyncio.Event()
    bench.on_begin = lambda: full.set() if bench.at_once == places else None
    bench.may_end.clear()
    handle = await rig.submit(*NAMES)
    async with asyncio.timeout(60):
        running = asyncio.ensure_future(rig.run(handle, bench, places=places))
        await full.wait()
        for _ in range(50):
            # Whoever would take one too many has the time to.
            await report(rig)
        bench.may_end.set()
        await running

    assert bench.most_at_once == places


async def test_two_workers_share_the_work(rig: Rig, bench: Bench) -> None:
    """None does what the other has taken."""
    done = await run(rig, bench, *NAMES, workers=2)

    assert done.counts.done == len(NAMES)
    assert sorted(bench.begun) == sorted(NAMES)


async def test_stopping_finishes_what_is_in_flight(rig: Rig, bench: Bench) -> None:
    """It is being paid for; nothing else is begun, and the next run does the rest."""
    stop, begun = asyncio.Event(), asyncio.Event()
    bench.on_begin = begun.set
    bench.may_end.clear()
    handle = await rig.submit(*NAMES)
    async with asyncio.timeout(60):
        running = asyncio.ensure_future(rig.run(handle, bench, places=2, stop=stop))
        await begun.wait()
        stop.set()
        if isinstance(rig, ScaleRig):
            await wait_until_withdrawn(rig)
        bench.may_end.set()
        await running
    stopped = await report(rig)
    assert (stopped.counts.running, stopped.counts.done) == (0, len(bench.begun))
    assert len(bench.begun) <= 4

    done = await run(rig, bench, *NAMES)

    assert (done.counts.done, done.state) == (len(NAMES), "finished")
    assert sorted(bench.begun) == sorted(NAMES)


async def wait_until_withdrawn(rig: Rig) -> None:
    """Return once nothing waits any more; the engine looks every few hundredths of a second."""
    while (await report(rig)).counts.queued:
        pass  # asking takes a while


@pytest.mark.parametrize(
    "error", [AuthenticationError("wrong key"), SettingsError("none"), StoreError("gone")]
)
async def test_what_every_article_would_meet_leaves_jobs_queued(
    rig: Rig, bench: Bench, error: ReadoutError
) -> None:
    """Whoever works says so and ends; the jobs wait for one that can."""
    bench.errors["0"] = [error]

    with pytest.raises(type(error)):
        await run(rig, bench, *NAMES, places=2)

    left = (await report(rig)).counts
    assert (left.failed, left.running, left.dead) == (0, 0, 0)
    assert left.queued >= 1
    assert (await run(rig, bench, *NAMES)).counts.done == len(NAMES)


async def test_what_passes_is_tried_again(rig: Rig, bench: Bench) -> None:
    """An endpoint that was down for a moment costs no article."""
    bench.errors["a"] = [EndpointUnavailableError("down"), EndpointUnavailableError("down")]

    assert (await run(rig, bench, "a", "b")).counts.done == 2
    assert bench.begun.count("a") == 3


async def test_what_does_not_pass_is_given_up(rig: Rig, bench: Bench) -> None:
    """A run must come to an end."""
    bench.errors["a"] = [EndpointUnavailableError("down") for _ in range(MAX_ATTEMPTS)]
    counts = (await run(rig, bench, "a", "b")).counts

    assert (counts.failed, counts.done) == (1, 1)


async def test_what_failed_is_done_again_when_asked_for(rig: Rig, bench: Bench) -> None:
    """As if it had never been begun."""
    bench.errors["a"] = [RefusalError("refused")]
    assert (await run(rig, bench, "a", "b")).counts.failed == 1

    handle = await rig.submit("a", "b")
    assert await rig.requeue(handle) == 1
    async with asyncio.timeout(60):
        await rig.run(handle, bench)

    assert (await report(rig)).counts.done == 2
    assert sorted(bench.begun) == ["a", "a", "b"]


async def test_the_jobs_of_a_dead_worker_are_taken_over(rig: Rig, bench: Bench) -> None:
    """It never returns, and says nothing."""
    handle = await rig.submit(*NAMES)
    lost = await rig.take_as_dead(handle, 3)
    async with asyncio.timeout(60):
        await rig.run(handle, bench)

    assert len(lost) == 3
    assert (await report(rig)).counts.done == len(NAMES)
    assert sorted(bench.begun) == sorted(NAMES)


async def test_a_job_that_kills_its_worker_is_given_up(
    rig: Rig, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would kill them all, one after the other."""
    handle = await rig.submit("deadly")
    with monkeypatch.context() as patch:
        patch.setattr("service.store.jobs.LEASE_S", -1.0)
        taken = await rig.take_as_dead(handle, 1)
        for _ in range(MAX_ATTEMPTS - 1):
            (again,) = await rig.store.queue.exchange(handle.id, "dead", [], 1)
            taken.append(again.source.name)
    async with asyncio.timeout(60):
        await rig.run(handle, bench)

    assert taken == ["deadly"] * MAX_ATTEMPTS
    assert ((await report(rig)).counts.dead, bench.begun) == (1, [])


async def test_being_cancelled_gives_jobs_back(rig: Rig, bench: Bench) -> None:
    """The next run need not wait until their leases have ended, and no attempt is counted."""
    handle = await rig.submit("a", "b")
    bench.may_end.clear()
    both_begun = asyncio.Event()
    bench.on_begin = lambda: both_begun.set() if bench.at_once == 2 else None
    if isinstance(rig, ScaleRig):
        running = asyncio.ensure_future(rig.make_worker(bench).run(rig.url, asyncio.Event()))
    else:
        running = asyncio.ensure_future(rig.run(handle, bench))
    async with asyncio.timeout(60):
        await both_begun.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    assert running.cancelled()
    assert (await report(rig)).counts.queued == 2
    bench.may_end.set()
    assert (await run(rig, bench, "a", "b")).counts.done == 2


@pytest.mark.parametrize("url", ON_POSTGRES, indirect=True)
async def test_a_restart_of_the_server_loses_nothing(
    rig: Rig, bench: Bench, postgres_server: Server
) -> None:
    """What was in flight may be done twice; the rest is done once, and nothing is forgotten."""
    sixth = asyncio.Event()

    def note() -> None:
        if len(bench.begun) == 6:
            bench.may_end.clear()
            sixth.set()

    bench.on_begin = note
    handle = await rig.submit(*NAMES)

    async def run_until_done() -> None:
        while True:
            with suppress(StoreAwayError):
                return await rig.run(handle, bench)

    async with asyncio.timeout(90):
        running = asyncio.ensure_future(run_until_done())
        await sixth.wait()
        await asyncio.to_thread(postgres_server.stop)
        bench.may_end.set()
        await asyncio.to_thread(postgres_server.start)
        await running

    assert (await report(rig)).counts.done == len(NAMES)
    assert set(bench.begun) == set(NAMES)
    assert len(bench.begun) <= len(NAMES) + 4
