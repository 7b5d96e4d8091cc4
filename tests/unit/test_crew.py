"""Work goes on with the one place that its owner has, and faster where others are free."""

import asyncio
from collections import deque
from functools import partial

import pytest

from service.crew import Job, work_off

PATIENCE_S = 10.0


class Site:
    """Places, jobs, and what was done."""

    def __init__(self, places: int) -> None:
        self.places = asyncio.Semaphore(places)
        self.jobs: deque[Job] = deque()
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.failing: dict[int, Exception] = {}
        self.may_end = asyncio.Event()

    async def do(self, number: int) -> None:
        """Do job ``number`` until the test lets it end."""
        self.begun.append(number)
        if number in self.failing:
            raise self.failing[number]
        await self.may_end.wait()
        self.ended.append(number)

    async def start(self, jobs: int) -> asyncio.Task[None]:
        """Take a place, begin with the jobs, and return when no more can begin."""
        await self.places.acquire()
        self.jobs.extend(partial(self.do, number) for number in range(jobs))
        task = asyncio.create_task(work_off(self.jobs, self.places))
        await self.settle()
        return task

    async def settle(self) -> None:
        """Let everybody go on until all wait."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def finish(self, task: asyncio.Task[None]) -> None:
        """Let all jobs end, and give the owner's place back when they have."""
        self.may_end.set()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await task
        finally:
            self.places.release()

    async def count_free(self) -> int:
        """Return how many places can be had, and take them."""
        await self.settle()
        free = 0
        while not self.places.locked():
            await self.places.acquire()
            free += 1
        return free


@pytest.mark.parametrize(("places", "at_once"), [(1, 1), (3, 3), (9, 5)])
async def test_as_many_are_done_at_once_as_there_are_places(places: int, at_once: int) -> None:
    """The owner's own place counts: it is held before the work begins."""
    site = Site(places)
    task = await site.start(5)

    begun = len(site.begun)
    await site.finish(task)
    assert (begun, sorted(site.ended)) == (at_once, [0, 1, 2, 3, 4])


async def test_where_all_places_are_taken_each_goes_on_with_its_own() -> None:
    """Two that wait for one another's places would wait for ever."""
    site = Site(2)
    await site.places.acquire()
    one = await site.start(3)
    others: deque[Job] = deque(partial(site.do, number) for number in (7, 8, 9))
    other = asyncio.create_task(work_off(others, site.places))
    await site.finish(one)

    async with asyncio.timeout(PATIENCE_S):
        await other
    assert sorted(site.ended) == [0, 1, 2, 7, 8, 9]


async def test_who_waits_for_a_place_in_vain_holds_nothing_up() -> None:
    """The others never come free; the owner does it all alone."""
    site = Site(2)
    await site.places.acquire()
    task = await site.start(4)

    await site.finish(task)
    assert site.ended == [0, 1, 2, 3]


async def test_every_place_is_given_back() -> None:
    """A service whose places leak stands still for ever."""
    site = Site(4)
    await site.finish(await site.start(9))

    assert await site.count_free() == 4


@pytest.mark.parametrize(("crashing", "begun", "ended"), [(0, [0], []), (1, [0, 1], [0])])
async def test_a_fault_is_raised_when_the_others_have_ended(
    crashing: int, begun: list[int], ended: list[int]
) -> None:
    """What is in flight is being paid for; nothing more is begun."""
    site = Site(2)
    site.failing[crashing] = RuntimeError("crash")
    task = await site.start(5)

    with pytest.raises(RuntimeError, match="crash"):
        await site.finish(task)
    assert (site.begun, site.ended) == (begun, ended)
    assert await site.count_free() == 2


async def test_who_empties_the_jobs_stops_what_has_not_begun() -> None:
    """An endpoint that is down is not asked for each of a hundred parts."""
    site = Site(2)
    task = await site.start(5)
    site.jobs.clear()

    await site.finish(task)
    assert sorted(site.ended) == [0, 1]


async def test_whoever_is_cancelled_cancels_what_it_began() -> None:
    """A second Ctrl-C ends all."""
    site = Site(3)
    task = await site.start(5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    site.places.release()

    assert (task.cancelled(), site.ended) == (True, [])
    assert await site.count_free() == 3


async def test_no_jobs_are_done_at_once() -> None:
    """All parts may be stored already."""
    await work_off(deque(), asyncio.Semaphore(1))
