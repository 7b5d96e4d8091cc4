"""When and where: what hangs on a verb or noun of meeting, and the dates around it.

Owns the reading of "in Geneva on Friday with ...". Knows no kind of talks.
"""

from dataclasses import dataclass, field

from schemas.base import PartialDate
from service.checking.article_calendar import DateReading
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_zones import Member, Zone, read_right
from service.readers.embedded.timing import settle

_BEHIND_COMMA = frozenset("in at on D held scheduled planned penciled due".split())
_OPENERS = frozenset("on in late early from and : to • * · - P".split())
_NAMES = tuple((letter,) for letter in "PSAGB")
_EVENTS = frozenset(
    """
    summit meeting meetings conference event forum session headquarters gathering time expo
    fair
    """.split()
)
_SKIPPED = frozenset(
    """
    by via phone telephone video link videoconference videolink here face-to-face face to
    in-person person virtually remotely again for about some nearly minutes hours hour
    minute days day two three four five six eight times time earlier later this week month
    year the sidelines sideline margins of morning evening afternoon night held conducted
    that took taking place takes will be is was late early on at in briefly over lunch
    dinner level behind closed doors half an a today are were scheduled planned set slated
    due penciled pencilled expected resume resumed begin began start started off concluded
    ended opened
    """.split()
)
_ENDS = frozenset(
    """
    , . ; : “ ” " — that after before since as but while which who until by will would when said
    told reported
    """.split()
)
_OTHER_TALKS = frozenset(
    """
    call meeting talks summit visit negotiations consultations agreement deal statement
    """.split()
)
_PAIR_WORDS = frozenset(
    "the two both sides countries nations governments capitals men leaders ministers teams".split()
)
_HARD = frozenset({"after", "before", "since", "until", "till", "following", "by"})
_MAX_MARKS = 34


@dataclass
class Attachment:
    """What hangs on a verb or noun of meeting."""

    last: int
    members: list[Member] = field(default_factory=list)
    """Behind "with" and "between"."""
    is_between: bool = False
    place: str | None = None
    date: PartialDate | None = None
    is_unsettled: bool = False
    """Whether a month is named of which the year is open."""
    is_that_day: bool = False
    """Whether it is dated by "that day"."""


def read_behind(marked: MarkedSentence, zone: Zone) -> Attachment:
    """Return what hangs on behind the row of those met, with them as its members."""
    found = read_attachments(marked, zone.last)
    found.members = list(zone.members)
    return found


def read_attachments(marked: MarkedSentence, at: int) -> Attachment:
    """Return what hangs on the verb or noun that ends before the mark ``at``."""
    words = marked.words
    found = Attachment(last=at)
    end = min(len(words), at + _MAX_MARKS)
    while at < end:
        following = _read_one(marked, at, found)
        if following is None:
            break
        at = found.last = following
    if found.date is None:
        _read_late_date(marked, at, found)
    return found


def _read_late_date(marked: MarkedSentence, at: int, found: Attachment) -> None:
    """Read the date behind a topic: "held talks on trade on Friday"."""
    words = marked.words
    for place in range(at, min(len(words), at + 16)):
        if words[place] in _ENDS or words[place] in _OTHER_TALKS:
            return
        if words[place] == "D" and place > at and words[place - 1] in {"on", "late", "early"}:
            _take_date(marked, place, found)
            return


def _take_date(marked: MarkedSentence, at: int, found: Attachment) -> None:
    reading = marked.find_date(at)
    found.date = render_date(reading)
    found.is_unsettled = found.date is None and reading is not None and bool(reading.mention.month)


def _read_one(marked: MarkedSentence, at: int, found: Attachment) -> int | None:
    """Return the mark behind what stands at ``at``; ``None`` where nothing more hangs on."""
    words = marked.words
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in {"with", "between", "among"} and not found.members:
        return _read_parties(marked, at, found)
    last = _read_place(marked, at + 1, found) if word in {"in", "at"} else None
    if last is not None:
        return last
    if word == "D":
        if found.date is None and (at == 0 or words[at - 1] not in _HARD):
            _take_date(marked, at, found)
        return at + 1
    if word == "that" and following in {"day", "morning", "afternoon", "evening", "night"}:
        found.is_that_day = True
        return at + 2
    return at + _count_skipped(word, following) if _count_skipped(word, following) else None


def _read_parties(marked: MarkedSentence, at: int, found: Attachment) -> int | None:
    zone = read_right(marked, at + 1)
    found.members, found.is_between = list(zone.members), marked.words[at] != "with"
    if zone.last > at + 1:
        return zone.last
    if not found.is_between:
        return None
    last = at + 1
    while last < len(marked.words) and marked.words[last] in _PAIR_WORDS:
        last += 1
    return last if last > at + 1 else None


def _count_skipped(word: str, following: str) -> int:
    """Return how many marks say nothing of when, where and with whom; 0 where others follow."""
    if word == ",":
        return int(following in _BEHIND_COMMA)
    if word in {"G", "X"} and following in _EVENTS:
        return 2
    return int(word in _SKIPPED or word.endswith("ly") or word in {"”", '"'} or word.isdigit())


def _read_place(marked: MarkedSentence, at: int, found: Attachment) -> int | None:
    words = marked.words
    if at < len(words) and words[at] == "the":
        at += 1
    if words[at : at + 2] == ("A", "X") and words[at + 2 : at + 3] not in (("'s",), ("’s",)):
        # "In the Canadian Rockies".
        if found.place is None:
            first, last = marked.marks[at], marked.marks[at + 1]
            found.place = marked.sentence.text[first.start : last.end]
        return at + 2
    if at >= len(words) or words[at] not in "XLSGB":
        return None
    if at + 1 < len(words) and words[at + 1] in _EVENTS:
        return at + 2
    if (at + 1 < len(words) and words[at + 1] in {"'s", "’s"}) or words[at] == "G":
        return None
    if found.place is None:
        found.place = marked.write(at)
    if at + 2 < len(words) and words[at + 1] == "," and words[at + 2] in "XLS":
        after = words[at + 3] if at + 3 < len(words) else "."
        return (
            at + 3 + (after == ",")
            if after in {",", ".", "on", "in", "D", ";", "earlier"}
            else at + 1
        )
    return at + 1


def find_lead_date(marked: MarkedSentence, first: int, at: int) -> PartialDate | None:
    """Return the date in front of the mark ``at``: "On Friday, ...", "Bessent on Friday met".

    ``first`` is the mark with which the row of parties in front of the verb begins.
    """
    words = marked.words
    for place in range(at - 1, max(-1, at - 5), -1):
        if words[place] == "D" and (place == 0 or words[place - 1] not in _HARD):
            return render_date(marked.find_date(place))
        if words[place] in "PSAGBF,":
            break
    if first > 1 and words[first - 1] == "when":
        place = first - 2 - (words[first - 2] == ",")
        return render_date(marked.find_date(place)) if words[place] == "D" else None
    return _read_opening_date(marked, _find_clause_start(words, first), at)


def _read_opening_date(marked: MarkedSentence, start: int, at: int) -> PartialDate | None:
    words = marked.words
    for place in range(start, min(start + 4, at)):
        if words[place] == "D":
            ends = words[place + 1 : place + 3]
            is_lead = bool({",", "the"} & set(ends)) or ends[:1] in _NAMES
            if is_lead and words[max(0, place - 1)] not in _HARD:
                return render_date(marked.find_date(place))
        elif words[place] not in _OPENERS:
            return None
    return None


def _find_clause_start(words: tuple[str, ...], at: int) -> int:
    for place in range(at - 1, -1, -1):
        if words[place] in {";", "—", "“"} or (words[place] == ":" and place < 4):
            return place + 1
    return 0


def render_date(reading: DateReading | None) -> PartialDate | None:
    """Return the one day, month or year that a date means; ``None`` where it is unsettled."""
    return settle(reading) if reading else None
