"""Scores: what is counted, and the ratios of the counts.

Owns how items and leaves become precision, recall and F1. Knows no scorer and no pairing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from schemas.base import LIST_NAMES, ListName
from schemas.comparison import (
    DocumentComparison,
    FieldAccuracy,
    ItemComparison,
    LeafComparison,
    ListScores,
    Outcome,
    Score,
    Scores,
)

_FOUND_OUTCOMES = frozenset({"right", "wrong", "invented"})
_EXPECTED_OUTCOMES = frozenset({"right", "wrong", "missing"})


class Tally(NamedTuple):
    """What a score is made of."""

    right: float
    found: int
    expected: int


def score_tally(tally: Tally, *, is_read: bool = True) -> Score:
    """Return the ratios of ``tally``; where nothing was read, F1 is 0 and not 1."""
    both = tally.found + tally.expected
    f1 = 2 * tally.right / both if both else 1.0
    return Score(
        right=tally.right,
        found=tally.found,
        expected=tally.expected,
        precision=tally.right / tally.found if tally.found else None,
        recall=tally.right / tally.expected if tally.expected else None,
        f1=f1 if is_read else 0.0,
    )


def tally_found(items: Iterable[ItemComparison]) -> Tally:
    """Count items that have a partner, whatever is wrong with them."""
    return _tally_items(items, frozenset({"right", "wrong"}))


def tally_items(items: Iterable[ItemComparison]) -> Tally:
    """Count items that have a partner and no critical error."""
    return _tally_items(items, frozenset({"right"}))


def _tally_items(items: Iterable[ItemComparison], good: frozenset[str]) -> Tally:
    outcomes = [item.outcome for item in items]
    return Tally(
        right=sum(outcome in good for outcome in outcomes),
        found=sum(outcome in _FOUND_OUTCOMES for outcome in outcomes),
        expected=sum(outcome in _EXPECTED_OUTCOMES for outcome in outcomes),
    )


def tally_leaves(leaves: Iterable[LeafComparison]) -> Tally:
    """Count values: those claimed, those expected, and the credit that they earn."""
    right, found, expected = 0.0, 0, 0
    for leaf in leaves:
        right += leaf.credit
        found += leaf.outcome in _FOUND_OUTCOMES
        expected += leaf.outcome in _EXPECTED_OUTCOMES
    return Tally(right, found, expected)


def list_counted(items: Iterable[ItemComparison]) -> list[LeafComparison]:
    """Return the leaves that count: those of optional items do not."""
    return [leaf for item in items if item.outcome != "optional" for leaf in item.leaves]


def score_document(
    items: Sequence[ItemComparison], texts: Sequence[LeafComparison], *, is_read: bool
) -> tuple[Scores, list[ListScores]]:
    """Return the scores of one document, over all and list by list."""
    lists = []
    for name in LIST_NAMES:
        own = [item for item in items if item.list == name]
        lists.append(ListScores(list=name, **_score(own, list_counted(own), is_read=is_read)))
    leaves = [*list_counted(items), *texts]
    return Scores(**_score(items, leaves, is_read=is_read)), lists


def _score(
    items: Sequence[ItemComparison], leaves: Sequence[LeafComparison], *, is_read: bool
) -> dict[str, Score]:
    return {
        "found": score_tally(tally_found(items), is_read=is_read),
        "items": score_tally(tally_items(items), is_read=is_read),
        "leaves": score_tally(tally_leaves(leaves), is_read=is_read),
    }


def add_scores(all_scores: Sequence[Scores]) -> dict[str, Score]:
    """Return the scores of several documents: their counts added up."""
    return {
        name: score_tally(_add_up([getattr(scores, name) for scores in all_scores]))
        for name in Scores.model_fields
    }


def _add_up(scores: Sequence[Score]) -> Tally:
    return Tally(
        right=sum(score.right for score in scores),
        found=sum(score.found for score in scores),
        expected=sum(score.expected for score in scores),
    )


def tabulate_fields(documents: Iterable[DocumentComparison]) -> list[FieldAccuracy]:
    """Return what became of each field over all items that have a partner, optional ones too."""
    counts = Counter(
        (item.list, leaf.field, leaf.outcome)
        for document in documents
        for item in document.items
        if item.expected_position is not None and item.found_position is not None
        for leaf in item.leaves
    )
    fields = dict.fromkeys((name, field) for name, field, _outcome in counts)
    return [
        _make_accuracy(name, field, counts)
        for name, field in sorted(fields, key=lambda key: LIST_NAMES.index(key[0]))
    ]


def _make_accuracy(
    name: ListName, field: str, counts: Mapping[tuple[ListName, str, Outcome], int]
) -> FieldAccuracy:
    outcomes = {one: counts.get((name, field, one), 0) for one in get_args(Outcome)}
    good = outcomes["right"] + outcomes["absent"]
    return FieldAccuracy(list=name, field=field, **outcomes, accuracy=good / sum(outcomes.values()))
