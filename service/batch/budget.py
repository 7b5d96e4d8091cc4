"""A limit of money, held before it is spent.

Owns the sum of what was spent and what may still be: a reading that is under way is reckoned with
its estimate until its price is known. Knows no job and no price table.
"""

from service.errors import SettingsError


class Budget:
    """US dollars that may be spent; for one event loop."""

    def __init__(self, limit_usd: float | None) -> None:
        """Allow ``limit_usd`` in all; ``None`` for any sum."""
        self.limit_usd = limit_usd
        self.spent_usd = 0.0
        self._reserved_usd = 0.0

    def reserve(self, estimate_usd: float | None) -> bool:
        """Say whether a reading may begin that costs about ``estimate_usd``; then it is reckoned.

        Raises ``SettingsError`` where there is a limit and no price is known.
        """
        if self.limit_usd is None:
            return True
        if estimate_usd is None:
            raise SettingsError(
                "the price of this model is not known, so that no budget can be kept; leave out "
                "--budget-usd, or set READOUT_MODEL to a model whose price is public"
            )
        if self.spent_usd + self._reserved_usd + estimate_usd > self.limit_usd:
            return False
        self._reserved_usd += estimate_usd
        return True

    def settle(self, estimate_usd: float | None, cost_usd: float | None) -> None:
        """Replace the estimate of a reading by what it cost; ``None`` for not known."""
        if self.limit_usd is not None and estimate_usd is not None:
            self._reserved_usd -= estimate_usd
        self.spent_usd += cost_usd or 0.0
