"""Where a date stands in its sentence: told as past, told as to come, or not clear.

Owns the sentence boundaries and the verbs that place a date before or after the day of the
report. Must not know calendars: it says "past", never which day.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from typing import Literal, NamedTuple

ActField = Literal["announced", "effective", "until", "due"]
"""Fields that hold a day of telling, or a first or last day of the act itself."""
Tense = Literal["past", "future", "unmarked", "unclear"]
"""``unmarked``: no verb near it; ``unclear``: verbs that can stand with either."""

REPORTED: frozenset[Tense] = frozenset({"past", "unmarked"})
"""News without a verb ("the Friday call") tells what has happened."""
REACH_CHARS = 240
"""How far from a date its verb is looked for: keeps the cost linear where no sentence ends."""

_BOUNDARY = re.compile(
    r"[\n.!?](?:(?<=\n)|(?<![A-Z].)(?<!\b(?:Mr|Ms|Dr|Co|No).)(?<!\b(?:Mrs|Inc|Ltd|Sen|Rep|Gov|Gen"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec).)(?<!\b(?:Corp|Sept).)[\"”’)\]]?(?=\s))"
)
_PLANNED = r"(?:scheduled|expected|set|slated|planned|poised|about)"
_MARKER = re.compile(
    rf"\b(?:(?P<unclear>(?:was|were|been) {_PLANNED} (?:to|for)|would|could|may|might|should|must"
    r"|can|to(?= (?!(?:the|a|an|its|their|his|her|this|that|both|each|all|new|other)\b)[a-z])"
    r"|is|are|takes?|begins?|starts?|expires?|meets?|opens?|ends?|visits?|resumes?)\b"
    rf"|(?P<future>(?:(?:will|shall|won['’]t)(?: (?:also|not|now|soon|likely|then))?|going to"
    rf"|{_PLANNED} (?:to|for)|plans? (?:to|for)|planning to|intends? to|hopes? to)(?: [a-z]+)?"
    r"|upcoming|forthcoming|due (?:on|by|in))\b"
    r"|(?<!\bbe )(?P<past>said|told|held|met|came|took|spoke|gave|made|began|went|wrote|saw|led"
    r"|won|rose|fell|sold|bought|brought|sent|kept|left|struck|drew|flew|stood|found|became|had"
    r"|did|was|were|been|following|after|since|(?!(?:need|speed|feed|seed|exceed|proceed"
    r"|succeed|indeed|hundred|embed|unimpeded)\b)[a-z]{2,20}ed)\b)"
    r"|(?P<short>['’]ll)\b(?: [a-z]+)?"
)


def find_boundaries(text: str) -> tuple[int, ...]:
    """Return the offsets behind the ends of sentences and lines, ascending."""
    return tuple(match.end() for match in _BOUNDARY.finditer(text))


def find_sentence(
    boundaries: tuple[int, ...], start: int, end: int, length: int
) -> tuple[int, int]:
    """Return the sentence around ``start:end`` as half-open offsets, at most in reach."""
    before = bisect_right(boundaries, start)
    after = bisect_left(boundaries, end)
    first = boundaries[before - 1] if before else 0
    last = boundaries[after] if after < len(boundaries) else length
    return max(first, start - REACH_CHARS), min(last, end + REACH_CHARS)


def read_tense_at(text: str, start: int, end: int, boundaries: tuple[int, ...]) -> Tense:
    """Return how its sentence tells the date at ``start:end``.

    ``boundaries`` are those of ``text``. The nearest verb before the date decides ("held talks
    on Friday"), else the first behind it ("On Friday, the two sides agreed").
    """
    first, last = find_sentence(boundaries, start, end, len(text))
    before = deque(_MARKER.finditer(text, first, start), maxlen=1)
    nearest = before[0] if before else _MARKER.search(text, end, last)
    if nearest is None:
        return "unmarked"
    if nearest["past"]:
        return "past"
    return "unclear" if nearest["unclear"] else "future"


_DEADLINE = re.compile(
    r"\b(?:by|until|till|before|through|than|(?:runs?|lasts?|running|extended|prolonged)\s(?:now\s)?to)"
    r"\s(?:on\s|the\s|late\s)*$"
)
_LAST = re.compile(r"\b(?:until|till|through)\s(?:on\s|the\s|late\s)*$")
_BEGAN = re.compile(
    r"\b(?:since|after|(?:took|takes?|taking|into|in)\s(?:effect|force)|imposed|began|started|starts?)"
    r"(?:\s(?:on|from|since|as of))?\s$"
)


_START = re.compile(
    r"\b(?:effective(?:\s(?:on|from|as of))?|from|starting(?:\s(?:on|from))?|beginning"
    r"(?:\s(?:on|from))?|as of|takes? effect(?:\s(?:on|from))?)\s(?:on\s|the\s|early\s|late\s)*$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|wrote|posted|reported|added|declared|unveiled|signed|spoke|met"
    r")(?:\s(?!(?:would|will|to|that|it|they|plans?|from|effective|starting|by|until|through"
    r"|before|duties|tariffs)\b)[\w'’-]+){0,4}?\s$"
)


def is_told(text: str, start: int) -> bool:
    """Say whether the date at ``start`` is the day on which somebody told of it ("said on")."""
    return _TOLD.search(text, max(0, start - 60), start) is not None


def is_wrong_end(text: str, start: int, field: ActField) -> bool:
    """Say whether a day of telling, a first or a last day is claimed as another of the three."""
    if field == "announced":
        return is_ahead(text, start)
    if is_told(text, start):
        return True
    if field == "effective":
        return _LAST.search(text, max(0, start - 20), start) is not None
    return _is_start(text, start) or _BEGAN.search(text, max(0, start - 40), start) is not None


def is_ahead(text: str, start: int) -> bool:
    """Say whether the date at ``start`` is the first or last day of something told."""
    return _is_deadline(text, start) or _is_start(text, start)


def is_over(text: str, start: int, end: int, boundaries: tuple[int, ...]) -> bool:
    """Say whether the date at ``start:end`` is told as past, and not as a deadline."""
    is_past = read_tense_at(text, start, end, boundaries) == "past"
    return is_past and not _is_deadline(text, start)


def _is_deadline(text: str, start: int) -> bool:
    return _DEADLINE.search(text, max(0, start - 20), start) is not None


def _is_start(text: str, start: int) -> bool:
    return _START.search(text, max(0, start - 35), start) is not None


_OPENING, _CLOSING, _STRAIGHT = "“", "”", '"'


def _is_spoken(text: str, start: int) -> bool:
    """Say whether ``start`` stands inside quotation marks that opened in the same paragraph.

    What a speaker calls "today" is the day of speaking, not of the report.
    """
    floor = max(0, start - 8 * REACH_CHARS)
    paragraph = text[max(floor, text.rfind("\n", floor, start) + 1) : start]
    if paragraph.rfind(_OPENING) > paragraph.rfind(_CLOSING):
        return True
    return paragraph.count(_STRAIGHT) % 2 == 1


class Telling(NamedTuple):
    """How the text around a date places it.

    ``is_deadline``: words make it a last day ("by", "until"). ``is_spoken``: it stands in
    quotation marks. ``earlier_year`` is a year that the same paragraph names shortly before
    and that the date may belong to; ``None`` where there is none.
    """

    tense: Tense
    is_deadline: bool
    is_spoken: bool
    earlier_year: int | None


def read_telling(
    text: str, start: int, end: int, boundaries: tuple[int, ...], *, earlier_year: int | None
) -> Telling:
    """Return how ``text`` tells the date at ``start:end``.

    ``boundaries`` are those of the text, from ``find_boundaries``.
    """
    tense = read_tense_at(text, start, end, boundaries)
    is_deadline = _is_deadline(text, start)
    return Telling(
        # "Agreed to pause it until November 10", "announced duties effective November 10": the
        # verb before a last or first day is not its own.
        tense="unclear" if (is_deadline or _is_start(text, start)) and tense != "future" else tense,
        is_deadline=is_deadline,
        is_spoken=_is_spoken(text, start),
        earlier_year=earlier_year,
    )
