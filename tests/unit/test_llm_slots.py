"""As many calls are under way as the endpoint bears, and no more than were asked for."""

import asyncio

import pytest

from service.readers.llm.slots import Slot, Slots

MOST = 64


async def take(slots: Slots, count: int) -> list[Slot]:
    """Take ``count`` slots, which there must be."""
    return [await slots.take() for _ in range(count)]


async def run_round(slots: Slots, *, overloaded: int = 0, calls: int | None = None) -> None:
    """Let as many calls as there are slots end, the first of them ``overloaded``."""
    held = await take(slots, calls or slots.limit)
    for at, slot in enumerate(held):
        if at < overloaded:
            slot.note_overload()
        else:
            slot.note_good()
        slot.free()


async def test_there_are_at_most_as_many_as_were_asked_for() -> None:
    """Also after a long time in which all was good."""
    slots = Slots(2)
    for _ in range(50):
        await run_round(slots)
    held = await take(slots, 2)
    waiting = asyncio.ensure_future(slots.take())
    await asyncio.sleep(0)

    assert (slots.limit, waiting.done()) == (2, False)
    held[0].free()
    assert isinstance(await waiting, Slot)


async def test_who_waits_first_gets_a_slot_first() -> None:
    """Also before those who come when one gets free."""
    slots = Slots(1)
    held = await slots.take()
    order: list[int] = []

    async def call(number: int) -> None:
        slot = await slots.take()
        order.append(number)
        slot.free()

    calls = [asyncio.ensure_future(call(number)) for number in range(3)]
    await asyncio.sleep(0)
    held.free()
    await asyncio.gather(*calls, call(3))

    assert order == [0, 1, 2, 3]


async def test_overload_halves_the_slots_at_once() -> None:
    """It is the same with each of them: a round is one sign, not sixty-four."""
    slots = Slots(MOST)

    await run_round(slots, overloaded=MOST)

    assert slots.limit == MOST // 2


async def test_a_few_failures_of_many_are_no_overload() -> None:
    """Endpoints answer a few percent with errors at any load; fewer calls would not help."""
    slots = Slots(MOST)

    for _ in range(50):
        await run_round(slots, overloaded=MOST // 16)

    assert slots.limit == MOST


async def test_slots_come_back_a_few_a_round() -> None:
    """To double them would overload what has just recovered."""
    slots = Slots(MOST)
    await run_round(slots, overloaded=MOST)

    limits = []
    for _ in range(3):
        await run_round(slots)
        limits.append(slots.limit)

    assert all(
        0 < later - earlier <= 4 for earlier, later in zip([32, *limits], limits, strict=False)
    )


async def test_lasting_overload_leaves_one_slot_and_not_none() -> None:
    """With none, nobody would ever find out that it is over."""
    slots = Slots(MOST)

    for _ in range(30):
        await run_round(slots, overloaded=MOST)

    assert slots.limit == 1


async def test_from_one_slot_it_goes_back_to_all() -> None:
    """An endpoint that was down for a while is worth as much as before."""
    slots = Slots(MOST)
    for _ in range(30):
        await run_round(slots, overloaded=MOST)

    for _ in range(40):
        await run_round(slots)

    assert slots.limit == MOST


async def test_a_lower_limit_waits_for_the_calls_under_way() -> None:
    """They are not cut off; new ones begin when there are fewer."""
    slots = Slots(4)
    held = await take(slots, 4)
    for slot in held[:3]:
        slot.note_overload()
    waiting = asyncio.ensure_future(slots.take())

    under_way = []
    for slot in held[:3]:
        slot.free()
        await asyncio.sleep(0)
        under_way.append(waiting.done())

    assert (slots.limit, under_way) == (2, [False, False, True])


@pytest.mark.parametrize("free_first", [True, False])
async def test_a_slot_is_not_lost_when_who_waits_leaves(free_first: bool) -> None:
    """Before it is given one, or at that very moment."""
    slots = Slots(1)
    held = await slots.take()
    leaving, staying = (asyncio.ensure_future(slots.take()) for _ in range(2))
    await asyncio.sleep(0)

    if free_first:
        held.free()
        leaving.cancel()
    else:
        leaving.cancel()
        held.free()
    await asyncio.wait([leaving, staying], timeout=5)

    assert (leaving.cancelled(), staying.done()) == (True, True)
