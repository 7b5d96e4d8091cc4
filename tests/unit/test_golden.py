"""Golden fixtures: left out, null, one of several, optional, forbidden."""

import pytest
from pydantic import BaseModel, ValidationError

from schemas.base import LIST_NAMES, ListName
from schemas.golden import AnyOf, Forbidden, GoldenFixture, GoldenTalk, GoldenTariff
from tests.builders import build_draft

ARTICLE = "seeds/000_5afe54d1572835e4.txt"

NULLABLE = {
    "talks": ["date", "place", "outcome", "source"],
    "commitments": ["announced", "condition", "agreement", "source", "quantity", "due"],
    "tariffs": ["announced", "goods", "rate", "previous_rate", "effective", "until"],
    "chip_policies": ["announced", "rate", "effective", "until"],
    "non_tariff_measures": ["announced", "goods", "effective", "until"],
}
NEVER_NULL = {
    "talks": ["kind", "participants", "topics", "status", "aside", "evidence"],
    "commitments": ["statement", "actors", "targets", "topic", "status", "aside", "evidence"],
    "tariffs": ["statement", "action", "companies", "status", "evidence"],
    "chip_policies": ["products", "companies", "instrument", "stance", "status"],
    "non_tariff_measures": ["instrument", "stance", "status", "targets"],
    "doubts": ["about", "evidence"],
}


def _read(**parts: object) -> GoldenFixture:
    return GoldenFixture.model_validate({"article": ARTICLE, **parts})


def _read_item(name: str, **fields: object) -> BaseModel:
    (item,) = getattr(_read(**{name: [fields]}), name)
    assert isinstance(item, BaseModel)
    return item


def _list_forbidden(fixture: GoldenFixture, name: str) -> list[BaseModel]:
    items = getattr(fixture.forbidden, name)
    return [item for item in items if isinstance(item, BaseModel)]


def _pairs(fields: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, field) for name, names in fields.items() for field in names]


def test_fixture_needs_nothing_but_its_article() -> None:
    """A fixture may judge one list only; what it leaves out expects nothing."""
    fixture = _read()

    assert fixture.model_fields_set == {"article"}
    assert all(getattr(fixture, name) == [] for name in LIST_NAMES)
    assert fixture.must_not_contain == []


@pytest.mark.parametrize("parts", [{}, {"article": ""}, {"article": None}])
def test_fixture_without_an_article_is_refused(parts: dict[str, object]) -> None:
    """A fixture that names no article judges nothing."""
    with pytest.raises(ValidationError, match="article"):
        GoldenFixture.model_validate(parts)


def test_default_draft_is_a_fixture_when_it_is_given_an_article() -> None:
    """Fixtures have the draft's shape, so a good draft can be frozen into one."""
    draft = build_draft()

    fixture = _read(**draft.model_dump())

    for name in LIST_NAMES:
        (expected,), (found,) = getattr(draft, name), getattr(fixture, name)
        assert found.model_dump(exclude={"optional"}) == expected.model_dump()


@pytest.mark.parametrize(("name", "field"), _pairs(NULLABLE))
def test_null_is_told_from_left_out(name: str, field: str) -> None:
    """Null must be so; what is left out is not judged. Both read as None without the set."""
    given, left_out = _read_item(name, **{field: None}), _read_item(name)

    assert getattr(given, field) is getattr(left_out, field) is None
    assert field in given.model_fields_set
    assert field not in left_out.model_fields_set


@pytest.mark.parametrize(("name", "field"), _pairs(NEVER_NULL))
def test_null_is_refused_where_no_summary_has_one(name: str, field: str) -> None:
    """An expectation that can never come true is a mistake in the fixture."""
    with pytest.raises(ValidationError, match=field):
        _read_item(name, **{field: None})


def test_empty_list_is_told_from_left_out() -> None:
    """Nobody named is an expectation; nothing said about it is none."""
    given, left_out = _read_item("tariffs", companies=[]), _read_item("tariffs")

    assert "companies" in given.model_fields_set
    assert "companies" not in left_out.model_fields_set


def test_fields_set_survives_json() -> None:
    """Fixtures are rewritten by tools; a left-out field must not turn into a null."""
    item = _read_item("tariffs", rate=None, goods="toys")

    again = GoldenTariff.model_validate_json(item.model_dump_json(exclude_unset=True))

    assert again.model_fields_set == {"rate", "goods"}


@pytest.mark.parametrize(
    ("name", "field", "values"),
    [
        ("tariffs", "rate", [10, 10.5]),
        ("tariffs", "rate", [10, None]),
        ("tariffs", "status", ["agreed", "in_force"]),
        ("tariffs", "effective", ["2025-11", "2025-11-10", None]),
        ("tariffs", "companies", [[], ["AMD"], ["AMD", "Nvidia"]]),
        ("commitments", "statement", ["buy soybeans", "purchase soybeans"]),
        ("talks", "aside", [True, False]),
        ("talks", "topics", [["trade"], ["trade", "chips"]]),
        ("doubts", "evidence", [["a"], ["b", "c"]]),
    ],
)
def test_any_holds_each_right_value(name: str, field: str, values: list[object]) -> None:
    """Where an article can be read in two ways, both are right: scalars, nulls and lists."""
    found = getattr(_read_item(name, **{field: {"any": values}}), field)

    assert isinstance(found, AnyOf)
    assert found.any == values


def test_any_holds_parties_and_quantities() -> None:
    """Alternatives of objects are read as the objects that they are."""
    parties = [[{"name": "China", "country": "CN"}], []]
    quantities = [{"value": 12, "unit": "ton"}, None]

    item = _read_item("commitments", actors={"any": parties}, quantity={"any": quantities})

    assert item.model_dump(include={"actors", "quantity"}) == {
        "actors": {"any": parties},
        "quantity": {"any": quantities},
    }


@pytest.mark.parametrize("field", ["headline", "gist"])
def test_any_holds_for_headline_and_gist(field: str) -> None:
    """More than one wording of a summary is right."""
    found = getattr(_read(**{field: {"any": ["one", "two"]}}), field)

    assert isinstance(found, AnyOf)
    assert found.any == ["one", "two"]


def test_any_without_values_is_refused() -> None:
    """No value could ever be right."""
    with pytest.raises(ValidationError, match="rate"):
        _read_item("tariffs", rate={"any": []})


def test_any_with_a_further_key_is_refused() -> None:
    """A second key is a typing error in the fixture."""
    with pytest.raises(ValidationError, match="all"):
        _read_item("tariffs", rate={"any": [1], "all": [2]})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "in force"),
        ("effective", "2026-02-30"),
        ("rate", float("inf")),
        ("rate", "a tenth"),
        ("evidence", []),
        ("evidence", ["a", "b", "c", "d"]),
        ("statement", ""),
        ("actors", ["China"]),
    ],
)
def test_value_that_no_summary_can_have_is_refused(field: str, value: object) -> None:
    """The draft's own rules hold for a plain expectation and within ``any`` alike."""
    for given in (value, {"any": [value]}):
        with pytest.raises(ValidationError, match=field):
            _read_item("tariffs", **{field: given})


@pytest.mark.parametrize("name", LIST_NAMES)
def test_unknown_field_of_an_item_is_refused_by_name(name: ListName) -> None:
    """A misspelt field would never be judged, and the fixture would look green."""
    with pytest.raises(ValidationError) as caught:
        _read_item(name, evidance=["a"])

    (error,) = caught.value.errors()
    assert error["loc"] == (name, 0, "evidance")
    assert f"{name}.0.evidance" in str(caught.value)


@pytest.mark.parametrize("part", ["tariff", "must_not_contains", "schema_version"])
def test_unknown_part_of_a_fixture_is_refused_by_name(part: str) -> None:
    """A misspelt list would expect nothing at all."""
    with pytest.raises(ValidationError, match=rf"(?m)^{part}$"):
        _read(**{part: []})


@pytest.mark.parametrize("name", LIST_NAMES)
def test_item_is_required_unless_it_says_otherwise(name: ListName) -> None:
    """A forgotten mark makes a fixture stricter, never laxer."""
    required, optional = _read_item(name), _read_item(name, optional=True)

    assert required.model_dump()["optional"] is False
    assert optional.model_dump()["optional"] is True


@pytest.mark.parametrize("name", LIST_NAMES)
def test_forbidden_item_keeps_only_the_fields_given(name: ListName) -> None:
    """A critical error is what matches every field given, so no other field may count."""
    fixture = _read(forbidden={name: [{"evidence": ["a"]}]})

    (item,) = _list_forbidden(fixture, name)

    assert item.model_fields_set == {"evidence"}


def test_forbidden_field_may_be_one_of_several_values() -> None:
    """One forbidden item can name a family of mistakes."""
    fixture = _read(forbidden={"tariffs": [{"rate": {"any": [100, 145]}, "until": None}]})

    (item,) = _list_forbidden(fixture, "tariffs")

    assert item.model_dump(exclude_unset=True) == {"rate": {"any": [100, 145]}, "until": None}
    assert item.model_fields_set == {"rate", "until"}


@pytest.mark.parametrize(
    "forbidden",
    [
        {"tariffs": [{"optional": True}]},
        {"tariffs": [{"rat": 100}]},
        {"tariff": []},
        {"tariffs": {"rate": 100}},
    ],
)
def test_misspelt_forbidden_part_is_refused(forbidden: dict[str, object]) -> None:
    """A forbidden item that is not understood would forbid the wrong thing or nothing."""
    with pytest.raises(ValidationError, match="forbidden"):
        _read(forbidden=forbidden)


def test_nothing_is_forbidden_by_default() -> None:
    """A fixture without the part knows no critical item."""
    assert _read().forbidden == Forbidden()


def test_must_not_contain_keeps_its_strings() -> None:
    """Strings are compared as they are written, spaces and case included."""
    strings = ["AI Generated Image", " 稀土 ", "📷"]

    assert _read(must_not_contain=strings).must_not_contain == strings


@pytest.mark.parametrize("value", ["a string", [5], None])
def test_must_not_contain_is_a_list_of_strings(value: object) -> None:
    """A bare string would forbid each of its letters."""
    with pytest.raises(ValidationError, match="must_not_contain"):
        _read(must_not_contain=value)


def test_published_is_a_partial_date() -> None:
    """The reading is given this date; a wrong one would fail every relative date."""
    assert _read(published="2025-12-05").published == "2025-12-05"
    with pytest.raises(ValidationError, match="published"):
        _read(published="2025-12-32")


def test_golden_item_keeps_the_drafts_name_and_description() -> None:
    """The exported schema speaks of talks, not of types built at run time."""
    assert GoldenTalk.__name__ == "GoldenTalk"
    assert "reader claims" in str(GoldenTalk.__doc__)
    assert "first of several" in str(GoldenTalk.model_fields["date"].description)
