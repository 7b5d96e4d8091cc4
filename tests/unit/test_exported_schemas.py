"""The JSON Schemas: exported as the code says, valid, and true of real objects."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel, JsonValue, ValidationError

from schemas import Draft, Summary
from schemas.base import LIST_NAMES, ListName
from schemas.comparison import ComparisonReport
from schemas.export import DOCUMENTS, FOLDER, Schema, render_schema, write_schemas
from schemas.golden import GoldenFixture
from schemas.strict import build_strict_schema
from service.errors import RateLimitError, describe_problem
from tests.builders import build_attempt, build_draft, build_empty_draft, build_summary
from tests.unit.data_comparison import build_comparison_report, build_full_report

REGENERATE = "is not what the code says; write it again with: python -m schemas.export"


STRICT = Draft202012Validator(build_strict_schema())
NULLABLE_FIELDS = (
    "date place outcome source announced condition agreement quantity due goods rate "
    "previous_rate effective until"
)


def _read_schema(name: str) -> Schema:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert isinstance(schema, dict)
    return schema


def _list_errors(name: str, value: JsonValue) -> list[str]:
    validator = Draft202012Validator(_read_schema(name), format_checker=FormatChecker())
    return [error.json_path for error in validator.iter_errors(value)]


def _is_accepted(reply: JsonValue) -> bool:
    try:
        Draft.model_validate(reply)
    except ValidationError:
        return False
    return True


def _dump(model: BaseModel) -> dict[str, JsonValue]:
    dumped = model.model_dump(mode="json")
    assert isinstance(dumped, dict)
    return dumped


@pytest.mark.parametrize("name", DOCUMENTS)
def test_exported_schema_equals_the_code(name: str) -> None:
    """Clients generate code from these files, so a change of a type must show in them."""
    path = FOLDER / f"{name}.schema.json"

    assert path.read_bytes() == render_schema(name).encode(), f"{path.name} {REGENERATE}"


def test_every_file_in_the_folder_is_exported() -> None:
    """A document that nothing writes any more would go stale unnoticed."""
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.schema.json" for name in DOCUMENTS}


def test_documents_are_the_known_ones() -> None:
    """Each of these is linked from outside."""
    assert set(DOCUMENTS) == {"comparison", "draft", "golden", "problem", "strict", "summary"}


def test_schemas_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    """A folder that is missing is made, and every document lands in it as it was rendered."""
    folder = tmp_path / "new" / "json"

    write_schemas(folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        f"{name}.schema.json": render_schema(name).encode() for name in DOCUMENTS
    }


def test_unknown_document_is_a_key_error() -> None:
    """A misspelt name must not give an empty schema."""
    with pytest.raises(KeyError, match="sumary"):
        render_schema("sumary")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_exported_schema_is_valid_json_schema(name: str) -> None:
    """Generators refuse a document that is no JSON Schema 2020-12."""
    Draft202012Validator.check_schema(_read_schema(name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_exported_references_resolve(name: str) -> None:
    """The meta-schema does not look where a reference leads."""
    text = json.dumps(_read_schema(name))
    definitions = _read_schema(name).get("$defs", {})
    assert isinstance(definitions, dict)

    used = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}

    assert used <= set(definitions)


@pytest.mark.parametrize("draft", [build_draft(), build_empty_draft()], ids=["full", "empty"])
def test_summary_validates_against_its_schema(draft: Draft) -> None:
    """What is served must be what the document promises."""
    assert _list_errors("summary", _dump(build_summary(draft=draft))) == []


@pytest.mark.parametrize("field", Summary.model_fields)
def test_summary_schema_needs_every_field(field: str) -> None:
    """Every field is always served, so generated clients need no fallback."""
    served = _dump(build_summary())
    del served[field]

    assert _list_errors("summary", served) == ["$"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "not hex"),
        ("headline", "a" * 121),
        ("talks", None),
        ("warnings", [{"code": "unheard_of", "message": "m"}]),
        ("colour", "red"),
    ],
)
def test_summary_schema_refuses_what_the_code_refuses(field: str, value: JsonValue) -> None:
    """A document that took anything would also pass the tests above."""
    assert _list_errors("summary", {**_dump(build_summary()), field: value})


def test_draft_validates_against_its_schema() -> None:
    """The full document, bounds and patterns included, is true of a valid draft."""
    draft = _dump(build_draft())

    assert _list_errors("draft", draft) == []
    assert _list_errors("draft", {**draft, "headline": ""}) == ["$.headline"]


def test_golden_fixture_validates_against_its_schema() -> None:
    """Editors check fixtures against this document while they are written."""
    fixture: dict[str, JsonValue] = {
        "article": "seeds/000.txt",
        "tariffs": [{"rate": {"any": [10, None]}, "until": None, "optional": True}],
        "forbidden": {"talks": [{"kind": "summit"}]},
        "must_not_contain": ["AI Generated Image"],
    }

    assert _list_errors("golden", fixture) == []
    assert _dump(GoldenFixture.model_validate(fixture))["article"] == "seeds/000.txt"
    assert _list_errors("golden", {**fixture, "tariffs": [{"rte": 1}]}) == ["$.tariffs[0]"]


@pytest.mark.parametrize(
    "report",
    [build_full_report(), build_full_report(""), build_comparison_report()],
    ids=["nasty", "empty texts", "plain"],
)
def test_comparison_validates_against_its_schema(report: ComparisonReport) -> None:
    """Dashboards are built on this document; every part of a report stands in it."""
    served = _dump(report)

    assert _list_errors("comparison", served) == []
    assert _list_errors("comparison", {**served, "verdict": "good"}) == ["$"]


@pytest.mark.parametrize("field", ComparisonReport.model_fields)
def test_comparison_schema_needs_every_field(field: str) -> None:
    """Every field is always served, so generated clients need no fallback."""
    served = _dump(build_comparison_report())
    del served[field]

    assert _list_errors("comparison", served) == ["$"]


def test_problem_validates_against_its_schema() -> None:
    """Clients parse problems by this document."""
    error = RateLimitError("the endpoint is busy", attempts=[build_attempt()], retry_after_s=2)
    problem = _dump(describe_problem(error))

    assert _list_errors("problem", problem) == []
    assert _list_errors("problem", {**problem, "status": 200}) == ["$.status"]


@pytest.mark.parametrize("draft", [build_draft(), build_empty_draft()], ids=["full", "empty"])
def test_valid_draft_can_be_said_in_the_strict_schema(draft: Draft) -> None:
    """A constrained model must be able to give every right answer, and it must be taken."""
    reply = draft.model_dump(mode="json")

    assert STRICT.is_valid(reply)
    assert Draft.model_validate(reply) == draft


@given(st.data())
def test_reply_of_the_schemas_shape_is_a_draft(data: st.DataObject) -> None:
    """Whichever nullable fields are null and whichever lists are empty, both sides agree."""
    reply = build_draft().model_dump(mode="json")
    for name in LIST_NAMES[:-1]:
        for field, value in reply[name][0].items():
            if field in NULLABLE_FIELDS.split() and data.draw(st.booleans()):
                reply[name][0][field] = None
            if isinstance(value, list) and field != "evidence" and data.draw(st.booleans()):
                reply[name][0][field] = []

    assert STRICT.is_valid(reply)
    assert _is_accepted(reply)


@pytest.mark.parametrize("name", LIST_NAMES)
def test_null_is_sayable_exactly_where_a_draft_takes_it(name: ListName) -> None:
    """A null that only one side allows would cost a re-ask at every such article."""
    for field in build_draft().model_dump()[name][0]:
        reply = build_draft().model_dump(mode="json")
        reply[name][0][field] = None

        assert STRICT.is_valid(reply) is _is_accepted(reply), field


@pytest.mark.parametrize(
    "change",
    [{"talks": None}, {"headline": None}, {"confidence": 1}, {"tariffs": [{}]}, {"gist": 5}],
    ids=str,
)
def test_reply_of_another_shape_is_refused_by_both(change: dict[str, JsonValue]) -> None:
    """Endpoints without strict mode send such replies, and the draft must stop them."""
    reply = build_draft().model_dump(mode="json") | change

    assert not STRICT.is_valid(reply)
    assert not _is_accepted(reply)


@pytest.mark.parametrize(
    "item",
    [{"date": "5 December"}, {"date": "2026-02-30"}, {"evidence": []}, {"evidence": ["a"] * 4}],
    ids=str,
)
def test_bounds_that_are_not_sent_are_checked_on_arrival(item: dict[str, JsonValue]) -> None:
    """Strict mode takes no pattern and no bound, so the draft is where they hold."""
    reply = build_draft().model_dump(mode="json")
    reply["talks"][0] |= item

    assert STRICT.is_valid(reply)
    assert not _is_accepted(reply)
