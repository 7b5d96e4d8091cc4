"""JSON to fixtures and summaries, with sentences where it is neither.

Owns which faults of a document are told, and how its place is named. Reads no file: a name
stands for the document in every message.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from schemas.base import COUNTRY_PATTERN, LIST_NAMES, PARTIAL_DATE_PATTERN, SCHEMA_VERSION
from schemas.claimed import ClaimedSummary
from schemas.golden import GoldenFixture
from schemas.paths import format_path
from service.compare.thresholds import MAX_ENTRIES, MAX_ITEMS
from service.errors import ClaimError, ComparisonError, FixtureError
from service.json_parsing import JsonError, parse_json
from service.showing import show

MAX_FAULTS = 10
"""Most faults that are named at once; the others are counted."""

_MAX_LISTED = 10_000
"""Most faults that are looked at; a list of so many is no mistake of a person's."""

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
    return parse_document(GoldenFixture, data, name, FixtureError)


def parse_claimed(data: Mapping[str, object], name: str) -> ClaimedSummary:
    """Return the summary; ``ClaimError`` for another version and for a field that does not fit."""
    version = data.get("schema_version")
    if version != SCHEMA_VERSION:
        raise ClaimError(
            f"{name}: schema_version: {describe_version(version)}, this version compares "
            f'"{SCHEMA_VERSION}"; read the article again'
        )
    _check_sizes(data, name, ClaimError)
    return parse_document(ClaimedSummary, data, name, ClaimError)


def describe_version(version: object) -> str:
    """Return half a sentence on a version that is not the one that is wanted."""
    if version is None:
        return "there is none"
    return f'it is "{show(version)}"' if isinstance(version, str) else "it is no text"


def _check_sizes(data: Mapping[str, object], name: str, kind: type[ComparisonError]) -> None:
    for list_name in LIST_NAMES:
        items = data.get(list_name)
        if isinstance(items, list) and len(items) > MAX_ITEMS:
            raise kind(
                f"{name}: {list_name}: it has {len(items):,} items, at most {MAX_ITEMS} are "
                "compared; split the article"
            )
        for at, item in enumerate(items if isinstance(items, list) else ()):
            too_long = _find_too_long(item)
            if too_long is not None:
                place = show(format_path((list_name, at, too_long[0])))
                raise kind(
                    f"{name}: {place}: it has {too_long[1]:,} entries, at most {MAX_ENTRIES} are "
                    "compared"
                )


def _find_too_long(item: object) -> tuple[str, int] | None:
    """Return a field of ``item`` that has more entries than are compared, and how many."""
    for field, entries in item.items() if isinstance(item, dict) else ():
        if isinstance(entries, list) and len(entries) > MAX_ENTRIES:
            return field, len(entries)
    return None


def parse_document(
    model: type[Model], data: Mapping[str, object], name: str, kind: type[ComparisonError]
) -> Model:
    """Return the ``model`` that ``data`` is; an error of ``kind`` names what does not fit."""
    place = _find_broken_text(data)
    if place is not None:
        raise kind(f"{name}: {show(place)}: it has half of a surrogate pair, which is no text")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        if error.error_count() > _MAX_LISTED:
            faults = f"{error.error_count():,} values do not fit"
        else:
            faults = describe_faults(error.errors(include_url=False), data)
    raise kind(f"{name}: {faults}")


def _find_broken_text(data: Mapping[str, object]) -> str | None:
    r"""Return the place of a string that no encoding can write, such as JSON's ``"\ud800"``.

    Without recursion: what was parsed may be nested as deep as the parser goes.
    """
    left = [_iterate_parts((), data)]
    while left:
        path, value = next(left[-1], (None, None))
        if path is None:
            left.pop()
        elif isinstance(value, (Mapping, list)):
            left.append(_iterate_parts(path, value))
        elif isinstance(value, str) and not _is_text(value):
            return format_path(path)
    return None


_Path = tuple[int | str, ...]


def _iterate_parts(
    path: _Path, whole: Mapping[str, object] | list[object]
) -> Iterator[tuple[_Path, object]]:
    """Yield the parts of an object or list, with their places; of an object its names too."""
    if isinstance(whole, list):
        yield from (((*path, at), one) for at, one in enumerate(whole))
        return
    for name, one in whole.items():
        yield (*path, name), name
        yield (*path, name), one


def _is_text(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def describe_faults(errors: Sequence[ErrorDetails], data: object) -> str:
    """Return what does not fit, field by field: ``tariffs[0].rte: there is no such field``.

    A golden field is a value or an ``any``; of the faults of both only those count that belong
    to what was written.
    """
    faults: dict[str, str] = {}
    for error in errors:
        if _concerns(error, data):
            faults.setdefault(_name_place(error), _say(error))
    return join_faults([f"{show(place)}: {sentence}" for place, sentence in faults.items()])


def join_faults(faults: Sequence[str]) -> str:
    """Return ``faults`` as one sentence; of more than ten the others are counted."""
    shown = list(faults[:MAX_FAULTS])
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


_FORMS = {
    PARTIAL_DATE_PATTERN: "date of the form 2026, 2026-02 or 2026-02-28",
    COUNTRY_PATTERN: "code of a country (ISO 3166-1 alpha-2, or EU)",
}
"""What a string is that matches the pattern."""


def _name_place(error: ErrorDetails) -> str:
    steps, tag = _cut_tag(error)
    rest = error["loc"][len(steps) + (tag is not None) :]
    named = [step for step in rest if isinstance(step, int) or _is_name(step)]
    return format_path([*steps, *named]) or "the whole"


def _say(error: ErrorDetails) -> str:
    if error["type"] == _BAD_FIELDS:
        return "there is no such field"
    form = _FORMS.get(str(error.get("ctx", {}).get("pattern")))
    if form is not None:
        return f"{show(repr(error['input']))} is no {form}"
    message = error["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
