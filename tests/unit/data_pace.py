"""Time that passes when it is told to, for the tests of the pace.

Owns the fake clock, which stands for the database's and the process's at once.
"""

import asyncio

from sqlalchemy import Double, bindparam
from sqlalchemy.sql.elements import BindParameter

from service.store.pace import Timing

START_S = 1_800_000_000.0
"""Where the clock stands at first: in 2027, so that the numbers are as large as real ones."""
TOLERANCE_S = 1e-5
"""Rounding of an instant of that size, a few dozen times over."""


class FakeTime:
    """A clock that stands still, but for who sleeps."""

    def __init__(self) -> None:
        self.now_s = START_S

    @property
    def passed_s(self) -> float:
        """Seconds since the beginning, to a tenth of a millisecond."""
        return round(self.now_s - START_S, 4)

    @property
    def shared(self) -> BindParameter[float]:
        """The clock as the database's; read whenever a statement is run."""
        return bindparam("fake_now", callable_=lambda: self.now_s, type_=Double())

    @property
    def timing(self) -> Timing:
        """The clock as the process's."""
        return Timing(tell=lambda: self.now_s, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        """Let the time pass, and whoever is ready go first."""
        end_s = self.now_s + seconds
        await asyncio.sleep(0)
        self.now_s = max(self.now_s, end_s)
