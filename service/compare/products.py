"""The scorer of products: chips, chip families, tools.

Owns which words of a product's name say which it is. Pure and symmetric.
"""

from functools import lru_cache

from schemas.parties import is_known_firm
from service.checking.words import read_words
from service.compare.thresholds import FAMILY_CREDIT
from service.compare.verdicts import RIGHT, WRONG, Verdict

_GENERIC = frozenset(
    "ai artificial intelligence chip gpu accelerator processor series advanced semiconductor"
    " certain".split()
)
"""Words that any chip bears."""
_ALIKE = {"equipment": "tool", "machinery": "tool", "machine": "tool"}


@lru_cache(maxsize=16384)
def judge_product(expected: str, found: str) -> Verdict:
    """Judge a product by the words that say which it is: "H20" is "Nvidia's H20 AI chips".

    A family for its member, or the reverse, is half right; H200 for H20 is wrong.
    """
    if expected == found:
        return RIGHT
    words, others = _list_specific(expected), _list_specific(found)
    if words == others:
        return Verdict(1, is_exact=False)
    if not words or not others:
        return WRONG._replace(is_critical=False)
    if words < others or others < words:
        return Verdict(FAMILY_CREDIT, note="only the family is right", is_critical=False)
    return WRONG


def _list_specific(name: str) -> frozenset[str]:
    words = read_words(name.replace("-", "")).folded
    specific = {_ALIKE.get(word, word) for word in words} - _GENERIC
    # A maker's name does not say which chip.
    return frozenset(word for word in specific if not is_known_firm(word))
