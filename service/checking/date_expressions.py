"""Dates in words: weekdays, "last month", "two weeks ago", seasons and quarters.

Owns the reading of one such form at one place. Must not know how a text is scanned.
"""

import re

from service.checking import date_patterns as patterns
from service.checking.date_components import DateMention, Found, Match, Prefix, read_prefix
from service.checking.date_figures import build_days
from service.checking.date_patterns import NUMBER_WORDS, WEEKDAYS

_NO_DAY_BEFORE = re.compile(
    r"\b(?:black|good|cyber|ash|palm|easter|holy|bloody|fat|shrove|super|every|each)\s$",
    re.IGNORECASE,
)
"""Feasts, sales and recurring days: no day of this week."""


def read_weekday(text: str, core: Match) -> Found:
    """Read the weekday ``core``, with the date behind it where there is one."""
    start = core.start()
    weekday = WEEKDAYS[core.group().lower()]
    dated = _read_dated_weekday(text, core, weekday)
    if dated or len(core.group()) < 6:
        return dated
    if _NO_DAY_BEFORE.search(text, max(0, start - 8), start):
        return []
    prefix = read_prefix(text, start)
    first = start if prefix.word is None else prefix.start
    return [DateMention(start=first, end=core.end(), weekday=weekday, relative=prefix.word)]


def _read_dated_weekday(text: str, core: Match, weekday: int) -> Found:
    joint = patterns.WEEKDAY_JOINT.match(text, core.end())
    if not joint:
        return []
    for pattern in (patterns.MONTH_DAY, patterns.DAY_FIRST, patterns.ISO_DATE):
        match = pattern.match(text, joint.end())
        if match:
            return build_days(match, core.start(), weekday=weekday)
    return []


def read_unit(text: str, core: Match) -> Found:
    """Read "last week", "2 weeks ago" and the like, of which ``core`` is the unit."""
    unit = core.group().lower()
    ago = patterns.AGO.match(text, core.end())
    if ago:
        return _read_ago(text, core, ago.end())
    if unit == "year" and (year_end := patterns.YEAR_END.match(text, core.end())):
        start, end = core.start(), year_end.end()
        return [DateMention(start=start, end=end, relative="the year", part="end")]
    prefix = read_prefix(text, core.start())
    relative = _name_relative(prefix, unit)
    if relative is None:
        return []
    return [DateMention(start=prefix.start, end=core.end(), relative=relative, part=prefix.part)]


def _name_relative(prefix: Prefix, unit: str) -> str | None:
    """Return "last month" and the like; ``None`` for lengths ("the last year") and events."""
    if unit in {"day", "days", "weeks", "months", "years"}:
        return None
    if prefix.word is None:
        return f"the {unit}" if prefix.is_anaphoric else None
    is_length = prefix.word == "past" or (prefix.is_definite and prefix.word == "last")
    if is_length or prefix.word in {"previous", "following", "same"}:
        return None
    return f"{prefix.word} {unit}"


def _read_ago(text: str, core: Match, end: int) -> Found:
    match = patterns.COUNT_BEFORE.search(text, max(0, core.start() - 12), core.start())
    if not match:
        return []
    word = match["count"].lower()
    count = int(word) if word.isdigit() else NUMBER_WORDS[word]
    unit = core.group().lower().rstrip("s")
    return [DateMention(start=match.start(), end=end, relative=f"{count} {unit}s ago")]


_DAY_SHIFT_BEFORE = re.compile(r"\b(?:before|after)\s$", re.IGNORECASE)


def read_day_word(text: str, core: Match) -> Found:
    """Read "yesterday", "today", "tonight" or "tomorrow"."""
    word = core.group().lower()
    if _DAY_SHIFT_BEFORE.search(text, max(0, core.start() - 8), core.start()):
        return []
    relative = "today" if word == "tonight" else word
    return [DateMention(start=core.start(), end=core.end(), relative=relative)]


_SEASON_BEFORE = re.compile(r"\b(?:in|by|until|since|during|of)\s(?:the\s)?$", re.IGNORECASE)


def read_season(text: str, core: Match) -> Found:
    """Read a season where a year or a word before it shows that it is one."""
    match = patterns.SEASON.match(text, core.start())
    assert match is not None, "a season's name is a word"
    prefix = read_prefix(text, core.start())
    before = _SEASON_BEFORE.search(text, max(0, core.start() - 11), core.start())
    is_noun = before is not None and not text.startswith((" of ", "-"), core.end())
    if not (match["year"] or prefix.word or is_noun):
        return []
    return [
        DateMention(
            start=prefix.start,
            end=match.end(),
            year=int(match["year"]) if match["year"] else None,
            season="autumn" if (name := match["season"].lower()) == "fall" else name,
            part=prefix.part,
            relative=prefix.word,
        )
    ]


def read_quarter(text: str, core: Match) -> Found:
    """Read "Q1 2026", "first quarter of 2026", "first half of 2026"."""
    match = patterns.QUARTER.match(text, core.start())
    if not match:
        return []
    prefix = read_prefix(text, core.start())
    number = int(match["number"]) if match["number"] else patterns.ORDINALS[match["word"].lower()]
    year = int(match["year"]) if match["year"] else None
    is_half = match["unit"] == "half"
    if is_half and (year is None or number > 2):
        return []
    return [
        DateMention(
            start=prefix.start,
            end=match.end(),
            year=year,
            quarter=None if is_half else number,
            part=("first half", "second half")[number - 1] if is_half else prefix.part,
            fiscal=match["fiscal"] is not None,
        )
    ]
