"""The embedded reader on short articles: what it must find, and what it must leave alone."""

from collections.abc import Mapping, Sequence
from typing import get_args

import pytest

from schemas.article import Article
from schemas.base import Party, Quantity
from schemas.draft import DraftItem
from schemas.parties import list_firm_names, resolve_party
from service.readers.embedded.reading import read_article
from tests.unit.data_embedded import (
    CHIP_CASES,
    COMMITMENT_CASES,
    MEASURE_CASES,
    TARIFF_CASES,
    Case,
    CaseList,
    PartialItem,
    Value,
)

TEXT_FIELDS = frozenset({"goods", "statement", "condition", "agreement", "source"})
"""Fields whose words are free: one value holds the other."""


def list_cases(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Parametrise a test by ``cases``, named by their ids; a gap that was closed fails."""
    parameters = [
        pytest.param(
            one,
            id=one.id,
            marks=[pytest.mark.xfail(reason=one.gap, strict=True)] if one.gap else [],
        )
        for one in cases
    ]
    return pytest.mark.parametrize("case", parameters)


@list_cases(TARIFF_CASES)
def test_duties_are_told_from_other_percentages(case: Case) -> None:
    """Each duty is one tariff with its rate; growth, shares and polls are none."""
    check(case)


@list_cases(MEASURE_CASES)
def test_measures_are_told_by_their_instrument(case: Case) -> None:
    """Each control, ban, fee or probe is one measure; what is denied or asked for is none."""
    check(case)


@list_cases(CHIP_CASES)
def test_chip_policies_are_told_from_chip_business(case: Case) -> None:
    """Each act of a government on chips is one policy; a chipmaker's results are none."""
    check(case)


@list_cases(COMMITMENT_CASES)
def test_promises_are_told_from_phrases(case: Case) -> None:
    """Each checkable act is one commitment; readout phrases, demands and forecasts are none."""
    check(case)


def check(case: Case) -> None:
    """Read the article of ``case``; fail on what is missing, wrong or too much."""
    draft = read_article(Article(text=case.text, published=case.published))
    for name in get_args(CaseList):
        expected: Sequence[PartialItem] = getattr(case, name)
        found: Sequence[DraftItem] = getattr(draft, name)
        if name in case.none:
            assert not found, f"{name} too many: {describe(found)}"
        if expected:
            assert is_covered(expected, found), (
                f"{name} expected: {expected}\n{name} found: {describe(found, expected)}"
            )
            assert name in case.extra_ok or len(found) == len(expected), (
                f"{name} too many: {describe(found)}"
            )


def is_covered(expected: Sequence[PartialItem], found: Sequence[DraftItem]) -> bool:
    """Say whether each expected item has a found one of its own that matches it."""
    if not expected:
        return True
    first, *rest = expected
    return any(
        is_match(first, item) and is_covered(rest, [*found[:place], *found[place + 1 :]])
        for place, item in enumerate(found)
    )


def is_match(expected: PartialItem, item: DraftItem) -> bool:
    """Say whether ``item`` has every field as expected, by one of its right values."""
    return all(
        any(
            is_right(field, one, getattr(item, field))
            for one in (value if isinstance(value, tuple) else (value,))
        )
        for field, value in expected.items()
    )


def is_right(field: str, expected: Value, found: object) -> bool:
    """Say whether ``found`` is the expected value of ``field``."""
    if expected is None or found is None:
        return expected is found
    if isinstance(found, Quantity):
        return found.value == expected
    if isinstance(expected, list):
        assert isinstance(found, list)
        return is_right_list(field, expected, found)
    if field in TEXT_FIELDS:
        return is_like(str(expected), str(found))
    return found == expected


def is_right_list(field: str, expected: list[str], found: list[object]) -> bool:
    """Compare parties and companies as sets of names, and products by their words."""
    if field == "products":
        return len(found) == len(expected) and all(
            any(is_like(one, str(other)) for other in found) for one in expected
        )
    return {name_party(one) for one in expected} == {name_party(one) for one in found}


def name_party(party: object) -> str:
    """Return the table's name of a state, its bodies included, or the usual name of a firm."""
    if not isinstance(party, Party):
        party = Party(name=str(party), country=None)
    entry = resolve_party(party)
    return entry.name if entry is not None else list_firm_names(party.name)[0]


def is_like(one: str, other: str) -> bool:
    """Say whether one text holds the other, whatever the capitals."""
    first, second = one.casefold(), other.casefold()
    return first in second or second in first


def describe(found: Sequence[DraftItem], expected: Sequence[PartialItem] = ()) -> str:
    """Show the items for a failure: the expected fields, or what each item says."""
    fields = {field for item in expected for field in item} | {"statement", "evidence"}
    rows: list[Mapping[str, object]] = [item.model_dump(include=fields) for item in found]
    return "\n".join(str(row) for row in rows) or "nothing"
