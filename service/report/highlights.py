"""A text cut up for highlighting.

Owns how overlapping places become segments that do not overlap. Knows nothing of items but their
numbers, and nothing of how a segment looks.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.comparison import Place


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a place of an item begins."""

    number: int
    """The item's number."""
    ordinal: int
    """Which of the item's places it is, from 0, in the order in which they were given."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A slice of a text that lies in the same places from end to end."""

    text: str
    numbers: tuple[int, ...]
    """The items that have a place over it, lowest number first; empty outside of all places."""
    beginnings: tuple[Beginning, ...]
    """The places that begin with it."""


def cut_segments(text: str, places: Mapping[int, Sequence[Place]]) -> list[Segment]:
    """Return ``text`` cut at every border of ``places``, in order and without a gap.

    ``places`` are the places of each item by its number; those of one item may overlap too. A
    place that reaches past the end of ``text`` ends there; an empty one is left out.
    """
    opening: dict[int, list[Beginning]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    for number, spans in places.items():
        for ordinal, span in enumerate(spans):
            end = min(span.end, len(text))
            if span.start < end:
                opening[span.start].append(Beginning(number, ordinal))
                closing[end].append(number)
    borders = sorted({0, len(text), *opening, *closing})
    segments: list[Segment] = []
    active: Counter[int] = Counter()
    for start, end in pairwise(borders):
        active.subtract(closing[start])
        active.update(beginning.number for beginning in opening[start])
        active = +active
        segments.append(Segment(text[start:end], tuple(sorted(active)), tuple(opening[start])))
    return segments
