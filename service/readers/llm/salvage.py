"""The good part of a reply that is JSON but not quite of the schema.

Owns how a faulty leaf is told from a faulty item: a value that may be null becomes null, a
faulty entry of a list leaves the list, a faulty item leaves its list, a headline that is too
long is cut. Everything that is taken away is named, so that it can be re-asked or warned of.
"""

import copy
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from schemas.base import LIST_NAMES
from schemas.draft import MAX_HEADLINE_CHARS, MAX_QUOTES, Draft
from schemas.paths import format_path
from schemas.reading import Complaint

_MAX_ROUNDS = 4
"""Taking one part away can bring another fault to light; after these rounds it is given up."""

NO_DRAFT = Complaint(path="", message="the answer is no JSON object of the schema.")
"""What is said of a reply of which nothing can be used."""

Path = tuple[int | str, ...]


def salvage_draft(data: JsonValue) -> tuple[Draft | None, list[Complaint]]:
    """Return the draft in ``data``, or what of it is good, and a complaint for each fault.

    The draft is ``None`` when nothing of the reply can be used: no object, or no lists.
    """
    if not isinstance(data, dict) or not _has_lists(data):
        return None, [NO_DRAFT]
    candidate = data
    complaints: list[Complaint] = []
    for _ in range(_MAX_ROUNDS):
        try:
            return Draft.model_validate(candidate, strict=True), complaints
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
        complaints += _complain(faults)
        if candidate is data:
            # Most drafts have no fault, and a copy costs more than to parse one.
            candidate = copy.deepcopy(data)
        _mend(candidate, faults)
    return None, complaints


def _has_lists(data: dict[str, JsonValue]) -> bool:
    """Say whether there is anything to salvage; an error message in JSON is no empty draft."""
    return any(isinstance(data.get(name), list) for name in LIST_NAMES)


def _complain(faults: Sequence[ErrorDetails]) -> list[Complaint]:
    """Name each fault; the fields that one object lacks are named together."""
    missing: dict[Path, list[str]] = {}
    complaints: list[Complaint] = []
    for fault in faults:
        path = fault["loc"]
        if fault["type"] == "missing":
            missing.setdefault(path[:-1], []).append(str(path[-1]))
        else:
            complaints.append(
                Complaint(path=format_path(path), message=f"{fault['msg'].rstrip('.')}.")
            )
    return complaints + [
        Complaint(path=format_path(path), message=f"these fields are missing: {', '.join(names)}.")
        for path, names in missing.items()
    ]


def _mend(candidate: dict[str, JsonValue], faults: Sequence[ErrorDetails]) -> None:
    """Take away each faulty part, the last of a list first so that positions stay true."""
    paths = sorted({fault["loc"] for fault in faults}, key=_order_path, reverse=True)
    removed: set[Path] = set()
    for path in paths:
        if any(path[: len(parent)] == parent for parent in removed):
            continue
        removed |= _mend_one(candidate, path)


def _order_path(path: Path) -> tuple[tuple[str, int], ...]:
    return tuple((step, -1) if isinstance(step, str) else ("", step) for step in path)


def _mend_one(candidate: dict[str, JsonValue], path: Path) -> set[Path]:
    """Mend the fault at ``path``; return the path of the list entry that left, if one did."""
    if len(path) == 1:
        _mend_top(candidate, str(path[0]))
        return set()
    item_path = path[:2]
    if len(path) == 3 and _is_nullable(path):
        _set(candidate, path, None)
        return set()
    if len(path) == 3 and path[2] == "evidence" and _trim_quotes(candidate, path):
        return set()
    entry = path[:4] if len(path) > 3 and isinstance(path[3], int) else item_path
    if len(path) > 3 and _is_nullable(path[:3]):
        _set(candidate, path[:3], None)
        return set()
    _delete(candidate, entry)
    return {entry}


def _mend_top(candidate: dict[str, JsonValue], name: str) -> None:
    if name in LIST_NAMES:
        candidate[name] = []
    elif name == "headline" and isinstance(candidate.get(name), str) and candidate[name]:
        candidate[name] = str(candidate[name])[:MAX_HEADLINE_CHARS].rsplit(" ", 1)[0]
    elif name in Draft.model_fields:
        # The evidence stage replaces what the article does not carry by the article's own words.
        candidate[name] = "-"
    else:
        candidate.pop(name, None)


def _trim_quotes(candidate: dict[str, JsonValue], path: Path) -> bool:
    quotes = _get(candidate, path)
    if not isinstance(quotes, list) or len(quotes) <= MAX_QUOTES:
        return False
    del quotes[MAX_QUOTES:]
    return True


def _is_nullable(path: Path) -> bool:
    """Say whether the field at (list, position, field) may be null."""
    item = _find_item_model(str(path[0]))
    field = item.model_fields.get(str(path[2])) if item else None
    if field is None:
        return False
    return type(None) in getattr(field.annotation, "__args__", ())


def _find_item_model(list_name: str) -> type[BaseModel] | None:
    field = Draft.model_fields.get(list_name)
    arguments: tuple[Any, ...] = getattr(field.annotation, "__args__", ()) if field else ()
    return arguments[0] if arguments else None


def _get(candidate: JsonValue, path: Path) -> JsonValue:
    node = candidate
    for step in path:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def _set(candidate: JsonValue, path: Path, value: JsonValue) -> None:
    parent = _get(candidate, path[:-1])
    if isinstance(parent, dict):
        parent[str(path[-1])] = value


def _delete(candidate: JsonValue, path: Path) -> None:
    parent, step = _get(candidate, path[:-1]), path[-1]
    if isinstance(parent, list) and isinstance(step, int) and step < len(parent):
        del parent[step]
    elif isinstance(parent, dict):
        parent.pop(str(step), None)
