"""What a fixture would be if a reading were right, as a diff to review.

Owns the changes that are proposed. Decides nothing and writes nothing: a reading is not the
truth, and each line is to be held against the article.
"""

import difflib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, JsonValue

from schemas.base import LIST_NAMES
from schemas.claimed import ClaimedItem, ClaimedSummary
from schemas.comparison import DocumentComparison, ItemComparison
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from service.golden.fixtures import GoldenCase

_NOT_TAKEN = frozenset({"id", "evidence"})
_GOOD = frozenset({"right", "absent"})
_RULED_OUT = frozenset({"forbidden_item", "ungrounded_item"})
"""Errors of an item that no fixture may take in."""


def propose_text(case: GoldenCase, summary: ClaimedSummary, text: str) -> str:
    """Return the fixture's ``text`` changed so that ``summary`` is right; itself if it is already.

    Values that are wrong, missing or invented become the found ones, items that were not found
    go, items that were found are added behind the others, but for those that the fixture
    forbids and those whose quotes the article does not have. What is not judged stays as it is.
    The result is indented by two blanks, whatever the text was.
    """
    comparison = compare_document(case.fixture, case.article.text, find_in_summary(summary))
    fixture = json.loads(text)
    if not _change(fixture, comparison, summary):
        return text
    return json.dumps(fixture, ensure_ascii=False, indent=2) + "\n"


def render_diff(path: Path, before: str, after: str) -> str:
    """Return a unified diff that ``git apply`` and ``patch`` take; empty where nothing differs."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        fromfile=f"a/{path.as_posix().lstrip('/')}",
        tofile=f"b/{path.as_posix().lstrip('/')}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _change(
    fixture: dict[str, list[dict[str, JsonValue]]],
    comparison: DocumentComparison,
    summary: ClaimedSummary,
) -> bool:
    """Change ``fixture`` in place; say whether anything was."""
    changed = False
    ruled_out = {error.found_id for error in comparison.critical_errors if error.kind in _RULED_OUT}
    for name in LIST_NAMES:
        told = [item for item in comparison.items if item.list == name]
        for item in told:
            changed |= _change_item(fixture.get(name, []), item, summary.list_items(name))
        gone = {item.expected_position for item in told if item.outcome == "missing"}
        new = [
            _find(item, summary)
            for item in told
            if item.outcome == "invented" and item.found_id not in ruled_out
        ]
        if gone or new:
            kept = [one for at, one in enumerate(fixture.get(name, [])) if at not in gone]
            fixture[name] = [*kept, *map(_dump_item, new)]
            changed = True
    return changed


def _find(item: ItemComparison, summary: ClaimedSummary) -> ClaimedItem:
    assert item.found_position is not None
    return summary.list_items(item.list)[item.found_position]


def _change_item(
    golden: Sequence[dict[str, JsonValue]], item: ItemComparison, found: Sequence[ClaimedItem]
) -> bool:
    if item.expected_position is None or item.found_position is None:
        return False
    values = _dump_item(found[item.found_position])
    fields = [leaf.field for leaf in item.leaves if leaf.outcome not in _GOOD]
    for field in fields:
        golden[item.expected_position][field] = values[field]
    return bool(fields)


def _dump_item(item: ClaimedItem) -> dict[str, JsonValue]:
    """Return the item as a fixture has it: without id, its quotes plain and last."""
    values: dict[str, JsonValue] = {
        field: _dump(getattr(item, field))
        for field in type(item).model_fields
        if field not in _NOT_TAKEN
    }
    return {**values, "evidence": [one.quote for one in item.evidence]}


def _dump(value: object) -> JsonValue:
    if isinstance(value, list):
        return [_dump(one) for one in value]
    if isinstance(value, BaseModel):
        dumped: Mapping[str, JsonValue] = value.model_dump(mode="json")
        return dict(dumped)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    assert value is None or isinstance(value, (str, bool, int, float))
    return value
