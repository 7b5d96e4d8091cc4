"""Whether two texts say the same: by their words, never across a contradiction.

Owns the likeness of words. Pure and symmetric.
"""

from functools import cache, lru_cache

from schemas.parties import iterate_mentions
from service.checking.numbers import scan_text
from service.checking.wording import list_meanings
from service.checking.words import cut_root, read_words
from service.compare.contradictions import find_contradiction, group_numbers
from service.compare.thresholds import NAME_LIKENESS, TEXT_LIKENESS
from service.compare.verdicts import RIGHT, Verdict

_ACRONYM = 2
"""Letters of a word that counts only in capitals: "AI", "EV"."""
_IDEOGRAPHS = 0x2E80
"""First code point of scripts whose words are not parted by blanks: each character counts."""
_ALIKE = """
car auto automobile vehicle
drug pharmaceutical medicine
ship vessel
tyre tire
soybean soya
plane aircraft airplane
equipment machinery tool
promise pledge commit commitment
"""
"""Words that stand for one another where two readings are compared; one group a line."""
_GENERIC = """
deal agreement arrangement truce pact accord consensus goods good product products import imports
export exports item items merchandise shipment shipments
"""
"""Words that say nothing of which deal or which goods are meant."""


@lru_cache(maxsize=16384)
def judge_statement(expected: str, found: str) -> Verdict:
    """Judge what an item says in one phrase; another number or the opposite is critical."""
    if expected == found:
        return RIGHT
    contradiction = find_contradiction(expected, found)
    if contradiction is not None:
        return Verdict(0, note=contradiction, is_contradiction=True)
    likeness = measure_likeness(expected, found)
    if likeness >= TEXT_LIKENESS:
        return Verdict(1, is_exact=False)
    return Verdict(0, note=f"other words: alike to {likeness:.2f}, {TEXT_LIKENESS:g} are needed")


@lru_cache(maxsize=16384)
def judge_passage(expected: str, found: str) -> Verdict:
    """Judge a text that may tell several facts: outcome, condition, doubt, headline, gist.

    What contradicts is wrong, but not critical: both may be true of one article.
    """
    return judge_statement(expected, found)._replace(is_contradiction=False)


@lru_cache(maxsize=16384)
def judge_short_text(expected: str, found: str) -> Verdict:
    """Judge a short field in the article's words, goods or an agreement.

    Words that say nothing of which ("deal", "goods") count only where there are no others; two
    that name different parties are different. Nothing in common is another thing: critical
    where the field is.
    """
    if expected == found:
        return RIGHT
    if find_contradiction(expected, found) is not None:
        return Verdict(0)
    meanings, others = _list_specific(expected), _list_specific(found)
    if not meanings and not others:
        return Verdict(1, is_exact=False)
    parties, other_parties = _list_parties(expected), _list_parties(found)
    is_other_party = bool(parties - other_parties and other_parties - parties)
    likeness = _measure_dice(meanings, others)
    if likeness >= NAME_LIKENESS and not is_other_party:
        return Verdict(1, is_exact=False)
    return Verdict(0, is_critical=bool(meanings and others) and (is_other_party or not likeness))


@lru_cache(maxsize=16384)
def measure_likeness(one: str, other: str) -> float:
    """Return how much of what both texts speak of is shared, 0 to 1.

    Twice the shared meanings by the sum of both (Dice, 1945). A meaning is the root of a content
    word, one for all that trade news uses alike ("duty", "tariff"); a state by whatever name or
    adjective; a number, however it is written. Texts without any are compared as they are, but
    for case.
    """
    meanings, others = _list_all_meanings(one), _list_all_meanings(other)
    if not meanings and not others:
        return float(read_words(one).run == read_words(other).run)
    return _measure_dice(meanings, others)


def _measure_dice(one: frozenset[object], other: frozenset[object]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(maxsize=16384)
def _list_all_meanings(text: str) -> frozenset[object]:
    rest = list(text)
    for mention in (*iterate_mentions(text), *scan_text(text)):
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    words = "".join(rest)
    numbers = group_numbers(text)
    return frozenset(
        (
            *(_map_alike().get(root, root) for root in list_meanings(words)),
            *(word for word in read_words(words).capitals if len(word) == _ACRONYM),
            *(char for char in words if ord(char) >= _IDEOGRAPHS and char.isalpha()),
            *((kind, value) for kind in numbers for value in numbers[kind]),
            *_list_parties(text),
        )
    )


@lru_cache(maxsize=16384)
def _list_parties(text: str) -> frozenset[object]:
    return frozenset(("party", mention.entry.name) for mention in iterate_mentions(text))


def _list_specific(text: str) -> frozenset[object]:
    return _list_all_meanings(text) - _list_generic()


@cache
def _list_generic() -> frozenset[str]:
    return frozenset(root for word in _GENERIC.split() for root in list_meanings(word))


@cache
def _map_alike() -> dict[str, str]:
    groups = (line.split() for line in _ALIKE.strip().splitlines())
    return {cut_root(word): cut_root(group[0]) for group in groups for word in group}
