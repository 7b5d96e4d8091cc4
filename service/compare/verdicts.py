"""What a scorer says of two values.

Owns the shape. Knows no scorer.
"""

from typing import NamedTuple


class Verdict(NamedTuple):
    """How right a found value is against one golden value."""

    credit: float
    """1 right, 0.5 half right, 0 wrong."""
    is_exact: bool = True
    """Whether a right value is also written as the golden one."""
    note: str | None = None
    """Why it is not, or not quite, right."""
    is_critical: bool = True
    """Whether someone would act on the error, where the field is one to act on."""
    is_contradiction: bool = False
    """Whether it is critical whatever the field: a text that says another number, or the
    opposite."""

    @property
    def is_right(self) -> bool:
        """Say whether it earns full credit."""
        return self.credit == 1


RIGHT = Verdict(1)
WRONG = Verdict(0)
