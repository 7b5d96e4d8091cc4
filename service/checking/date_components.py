"""One stated date: its components, and the words before it that belong to it.

Owns the shape of a mention and the reading of "end of", "last", "fiscal". Must not know which
day a mention means.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from service.checking import date_patterns as patterns

Match = re.Match[str]
Found = list["DateMention"]
"""What a reader of one form finds: mostly one mention, none where it is no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """One date that a text states: the components it gives, and nothing that it leaves open.

    ``year`` 1900..2099, ``month`` 1..12, ``day`` 1..31, ``weekday`` 0..6 (Monday first),
    ``quarter`` 1..4, ``season`` and ``part`` ("early", "mid", "late", "start", "end", "first
    half", "second half", "pre", "post") lower-case, ``decade`` its first year. ``relative`` is
    what ties it to the reader's day: alone an expression ("yesterday", "last month", "the
    year", "2 weeks ago"), beside a weekday or month its word ("last", "next", "this",
    "coming"). ``fiscal`` tells that the year is no calendar year, ``alternative`` that the
    text leaves open whether it is this date or the one beside it ("Monday or Tuesday").
    ``None`` is what the text does not say. ``start`` (inclusive) and ``end`` (exclusive) are
    offsets in code points.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    season: str | None = None
    decade: int | None = None
    part: str | None = None
    relative: str | None = None
    fiscal: bool = False
    alternative: bool = False

    def shift(self, offset: int) -> "DateMention":
        """Return the same mention, ``offset`` characters further on."""
        return replace(self, start=self.start + offset, end=self.end + offset)


class Prefix(NamedTuple):
    """What stands before the core of a date and belongs to it.

    ``start`` is where the date begins with it. ``part`` is as in a mention, ``word`` is "last",
    "this", "next" and the like, ``is_definite`` tells of a "the" before that word ("the last
    year" is a length), ``is_anaphoric`` of "the" behind the part ("the end of the year").
    """

    start: int
    part: str | None
    word: str | None
    is_definite: bool
    is_anaphoric: bool
    is_fiscal: bool


_PARTS = {
    "beginning": "start",
    "close": "end",
    "earlier": "early",
    "first": "first half",
    "later": "late",
    "middle": "mid",
    "second": "second half",
}
_WORDS = {"current": "this", "this coming": "coming", "this past": "past"}
_MAX_WORD_CHARS = 14
_WORD_BEFORE = re.compile(r"(?P<word>[A-Za-z]+)(?:[-–]|\s{1,3})$")


def read_prefix(text: str, start: int) -> Prefix:
    """Return the words before the core at ``start``; all empty where none belongs to it."""
    word_before = _WORD_BEFORE.search(text, max(0, start - _MAX_WORD_CHARS), start)
    if not word_before or word_before["word"].lower() not in patterns.PREFIX_CLOSE:
        return Prefix(start, None, None, is_definite=False, is_anaphoric=False, is_fiscal=False)
    floor = max(0, start - patterns.PREFIX_CHARS)
    match = patterns.PREFIX.search(text, floor, start)
    assert match is not None, "the pattern matches the empty end"
    part = " ".join(re.findall(r"\w+", match["part"] or "")).lower()
    first = part.removeprefix("the ").removeprefix("very ").split(" ")[0]
    word = " ".join((match["deictic"] or "").lower().split())
    return Prefix(
        start=match.start(),
        part=_PARTS.get(first, first) or None,
        word=_WORDS.get(word, word) or None,
        is_definite=match["definite"] is not None,
        is_anaphoric=match["article"] is not None or match["article2"] is not None,
        is_fiscal=match["fiscal"] is not None,
    )
