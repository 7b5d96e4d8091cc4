"""Dates with a number or a month's name: days, months, years, and what only looks like one.

Owns the reading of one such form at one place. Must not know how a text is scanned.
"""

import re
from dataclasses import replace

from service.checking import date_patterns as patterns
from service.checking.date_components import DateMention, Found, Match, read_prefix
from service.checking.date_patterns import MONTHS, WEEKDAYS


def read_number(text: str, core: Match) -> Found:
    """Read what begins with the digits ``core``: a day, a date in figures, a year."""
    start = core.start()
    before = text[start - 1 : start]
    if before and before in "$€£¥#.,/:’":
        return []
    if core.group()[0] == "F":
        return _read_fiscal(text, start)
    if len(core.group()) == 4:
        return _read_year(text, start)
    if before in {"-", "–"}:
        return []
    return _read_figures(text, start) or _read_day_first(text, start)


def _read_fiscal(text: str, start: int) -> Found:
    match = patterns.FISCAL.match(text, start)
    if not match:
        return []
    digits = match.group()[-4:]
    year = int(digits) if digits.isdigit() else 2000 + int(digits[-2:])
    return [DateMention(start=start, end=match.end(), year=year, fiscal=True)]


def _read_year(text: str, start: int) -> Found:
    match = patterns.ISO_DATE.match(text, start)
    if match:
        return build_days(match, start)
    match = patterns.DECADE.match(text, start)
    if match:
        prefix = read_prefix(text, start)
        decade = int(match["decade"])
        return [DateMention(start=prefix.start, end=match.end(), decade=decade, part=prefix.part)]
    return _read_year_span(text, start) or _read_year_alone(text, start)


def _read_year_span(text: str, start: int) -> Found:
    """Read ``2025-26`` (two years, no calendar year) and ``2026-02`` (a month)."""
    match = patterns.YEAR_SPAN.match(text, start)
    if not match:
        return []
    year, following = int(match["year"]), int(match["next"])
    if following == (year + 1) % 100:
        return [DateMention(start=start, end=match.end(), year=year, fiscal=True)]
    if patterns.ISO_MONTH.match(text, start) and 1 <= following <= 12:
        return [DateMention(start=start, end=match.end(), year=year, month=following)]
    return []


_NO_YEAR_BEFORE = re.compile(
    r"(?:\b(?:more|fewer|less|greater)\sthan|\b(?:at\s(?:least|most)|nearly|roughly|some|"
    r"approximately|almost|No\.|nos?\.?|number|section|article|rule|agenda|vision|project|horizon|"
    r"made\sin\schina|standards|expo)|[A-Za-z]-)\s?$",
    re.IGNORECASE,
)
"""Before four digits that count, number or name something."""
_FISCAL_AFTER = re.compile(r"\s(?:fiscal|financial|school|academic|marketing)\s", re.IGNORECASE)
"""What follows a year that does not begin in January."""


def _read_year_alone(text: str, start: int) -> Found:
    match = patterns.YEAR_ALONE.match(text, start)
    if not match:
        return []
    prefix = read_prefix(text, start)
    if prefix.start == start and _NO_YEAR_BEFORE.search(text, max(0, start - 16), start):
        return []
    return [
        DateMention(
            start=prefix.start,
            end=match.end(),
            year=int(match["year"]),
            part=prefix.part,
            fiscal=prefix.is_fiscal or _FISCAL_AFTER.match(text, match.end()) is not None,
        )
    ]


def _read_figures(text: str, start: int) -> Found:
    """Read ``5/12/2025``: day and month only where a single order of them is possible."""
    match = patterns.NUMERIC_DATE.match(text, start)
    if not match:
        return []
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    orders = {order for order in ((first, second), (second, first)) if _is_day(*order)}
    month, day = orders.pop() if len(orders) == 1 else (None, None)
    return [DateMention(start=start, end=match.end(), year=year, month=month, day=day)]


def _read_day_first(text: str, start: int) -> Found:
    match = patterns.DAY_FIRST.match(text, start)
    return build_days(match, start) if match else []


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _to_int(digits: str) -> int:
    return int(re.sub(r"[^0-9]", "", digits))


def _to_month(word: str) -> int:
    return MONTHS[word.rstrip(".").lower()] if word[0].isalpha() else int(word)


def build_days(match: Match, start: int, *, weekday: int | None = None) -> Found:
    """Return the one or two mentions of ``match``, which names a month and a day."""
    groups = match.groupdict()
    month, day = _to_month(match["month"]), _to_int(match["day"])
    year = int(match["year"]) if match["year"] else None
    after = patterns.WEEKDAY_AFTER.match(match.string, match.end())
    end = match.end()
    if after:
        weekday, end = WEEKDAYS[after["name"].lower()], after.end()
    mention = DateMention(start=start, end=end, year=year, month=month, day=day, weekday=weekday)
    last = _to_int(groups["last"]) if groups.get("last") else 0
    if groups.get("link") == "or":
        return [replace(mention, day=None, weekday=None)]
    return [mention, replace(mention, day=last, weekday=None)] if last > day else [mention]


_MARCHING = re.compile(r"\s(?:on|to|in|into|with|forward|ahead|against|for)\b")
"""After a ``March`` that opens a sentence: the verb, or a demonstration."""
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|of|during|from|through|before|after|between|for|and|or|to|"
    r"the|around|early|late|mid|last|next|this|coming|ago|each|every)[\s-]$",
    re.IGNORECASE,
)


def read_month(text: str, core: Match) -> Found:
    """Read what begins with the month's name ``core``."""
    start = core.start()
    match = patterns.MONTH_DAY.match(text, start)
    if match:
        return build_days(match, start)
    match = patterns.MONTH_YEAR.match(text, start)
    if not match or not (match["year"] or _is_lone_month(text, match)):
        return []
    prefix = read_prefix(text, start)
    end = match.end() if match["year"] else match.start() + len(match["month"].rstrip("."))
    return [
        DateMention(
            start=prefix.start,
            end=end,
            year=int(match["year"]) if match["year"] else None,
            month=_to_month(match["month"]),
            part=prefix.part,
            relative=prefix.word,
        )
    ]


def _is_lone_month(text: str, match: Match) -> bool:
    """Say whether a month's name without a day or year is the month, not a verb or a name."""
    word = match["month"].rstrip(".").lower()
    is_short = len(word) <= 4 and word not in {"june", "july"}
    if word == "may" and patterns.NO_MAY_AFTER.match(text, match.start() + len(word)):
        return False
    if is_short:
        before = max(0, match.start() - 10)
        return _MONTH_BEFORE.search(text, before, match.start()) is not None
    return not (word == "march" and _MARCHING.match(text, match.start() + len(word)))
