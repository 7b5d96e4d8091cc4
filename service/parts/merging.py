"""The items of all parts as those of one article: each fact once, in the order of the text.

Owns which of two readings of a fact is kept, and that its quotes are those of both. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from schemas.draft import MAX_QUOTES
from schemas.evidence import Evidence
from service.checking.examination import ExaminedItem, mend_item
from service.parts.sameness import Identity, identify_item, measure_sameness


class _Fact(NamedTuple):
    """An item, and what makes it the fact that it is."""

    item: ExaminedItem
    identity: Identity


def merge_items(parts: Iterable[Sequence[ExaminedItem]]) -> tuple[ExaminedItem, ...]:
    """Return the items of ``parts``, one part's after the other's, each fact once.

    The offsets of their evidence are those in the whole text. Items of one part are never merged:
    whoever read it has told them apart. What was dropped comes last, as it was.
    """
    facts: list[_Fact] = []
    dropped: list[ExaminedItem] = []
    for items in parts:
        dropped += (item for item in items if not item.is_kept)
        found = [_Fact(item, identify_item(item)) for item in items if item.is_kept]
        facts = _add_facts(facts, found)
    facts.sort(key=lambda fact: min(one.start for one in fact.item.evidence))
    return (*(fact.item for fact in facts), *dropped)


def _add_facts(known: Sequence[_Fact], found: Sequence[_Fact]) -> list[_Fact]:
    """Return the facts of both; the surest pairs are taken for one fact first."""
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _sameness, at, to in sorted(_iterate_pairs(known, found), reverse=True):
        if at not in taken and to not in partners:
            taken.add(at)
            partners[to] = at
    facts = list(known)
    for to, at in partners.items():
        facts[at] = _unite(known[at], found[to])
    return [*facts, *(fact for to, fact in enumerate(found) if to not in partners)]


def _iterate_pairs(
    known: Sequence[_Fact], found: Sequence[_Fact]
) -> Iterator[tuple[float, int, int]]:
    for to, new in enumerate(found):
        for at, old in enumerate(known):
            if old.item.list_name == new.item.list_name:
                sameness = measure_sameness(old.identity, new.identity)
                if sameness:
                    yield sameness, at, to


def _unite(one: _Fact, other: _Fact) -> _Fact:
    """Return the better told of two, with the quotes of both; the earlier where they are alike."""
    better, worse = sorted((one.item, other.item), key=_rank)
    evidence = list(better.evidence)
    evidence += (new for new in worse.evidence if not any(_overlap(new, old) for old in evidence))
    kept = tuple(evidence[:MAX_QUOTES])
    draft = better.draft.model_copy(update={"evidence": [quote.quote for quote in kept]})
    item = better._replace(draft=draft, evidence=kept)
    return _Fact(item, identify_item(item))


def _rank(item: ExaminedItem) -> tuple[int, int]:
    """Return what orders two readings of a fact: fewer faults first, then more that is said."""
    fields = mend_item(item).model_dump(exclude={"evidence"})
    return len(item.findings), -sum(1 for value in fields.values() if value not in (None, []))


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end
