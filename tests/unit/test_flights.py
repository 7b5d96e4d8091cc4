"""One call for all who ask the same at the same time."""

import asyncio

import pytest

from schemas.reading import Progress
from service.flights import Flights
from service.readers.protocol import Notify, ignore_progress


class Call:
    """A call that ends when it is told to; counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, notify: Notify) -> str:
        self.begun += 1
        notify(Progress(stage="reading"))
        await self.may_end.wait()
        if self.error:
            raise self.error
        notify(Progress(stage="reasking", complaints=2))
        return "result"


async def run_until_waiting() -> None:
    """Let every task go on until it waits."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_fifty_callers_share_one_call() -> None:
    """What is paid for once is given to all; only the first one began it."""
    flights: Flights[str] = Flights()
    call = Call()
    waiting = [asyncio.create_task(flights.join("k", call, ignore_progress)) for _ in range(50)]
    await run_until_waiting()
    call.may_end.set()

    landed = await asyncio.gather(*waiting)

    assert call.begun == 1
    assert {one.result for one in landed} == {"result"}
    assert [one.joined for one in landed].count(False) == 1


async def test_another_key_is_another_call() -> None:
    """Two articles are two readings."""
    flights: Flights[str] = Flights()
    call = Call()
    call.may_end.set()

    await asyncio.gather(*(flights.join(key, call, ignore_progress) for key in "ab"))

    assert call.begun == 2


async def test_a_call_that_landed_is_not_joined() -> None:
    """The store answers for the past; a failure may be tried again at once."""
    flights: Flights[str] = Flights()
    call = Call()
    call.may_end.set()
    await flights.join("k", call, ignore_progress)

    landed = await flights.join("k", call, ignore_progress)

    assert (call.begun, landed.joined) == (2, False)


async def test_the_first_callers_leaving_cancels_nothing() -> None:
    """A closed laptop must not cost the colleague who waits for the same article."""
    flights: Flights[str] = Flights()
    call = Call()
    first = asyncio.create_task(flights.join("k", call, ignore_progress))
    await run_until_waiting()
    second = asyncio.create_task(flights.join("k", call, ignore_progress))
    await run_until_waiting()

    first.cancel()
    await run_until_waiting()
    call.may_end.set()

    assert (await second).result == "result"
    assert first.cancelled()


async def test_a_call_goes_on_when_all_have_left_and_drain_waits_for_it() -> None:
    """It is paid for; a service that stops finishes it."""
    flights: Flights[str] = Flights()
    call = Call()
    only = asyncio.create_task(flights.join("k", call, ignore_progress))
    await run_until_waiting()
    only.cancel()
    draining = asyncio.create_task(flights.drain())
    await run_until_waiting()
    assert not draining.done()

    call.may_end.set()
    await draining

    assert call.begun == 1


async def test_a_failure_is_everyones_and_is_not_kept() -> None:
    """All who wait are told; who comes later asks anew."""
    flights: Flights[str] = Flights()
    call = Call()
    call.error = ValueError("no")
    waiting = [asyncio.create_task(flights.join("k", call, ignore_progress)) for _ in range(2)]
    await run_until_waiting()
    call.may_end.set()

    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [ValueError, ValueError]
    call.error = None
    assert (await flights.join("k", call, ignore_progress)).result == "result"


async def test_a_failure_that_nobody_waits_for_makes_no_noise(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The loop would log it with its message, which may hold what logs must not."""
    flights: Flights[str] = Flights()
    call = Call()
    call.error = ValueError("secret")
    only = asyncio.create_task(flights.join("k", call, ignore_progress))
    await run_until_waiting()
    only.cancel()
    call.may_end.set()

    await flights.drain()

    assert "secret" not in caplog.text


async def test_who_joins_late_hears_where_the_call_is() -> None:
    """And then the same as all others."""
    flights: Flights[str] = Flights()
    call = Call()
    early: list[Progress] = []
    late: list[Progress] = []
    first = asyncio.create_task(flights.join("k", call, early.append))
    await run_until_waiting()
    second = asyncio.create_task(flights.join("k", call, late.append))
    await run_until_waiting()
    call.may_end.set()
    await asyncio.gather(first, second)

    assert [progress.stage for progress in early] == ["reading", "reasking"]
    assert late == early


async def test_who_has_left_hears_nothing_more() -> None:
    """A queue that nobody empties would grow."""
    flights: Flights[str] = Flights()
    call = Call()
    heard: list[Progress] = []
    only = asyncio.create_task(flights.join("k", call, heard.append))
    await run_until_waiting()
    only.cancel()
    await run_until_waiting()
    call.may_end.set()

    await flights.drain()

    assert [progress.stage for progress in heard] == ["reading"]
