"""Scorers of names: parties, people, firms, products, places, speakers.

Owns when two names name one. States, their bodies and firms go by the table of party names;
of other names one may be the other's beginning or end. Pure and symmetric.
"""

from functools import lru_cache

from schemas.base import Party
from schemas.parties import find_party, is_same_party, list_firm_names
from service.checking.names import strip_titles
from service.checking.words import read_words
from service.compare.thresholds import SAME_COUNTRY_CREDIT
from service.compare.verdicts import RIGHT, WRONG, Verdict


@lru_cache(maxsize=16384)
def judge_party(expected: Party, found: Party) -> Verdict:
    """Judge a party: the same name is right, the same country alone half right.

    A country that contradicts the golden one makes the party a wrong one, whatever its name.
    """
    if expected == found:
        return RIGHT
    has_countries = bool(expected.country and found.country)
    if is_same_party(expected, found) or _is_same_other(expected.name, found.name):
        if has_countries and expected.country != found.country:
            return Verdict(0, note="another country")
        return Verdict(1, is_exact=False)
    if has_countries and expected.country == found.country:
        note = "only the country is right"
        return Verdict(SAME_COUNTRY_CREDIT, note=note, is_critical=False)
    return WRONG


@lru_cache(maxsize=16384)
def judge_name(expected: str, found: str) -> Verdict:
    """Judge a name without a country: a firm, a product, a speaker."""
    if expected == found:
        return RIGHT
    entry, other = find_party(expected), find_party(found)
    if entry is not None or other is not None:
        return Verdict(1, is_exact=False) if entry is other else WRONG
    is_firm = list_firm_names(expected)[0] == list_firm_names(found)[0]
    if is_firm or _is_same_other(expected, found):
        return Verdict(1, is_exact=False)
    return WRONG


@lru_cache(maxsize=16384)
def judge_place(expected: str, found: str) -> Verdict:
    """Judge a place, which a capital is here: "Geneva" is "Geneva, Switzerland"."""
    if expected == found:
        return RIGHT
    return Verdict(1, is_exact=False) if _is_end(expected, found) else WRONG


def _is_same_other(one: str, other: str) -> bool:
    """Say whether two names that the table lacks are one.

    "Bessent" is "Scott Bessent", and so is "Treasury Secretary Bessent".
    """
    if find_party(one) is not None or find_party(other) is not None:
        return False
    return _is_end(strip_titles(one), strip_titles(other))


def _is_end(one: str, other: str) -> bool:
    """Say whether one name begins or ends the other, whole words only."""
    run, longer = sorted((read_words(one).run, read_words(other).run), key=len)
    return bool(run.strip()) and (longer.startswith(run) or longer.endswith(run))
