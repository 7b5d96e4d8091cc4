"""A run against an earlier one: which articles got worse, and by which values.

Owns what "worse" means. Pure: takes two comparisons, reads no file.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from schemas.base import ListName
from schemas.comparison import (
    Comparison,
    DocumentChange,
    DocumentComparison,
    LeafChange,
    LeafComparison,
)

_EPSILON = 1e-9
"""What adding up in another order may cost a score."""
_RANKS = {"right": 0, "absent": 0, "missing": 1, "wrong": 2, "invented": 2}
"""How bad an outcome is; a critical one is worse still."""

_Key = tuple[ListName | None, str | None, str]
"""List, item and field: what is the same in both runs."""


def list_changes(before: Comparison, after: Comparison) -> list[DocumentChange]:
    """Return what changed since ``before``, article by article, those that got worse first.

    An article is worse where its items or leaves score lower, where it has more critical errors,
    or where it is not compared any more. One that is new has nothing to be held against.
    """
    now = {document.article: document for document in after.documents}
    changes = [
        _describe_change(document, now.get(document.article)) for document in before.documents
    ]
    told = [change for change in changes if change.is_worse or change.changes]
    return sorted(told, key=lambda change: (not change.is_worse, change.article))


def _describe_change(
    before: DocumentComparison, after: DocumentComparison | None
) -> DocumentChange:
    if after is None:
        return DocumentChange(
            article=before.article,
            is_worse=True,
            summary="it was in the baseline and is not compared now",
            changes=[],
        )
    return DocumentChange(
        article=before.article,
        is_worse=_is_worse(before, after),
        summary=f"{_describe_scores(before)} before, {_describe_scores(after)} now",
        changes=list(_list_leaf_changes(before, after)),
    )


def _is_worse(before: DocumentComparison, after: DocumentComparison) -> bool:
    return (
        after.scores.items.f1 < before.scores.items.f1 - _EPSILON
        or after.scores.leaves.f1 < before.scores.leaves.f1 - _EPSILON
        or len(after.critical_errors) > len(before.critical_errors)
    )


def _describe_scores(document: DocumentComparison) -> str:
    if document.status != "compared":
        return f"no summary ({document.status})"
    scores = document.scores
    return (
        f"items {scores.items.f1:.3f}, leaves {scores.leaves.f1:.3f}, "
        f"critical {len(document.critical_errors)}"
    )


def _list_leaf_changes(
    before: DocumentComparison, after: DocumentComparison
) -> Iterator[LeafChange]:
    """Yield the values whose outcome changed, worse ones first."""
    earlier, later = _collect_leaves(before), _collect_leaves(after)
    ranked = []
    for key in dict.fromkeys((*earlier, *later)):
        old, new = earlier.get(key, []), later.get(key, [])
        if _describe_leaves(old) != _describe_leaves(new) and (_rank(old) or _rank(new)):
            ranked.append((_rank(old) - _rank(new), key))
    for _gain, key in sorted(ranked, key=lambda entry: entry[0]):
        name, item, field = key
        yield LeafChange(
            list=name,
            item=item,
            field=field,
            before=_describe_leaves(earlier.get(key, [])),
            after=_describe_leaves(later.get(key, [])),
        )


def _collect_leaves(document: DocumentComparison) -> Mapping[_Key, list[LeafComparison]]:
    leaves: dict[_Key, list[LeafComparison]] = defaultdict(list)
    for item in document.items:
        for leaf in item.leaves:
            leaves[item.list, item.name, leaf.field].append(leaf)
    for leaf in document.texts:
        leaves[None, None, leaf.field].append(leaf)
    return leaves


def _rank(leaves: list[LeafComparison]) -> int:
    return sum(_RANKS[leaf.outcome] + 2 * (leaf.severity == "critical") for leaf in leaves)


def _describe_leaves(leaves: list[LeafComparison]) -> str:
    told = (
        leaf.outcome if leaf.found is None else f"{leaf.outcome}: {leaf.found}" for leaf in leaves
    )
    return "; ".join(told) or "not there"
