"""The pace at which an endpoint is asked, kept by all processes that share a database.

Owns who waits in this process, and how long. Nobody polls: the database says how long the wait is.
Knows no endpoint and no reply; what a turn is, and when it comes, stands in ``turns``.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from service.errors import StoreError
from service.store.database import Database
from service.store.turns import Ask, PaceLimits, PaceRow

LOOK_S = 1.0
"""Seconds for which it is not looked again whether another process was told to cool down, where no
limit is set: then nothing else takes a caller to the database."""
LATE_S = 0.1
"""Seconds after which a turn that nobody used has lapsed; a busy event loop is late by as much."""


class Timing(NamedTuple):
    """What tells the time of this process, and lets it pass."""

    tell: Callable[[], float] = time.monotonic
    """Gives seconds by a clock that is never set."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class _Turn(NamedTuple):
    """A turn that this process has taken."""

    at_s: float
    """When it comes, by the clock of this process."""
    tokens: int
    """What it was taken for."""


class SharedPace:
    """The pace of one endpoint and model: ``service.readers.protocol.Pace``; for one event loop.

    Only the first in line takes a turn and waits for it. Should it leave, its turn is the next
    one's; who leaves from behind has taken nothing.
    """

    def __init__(self, database: Database, row: PaceRow, timing: Timing | None = None) -> None:
        """Keep the limits of ``row`` together with all that use it."""
        self._database = database
        self._row = row
        self._timing = timing or Timing()
        self._line = asyncio.Lock()
        self._taking: asyncio.Future[_Turn] | None = None
        self._owed = 0
        self._cooled_s = self._looked_s = float("-inf")

    @property
    def counts_tokens(self) -> bool:
        """Say whether tokens are limited."""
        return self._row.limits.tokens is not None

    async def admit(self, tokens: int) -> None:
        """Return when a request of about ``tokens`` may be sent; it counts as sent then.

        ``StoreError`` where limits are set and cannot be looked up; nothing counts then.
        """
        if self._row.limits == PaceLimits():
            await self._wait_for_cooldown()
            return
        async with self._line:
            turn = await self._wait_for_turn(tokens)
            self._taking = None
            self.settle(tokens - turn.tokens)

    def settle(self, tokens: int) -> None:
        """Note that a request took ``tokens`` more than was thought, or less where negative.

        It counts with the next request of this process, so that no reply has to wait for it.
        """
        if self.counts_tokens:
            self._owed += tokens

    async def cool_down(self, seconds: float) -> None:
        """Let nobody be admitted before ``seconds`` have passed, in other processes neither.

        Where the database cannot be written, this process does so alone: whoever calls this has
        a failure of the endpoint to tell.
        """
        self._note_cooldown(seconds)
        with suppress(StoreError):
            await self._database.write(partial(self._row.cool_down, seconds=seconds))

    async def close(self) -> None:
        """Settle what is still owed; where the database fails, nobody is charged for it."""
        owed, self._owed = self._owed, 0
        if owed:
            with suppress(StoreError):
                await self._database.write(partial(self._row.settle, owed=owed))

    async def _wait_for_turn(self, tokens: int) -> _Turn:
        """Return the turn that has come, once nothing is cooling down any more."""
        while True:
            turn = await self._take_turn(tokens)
            await self._sleep_until(turn.at_s)
            if self._timing.tell() >= self._cooled_s:
                return turn
            # Whoever was told to cool down meanwhile: turns go on from its end.
            self._taking = None
            await self._sleep_until(self._cooled_s)

    async def _take_turn(self, tokens: int) -> _Turn:
        """Return the turn that one who left has taken, if it is still to come, else a new one."""
        if self._taking is not None:
            turn = await self._await_taking(self._taking)
            if turn.at_s > self._timing.tell() - LATE_S:
                return turn
        self._taking = asyncio.ensure_future(self._ask_for_turn(tokens))
        return await self._await_taking(self._taking)

    async def _await_taking(self, taking: asyncio.Future[_Turn]) -> _Turn:
        try:
            # A turn that was asked for is taken, also if nobody waits for it any more.
            return await asyncio.shield(taking)
        except StoreError:
            self._taking = None
            raise

    async def _ask_for_turn(self, tokens: int) -> _Turn:
        owed, self._owed = self._owed, 0
        try:
            work = partial(self._row.take_turn, ask=Ask(tokens, owed))
            wait_s = await self._database.write(work)
        except StoreError:
            self._owed += owed
            raise
        return _Turn(self._timing.tell() + wait_s, tokens)

    async def _wait_for_cooldown(self) -> None:
        """Return when nothing is cooling down, as far as was to be seen within ``LOOK_S``."""
        while True:
            if self._must_look():
                await self._look()
            if self._timing.tell() >= self._cooled_s:
                return
            await self._sleep_until(self._cooled_s)

    def _must_look(self) -> bool:
        return self._timing.tell() - self._looked_s >= LOOK_S

    async def _look(self) -> None:
        """Look for others' cooldown; where the database fails, there is no limit to be broken."""
        async with self._line:
            # Who comes while another one looks waits for what that one sees.
            if self._must_look():
                with suppress(StoreError):
                    self._note_cooldown(await self._database.read(self._row.find_cooldown))
                self._looked_s = self._timing.tell()

    def _note_cooldown(self, seconds: float) -> None:
        self._cooled_s = max(self._cooled_s, self._timing.tell() + seconds)

    async def _sleep_until(self, instant_s: float) -> None:
        while (left_s := instant_s - self._timing.tell()) > 0:
            await self._timing.sleep(left_s)
