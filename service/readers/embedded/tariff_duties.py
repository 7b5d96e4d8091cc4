"""The duties that a sentence names, each with its noun phrase and its rates.

Owns where a duty's noun phrase begins, and which rates are told of which noun. Knows no verb.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_nouns import (
    OPEN_WORDS,
    find_rate_noun,
    is_duty_noun,
    names_duty,
)
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_rates import BracketedRate, Rates, list_bracketed, list_rates
from service.readers.embedded.tariff_words import load_tariff_words


class Duty(NamedTuple):
    """A duty that a sentence names: its noun phrase ``tokens[first:last]`` and its rates."""

    first: int
    noun: int
    last: int
    rates: Rates


def list_duties(passage: Passage) -> Iterator[Duty]:
    """Yield the duties with a rate, then those without one; none that a list in brackets holds."""
    sentence = passage.sentence
    taken: set[int] = set()
    bracketed = list_bracketed(sentence)
    for rates in list_rates(sentence):
        noun = None if _is_within(sentence, rates, bracketed) else find_rate_noun(passage, rates)
        if noun is not None:
            taken.add(noun)
            yield _make_duty(sentence, noun, rates)
    for at in range(len(sentence.words)):
        if at not in taken and names_duty(sentence, at) and is_duty_noun(sentence, at):
            yield make_plain_duty(sentence, at)


def make_plain_duty(sentence: Sentence, noun: int) -> Duty:
    """Return the duty of the noun, without a rate."""
    return _make_duty(sentence, noun, Rates(noun, noun + 1))


def _make_duty(sentence: Sentence, noun: int, rates: Rates) -> Duty:
    first = min(noun, rates.first)
    while first > 0 and _is_modifier(sentence, first - 1):
        first -= 1
    return Duty(first, noun, noun + 1, rates)


def _is_within(sentence: Sentence, rates: Rates, bracketed: Sequence[BracketedRate]) -> bool:
    start = sentence.tokens[rates.first].start - sentence.start
    return any(one.start <= start < one.end for one in bracketed)


def _is_modifier(sentence: Sentence, at: int) -> bool:
    """Say whether the token belongs to the noun phrase behind it: "a jaw-dropping 150%"."""
    token = sentence.tokens[at]
    if token.low in OPEN_WORDS or token.low in {"'s", "’s"}:
        return False
    if any(name.start <= token.start < name.end for name in sentence.names):
        return False
    if not token.readings:
        return True
    # "Added duties" is a kind of duty, "Ottawa added duties" is not.
    is_verb = bool(at) and sentence.tokens[at - 1].end in sentence.name_ends
    return token.low in load_tariff_words().qualities and not is_verb
