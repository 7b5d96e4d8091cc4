"""One event, two years: a meeting or deal that the article dates to a month of different years.

Owns the rule. It errs to silence: the same place or the same two people, the same kind of event,
the same month, and years next to each other. What comes round every year is none.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from service.checking.article_calendar import ArticleCalendar, DateReading
from service.readers.embedded.doubt_quotes import Conflict, cut_clause
from service.readers.embedded.page import Sentence

_BEFORE_CHARS = 80
_BEHIND_CHARS = 110
_KINDS = {
    "meeting": "meeting meet met meets summit talks round negotiations consultations",
    "call": "call phoned spoke telephone",
    "visit": "visit visited trip travelled traveled",
    "deal": "deal agreement pact truce accord arrangement understanding",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_WORDS = "|".join(_KIND_OF)
_AHEAD = re.compile(rf"[’']?s?(?: [\w’'.-]+){{0,3}}? ({_WORDS})\b")
_AHEAD_WHEN = re.compile(rf",? when\b.{{0,100}}?\b({_WORDS}|meeting)\b")
_BACK = re.compile(rf"\b({_WORDS})\b(?: [\w’'.-]+){{0,3}}? (?:of|in|on|from|during|since)\s*$")
_PLACE_BEHIND = re.compile(r"\s(?:in|at) ([A-Z][\w’'-]+)")
_PLACE_AHEAD = re.compile(r"([A-Z][\w’'-]*[a-z])\s+$")
_RECURRENT = re.compile(
    r"\b(?:annual(?:ly)?|every|again|another|second|third|next|previous|anniversary|since then"
    r"|a year (?:after|later|earlier|before)|regular|biannual|twice|respectively)\b",
    re.IGNORECASE,
)
_NO_PLACES = frozenset(
    "January February March April May June July August September October November December Davos "
    "Boao Munich Brussels Geneva Beijing Washington Tokyo London Paris Vienna President Minister "
    "Prime Secretary The".split()
)
_MIN_PEOPLE = 2


class _Event(NamedTuple):
    sentence: Sentence
    kind: str
    word: str
    place: str | None
    people: frozenset[str]
    month: int
    year: int
    start: int
    end: int
    written: str


def find_other_years(told: Sequence[Sentence], calendar: ArticleCalendar) -> Iterator[Conflict]:
    """Yield the events that two sentences of ``told`` date to different years, each once."""
    events = [event for sentence in told for event in _find_events(sentence, calendar)]
    seen: set[tuple[str, str | None, frozenset[str]]] = set()
    for one, other in combinations(events[:60], 2):
        key = (one.kind, one.place, one.people & other.people)
        if key not in seen and _is_same(one, other):
            seen.add(key)
            yield _describe(one, other)


def _find_events(sentence: Sentence, calendar: ArticleCalendar) -> Iterator[_Event]:
    if not sentence.dates or _RECURRENT.search(sentence.text):
        return
    for reading in sentence.dates:
        year = _read_year(reading, calendar)
        month = reading.mention.month
        if year is not None and month is not None:
            event = _read_event(sentence, reading, month, year)
            if event is not None:
                yield event


def _read_year(reading: DateReading, calendar: ArticleCalendar) -> int | None:
    """Return the year that the article gives the month: stated, or by "last"."""
    mention = reading.mention
    if mention.year is not None or mention.month is None or mention.relative != "last":
        return mention.year
    if len(reading.spans) == 1:
        return reading.spans[0].first.year
    if not calendar.days:
        return None
    latest = max(calendar.days)
    return latest.year if mention.month < latest.month else latest.year - 1


def _read_event(sentence: Sentence, reading: DateReading, month: int, year: int) -> _Event | None:
    start, end = reading.mention.start - sentence.start, reading.mention.end - sentence.start
    first = max(0, start - _BEFORE_CHARS)
    ahead = sentence.text[end : end + _BEHIND_CHARS]
    back = sentence.text[first:start]
    found = _AHEAD.match(ahead) or _AHEAD_WHEN.match(ahead)
    begin = end if found else first
    found = found or _BACK.search(back)
    if found is None:
        return None
    word = found.group(1)
    low, high = begin + found.start(1), begin + found.end(1)
    place = _find_place(sentence.text, low, high)
    near = sentence.list_names(sentence.start + first, sentence.start + end + _BEHIND_CHARS)
    people = frozenset(name.text for name in near if name.kind == "person")
    span = (min(start, low), max(end, high))
    if place is not None:
        span = (span[0], max(span[1], place[1]))
    if place is None and len(people) < _MIN_PEOPLE:
        return None
    return _Event(
        sentence=sentence,
        kind=_KIND_OF[word],
        word=word,
        place=place[0] if place else None,
        people=people,
        month=month,
        year=year,
        start=sentence.start + span[0],
        end=sentence.start + span[1],
        written=reading.written,
    )


def _find_place(text: str, low: int, high: int) -> tuple[str, int] | None:
    """Return the place named beside the event's word, and where it ends."""
    behind = _PLACE_BEHIND.match(text, high)
    if behind and behind.group(1) not in _NO_PLACES:
        return behind.group(1), behind.end(1)
    ahead = _PLACE_AHEAD.search(text[max(0, low - 40) : low])
    if ahead and ahead.group(1) not in _NO_PLACES:
        return ahead.group(1), high
    return None


def _is_same(one: _Event, other: _Event) -> bool:
    """Say whether the two are one event and differ in nothing but the year."""
    if one.kind != other.kind or one.month != other.month or abs(one.year - other.year) != 1:
        return False
    if one.sentence is other.sentence:
        return False
    if one.place and other.place and "-" not in one.place + other.place:
        return one.place == other.place
    return len(one.people & other.people) >= _MIN_PEOPLE


def _describe(one: _Event, other: _Event) -> Conflict:
    shared = sorted(one.people & other.people)
    if one.place and one.place == other.place:
        word = next((event.word for event in (one, other) if event.word not in _VERBS), one.kind)
        name = f"The {one.place} {word}"
    else:
        name = f"The {one.kind} of {' and '.join(shared[:2])}"
    about = f"{name} is dated {one.written} in one place, but {other.written} in another."
    quotes = tuple(cut_clause(event.sentence, event.start, event.end) for event in (one, other))
    return Conflict(about, quotes)


_VERBS = frozenset("meet met meets phoned spoke visited travelled traveled".split())
