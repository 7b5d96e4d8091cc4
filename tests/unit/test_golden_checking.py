"""Whether a fixture says no more than its quotes carry, and does not rule itself out."""

from pathlib import Path
from typing import Any

import pytest

from service.errors import FixtureError
from service.golden.checking import FixtureFault, check_case
from tests.builders import (
    CHIP_QUOTE,
    COMMITMENT_QUOTE,
    DRAFT_ITEM_BUILDERS,
    TARIFF_QUOTE,
)
from tests.unit.data_golden import (
    ARTICLE,
    build_fixture,
    build_small_fixture,
    change,
    make_case,
)

TOYS_OR_STEEL = {"goods": {"any": ["steel", "toys"]}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for one fixture and the default article."""
    return tmp_path


def _check(folder: Path, fixture: dict[str, Any]) -> list[FixtureFault]:
    return check_case(make_case(folder, fixture))


def _list_places(folder: Path, fixture: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault.kind, fault.place) for fault in _check(folder, fixture)]


def test_a_fixture_that_its_quotes_carry_has_no_fault(folder: Path) -> None:
    """Dates, names, numbers and parties in all six lists; doubts that are none go unread."""
    assert _check(folder, build_fixture()) == []


def test_a_fixture_that_expects_nothing_has_no_fault(folder: Path) -> None:
    """An article without news is a test as well."""
    assert _check(folder, {"article": ARTICLE}) == []


@pytest.mark.parametrize("name", DRAFT_ITEM_BUILDERS)
def test_a_field_that_is_not_judged_is_not_checked(name: str, folder: Path) -> None:
    """The checks want a whole item; what the fixture leaves out must claim nothing in it."""
    (item,) = build_fixture()[name]

    assert _check(folder, {"article": ARTICLE, name: [{"evidence": item["evidence"]}]}) == []


def test_what_is_filled_in_for_a_field_that_is_left_out_is_not_told(folder: Path) -> None:
    """Two rates ask for an action; the fixture leaves it open, and says nothing wrong."""
    fixture = build_small_fixture()
    del fixture["tariffs"][0]["action"]

    assert _check(folder, fixture) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rate", 85),
        ("rate", 10.5),
        ("rate", {"any": [10, 85]}),
        ("rate", {"any": [85, 10]}),
        ("rate", {"any": [None, 85]}),
        ("previous_rate", 85),
        ("previous_rate", {"any": [20, 85]}),
    ],
)
def test_a_rate_that_no_quote_has_is_a_fault(field: str, value: object, folder: Path) -> None:
    """Any of several right rates must be carried, not the first alone."""
    fixture = change(build_small_fixture(), "tariffs", 0, field, value=value)

    assert _list_places(folder, fixture) == [("fault", f"tariffs[0].{field}")]


@pytest.mark.parametrize(
    "quantity",
    [
        {"value": 13_000_000, "unit": "metric ton"},
        {"value": 12_000_000, "unit": "student"},
        {"any": [{"value": 12_000_000, "unit": "metric ton"}, {"value": 12, "unit": "ton"}]},
    ],
    ids=str,
)
def test_a_quantity_that_no_quote_has_is_a_fault(quantity: dict[str, Any], folder: Path) -> None:
    """Twelve million is not twelve, and a ton is no student."""
    fixture = change(build_fixture(), "commitments", 0, "quantity", value=quantity)

    assert _list_places(folder, fixture) == [("fault", "commitments[0].quantity")]


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("commitments", "due", "2027-02"),
        ("commitments", "due", {"any": ["2026-02", "2027-02"]}),
        ("tariffs", "actors", [{"name": "Japan", "country": "JP"}]),
        ("tariffs", "goods", "steel"),
        ("tariffs", "statement", "lower the duty to 85%"),
        ("chip_policies", "products", {"any": [["MI308"], ["H20"]]}),
        ("talks", "place", "Geneva"),
    ],
)
def test_what_a_reading_would_be_asked_about_is_a_doubt(
    name: str, field: str, value: object, folder: Path
) -> None:
    """The checks lean to doubt: its author looks again, and may be right."""
    fixture = change(build_fixture(), name, 0, field, value=value)

    places = _list_places(folder, fixture)
    assert places
    assert all(kind == "doubt" and place.startswith(f"{name}[0].{field}") for kind, place in places)


def test_a_value_without_a_quote_is_a_doubt(folder: Path) -> None:
    """Nothing can carry it; it may be meant so."""
    fixture = {"article": ARTICLE, "tariffs": [{"rate": 85}]}

    assert _list_places(folder, fixture) == [("doubt", "tariffs[0].evidence")]


@pytest.mark.parametrize(
    "evidence", [[[TARIFF_QUOTE], [CHIP_QUOTE]], [[CHIP_QUOTE], [TARIFF_QUOTE]]], ids=str
)
def test_each_of_several_sets_of_quotes_must_carry_the_numbers(
    evidence: list[list[str]], folder: Path
) -> None:
    """Each is said to be enough; a reader that gives the other one would lose its rate."""
    fixture = build_small_fixture(evidence={"any": evidence})

    faults = [place for kind, place in _list_places(folder, fixture) if kind == "fault"]
    assert faults == ["tariffs[0].rate", "tariffs[0].previous_rate"]


def test_several_quotes_carry_together(folder: Path) -> None:
    """One has the rate, another the date."""
    fixture = build_small_fixture(evidence=[CHIP_QUOTE, TARIFF_QUOTE])

    assert [kind for kind, _place in _list_places(folder, fixture)].count("fault") == 0


def test_an_optional_item_is_checked_like_any_other(folder: Path) -> None:
    """Where it is found, its values are held against the fixture's."""
    fixture = build_small_fixture(rate=85, optional=True)

    assert _list_places(folder, fixture) == [("fault", "tariffs[0].rate")]


def test_numbers_of_what_is_forbidden_need_no_quote(folder: Path) -> None:
    """A rate that the article does not have is just what one forbids."""
    assert _check(folder, build_fixture(forbidden={"tariffs": [{"rate": 145}]})) == []


@pytest.mark.parametrize("rule", [{"goods": "toys"}, TOYS_OR_STEEL, {"rate": 10, "goods": "toys"}])
def test_an_item_that_the_fixture_itself_forbids_is_a_fault(
    rule: dict[str, Any], folder: Path
) -> None:
    """No reading could be right."""
    (fault,) = _check(folder, build_fixture(forbidden={"tariffs": [rule]}))

    assert (fault.kind, fault.place) == ("fault", "forbidden.tariffs[0]")
    assert fault.message == "it rules out tariffs[0], which the fixture expects"


def test_an_item_that_is_like_a_forbidden_one_is_none(folder: Path) -> None:
    """A rule must match in every field that it gives."""
    rule = {"goods": "toys", "rate": 145}

    assert _check(folder, build_fixture(forbidden={"tariffs": [rule]})) == []


@pytest.mark.parametrize(
    ("fixture", "field"),
    [
        (build_fixture(must_not_contain=["12 million"]), "statement"),
        (build_fixture(must_not_contain=["made up", "e"]), "participants"),
        (build_fixture(headline="An AI image", must_not_contain=["AI image"]), "headline"),
    ],
)
def test_a_string_that_the_fixture_rules_out_and_uses_is_a_fault(
    fixture: dict[str, Any], field: str, folder: Path
) -> None:
    """Told once for each field, however often it stands there."""
    faults = _check(folder, fixture)

    last = len(fixture["must_not_contain"]) - 1
    assert {(fault.kind, fault.place) for fault in faults} == {
        ("fault", f"must_not_contain[{last}]")
    }
    assert len(faults) == len(set(faults))
    assert any(f"stands in {field} of what" in fault.message for fault in faults)


def test_a_string_in_a_quote_alone_may_be_ruled_out(folder: Path) -> None:
    """Evidence is the article's own text."""
    assert "by the end of" in COMMITMENT_QUOTE
    assert _check(folder, build_fixture(must_not_contain=["by the end of"])) == []


def test_an_empty_string_cannot_be_ruled_out(folder: Path) -> None:
    """It stands in every text; the fixture is refused before anything is compared."""
    with pytest.raises(FixtureError, match=r"must_not_contain\[0\]"):
        _check(folder, build_fixture(must_not_contain=[""]))


def test_faults_come_before_doubts(folder: Path) -> None:
    """What decides first."""
    fixture = change(build_fixture(), "commitments", 0, "due", value="2027-02")

    kinds = [
        kind for kind, _ in _list_places(folder, change(fixture, "tariffs", 0, "rate", value=85))
    ]
    assert kinds == ["fault", "doubt"]
