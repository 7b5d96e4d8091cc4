"""The fields of the six lists: names, types and what may be null."""

from typing import cast, get_args

import pytest
from pydantic import BaseModel, ValidationError

from schemas import base, draft, golden, summary
from schemas.base import ListName
from schemas.draft import Draft
from tests.builders import DRAFT_ITEM_BUILDERS, build_draft, build_summary

SHARED = {
    "statement": "text",
    "actors": "parties",
    "targets": "parties",
    "announced": "date?",
    "condition": "text?",
    "agreement": "text?",
    "source": "text?",
    "aside": "bool",
    "evidence": "quotes",
}
CONTRACT: dict[ListName, dict[str, str]] = {
    "talks": {
        "kind": "TalkKind",
        "date": "date?",
        "place": "text?",
        "participants": "parties",
        "topics": "topics",
        "outcome": "text?",
        "status": "TalkStatus",
        "source": "text?",
        "aside": "bool",
        "evidence": "quotes",
    },
    "commitments": SHARED
    | {
        "topic": "Topic",
        "quantity": "quantity?",
        "due": "date?",
        "status": "CommitmentStatus",
    },
    "tariffs": SHARED
    | {
        "goods": "text?",
        "action": "TariffAction",
        "companies": "texts",
        "rate": "number?",
        "previous_rate": "number?",
        "effective": "date?",
        "until": "date?",
        "status": "MeasureStatus",
    },
    "chip_policies": SHARED
    | {
        "companies": "texts",
        "products": "texts",
        "instrument": "ChipInstrument",
        "stance": "Stance",
        "rate": "number?",
        "effective": "date?",
        "until": "date?",
        "status": "MeasureStatus",
    },
    "non_tariff_measures": SHARED
    | {
        "goods": "text?",
        "instrument": "NonTariffInstrument",
        "stance": "Stance",
        "effective": "date?",
        "until": "date?",
        "status": "MeasureStatus",
    },
    "doubts": {"about": "text", "evidence": "quotes"},
}
"""The contract's own tables, written out again: each list's fields and their types."""

GOOD: dict[str, list[object]] = {
    "text": ["x", "何立峰 🌾"],
    "text?": ["x", None],
    "date?": ["2026", "2026-02", "2026-02-28", None],
    "bool": [True, False],
    "number?": [25.0, 0, 12.5, None],
    "parties": [[], [{"name": "G7", "country": None}, {"name": "China", "country": "CN"}]],
    "topics": [[], ["chips", "rare_earths"]],
    "texts": [[], ["AMD", "Nvidia"]],
    "quantity?": [{"value": 12, "unit": "student"}, None],
    "quotes": [["a"], ["a", "b", "c"]],
}
BAD: dict[str, list[object]] = {
    "text": [None, "", 5, ["x"]],
    "text?": [5, ["x"]],
    "date?": ["2026-2", "2026-02-30", "February 2026", 2026, ""],
    "bool": [None, "perhaps", 2],
    "number?": ["a quarter", float("inf"), float("nan"), [25]],
    "parties": [None, ["China"], [{"name": "China"}], {"name": "China", "country": "CN"}],
    "topics": [None, ["chip"], ["Chips"], "chips"],
    "texts": [None, [5], "AMD"],
    "quantity?": [5, {"value": 5}, {"value": None, "unit": "ton"}, {"unit": "ton"}],
    "quotes": [None, [], ["a", "b", "c", "d"], [""], "a", [{"quote": "a", "start": 0, "end": 1}]],
}

FIELDS = [(name, field) for name, fields in CONTRACT.items() for field in fields]
SINGULAR = {
    "talks": "Talk",
    "commitments": "Commitment",
    "tariffs": "Tariff",
    "chip_policies": "ChipPolicy",
    "non_tariff_measures": "NonTariffMeasure",
    "doubts": "Doubt",
}


def _find_model(module: object, prefix: str, name: ListName) -> type[BaseModel]:
    return cast("type[BaseModel]", getattr(module, prefix + SINGULAR[name]))


def _list_values(kind: str) -> list[object]:
    return GOOD.get(kind) or list(get_args(getattr(base, kind)))


def _list_bad_values(kind: str) -> list[object]:
    return BAD.get(kind) or [None, "", "unheard_of", "HELD", 1]


def test_lists_are_the_contracts_in_its_order() -> None:
    """A list that is missing here would be tested nowhere below."""
    assert tuple(CONTRACT) == base.LIST_NAMES


@pytest.mark.parametrize("name", CONTRACT)
def test_draft_item_has_exactly_the_fields_of_the_contract(name: ListName) -> None:
    """Field names are fixed; a draft item has no id and no offsets."""
    assert set(_find_model(draft, "Draft", name).model_fields) == set(CONTRACT[name])


@pytest.mark.parametrize("name", CONTRACT)
def test_summary_item_adds_an_id_and_nothing_else(name: ListName) -> None:
    """A client that knows the draft's fields knows the summary's."""
    assert set(_find_model(summary, "", name).model_fields) == {"id", *CONTRACT[name]}


@pytest.mark.parametrize("name", CONTRACT)
def test_golden_item_adds_optional_and_nothing_else(name: ListName) -> None:
    """A fixture that could not name a field could not judge it."""
    assert set(_find_model(golden, "Golden", name).model_fields) == {"optional", *CONTRACT[name]}


@pytest.mark.parametrize("name", CONTRACT)
def test_forbidden_item_has_the_same_fields(name: ListName) -> None:
    """Every field may identify what must not be claimed; a forbidden item is never optional."""
    assert set(_find_model(golden, "Forbidden", name).model_fields) == set(CONTRACT[name])


@pytest.mark.parametrize("name", CONTRACT)
def test_envelopes_hold_each_list_under_its_name(name: ListName) -> None:
    """The same six names everywhere: draft, summary, fixture and what a fixture forbids."""
    holders = (Draft, summary.Summary, golden.GoldenFixture, golden.Forbidden)

    assert all(name in holder.model_fields for holder in holders)


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_field_takes_every_value_of_its_type(name: ListName, field: str) -> None:
    """What the contract allows must be sayable: null and empty where it says so."""
    for value in _list_values(CONTRACT[name][field]):
        item = DRAFT_ITEM_BUILDERS[name](**{field: value})

        assert item.model_dump()[field] == value


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_field_refuses_values_of_another_type(name: ListName, field: str) -> None:
    """A null where none is allowed, or a value outside its set, must not become a fact."""
    for value in _list_bad_values(CONTRACT[name][field]):
        with pytest.raises(ValidationError, match=field):
            DRAFT_ITEM_BUILDERS[name](**{field: value})


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_no_field_of_a_draft_item_has_a_default(name: ListName, field: str) -> None:
    """Strict outputs need every field, so that unknown is said and not left out."""
    fields = build_draft().model_dump()[name][0]
    del fields[field]

    with pytest.raises(ValidationError, match=field):
        _find_model(draft, "Draft", name).model_validate(fields)


@pytest.mark.parametrize(
    ("name", "field"), [pair for pair in FIELDS if hasattr(base, CONTRACT[pair[0]][pair[1]])]
)
def test_closed_field_shows_exactly_its_set(name: ListName, field: str) -> None:
    """A field that took another list's set would let a value through that means nothing here."""
    model = _find_model(draft, "Draft", name)

    shown = model.model_json_schema()["properties"][field]["enum"]

    assert shown == _list_values(CONTRACT[name][field])


@pytest.mark.parametrize("name", CONTRACT)
def test_draft_item_refuses_an_unknown_field(name: ListName) -> None:
    """What a reader adds on its own must be seen, not swallowed."""
    with pytest.raises(ValidationError, match="confidence"):
        DRAFT_ITEM_BUILDERS[name](confidence=0.9)


@pytest.mark.parametrize("name", CONTRACT)
def test_summary_item_without_id_is_refused(name: ListName) -> None:
    """Reports and stored judgements point at items by their ids."""
    fields = build_summary().model_dump()[name][0]
    del fields["id"]

    with pytest.raises(ValidationError, match="id"):
        _find_model(summary, "", name).model_validate(fields)


@pytest.mark.parametrize("name", CONTRACT)
def test_every_field_is_described_in_the_exported_schema(name: ListName) -> None:
    """The exported schema is what a client reads; evidence is described by its own type."""
    model = _find_model(draft, "Draft", name)

    undescribed = {key for key, field in model.model_fields.items() if not field.description}

    assert undescribed <= {"evidence"}
