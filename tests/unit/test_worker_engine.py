"""A process beside the service is there when it is needed, and costs one article at worst."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from service.engines import Examiner, derive_anew
from service.errors import DefectError, EmbeddedReaderError
from service.prompting import build_article_request
from service.readers.protocol import ignore_progress
from service.worker import ReadingTask
from service.worker_engine import (
    Worker,
    WorkerEngine,
    WorkerExaminer,
    Workers,
    name_command,
    open_workers,
)
from tests.builders import ARTICLE_TEXT, build_article, build_lie, build_reading

BUILD = partial(build_article_request, version="embedded/1")
LIE = build_lie()
PATIENCE_S = 60.0
"""Seconds after which what has not ended never will."""
FATAL = "END THE PROCESS"
ENDLESS = "WITHOUT END"
WRONG = "ONE THAT FAILS"

_SCRIPT = f"""
import os, sys, time
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from service.errors import EmbeddedReaderError
from service.worker import Done, serve
from tests.builders import build_reading, build_summary

def work(task):
    if {FATAL!r} in task.article.text:
        os._exit(1)
    if {WRONG!r} in task.article.text:
        raise EmbeddedReaderError("failed")
    while {ENDLESS!r} in task.article.text:
        time.sleep(0.01)
    return Done(build_reading(key=str(os.getpid())), build_summary())

serve(sys.stdin.buffer, sys.stdout.buffer, work)
"""


@asynccontextmanager
async def open_fake(limit_s: float = PATIENCE_S) -> AsyncIterator[Worker]:
    """Yield a worker whose process tells its number as the key, and is fatal to some articles."""
    worker = Worker((sys.executable, "-c", _SCRIPT), limit_s)
    try:
        yield worker
    finally:
        await worker.close()


def make_task(text: str = ARTICLE_TEXT) -> ReadingTask:
    """Return the task for an article of ``text``."""
    article = build_article(text)
    return ReadingTask(BUILD(article), article, stands_in=False)


async def find_pid(worker: Worker) -> int:
    """Return the number of the fake process."""
    return int((await worker.work_out(make_task())).reading.key)


def is_alive(pid: int) -> bool:
    """Say whether there is a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_real_process_reads_as_the_service_itself_would(allow_sleep: None) -> None:
    """The same summary, but for the moment of its making."""
    article = build_article()
    async with open_workers(1) as workers:
        made = await WorkerEngine(workers, BUILD).read(BUILD(article), article, ignore_progress)

    summary = await made.derive(article)
    copy = await made.derive(build_article(url="https://b.example/"))
    assert summary == await derive_anew(made.reading, article)
    assert (summary.provenance.engine, copy.article.url) == ("embedded", "https://b.example/")


async def test_a_stand_in_is_marked_whichever_copy_it_is_asked_for(allow_sleep: None) -> None:
    """Another outlet's copy was read by rules too."""
    article = build_article()
    async with open_workers(1) as workers:
        engine = WorkerEngine(workers, BUILD, stands_in=True)
        made = await engine.read(BUILD(article), article, ignore_progress)

    for one in (article, build_article(url="https://b.example/")):
        warnings = (await made.derive(one)).warnings
        assert [warning.code for warning in warnings][-1] == "fallback_reader"


async def test_one_process_reads_one_article_after_the_other(allow_sleep: None) -> None:
    """A second one would take the CPU from what is answered at once."""
    async with open_fake() as worker:
        done = await asyncio.gather(*(worker.work_out(make_task()) for _ in range(5)))

    assert len({one.reading.key for one in done}) == 1


async def test_a_process_that_was_killed_is_replaced(allow_sleep: None) -> None:
    """The machine ran out of memory, or somebody tidied up; nobody has to notice."""
    async with open_fake() as worker:
        first = await find_pid(worker)
        os.kill(first, signal.SIGKILL)
        second = await find_pid(worker)

    assert first != second
    assert not is_alive(first)


async def test_an_article_that_ends_the_process_is_tried_once_more_and_costs_no_other(
    allow_sleep: None,
) -> None:
    """Those that wait behind it are read by the next process."""
    async with open_fake() as worker:
        tasks = [make_task(), make_task(FATAL), make_task(), make_task()]
        first, fatal, *others = await asyncio.gather(
            *(worker.work_out(task) for task in tasks), return_exceptions=True
        )

    assert isinstance(fatal, EmbeddedReaderError)
    assert "ended twice" in str(fatal)
    assert not any(isinstance(one, BaseException) for one in (first, *others))


async def test_an_article_without_end_is_stopped_and_the_next_one_read(allow_sleep: None) -> None:
    """Or nothing would be read ever after. The limit leaves a slow machine time to start one."""
    async with open_fake(limit_s=4.0) as worker:
        first = await find_pid(worker)
        with pytest.raises(EmbeddedReaderError, match="more than 4 s"):
            await worker.work_out(make_task(ENDLESS))
        second = await find_pid(worker)

    assert first != second
    assert not is_alive(first)


async def test_a_failure_that_is_told_leaves_the_process_alone(allow_sleep: None) -> None:
    """It knows the article as well as ever: to start another one would be a waste."""
    async with open_fake() as worker:
        first = await find_pid(worker)
        with pytest.raises(EmbeddedReaderError, match="failed"):
            await worker.work_out(make_task(WRONG))
        second = await find_pid(worker)

    assert first == second


async def test_who_leaves_in_the_middle_leaves_no_answer_to_the_next(allow_sleep: None) -> None:
    """An answer that nobody took would be taken for the next article's."""
    async with open_fake() as worker:
        first = await find_pid(worker)
        leaving = asyncio.create_task(worker.work_out(make_task(ENDLESS)))
        await asyncio.sleep(0.2)
        leaving.cancel()
        await asyncio.wait([leaving])
        second = await find_pid(worker)

    assert leaving.cancelled()
    assert first != second


async def test_no_process_is_left_behind_and_who_waits_is_told(allow_sleep: None) -> None:
    """A service that is cut off must end, in the middle of an article too."""
    async with open_fake() as worker:
        pid = await find_pid(worker)
        reading, waiting = (
            asyncio.create_task(worker.work_out(make_task(text))) for text in (ENDLESS, "Text.")
        )
        await asyncio.sleep(0.2)

    for task in (reading, waiting):
        with pytest.raises(EmbeddedReaderError, match="ending"):
            await task
    assert not is_alive(pid)


async def test_a_worker_that_was_never_asked_is_closed_too(allow_sleep: None) -> None:
    """Its process may not even have begun."""
    worker = Worker(name_command(reads=True))
    await worker.start()
    process = worker._process
    assert process is not None
    await worker.close()

    assert not is_alive(process.pid)


async def test_several_workers_read_at_once() -> None:
    """One article that takes long holds up none of the others."""
    async with open_fake() as first, open_fake() as second:
        workers = Workers([first, second])
        endless = asyncio.ensure_future(workers.work_out(make_task(ENDLESS)))
        await asyncio.sleep(0)

        done = [await workers.work_out(make_task()) for _ in range(2)]

        assert not endless.done()
        assert second._process is not None
        assert {one.reading.key for one in done} == {str(second._process.pid)}
        endless.cancel()
        await asyncio.wait([endless])


async def test_a_worker_that_failed_is_asked_again() -> None:
    """It is not lost to the others with the article that it failed at."""
    async with open_fake() as worker:
        workers = Workers([worker])
        with pytest.raises(EmbeddedReaderError):
            await workers.work_out(make_task(WRONG))

        assert await workers.work_out(make_task())


@pytest.mark.parametrize(
    ("reads", "started"), [(True, [True, False, False]), (False, [True, True, True])]
)
async def test_of_several_workers_one_is_started_to_read(reads: bool, started: list[bool]) -> None:
    """A batch of one article needs no more; for reviews all get ready while replies are awaited."""
    async with open_workers(3, reads=reads) as workers:
        free = [workers._free.get_nowait() for _ in range(3)]

        assert [one._process is not None for one in free] == started


async def test_a_review_in_a_process_is_what_it_would_be_here(allow_sleep: None) -> None:
    """Complaints, and the summary that follows, which asks for no second examination."""
    article, reading = build_article(), build_reading(draft=LIE)
    here = Examiner(article)
    async with open_workers(1, reads=False) as workers:
        beside = WorkerExaminer(article, workers)
        await beside.look_ahead(reading.draft)

    assert beside.review(reading.draft) == here.review(reading.draft)
    assert beside.review(reading.draft)
    assert beside.derive(reading, article) == here.derive(reading, article)
    assert beside._context is None


async def test_a_review_that_ends_its_process_is_a_defect(allow_sleep: None) -> None:
    """It is no failure of a reader: the reply is in the books, and is taken up the next time."""
    async with open_fake() as worker:
        examiner = WorkerExaminer(build_article(FATAL), Workers([worker]))

        with pytest.raises(DefectError, match="which is kept, ended twice"):
            await examiner.look_ahead(LIE)
