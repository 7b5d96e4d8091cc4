"""From sources to jobs, and from jobs to results: what is kept, counted and handed out once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.article import Article
from schemas.batch import JobState, Source
from schemas.problem import Problem
from service.batch.collecting import Collector
from service.batch.performing import Open
from service.batch.submitting import submit_sources
from service.batch.tally import Tally
from service.errors import EmptyArticleError, StoreAwayError
from service.store import Store
from service.store.batches import BatchHandle
from service.store.outcomes import Delivery, NewJob, Spent
from tests.builders import build_article
from tests.unit.data_batch import list_jobs, make_source, open_batch, open_queue

STARTED_AT = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Yield an empty store."""
    async with open_queue(tmp_path) as store:
        yield store


class Keeper:
    """An engine that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: list[NewJob] = []

    async def submit(self, handle: BatchHandle, jobs: Sequence[NewJob]) -> None:
        self.kept.extend(jobs)

    async def run(self, handle: BatchHandle, stop: asyncio.Event) -> None:
        raise NotImplementedError

    async def requeue(self, handle: BatchHandle, states: Sequence[JobState]) -> int:
        raise NotImplementedError


async def submit(source: Source, open_source: Open) -> NewJob:
    """Submit ``source`` to be held; return the job."""
    keeper = Keeper()
    await submit_sources(keeper, BatchHandle("0", 1), [source], open_source=open_source)
    (job,) = keeper.kept
    return job


async def test_a_job_can_hold_its_article() -> None:
    """Workers elsewhere see no file of this machine; a changed one is still told by its stamp."""
    article = build_article()

    job = await submit(make_source("a.txt", "7"), lambda _source: article)

    assert job.article == article
    assert (job.source.kind, job.source.path) == ("inline", "")
    assert (job.source.name, job.source.stamp) == ("a.txt", "7")


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (EmptyArticleError("empty"), "/problems/empty-article"),
        (PermissionError(13, "Permission denied", "a.txt"), "/problems/broken-article"),
    ],
)
async def test_what_cannot_be_held_has_failed(error: Exception, problem: str) -> None:
    """It is looked for again the next time, and stops no other."""

    def fail(_source: Source) -> Article:
        raise error

    job = await submit(make_source("a.txt", "7"), fail)

    assert job.problem is not None
    assert (job.problem.type, job.problem.instance) == (problem, "a.txt")
    assert (job.article, job.source.stamp) == (None, "")


@pytest.mark.parametrize(("age_s", "cost_usd", "hits"), [(-1, 0.0, 1), (1, 2.0, 0)])
def test_only_what_this_run_has_read_is_its_cost(age_s: int, cost_usd: float, hits: int) -> None:
    """Workers may settle while articles are listed: when it was settled decides."""
    tally = Tally(BatchHandle("0" * 32, 1), 1, STARTED_AT)
    settled_at = STARTED_AT + timedelta(seconds=age_s)

    tally.count(Delivery(1, "a", "done", "s", None, "read", Spent(cost_usd=2.0), settled_at))

    assert tally.spent_usd == tally.report().cost_usd == cost_usd
    assert tally.report().counts.hits == hits


class Lines:
    """A sink that keeps names."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def write(self, name: str, body: bytes) -> None:
        self.names.append(name)

    def fail(self, name: str, problem: Problem) -> None:
        self.names.append(name)

    def settle(self) -> None:
        raise NotImplementedError

    def abandon(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


async def test_a_store_that_was_away_is_no_reason_to_hand_out_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written and could not be noted is noted first of all when the store is back."""
    handle = await open_batch(store)
    failed = Problem(type="/problems/x", title="x", status=422, detail="x")
    await store.queue.add(handle, [NewJob(make_source("a"), None, failed)])
    lines = Lines()
    collector = Collector(store, handle, lines)
    mark, away = store.queue.mark_delivered, [StoreAwayError("away")]

    async def fail_once(seqs: Sequence[int]) -> None:
        if away:
            raise away.pop()
        await mark(seqs)
        collector.close()

    monkeypatch.setattr(store.queue, "mark_delivered", fail_once)
    monkeypatch.setattr("service.batch.collecting.LOOK_S", 0.0)

    await collector.follow(lambda _delivery: None)

    assert lines.names == ["a"]


async def test_what_waits_is_found_oldest_first_and_once(store: Store) -> None:
    """Whoever hands jobs over goes on behind the last one."""
    await list_jobs(store, "dropped", "a")
    handle = await list_jobs(store, "a", "b", "c")

    first = await store.queue.find_waiting(handle, None, 2)
    rest = await store.queue.find_waiting(handle, first[-1], 2)

    assert [len(first), len(rest)] == [2, 1]
    assert sorted({*first, *rest}) == [*first, *rest]
