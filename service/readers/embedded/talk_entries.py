"""Entries of a diary or timeline: "15 January, Beijing. The two leaders sit down ...".

Owns the day and the place that such an opening gives to what its paragraph tells. Knows no talks.
"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.base import PartialDate
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_places import render_date

_SIGNS = frozenset(", . : ; to and of early late mid – — - ( ) • *".split())
_PLACES = frozenset("XLS")
_MAX_MARKS = 9
_LEAST_ENTRIES = 3
"""One day before a paragraph may be the story's own; three make a timeline."""
_MAX_ROWS = 8


class Entry(NamedTuple):
    """What the opening of a paragraph says of all that the paragraph tells."""

    row: MarkedSentence
    date: PartialDate | None
    place: str | None


def find_entry(rows: Sequence[MarkedSentence], index: int) -> Entry | None:
    """Return the opening under which ``rows[index]`` stands; ``None`` where it is under none."""
    opening = _find_opening(rows, index)
    if opening is None or sum(map(_is_opening, rows)) < _LEAST_ENTRIES:
        return None
    row = rows[opening]
    place = next((at for at, word in enumerate(row.words) if word in _PLACES), None)
    date = render_date(row.sentence.dates[0])
    return Entry(row, date, None if place is None else row.write(place))


def _find_opening(rows: Sequence[MarkedSentence], index: int) -> int | None:
    """Return the opening of the paragraph, or the line of its own right before it."""
    for at in range(index, max(-1, index - _MAX_ROWS), -1):
        if rows[at].sentence.is_line_start:
            is_own_line = at > 0 and rows[at - 1].sentence.is_line_start
            places = [at, at - 1] if is_own_line else [at]
            return next((one for one in places if one < index and _is_opening(rows[one])), None)
    return None


def _is_opening(row: MarkedSentence) -> bool:
    """Say whether the row is a date, a place and no more."""
    sentence = row.sentence
    if not sentence.dates or len(sentence.words) > _MAX_MARKS or not sentence.is_line_start:
        return False
    words = row.words
    is_bare = all(word in _SIGNS or word in _PLACES or word in {"D", "A"} for word in words)
    return is_bare and "D" in words
