"""One promise, two amounts: the same good, unit and deadline, and different numbers.

Owns the rule. It errs to silence: the second amount is one that the article refers back to ("the
18 million tons that ..."), both are promised, and neither is said to have been changed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from service.checking.date_mentions import DateMention
from service.checking.number_mentions import NumberMention
from service.checking.words import fold_word
from service.readers.embedded.doubt_quotes import Conflict, cut_clause
from service.readers.embedded.page import Sentence

_PROMISED = re.compile(
    r"\b(?:promis|pledg|commit|agree|undertak|vow|guarante)\w*"
    r"|\b(?:will|would|to|must|shall) (?:buy|purchase|import|order|take|sell|supply|export)\b"
)
_CHANGED = re.compile(
    r"\b(?:rais|increas|revis|reduc|lower|upp|origin|initial|previous|former|instead|rather than"
    r"|already|so far|den(?:y|ied|ies)|false|rumou?r|wrong|incorrect|up from|down from|not)\w*",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:another|additional|further|more|extra|remaining|initial|first|original|other|of)\s$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:the|its|their|that|those|this)\s$", re.IGNORECASE)
_YEARLY = re.compile(r"\s?(?:annual|a year|per year|each year|every year|yearly)", re.IGNORECASE)
_GOODS_WORDS = 7
"""How many words behind a number the good may end."""
_DEADLINE_CHARS = 120
_CHANGE_CHARS = 100
"""How far before a number a word of change or denial may stand."""


class _Amount(NamedTuple):
    sentence: Sentence
    number: NumberMention
    good: str
    deadline: DateMention
    is_back: bool
    """Whether it refers back to an amount that was told."""

    @property
    def written(self) -> str:
        """Return the number with its unit."""
        words = self.sentence.text[self.number.start :].split()
        size = len(self.sentence.text[self.number.start : self.number.end].split()) + 1
        kept = words[: size + 1 if words[size - 1 : size] == ["metric"] else size]
        return " ".join(kept).rstrip(",.;")

    @property
    def deadline_text(self) -> str:
        """Return the deadline as the article writes it."""
        start = self.deadline.start - self.sentence.start
        return self.sentence.text[start : self.deadline.end - self.sentence.start]


def find_other_amounts(told: Sequence[Sentence]) -> Iterator[Conflict]:
    """Yield the promises of which two sentences of ``told`` give different amounts."""
    amounts = [amount for sentence in told for amount in _find_amounts(sentence)]
    for one, other in combinations(amounts[:40], 2):
        if other.is_back and _is_same(one, other):
            yield _describe(one, other)
            return


def _find_amounts(sentence: Sentence) -> Iterator[_Amount]:
    if not sentence.dates or not _PROMISED.search(sentence.low):
        return
    for number in sentence.numbers:
        if number.kind != "plain" or not number.unit or number.bound == "range":
            continue
        before = sentence.text[max(0, number.start - 14) : number.start]
        good = _find_good(sentence, number)
        deadline = _find_deadline(sentence, number)
        if good is None or deadline is None or _PART_BEFORE.search(before):
            continue
        first = max(0, number.start - _CHANGE_CHARS)
        if _CHANGED.search(sentence.text[first : deadline.end - sentence.start]):
            continue
        if not _YEARLY.search(sentence.text[number.end : number.end + 60]):
            yield _Amount(sentence, number, good, deadline, _BACK.search(before) is not None)


def _find_good(sentence: Sentence, number: NumberMention) -> str | None:
    first = sentence.find_token(sentence.start + number.end)
    for phrase in sentence.goods:
        if first <= phrase.first and phrase.last <= first + _GOODS_WORDS:
            return " ".join(map(fold_word, sentence.words[phrase.first : phrase.last]))
    return None


def _find_deadline(sentence: Sentence, number: NumberMention) -> DateMention | None:
    end = sentence.start + number.end
    for reading in sentence.dates:
        if end <= reading.mention.start <= end + _DEADLINE_CHARS:
            return reading.mention
    return None


def _is_same(one: _Amount, other: _Amount) -> bool:
    """Say whether the two are one promise and differ in nothing but the number."""
    if one.sentence is other.sentence or one.number.value == other.number.value:
        return False
    return (
        one.good == other.good
        and one.number.unit == other.number.unit
        and _strip_place(one.deadline) == _strip_place(other.deadline)
        and _are_sides_alike(one.sentence, other.sentence)
    )


def _strip_place(date: DateMention) -> DateMention:
    return date.shift(-date.start) if date.end - date.start else date


def _are_sides_alike(one: Sentence, other: Sentence) -> bool:
    sides = [{name.entry.name for name in each.names if name.entry} for each in (one, other)]
    return not sides[0] or not sides[1] or bool(sides[0] & sides[1])


def _describe(one: _Amount, other: _Amount) -> Conflict:
    about = (
        f"The {one.good} promised by {one.deadline_text} is {one.written} in one place, "
        f"but {other.written} in another."
    )
    quotes = tuple(
        cut_clause(each.sentence, each.sentence.start + each.number.start, each.deadline.end)
        for each in (one, other)
    )
    return Conflict(about, quotes)
