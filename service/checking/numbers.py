"""The numbers of a text, and those of a sentence that no source carries.

Owns the scan as a whole and its memory, and the comparison of sentence and sources. Must not
know items, fields or what a rate is. Pure; never raises on any text; the cost is linear in the
length. Where English is undecided ("2,5", "3M"), no number is found.
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from service.checking import number_patterns as patterns
from service.checking import number_words as words
from service.checking.number_links import link_mentions
from service.checking.number_mentions import Mention, NameMention, NumberMention, Page
from service.checking.number_readers import iterate_mentions

__all__ = [
    "NameMention",
    "NumberMention",
    "find_numbers",
    "find_stray_numbers",
    "list_claims",
    "scan_text",
]

MAX_CACHED_CHARS = 4_000
"""Longest text that is remembered among the many short ones."""


def find_numbers(text: str) -> list[NumberMention]:
    """Return every number that ``text`` writes, in order of their place.

    Digits, numerals, fractions, multiples, ordinals, "duty-free" (0 percent) and bare years are
    found; dates, clock times, names with digits ("H200") and vague amounts ("hundreds") are
    not. Of "10 to 15 percent" and "25 and 10 percent" both are percents. Never raises.
    """
    return [mention for mention in scan_text(text) if isinstance(mention, NumberMention)]


def scan_text(text: str) -> tuple[Mention, ...]:
    """Return the numbers of ``text``, and the tokens with digits that are none, in order.

    Remembered for the texts that were asked for last; the longer ones apart, as they weigh more.
    """
    return _scan_short(text) if len(text) <= MAX_CACHED_CHARS else _scan_long(text)


@lru_cache(maxsize=1024)
def _scan_short(text: str) -> tuple[Mention, ...]:
    return _scan(text)


@lru_cache(maxsize=8)
def _scan_long(text: str) -> tuple[Mention, ...]:
    return _scan(text)


def _scan(text: str) -> tuple[Mention, ...]:
    raw = words.narrow_text(text)
    page = Page(raw, raw.lower())
    return link_mentions(page.low, list(iterate_mentions(page)))


_CLAIMS_ALONE = 4
"""From here on a spelled number is a claim by itself; "two sides" and "first" are none."""
_NO_RANKS = frozenset({"quarter", "half", "year", "month", "week", "day", "time"})
_Key = tuple[str, Fraction, str]
"""Kind, value and currency: what must be equal for one number to carry another."""


class _Index(NamedTuple):
    """What one source carries: how each number is used there, and the names."""

    uses: dict[_Key, frozenset[tuple[str, str]]]
    """To unit and motion of each place."""
    names: frozenset[str]


def find_stray_numbers(free_text: str, sources: Sequence[str]) -> list[str]:
    """Return the numbers of ``free_text`` that none of ``sources`` carries, as written.

    Carried is what a source writes with the same value, kind and currency: "12 million" by
    "12,000,000", but not 25 by "25%". Fractions and percents are one ("a quarter", "25%"). Two
    measures must agree too ("metric ton", "ton"), and "to 145%" is not carried by "by 145%".
    Dates and bare years are checked elsewhere; spelled numbers and ranks below four count only
    before a measure ("two-year"). A name with digits ("H200") must stand in a source as the
    same token. In order, without repeats; never raises.
    """
    claims = list_claims(free_text)
    if not claims:
        return []
    indexes = [_index_text(source) for source in sources]
    stray = (
        mention for mention in claims if not any(_carries(index, mention) for index in indexes)
    )
    return list(dict.fromkeys(_cut_claim(free_text, mention) for mention in stray))


def list_claims(text: str) -> list[Mention]:
    """Return what ``text`` claims with numbers, and its names with digits ("H200"), in order.

    Dates and bare years are left out, and so are spelled numbers and ranks below four that
    measure nothing.
    """
    return [mention for mention in scan_text(text) if not _is_no_claim(mention)]


def _index_text(text: str) -> _Index:
    return _index_short(text) if len(text) <= MAX_CACHED_CHARS else _index_long(text)


@lru_cache(maxsize=1024)
def _index_short(text: str) -> _Index:
    return _build_index(text)


@lru_cache(maxsize=8)
def _index_long(text: str) -> _Index:
    return _build_index(text)


def _build_index(text: str) -> _Index:
    uses: defaultdict[_Key, set[tuple[str, str]]] = defaultdict(set)
    mentions = scan_text(text)
    for mention in mentions:
        if isinstance(mention, NumberMention):
            uses[_make_key(mention)].add((mention.unit, mention.motion))
    names = frozenset(mention.key for mention in mentions if isinstance(mention, NameMention))
    return _Index({key: frozenset(value) for key, value in uses.items()}, names)


def _make_key(mention: NumberMention) -> _Key:
    """Return what is compared: parts of a hundred as percents, "halved" as the part it leaves."""
    if mention.kind == "fraction" or (mention.kind == "multiple" and mention.value < 1):
        return "percent", mention.value * 100, ""
    return mention.kind, mention.value, mention.unit if mention.kind == "money" else ""


def _carries(index: _Index, mention: Mention) -> bool:
    if isinstance(mention, NameMention):
        return mention.key in index.names
    uses = index.uses.get(_make_key(mention), frozenset())
    return any(_fits(mention, unit, motion) for unit, motion in uses)


def _fits(mention: NumberMention, unit: str, motion: str) -> bool:
    """Say whether a source's use of the same number, with its unit and motion, carries it."""
    if mention.motion and motion and mention.motion != motion:
        return False
    if mention.kind == "money" or mention.unit == unit:
        return True
    if mention.spelled and mention.value < _CLAIMS_ALONE:
        return False
    return mention.unit not in words.MEASURES or unit not in words.MEASURES


def _is_no_claim(mention: Mention) -> bool:
    if isinstance(mention, NameMention):
        return False
    if mention.kind == "year" or mention.tacit:
        return True
    if not mention.spelled or mention.value >= _CLAIMS_ALONE:
        return False
    if mention.kind == "ordinal":
        return mention.unit not in words.MEASURES or mention.unit in _NO_RANKS
    return mention.kind == "plain" and mention.unit not in words.MEASURES


def _cut_claim(text: str, mention: Mention) -> str:
    """Return what is written, with what tells its sense: "two-year", "to 145%"."""
    start, end = mention.start, mention.end
    low = words.fold_text(text)
    if isinstance(mention, NumberMention) and mention.kind == "plain" and mention.unit:
        unit = patterns.UNIT.match(low, end)
        end = unit.end() if unit else end
    if isinstance(mention, NumberMention) and mention.motion:
        motion = patterns.MOTION.search(low, max(0, start - 56), start)
        start = motion.start() if motion else start
    return text[start:end]
