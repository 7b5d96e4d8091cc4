"""Work on several things at once, on the places that there are.

Owns how whoever holds one place uses others that are free: work never stands still for want of a
place, and never takes one from who came before. Knows not what is worked on.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Job = Callable[[], Awaitable[None]]


async def work_off(jobs: deque[Job], places: asyncio.Semaphore) -> None:
    """Do ``jobs``, the first one first; returns when all that were begun have ended.

    The caller holds one of ``places``, on which it does one job after the other; each other job
    waits for a place beside that, in the same queue as everybody. Who empties ``jobs`` meanwhile
    stops what has not begun. Raises what a job raises, once the others that were begun have ended;
    begins none after that. Being cancelled cancels them.
    """
    crew = _Crew(jobs, places)
    helpers = [asyncio.create_task(crew.help_out()) for _ in range(len(jobs) - 1)]
    try:
        await crew.work_on()
    except asyncio.CancelledError:
        for helper in helpers:
            helper.cancel()
        raise
    finally:
        # Nothing is left for those who still wait for a place.
        for helper in crew.waiting:
            helper.cancel()
        ends = await asyncio.gather(*helpers, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end


class _Crew:
    """Who works on the jobs, and who still waits for a place."""

    def __init__(self, jobs: deque[Job], places: asyncio.Semaphore) -> None:
        self._jobs = jobs
        self._places = places
        self.waiting: set[asyncio.Task[None]] = set()

    async def work_on(self) -> None:
        """Do jobs until there are none."""
        while self._jobs:
            await self._do_next()

    async def help_out(self) -> None:
        """Do one job, where there is one once a place is free."""
        task = asyncio.current_task()
        assert task is not None
        self.waiting.add(task)
        try:
            await self._places.acquire()
        finally:
            self.waiting.discard(task)
        try:
            if self._jobs:
                await self._do_next()
        finally:
            self._places.release()

    async def _do_next(self) -> None:
        try:
            await self._jobs.popleft()()
        except Exception:
            self._jobs.clear()
            raise
