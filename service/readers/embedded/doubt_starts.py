"""One rule, two first days: a measure that the article lets start on different days.

Owns the rule. It errs to silence: the later sentence speaks of "the ..." in words that all stand
in the earlier one, and the two days have their month or their day of the month in common.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.checking.words import cut_root, read_words
from service.readers.embedded.doubt_quotes import Conflict, cut_clause
from service.readers.embedded.page import Sentence

_EFFECT = re.compile(
    r"(?:(?:,? (?:which|that))?(?:,? (?:will|would|is|are|was|were|due|set|scheduled|to)\b)*"
    r"[ ,]*(?:(?:tak(?:es?|ing)|took) effect|(?:com(?:es?|ing)|came|enter(?:s|ed|ing)?) into"
    r" (?:force|effect)|kick(?:s|ed|ing)? in|effective|with effect|start(?:s|ed|ing)?"
    r"|begin(?:s|ning)?|began|appl(?:y|ies|ied|ying)|in (?:force|effect))"
    r"(?: on| from| as of| since| as from)?)\s*$"
)
_EFFECT_CHARS = 70
_SUBJECT = re.compile(
    r"(?:^|[,;:—–]\s|\bas |\bthat )((?:the|these|those|its) [^,;:—–]{3,90})$", re.IGNORECASE
)
_MOVED = re.compile(
    r"\b(?:second|phase[sd]?|delay\w*|postpon\w*|push\w*|defer\w*|moved|extend\w*|original\w*"
    r"|initial\w*|instead|provisional\w*|definitive\w*|revised|then|later|until|previous\w*|former"
    r"|proposed|brought forward|respectively|another|paus\w*|suspend\w*|last year)\b",
    re.IGNORECASE,
)
_LIGHT = frozenset("new the these those its and for from with under that which on into".split())
_GROUPS = (
    "rule regulation ordinance law order decree",
    "tool equipment gear machine machinery",
    "tariff duty levy surtax",
    "control curb restriction restrict",
    "chip semiconductor",
    "license licence",
)
_GROUP_OF = {cut_root(word): group.split()[0] for group in _GROUPS for word in group.split()}
_GENERIC = frozenset(
    [*(group.split()[0] for group in _GROUPS[:1] + _GROUPS[2:4]), "measur", "ban", "tax", "rate"]
)
_MIN_WORDS = 2


class _Start(NamedTuple):
    sentence: Sentence
    subject: str | None
    """What "the ..." before the verb names."""
    month: int
    day: int
    start: int
    end: int
    written: str


def find_other_starts(told: Sequence[Sentence]) -> Iterator[Conflict]:
    """Yield the measures that two sentences of ``told`` let start on different days."""
    starts = [start for sentence in told for start in _find_starts(sentence)][:40]
    for at, later in enumerate(starts):
        for earlier in starts[:at]:
            if later.subject and _is_same(earlier, later):
                yield _describe(earlier, later)
                return


def _find_starts(sentence: Sentence) -> Iterator[_Start]:
    if not sentence.dates or _MOVED.search(sentence.text):
        return
    for reading in sentence.dates:
        mention = reading.mention
        if mention.month is None or mention.day is None:
            continue
        at = mention.start - sentence.start
        first = max(0, at - _EFFECT_CHARS)
        effect = _EFFECT.search(sentence.text[first:at])
        if effect is None:
            continue
        subject = _SUBJECT.search(sentence.text[: first + effect.start()][-120:])
        yield _Start(
            sentence=sentence,
            subject=subject.group(1).strip() if subject else None,
            month=mention.month,
            day=mention.day,
            start=sentence.start
            + (subject.start(1) if subject and first == 0 else first + effect.start()),
            end=mention.end,
            written=reading.written,
        )


def _is_same(earlier: _Start, later: _Start) -> bool:
    if earlier.sentence is later.sentence or later.subject is None:
        return False
    if (earlier.month == later.month) == (earlier.day == later.day):
        return False
    words = _list_roots(later.subject)
    if len(words) < _MIN_WORDS or words <= _GENERIC:
        return False
    return words <= _list_roots(earlier.sentence.text)


def _list_roots(text: str) -> frozenset[str]:
    roots = (cut_root(word) for word in read_words(text).folded if word not in _LIGHT)
    return frozenset(_GROUP_OF.get(root, root) for root in roots if len(root) > 2)


def _describe(earlier: _Start, later: _Start) -> Conflict:
    name = later.subject or ""
    about = (
        f"{name[0].upper()}{name[1:]} starts on {earlier.written} in one place, "
        f"but on {later.written} in another."
    )
    quotes = tuple(cut_clause(one.sentence, one.start, one.end) for one in (earlier, later))
    return Conflict(" ".join(about.split()), quotes)
