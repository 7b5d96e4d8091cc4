"""What an article fixes about time: the day of the report, and the years that it names.

Owns the choice of the days from which weekdays and months are counted. Must not know claims or
quotes. A year comes from the article or from ``published``, never from the clock.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from service.checking.date_mentions import DateMention
from service.checking.date_spans import (
    FIRST_YEAR,
    LAST_YEAR,
    DaySpan,
    make_date,
    shift_days,
)
from service.checking.date_tense import REPORTED, is_over, read_tense_at
from service.checking.weekday_ties import Tie, find_ties

WEEK_DAYS = 7
"""A weekday without a date is of the last days: news is a week old at most."""
Key = TypeVar("Key")
Value = TypeVar("Value")
Precision = Literal["day", "month", "year", "article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The day of the report, as far as it is known: ``first`` to ``last``, both inclusive.

    ``precision`` is that of ``published``, or "article" where the text's own dates give it.
    ``reach_days`` and ``reach_months`` bound how far from it a date without a year is placed.
    """

    first: date
    last: date
    precision: Precision
    reach_days: int
    reach_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """What an article fixes about time.

    ``reference`` is ``None`` where neither ``published`` nor the text gives a day of report;
    ``anchor_days`` are those from which a weekday is counted, none where they are doubtful.
    ``candidate_years`` are those among which a weekday may settle. ``tied_weekdays`` maps 0..6,
    and ``tied_days`` (month, day), to the days that the article ties them to.
    ``years_by_day`` and ``years_by_month`` hold the years that it states for (month, day) and
    for a month.
    """

    reference: Reference | None
    anchor_days: tuple[date, ...]
    candidate_years: frozenset[int]
    tied_weekdays: dict[int, set[date]]
    tied_days: dict[tuple[int, int], set[date]]
    years_by_day: dict[tuple[int, int], set[int]]
    years_by_month: dict[int, set[int]]


def find_anchors(
    text: str,
    mentions: Sequence[DateMention],
    boundaries: tuple[int, ...],
    published: DaySpan | None,
) -> Anchors:
    """Return what ``text`` and ``published`` fix; ``published`` is ``None`` where unknown."""
    stated = [mention for mention in mentions if not mention.alternative]
    years = frozenset(_find_candidate_years(text, stated, boundaries, published))
    ties = find_ties(text, stated, boundaries, years)
    reference, days = _refer_to_published(published)
    if not days:
        own, days = _refer_to_article(text, stated, boundaries, ties)
        reference = own if own and _is_within(own, reference) else reference
        days = days if own is reference else ()
    return Anchors(
        reference=reference,
        anchor_days=days,
        candidate_years=years,
        tied_weekdays=_group((tie.weekday, tie.day) for tie in ties),
        tied_days=_group(((tie.day.month, tie.day.day), tie.day) for tie in ties),
        years_by_day=_group(((day.month, day.day), day.year) for day in _state_days(stated)),
        years_by_month=_group(
            (mention.month, mention.year)
            for mention in stated
            if mention.month is not None and mention.year is not None
        ),
    )


def _group(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, set[Value]]:
    grouped: dict[Key, set[Value]] = defaultdict(set)
    for key, value in pairs:
        grouped[key].add(value)
    return dict(grouped)


_AFAR = re.compile(
    r"\b(?:since|by|until|till|from|through|before|after|between|and|to|in the|around)\s$"
)
"""Before a bare year: it may lie decades from the report, and settles nothing."""


def _find_candidate_years(
    text: str,
    mentions: Iterable[DateMention],
    boundaries: tuple[int, ...],
    published: DaySpan | None,
) -> Iterator[int]:
    """Yield the years in which a weekday may settle: next to those that are named.

    No report is older than a year of which it tells in the past tense.
    """
    if published is not None:
        yield from range(published.first.year - 1, published.last.year + 2)
        return
    for mention in mentions:
        if mention.year is None or mention.fiscal or mention.part in {"pre", "post"}:
            continue
        before = max(0, mention.start - 10)
        if mention.month is not None or not _AFAR.search(text, before, mention.start):
            is_past = is_over(text, mention.start, mention.end, boundaries)
            yield from range(mention.year - (not is_past), mention.year + 2)


def _state_day(mention: DateMention) -> date | None:
    """Return the day of a mention that states all of it; ``None`` also where it misdates."""
    if mention.year is None or mention.month is None or mention.day is None:
        return None
    day = make_date(mention.year, mention.month, mention.day)
    is_misdated = day and mention.weekday is not None and day.weekday() != mention.weekday
    return None if is_misdated else day


def _state_days(mentions: Iterable[DateMention]) -> Iterator[date]:
    return (day for mention in mentions if (day := _state_day(mention)) is not None)


def _refer_to_published(published: DaySpan | None) -> tuple[Reference | None, tuple[date, ...]]:
    if published is None or not FIRST_YEAR < published.first.year < LAST_YEAR:
        return None, ()
    precision: Precision = "year"
    if published.first == published.last:
        precision = "day"
    elif published.first.month == published.last.month:
        precision = "month"
    reference = Reference(
        first=published.first,
        last=published.last,
        precision=precision,
        reach_days=366,
        reach_months=11,
    )
    return reference, (published.first,) if precision == "day" else ()


def _refer_to_article(
    text: str,
    mentions: Sequence[DateMention],
    boundaries: tuple[int, ...],
    ties: Sequence[Tie],
) -> tuple[Reference | None, tuple[date, ...]]:
    """Return the article's own day: its dateline, else a tied weekday, else its opening's date.

    Days that lie more than a week apart are no day of report: then there is none.
    """
    dateline = _find_dateline(text, mentions)
    if dateline is not None:
        return _refer_to((dateline,), reach_days=183, reach_months=11)
    tied = {tie.day for tie in ties if tie.is_past}
    if tied:
        return _refer_to(tuple(sorted(tied)), reach_days=183, reach_months=11)
    opening = tuple(sorted(_find_opening_days(text, mentions, boundaries)))
    return _refer_to(opening, reach_days=60, reach_months=6)


def _refer_to(
    days: tuple[date, ...], *, reach_days: int, reach_months: int
) -> tuple[Reference | None, tuple[date, ...]]:
    if not days or (days[-1] - days[0]).days > WEEK_DAYS:
        return None, ()
    if not FIRST_YEAR < days[-1].year < LAST_YEAR:
        return None, ()
    reference = Reference(
        first=days[-1],
        last=shift_days(days[-1], WEEK_DAYS),
        precision="article",
        reach_days=reach_days,
        reach_months=reach_months,
    )
    return reference, days


def _is_within(own: Reference, published: Reference | None) -> bool:
    """Say whether the article's own day agrees with what is known of its publication."""
    return published is None or published.first <= own.first <= published.last


_DATELINE_BEFORE = re.compile(
    r"(?:^|\n)(?:[A-Z][A-Z .'’/-]{2,30},?\s|(?:Published|Updated|Posted|Date)\b[^\n]{0,12})?$"
)
_DATELINE_AFTER = re.compile(r"\s?(?:\(|—|–|-|\n|$|\||,?\s(?:at\s)?[0-9]{1,2}:)")
DATELINE_CHARS = 600
"""How far into the text a dateline may stand."""


def _find_dateline(text: str, mentions: Iterable[DateMention]) -> date | None:
    """Return the date of "BEIJING, Dec. 5, 2025 (Agency)" or of a line of its own.

    Several of them are a chronicle, which has no day of report.
    """
    found = set()
    for mention in mentions:
        if mention.start > DATELINE_CHARS:
            break
        day = _state_day(mention)
        before = max(0, mention.start - 48)
        if (
            day is not None
            and _DATELINE_AFTER.match(text, mention.end)
            and _DATELINE_BEFORE.search(text, before, mention.start)
        ):
            found.add(day)
    return found.pop() if len(found) == 1 else None


_ON = re.compile(r"\b[Oo]n\s$")
OPENING_CHARS = 800
"""What counts as the opening, in which news says when it happened."""


def _find_opening_days(
    text: str, mentions: Iterable[DateMention], boundaries: tuple[int, ...]
) -> Iterator[date]:
    """Yield the full dates on which the opening says that something happened."""
    for mention in mentions:
        day = _state_day(mention)
        if mention.start > OPENING_CHARS:
            return
        if day is None or not _ON.search(text, max(0, mention.start - 3), mention.start):
            continue
        if read_tense_at(text, mention.start, mention.end, boundaries) in REPORTED:
            yield day
