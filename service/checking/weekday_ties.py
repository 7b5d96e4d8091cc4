"""Weekdays that an article gives to a day: "Friday, December 5", or "the Friday call".

Owns the reasoning by which a weekday settles a year. Must not know the day of the report.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.checking.date_mentions import DateMention
from service.checking.date_spans import make_date
from service.checking.date_tense import REPORTED, find_sentence, read_tense_at


@dataclass(frozen=True, slots=True)
class Tie:
    """A weekday (0..6, Monday first) that the article gives to ``day``.

    ``is_past`` tells that the article reports the day as past, so that it is news of the week.
    """

    weekday: int
    day: date
    is_past: bool


def find_ties(
    text: str,
    mentions: Sequence[DateMention],
    boundaries: tuple[int, ...],
    candidate_years: Iterable[int],
) -> list[Tie]:
    """Return the weekdays that ``text`` gives to days.

    A day without a year is tied only where it is that weekday in exactly one of
    ``candidate_years``. An event ("the Friday call") is tied to the one day on which it falls
    on that weekday, of all days whose sentence names an event by the same word.
    """
    years = frozenset(candidate_years)
    adjacent = _find_adjacent_ties(text, mentions, boundaries, years)
    return [*adjacent, *_find_event_ties(text, mentions, boundaries, years)]


def fit_years(mention: DateMention, weekday: int, years: Iterable[int]) -> list[date]:
    """Return the days of ``years`` (or of the stated year) that fall on ``weekday``."""
    if mention.month is None or mention.day is None:
        return []
    stated = years if mention.year is None else (mention.year,)
    days = (make_date(year, mention.month, mention.day) for year in stated)
    return [day for day in days if day is not None and day.weekday() == weekday]


def _is_past(text: str, mention: DateMention, boundaries: tuple[int, ...]) -> bool:
    return read_tense_at(text, mention.start, mention.end, boundaries) in REPORTED


def _find_adjacent_ties(
    text: str,
    mentions: Sequence[DateMention],
    boundaries: tuple[int, ...],
    years: frozenset[int],
) -> Iterator[Tie]:
    for mention in mentions:
        if mention.weekday is None or mention.day is None:
            continue
        fits = fit_years(mention, mention.weekday, years)
        if len(fits) == 1:
            yield Tie(mention.weekday, fits[0], _is_past(text, mention, boundaries))


_EVENT = (
    r"(?:call|meeting|summit|conversation|discussion|visit|announcement|hearing|speech|ruling"
    r"|vote|conference|briefing|session|round)"
)
_EVENT_OF_WEEKDAY = re.compile(rf"(?:['’]s)?\s(?:[a-z-]{{3,12}}\s){{0,2}}?(?P<event>{_EVENT})\b")
"""Behind a weekday: "the Friday call", "Friday's video call"."""
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]his)\s$")
_EVENTS = re.compile(rf"\b{_EVENT}\b")


def _find_event_ties(
    text: str,
    mentions: Sequence[DateMention],
    boundaries: tuple[int, ...],
    years: frozenset[int],
) -> Iterator[Tie]:
    named = _name_events(text, mentions)
    if not named:
        return
    days: dict[str, list[DateMention]] = {}
    for mention in mentions:
        if mention.day is None or not _is_past(text, mention, boundaries):
            continue
        first, last = find_sentence(boundaries, mention.start, mention.end, len(text))
        for event in set(_EVENTS.findall(text, first, last)):
            days.setdefault(event, []).append(mention)
    for weekday, event in named:
        fits = {day for held in days.get(event, ()) for day in fit_years(held, weekday, years)}
        if len(fits) == 1:
            yield Tie(weekday, fits.pop(), is_past=True)


def _name_events(text: str, mentions: Sequence[DateMention]) -> set[tuple[int, str]]:
    """Return the weekday and the word of every event that the text calls by its weekday."""
    named = set()
    for mention in mentions:
        if mention.weekday is None or mention.day is not None or mention.relative is not None:
            continue
        match = _EVENT_OF_WEEKDAY.match(text, mention.end)
        is_definite = match and (
            match.group()[0] in "'’"
            or _DEFINITE.search(text, max(0, mention.start - 5), mention.start)
        )
        if match and is_definite:
            named.add((mention.weekday, match["event"]))
    return named
