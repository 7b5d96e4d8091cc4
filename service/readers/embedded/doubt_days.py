"""One event, two days: talks or a vote that the article dates to different days of a month.

Owns the rule. It errs to silence: the later place points back ("the telephone talks of the
23rd", "took its decision on Dec. 17"), and the article tells of one such event only.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.readers.embedded.doubt_quotes import Conflict, cut_clause
from service.readers.embedded.page import Sentence

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    rf"(?:(?P<before>{_MONTH})\s(?P<day1>\d{{1,2}})(?!\d)|(?P<day2>\d{{1,2}})\s(?P<behind>{_MONTH})"
    r"|the (?P<day3>\d{1,2})(?:st|nd|rd|th)\b)"
)
_REMOTE = r"(?:(?:tele)?phone|telephonic|video)\s(?:talks|call|conversation|conference|meeting)"
_MEETING = r"(?:meeting|summit|talks|negotiations|consultations|round)"
_HOUSE = (
    r"(?P<house>senate|house|parliament|congress|chamber|assembly|diet|duma|bundestag|commons"
    r"|council)"
)
_DECIDING = r"took (?:its|the) (?:decision|vote)"
_VOTING = rf"(?:passed|approved|adopted|voted(?: on| for)?|cleared|endorsed|{_DECIDING})"
_TOLD = {
    "call": re.compile(rf"\b{_REMOTE}\b[^.;]{{0,120}}?\bon {_DAY}", re.IGNORECASE),
    "meeting": re.compile(
        rf"\b(?<!phone )(?<!video ){_MEETING}\b[^.;]{{0,90}}?\bon {_DAY}", re.IGNORECASE
    ),
    "vote": re.compile(
        rf"\b{_HOUSE}\b[^.;]{{0,50}}?\b{_VOTING}\b[^.;]{{0,50}}?\bon {_DAY}", re.IGNORECASE
    ),
}
_BACK = {
    "call": re.compile(rf"\b(?:the|that|their) {_REMOTE} (?:of|on) {_DAY}", re.IGNORECASE),
    "meeting": re.compile(rf"\b(?:the|that|their) {_MEETING} (?:of|on) {_DAY}", re.IGNORECASE),
    "vote": re.compile(
        rf"\bthe {_HOUSE}\b (?:passed it|{_DECIDING}|voted)\b[^.;]{{0,30}}?\bon {_DAY}",
        re.IGNORECASE,
    ),
}
_OTHER_ONE = re.compile(
    r"\b(?:again|another|second|third|next|previous|earlier|first|last|postpon\w*|moved|delay\w*"
    r"|committee|reading|final\w*|both|respectively|originally|instead)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NOUNS = frozenset(
    """
    talks call conversation conference meeting summit negotiations consultations round senate house
    parliament congress chamber assembly diet duma bundestag commons council
    """.split()
)
"""A sentence without any of these words tells of no such event."""
_MAX_DAYS = 7
"""Days that are further apart are likely those of two events."""


class _Event(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    month: str
    day: int
    house: str
    written: str


def find_other_days(told: Sequence[Sentence]) -> Iterator[Conflict]:
    """Yield the events that two sentences of ``told`` date to different days, each kind once."""
    dated = [one for one in told if not _NOUNS.isdisjoint(one.words) and _DIGIT.search(one.text)]
    for kind, pattern in _TOLD.items():
        back = [event for one in dated if (event := _read(one, _BACK[kind]))]
        events = [event for one in dated if (event := _read(one, pattern))] if back else []
        starts = {event.sentence.index for event in back}
        first = [event for event in events if event.sentence.index not in starts]
        if len(back) == 1 and len(first) == 1 and _differ(first[0], back[0]):
            yield _describe(kind, first[0], back[0])


def _read(sentence: Sentence, pattern: re.Pattern[str]) -> _Event | None:
    match = pattern.search(sentence.text)
    if match is None or _OTHER_ONE.search(sentence.text):
        return None
    groups = match.groupdict()
    day = next(groups[key] for key in ("day1", "day2", "day3") if groups[key])
    number = next(key for key in ("day1", "day2", "day3") if groups[key])
    start = {"day1": "before", "day2": "day2", "day3": "day3"}[number]
    month = (groups["before"] or groups["behind"] or "")[:3].lower()
    house = (groups.get("house") or "").lower()
    written = sentence.text[match.start(start) : match.end()]
    return _Event(sentence, match.start(), match.end(), month, int(day), house, written)


def _differ(one: _Event, other: _Event) -> bool:
    """Say whether the two are one event and differ in the day."""
    is_one_house = one.house == other.house or "chamber" in {one.house, other.house}
    is_near = 0 < abs(one.day - other.day) <= _MAX_DAYS
    return one.month == other.month and is_one_house and is_near


def _describe(kind: str, one: _Event, other: _Event) -> Conflict:
    about = f"The {kind} is dated {one.written} in one place, but {other.written} in another."
    quotes = tuple(
        cut_clause(
            event.sentence, event.sentence.start + event.start, event.sentence.start + event.end
        )
        for event in (one, other)
    )
    return Conflict(about, quotes)
