"""From a stated date to the days that it means, given what the article fixes about time.

Owns the rules of placing: dates without a year, months, weekdays, "last month". Must not know
claims or quotes. Where two readings differ and nothing decides, a date means no day at all.
"""

from datetime import date

from service.checking.date_mentions import DateMention
from service.checking.date_spans import (
    DaySpan,
    find_anniversaries,
    make_date,
    shift_days,
    shift_month,
    span_day,
    span_month,
    span_year,
)
from service.checking.date_tense import REPORTED, Telling
from service.checking.datelines import Anchors, Reference
from service.checking.weekday_ties import fit_years

Spans = tuple[DaySpan, ...]
"""The readings of a date: each may be meant. None at all where it cannot be placed."""

NEAR_DAYS = 120
"""A date without year and verb ("the November 24 call") lies at most this far back."""
UNCLEAR_DAYS = 45
"""How far a date may lie where its verb stands with past and future alike."""
NEAR_MONTHS = 6
UNCLEAR_MONTHS = 2


def resolve_mention(mention: DateMention, telling: Telling, anchors: Anchors) -> Spans:
    """Return the days that ``mention`` means, as one span per reading.

    More than one span is returned only for a weekday whose verb leaves open whether it is the
    one before or the one after; all other doubt returns no span.
    """
    if mention.alternative or mention.fiscal or mention.part in {"pre", "post"}:
        return ()
    if mention.year is not None:
        return _resolve_stated(mention, mention.year)
    spans = _resolve_relative(mention, telling, anchors)
    earlier = telling.earlier_year
    if earlier is None or _is_counted_from_now(mention):
        return spans
    return () if any(earlier < span.first.year for span in spans) else spans


def _is_counted_from_now(mention: DateMention) -> bool:
    """Say whether a date is told from the day of report ("last month"), not from a story's."""
    if mention.relative is not None:
        return not mention.relative.startswith("the ")
    return mention.weekday is not None


def _resolve_stated(mention: DateMention, year: int) -> Spans:
    if mention.month is None:
        return (span_year(year),)
    if mention.day is None:
        return (span_month(year, mention.month),)
    day = make_date(year, mention.month, mention.day)
    is_misdated = day and mention.weekday is not None and day.weekday() != mention.weekday
    return () if day is None or is_misdated else (span_day(day),)


def _resolve_relative(mention: DateMention, telling: Telling, anchors: Anchors) -> Spans:
    if mention.month is not None and mention.day is not None:
        return _resolve_day(mention, mention.month, mention.day, telling, anchors)
    if mention.month is not None:
        return _resolve_month(mention, mention.month, telling, anchors)
    if mention.weekday is not None:
        return _resolve_weekday(mention, mention.weekday, telling, anchors)
    if mention.relative is None or mention.season is not None or anchors.reference is None:
        return ()
    return _resolve_expression(mention.relative, telling, anchors.reference)


def _resolve_day(
    mention: DateMention, month: int, day: int, telling: Telling, anchors: Anchors
) -> Spans:
    """Place a month and day in the one year on which all that the article says agrees."""
    if mention.weekday is not None:
        fits = fit_years(mention, mention.weekday, anchors.candidate_years)
        return (span_day(fits[0]),) if len(fits) == 1 else ()
    found = set(anchors.tied_days.get((month, day), ()))
    stated = anchors.years_by_day.get((month, day), ())
    found |= {date(year, month, day) for year in stated}
    if anchors.reference is not None:
        placed = _place_day(month, day, telling, anchors.reference)
        found |= {placed} if placed is not None else set()
    return (span_day(found.pop()),) if len(found) == 1 else ()


def _place_day(month: int, day: int, telling: Telling, reference: Reference) -> date | None:
    """Place a month and day from the day of report; ``None`` where its limits disagree."""
    placed = {
        _place_day_from(point, month, day, telling, reference.reach_days)
        for point in _choose_points(reference, telling)
    }
    return placed.pop() if len(placed) == 1 else None


def _choose_points(reference: Reference, telling: Telling) -> tuple[date, ...]:
    """Return the days of report that must agree.

    Of a report of which only the month is known, what is past may be of that same month up to
    its end, and what is to come from its beginning; what is to come after the article's own
    day is counted from that day.
    """
    if telling.tense == "future" and reference.precision in {"month", "article"}:
        return (reference.first,)
    if telling.tense in REPORTED and reference.precision == "month":
        return (reference.last,)
    return (reference.first, reference.last)


def _place_day_from(point: date, month: int, day: int, telling: Telling, reach: int) -> date | None:
    days = list(find_anniversaries(month, day, point))
    before = max((found for found in days if found <= point), default=None)
    after = min((found for found in days if found >= point), default=None)
    if telling.tense in REPORTED:
        limit = reach if telling.tense == "past" else min(reach, NEAR_DAYS)
        return before if before and (point - before).days <= limit else None
    if telling.tense == "future":
        return after if after and (after - point).days <= reach else None
    near = [after] if telling.is_deadline else [before, after]
    close = {found for found in near if found and abs((found - point).days) <= UNCLEAR_DAYS}
    return close.pop() if len(close) == 1 else None


def _resolve_month(mention: DateMention, month: int, telling: Telling, anchors: Anchors) -> Spans:
    """Place a month; a year that the article states for the same month must not differ."""
    reference = anchors.reference
    if reference is None:
        return ()
    stated = anchors.years_by_month.get(month, set())
    years = set()
    for point in _choose_points(reference, telling):
        if mention.relative is None:
            years.add(_place_month(point, month, telling, reference.reach_months))
        else:
            years.add(_place_named_month(point, month, mention.relative, stated))
    year = years.pop() if len(years) == 1 else None
    return () if year is None or stated - {year} else (span_month(year, month),)


def _place_month(point: date, month: int, telling: Telling, reach: int) -> int | None:
    """Return the year of a month told from ``point``; ``None`` where it is too far or unclear."""
    back, ahead = (point.month - month) % 12, (month - point.month) % 12
    before, _ = shift_month(point.year, point.month, -back)
    after, _ = shift_month(point.year, point.month, ahead)
    if telling.tense in REPORTED:
        limit = reach if telling.tense == "past" else min(reach, NEAR_MONTHS)
        return before if back <= limit else None
    if telling.tense == "future":
        return after if ahead <= reach else None
    if ahead <= UNCLEAR_MONTHS:
        return after
    return before if back <= UNCLEAR_MONTHS and not telling.is_deadline else None


def _place_named_month(point: date, month: int, word: str, stated: set[int]) -> int | None:
    """Return the year of "last October" and the like, told from ``point``.

    "Last October", told in December, is that of this year to some and of the year before to
    others: it is placed only where the article itself states the year of an October.
    """
    before = point.year if month < point.month else point.year - 1
    after = point.year if month > point.month else point.year + 1
    match word:
        case "this":
            return point.year
        case "coming":
            return after
        case "last":
            return before if before < point.year or before in stated else None
        case "next":
            return after if after > point.year or after in stated else None
    return None


def _resolve_weekday(
    mention: DateMention, weekday: int, telling: Telling, anchors: Anchors
) -> Spans:
    """Place a weekday next to the day of report, or on the day that the article ties it to."""
    tied = anchors.tied_weekdays.get(weekday, set())
    reference = anchors.reference
    if reference is None or reference.precision != "day":
        if mention.relative:
            return ()
        if tied:
            return _resolve_tied(tied, telling, reference)
    readings = {
        frozenset(_list_weekdays(anchor, weekday, mention.relative, telling))
        for anchor in anchors.anchor_days
    }
    days = readings.pop() if len(readings) == 1 else frozenset()
    if tied:
        days = days & tied if len(tied) == 1 else frozenset()
    return tuple(span_day(day) for day in sorted(days))


def _resolve_tied(tied: set[date], telling: Telling, reference: Reference | None) -> Spans:
    """Return the one tied day, unless it is over and the weekday is told as still to come."""
    day = min(tied)
    is_over = reference is not None and day <= reference.first and telling.tense == "future"
    return () if len(tied) > 1 or is_over else (span_day(day),)


def _list_weekdays(anchor: date, weekday: int, relative: str | None, telling: Telling) -> set[date]:
    before = shift_days(anchor, -((anchor.weekday() - weekday) % 7))
    after = shift_days(anchor, (weekday - anchor.weekday()) % 7)
    if relative is not None:
        day = _place_named_weekday(anchor, weekday, relative)
        return {day} if day is not None else set()
    if telling.tense in REPORTED:
        return {before}
    return {after} if telling.tense == "future" else {before, after}


def _place_named_weekday(anchor: date, weekday: int, relative: str) -> date | None:
    """Place "last Friday" and the like, where both usual readings give the same day.

    In the same week, "last Friday" is yesterday to some and a week before it to others.
    """
    monday = shift_days(anchor, -anchor.weekday())
    before = shift_days(anchor, -((anchor.weekday() - weekday - 1) % 7 + 1))
    after = shift_days(anchor, (weekday - anchor.weekday() - 1) % 7 + 1)
    match relative:
        case "last":
            return before if before < monday else None
        case "past":
            return before
        case "next":
            return after if (after - monday).days >= 7 else None
        case "coming":
            return after
        case "this":
            is_weekend = anchor.weekday() >= 5 and weekday < anchor.weekday()
            return None if is_weekend else shift_days(monday, weekday)
    return None


_DAY_SHIFTS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_SHIFTS = {"last": -1, "this": 0, "the": 0, "next": 1, "coming": 1}
_WEEKS = {"last": (-13, 0), "this": (-6, 6), "the": (-6, 6), "next": (0, 14), "coming": (0, 14)}
"""The days that a week may mean from the day of report, whichever day it begins on."""
MAX_COUNT_AGO = 7
"""More days or weeks ago than this are round numbers."""


def _resolve_expression(expression: str, telling: Telling, reference: Reference) -> Spans:
    """Place "yesterday", "last month", "the year", "2 weeks ago"."""
    word, _, unit = expression.partition(" ")
    if unit in {"month", "year"}:
        return _resolve_shifted(unit, _SHIFTS[word], reference)
    # What is counted in days needs a known day of publication; a speaker's "today" is another.
    if reference.precision != "day" or (telling.is_spoken and unit not in {"week", "weekend"}):
        return ()
    near = _find_near_days(word, unit)
    if near is None:
        return ()
    first, last = (shift_days(reference.first, by) for by in near)
    return (DaySpan(first, last),)


def _resolve_shifted(unit: str, by: int, reference: Reference) -> Spans:
    """Return the month or year on which the first and the last day of report agree, if any."""
    spans = set()
    for point in (reference.first, reference.last):
        month = span_month(*shift_month(point.year, point.month, by))
        spans.add(month if unit == "month" else span_year(point.year + by))
    return tuple(spans) if len(spans) == 1 else ()


def _find_near_days(word: str, unit: str) -> tuple[int, int] | None:
    """Return the first and last day that an expression may mean, counted from the report."""
    if word in _DAY_SHIFTS:
        return (_DAY_SHIFTS[word], _DAY_SHIFTS[word])
    if unit in {"week", "weekend"}:
        return _WEEKS[word]
    if not word.isdigit() or int(word) > MAX_COUNT_AGO:
        return None
    if unit == "days ago":
        return (-int(word), -int(word))
    return (-7 * int(word) - 4, -7 * int(word) + 4) if unit == "weeks ago" else None
