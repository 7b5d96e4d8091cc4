"""The vocabulary: closed sets, partial dates, value objects."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

import schemas
from schemas import base
from schemas.base import Frozen, PartialDate, Party, Quantity, is_partial_date
from tests.builders import build_party, build_quantity

CLOSED_SETS = {
    "Topic": (
        "trade tariffs export_controls chips rare_earths agriculture narcotics market_access "
        "investment technology education security economy diplomacy other"
    ),
    "TalkKind": "call meeting summit negotiation_round visit other",
    "TalkStatus": "planned ongoing held cancelled",
    "CommitmentStatus": (
        "proposed announced agreed in_progress fulfilled stalled broken withdrawn"
    ),
    "MeasureStatus": ("threatened proposed agreed announced in_force suspended rejected ended"),
    "TariffAction": "impose increase reduce remove suspend extend exempt maintain",
    "ChipInstrument": (
        "export_control license revenue_share entity_listing usage_warning procurement_ban "
        "import_refusal legislation subsidy investigation enforcement other"
    ),
    "NonTariffInstrument": (
        "export_control license import_ban export_ban quota fee entity_listing "
        "investment_limit investigation visa other"
    ),
    "Stance": "tighten loosen maintain unclear",
    "WarningCode": (
        "item_dropped quote_dropped value_cleared repeated_quote partial_reading no_published "
        "instructions_in_article split fallback_reader"
    ),
    "ListName": "talks commitments tariffs chip_policies non_tariff_measures doubts",
}
"""The contract's own table, written out again: a set in the code must not drift from it."""

ADAPTER: TypeAdapter[str] = TypeAdapter(PartialDate)
PUBLIC_MODELS = [
    value
    for value in vars(schemas).values()
    if isinstance(value, type) and issubclass(value, BaseModel)
]

PARTIAL_DATES = ["2026", "2026-02", "2026-02-28", "2024-02-29", "2000-02-29", "0001", "9999-12-31"]
NO_DATES = [
    "",
    "0000",
    "0000-01-01",
    "26",
    "2026-2",
    "2026-00",
    "2026-13",
    "2026-02-00",
    "2026-02-30",
    "2026-04-31",
    "2025-02-29",
    "1900-02-29",
    "2026-12-5",
    "2026-12-32",
    "2026-",
    "20261205",
    "12026",
    "-2026",
    "+2026",
    "2026/12/05",
    "2026‑12‑05",
    "2026-12-05T00:00:00Z",
    " 2026",
    "2026 ",
    "2026\n",
    "\n2026",
    "２０２６",
    "٢٠٢٦-١٢-٠٥",
    "202६",
    "December 2026",
]


@pytest.mark.parametrize("name", CLOSED_SETS)
def test_closed_set_has_exactly_the_values_of_the_contract(name: str) -> None:
    """Stored summaries and fixtures rely on each value, so none may come, go or change."""
    values = get_args(getattr(base, name))

    assert list(values) == CLOSED_SETS[name].split()


def test_list_names_keep_the_order_in_which_a_summary_shows_them() -> None:
    """Items are listed in this order, so a permutation changes every served answer."""
    assert list(base.LIST_NAMES) == CLOSED_SETS["ListName"].split()


def test_schema_version_is_the_contracts() -> None:
    """The version is part of every id: a silent change would orphan what is stored."""
    assert base.SCHEMA_VERSION == "1"


@pytest.mark.parametrize("value", PARTIAL_DATES)
def test_partial_date_accepts_year_month_and_day(value: str) -> None:
    """Leap days and the calendar's first and last year are dates like any other."""
    assert is_partial_date(value)
    assert ADAPTER.validate_python(value) == value


@pytest.mark.parametrize("value", NO_DATES)
def test_partial_date_refuses_what_no_calendar_or_format_has(value: str) -> None:
    """A date that cannot be must never reach a summary, whatever its digits look like."""
    assert not is_partial_date(value)
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(value)


def test_partial_date_error_shows_the_value_and_the_forms() -> None:
    """Whoever wrote the date must see which one is meant and how it should look."""
    with pytest.raises(ValidationError, match=r"'2026-02-30' is no date of the form 2026, 2026-02"):
        ADAPTER.validate_python("2026-02-30")


@given(st.dates())
def test_every_calendar_day_is_a_partial_date_at_each_precision(day: date) -> None:
    """No day of the calendar may be refused, whichever precision the article gives it."""
    text = day.isoformat()

    assert all(is_partial_date(part) for part in (text, text[:7], text[:4]))


@given(st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_ten_characters_are_a_date_exactly_when_the_calendar_has_it(text: str) -> None:
    """The standard library's calendar is the oracle for what is a day."""
    try:
        date.fromisoformat(text)
        expected = True
    except ValueError:
        expected = False

    assert is_partial_date(text) is expected


@given(st.text(max_size=12))
def test_text_that_is_no_ascii_number_with_hyphens_is_never_a_date(text: str) -> None:
    """Digits of other scripts look right to a reader and break every later comparison."""
    if is_partial_date(text):
        assert text.isascii()
        assert text.replace("-", "").isdigit()


@pytest.mark.parametrize("code", ["CN", "US", "EU", None])
def test_party_takes_a_country_code_or_null(code: str | None) -> None:
    """Groups of states and unknowns have no country, and the European Union has one."""
    assert build_party("anyone", code).country == code


@pytest.mark.parametrize("code", ["", "cn", "CHN", "C", "C1", "ＣＮ", "CN\n", " CN", "China"])
def test_party_refuses_what_is_no_two_letter_code(code: str) -> None:
    """A name in the place of a code would make two parties of one."""
    with pytest.raises(ValidationError):
        build_party("China", code)


def test_party_needs_a_name() -> None:
    """An item about nobody in particular has no party at all, instead of a nameless one."""
    with pytest.raises(ValidationError):
        build_party("")


def test_party_does_not_guess_the_country() -> None:
    """Strict schemas know no defaults: a missing country and an unknown one are different."""
    with pytest.raises(ValidationError, match="country"):
        Party.model_validate({"name": "China"})


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_quantity_refuses_numbers_that_json_does_not_have(value: float) -> None:
    """An infinity would be served as null, and so as an amount that nobody gave."""
    with pytest.raises(ValidationError):
        build_quantity(value)


@pytest.mark.parametrize("value", [0, 12_000_000, 0.5, -1])
def test_quantity_keeps_its_number(value: float) -> None:
    """An amount that is written out must come back as the same number."""
    assert Quantity.model_validate_json(build_quantity(value).model_dump_json()).value == value


@pytest.mark.parametrize("model", PUBLIC_MODELS, ids=lambda model: str(model.__name__))
def test_public_model_is_frozen_and_closed(model: type[BaseModel]) -> None:
    """A field that can be set or added afterwards has passed no validation."""
    assert issubclass(model, Frozen)
    assert model.model_config["frozen"] is True
    assert model.model_config["extra"] == "forbid"


def test_frozen_object_refuses_assignment() -> None:
    """What a summary says must not change after it was checked."""
    party = build_party()

    with pytest.raises(ValidationError, match="frozen"):
        party.name = "Taiwan"  # type: ignore[misc]  # the refusal is what is tested


def test_unknown_field_is_refused_by_name() -> None:
    """A misspelt field would otherwise be lost without a word."""
    with pytest.raises(ValidationError, match="contry"):
        Party.model_validate({"name": "China", "country": "CN", "contry": "CN"})


def test_attribute_docstrings_become_descriptions() -> None:
    """The exported schemas are the documentation that clients see."""
    assert "alpha-2" in str(Party.model_fields["country"].description)


def test_public_names_are_the_ones_that_are_exported() -> None:
    """Code outside relies on these names, so one that vanishes must be noticed."""
    public = {name for name, value in vars(schemas).items() if value in PUBLIC_MODELS}

    assert set(schemas.__all__) == public | {"PartialDate", "Topic"}
