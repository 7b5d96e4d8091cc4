"""Whether two texts say the same: by their words, never by their numbers.

Owns the likeness of words and what rules it out. A text with another number, a denial or the
opposite movement contradicts, however many words it shares. Pure and symmetric.
"""

from functools import lru_cache

from service.checking.negation import find_dropped_negation
from service.checking.numbers import find_stray_numbers
from service.checking.wording import find_reversal, list_meanings
from service.checking.words import read_words
from service.compare.thresholds import NAME_LIKENESS, TEXT_LIKENESS
from service.compare.verdicts import RIGHT, Verdict


@lru_cache(maxsize=16384)
def judge_text(expected: str, found: str) -> Verdict:
    """Judge a sentence or phrase in free words: statement, outcome, condition, headline."""
    return _judge(expected, found, TEXT_LIKENESS)


@lru_cache(maxsize=16384)
def judge_short_text(expected: str, found: str) -> Verdict:
    """Judge a short field in the article's words: goods, an agreement."""
    return _judge(expected, found, NAME_LIKENESS)


def _judge(expected: str, found: str, least: float) -> Verdict:
    if expected == found:
        return RIGHT
    contradiction = find_contradiction(expected, found)
    if contradiction is not None:
        return Verdict(0, note=contradiction, is_contradiction=True)
    likeness = measure_likeness(expected, found)
    if likeness >= least:
        return Verdict(1, is_exact=False)
    return Verdict(0, note=f"other words: alike to {likeness:.2f}, {least:g} are needed")


@lru_cache(maxsize=16384)
def measure_likeness(one: str, other: str) -> float:
    """Return how many of the content words of both texts are shared, 0 to 1.

    Twice the shared ones by the sum of both (Dice, 1945). Words are compared by their roots,
    those that trade news uses alike ("duty", "tariff") are one; texts without a content word
    are compared as they are, but for case.
    """
    words, others = list_meanings(one), list_meanings(other)
    if not words and not others:
        return float(read_words(one).run == read_words(other).run)
    return 2 * len(words & others) / (len(words) + len(others))


def find_contradiction(one: str, other: str) -> str | None:
    """Return what rules out that both are true of one fact, or ``None``.

    Both must have a number that the other lacks: a text may leave one out. Movements and
    denials are those that a summary's own texts are checked by.
    """
    ours, theirs = find_stray_numbers(one, [other]), find_stray_numbers(other, [one])
    if ours and theirs:
        return f"the numbers differ: {', '.join(ours)} and {', '.join(theirs)}"
    if find_reversal(one, [other]) is not None:
        return "one says the opposite of the other"
    if find_dropped_negation(one, (other,)) or find_dropped_negation(other, (one,)):
        return "one denies what the other says"
    return None
