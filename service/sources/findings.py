"""What a listing comes upon: articles, faults, and files that are neither.

Owns their shapes. Must not know where any of them was found.
"""

from collections import Counter
from typing import NamedTuple

from schemas.batch import Source
from service.errors import ReadoutError
from service.showing import show
from service.sources.places import make_name

MAX_LABELS = 100
"""Most suffixes that are counted one by one."""
OTHER = "others"
"""The label of all suffixes beyond those."""


class SourceFault(NamedTuple):
    """An entry of a batch that cannot be read, and why; a row of the batch like any other."""

    name: str
    """As ``Source.name``."""
    error: ReadoutError


class Found(NamedTuple):
    """An entry as an expansion gives it: it may be found again, and its name may be taken."""

    entry: Source | SourceFault
    identity: str | None
    """What it shares with every other way to the same article; ``None`` where that is unknown."""


class Skipped:
    """Counts the files that were passed over because they are no articles."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        """How many by suffix, in lower case with its dot, or by another label (``README``)."""

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counts.total()

    def count(self, label: str) -> None:
        """Count one file; beyond 100 labels it counts as one of the others."""
        shown = show(label)
        known = shown in self.counts or len(self.counts) < MAX_LABELS
        self.counts[shown if known else OTHER] += 1

    def __str__(self) -> str:
        """Say ``3 .docx, 1 README``, the most frequent first."""
        return ", ".join(f"{number:,} {label}" for label, number in self.counts.most_common())


def find_fault(name: str, error: ReadoutError, identity: str | None = None) -> Found:
    """Return a fault of the entry that the file system or an archive calls ``name``."""
    return Found(SourceFault(make_name(name), error), identity)
