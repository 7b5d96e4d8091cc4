"""Dates as a text states them, before anybody says which day they are.

Owns the scanner. Must not know when the text was published,
what a claim is, or which year a "December 5" belongs to.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from service.checking.date_components import DateMention, Found, Match
from service.checking.date_expressions import (
    read_day_word,
    read_quarter,
    read_season,
    read_unit,
    read_weekday,
)
from service.checking.date_figures import read_month, read_number
from service.checking.date_patterns import TRIGGER, name_core

__all__ = ["DateMention", "find_dates"]

CACHED_TEXTS = 512
"""How many texts the scanner remembers: the quotes and sentences of a few summaries."""
MAX_CACHED_CHARS = 4_000
"""Longest text that is remembered; an article's mentions are kept by its calendar."""


def find_dates(text: str) -> list[DateMention]:
    """Return every date that ``text`` states, in order of their place.

    A range or a pair of days ("November 23-24", "October 30 and 31") gives two mentions over
    the same characters, "October 30 or 31" one of the month alone. A date in figures that can
    be read day first and month first gives its year alone. Lengths ("one year"), recurring
    days ("every Friday") and words that are months by chance ("may", "march") give none.
    Never raises; the cost is linear in the length of ``text``.
    """
    if len(text) > MAX_CACHED_CHARS:
        return _mark_alternatives(text, list(_scan(text)))
    return list(_find_cached(text))


@lru_cache(maxsize=CACHED_TEXTS)
def _find_cached(text: str) -> tuple[DateMention, ...]:
    return tuple(_mark_alternatives(text, list(_scan(text))))


def _mark_alternatives(text: str, mentions: list[DateMention]) -> list[DateMention]:
    for index in range(1, len(mentions)):
        first, second = mentions[index - 1], mentions[index]
        if text[first.end : second.start].strip(" ,") in {"or", "or on", "or in", "or by"}:
            mentions[index - 1] = replace(first, alternative=True)
            mentions[index] = replace(second, alternative=True)
    return mentions


def _scan(text: str) -> Iterator[DateMention]:
    position = 0
    for core in TRIGGER.finditer(text):
        if core.start() < position:
            continue
        for mention in _READERS[name_core(core.group())](text, core):
            position = max(position, mention.end)
            yield mention


_READERS: dict[str, Callable[[str, Match], Found]] = {
    "number": read_number,
    "month": read_month,
    "weekday": read_weekday,
    "unit": read_unit,
    "day": read_day_word,
    "season": read_season,
    "quarter": read_quarter,
}
