"""Latencies: what is read from many of them, and how that is printed.

Owns quantiles and their table. Knows nothing of what took its time.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple


def find_quantile_ms(seconds: Sequence[float], share: float) -> float:
    """Return the milliseconds that ``share`` of ``seconds``, over 0 to 1, does not exceed.

    It is one of the samples, the nearest rank: a mean of two would hide a tail.
    """
    rank = math.ceil(share * len(seconds))
    return sorted(seconds)[rank - 1] * 1_000


class Latencies(NamedTuple):
    """What a contestant's requests took, in seconds, in any order."""

    name: str
    seconds: Sequence[float]
    note: str = ""

    def find_ms(self, share: float) -> float:
        """Return the quantile of ``share``, in milliseconds."""
        return find_quantile_ms(self.seconds, share)


def print_latencies(title: str, rows: Sequence[Latencies]) -> None:
    """Print a table of medians and tails to standard output."""
    print(f"\n{title}")  # noqa: T201  # a command's voice
    for row in rows:
        quantiles = "".join(
            f"  p{share * 100:.0f}{row.find_ms(share):9.2f} ms" for share in (0.5, 0.95, 0.99)
        )
        print(f"  {row.name:<44}{quantiles}  of {len(row.seconds):,}  {row.note}".rstrip())  # noqa: T201  # as above
