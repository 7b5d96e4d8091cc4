"""Items: what became of each, leaf by leaf.

Owns the verdict on a whole item. An item with a critical error is wrong, however much of it is
right; its evidence then counts for nothing. Pure.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from schemas.comparison import ItemComparison, ItemOutcome, LeafComparison, Place
from service.compare.claims import Claim
from service.compare.leaves import (
    iterate_fields,
    judge_evidence,
    judge_field,
    make_leaf,
    void_evidence,
)
from service.compare.pairing import Pair, Pairing
from service.compare.wordings import word_values


def describe_pairing(pairing: Pairing) -> list[ItemComparison]:
    """Return the items of one list: expected ones in their order, then those invented.

    Items that may be missed and are, and items of an actual fixture that may be found and are
    not expected, leave no trace.
    """
    expected = [describe_pair(pair) for pair in pairing.pairs]
    expected += [
        _describe_alone(claim, "missing") for claim in pairing.missing if not claim.is_optional
    ]
    expected.sort(key=lambda item: item.expected_position or 0)
    invented = [
        _describe_alone(claim, "invented") for claim in pairing.invented if not claim.is_optional
    ]
    return expected + invented


def describe_pair(pair: Pair) -> ItemComparison:
    """Return what became of an expected item that was found."""
    leaves = list(_judge_pair(pair.expected, pair.found))
    return ItemComparison(
        list=pair.expected.list_name,
        outcome=_find_outcome(pair, leaves),
        name=pair.expected.name,
        expected_position=pair.expected.position,
        found_position=pair.found.position,
        found_id=pair.found.id,
        similarity=pair.similarity,
        leaves=leaves,
        expected_places=_list_places(pair.expected),
        found_places=_list_places(pair.found),
    )


def _find_outcome(pair: Pair, leaves: Sequence[LeafComparison]) -> ItemOutcome:
    if pair.expected.is_optional:
        return "optional"
    # Without ground it is no finding, however right its values are.
    return "wrong" if _has_critical(leaves) or pair.found.ungrounded else "right"


def _has_critical(leaves: Sequence[LeafComparison]) -> bool:
    return any(leaf.severity == "critical" for leaf in leaves)


def _judge_pair(expected: Claim, found: Claim) -> Iterator[LeafComparison]:
    leaves = [
        leaf
        for field in iterate_fields(expected, found)
        for leaf in judge_field(field, expected.values[field], found.values[field])
    ]
    critical = {leaf.field for leaf in leaves if leaf.severity == "critical"}
    for leaf in leaves:
        # The statement repeats the field that is wrong: one mistake is one critical error.
        is_repeated = leaf.field == "statement" and critical > {"statement"}
        yield leaf.model_copy(update={"severity": "error"}) if is_repeated else leaf
    if expected.places and found.places:
        is_void = bool(critical) or bool(found.ungrounded)
        yield void_evidence(expected, found) if is_void else judge_evidence(expected, found)


def _describe_alone(claim: Claim, outcome: Literal["missing", "invented"]) -> ItemComparison:
    """Return an item without a partner: all that it says is missing, or invented."""
    is_missing = outcome == "missing"
    places = _list_places(claim)
    return ItemComparison(
        list=claim.list_name,
        outcome=outcome,
        name=claim.name,
        expected_position=claim.position if is_missing else None,
        found_position=None if is_missing else claim.position,
        found_id=claim.id,
        similarity=None,
        leaves=list(_judge_alone(claim, outcome)),
        expected_places=places if is_missing else [],
        found_places=[] if is_missing else places,
    )


_NOTHING = (None,)
"""What a field of an item without a partner is held against."""


def _judge_alone(claim: Claim, outcome: Literal["missing", "invented"]) -> Iterator[LeafComparison]:
    """Yield what the item says; none of it is critical by itself: the whole item is the error."""
    for field, values in claim.values.items():
        sides = (values, _NOTHING) if outcome == "missing" else (_NOTHING, values)
        for leaf in judge_field(field, *sides):
            if leaf.outcome != "absent":
                yield leaf.model_copy(update={"severity": "error"})
    if claim.places:
        side = "expected" if outcome == "missing" else "found"
        leaf = make_leaf("evidence", outcome, severity="error")
        yield leaf.model_copy(update={side: word_values(claim.places)})


def _list_places(claim: Claim) -> list[Place]:
    return [Place(start=one.start, end=one.end) for places in claim.places[:1] for one in places]
