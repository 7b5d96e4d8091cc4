"""What a commitment is about, how much is promised, and what is too vague to be one.

Owns the words of the promised act. Knows no party and no status.
"""

import re
from functools import cache
from typing import NamedTuple, cast

from schemas.base import Quantity, Topic
from service.checking.number_mentions import NumberMention
from service.checking.number_words import fold_plural
from service.readers.embedded.acts import Act
from service.readers.embedded.measure_nouns import names_instrument
from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_words import DUTY_NOUNS
from service.readers.embedded.word_lists import (
    join_expressions,
    load_pattern,
    load_words,
    read_lists,
)

_UNIT = re.compile(r"\s(?P<unit>(?:(?:metric|short|long)\s)?[a-z]+)")
_WORD = re.compile(r"\s(?P<word>[a-z]{3,})\b")
_PER = re.compile(
    r"\b(?:a|per|each|every)\s(?P<per>year|month|week|quarter)\b|\b(?:annually|yearly)\b"
    r"|\bin\seach\sof\s"
)
_PER_CHARS = 60
"""Longest way from a number to "a year"."""
_NO_UNITS = frozenset(
    "of and or to in for by on per a the more new other percent years year months days".split()
)
_ADJECTIVE = re.compile(r"\s(?:[A-Z][\w.-]+|further|additional|new|more|other|extra)(?=\s[a-z])")
_MAX_ADJECTIVES = 2
_LEAST_SPELLED = 1000
"""Smallest number in words that is a quantity: "two ships" is none, "ten thousand" is."""
_HEAD_CHARS = 30
"""Within so many characters a verb's object is named."""


def find_topic(statement: str) -> Topic:
    """Return what a statement is about."""
    low = statement.lower()
    return next((topic for topic, pattern in _load_topics() if pattern.search(low)), "other")


def find_topic_of(act: Act, statement: str) -> Topic:
    """Return what an act is about, also where what it does something to stands before it."""
    topic = find_topic(statement)
    is_before = topic in {"trade", "other"} and _is_in_relative(act)
    return find_topic(act.sentence.text) if is_before else topic


@cache
def _load_topics() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple(
        (cast(Topic, topic), re.compile("|".join(expressions)))
        for topic, expressions in read_lists("commitments", "topics").items()
    )


_FURTHER = re.compile(
    r"(?:then\s|thereafter\s)?(?:(?:at\sleast|a\sfurther|another|an\sadditional|a\sminimum\sof|some"
    r"|about|around|up\sto|roughly)\s)+"
)
_BY = re.compile(r"\b(?:by|before|(?:no|not)\slater\sthan)\s(?:the\s)?$")
_BARE_WORDS, _ANTECEDENT_CHARS = 10, 60
"""Most words behind a verb whose object stands before it, and how far before its amount ends."""
_AT_RATE = re.compile(r"\bat (?:a |an )?(?:\w+ )?\d[\d.]*\s?(?:%|per\s?cent)")
"""What is let in at a rate pays a duty."""
_TRADED = re.compile(r"^\w+\s(?:the\s)?(?:imports?|exports?|shipments?|sales?)\b")


def is_measure(act: Act) -> bool:
    """Say whether the act names a duty, a control, a licence or a subsidy: it is a measure."""
    words = act.sentence.words[act.at : act.object_last]
    text = _cut_act(act)
    is_moved = act.is_of("restrict", "allow", "suspend", "remove", "impose")
    is_let_pass = act.is_of("allow") and _TRADED.search(text) is not None
    if is_let_pass or _AT_RATE.search(text) is not None:
        return True
    return (
        not DUTY_NOUNS.isdisjoint(words)
        or names_instrument(text if is_moved else text[:_HEAD_CHARS])
        or load_pattern("commitments", "subsidies").search(text) is not None
    )


def is_vague(act: Act) -> bool:
    """Say whether the act is a readout phrase: "continue to keep lines open"."""
    if act.lemma in {"keep", "maintain"} and not any(
        act.at < phrase.first < act.object_last for phrase in act.sentence.goods
    ):
        return True
    text = _cut_act(act)
    return _load_vague().match(text) is not None or len(text.split()) < 2


@cache
def _load_vague() -> re.Pattern[str]:
    lists = read_lists("commitments", "vague")
    verbs, nouns = join_expressions(lists["verbs"]), join_expressions(lists["nouns"])
    return re.compile(rf"(?:{verbs}\s)(?:\S+\s){{0,4}}?{nouns}\b")


def _cut_act(act: Act) -> str:
    """Return the verb and what it governs, in small letters."""
    return act.sentence.cut(act.at, max(act.object_last, act.last)).lower()


def find_quantity(act: Act) -> Quantity | None:
    """Return the first amount that the act names, written out; ``None`` where it names none."""
    sentence = act.sentence
    start = sentence.tokens[act.clause_first if act.is_passive else act.at].start - sentence.start
    end = sentence.tokens[max(act.object_last, act.last) - 1].end - sentence.start
    held = [number for number in sentence.numbers if start <= number.start < end]
    amounts = (_read_amount(sentence, number, end) for number in held if _is_amount(number))
    found = next((amount for amount in amounts if amount is not None), None)
    return found or (_find_antecedent(act) if _is_in_relative(act) else None)


class Further(NamedTuple):
    """A second amount that a verb governs."""

    first: int
    """The token that joins it to the first."""
    quantity: Quantity


def find_further(act: Act) -> Further | None:
    """Return the amount that "and" joins to the first one; ``None`` where there is none."""
    sentence, last = act.sentence, act.object_last
    joints = [at for at in range(act.last + 1, last - 2) if sentence.words[at] == "and"]
    for at in joints if not act.is_passive else ():
        end = sentence.tokens[last - 1].end - sentence.start
        near = sentence.tokens[at + 1].start - sentence.start
        match = _FURTHER.match(sentence.low, near)
        start = match.end() if match else near
        number = next((one for one in sentence.numbers if one.start == start), None)
        if number is not None and _is_amount(number):
            quantity = _read_amount(sentence, number, end)
            return Further(at, quantity) if quantity else None
    return None


def _is_in_relative(act: Act) -> bool:
    """Say whether what is promised stands before: "the 12 million tons that it promised to buy"."""
    first = act.clause_first
    words = act.sentence.words
    is_led = first > 1 and (words[first - 1] in {"that", "which"} or words[first] in {"it", "they"})
    return is_led and act.object_last - act.last <= _BARE_WORDS


def _find_antecedent(act: Act) -> Quantity | None:
    sentence = act.sentence
    end = sentence.tokens[act.clause_first].start - sentence.start
    numbers = [number for number in sentence.numbers if number.end <= end and _is_amount(number)]
    near = numbers[-1:] if numbers and end - numbers[-1].end <= _ANTECEDENT_CHARS else []
    return next((_read_amount(sentence, number, end) for number in near), None)


def _is_amount(number: NumberMention) -> bool:
    if number.kind not in {"plain", "money"} or number.bound == "range":
        return False
    return not number.spelled or number.value >= _LEAST_SPELLED


def _read_amount(sentence: Sentence, number: NumberMention, end: int) -> Quantity | None:
    """Return the sum of money or the count of things; ``None`` where nothing is counted."""
    if number.kind == "money":
        unit = _add_period(sentence, number, number.unit, end)
        return Quantity(value=float(number.value), unit=unit)
    match = _UNIT.match(sentence.low, _skip_adjectives(sentence, number.end))
    if match is None or match["unit"].split()[0] in _NO_UNITS:
        return None
    unit = fold_plural(_name_counted(sentence, number, match))
    if unit in load_words("commitments", "no_things"):
        return None
    unit = _add_period(sentence, number, unit, end)
    return Quantity(value=float(number.value), unit=unit)


def _add_period(sentence: Sentence, number: NumberMention, unit: str, end: int) -> str:
    """Return the unit with "per year" where the amount is one of every year."""
    ahead = (
        one.start for one in sentence.numbers if one.start >= number.end and one.kind == "money"
    )
    stop = min(end, number.end + _PER_CHARS, next(ahead, end))
    per = _PER.search(sentence.low, number.end, stop)
    return unit if per is None else f"{unit} per {per['per'] or 'year'}"


def _name_counted(sentence: Sentence, number: NumberMention, match: re.Match[str]) -> str:
    """Return what is counted: the plural of "9 automobile enterprises"."""
    unit, behind = match["unit"], _WORD.match(sentence.low, match.end())
    is_compound = number.value > 1 and fold_plural(unit) == unit and behind is not None
    if not is_compound or behind is None or fold_plural(behind["word"]) == behind["word"]:
        return unit
    return f"{unit} {behind['word']}"


def _skip_adjectives(sentence: Sentence, end: int) -> int:
    """Return the offset in front of the unit: "200 Boeing aircraft", "13 further chemicals"."""
    for _ in range(_MAX_ADJECTIVES):
        match = _ADJECTIVE.match(sentence.text, end)
        if match is None:
            return end
        end = match.end()
    return end


def has_deadline(act: Act) -> bool:
    """Say whether a day is set for the act, even one of which the year is open."""
    sentence = act.sentence
    first = sentence.tokens[act.last - 1].end
    last = sentence.tokens[max(act.object_last, act.last) - 1].end
    return any(
        _BY.search(sentence.low, 0, reading.mention.start - sentence.start) is not None
        for reading in sentence.dates
        if first <= reading.mention.start < last
    )
