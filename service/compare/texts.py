"""Whether two texts say the same: by their words, never by their numbers.

Owns the likeness of words and what rules it out. A text with another number, a denial or the
opposite movement contradicts, however many words it shares. Pure and symmetric.
"""

from functools import lru_cache

from schemas.parties import iterate_mentions
from service.checking.negation import find_dropped_negation
from service.checking.numbers import list_claims, scan_text
from service.checking.wording import find_reversal, list_meanings
from service.checking.words import read_words
from service.compare.thresholds import NAME_LIKENESS, TEXT_LIKENESS
from service.compare.verdicts import RIGHT, Verdict

_ACRONYM = 2
"""Letters of a word that counts only in capitals: "AI", "EV"."""
_IDEOGRAPHS = 0x2E80
"""First code point of scripts whose words are not parted by blanks: each character counts."""


@lru_cache(maxsize=16384)
def judge_statement(expected: str, found: str) -> Verdict:
    """Judge what an item says in one phrase; another number or the opposite is critical."""
    return _judge(expected, found, TEXT_LIKENESS)


@lru_cache(maxsize=16384)
def judge_passage(expected: str, found: str) -> Verdict:
    """Judge a text that may tell several facts: outcome, condition, doubt, headline, gist.

    What contradicts is wrong, but not critical: both may be true of one article.
    """
    return _judge(expected, found, TEXT_LIKENESS)._replace(is_contradiction=False)


@lru_cache(maxsize=16384)
def judge_short_text(expected: str, found: str) -> Verdict:
    """Judge a short field in the article's words: goods, an agreement."""
    return _judge(expected, found, NAME_LIKENESS)._replace(is_contradiction=False)


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
    """Return how much of what both texts speak of is shared, 0 to 1.

    Twice the shared meanings by the sum of both (Dice, 1945). A meaning is the root of a content
    word, one for all that trade news uses alike ("duty", "tariff"); a state by whatever name or
    adjective; a number, however it is written. Texts without any are compared as they are, but
    for case.
    """
    meanings, others = _list_meanings(one), _list_meanings(other)
    if not meanings and not others:
        return float(read_words(one).run == read_words(other).run)
    return 2 * len(meanings & others) / (len(meanings) + len(others))


@lru_cache(maxsize=16384)
def _list_meanings(text: str) -> frozenset[object]:
    parties = iterate_mentions(text)
    numbers = scan_text(text)
    rest = list(text)
    for mention in (*parties, *numbers):
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    words = "".join(rest)
    return frozenset(
        (
            *list_meanings(words),
            *(word for word in read_words(words).capitals if len(word) == _ACRONYM),
            *(char for char in words if ord(char) >= _IDEOGRAPHS and char.isalpha()),
            *((mention.entry.name, "party") for mention in parties),
            *list_claims(text),
        )
    )


def find_contradiction(one: str, other: str) -> str | None:
    """Return what rules out that both are true of one fact, or ``None``.

    Both must have a number that the other lacks: a text may leave one out. Movements and
    denials are those that a summary's own texts are checked by.
    """
    ours, theirs = list_claims(one), list_claims(other)
    alone = [written for claim, written in ours.items() if claim not in theirs]
    others = [written for claim, written in theirs.items() if claim not in ours]
    if alone and others:
        return f"the numbers differ: {', '.join(alone)} and {', '.join(others)}"
    if find_reversal(one, [other]) is not None:
        return "one says the opposite of the other"
    if find_dropped_negation(one, (other,)) or find_dropped_negation(other, (one,)):
        return "one denies what the other says"
    return None
