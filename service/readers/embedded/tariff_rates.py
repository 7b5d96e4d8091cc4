"""Percentages that belong together: a level, or a move from one to another.

Owns which percentages of a sentence are one rate. Knows not whether it is the rate of a duty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from service.checking.rates import RateMention, RateMove
from service.readers.embedded.acts import find_acts
from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_words import DUTY_NOUNS

_BRACKETED = re.compile(
    r"(?P<firm>[A-Z][\w.&’'-]*(?:\s[A-Z][\w.&’'-]*){0,3})"
    r"\s\((?P<rate>\d[\d.]*\s?(?:%|per\scent|percent))\)"
)
_STEP = re.compile(
    r"\b(?:now|currently|presently|at\spresent|until\snow)\b[^.;]{0,60}?\d[^.;]{0,40}?"
    r"\b(?:will|would|is\sto|are\sto|to)\s(?:only\s)?"
    r"(?:face|pay|be|bear|attract|fall|drop|rise|go|become)\b"
)
_MAX_OWN_WORDS = 4
"""Most tokens from a verb to the percentage that it moves."""


class Rates(NamedTuple):
    """A level or a move in percent; its percentages stand in ``tokens[first:last]``."""

    first: int
    last: int
    rate: float | None = None
    """The level, or that after the move."""
    previous: float | None = None

    @property
    def is_given(self) -> bool:
        """Say whether there is a percentage; else the place is that of the duty's noun."""
        return self.rate is not None or self.previous is not None


class BracketedRate(NamedTuple):
    """A rate in brackets behind a firm: "Baosteel (13.1%)"; offsets within the sentence."""

    firm: str
    start: int
    rate_start: int
    end: int


def list_bracketed(sentence: Sentence) -> list[BracketedRate]:
    """Return the rates in brackets behind firms, in order."""
    return [
        BracketedRate(match["firm"], match.start(), match.start("rate"), match.end())
        for match in _BRACKETED.finditer(sentence.text)
    ]


def list_rates(sentence: Sentence) -> Iterator[Rates]:
    """Yield the moves between percentages, then the levels that stand alone."""
    levels = {rate.start: rate for rate in sentence.rates.rates if rate.doubt is None}
    step = _find_step(sentence, sorted(levels.items()))
    if step is not None:
        yield step
    if step is not None or not levels:
        return
    moves = [move for move in sentence.rates.moves if levels.keys() >= set(move.starts)]
    yield from (_place_move(sentence, levels, move) for move in moves)
    moved = {start for move in moves for start in move.starts}
    pairs = list(_pair_own_moves(sentence, [levels[at] for at in sorted(levels.keys() - moved)]))
    yield from (_make_move(sentence, before, after) for before, after in pairs)
    moved.update(level.start for pair in pairs for level in pair)
    yield from (_place_level(sentence, levels[start]) for start in levels if start not in moved)


def _find_step(sentence: Sentence, levels: Sequence[tuple[int, RateMention]]) -> Rates | None:
    """Return the move of "now pay 10 per cent and will pay 25 per cent"."""
    if len(levels) != 2:
        return None
    step = _STEP.search(sentence.low)
    (earlier, before), (later, after) = levels
    is_step = step is not None and earlier < step.end() <= later
    return _make_move(sentence, before, after) if is_step else None


def _make_move(sentence: Sentence, before: RateMention, after: RateMention) -> Rates:
    first, last = _find_token(sentence, before.start), _find_token(sentence, after.end)
    return Rates(first, last, float(after.value), float(before.value))


def _place_move(sentence: Sentence, levels: Mapping[int, RateMention], move: RateMove) -> Rates:
    before = None if move.derived else move.before
    return Rates(
        min(_find_token(sentence, start) for start in move.starts),
        max(_find_token(sentence, levels[start].end) for start in move.starts),
        _read_value(move.after),
        _read_value(before),
    )


def _place_level(sentence: Sentence, level: RateMention) -> Rates:
    first, last = _find_token(sentence, level.start), _find_token(sentence, level.end)
    value = float(level.value)
    if sentence.low[: level.start].endswith(("from ", "from its ", "from the ")):
        return Rates(first, last, previous=value)
    return Rates(first, last, rate=value)


def _pair_own_moves(
    sentence: Sentence, levels: Sequence[RateMention]
) -> Iterator[tuple[RateMention, RateMention]]:
    """Yield the two levels of "drop its 100 per cent tariff on cars to 6.1 per cent"."""
    words = sentence.words
    for before, after in pairwise(levels):
        last, second = _find_token(sentence, before.end), _find_token(sentence, after.start)
        is_attribute = not DUTY_NOUNS.isdisjoint(words[last : last + 3])
        leads = words[second - 1] == "to" and {"and", "while", ";"}.isdisjoint(words[last:second])
        if is_attribute and leads and _is_moved(sentence, _find_token(sentence, before.start)):
            yield before, after


def _is_moved(sentence: Sentence, at: int) -> bool:
    """Say whether a verb shortly before the token raises or lowers something."""
    return any(
        act.is_of("increase", "reduce") and 0 <= at - act.last < _MAX_OWN_WORDS
        for act in find_acts(sentence)
    )


def _find_token(sentence: Sentence, offset: int) -> int:
    return sentence.find_token(sentence.start + offset)


def _read_value(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
