"""What a fixture would be if a reading were right.

Owns the changes that are proposed. Decides nothing and writes nothing: a reading is not the
truth, and each line is to be held against the article.
"""

import json
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from pydantic import BaseModel, JsonValue

from schemas.base import LIST_NAMES, ListName
from schemas.claimed import ClaimedItem, ClaimedSummary
from schemas.comparison import DocumentComparison, ItemComparison
from schemas.draft import MAX_QUOTES
from schemas.golden import GoldenFixture
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from service.golden.fixtures import GoldenCase, is_verbatim
from service.grounding import TextIndex

_MAX_ROUNDS = 5
"""Most times that a changed fixture is compared again: the quotes of an item are judged only once
its values are right, and a changed item may find another partner."""
_NOT_TAKEN = frozenset({"id", "evidence"})
_RULED_OUT = frozenset({"forbidden_item", "ungrounded_item"})
"""Errors of an item that no fixture may take in."""

_Json = dict[str, Any]
"""JSON of the shape of a fixture or of an item of one."""
_Mark = tuple[ListName | None, str | None, str | None]
"""The list, id and field of what is not taken; without a field it is the whole item."""


def propose_text(case: GoldenCase, summary: ClaimedSummary, text: str) -> str:
    """Return the fixture's ``text`` changed so that ``summary`` is right; itself if it is already.

    Values that are wrong, missing or invented become the found ones, items that were not found
    go, items that were found are added behind the others. What the fixture rules out is not
    taken, nor is an item of which the article does not have each quote. What is not judged stays
    as it is. The result is indented by two blanks, whatever the text was; its lines end as those
    of the text do.
    """
    fixture: _Json = json.loads(text)
    reading = _dump_summary(summary, TextIndex(case.article.text))
    found = find_in_summary(summary)
    rounds = 0
    while rounds < _MAX_ROUNDS:
        golden = GoldenFixture.model_validate(fixture)
        if not _change(fixture, compare_document(golden, case.article.text, found), reading):
            break
        rounds += 1
    if not rounds:
        return text
    proposed = json.dumps(fixture, ensure_ascii=False, indent=2) + "\n"
    return proposed.replace("\n", "\r\n") if "\r\n" in text else proposed


def _change(fixture: _Json, comparison: DocumentComparison, reading: _Json) -> bool:
    """Change ``fixture`` in place; say whether anything was."""
    marks = set(_iterate_marks(comparison))
    wrong = [leaf.field for leaf in comparison.texts if leaf.is_error]
    changed = _put(fixture, (field for field in wrong if (None, None, field) not in marks), reading)
    for name in LIST_NAMES:
        told = [item for item in comparison.items if item.list == name]
        for item in told:
            changed |= _change_item(fixture, item, reading, marks)
        changed |= _change_list(fixture, told, reading, marks)
    return changed


def _iterate_marks(comparison: DocumentComparison) -> Iterator[_Mark]:
    for error in comparison.critical_errors:
        if error.kind in _RULED_OUT:
            yield error.list, error.found_id, None
        elif error.kind == "forbidden_text":
            yield error.list, error.found_id, error.field


def _put(place: _Json, fields: Iterable[str], values: _Json) -> bool:
    """Put the values of ``fields`` into ``place``, but no empty evidence."""
    before = dict(place)
    for field in fields:
        if field != "evidence" or values[field]:
            place[field] = values[field]
    return place != before


def _change_item(
    fixture: _Json, item: ItemComparison, reading: _Json, marks: AbstractSet[_Mark]
) -> bool:
    if item.expected_position is None or item.found_position is None:
        return False
    if (item.list, item.found_id, None) in marks:
        return False
    # Quotes under a wrong value are not judged, and stay.
    wrong = [leaf.field for leaf in item.leaves if leaf.is_error]
    return _put(
        fixture[item.list][item.expected_position],
        (field for field in wrong if (item.list, item.found_id, field) not in marks),
        reading[item.list][item.found_position],
    )


def _change_list(
    fixture: _Json, told: Iterable[ItemComparison], reading: _Json, marks: AbstractSet[_Mark]
) -> bool:
    """Take out the items that are missing, and add those that are new."""
    marked = {mark[:2] for mark in marks}
    changed = False
    for item in sorted(told, key=lambda one: -(one.expected_position or 0)):
        if item.outcome == "missing":
            del fixture[item.list][item.expected_position]
            changed = True
    for item in told:
        if item.outcome == "invented" and (item.list, item.found_id) not in marked:
            values = reading[item.list][item.found_position]
            if values["evidence"]:
                fixture.setdefault(item.list, []).append(values)
                changed = True
    return changed


def _dump_summary(summary: ClaimedSummary, index: TextIndex) -> _Json:
    """Return headline, gist and items as a fixture has them."""
    items: _Json = {
        name: [_dump_item(item, index) for item in summary.list_items(name)] for name in LIST_NAMES
    }
    return {"headline": summary.headline, "gist": summary.gist, **items}


def _dump_item(item: ClaimedItem, index: TextIndex) -> _Json:
    """Return the item without id, its quotes plain and last, those left out that no fixture has."""
    values: _Json = {
        field: _dump(getattr(item, field))
        for field in type(item).model_fields
        if field not in _NOT_TAKEN
    }
    quotes = dict.fromkeys(one.quote for one in item.evidence if is_verbatim(one.quote, index))
    return {**values, "evidence": list(quotes)[:MAX_QUOTES]}


def _dump(value: object) -> JsonValue:
    if isinstance(value, list):
        return [_dump(one) for one in value]
    if isinstance(value, BaseModel):
        return {field: _dump(getattr(value, field)) for field in type(value).model_fields}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    assert value is None or isinstance(value, (str, bool, int, float))
    return value
