"""The schema that is sent, held against what strict structured outputs take.

The walker knows the portable subset. Sources: OpenAI, Structured Outputs guide, "Supported
schemas" (properties, enum values, name lengths, no root ``anyOf``); Azure OpenAI, Structured
outputs, "JSON Schema support and limitations" (nesting of 5, and the longer list of keywords
that are refused). Where the two differ, the stricter holds, except for Azure's older limit of
100 properties, which a test of its own covers.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, JsonValue, RootModel, create_model

from schemas import strict
from schemas.base import LIST_NAMES, ListName
from schemas.strict import Schema, build_strict_schema
from tests.builders import DRAFT_ITEM_BUILDERS

MAX_LEVELS = 5
MAX_PROPERTIES = 5_000
MAX_ENUM_VALUES = 1_000
MAX_NAME_CHARS = 120_000
MAX_LARGE_ENUM_CHARS = 15_000
LARGE_ENUM_VALUES = 250
AZURE_MAX_PROPERTIES = 100

FORMS = {
    **{kind: {"type", "enum"} for kind in ("string", "number", "integer", "boolean")},
    "object": {"type", "properties", "required", "additionalProperties"},
    "array": {"type", "items"},
    "null": {"type"},
}
"""Type to the keywords that may stand beside it; whatever else there is, is refused."""
PYTHON_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
REFERENCE = "#/$defs/"


def _read_map(node: Schema, keyword: str) -> Schema:
    value = node.get(keyword)
    return value if isinstance(value, dict) else {}


def _read_list(node: Schema, keyword: str) -> list[JsonValue]:
    value = node.get(keyword)
    return value if isinstance(value, list) else []


def _iterate_children(node: Schema) -> Iterator[tuple[str, JsonValue]]:
    """Yield the schemas within ``node``, each with its step of the path."""
    yield from ((f".{name}", child) for name, child in _read_map(node, "properties").items())
    if "items" in node:
        yield "[]", node["items"]
    yield from ((f"|{i}", branch) for i, branch in enumerate(_read_list(node, "anyOf")))


def _iterate_nodes(path: str, node: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    yield path, node
    for step, child in _iterate_children(node) if isinstance(node, dict) else ():
        yield from _iterate_nodes(path + step, child)


def _list_nodes(schema: Schema) -> list[tuple[str, JsonValue]]:
    root = {key: value for key, value in schema.items() if key != "$defs"}
    tops = {"$": root, **_read_map(schema, "$defs")}
    return [pair for name, node in tops.items() for pair in _iterate_nodes(name, node)]


def _resolve(schema: Schema, node: JsonValue) -> Schema:
    """Return the definition that ``node`` refers to, or ``node`` itself; ``{}`` if none."""
    if not isinstance(node, dict):
        return {}
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return node
    return _read_map(_read_map(schema, "$defs"), reference.removeprefix(REFERENCE))


def _list_types(node: Schema) -> list[str]:
    kind = node.get("type")
    return [str(one) for one in (kind if isinstance(kind, list) else [kind])]


def _check_form(schema: Schema, node: JsonValue) -> Iterator[str]:
    """Yield what is wrong with the one node, its children aside."""
    if not isinstance(node, dict) or not node:
        yield "empty schema"
    elif "$ref" in node:
        yield from _check_keywords(node, {"$ref"})
        if node["$ref"] not in [REFERENCE + name for name in _read_map(schema, "$defs")]:
            yield f"reference to nowhere: {node['$ref']}"
    elif "anyOf" in node:
        yield from _check_keywords(node, {"anyOf"})
        yield from _check_branches(schema, _read_list(node, "anyOf"))
    else:
        yield from _check_typed(node)


def _check_keywords(node: Schema, allowed: set[str]) -> list[str]:
    return [f"keyword {keyword}" for keyword in sorted(set(node) - allowed)]


def _check_typed(node: Schema) -> Iterator[str]:
    types = [kind for kind in _list_types(node) if kind in FORMS]
    if not types or len(types) != len(_list_types(node)):
        yield f"type {node.get('type')}"
        return
    if len(set(types) - {"null"}) > 1 or len(set(types)) != len(types):
        yield f"more types than one and null: {types}"
    yield from _check_keywords(node, set().union(*(FORMS[kind] for kind in types)))
    if "object" in types:
        yield from _check_object(node)
    if "array" in types and "items" not in node:
        yield "array without items"
    if "enum" in node:
        yield from _check_enum(_read_list(node, "enum"), types)


def _check_object(node: Schema) -> Iterator[str]:
    if node.get("additionalProperties") is not False:
        yield "additionalProperties is not false"
    if "properties" not in node:
        yield "object without properties"
    if sorted(map(str, _read_list(node, "required"))) != sorted(_read_map(node, "properties")):
        yield "required is not every property"


def _check_enum(values: list[JsonValue], types: list[str]) -> Iterator[str]:
    if not values:
        yield "empty enum"
    if len({json.dumps(value) for value in values}) != len(values):
        yield "enum value twice"
    if "null" in types and None not in values:
        yield "nullable enum without null"
    for value in values:
        kinds = [PYTHON_TYPES[kind] for kind in types if kind in PYTHON_TYPES]
        if not any(isinstance(value, kind) for kind in kinds) or (
            isinstance(value, bool) and "boolean" not in types
        ):
            yield f"enum value {value!r} is no {types}"


def _check_branches(schema: Schema, branches: list[JsonValue]) -> Iterator[str]:
    if not branches:
        yield "empty anyOf"
    properties = [_read_map(_resolve(schema, branch), "properties") for branch in branches]
    first = [next(iter(names)) for names in properties if names]
    if len(set(first)) != len(first):
        yield f"anyOf branches with the same first key: {first}"


def _check_root(schema: Schema) -> Iterator[str]:
    if schema.get("type") != "object":
        yield "root is no object"
    if "anyOf" in schema:
        yield "root is anyOf"
    used = {node.get("$ref") for _, node in _list_nodes(schema) if isinstance(node, dict)}
    for name in _read_map(schema, "$defs"):
        if REFERENCE + name not in used:
            yield f"unused definition {name}"


def _count_levels(schema: Schema, node: JsonValue, open_nodes: tuple[int, ...] = ()) -> int:
    """Count objects and arrays on the longest way down; a cycle is deeper than any limit.

    Counting arrays as levels, too, is the stricter reading of "levels of nesting".
    """
    found = _resolve(schema, node)
    if id(found) in open_nodes:
        return MAX_LEVELS + 1
    own = int(bool({"object", "array"} & set(_list_types(found))))
    children = [child for _, child in _iterate_children(found)]
    below = [_count_levels(schema, child, (*open_nodes, id(found))) for child in children]
    return own + max(below, default=0)


def _count_properties(schema: Schema) -> int:
    return sum(
        len(_read_map(node, "properties"))
        for _, node in _list_nodes(schema)
        if isinstance(node, dict)
    )


def _check_sizes(schema: Schema) -> Iterator[str]:
    nodes = [node for _, node in _list_nodes(schema) if isinstance(node, dict)]
    enums = [_read_list(node, "enum") for node in nodes]
    names = [name for node in nodes for name in _read_map(node, "properties")]
    words = [*names, *_read_map(schema, "$defs"), *(str(v) for values in enums for v in values)]
    if _count_levels(schema, schema) > MAX_LEVELS:
        yield f"nested deeper than {MAX_LEVELS} levels, or without end"
    if len(names) > MAX_PROPERTIES:
        yield f"{len(names)} properties"
    if sum(map(len, enums)) > MAX_ENUM_VALUES:
        yield f"{sum(map(len, enums))} enum values"
    if sum(map(len, words)) > MAX_NAME_CHARS:
        yield f"{sum(map(len, words))} characters of names and enum values"
    for values in enums:
        size = sum(len(str(value)) for value in values)
        if len(values) > LARGE_ENUM_VALUES and size > MAX_LARGE_ENUM_CHARS:
            yield f"one enum of {size} characters"


def find_violations(schema: Schema) -> list[str]:
    """Return what strict structured outputs would refuse in ``schema``; empty if nothing."""
    found = [f"$: {problem}" for problem in (*_check_root(schema), *_check_sizes(schema))]
    for path, node in _list_nodes(schema):
        found += [f"{path}: {problem}" for problem in _check_form(schema, node)]
    return found


class _Cat(BaseModel):
    kind: Literal["cat"]


class _Dog(BaseModel):
    kind: Literal["dog"]


class _Node(BaseModel):
    children: "list[_Node]"


TRANSLATED: dict[str, tuple[Any, str]] = {
    "dict": (dict[str, float], "additionalProperties is not false"),
    "tuple": (tuple[int, str], "array without items"),
    "Any": (Any, "empty schema"),
    "list of Any": (list[Any], "empty schema"),
    "discriminated union": (Annotated[_Cat | _Dog, Field(discriminator="kind")], "empty schema"),
    "same first key": (_Cat | _Dog, "same first key"),
    "mixed enum": (Literal["a", 1], "type None"),
    "recursion": (_Node, "without end"),
    "deep nesting": (list[list[list[list[list[int]]]]], "nested deeper"),
}
"""What pydantic can say, the translation keeps or hollows out, and strict mode refuses."""
STRIPPED: dict[str, tuple[Any, str]] = {
    "title": (str, "keyword title"),
    "description": (Annotated[str, Field(description="d")], "keyword description"),
    "default": (Annotated[str, Field(default="d")], "keyword default"),
    "optional": (Annotated[str, Field(default="d")], "required is not every property"),
    "format": (date, "keyword format"),
    "pattern": (Annotated[str, Field(pattern="a")], "keyword pattern"),
    "minLength": (Annotated[str, Field(min_length=1)], "keyword minLength"),
    "maxLength": (Annotated[str, Field(max_length=1)], "keyword maxLength"),
    "minimum": (Annotated[int, Field(ge=1)], "keyword minimum"),
    "exclusiveMaximum": (Annotated[int, Field(lt=1)], "keyword exclusiveMaximum"),
    "multipleOf": (Annotated[int, Field(multiple_of=2)], "keyword multipleOf"),
    "minItems": (Annotated[list[str], Field(min_length=1)], "keyword minItems"),
    "maxItems": (Annotated[list[str], Field(max_length=1)], "keyword maxItems"),
    "uniqueItems": (set[str], "keyword uniqueItems"),
    "const": (Literal["a"], "keyword const"),
    "open object": (_Cat, "additionalProperties is not false"),
}
"""What pydantic can say and the translation takes away."""
REFUSED_KEYWORDS = (
    "default title description format pattern minLength maxLength minimum maximum multipleOf "
    "exclusiveMinimum exclusiveMaximum minItems maxItems minContains maxContains contains "
    "uniqueItems minProperties maxProperties oneOf allOf not if then else const prefixItems "
    "patternProperties propertyNames dependentRequired dependentSchemas unevaluatedItems "
    "unevaluatedProperties discriminator examples $comment $anchor $defs"
)


def _describe(annotation: Any) -> Schema:
    """Return pydantic's own schema of an object with one field of this type."""
    made: type[BaseModel] = create_model("Made", field=annotation)
    return made.model_json_schema()


def _translate(source: Schema) -> Schema:
    """Send any schema the way of the draft's."""
    definitions = _read_map(source, "$defs").items()
    root = {key: value for key, value in source.items() if key != "$defs"}
    translated = {name: strict._translate_any(node) for name, node in definitions}
    return strict._translate(root) | {"$defs": translated}


def _close(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def test_sent_schema_is_one_that_strict_mode_takes() -> None:
    """A schema that an endpoint refuses fails every request, not one."""
    assert find_violations(build_strict_schema()) == []


def test_sent_schema_keeps_to_azures_limit_of_properties() -> None:
    """Azure still documents 100 properties; each definition is counted once."""
    assert _count_properties(build_strict_schema()) <= AZURE_MAX_PROPERTIES


@pytest.mark.parametrize(("annotation", "problem"), TRANSLATED.values(), ids=TRANSLATED)
def test_walker_finds_what_survives_the_translation(annotation: Any, problem: str) -> None:
    """A field of such a type could be added to the draft; the lint must go red."""
    assert problem in str(find_violations(_translate(_describe(annotation))))


@pytest.mark.parametrize(("annotation", "problem"), STRIPPED.values(), ids=STRIPPED)
def test_walker_finds_what_the_translation_takes_away(annotation: Any, problem: str) -> None:
    """Should the translation stop to strip it, the lint must go red; until then it is green."""
    assert problem in str(find_violations(_describe(annotation)))
    assert find_violations(_translate(_describe(annotation))) == []


@pytest.mark.parametrize("keyword", REFUSED_KEYWORDS.split())
@pytest.mark.parametrize("kind", ["string", "array", "object"])
def test_walker_finds_a_refused_keyword_anywhere(keyword: str, kind: str) -> None:
    """Endpoints refuse the whole schema for one keyword, wherever it stands."""
    nodes: dict[str, Schema] = {
        "string": {"type": "string"},
        "array": {"type": "array", "items": {"type": "string"}},
        "object": _close({}),
    }
    schema = _close({"field": {**nodes[kind], keyword: {}}})

    assert find_violations(schema) == [f"$.field: keyword {keyword}"]


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (RootModel[list[str]].model_json_schema(), "root is no object"),
        ({"anyOf": [_close({}), {"type": "null"}]}, "root is anyOf"),
        (_close({}) | {"$defs": {"Lost": _close({})}}, "unused definition Lost"),
        (_close({"a": {"$ref": "#/$defs/Gone"}}), "reference to nowhere: #/$defs/Gone"),
        (_close({"a": True}), "$.a: empty schema"),
        (_close({"a": {"type": "string", "enum": ["a", 1]}}), "enum value 1 is no"),
        (_close({"a": {"type": "number", "enum": [True]}}), "enum value True is no"),
        (_close({"a": {"type": ["string", "null"], "enum": ["a"]}}), "nullable enum without"),
        (_close({"a": {"type": ["string", "number"]}}), "more types than one"),
        (_close({"a": {"type": "date"}}), "type date"),
        (_close({"a": {"type": "object", "additionalProperties": False}}), "without properties"),
        (_close({"a": {"anyOf": []}}), "empty anyOf"),
        (_close({"a": {"type": "string", "enum": []}}), "empty enum"),
        (_close({"a": {"type": "string", "enum": ["a", "a"]}}), "enum value twice"),
        (_close({"a": {"type": "string"}}) | {"required": []}, "required is not every"),
        (_close({}) | {"additionalProperties": True}, "additionalProperties is not false"),
        (_close({f"p{i}": {"type": "null"} for i in range(5001)}), "5001 properties"),
        (_close({"a": {"type": "integer", "enum": [*range(1001)]}}), "1001 enum values"),
        (_close({"a" * 120_001: {"type": "null"}}), "120001 characters of names"),
        (
            _close({"a": {"type": "string", "enum": [f"{i:060}" for i in range(251)]}}),
            "one enum of 15060 characters",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_walker_finds_what_no_model_says(schema: Schema, problem: str) -> None:
    """Edits by hand, and sizes that a growing contract may reach."""
    assert problem in str(find_violations(schema))


def test_walker_takes_a_closed_object_with_every_form() -> None:
    """A walker that refused everything would pass the tests above."""
    leaf: Schema = {"type": ["string", "null"], "enum": ["a", None]}
    schema = _close({"a": leaf, "b": {"anyOf": [{"$ref": "#/$defs/Leaf"}, {"type": "null"}]}})

    assert find_violations(schema | {"$defs": {"Leaf": _close({"c": leaf})}}) == []


def test_constant_is_sent_as_an_enum_of_one() -> None:
    """Dropped with its keyword, a constant would let the model write anything."""
    field = _read_map(_translate(_describe(Literal["a"])), "properties")["field"]

    assert field == {"type": "string", "enum": ["a"]}


@pytest.mark.parametrize("name", LIST_NAMES)
def test_item_quotes_before_it_claims(name: ListName) -> None:
    """A model writes in the schema's order, and a quote is the ground for what follows."""
    definition = _read_map(build_strict_schema(), "$defs")[
        type(DRAFT_ITEM_BUILDERS[name]()).__name__
    ]

    assert isinstance(definition, dict)
    assert next(iter(_read_map(definition, "properties"))) == "evidence"


def test_each_call_gives_an_equal_schema_of_its_own() -> None:
    """A caller that edits its copy must not change what the next request is sent."""
    first = build_strict_schema()
    first.clear()

    assert build_strict_schema() == build_strict_schema() != first
