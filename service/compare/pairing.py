"""Which found item is which expected one.

Owns the pairing of one list: identical items first, then the assignment of the rest under which
the identities are most alike (Kuhn, 1955; Jonker and Volgenant, 1987), never one by one in the
order of the list. Two items below the floor are never a pair: an invented item must not be
married to a missed one. Pure; the order of either list changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from service.compare.claims import Claim, Value
from service.compare.fields import RULES, is_absent
from service.compare.leaves import find_best_overlap, iterate_fields
from service.compare.texts import measure_likeness
from service.compare.thresholds import (
    DETAIL_WEIGHT,
    IDENTITY,
    OBJECTS,
    ONE_SIDED_WEIGHT,
    PAIRING_FLOOR,
    REQUIRED_BONUS,
    TEXT_LIKENESS,
)
from service.compare.wordings import word_values

_TEXTS = frozenset({"statement", "outcome", "about"})
"""Fields whose likeness counts as it is; of the others it counts what they earn."""


class Pair(NamedTuple):
    """An expected item and the found one that is taken for it."""

    expected: Claim
    found: Claim
    similarity: float


class Pairing(NamedTuple):
    """What became of one list."""

    pairs: tuple[Pair, ...]
    missing: tuple[Claim, ...]
    """Expected items without a partner."""
    invented: tuple[Claim, ...]
    """Found items without a partner."""


def pair_items(expected: Sequence[Claim], found: Sequence[Claim]) -> Pairing:
    """Pair the items of one list; each part of the result is in the order of its list."""
    wanted, given = sorted(expected, key=_order), sorted(found, key=_order)
    identical = list(_peel(wanted, given))
    left = _leave_out(wanted, (pair.expected for pair in identical))
    right = _leave_out(given, (pair.found for pair in identical))
    pairs = sorted([*identical, *_assign(left, right)], key=lambda pair: pair.expected.position)
    return Pairing(
        pairs=tuple(pairs),
        missing=tuple(_leave_out(expected, (pair.expected for pair in pairs))),
        invented=tuple(_leave_out(found, (pair.found for pair in pairs))),
    )


def _order(claim: Claim) -> tuple[object, ...]:
    """Return what orders items by what they say alone: two best assignments may be as good."""
    values = [(field, word_values(values)) for field, values in claim.values.items()]
    return claim.is_optional, *sorted(values), word_values(claim.places)


def _leave_out(claims: Sequence[Claim], taken: Iterable[Claim]) -> list[Claim]:
    positions = {claim.position for claim in taken}
    return [claim for claim in claims if claim.position not in positions]


def _peel(expected: Sequence[Claim], found: Sequence[Claim]) -> Iterator[Pair]:
    """Yield the pairs that are the same in every judged field; required items choose first."""
    left = list(found)
    for claim in expected:
        twin = next((other for other in left if _is_identical(claim, other)), None)
        if twin is not None:
            left.remove(twin)
            yield Pair(claim, twin, 1.0)


def _is_identical(expected: Claim, found: Claim) -> bool:
    """Say whether the two are the same throughout; what is hardly judged is like too much."""
    if not expected.places or not found.places or expected.places[0] != found.places[0]:
        return False
    if not {*IDENTITY[expected.list_name]} - {"evidence"} <= expected.values.keys():
        return False
    return all(
        _sort_entries(found.values[field][0]) == _sort_entries(expected.values[field][0])
        for field in iterate_fields(expected, found)
    )


def _sort_entries(value: Value) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def _assign(expected: Sequence[Claim], found: Sequence[Claim]) -> Iterator[Pair]:
    """Yield the pairs of the best assignment that reach the floor."""
    if not expected or not found:
        return
    similarities = np.array(
        [[measure_similarity(one, other) for other in found] for one in expected]
    )
    worth = np.zeros_like(similarities)
    for row, column in np.argwhere(similarities >= PAIRING_FLOOR):
        if has_common_object(expected[row], found[column]):
            # Squared: a perfect pair is not broken up to make two poor ones.
            square = similarities[row, column] ** 2 * _measure_coverage(expected[row])
            worth[row, column] = square + _break_tie(expected[row], found[column])
    for row, column in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
        if worth[row, column] > 0:
            yield Pair(expected[row], found[column], round(float(similarities[row, column]), 4))


def _measure_coverage(expected: Claim) -> float:
    """Return 0.5 to 1 by how much of its identity is judged: what says little is like much."""
    weights = IDENTITY[expected.list_name]
    judged = {*expected.values, *(("evidence",) if expected.places else ())}
    share = sum(weights[field] for field in weights if field in judged) / sum(weights.values())
    return (1 + share) / 2


def _break_tie(expected: Claim, found: Claim) -> float:
    """Return what decides between equal identities: all fields together, then who is required."""
    detail = _weigh(expected, found, dict.fromkeys((*expected.values, "evidence"), 1.0))
    return DETAIL_WEIGHT * detail + REQUIRED_BONUS * (not expected.is_optional)


def has_common_object(expected: Claim, found: Claim) -> bool:
    """Say whether the two are about one thing, as far as both say what they are about."""
    scores = [
        _score(field, expected, found)
        for field in OBJECTS[expected.list_name]
        if field in expected.values and field in found.values
    ]
    given = [credit for share, credit in filter(None, scores) if share == 1]
    return not given or max(given) >= TEXT_LIKENESS


def may_be_one(expected: Claim, found: Claim) -> bool:
    """Say whether the two may be one fact."""
    is_alike = measure_similarity(expected, found) >= PAIRING_FLOOR
    return is_alike and has_common_object(expected, found)


def measure_similarity(expected: Claim, found: Claim) -> float:
    """Return how alike the identities of two items of one list are, 0 to 1.

    The weighted mean of what their identity fields earn, texts and places by their likeness. A
    field on which neither says anything has no weight, one on which one does not has half.
    """
    return _weigh(expected, found, IDENTITY[expected.list_name])


def _weigh(expected: Claim, found: Claim, weights: Mapping[str, float]) -> float:
    total = earned = 0.0
    for field, weight in weights.items():
        score = _score(field, expected, found)
        if score is None:
            continue
        share, credit = score
        total += weight * share
        earned += weight * share * credit
    return earned / total if total else 0.0


def _score(field: str, expected: Claim, found: Claim) -> tuple[float, float] | None:
    """Return the share of its weight that a field has, and its credit; ``None`` without any."""
    if field == "evidence":
        if not expected.places or not found.places:
            return None
        return 1.0, find_best_overlap(expected, found)
    if field not in expected.values or field not in found.values:
        return None
    wanted, given = expected.values[field], found.values[field]
    if len(wanted) == len(given) == 1:
        return _score_value(field, wanted[0], given[0])
    ways = [_score_value(field, one, other) for one in wanted for other in given]
    known = [way for way in ways if way is not None]
    return max(known, key=lambda way: way[1]) if len(known) == len(ways) else None


def _score_value(field: str, expected: Value, found: Value) -> tuple[float, float] | None:
    if is_absent(expected) and is_absent(found):
        return None
    if is_absent(expected) or is_absent(found):
        return ONE_SIDED_WEIGHT, 0.0
    if field in _TEXTS and isinstance(expected, str) and isinstance(found, str):
        return 1.0, measure_likeness(expected, found)
    if isinstance(expected, tuple) and isinstance(found, tuple):
        return 1.0, _score_set(field, expected, found)
    return 1.0, RULES[field].scorer(expected, found).credit


def _score_set(field: str, expected: Sequence[Value], found: Sequence[Value]) -> float:
    """Return the mean of what each entry earns with its best partner, over both sides."""
    scorer = RULES[field].scorer
    earned = [[scorer(one, other).credit for other in found] for one in expected]
    best = [max(row) for row in earned] + [max(column) for column in zip(*earned, strict=True)]
    return sum(best) / len(best)
