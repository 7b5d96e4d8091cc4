"""How many calls are under way at once: as many as the endpoint bears.

Owns the count and its adapting, within this process. Knows no endpoint: it is told how calls end.

Additive increase, multiplicative decrease (Chiu and Jain, 1989; RFC 5681): only this reaches a
limit that several processes share, without their knowing of each other. A lone failure is no
overload: endpoints answer a percent or two with 5xx at any load, and to be halved by each of them
would leave a few calls of many (Mathis et al., 1997). Halved is when an eighth of a round fails.
"""

import asyncio
from collections import deque

_DECREASE = 0.5
"""What is left of the limit after overload."""
_STEPS = 16
"""Rounds of good calls that lead from the least to the most."""
_SHORTEST_ROUND = 16
"""Calls that a round has at least, so that a lone failure among few is not many."""
_TOLERATED = 1 / 8
"""Share of a round that may fail for overload before the limit falls."""


class Slots:
    """A number of slots that adapts between 1 and ``most``; for one event loop.

    They are given in the order of asking.
    """

    def __init__(self, most: int) -> None:
        """Begin with all ``most``: whoever set that knows more than nothing."""
        self._most = most
        self._limit = float(most)
        self._used = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._round = 0
        self._ended = self._overloaded = 0

    @property
    def limit(self) -> int:
        """Slots that there are now."""
        return int(self._limit)

    async def take(self) -> "Slot":
        """Return a slot, as soon as there is one; to be freed by whoever took it."""
        if self._used >= self.limit or self._waiting:
            await self._queue_up()
        else:
            self._used += 1
        return Slot(self, self._round)

    def free(self) -> None:
        """Take back a slot."""
        self._used -= 1
        self._hand_on()

    def note_good(self, begun_in: int) -> None:
        """Count a call, begun in the round ``begun_in``, that was answered.

        Calls from before the last decrease do not count: they tell of a load that is no more.
        """
        if begun_in == self._round:
            step = min(self._most / _STEPS / self._limit, 1.0)
            self._limit = min(self._limit + step, self._most)
            self._judge_round()
            self._hand_on()

    def note_overload(self, begun_in: int) -> None:
        """Count a call that the endpoint could not bear, as in ``note_good``."""
        if begun_in == self._round:
            self._overloaded += 1
            self._judge_round()

    def _judge_round(self) -> None:
        self._ended += 1
        length = max(self._limit, _SHORTEST_ROUND)
        if self._overloaded > length * _TOLERATED:
            self._limit = max(self._limit * _DECREASE, 1.0)
            self._round += 1
        elif self._ended < length:
            return
        self._ended = self._overloaded = 0

    async def _queue_up(self) -> None:
        """Wait until a slot is handed on."""
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():
                # It was handed on at the same moment: it is the next one's.
                self.free()
            raise

    def _hand_on(self) -> None:
        """Give free slots to who waits; a place whose owner has left is passed over."""
        while self._waiting and self._used < self.limit:
            place = self._waiting.popleft()
            if not place.done():
                self._used += 1
                place.set_result(None)


class Slot:
    """One slot, held for one call; it counts once how that ends, or not at all."""

    def __init__(self, slots: Slots, begun_in: int) -> None:
        """Belong to ``slots``, since the round ``begun_in``."""
        self._slots = slots
        self._begun_in = begun_in

    def note_good(self) -> None:
        """Say that the call was answered."""
        self._slots.note_good(self._begun_in)

    def note_overload(self) -> None:
        """Say that the endpoint could not bear the call."""
        self._slots.note_overload(self._begun_in)

    def free(self) -> None:
        """Give the slot back."""
        self._slots.free()
