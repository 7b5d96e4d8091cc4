"""One faulty item never costs a whole paid reply."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from schemas.draft import MAX_HEADLINE_CHARS, Draft
from service.readers.llm.salvage import salvage_draft
from tests.builders import build_draft

Data = dict[str, JsonValue]


def make_data() -> Data:
    """Return a whole draft as the JSON data that a model would send."""
    data: Data = json.loads(build_draft().model_dump_json())
    return data


def spoil(data: Data, *path: str | int, value: JsonValue) -> Data:
    """Set the value at ``path`` and return ``data``."""
    node: JsonValue = data
    for step in path[:-1]:
        assert isinstance(node, (dict, list))
        node = node[step]  # type: ignore[index]  # path and data are ours
    assert isinstance(node, (dict, list))
    node[path[-1]] = value  # type: ignore[index]  # path and data are ours
    return data


def test_a_valid_draft_passes_without_a_complaint() -> None:
    """Salvage must not touch what is right."""
    assert salvage_draft(make_data()) == (build_draft(), [])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("commitments", 0, "due"), "end of February"),
        (("commitments", 0, "due"), "2026-02-30"),
        (("tariffs", 0, "rate"), "ten"),
        (("commitments", 0, "quantity"), {"value": "many", "unit": "ton"}),
        (("talks", 0, "outcome"), 7),
    ],
)
def test_a_faulty_value_that_may_be_null_becomes_null(
    path: tuple[str, int, str], value: JsonValue
) -> None:
    """The rest of the item is still good."""
    draft, complaints = salvage_draft(spoil(make_data(), *path, value=value))

    assert draft is not None
    assert getattr(getattr(draft, path[0])[0], path[2]) is None
    assert complaints[0].path.startswith(f"{path[0]}[0].{path[2]}")


def test_a_faulty_party_leaves_its_list() -> None:
    """One wrong country code does not make the other parties wrong."""
    parties: JsonValue = [
        {"name": "China", "country": "CN"},
        {"name": "United States", "country": "usa"},
    ]

    draft, complaints = salvage_draft(spoil(make_data(), "tariffs", 0, "actors", value=parties))

    assert draft is not None
    assert [party.name for party in draft.tariffs[0].actors] == ["China"]
    assert [complaint.path for complaint in complaints] == ["tariffs[0].actors[1].country"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("tariffs", 0, "status"), "probably"),
        (("tariffs", 0), "a tariff"),
        (("tariffs", 0, "evidence"), []),
        (("tariffs", 0, "statement"), None),
    ],
)
def test_an_item_without_what_it_must_have_leaves_its_list(
    path: tuple[str | int, ...], value: JsonValue
) -> None:
    """What it claims is unknown, or nothing carries it."""
    draft, complaints = salvage_draft(spoil(make_data(), *path, value=value))

    assert draft is not None
    assert (draft.tariffs, draft.commitments) == ([], build_draft().commitments)
    assert complaints


def test_missing_fields_of_an_item_are_named_together() -> None:
    """Sixteen lines for one forgotten item would bury the rest."""
    _draft, complaints = salvage_draft(spoil(make_data(), "doubts", 0, value={"evidence": ["a"]}))

    assert [(one.path, one.message) for one in complaints] == [
        ("doubts[0]", "these fields are missing: about.")
    ]


def test_quotes_beyond_the_third_are_left_out() -> None:
    """Three carry a fact; more do not make it wrong."""
    quotes: JsonValue = ["a", "b", "c", "d", "e"]

    draft, complaints = salvage_draft(spoil(make_data(), "doubts", 0, "evidence", value=quotes))

    assert draft is not None
    assert draft.doubts[0].evidence == ["a", "b", "c"]
    assert [complaint.path for complaint in complaints] == ["doubts[0].evidence"]


def test_a_headline_that_is_too_long_is_cut_at_a_word() -> None:
    """The evidence stage checks what is left."""
    draft, complaints = salvage_draft(spoil(make_data(), "headline", value="tariff " * 40))

    assert draft is not None
    assert len(draft.headline) <= MAX_HEADLINE_CHARS
    assert draft.headline.endswith("tariff")
    assert [complaint.path for complaint in complaints] == ["headline"]


def test_unknown_fields_are_left_out() -> None:
    """Endpoints without strict schemas let models add remarks."""
    draft, complaints = salvage_draft({**make_data(), "remarks": "none"})

    assert (draft, len(complaints)) == (build_draft(), 1)


@pytest.mark.parametrize("data", [None, [], "prose", 3, {"error": "none"}, {"talks": "none"}])
def test_what_is_no_draft_at_all_gives_none(data: JsonValue) -> None:
    """An error message in JSON's clothes must not pass for an article with nothing in it."""
    draft, complaints = salvage_draft(data)

    assert draft is None
    assert [complaint.path for complaint in complaints] == [""]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(data=st.data(), value=JSON_VALUES)
def test_whatever_is_put_anywhere_the_result_is_a_valid_draft_or_none(
    data: st.DataObject, value: JsonValue
) -> None:
    """Models find every way to be wrong; none may raise."""
    spoiled = make_data()
    name = data.draw(st.sampled_from(sorted(spoiled)))
    if isinstance(spoiled[name], list) and data.draw(st.booleans()):
        field = data.draw(st.sampled_from(sorted(spoiled[name][0])))  # type: ignore[index,arg-type]  # ours
        spoil(spoiled, name, 0, field, value=value)
    else:
        spoil(spoiled, name, value=value)

    draft, _complaints = salvage_draft(spoiled)
    assert draft is None or Draft.model_validate(draft.model_dump()) == draft
