"""A limit of money, held before it is spent.

Owns the sum of what was spent and what may still be: a reading that is under way is reckoned with
its estimate until its price is known. Knows no job and no price table.
"""

import asyncio

from service.errors import SettingsError


class Budget:
    """US dollars that may be spent; for one event loop."""

    def __init__(self, limit_usd: float | None) -> None:
        """Allow ``limit_usd`` in all; ``None`` for any sum."""
        self.limit_usd = limit_usd
        self.spent_usd = 0.0
        self._reserved: list[float] = []
        self._settled = asyncio.Condition()

    async def reserve(self, estimate_usd: float | None) -> bool:
        """Say whether a reading may begin that costs about ``estimate_usd``; then it is reckoned.

        Where it would not fit beside what is under way, that is waited for: it may cost less.
        Raises ``SettingsError`` where there is a limit and no price is known.
        """
        if self.limit_usd is None or estimate_usd == 0:
            return True
        check_price(estimate_usd)
        assert estimate_usd is not None
        async with self._settled:
            while self._reserved and not self._fits(estimate_usd):
                await self._settled.wait()
            if not self._fits(estimate_usd):
                return False
            self._reserved.append(estimate_usd)
        return True

    async def settle(self, estimate_usd: float | None, cost_usd: float | None) -> None:
        """Replace the estimate of a reading by what it cost; ``None`` for not known."""
        self.spent_usd += cost_usd or 0.0
        if self.limit_usd is None or not estimate_usd:
            return
        async with self._settled:
            self._reserved.remove(estimate_usd)
            self._settled.notify_all()

    def _fits(self, estimate_usd: float) -> bool:
        assert self.limit_usd is not None
        return self.spent_usd + sum(self._reserved) + estimate_usd <= self.limit_usd


def check_price(estimate_usd: float | None) -> None:
    """Raise ``SettingsError`` where the price of a reading is not known."""
    if estimate_usd is None:
        raise SettingsError(
            "the price of this model is not known, so that no budget can be kept; leave out "
            "--budget-usd, or set READOUT_MODEL to a model whose price is public"
        )
