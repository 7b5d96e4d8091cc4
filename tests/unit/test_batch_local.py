"""A batch in one process: every job comes to its end, and to the right one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.batch import JobCounts
from schemas.reading import Usage
from service.batch.budget import Budget
from service.batch.local import LocalEngine
from service.batch.performing import MAX_TRIES, Estimate, Performer
from service.errors import (
    AuthenticationError,
    EndpointUnavailableError,
    ReadoutError,
    RefusalError,
    SettingsError,
    StoreError,
)
from service.store import Store
from tests.batch_bench import Bench
from tests.builders import build_attempt
from tests.unit.data_batch import BATCH, list_jobs, open_queue


@pytest.fixture
def bench() -> Bench:
    """Return tools that succeed with everything."""
    return Bench()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Yield an empty store."""
    async with open_queue(tmp_path) as store:
        yield store


@pytest.fixture(autouse=True)
def _hasten(allow_sleep: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is put back be taken at once."""
    monkeypatch.setattr("service.batch.performing.BASE_DELAY_S", 0.0)
    monkeypatch.setattr("service.batch.local.LOOK_S", 0.01)


async def _run(
    store: Store,
    bench: Bench,
    *names: str,
    budget: Budget | None = None,
    concurrency: int = 4,
    stop: asyncio.Event | None = None,
) -> JobCounts:
    handle = await list_jobs(store, *names)
    performer = Performer(bench.make_tools(), budget)
    engine = LocalEngine(store.queue, performer, count_places=lambda: concurrency)
    try:
        async with asyncio.timeout(20):
            await engine.run(handle, stop or asyncio.Event())
    finally:
        report = await store.queue.report(BATCH)
    assert report is not None
    return report.counts


async def test_every_article_is_summarized_once(store: Store, bench: Bench) -> None:
    """No more and no less."""
    names = [f"{number}.txt" for number in range(20)]

    assert (await _run(store, bench, *names)).done == 20
    assert sorted(bench.begun) == sorted(names)


async def test_no_more_are_read_at_once_than_is_said(store: Store, bench: Bench) -> None:
    """The endpoint's limits, and the machine's, are the caller's to know."""
    bench.may_end.clear()
    bench.on_begin = lambda: bench.may_end.set() if bench.at_once == 3 else None
    await _run(store, bench, *(str(number) for number in range(20)), concurrency=3)

    assert bench.most_at_once == 3


@pytest.mark.parametrize(
    ("name", "problem"),
    [("empty.txt", "/problems/empty-article"), ("gone.txt", "/problems/broken-article")],
)
async def test_a_bad_article_is_a_row_with_its_error(
    store: Store, bench: Bench, name: str, problem: str
) -> None:
    """It never stops the others."""
    handle = await list_jobs(store, name, "good.txt")
    counts = await _run(store, bench, name, "good.txt")

    assert (counts.done, counts.failed) == (1, 1)
    handle = handle._replace(round=2)
    found = {one.name: one.problem for one in await store.queue.find_deliveries(handle, 9)}
    failed = found[name]
    assert failed is not None
    assert (failed.type, failed.instance) == (problem, name)


async def test_a_refused_article_is_not_tried_again(store: Store, bench: Bench) -> None:
    """The model has answered, and it would do so again; what it cost is kept."""
    attempt = build_attempt(usage=Usage(output_tokens=50))
    bench.errors["a"] = [RefusalError("refused", attempts=[attempt])]

    counts = await _run(store, bench, "a")

    assert (counts.failed, bench.begun) == (1, ["a"])
    report = await store.queue.report(BATCH)
    assert report is not None
    assert report.cost_usd == pytest.approx(0.5)


async def test_what_passes_is_tried_again(store: Store, bench: Bench) -> None:
    """An endpoint that was down for a moment costs no article."""
    bench.errors["a"] = [EndpointUnavailableError("down"), EndpointUnavailableError("down")]

    assert (await _run(store, bench, "a")).done == 1
    assert bench.begun == ["a"] * 3


async def test_what_does_not_pass_is_given_up(store: Store, bench: Bench) -> None:
    """A run must come to an end."""
    bench.errors["a"] = [EndpointUnavailableError("down") for _ in range(MAX_TRIES)]

    assert (await _run(store, bench, "a", "b")).failed == 1


async def test_a_defect_is_a_row_too(store: Store, bench: Bench) -> None:
    """A fault of our own must not end what others are paying for; its text may hold an article."""
    bench.errors["a"] = [RuntimeError("secret")]
    counts = await _run(store, bench, "a", "b")

    assert (counts.done, counts.failed) == (1, 1)


@pytest.mark.parametrize(
    "error", [AuthenticationError("wrong key"), SettingsError("none"), StoreError("gone")]
)
async def test_what_every_article_would_meet_stops_the_batch(
    store: Store, bench: Bench, error: ReadoutError
) -> None:
    """Ten million rows that say "wrong key" help nobody; all of them stay to be done."""
    bench.errors["0"] = [error]
    names = [str(number) for number in range(20)]

    with pytest.raises(type(error)):
        await _run(store, bench, *names, concurrency=2)

    report = await store.queue.report(BATCH)
    assert report is not None
    assert (report.counts.failed, report.counts.running) == (0, 0)
    assert report.counts.done + report.counts.queued == 20
    assert report.counts.queued >= 1


async def test_stopping_finishes_what_is_in_flight(store: Store, bench: Bench) -> None:
    """It is being paid for; nothing else is begun."""
    stop = asyncio.Event()
    bench.on_begin = stop.set

    counts = await _run(store, bench, *map(str, range(20)), concurrency=2, stop=stop)

    assert counts.running == 0
    assert counts.done == len(bench.begun) <= 4
    assert counts.queued == 20 - counts.done


async def test_being_cancelled_gives_jobs_back(store: Store, bench: Bench) -> None:
    """The next run need not wait until their leases have ended."""
    handle = await list_jobs(store, "a", "b")
    bench.may_end.clear()
    engine = LocalEngine(store.queue, Performer(bench.make_tools()), count_places=lambda: 2)
    both_begun = asyncio.Event()
    bench.on_begin = lambda: both_begun.set() if len(bench.begun) == 2 else None
    running = asyncio.ensure_future(engine.run(handle, asyncio.Event()))
    await both_begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    report = await store.queue.report(BATCH)
    assert report is not None
    assert report.counts.queued == 2


async def test_a_budget_is_never_exceeded(store: Store, bench: Bench) -> None:
    """What is in flight is reckoned with before it is paid for; the rest stays to be done."""
    budget = Budget(5.5)

    counts = await _run(store, bench, *map(str, range(20)), budget=budget)

    assert (counts.done, counts.queued) == (5, 15)
    assert budget.spent_usd == 5.0


async def test_what_is_stored_costs_no_budget(store: Store, bench: Bench) -> None:
    """A budget of nothing still gives what was paid for before."""
    bench.known = {"a", "b"}

    assert (await _run(store, bench, "a", "b", budget=Budget(0.0))).hits == 2


async def test_a_budget_is_used_up(store: Store, bench: Bench) -> None:
    """What is in flight may cost less than was reckoned: nobody gives up before that is known."""
    tools = bench.make_tools()._replace(estimate=lambda _article: Estimate(Usage(), 2.0))
    budget = Budget(10.0)
    handle = await list_jobs(store, *map(str, range(20)))
    engine = LocalEngine(store.queue, Performer(tools, budget), count_places=lambda: 8)
    async with asyncio.timeout(20):
        await engine.run(handle, asyncio.Event())

    assert budget.spent_usd == 9.0


async def test_a_budget_needs_a_price(store: Store, bench: Bench) -> None:
    """A limit that cannot be kept is refused, not forgotten."""
    tools = bench.make_tools()._replace(estimate=lambda _article: Estimate(Usage(), None))
    handle = await list_jobs(store, "a")
    engine = LocalEngine(store.queue, Performer(tools, Budget(1.0)), count_places=lambda: 1)

    with pytest.raises(SettingsError, match="price of this model is not known"):
        await engine.run(handle, asyncio.Event())


async def test_two_processes_share_the_work(store: Store, bench: Bench) -> None:
    """None does what the other has taken, and both end when all is done."""
    names = [str(number) for number in range(30)]
    handle = await list_jobs(store, *names)
    engines = [
        LocalEngine(store.queue, Performer(bench.make_tools()), count_places=lambda: 3)
        for _ in range(2)
    ]

    async with asyncio.timeout(20):
        await asyncio.gather(*(engine.run(handle, asyncio.Event()) for engine in engines))

    assert sorted(bench.begun) == sorted(names)
