"""The items of all parts as those of one article: each fact once, in the order of the text.

Owns which of two readings of a fact is kept, and that its quotes are those of both. Pure.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from schemas.draft import MAX_QUOTES
from schemas.evidence import Evidence
from service.checking.examination import ExaminedItem, mend_item
from service.parts.sameness import Identity, identify_item, list_traces, measure_sameness


class _Fact(NamedTuple):
    """An item, and what makes it the fact that it is."""

    item: ExaminedItem
    identity: Identity


def merge_items(parts: Iterable[Sequence[ExaminedItem]]) -> tuple[ExaminedItem, ...]:
    """Return the items of ``parts``, one part's after the other's, each fact once.

    The offsets of their evidence are those in the whole text. Items of one part are never merged:
    whoever read it has told them apart. What was dropped comes last, as it was. Cost is linear.
    """
    shelf = _Shelf()
    dropped: list[ExaminedItem] = []
    for items in parts:
        dropped += (item for item in items if not item.is_kept)
        shelf.add([_Fact(item, identify_item(item)) for item in items if item.is_kept])
    kept = sorted(
        (fact.item for fact in shelf.facts),
        key=lambda item: min(quote.start for quote in item.evidence),
    )
    return (*kept, *dropped)


class _Shelf:
    """The facts that are known, and by what they are found."""

    def __init__(self) -> None:
        self.facts: list[_Fact] = []
        self._traces: dict[Hashable, set[int]] = {}

    def add(self, found: Sequence[_Fact]) -> None:
        """Add the facts of one part; the surest pairs are taken for one fact first."""
        pairs = sorted(self._iterate_pairs(found))
        partners: dict[int, int] = {}
        taken: set[int] = set()
        for _doubt, at, to in pairs:
            if at not in taken and to not in partners:
                taken.add(at)
                partners[to] = at
        for to, fact in enumerate(found):
            self._put(fact, partners.get(to))

    def _iterate_pairs(self, found: Sequence[_Fact]) -> Iterator[tuple[float, int, int]]:
        """Yield how unsure it is that a known fact and a found one are one, and which two."""
        for to, fact in enumerate(found):
            for at in self._find_candidates(fact):
                sameness = measure_sameness(self.facts[at].identity, fact.identity)
                if sameness:
                    yield 1 - sameness, at, to

    def _find_candidates(self, fact: _Fact) -> set[int]:
        traces = _list_places(fact)
        return set[int]().union(*(self._traces.get(trace, ()) for trace in traces))

    def _put(self, fact: _Fact, at: int | None) -> None:
        if at is None:
            at = len(self.facts)
            self.facts.append(fact)
        else:
            fact = self.facts[at] = _unite(self.facts[at], fact)
        for trace in _list_places(fact):
            self._traces.setdefault(trace, set()).add(at)


def _list_places(fact: _Fact) -> list[Hashable]:
    return [(fact.item.list_name, trace) for trace in list_traces(fact.identity)]


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
