"""Scorers of names: parties, people, firms, speakers, places.

Owns when two names name one. States, their bodies and firms go by the table of party names;
of other names one may be the other's beginning or end. Pure and symmetric.
"""

import unicodedata
from functools import lru_cache

from schemas.base import Party
from schemas.parties import (
    PartyEntry,
    find_body_names,
    find_party,
    find_party_by_country,
    is_same_party,
    list_firm_names,
    resolve_party,
)
from service.checking.names import strip_titles
from service.checking.words import read_words
from service.compare.thresholds import SAME_COUNTRY_CREDIT
from service.compare.verdicts import RIGHT, WRONG, Verdict

_RENAMED_CODES = {"UK": "GB", "EL": "GR"}
"""Codes in use beside those of ISO 3166-1."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
"""What makes another person of a name."""
_MEMBERS = frozenset(
    "countries country members nations ministers leaders officials government administration side"
    " authorities".split()
)
"""What may stand behind a state's or group's name and means it all the same."""


@lru_cache(maxsize=16384)
def judge_party(expected: Party, found: Party) -> Verdict:
    """Judge a party: the same name is right, the same country alone half right.

    Half right is somebody for the state, or the state for somebody; somebody else of the same
    state is half right too, but critical. A country that contradicts the golden one makes the
    party a wrong one whatever its name, and so does a name that is another state's.
    """
    if expected == found:
        return RIGHT
    code, other_code = _read_code(expected), _read_code(found)
    entry, other_entry = _resolve(expected), _resolve(found)
    is_same = entry is other_entry if entry and other_entry else _is_same_name(expected, found)
    if code and other_code and code != other_code:
        return Verdict(0, note="another country") if is_same else WRONG
    if is_same:
        return Verdict(1, is_exact=False)
    if not code or code != other_code or (entry and other_entry):
        return WRONG
    state = find_party_by_country(code)
    note = "only the country is right"
    is_critical = state is None or state not in (entry, other_entry)
    return Verdict(SAME_COUNTRY_CREDIT, note=note, is_critical=is_critical)


def _read_code(party: Party) -> str | None:
    return _RENAMED_CODES.get(party.country or "", party.country)


def _resolve(party: Party) -> PartyEntry | None:
    entry = resolve_party(party)
    words = party.name.split()
    while entry is None and len(words) > 1 and words[-1].casefold() in _MEMBERS:
        words.pop()
        entry = find_party(" ".join(words))
    return entry


def _is_same_name(one: Party, other: Party) -> bool:
    return is_same_party(one, other) or _is_same_other(one.name, other.name)


@lru_cache(maxsize=16384)
def judge_name(expected: str, found: str) -> Verdict:
    """Judge a name without a country: a firm, a speaker."""
    if expected == found:
        return RIGHT
    entry, other = find_party(expected), find_party(found)
    if entry is not None or other is not None:
        is_same = entry is other and not _are_two_bodies(expected, found)
        return Verdict(1, is_exact=False) if is_same else WRONG
    is_firm = list_firm_names(expected)[0] == list_firm_names(found)[0]
    if is_firm or _is_same_other(expected, found):
        return Verdict(1, is_exact=False)
    return WRONG


def _are_two_bodies(one: str, other: str) -> bool:
    """Say whether both name a body of their state, and not the same one."""
    bodies, others = (find_body_names(Party(name=name, country=None)) for name in (one, other))
    return bool(bodies and others) and not {*bodies} & {*others}


@lru_cache(maxsize=16384)
def judge_place(expected: str, found: str) -> Verdict:
    """Judge a place, which a capital is here: "Geneva" is "Geneva, Switzerland"."""
    if expected == found:
        return RIGHT
    run, longer = _sort_runs(expected, found)
    is_same = bool(run.strip()) and longer.startswith(run)
    entry = find_party(expected)
    is_state = entry is not None and entry is find_party(found)
    is_seat = entry is not None and {expected, found} & {*entry.metonyms}
    return Verdict(1, is_exact=False) if is_same or (is_state and not is_seat) else WRONG


def _is_same_other(one: str, other: str) -> bool:
    """Say whether two names that the table lacks are one.

    "Bessent" is "Scott Bessent", and so is "Treasury Secretary Bessent"; "Lifeng He" is "He
    Lifeng". "Donald Trump Jr." is another.
    """
    if not one.strip() or not other.strip():
        return False
    if find_party(one) is not None or find_party(other) is not None:
        return False
    run, longer = _sort_runs(strip_titles(one), strip_titles(other))
    words, more = run.split(), longer.split()
    if not words or {*more} - {*words} & _SUFFIXES:
        return False
    return longer.startswith(run) or longer.endswith(run) or sorted(words) == sorted(more)


def _sort_runs(one: str, other: str) -> tuple[str, str]:
    """Return both as runs of folded words without accents, the shorter first."""
    first, second = sorted((read_words(_strip_accents(name)).run for name in (one, other)), key=len)
    return first, second


def _strip_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
