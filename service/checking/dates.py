"""Whether the quotes of an item carry the date that the item claims.

Owns the verdict on one claimed date. Leans to doubt: a date may be called "not carried" too
often, never "carried" wrongly. Must not know which field of which list the date is for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.checking.article_calendar import (
    ArticleCalendar,
    DateReading,
    build_calendar,
    read_quote,
)
from service.checking.date_mentions import DateMention, find_dates
from service.checking.date_spans import DaySpan, span_partial
from service.checking.date_tense import ActField, is_ahead, is_wrong_end
from service.checking.stray_dates import find_stray_dates

__all__ = [
    "ArticleCalendar",
    "DateMention",
    "DateVerdict",
    "build_calendar",
    "carries_date",
    "carries_date_from_article",
    "find_dates",
    "find_stray_dates",
]

MAX_SHOWN = 3
"""How many of the quotes' dates a verdict names."""


@dataclass(frozen=True, slots=True)
class DateVerdict:
    """Whether a date is carried, and why: ``reason`` is one sentence for the reader.

    A date that is carried, but which the quotes state more precisely, says so in ``reason``.
    """

    carried: bool
    reason: str


def carries_date(
    value: str,
    quotes: Sequence[str],
    calendar: ArticleCalendar,
    *,
    quote_spans: Sequence[tuple[int, int]] = (),
    aside: bool = False,
    of_act: ActField | None = None,
) -> DateVerdict:
    """Judge whether some date in ``quotes`` is ``value``, every component stated or settled.

    ``value`` is a ``PartialDate``; one that is more precise than the quotes is not carried.
    ``quote_spans`` are the quotes' places in the article, half-open, in code points, in the
    same order; none means that they are searched, and a quote that stands in several places
    must carry the date in each. ``aside`` takes only dates whose year the quotes themselves
    state. ``of_act`` names the field where it holds a day of one kind: days of telling ("said on
    Friday"), first days and last days do not pass for one another then. Raises ``ValueError``
    where there are spans, but not one for each quote.
    """
    claimed = span_partial(value)
    if claimed is None:
        return DateVerdict(False, f"{value!r} is no date of the form 2026, 2026-02, 2026-02-28")
    if quote_spans and len(quote_spans) != len(quotes):
        raise ValueError(f"{len(quotes)} quotes with {len(quote_spans)} spans")
    places: list[list[DateReading]] = []
    for index, quote in enumerate(quotes):
        span = quote_spans[index] if quote_spans else None
        read = [
            [
                reading
                for reading in place
                if (not aside or _states_year(reading))
                and not (of_act and is_wrong_end(calendar.text, reading.mention.start, of_act))
            ]
            for place in read_quote(quote, calendar, span)
        ]
        if read and all(_find_carrier(claimed, place) for place in read):
            return _confirm(value, claimed, read[0])
        places.extend(read)
    return DateVerdict(False, _explain(value, claimed, [r for place in places for r in place]))


def carries_date_from_article(
    value: str, calendar: ArticleCalendar, *, of_telling: bool = False
) -> bool:
    """Say whether the article anywhere states exactly ``value``, in its own precision.

    For fields that may rest on the article's own dates. A date that can be read in two ways
    states neither; ``published`` itself counts only where the text refers to it. ``of_telling``
    leaves out first and last days ("until November 10"): they are no days on which a thing was
    told or held.
    """
    claimed = span_partial(value)
    return claimed is not None and any(
        reading.spans == (claimed,)
        and not (of_telling and is_ahead(calendar.text, reading.mention.start))
        for reading in calendar.readings
    )


def _states_year(reading: DateReading) -> bool:
    """Say whether the words themselves, not the article around them, state the year."""
    return any(mention.year is not None for mention in find_dates(reading.written))


def _find_carrier(claimed: DaySpan, readings: Iterable[DateReading]) -> DateReading | None:
    """Return the reading that means ``claimed`` or a part of it, the closest one first."""
    carriers = [reading for reading in readings if any(map(claimed.covers, reading.spans))]
    exact = [reading for reading in carriers if claimed in reading.spans]
    return next(iter(exact + carriers), None)


def _confirm(value: str, claimed: DaySpan, readings: Iterable[DateReading]) -> DateVerdict:
    carrier = _find_carrier(claimed, readings)
    assert carrier is not None, "a quote that was read the same way carries the date"
    if claimed in carrier.spans:
        return DateVerdict(True, f'"{carrier.written}" states {value}')
    return DateVerdict(
        True, f"{value} is less precise than the quote, which states {_show(carrier)}"
    )


def _show(reading: DateReading) -> str:
    shown = " or ".join(span.render() for span in reading.spans)
    return f'"{reading.written}" ({shown})' if shown else f'"{reading.written}"'


def _explain(value: str, claimed: DaySpan, readings: Sequence[DateReading]) -> str:
    """Say why no reading carries the date, in one sentence."""
    if not readings:
        return f"no quote states {value}; the quotes name no date that counts for it"
    for reading in readings:
        if not reading.spans and _fits_without_year(claimed, reading.mention):
            return (
                f'{value} needs a year for "{reading.written}": neither the article nor '
                "`published` settles one"
            )
        if any(span.covers(claimed) and span != claimed for span in reading.spans):
            return f"{value} is more precise than the quote, which states {_show(reading)}"
    shown = dict.fromkeys(_show(reading) for reading in readings)
    return f"no quote states {value}; they state {', '.join(list(shown)[:MAX_SHOWN])}"


def _fits_without_year(claimed: DaySpan, mention: DateMention) -> bool:
    if mention.year is not None or mention.month != claimed.first.month:
        return False
    return mention.day is None or mention.day == claimed.first.day
