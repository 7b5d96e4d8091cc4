"""The calendar of one article: its dates with the days that they mean, found once.

Owns how a quote is read within its article. Must not know what a claim is.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from service.checking.date_mentions import DateMention, find_dates
from service.checking.date_resolution import Spans, resolve_mention
from service.checking.date_spans import span_partial
from service.checking.date_tense import find_boundaries, read_telling
from service.checking.datelines import Anchors, find_anchors

CONTEXT_CHARS = 300
"""How far back a year may stand to which a later date without a year may belong."""
_RELATIVE_YEARS = frozenset({"last year", "this year", "next year"})
_OWNING = ("'s", "’s")


class DateReading(NamedTuple):
    """A stated date, as written, and the days that it may mean: none where it is unsettled."""

    mention: DateMention
    written: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCalendar:
    """What an article says about time, found once and then only looked up.

    ``published`` is a ``PartialDate`` or ``None``. ``readings`` are all dates of ``text`` in
    their order; ``days`` the days that the text states in full, ``years`` the years it names.
    """

    text: str
    published: str | None
    readings: tuple[DateReading, ...]
    days: frozenset[date]
    years: frozenset[int]
    anchors: Anchors


def build_calendar(text: str, published: str | None) -> ArticleCalendar:
    """Return the calendar of ``text``; ``published`` is a ``PartialDate``, ``None`` if unknown.

    A year comes only from these two. Raises ``ValueError`` where ``published`` is no
    ``PartialDate``. The cost is linear in the length of ``text``.
    """
    span = None if published is None else span_partial(published)
    if published is not None and span is None:
        raise ValueError(f"published {published!r} is no date of the form 2026, 2026-02-28")
    mentions = find_dates(text)
    boundaries = find_boundaries(text)
    anchors = find_anchors(text, mentions, boundaries, span)
    return ArticleCalendar(
        text=text,
        published=published,
        readings=tuple(_read_dates(text, mentions, boundaries, anchors)),
        days=frozenset(
            date(year, month, day)
            for (month, day), years in anchors.years_by_day.items()
            for year in years
        ),
        years=frozenset(mention.year for mention in mentions if mention.year is not None),
        anchors=anchors,
    )


def read_text(text: str, calendar: ArticleCalendar) -> tuple[DateReading, ...]:
    """Return the dates of a text that is not the article's own, placed by its calendar."""
    if text == calendar.text:
        return calendar.readings
    mentions = find_dates(text)
    if not mentions:
        return ()
    return tuple(_read_dates(text, mentions, find_boundaries(text), calendar.anchors))


def read_quote(
    quote: str, calendar: ArticleCalendar, span: tuple[int, int] | None = None
) -> list[tuple[DateReading, ...]]:
    """Return the dates of ``quote`` as they stand in the article, once for each place of it.

    ``span`` is the one place where it stands (half-open, in code points); without it the quote
    is searched. A quote that stands nowhere is read by itself. A date that the quote cuts off
    is what the article says it is, and none where the cut makes it another date.
    """
    if span is not None:
        return [_read_place(calendar, *span)]
    if not find_dates(quote):
        return []
    places = list(_find_places(quote, calendar.text))
    if not places:
        return [read_text(quote, calendar)]
    return [_read_place(calendar, start, end) for start, end in places]


def _find_places(quote: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + len(quote))


def _read_place(calendar: ArticleCalendar, start: int, end: int) -> tuple[DateReading, ...]:
    readings = calendar.readings
    index = bisect_left(readings, start, key=lambda reading: reading.mention.end)
    found: list[DateReading] = []
    while index < len(readings) and readings[index].mention.start < end:
        found.extend(_cut_reading(readings[index], calendar.text, start, end))
        index += 1
    return tuple(found)


def _cut_reading(reading: DateReading, text: str, start: int, end: int) -> Iterator[DateReading]:
    """Yield ``reading`` where the characters ``start:end`` still state it."""
    whole = reading.mention
    if start <= whole.start and whole.end <= end:
        yield reading
        return
    for rest in find_dates(text[start:end]):
        cut = rest.shift(start)
        if cut.start < whole.end and whole.start < cut.end and _is_same(cut, whole):
            yield reading._replace(written=text[cut.start : cut.end])


def _is_same(cut: DateMention, whole: DateMention) -> bool:
    """Say whether a date that lost its year, weekday or part at a cut is still the same."""
    if cut == replace(whole, start=cut.start, end=cut.end, month=None, day=None, year=None):
        return cut.weekday is not None
    return cut == replace(
        whole,
        start=cut.start,
        end=cut.end,
        year=cut.year and whole.year,
        weekday=cut.weekday if cut.weekday is None else whole.weekday,
        part=cut.part and whole.part,
    )


def _read_dates(
    text: str,
    mentions: Sequence[DateMention],
    boundaries: tuple[int, ...],
    anchors: Anchors,
) -> Iterator[DateReading]:
    named: DateMention | None = None
    for index, mention in enumerate(mentions):
        earlier = _find_earlier_year(text, named, mention)
        telling = read_telling(text, mention.start, mention.end, boundaries, earlier_year=earlier)
        year = _find_year_behind(text, mention, mentions[index + 1 : index + 3])
        if year is None:
            spans = resolve_mention(mention, telling, anchors)
        else:
            years = resolve_mention(year, telling, anchors)
            stated = replace(mention, year=years[0].first.year) if len(years) == 1 else None
            spans = resolve_mention(stated, telling, anchors) if stated else ()
        yield DateReading(mention, text[mention.start : mention.end], spans)
        if mention.year is not None:
            named = mention


def _find_year_behind(
    text: str, mention: DateMention, following: Sequence[DateMention]
) -> DateMention | None:
    """Return the next date where it is the year of this one: "April last year", "May of next year".

    The year of something else is not ("In October, last year's truce expired"). The two days of
    "November 23-24" share theirs.
    """
    if mention.month is None or mention.year is not None or mention.relative is not None:
        return None
    behind = next((one for one in following if one.start >= mention.end), None)
    if behind is None or behind.relative not in _RELATIVE_YEARS:
        return None
    is_joined = text[mention.end : behind.start].strip(" ,") in {"", "of"}
    return behind if is_joined and not text.startswith(_OWNING, behind.end) else None


def _find_earlier_year(text: str, named: DateMention | None, mention: DateMention) -> int | None:
    """Return the year named last before ``mention``, near it and in the same paragraph."""
    if named is None or mention.start - named.end > CONTEXT_CHARS:
        return None
    is_other_paragraph = text.find("\n", named.end, mention.start) >= 0
    return None if is_other_paragraph else named.year
