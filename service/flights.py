"""One call for all who ask the same at the same time.

Owns calls in flight, by key. A call belongs to nobody who waits for it: it goes on when the
first caller leaves, and when all do. Knows nothing of what is called.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, TypeVar

from schemas.reading import Progress
from service.readers.protocol import Notify

Result = TypeVar("Result")


class Landed(NamedTuple, Generic[Result]):
    """What came of a call, and whether another caller had begun it."""

    result: Result
    joined: bool


class _Flight(Generic[Result]):
    """A call in flight, and those who listen."""

    def __init__(self, start: Callable[[Notify], Awaitable[Result]]) -> None:
        self._listeners: list[Notify] = []
        self._last: Progress | None = None
        self.task: asyncio.Task[Result] = asyncio.ensure_future(self._fly(start))

    async def _fly(self, start: Callable[[Notify], Awaitable[Result]]) -> Result:
        return await start(self._tell)

    def _tell(self, progress: Progress) -> None:
        self._last = progress
        for notify in self._listeners:
            notify(progress)

    async def wait(self, notify: Notify) -> Result:
        """Return the result; being cancelled here does not cancel the call."""
        if self._last is not None:
            notify(self._last)
        self._listeners.append(notify)
        try:
            return await asyncio.shield(self.task)
        finally:
            self._listeners.remove(notify)


class Flights(Generic[Result]):
    """Calls in flight; for one event loop."""

    def __init__(self) -> None:
        """Begin with none."""
        self._flights: dict[str, _Flight[Result]] = {}

    async def join(
        self, key: str, start: Callable[[Notify], Awaitable[Result]], notify: Notify
    ) -> Landed[Result]:
        """Return what the call in flight for ``key`` returns; ``start`` it where there is none.

        Raises what the call raises, for everyone who waits. ``notify`` hears where the call
        is now, then what it tells.
        """
        flight = self._flights.get(key)
        joined = flight is not None
        if flight is None:
            flight = _Flight(start)
            self._flights[key] = flight
            flight.task.add_done_callback(lambda task: self._land(key, task))
        return Landed(await flight.wait(notify), joined)

    def _land(self, key: str, task: asyncio.Task[Result]) -> None:
        del self._flights[key]
        if not task.cancelled():
            # Where nobody waits any more, nobody else would take note of the failure.
            task.exception()

    async def drain(self) -> None:
        """Wait until nothing is in flight; failures are the callers', not raised here."""
        while self._flights:
            tasks = [flight.task for flight in self._flights.values()]
            await asyncio.wait(tasks)
            # Their callbacks run in the next round of the loop.
            await asyncio.sleep(0)
