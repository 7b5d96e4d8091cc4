"""When: a date is the day of telling, a first day, a last day or a deadline.

Owns the words before a date that say so. Never guesses a year: what the article's calendar does
not settle is no date.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from service.checking.article_calendar import DateReading
from service.readers.embedded.acts import Act, find_acts, list_subject_names
from service.readers.embedded.page import Sentence

Role = Literal["until", "due", "effective", "neutral", "qualifier", "other"]
"""``qualifier``: the date of a deal or text that acts ("the October agreement")."""

_TAIL = r"\s(?:on\s|in\s|the\s|at\s|late\s|early\s|midnight\s|about\s)*$"
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "until",
        re.compile(
            rf"\b(?:until|till|through|(?:expires?|ends?|lapses?|runs?\sout|ending|expiring)(?:\son)?"
            rf"|(?:valid|lasts?|extended|prolonged|runs?)\sto){_TAIL}"
        ),
    ),
    ("due", re.compile(rf"\b(?:by|before|(?:no|not)\slater\sthan|within){_TAIL}")),
    (
        "effective",
        re.compile(
            rf"\b(?:from|effective|starting|beginning|as\sof|since|counting|kick(?:s|ed)\sin"
            rf"|(?:takes?|took|taking|comes?|came|coming|enter(?:s|ed)?|goes|going|went|put)\s"
            rf"(?:in)?(?:to\s)?(?:effect|force)|on\sor\safter|starts?|begins?|began|due\sto\stake\seffect){_TAIL}"
        ),
    ),
)
_RANGE_TO = re.compile(r"^\s(?:to|until|through|till|-|–)\s$")
_RECORD = re.compile(
    r"\b(?:highest|lowest|biggest|largest|steepest|worst|best|most|first\stime|fastest|unseen|level)\s"
    r"(?:\w+\s){0,3}since\s(?:the\s)?$"
)
"""What makes a "since" no beginning: "the highest since 1934"."""
_YEAR_LED = re.compile(r"\b(?:in|of|early|late|mid|during|year)[\s-]$")
_OF_TEXT = re.compile(
    r"\b(?:proclamation|order|statement|notice|announcement|decree|letter|memorandum)\s(?:dated|of)\s$"
)
_JOINED = frozenset({"and", "but", "then"})
_QUALIFIED = re.compile(r"\s(?:[\w.-]+\s)?(?:agreement|deal|pact|accord|truce|summit|framework)\b")
_BARE = re.compile(
    r"(?:\b(?:on|in|of|late|early|this|last|that)\s|[,;:(—–]\s?|[a-z]\s)(?:the\s|late\s|early\s)?$"
)
_TELLING = ("plan", "agree", "promise", "threaten", "consider", "demand")
_TELLING_LEMMAS = frozenset("announce unveil publish issue sign conclude".split())
_SPEAKING_BODIES = frozenset("ministry government department commission office".split())
_NEAR = 16
"""Most words between a date without a preposition of its own and its verb."""


class Times(NamedTuple):
    """The dates of one act, as partial dates."""

    announced: str | None = None
    effective: str | None = None
    until: str | None = None
    due: str | None = None


class _Dated(NamedTuple):
    role: Role
    value: str
    token: int
    last: int


def settle(reading: DateReading) -> str | None:
    """Return the partial date that ``reading`` means, ``None`` where it is open."""
    if len(reading.spans) != 1 or not reading.spans[0].is_partial():
        return None
    return reading.spans[0].render()


@lru_cache(maxsize=4_096)
def _list_dated(sentence: Sentence) -> tuple[_Dated, ...]:
    return tuple(_iterate_dated(sentence))


def _iterate_dated(sentence: Sentence) -> Iterator[_Dated]:
    earlier: _Dated | None = None
    end = sentence.start
    for reading in sentence.dates:
        value = settle(reading)
        start = reading.mention.start
        if value is None:
            earlier, end = None, reading.mention.end
            continue
        between = sentence.low[end - sentence.start : start - sentence.start]
        role = _read_role(sentence, start, reading.mention.end)
        if earlier and _RANGE_TO.match(between) and earlier.role in {"effective", "until"}:
            role = "until"
        token = sentence.find_token(start)
        earlier = _Dated(role, value, token, sentence.find_token(reading.mention.end))
        end = reading.mention.end
        yield earlier


def _read_role(sentence: Sentence, start: int, end: int) -> Role:
    before = sentence.low[max(0, start - sentence.start - 48) : start - sentence.start]
    if _RECORD.search(before):
        return "other"
    role = next((role for role, pattern in _ROLES if pattern.search(before)), None)
    if role is not None:
        return role
    if _OF_TEXT.search(before) or _QUALIFIED.match(sentence.low, end - sentence.start):
        return "qualifier"
    if end - start == 4 and not _YEAR_LED.search(before):
        return "other"
    return "neutral" if not before or _BARE.search(before) else "other"


def find_times(act: Act, first: int, last: int) -> Times:
    """Return the dates that belong to ``act``; roles count in ``tokens[first:last]``."""
    found: dict[str, str] = {}
    for dated in _list_dated(act.sentence):
        field = _find_field(act, dated, first, last)
        if field is not None:
            found.setdefault(field, dated.value)
    return Times(**found)


def _find_field(act: Act, dated: _Dated, first: int, last: int) -> str | None:
    """Return which of the act's dates ``dated`` is; ``None`` where it is none."""
    if dated.role == "other":
        return None
    if dated.role == "neutral":
        return _find_neutral_field(act, dated)
    if dated.role == "qualifier":
        is_told = act.modality in {"fact", "agreed"} and dated.token < act.at
        return "announced" if is_told else None
    if _is_of_relative(act, dated):
        return None
    is_behind = dated.role != "due" and _is_last_act(act, dated)
    is_held = first <= dated.token < last or _leads(act, dated) or is_behind
    return dated.role if is_held else None


def _is_of_relative(act: Act, dated: _Dated) -> bool:
    """Say whether a relative clause behind the act has the date: "fees that it charged since"."""
    return any(
        act.at < other.at < dated.token < other.clause_last
        and other.is_relative
        and not _tells_start(other)
        for other in find_acts(act.sentence)
    )


def _tells_start(act: Act) -> bool:
    """Say whether the relative clause only dates what stands before it: ", which took effect"."""
    words = act.sentence.words
    return act.is_of("begin") and words[act.clause_first - 2 : act.clause_first] == (",", "which")


def _leads(act: Act, dated: _Dated) -> bool:
    """Say whether the date opens the sentence and the act is the first verb behind it."""
    return dated.last <= act.clause_first <= dated.last + 2 and not any(
        dated.token < other.at < act.at for other in find_acts(act.sentence)
    )


def _is_last_act(act: Act, dated: _Dated) -> bool:
    """Say whether no other measure stands between the act and a first or last day behind it."""
    if dated.token < act.at:
        return False
    return not any(
        act.at < other.at < dated.token and not other.is_of("begin") and other.form != "ing"
        for other in find_acts(act.sentence)
    )


def _find_neutral_field(act: Act, dated: _Dated) -> str | None:
    """Say whether a bare date is the day of telling or that of the act itself."""
    governing = _find_governing(act.sentence, dated)
    if governing is None:
        return None
    if governing.at == act.at:
        if act.lemma in _TELLING_LEMMAS or act.is_of("threaten", "consider"):
            return "announced"
        return "effective" if act.modality in {"fact", "future"} else None
    if governing.is_reduced:
        return None
    is_inverted = governing.is_of("say") and not governing.is_relative and act.matrix == ""
    is_matrix = governing.at < act.at or is_inverted
    if is_matrix and _is_telling(act, governing) and _hangs_on(act, governing):
        return "announced"
    return None


def _is_telling(act: Act, governing: Act) -> bool:
    """Say whether the day of ``governing`` is that on which the act was given, not reported."""
    if governing.lemma in _TELLING_LEMMAS or governing.is_of(*_TELLING):
        return True
    if not governing.is_of("say") or act.modality in {"fact", "present", "agreed"}:
        return False
    names = list_subject_names(governing)
    words = governing.subject_words
    is_named = any(name.entry is not None and name.kind != "place" for name in names)
    return is_named or not _SPEAKING_BODIES.isdisjoint(words)


def _hangs_on(act: Act, governing: Act) -> bool:
    """Say whether ``act`` is what the governing verb tells: no other telling stands between."""
    first, last = sorted((act.at, governing.at))
    words = act.sentence.words[first:last]
    return not any(word in {";", "while", "after", "before", "since"} for word in words)


def _find_governing(sentence: Sentence, dated: _Dated) -> Act | None:
    acts = find_acts(sentence)
    behind = [act for act in acts if act.at < dated.token and dated.token < act.clause_last]
    near = [act for act in behind if dated.token - act.last <= _NEAR]
    if near and _JOINED & set(sentence.words[max(0, dated.token - 2) : dated.token]):
        # "Has banned exports, and in February it added": the date is the next verb's.
        near = []
        behind = []
    if near:
        return near[-1]
    if behind:
        return None
    ahead = [act for act in acts if act.at >= dated.last and act.clause_first <= dated.last + 1]
    return ahead[0] if ahead and ahead[0].form in {"past", "third", "participle"} else None
