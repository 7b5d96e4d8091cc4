"""Nothing is read twice, no place is lost, and what was paid for is used."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
import pytest_asyncio

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Progress, Reading
from schemas.summary import Summary
from service.engines import ReaderEngine
from service.errors import BusyError, InvalidReplyError, StoreError
from service.pipeline import Limits, Pipeline, Served
from service.prompting import ReaderSpec, build_request
from service.store import Store, StoredSummary, open_store
from tests.builders import ARTICLE_TEXT, build_article, build_draft, build_lie
from tests.fakes import FakeReader
from tests.unit.data_store import name_summaries, name_url, query

SPEC = ReaderSpec(engine="llm/1", model="test-model", mode="json_schema")
ONE = Limits(reading=1, waiting=0)
"""One reading, and nobody waits: a place that is lost shows at once."""
PATIENCE_S = 10.0
"""Seconds after which what has not ended never will."""
GOOD = build_draft()
LIE = build_lie()
"""A draft with a rate that the article does not have."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class InlineThreads(ThreadPoolExecutor):
    """Threads that are none: what is handed to them is done at once, in the same order always."""

    def submit(
        self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  # as a thread hands on whatever happened
            future.set_exception(error)
        return future


class Pause:
    """A place at which whoever comes by waits until it may go on."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.may_go = asyncio.Event()

    async def wait_for_someone(self) -> None:
        """Return when somebody has come to the place."""
        async with asyncio.timeout(PATIENCE_S):
            await self.reached.wait()

    async def stop(self) -> None:
        self.reached.set()
        await self.may_go.wait()


class StagedStore(Store):
    """A real store with places to pause at, and a first save that may fail."""

    def __init__(self, store: Store) -> None:
        super().__init__(store._database)
        self.pauses: dict[str, Pause] = {}
        self.error: StoreError | None = None

    async def find_summary(self, summary_id: str) -> StoredSummary | None:
        found = await super().find_summary(summary_id)
        await self._pass("summary looked for")
        return found

    async def find_reading(self, key: str) -> Reading | None:
        await self._pass("looking")
        found = await super().find_reading(key)
        await self._pass("looked")
        return found

    async def save_reading(self, reading: Reading) -> None:
        await self._pass("saving")
        if self.error is not None:
            raise self.error
        await super().save_reading(reading)
        await self._pass("saved")

    async def save_summary(self, summary: Summary) -> StoredSummary:
        await self._pass("deriving")
        return await super().save_summary(summary)

    def pause(self, place: str) -> Pause:
        """Let whoever comes to ``place`` from now on wait."""
        self.pauses[place] = Pause()
        return self.pauses[place]

    async def _pass(self, place: str) -> None:
        if place in self.pauses:
            await self.pauses[place].stop()


class Bench:
    """A pipeline with its fakes in reach."""

    def __init__(self, store: StagedStore, reader: FakeReader, limits: Limits) -> None:
        self.store = store
        self.reader = reader
        engine = ReaderEngine(reader, partial(build_request, spec=SPEC))
        self.pipeline = Pipeline([engine], store, limits)

    def ask(self, article: Article) -> asyncio.Task[Served]:
        """Ask for a summary, and let the test go on."""
        return asyncio.create_task(self.pipeline.summarize(article))

    async def finish(self, *asked: asyncio.Task[Served]) -> list[Served]:
        """Return what was asked for; a place that is lost is a failure, not a test without end."""
        async with asyncio.timeout(PATIENCE_S):
            return await asyncio.gather(*asked)

    async def run_until_waiting(self) -> None:
        """Let every task go on until all that is left waits for the test."""
        rounds = 0
        while rounds < 30:
            await asyncio.sleep(0)
            rounds = 0 if self.store._database._running else rounds + 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the test's database is."""
    return tmp_path / "readout.db"


@pytest_asyncio.fixture
async def store(path: Path) -> AsyncIterator[StagedStore]:
    """Open a new store, in a loop whose threads are none."""
    asyncio.get_running_loop().set_default_executor(InlineThreads())
    async with open_store(name_url(path)) as opened:
        yield StagedStore(opened)


def make_bench(store: StagedStore, *drafts: Draft, limits: Limits = ONE, taken: int = -1) -> Bench:
    """Return a pipeline whose reader gives ``drafts``."""
    return Bench(store, FakeReader(store.open_account, *drafts, taken=taken), limits)


def make_articles(count: int) -> list[Article]:
    """Return articles of different texts."""
    return [build_article(f"{ARTICLE_TEXT} {number}.") for number in range(count)]


def make_copies(count: int) -> list[Article]:
    """Return articles of one text under different URLs."""
    return [build_article(url=f"https://{number}.example/") for number in range(count)]


def list_states(path: Path) -> list[object]:
    """Return what the books say of each call, in order."""
    return [state for (state,) in query(path, "SELECT state FROM calls ORDER BY id")]


async def cancel(tasks: set[asyncio.Task[Any]]) -> None:
    """Cancel ``tasks`` and wait until they are."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_no_more_are_read_at_once_than_may_be(store: StagedStore) -> None:
    """An endpoint that is asked for more answers with 429, and costs retries."""
    bench = make_bench(store, limits=Limits(reading=2, waiting=9))
    bench.reader.may_end.clear()
    asked = [bench.ask(article) for article in make_articles(5)]
    await bench.run_until_waiting()
    begun = bench.reader.begun
    bench.reader.may_end.set()

    await bench.finish(*asked)

    assert (begun, bench.reader.begun, bench.reader.most_at_once) == (2, 5, 2)


@pytest.mark.parametrize(
    "error",
    [None, InvalidReplyError("no"), RuntimeError("crash"), asyncio.CancelledError()],
    ids=["reading", "reader's error", "crash", "cancellation"],
)
async def test_a_reading_gives_its_place_back_however_it_ends(
    error: BaseException | None, store: StagedStore
) -> None:
    """A service whose places leak stands still for ever."""
    bench = make_bench(store)
    bench.reader.error = error
    first, second = make_articles(2)
    await asyncio.gather(bench.pipeline.summarize(first), return_exceptions=True)

    bench.reader.error = None
    served = await bench.pipeline.summarize(second)

    assert (served.origin, bench.reader.begun) == ("read", 2)


async def test_where_a_place_is_free_nobody_is_refused(store: StagedStore) -> None:
    """Also where nobody may wait; one more than there are places is refused."""
    bench = make_bench(store, limits=Limits(reading=2, waiting=0))
    bench.reader.may_end.clear()
    *asked, one_too_many = make_articles(3)
    reading = [bench.ask(article) for article in asked]
    await bench.run_until_waiting()

    with pytest.raises(BusyError):
        await bench.finish(bench.ask(one_too_many))

    bench.reader.may_end.set()
    assert [one.origin for one in await bench.finish(*reading)] == ["read", "read"]


async def test_one_too_many_that_waits_is_refused_and_nobody_else(store: StagedStore) -> None:
    """A queue without an end would answer nobody in time."""
    bench = make_bench(store, limits=Limits(reading=1, waiting=2))
    bench.reader.may_end.clear()
    *asked, one_too_many = make_articles(4)
    tasks = [bench.ask(article) for article in asked]
    await bench.run_until_waiting()

    with pytest.raises(BusyError, match="2 readings are waiting"):
        await bench.finish(bench.ask(one_too_many))

    bench.reader.may_end.set()
    assert [one.origin for one in await bench.finish(*tasks)] == ["read"] * 3
    assert (bench.reader.begun, bench.reader.paid) == (3, 3)


async def test_who_has_waited_waits_no_more(store: StagedStore) -> None:
    """A count that only grows would end in a service that refuses everyone."""
    bench = make_bench(store, limits=Limits(reading=1, waiting=1))
    articles = iter(make_articles(6))

    for _ in range(3):
        bench.reader.may_end.clear()
        tasks = [bench.ask(next(articles)) for _ in range(2)]
        await bench.run_until_waiting()
        bench.reader.may_end.set()
        await bench.finish(*tasks)

    assert bench.reader.begun == 6


async def test_who_is_cancelled_in_the_queue_leaves_it_and_takes_no_place(
    store: StagedStore,
) -> None:
    """Neither a place among those who wait, nor the one of whoever is reading."""
    bench = make_bench(store, limits=Limits(reading=1, waiting=1))
    bench.reader.may_end.clear()
    reading, leaving, coming = make_articles(3)
    first = bench.ask(reading)
    await bench.run_until_waiting()
    others = asyncio.all_tasks()
    bench.ask(leaving)
    await bench.run_until_waiting()
    await cancel(asyncio.all_tasks() - others)

    last = bench.ask(coming)
    await bench.run_until_waiting()

    assert (bench.reader.begun, last.done()) == (1, False)
    bench.reader.may_end.set()
    assert [one.origin for one in await bench.finish(first, last)] == ["read", "read"]
    assert bench.reader.most_at_once == 1


@pytest.mark.parametrize(
    ("drafts", "taken"), [((LIE, GOOD), 1), ((GOOD, LIE), 1), ((LIE, GOOD), 0), ((GOOD, LIE), 0)]
)
async def test_the_summary_is_that_of_the_draft_that_was_taken(
    drafts: tuple[Draft, Draft], taken: int, store: StagedStore
) -> None:
    """With another draft's findings it would warn of what is right, and show what is wrong."""
    bench = make_bench(store, *drafts, taken=taken)

    served = await bench.pipeline.summarize(build_article())

    summary = Summary.model_validate_json(served.stored.body)
    warned = [warning.code for warning in summary.warnings]
    is_lie = drafts[taken] is LIE
    assert [tariff.rate for tariff in summary.tariffs] == [None if is_lie else 10]
    assert warned == (["value_cleared"] if is_lie else [])


async def test_what_is_stored_is_not_read_again(store: StagedStore) -> None:
    """The same article is served as it is; another URL is derived from the same reading."""
    bench = make_bench(store)
    article, copy = make_copies(2)

    served = [await bench.pipeline.summarize(one) for one in (article, article, copy)]

    assert [one.origin for one in served] == ["read", "stored", "derived"]
    assert served[0].stored == served[1].stored
    assert bench.reader.begun == 1


@pytest.mark.parametrize("place", ["looking", "looked", "saving", "saved", "deriving"])
async def test_a_text_that_comes_again_at_any_time_is_read_once(
    place: str, store: StagedStore
) -> None:
    """Under other URLs, while the first one is at ``place``; all go on after it has landed."""
    bench = make_bench(store, limits=Limits(reading=4, waiting=9))
    article, *copies = make_copies(4)
    pause = store.pause(place)
    first = bench.ask(article)
    await pause.wait_for_someone()
    # Whoever looks into the store beside the first one is told of it only when that has landed.
    del store.pauses[place]
    held = store.pause("looked")
    later = [bench.ask(copy) for copy in copies]
    await bench.run_until_waiting()
    pause.may_go.set()
    await bench.run_until_waiting()
    held.may_go.set()

    served = await bench.finish(first, *later)

    assert (bench.reader.begun, bench.reader.paid) == (1, 1)
    assert len({one.stored.id for one in served}) == 4


async def test_a_text_that_comes_again_while_it_is_read_is_read_once(store: StagedStore) -> None:
    """Those who come in the middle wait for it; those who come later find it."""
    bench = make_bench(store, limits=Limits(reading=4, waiting=9))
    bench.reader.may_end.clear()
    held = None
    tasks = []
    for article in make_copies(3):
        tasks.append(bench.ask(article))
        await bench.run_until_waiting()
        held = held or store.pause("looked")
    bench.reader.may_end.set()
    await bench.run_until_waiting()
    assert held is not None
    held.may_go.set()

    served = await bench.finish(*tasks, bench.ask(make_copies(4)[-1]))

    assert (bench.reader.begun, bench.reader.paid) == (1, 1)
    assert [one.origin for one in served] == ["read", "read", "read", "derived"]
    assert [one.joined for one in served] == [False, True, True, False]


async def test_an_article_that_is_missed_just_before_it_lands_is_read_once(
    store: StagedStore,
) -> None:
    """The look for the summary was in vain, and by the time it is told so it no longer is."""
    bench = make_bench(store)
    bench.reader.may_end.clear()
    first = bench.ask(build_article())
    await bench.run_until_waiting()
    held = store.pause("summary looked for")
    second = bench.ask(build_article())
    await held.wait_for_someone()
    bench.reader.may_end.set()
    stored = (await bench.finish(first))[0].stored
    held.may_go.set()

    (served,) = await bench.finish(second)

    assert (served.stored, bench.reader.begun) == (stored, 1)


async def test_a_failure_is_in_the_books_and_the_next_call_asks_again(
    store: StagedStore, path: Path
) -> None:
    """Bad luck is not kept; what it cost is, and is not tried again."""
    bench = make_bench(store)
    bench.reader.error = InvalidReplyError("no")
    with pytest.raises(InvalidReplyError):
        await bench.pipeline.summarize(build_article())
    assert list_states(path) == ["unused"]

    bench.reader.error = None
    served = await bench.pipeline.summarize(build_article())

    assert (served.origin, bench.reader.paid) == ("read", 2)
    assert list_states(path) == ["unused", "used"]


async def test_a_reading_that_cannot_be_saved_leaves_its_replies_to_the_next_call(
    store: StagedStore, path: Path
) -> None:
    """A full disk costs no second payment; and it is no failure of the reader's."""
    bench = make_bench(store)
    store.error = StoreError("full")
    with pytest.raises(StoreError, match="full"):
        await bench.pipeline.summarize(build_article())
    assert list_states(path) == ["answered"]

    store.error = None
    served = await bench.pipeline.summarize(build_article())

    assert (served.origin, bench.reader.begun, bench.reader.paid) == ("read", 2, 1)
    assert list_states(path) == ["used"]


async def test_a_crash_leaves_the_replies_to_the_next_call(store: StagedStore, path: Path) -> None:
    """A fault of our own can be mended; what the model said may be good."""
    bench = make_bench(store)
    bench.reader.error = RuntimeError("crash")
    with pytest.raises(RuntimeError):
        await bench.pipeline.summarize(build_article())
    assert list_states(path) == ["answered"]

    bench.reader.error = None
    await bench.pipeline.summarize(build_article())

    assert (bench.reader.paid, list_states(path)) == (1, ["used"])


@pytest.mark.parametrize("place", ["looking", "saving", "deriving"])
async def test_drain_waits_until_what_nobody_waits_for_is_stored(
    place: str, store: StagedStore
) -> None:
    """A service that stops finishes what is paid for, to the summary."""
    bench = make_bench(store)
    pause = store.pause(place)
    asked = bench.ask(build_article())
    await pause.wait_for_someone()
    await cancel({asked})

    draining = asyncio.create_task(bench.pipeline.drain())
    await bench.run_until_waiting()
    assert not draining.done()
    pause.may_go.set()
    await draining

    assert len(await name_summaries(store)) == 1


async def test_progress_is_told_in_order_and_when_it_happens(store: StagedStore) -> None:
    """``reading`` is said when a place is had, not while somebody else has it."""
    bench = make_bench(store, LIE, GOOD, limits=Limits(reading=1, waiting=1))
    bench.reader.may_end.clear()
    other, article = make_articles(2)
    heard: list[Progress] = []
    first = bench.ask(other)
    await bench.run_until_waiting()
    second = asyncio.create_task(bench.pipeline.summarize(article, heard.append))
    await bench.run_until_waiting()
    assert [progress.stage for progress in heard] == ["queued"]
    bench.reader.may_end.set()

    await bench.finish(first, second)

    assert [progress.stage for progress in heard] == ["queued", "reading", "reasking"]
    assert [progress.complaints > 0 for progress in heard] == [False, False, True]
