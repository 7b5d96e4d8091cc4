"""The schema that is sent: the draft in the dialect that strict structured outputs take.

Owns the translation from pydantic's JSON Schema to the portable subset: no titles, defaults,
descriptions or bounds (the prompt and the checks carry those), ``type: [T, "null"]`` for
nullable fields, every object closed and every field required. In an item the evidence comes
first, so that a model quotes before it claims. Sources: OpenAI, Structured Outputs guide,
"Supported schemas"; Azure OpenAI's list of unsupported keywords, which is the longer one.
"""

import copy
from functools import cache

from pydantic import JsonValue

from schemas.draft import Draft

_KEPT_KEYWORDS = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref"}
)
_FIRST_FIELDS = ("evidence",)

Schema = dict[str, JsonValue]


@cache
def _build() -> Schema:
    source: Schema = Draft.model_json_schema()
    definitions = source.pop("$defs")
    assert isinstance(definitions, dict)
    strict = _translate(source)
    strict["$defs"] = {name: _translate_any(node) for name, node in definitions.items()}
    return strict


def build_strict_schema() -> Schema:
    """Return the strict JSON Schema of a draft; a fresh copy, the same at every call."""
    return copy.deepcopy(_build())


def _translate_any(node: JsonValue) -> JsonValue:
    return _translate(node) if isinstance(node, dict) else node


def _translate(node: Schema) -> Schema:
    kept = {key: value for key, value in node.items() if key in _KEPT_KEYWORDS}
    if "const" in node:
        kept["enum"] = [node["const"]]
    if isinstance(kept.get("properties"), dict):
        return _close_object(kept)
    if isinstance(kept.get("items"), dict):
        kept["items"] = _translate_any(kept["items"])
    if isinstance(kept.get("anyOf"), list):
        return _merge_nullable(kept)
    return kept


def _close_object(node: Schema) -> Schema:
    properties = node["properties"]
    assert isinstance(properties, dict)
    names = sorted(properties, key=lambda name: name not in _FIRST_FIELDS)
    node["properties"] = {name: _translate_any(properties[name]) for name in names}
    node["required"] = list(names)
    node["additionalProperties"] = False
    return node


def _merge_nullable(node: Schema) -> Schema:
    """Write ``anyOf [T, null]`` as ``type: [T, "null"]`` where T is a plain type."""
    branches = node["anyOf"]
    assert isinstance(branches, list)
    translated = [_translate_any(branch) for branch in branches]
    plain = [
        branch for branch in translated if isinstance(branch, dict) and set(branch) == {"type"}
    ]
    if len(plain) == len(translated):
        return {"type": [branch["type"] for branch in plain]}
    return {"anyOf": translated}
