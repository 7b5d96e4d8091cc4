"""JSON to fixtures and summaries, with sentences where it is neither.

Owns which faults of a document are told, and how its place is named. Reads no file: a name
stands for the document in every message.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from schemas.base import LIST_NAMES, SCHEMA_VERSION
from schemas.claimed import ClaimedSummary
from schemas.golden import GoldenFixture
from schemas.paths import format_path
from service.compare.thresholds import MAX_ITEMS
from service.errors import ClaimError, ComparisonError, FixtureError
from service.json_parsing import JsonError, parse_json
from service.showing import show

MAX_FAULTS = 10
"""Most faults that are named at once; the others are counted."""

Model = TypeVar("Model", bound=BaseModel)
_ANY_OF = "AnyOf"
_BAD_FIELDS = "extra_forbidden"


def parse_object(body: bytes, name: str) -> Mapping[str, object]:
    """Return the JSON object ``body``; ``ComparisonError`` that names it where it is none."""
    try:
        data = parse_json(body)
    except JsonError as error:
        raise ComparisonError(f"{name} {error}") from None
    if not isinstance(data, dict):
        raise ComparisonError(f"{name} is no JSON object; a fixture and a summary are objects")
    return data


def parse_fixture(data: Mapping[str, object], name: str) -> GoldenFixture:
    """Return the fixture; ``FixtureError`` that names each field that does not fit."""
    _check_sizes(data, name, FixtureError)
    return _validate(GoldenFixture, data, name, FixtureError)


def parse_claimed(data: Mapping[str, object], name: str) -> ClaimedSummary:
    """Return the summary; ``ClaimError`` for another version and for a field that does not fit."""
    version = data.get("schema_version")
    if version != SCHEMA_VERSION:
        raise ClaimError(
            f"{name}: schema_version: it is {show(str(version))}, this version compares "
            f"{SCHEMA_VERSION}; read the article again"
        )
    _check_sizes(data, name, ClaimError)
    return _validate(ClaimedSummary, data, name, ClaimError)


def _check_sizes(data: Mapping[str, object], name: str, kind: type[ComparisonError]) -> None:
    for list_name in LIST_NAMES:
        items = data.get(list_name)
        if isinstance(items, list) and len(items) > MAX_ITEMS:
            raise kind(
                f"{name}: {list_name}: it has {len(items):,} items, at most {MAX_ITEMS} are "
                "compared; split the article"
            )


def _validate(
    model: type[Model], data: Mapping[str, object], name: str, kind: type[ComparisonError]
) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = describe_faults(error.errors(include_url=False), data)
    raise kind(f"{name}: {faults}")


def describe_faults(errors: Sequence[ErrorDetails], data: object) -> str:
    """Return what does not fit, field by field: ``tariffs[0].rte: there is no such field``.

    A golden field is a value or an ``any``; of the faults of both only those count that belong
    to what was written.
    """
    faults: dict[str, str] = {}
    for error in errors:
        if _concerns(error, data):
            faults.setdefault(_name_place(error), _say(error))
    shown = [f"{show(place)}: {sentence}" for place, sentence in list(faults.items())[:MAX_FAULTS]]
    if len(faults) > MAX_FAULTS:
        shown.append(f"and {len(faults) - MAX_FAULTS:,} more")
    return "; ".join(shown)


def _concerns(error: ErrorDetails, data: object) -> bool:
    """Say whether the branch that the fault is of is the one that was written."""
    steps, tag = _cut_tag(error)
    if tag is None:
        return True
    written = data
    for step in steps:
        written = _step_into(written, step)
    is_any = isinstance(written, dict) and "any" in written
    return tag.startswith(_ANY_OF) == is_any


def _step_into(value: object, step: int | str) -> object:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) else None


def _cut_tag(error: ErrorDetails) -> tuple[tuple[int | str, ...], str | None]:
    """Return the steps to a golden field, and the name of the branch behind them, if any."""
    steps = error["loc"]
    for at, step in enumerate(steps):
        follows_field = at > 0 and isinstance(steps[at - 1], str)
        if isinstance(step, str) and follows_field and not _is_name(step):
            return steps[:at], step
    return steps, None


def _is_name(step: str) -> bool:
    """Say whether ``step`` is a field's name and not the name of a type."""
    return step.islower() and step.isidentifier() and step not in _TYPE_NAMES


_TYPE_NAMES = frozenset({"float", "str", "int", "bool", "none", "literal", "list"})


def _name_place(error: ErrorDetails) -> str:
    steps, tag = _cut_tag(error)
    rest = error["loc"][len(steps) + (tag is not None) :]
    named = [step for step in rest if isinstance(step, int) or _is_name(step)]
    return format_path([*steps, *named]) or "the whole"


def _say(error: ErrorDetails) -> str:
    if error["type"] == _BAD_FIELDS:
        return "there is no such field"
    message = error["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
