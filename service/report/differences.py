"""What differs in one article, as rows that every report can show.

Owns which differences are told, and that none is told twice. Must not judge any of them: outcome
and severity are the comparison's; nor know how a row looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.base import ListName
from schemas.comparison import (
    CriticalError,
    DocumentComparison,
    ItemComparison,
    LeafComparison,
)
from service.report.labels import CRITICAL_KINDS


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the fixture has it."""

    what: str
    """``wrong value``, ``missing item`` and so on."""
    list_name: ListName | None
    """The list that it stands in; ``None`` for headline and gist."""
    item: str | None
    """What the item is about; ``None`` for headline and gist."""
    field: str | None
    """The field; ``None`` where it is the whole item."""
    expected: str | None = None
    found: str | None = None
    note: str | None = None


def list_critical(document: DocumentComparison) -> list[Difference]:
    """Return the critical errors of ``document``, in its order."""
    return [
        Difference(
            what=CRITICAL_KINDS[error.kind],
            list_name=error.list,
            item=error.item,
            field=error.field,
            expected=error.expected,
            found=error.found,
            note=error.note,
        )
        for error in document.critical_errors
    ]


def list_others(document: DocumentComparison) -> list[Difference]:
    """Return what else is not right: items without a partner, then values, in the item's place.

    An item without a partner is one row, whatever its fields; an item that is a critical error as
    a whole is left out, and so is one that is free to be missed.
    """
    rows = [row for item in document.items for row in _list_item(item, document)]
    return rows + [_describe_leaf(leaf, None) for leaf in document.texts if _is_error(leaf)]


def is_about(error: CriticalError, item: ItemComparison) -> bool:
    """Say whether ``error`` is one of ``item``.

    The id of the found item decides; an error without one is told by list and name, so that two
    items of the same list and name share theirs.
    """
    if error.found_id is not None:
        return error.found_id == item.found_id
    return (error.list, error.item) == (item.list, item.name)


def list_whole_errors(item: ItemComparison, document: DocumentComparison) -> list[CriticalError]:
    """Return the critical errors about ``item`` that none of its values shows by itself."""
    return [
        error
        for error in document.critical_errors
        if error.kind != "wrong_value" and is_about(error, item)
    ]


def is_critical(item: ItemComparison, document: DocumentComparison) -> bool:
    """Say whether there is a critical error in ``item``, or ``item`` is one."""
    return (
        item.outcome == "wrong"
        or any(leaf.severity == "critical" for leaf in item.leaves)
        or bool(list_whole_errors(item, document))
    )


def has_differences(item: ItemComparison) -> bool:
    """Say whether anything in ``item`` is worse than written differently."""
    if item.outcome == "optional":
        return False
    return item.outcome != "right" or any(leaf.is_error for leaf in item.leaves)


def _list_item(item: ItemComparison, document: DocumentComparison) -> Iterator[Difference]:
    if item.outcome == "optional":
        return
    if item.outcome in {"missing", "invented"}:
        if not any(error.field is None for error in list_whole_errors(item, document)):
            yield Difference(f"{item.outcome} item", item.list, item.name, None)
        return
    yield from (_describe_leaf(leaf, item) for leaf in item.leaves if _is_error(leaf))


def _is_error(leaf: LeafComparison) -> bool:
    return leaf.severity == "error"


def _describe_leaf(leaf: LeafComparison, item: ItemComparison | None) -> Difference:
    return Difference(
        what=f"{leaf.outcome} value",
        list_name=item.list if item else None,
        item=item.name if item else None,
        field=leaf.field,
        expected=leaf.expected,
        found=leaf.found,
        note=leaf.note,
    )
