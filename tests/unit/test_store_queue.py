"""Jobs are done once each, whoever dies on the way, and nothing of them is forgotten."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas.batch import JobCounts
from schemas.problem import Problem
from schemas.reading import Usage
from service.store import Store
from service.store.batches import NewBatch
from service.store.jobs import LEASE_S, MAX_ATTEMPTS
from service.store.outcomes import Job, PutBack, Released, Settlement, Spent
from tests.builders import build_article
from tests.unit.data_batch import BATCH, Clock, list_jobs, make_job, open_batch, open_queue

SPENT = Spent(Usage(input_tokens=100, cached_input_tokens=20, output_tokens=10), 0.25)
FAILED = Problem(type="/problems/refusal", title="The model refused", status=502, detail="")


@pytest.fixture
def clock() -> Clock:
    """Return the queue's clock."""
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    """Yield an empty store."""
    async with open_queue(tmp_path, clock) as store:
        yield store


async def _take(store: Store, count: int = 10, worker: str = "one") -> list[Job]:
    return await store.queue.exchange(BATCH, worker, [], count)


def _name(jobs: list[Job]) -> list[str]:
    return [job.source.name for job in jobs]


def _done(job: Job, name: str = "0" * 64) -> Settlement:
    return Settlement(job.seq, "done", name, "read", spent=SPENT)


async def _count(store: Store) -> JobCounts:
    report = await store.queue.report(BATCH)
    assert report is not None
    return report.counts


async def test_jobs_are_taken_in_the_order_in_which_they_were_listed(store: Store) -> None:
    """Whoever watches a folder being read expects its order."""
    await list_jobs(store, "b", "a", "c")

    assert _name(await _take(store, 2)) == ["b", "a"]
    assert _name(await _take(store, 2)) == ["c"]


async def test_a_job_that_is_taken_is_nobody_elses(store: Store) -> None:
    """Two workers on one article pay for it twice."""
    await list_jobs(store, "a")
    await _take(store)

    assert await _take(store, worker="two") == []


async def test_an_article_that_the_job_holds_comes_back_as_it_was(store: Store) -> None:
    """What arrived over HTTP stands in no file."""
    article = build_article()
    handle = await open_batch(store, "served")
    await store.queue.add(handle, [make_job(article=article)])

    (job,) = await _take(store)

    assert job.article == article


async def test_a_worker_without_a_sign_of_life_loses_its_jobs(store: Store, clock: Clock) -> None:
    """Nobody else knows that it was killed."""
    await list_jobs(store, "a")
    await _take(store)
    clock.move(LEASE_S + 1)

    (job,) = await _take(store, worker="two")

    assert job.attempts == 2


async def test_a_worker_that_gives_signs_of_life_keeps_its_jobs(store: Store, clock: Clock) -> None:
    """A long document takes longer than a lease."""
    await list_jobs(store, "a")
    (job,) = await _take(store)
    clock.move(LEASE_S - 1)
    await store.queue.extend("one", [job.seq])
    clock.move(LEASE_S - 1)

    assert await _take(store, worker="two") == []


async def test_an_article_of_which_workers_die_is_given_up(store: Store, clock: Clock) -> None:
    """One that brings down its reader must not do so for ever."""
    handle = await list_jobs(store, "a")
    for attempt in range(MAX_ATTEMPTS):
        assert len(await _take(store, worker=str(attempt))) == 1
        clock.move(LEASE_S + 1)

    assert await _take(store) == []
    (delivery,) = await store.queue.find_deliveries(handle, 10)
    assert delivery.state == "dead"
    assert delivery.problem is not None
    assert delivery.problem.type == "/problems/dead-job"


async def test_who_lost_a_job_cannot_settle_it(store: Store, clock: Clock) -> None:
    """The other worker's result is the one that counts; both are of the same article."""
    await list_jobs(store, "a")
    (lost,) = await _take(store)
    clock.move(LEASE_S + 1)
    (job,) = await _take(store, worker="two")
    await store.queue.settle("one", [Settlement(lost.seq, "failed", problem=FAILED)])

    assert (await _count(store)).running == 1
    await store.queue.settle("two", [_done(job)])
    assert (await _count(store)).done == 1


async def test_a_job_that_was_put_back_waits_for_its_time(store: Store, clock: Clock) -> None:
    """An endpoint that is down is not asked again at once."""
    await list_jobs(store, "a")
    (job,) = await _take(store)
    await store.queue.settle("one", [PutBack(job.seq, 10, SPENT)])

    assert await _take(store) == []
    clock.move(10)
    assert [again.attempts for again in await _take(store)] == [2]


async def test_a_job_that_was_released_has_not_been_tried(store: Store) -> None:
    """Who stops a batch often must not run out of attempts."""
    await list_jobs(store, "a")
    (job,) = await _take(store)
    await store.queue.settle("one", [Released(job.seq)])

    assert [again.attempts for again in await _take(store)] == [1]


async def test_what_was_spent_adds_up_over_attempts(store: Store, clock: Clock) -> None:
    """Money that a failed attempt has cost is money too."""
    await list_jobs(store, "a")
    (job,) = await _take(store)
    await store.queue.settle("one", [PutBack(job.seq, 0, Spent(Usage(output_tokens=5), None))])
    clock.move(1)
    (job,) = await _take(store)
    await store.queue.settle("one", [_done(job)])

    report = await store.queue.report(BATCH)
    assert report is not None
    assert report.usage == Usage(input_tokens=100, cached_input_tokens=20, output_tokens=15)
    assert (report.cost_usd, report.unpriced) == (0.25, 1)


async def test_a_report_counts_each_state(store: Store) -> None:
    """The counts are what a client polls."""
    handle = await list_jobs(store, "a", "b", "c", "d")
    first, second, third = await _take(store, 3)
    hit = Settlement(second.seq, "done", "1" * 64, "stored")
    failed = Settlement(third.seq, "failed", problem=FAILED)
    await store.queue.settle("one", [_done(first), hit, failed])

    assert await _count(store) == JobCounts(
        total=4, queued=1, running=0, done=2, failed=1, dead=0, cancelled=0, hits=1
    )
    assert not await store.queue.finish(handle.id)


async def test_a_batch_is_finished_when_nothing_of_it_is_open(store: Store) -> None:
    """Who waits for it is told once, and truly."""
    handle = await list_jobs(store, "a")
    (job,) = await _take(store)
    await store.queue.settle("one", [_done(job)])

    assert await store.queue.finish(handle.id)
    report = await store.queue.report(BATCH)
    assert report is not None
    assert report.state == "finished"


async def test_what_is_done_and_unchanged_is_not_done_again(store: Store) -> None:
    """The same command again goes on where it was."""
    await list_jobs(store, "a", "b")
    first, _ = await _take(store)
    await store.queue.settle("one", [_done(first)])
    handle = await list_jobs(store, "a", "b")

    assert (await _count(store)).done == 1
    assert [one.name for one in await store.queue.find_deliveries(handle, 10)] == ["a"]


async def test_a_file_that_changed_is_done_again(store: Store) -> None:
    """Its old summary is of another text."""
    handle = await list_jobs(store, "a")
    (job,) = await _take(store)
    await store.queue.settle("one", [_done(job)])
    handle = await open_batch(store)
    await store.queue.add(handle, [make_job("a", stamp="2")])

    assert await store.queue.find_deliveries(handle, 10) == []
    assert [(again.source.stamp, again.attempts) for again in await _take(store)] == [("2", 1)]


async def test_a_file_that_has_gone_is_no_longer_part_of_the_batch(store: Store) -> None:
    """Neither is it read, nor counted, nor handed out."""
    await list_jobs(store, "a", "b")
    handle = await list_jobs(store, "b")

    assert _name(await _take(store)) == ["b"]
    assert (await _count(store)).total == 1
    assert await store.queue.find_deliveries(handle, 10) == []


async def test_what_could_not_be_listed_has_failed_from_the_start(store: Store) -> None:
    """A row with its error, like any other failure."""
    handle = await open_batch(store)
    await store.queue.add(handle, [make_job("a", stamp="", problem=FAILED)])

    (delivery,) = await store.queue.find_deliveries(handle, 10)
    assert (delivery.state, delivery.problem) == ("failed", FAILED)
    assert await store.queue.requeue(handle.id, ["failed"]) == 0


async def test_failed_jobs_are_tried_again_when_asked(store: Store) -> None:
    """Attempts count from the beginning then."""
    handle = await list_jobs(store, "a", "b")
    first, second = await _take(store)
    failed = Settlement(second.seq, "failed", problem=FAILED)
    await store.queue.settle("one", [_done(first), failed])

    assert await store.queue.requeue(handle.id, ["failed", "dead"]) == 1
    assert [(job.source.name, job.attempts) for job in await _take(store)] == [("b", 1)]


async def test_a_result_is_handed_out_until_it_is_noted(store: Store) -> None:
    """One that was lost on its way is handed out again; one that arrived is not."""
    handle = await list_jobs(store, "a")
    (job,) = await _take(store)
    await store.queue.settle("one", [_done(job)])
    (delivery,) = await store.queue.find_deliveries(handle, 10)
    assert await store.queue.find_deliveries(handle, 10) == [delivery]
    await store.queue.mark_delivered([delivery.seq])

    assert await store.queue.find_deliveries(handle, 10) == []


async def test_cancelling_stops_what_has_not_begun(store: Store) -> None:
    """What runs is being paid for."""
    handle = await list_jobs(store, "a", "b")
    (job,) = await _take(store, 1)

    assert await store.queue.cancel(handle.id)
    assert await _take(store) == []
    await store.queue.settle("one", [_done(job)])
    counts = await _count(store)
    assert (counts.done, counts.cancelled) == (1, 1)


async def test_there_is_nothing_to_cancel_of_an_unknown_batch(store: Store) -> None:
    """A client learns that its id is wrong."""
    assert not await store.queue.cancel("0" * 32)
    assert await store.queue.report("0" * 32) is None


async def test_a_cancelled_batch_goes_on_when_it_is_listed_again(store: Store) -> None:
    """The same command again means the same work."""
    handle = await list_jobs(store, "a")
    await store.queue.cancel(handle.id)
    await list_jobs(store, "a")

    assert _name(await _take(store)) == ["a"]


async def test_what_is_cancelled_is_not_queued_again(store: Store, clock: Clock) -> None:
    """Neither when it is put back, nor when its worker has died."""
    handle = await list_jobs(store, "a", "b")
    first, _ = await _take(store)
    await store.queue.cancel(handle.id)
    await store.queue.settle("one", [PutBack(first.seq, 0)])
    clock.move(LEASE_S + 1)

    assert await _take(store, worker="two") == []
    assert (await _count(store)).cancelled == 2


async def test_what_a_dead_worker_had_and_is_not_listed_again_is_not_done(
    store: Store, clock: Clock
) -> None:
    """The file may be gone, and nobody would be handed the result."""
    await list_jobs(store, "a", "b")
    await _take(store)
    await list_jobs(store, "b")
    clock.move(LEASE_S + 1)

    assert _name(await _take(store, worker="two")) == ["b"]


async def test_what_is_spent_again_is_counted_from_nothing(store: Store) -> None:
    """A run says what it cost, not what others before it did."""
    handle = await list_jobs(store, "a")
    (job,) = await _take(store)
    failed = Settlement(job.seq, "failed", problem=FAILED, spent=SPENT)
    await store.queue.settle("one", [failed])
    await store.queue.requeue(handle.id, ["failed"])
    (job,) = await _take(store)
    await store.queue.settle("one", [_done(job)])

    report = await store.queue.report(BATCH)
    assert report is not None
    assert report.cost_usd == 0.25


async def test_outputs_are_noted(store: Store) -> None:
    """What a batch wrote itself may be written again."""
    handle = await list_jobs(store)
    await store.queue.note_output(handle.id, "jsonl a")
    await store.queue.note_output(handle.id, "csv b")
    await store.queue.note_output(handle.id, "jsonl a")

    assert (await list_jobs(store)).outputs == ("jsonl a", "csv b")


async def test_a_batch_is_held_by_one(store: Store, clock: Clock) -> None:
    """Two that write one output would spoil it; a dead one holds nothing for long."""
    new = NewBatch("local", "articles/")
    assert await store.queue.open_batch(BATCH, new, "one") is not None
    clock.move(LEASE_S - 1)
    assert await store.queue.hold(BATCH, "one")
    clock.move(LEASE_S - 1)

    assert await store.queue.open_batch(BATCH, new, "two") is None
    assert not await store.queue.hold(BATCH, "two")
    clock.move(2)
    handle = await store.queue.open_batch(BATCH, new, "two")
    assert handle is not None
    assert handle.round == 2
    await store.queue.let_go(BATCH, "two")
    assert await store.queue.open_batch(BATCH, new, "one") is not None


async def test_open_batches_are_found_by_their_kind(store: Store) -> None:
    """A service takes up after its restart what is its own, and nobody's folder."""
    handle = await list_jobs(store, "a")

    assert await store.queue.list_open("local") == [handle]
    assert await store.queue.list_open("served") == []


async def test_pruning_takes_batches_that_have_ended(store: Store, clock: Clock) -> None:
    """Their jobs go with them; what is open stays, however old."""
    await list_jobs(store, "a")
    before = clock.now
    clock.move(1)
    assert (await store.prune(clock.now)).batches == 0
    (job,) = await _take(store)
    await store.queue.settle("one", [_done(job)])
    await store.queue.finish(BATCH)

    assert (await store.prune(before)).batches == 0
    clock.move(1)
    assert (await store.prune(clock.now, dry_run=True)).batches == 1
    assert (await store.prune(clock.now)).batches == 1
    assert await store.queue.report(BATCH) is None
