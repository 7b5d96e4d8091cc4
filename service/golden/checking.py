"""Whether a golden fixture claims no more than its quotes carry, and does not rule itself out.

Owns what a fixture's author is told. The same rules check a fixture that check a reading, so
that nothing is asked of a reader that its own checks would take away.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.base import LIST_NAMES, ListName
from schemas.draft import DRAFT_ITEMS, DraftItem
from schemas.golden import GoldenItem
from schemas.paths import format_path
from service.checking.context import ArticleContext, build_context, widen_quotes
from service.checking.fields import check_fields
from service.compare.claims import (
    list_alternatives,
    list_forbidden_claims,
    list_golden_claims,
)
from service.compare.documents import is_forbidden
from service.compare.found import find_in_fixture, iterate_stated
from service.golden.fixtures import GoldenCase
from service.grounding import TextIndex, ground_quotes

FaultKind = Literal["fault", "doubt"]
"""``fault``: the fixture is wrong. ``doubt``: look at it; the checks lean to doubt."""

_NUMBERS = frozenset({"rate", "previous_rate", "quantity"})


class FixtureFault(NamedTuple):
    """Something about a fixture that its author must see."""

    kind: FaultKind
    place: str
    """Where: ``tariffs[0].rate``."""
    message: str


def check_case(case: GoldenCase) -> list[FixtureFault]:
    """Return the faults and doubts of a fixture whose quotes are known to stand in its article.

    A number that no quote carries, an item that the fixture itself forbids and a string that it
    rules out and uses are faults; whatever else a reading would be asked about is a doubt.
    """
    context = build_context(case.article)
    found = [
        fault
        for name in LIST_NAMES
        for position, item in enumerate(getattr(case.fixture, name))
        for fault in _check_item(name, position, item, context)
    ]
    faults = dict.fromkeys((*found, *_list_self_forbidden(case), *_list_self_contained(case)))
    return sorted(faults, key=lambda fault: fault.kind == "doubt")


def _check_item(
    name: ListName, position: int, item: GoldenItem, context: ArticleContext
) -> Iterator[FixtureFault]:
    """Yield what the quotes do not carry: of the first values together, then of each other one."""
    given = {
        field: list_alternatives(getattr(item, field))
        for field in DRAFT_ITEMS[name].model_fields
        if field in item.model_fields_set
    }
    if "evidence" not in given:
        yield FixtureFault(
            "doubt", format_path((name, position, "evidence")), "it has no quote to carry its value"
        )
        return
    first = {field: values[0] for field, values in given.items()}
    yield from _check_values(name, position, first, list(given), context)
    for field, values in given.items():
        # Each set of quotes is right by itself, and must carry what the others do.
        judged = list(given) if field == "evidence" else [field]
        for other in values[1:]:
            yield from _check_values(name, position, {**first, field: other}, judged, context)


def _check_values(
    name: ListName,
    position: int,
    values: Mapping[str, object],
    judged: Sequence[str],
    context: ArticleContext,
) -> Iterator[FixtureFault]:
    draft = _fill_draft(DRAFT_ITEMS[name], values)
    held = widen_quotes(ground_quotes(draft.evidence, context.text_index).evidence, context.names)
    for finding in check_fields((name, position), draft, held, context):
        field = str(finding.path[2]) if len(finding.path) > 2 else ""
        if field in judged or (not field and "statement" in judged):
            kind: FaultKind = "fault" if field in _NUMBERS else "doubt"
            yield FixtureFault(kind, format_path(finding.path), finding.message)


def _fill_draft(kind: type[DraftItem], values: Mapping[str, object]) -> DraftItem:
    """Return a draft of ``values``, in which what is not judged claims as little as it can."""
    filled = {
        name: values[name] if name in values else _find_least(field, values)
        for name, field in kind.model_fields.items()
    }
    return kind.model_validate({name: _dump(value) for name, value in filled.items()})


def _find_least(field: FieldInfo, values: Mapping[str, object]) -> object:
    choices = get_args(field.annotation)
    if field.annotation is bool:
        return False
    if type(None) in choices:
        return None
    if choices and isinstance(choices[0], str):
        return choices[0]
    quotes = values["evidence"]
    assert isinstance(quotes, list)
    return quotes[0] if field.annotation is str else []


def _dump(value: object) -> object:
    if isinstance(value, list):
        return [_dump(one) for one in value]
    return value.model_dump() if isinstance(value, BaseModel) else value


def _list_self_forbidden(case: GoldenCase) -> Iterator[FixtureFault]:
    index = TextIndex(case.article.text)
    expected = list_golden_claims(case.fixture, index)
    for name, rules in list_forbidden_claims(case.fixture, index).items():
        for rule in rules:
            for claim in expected[name]:
                if is_forbidden(rule, claim):
                    place = format_path(("forbidden", name, rule.position))
                    message = f"it rules out {name}[{claim.position}], which the fixture expects"
                    yield FixtureFault("fault", place, message)


def _list_self_contained(case: GoldenCase) -> Iterator[FixtureFault]:
    stated = list(iterate_stated(find_in_fixture(case.fixture, TextIndex(case.article.text))))
    for position, string in enumerate(case.fixture.must_not_contain):
        place = format_path(("must_not_contain", position))
        for one in stated:
            if string in one.text:
                message = f"{string!r} stands in {one.field} of what the fixture expects"
                yield FixtureFault("fault", place, message)
