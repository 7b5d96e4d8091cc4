"""What rules out that two phrases are true of one fact, however many words they share.

Owns the comparison of their numbers, directions and denials. A phrase may leave a detail out: only
what both speak of can contradict. Pure and symmetric.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache

from service.checking.negation import find_dropped_negation
from service.checking.number_mentions import Mention, NameMention, NumberMention
from service.checking.numbers import list_claims
from service.checking.words import TOKEN, cut_stem, fold_word

_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 360, "decade": 3600}
"""Lengths of time in days, so that twelve months are a year and ninety days three months."""
_SHARES = frozenset({"percent", "percentage_points", "fraction"})
_DIRECTIONS = """
impose levy introduce reinstate | remove lift scrap repeal abolish drop withdraw
increase raise hike double triple | reduce cut lower halve trim slash decrease
buy purchase | sell
allow permit approve authorize grant | ban bar block forbid prohibit deny reject refuse revoke
ease relax loosen | tighten strengthen
open | close
expand widen broaden | narrow shrink
add include | exempt exclude delist
resume restart restore | suspend halt pause
start begin continue | stop cease end
keep maintain | drop lift scrap end
support back | oppose
"""
"""Verbs and, behind the bar, those that say the opposite; one pair a line. Forms of one verb are
compared by their stem."""
_TURNERS = frozenset(
    map(cut_stem, "not never without cannot unless except instead reverse roll undo".split())
)
"""Words that turn a direction around; beside them opposites prove nothing."""
_NO = re.compile(
    r"\bno\b(?! (?:longer|later|more|less|fewer|earlier|sooner|doubt|matter|\d))", re.IGNORECASE
)


@lru_cache(maxsize=16384)
def find_contradiction(one: str, other: str) -> str | None:
    """Return what rules out that both are true of one fact, as half a sentence, or ``None``.

    Numbers contradict kind by kind: shares, lengths of time, money by currency, names with
    digits, all others; where both have one and the other has not that one. So do "by" and "to"
    before the same share. Of directions the first verb of each phrase decides.
    """
    return (
        _find_other_number(one, other)
        or _find_other_direction(one, other)
        or _find_denial(one, other)
    )


def _find_other_number(one: str, other: str) -> str | None:
    ours, theirs = group_numbers(one), group_numbers(other)
    for kind in ours:
        values, others = ours[kind], theirs.get(kind, {})
        alone = [written for value, written in values.items() if value not in others]
        alone_there = [written for value, written in others.items() if value not in values]
        if alone and alone_there:
            return f"the numbers differ: {', '.join(alone)} and {', '.join(alone_there)}"
    if _list_motions(one) & {(value, _TURNED[motion]) for value, motion in _list_motions(other)}:
        return "one says by how much, the other to what"
    return None


_TURNED = {"by": "to", "to": "by"}


@lru_cache(maxsize=16384)
def group_numbers(text: str) -> Mapping[str, Mapping[Fraction | str, str]]:
    """Return the numbers of ``text`` by kind: value to how it is written.

    Dates, years and small numbers that measure nothing are left out.
    """
    groups: dict[str, dict[Fraction | str, str]] = defaultdict(dict)
    for mention in list_claims(text):
        kind, value = _read_claim(mention)
        groups[kind][value] = text[mention.start : mention.end]
    return groups


def _read_claim(mention: Mention) -> tuple[str, Fraction | str]:
    if isinstance(mention, NameMention):
        return "name", mention.key.replace("-", "")
    if mention.unit in _DAYS and mention.kind == "plain":
        return "time", mention.value * _DAYS[mention.unit]
    if mention.kind in _SHARES:
        return "share", mention.value * 100 if mention.kind == "fraction" else mention.value
    kind = f"money {mention.unit}" if mention.kind == "money" else mention.kind
    return kind, mention.value


def _list_motions(text: str) -> set[tuple[Fraction, str]]:
    return {
        (mention.value, mention.motion)
        for mention in list_claims(text)
        if isinstance(mention, NumberMention) and mention.motion and mention.kind in _SHARES
    }


def _find_other_direction(one: str, other: str) -> str | None:
    stems, others = _list_stems(one), _list_stems(other)
    if _TURNERS & {*stems, *others}:
        return None
    first, second = _find_verb(stems), _find_verb(others)
    if any(
        (first in side and second in opposite) or (first in opposite and second in side)
        for side, opposite in _list_directions()
    ):
        return "one says the opposite of the other"
    return None


@lru_cache(maxsize=16384)
def _list_stems(text: str) -> tuple[str, ...]:
    return tuple(cut_stem(fold_word(word)) for word in TOKEN.findall(text))


def _find_verb(stems: tuple[str, ...]) -> str:
    return next((stem for stem in stems if stem in _list_verbs()), "")


@cache
def _list_directions() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(_iterate_directions())


def _iterate_directions() -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    for line in _DIRECTIONS.strip().splitlines():
        side, opposite = line.split("|")
        yield frozenset(map(cut_stem, side.split())), frozenset(map(cut_stem, opposite.split()))


@cache
def _list_verbs() -> frozenset[str]:
    return frozenset(stem for pair in _list_directions() for side in pair for stem in side)


def _find_denial(one: str, other: str) -> str | None:
    has_no = bool(_NO.search(one)), bool(_NO.search(other))
    dropped = any(find_dropped_negation(a, (b,)) for a, b in ((one, other), (other, one)))
    if has_no[0] is not has_no[1] or dropped:
        return "one denies what the other says"
    return None
