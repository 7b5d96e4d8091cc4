"""Dates in a generated sentence that no source states.

Owns the comparison of what a sentence says about time with what its sources say. Leans to
doubt: what cannot be derived from a source is stray. Must not know what the sentence is for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.checking.article_calendar import (
    ArticleCalendar,
    DateReading,
    build_calendar,
    read_quote,
    read_text,
)
from service.checking.date_mentions import DateMention, find_dates


def find_stray_dates(
    free_text: str, sources: Sequence[str], calendar: ArticleCalendar | None = None
) -> list[str]:
    """Return the dates of ``free_text`` that no source states, as written, each once.

    Years, months, days, weekdays, quarters, seasons, decades and expressions such as "last
    month" count. A date may leave out what a source says, but add nothing, save what
    ``calendar`` settles for the source's own date ("December 5, 2025" for "December 5", the
    Friday that it is); without a calendar nothing is settled. Never raises; no text has a
    stray date where it is its own source.
    """
    if not find_dates(free_text):
        return []
    calendar = calendar or build_calendar("", None)
    stated = {
        _strip_place(reading)._replace(written="")
        for source in sources
        for reading in _read_source(source, calendar)
    }
    stated_mentions = {reading.mention for reading in stated}
    claims = dict.fromkeys(map(_strip_place, read_text(free_text, calendar)))
    strays = (
        claim.written
        for claim in claims
        if claim.mention not in stated_mentions
        and not any(_supports(source, claim) for source in stated)
    )
    return list(dict.fromkeys(strays))


def _strip_place(reading: DateReading) -> DateReading:
    """Return the reading without its offsets, so that equal dates compare equal."""
    return reading._replace(mention=replace(reading.mention, start=0, end=0))


def _read_source(source: str, calendar: ArticleCalendar) -> Iterable[DateReading]:
    """Return the source's dates, as they stand in the article where they stand there."""
    if source == calendar.text:
        return calendar.readings
    places = read_quote(source, calendar)
    return places[0] if len(places) == 1 else read_text(source, calendar)


def _supports(source: DateReading, claim: DateReading) -> bool:
    """Say whether the source's date says all that the claimed date says."""
    if source.mention.alternative and not claim.mention.alternative:
        return False
    if not _agrees_in_part(source.mention, claim.mention):
        return False
    return _supports_words(source, claim) or _supports_days(source, claim)


def _supports_words(source: DateReading, claim: DateReading) -> bool:
    """Compare component by component; the source's settled days fill what its words leave out."""
    said, stated = claim.mention, source.mention
    if said.relative != stated.relative and said.relative is not None:
        return False
    if (said.decade, said.fiscal) != (stated.decade, stated.fiscal):
        return False
    names = ("year", "month", "day", "weekday", "quarter", "season")
    return all(_supports_component(source, name, getattr(said, name)) for name in names)


def _supports_component(source: DateReading, name: str, claimed: object) -> bool:
    if claimed is None or getattr(source.mention, name) == claimed:
        return True
    if getattr(source.mention, name) is not None or len(source.spans) != 1:
        return False
    span = source.spans[0]
    if name == "year":
        return span.first.year == span.last.year == claimed
    is_day = span.first == span.last
    return name == "weekday" and is_day and span.first.weekday() == claimed


def _supports_days(source: DateReading, claim: DateReading) -> bool:
    """Say whether the claimed days hold those of the source: a month holds its days."""
    said = claim.mention
    if said.decade or said.quarter or said.season or len(claim.spans) != 1:
        return False
    # A week reaches as far as any reading of it may: too far to hold what is near it.
    if not claim.spans[0].is_partial():
        return False
    return len(source.spans) == 1 and claim.spans[0].covers(source.spans[0])


_DAYS_OF_PART = {"start": (1, 10), "early": (1, 14), "mid": (8, 23), "late": (17, 31)}
_DAYS_OF_PART["end"] = (24, 31)
_MONTHS_OF_PART = {"start": (1, 2), "early": (1, 5), "mid": (5, 8), "late": (8, 12)}
_MONTHS_OF_PART |= {"end": (11, 12), "first half": (1, 6), "second half": (7, 12)}


def _agrees_in_part(stated: DateMention, said: DateMention) -> bool:
    """Say whether "early", "end of" and the like fit the source, where the claim says them."""
    if said.part == stated.part:
        return True
    if said.part is None:
        return stated.part not in {"pre", "post"}
    if said.month is not None and stated.day is not None:
        first, last = _DAYS_OF_PART.get(said.part, (0, 0))
        return first <= stated.day <= last
    if said.month is None and stated.month is not None:
        first, last = _MONTHS_OF_PART.get(said.part, (0, 0))
        return first <= stated.month <= last
    return False
