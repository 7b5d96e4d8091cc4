"""Instruments that a text names: a control, a licence, a quota, a fee ...

Owns where in a sentence they are named. Knows no verb and no measure.
"""

from functools import lru_cache
from typing import NamedTuple

from schemas.base import NonTariffInstrument
from service.readers.embedded.measure_words import InstrumentNoun, load_nouns
from service.readers.embedded.page import Sentence


class NamedInstrument(NamedTuple):
    """An instrument named in ``tokens[first:last]`` of a sentence."""

    instrument: NonTariffInstrument
    bars: bool
    """Whether the thing named holds trade back (a ban) or lets it pass (a licence)."""
    first: int
    last: int


class _Place(NamedTuple):
    start: int
    end: int
    noun: InstrumentNoun


def names_instrument(low: str) -> bool:
    """Say whether a text in small letters names a control, a licence, a quota and the like."""
    return any(noun.is_near(low) and noun.pattern.search(low) for noun in load_nouns())


def find_instrument(sentence: Sentence, first: int, last: int) -> NamedInstrument | None:
    """Return the first instrument named in ``tokens[first:last]``; ``None`` where none is."""
    if first >= last or first >= len(sentence.tokens):
        return None
    start = sentence.tokens[first].start - sentence.start
    end = sentence.tokens[min(last, len(sentence.tokens)) - 1].end - sentence.start
    held = [one for one in _list_places(sentence) if start <= one.start and one.end <= end]
    if not held:
        return None
    place = min(held, key=lambda one: one.start)
    return NamedInstrument(
        place.noun.instrument, place.noun.bars, *locate_tokens(sentence, place.start, place.end)
    )


def locate_tokens(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the tokens, at least one, that stand between two offsets within the sentence."""
    first = sentence.find_token(sentence.start + start)
    return first, max(first + 1, sentence.find_token(sentence.start + end))


@lru_cache(maxsize=256)
def _list_places(sentence: Sentence) -> tuple[_Place, ...]:
    return tuple(
        _Place(match.start(), match.end(), noun)
        for noun in load_nouns()
        if noun.is_near(sentence.low)
        for match in noun.pattern.finditer(sentence.low)
    )
