"""Items: what became of each, leaf by leaf.

Owns the verdict on a whole item. An item with a critical error is wrong, however much of it is
right; its evidence then counts for nothing. Pure.
"""

from collections.abc import Iterator, Sequence

from schemas.comparison import ItemComparison, ItemOutcome, LeafComparison, Place
from service.compare.claims import Claim
from service.compare.leaves import iterate_fields, judge_evidence, judge_field, make_leaf
from service.compare.pairing import Pair, Pairing
from service.compare.wordings import word_values


def describe_pairing(pairing: Pairing) -> list[ItemComparison]:
    """Return the items of one list: expected ones in their order, then those invented.

    Items that may be missed and are, and items of an actual fixture that may be found and are
    not expected, leave no trace.
    """
    expected = [describe_pair(pair) for pair in pairing.pairs]
    expected += [_describe_missing(claim) for claim in pairing.missing if not claim.is_optional]
    expected.sort(key=lambda item: item.expected_position or 0)
    invented = [_describe_invented(claim) for claim in pairing.invented if not claim.is_optional]
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
    yield from leaves
    # A right quote under a wrong value is worth nothing.
    if expected.places and found.places and not (_has_critical(leaves) or found.ungrounded):
        yield judge_evidence(expected, found)


def _describe_missing(claim: Claim) -> ItemComparison:
    leaves = [
        leaf for field, values in claim.values.items() for leaf in judge_field(field, values, _NONE)
    ]
    if claim.places:
        leaves.append(make_leaf("evidence", "missing", expected=word_values(claim.places)))
    return ItemComparison(
        list=claim.list_name,
        outcome="missing",
        name=claim.name,
        expected_position=claim.position,
        found_position=None,
        found_id=None,
        similarity=None,
        leaves=_keep_claimed(leaves),
        expected_places=_list_places(claim),
        found_places=[],
    )


_NONE = (None,)
"""What a field of an item without a partner is held against."""


def _keep_claimed(leaves: Sequence[LeafComparison]) -> list[LeafComparison]:
    """Return the leaves that say something, none of them critical: the whole item is the error."""
    return [
        leaf.model_copy(update={"severity": "error"}) for leaf in leaves if leaf.outcome != "absent"
    ]


def _describe_invented(claim: Claim) -> ItemComparison:
    leaves = [
        leaf for field, values in claim.values.items() for leaf in judge_field(field, _NONE, values)
    ]
    if claim.places:
        leaves.append(make_leaf("evidence", "invented", found=word_values(claim.places)))
    return ItemComparison(
        list=claim.list_name,
        outcome="invented",
        name=claim.name,
        expected_position=None,
        found_position=claim.position,
        found_id=claim.id,
        similarity=None,
        leaves=_keep_claimed(leaves),
        expected_places=[],
        found_places=_list_places(claim),
    )


def _list_places(claim: Claim) -> list[Place]:
    return [Place(start=one.start, end=one.end) for places in claim.places[:1] for one in places]
