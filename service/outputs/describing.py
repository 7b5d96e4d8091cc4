"""The flat tables told to whoever loads them: a Data Package of what the columns are.

Owns how columns are called in Frictionless Data's terms
(https://datapackage.org/standard/table-schema/). Knows no file.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from service.outputs.columns import Column, Kind
from service.outputs.csv_table import SEPARATOR
from service.outputs.tables import TABLES

_TYPES: Mapping[Kind, dict[str, JsonValue]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "truth": {"type": "boolean"},
    "instant": {"type": "datetime"},
    "texts": {"type": "list", "itemType": "string", "delimiter": SEPARATOR},
    "integers": {"type": "list", "itemType": "integer", "delimiter": SEPARATOR},
}


def describe_tables() -> dict[str, Any]:
    """Return the descriptor of the tables that a batch writes as CSV: names, types, meanings."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "readout-tables",
        "resources": [_describe_table(name, columns) for name, columns in TABLES.items()],
    }


def _describe_table(name: str, columns: list[Column]) -> JsonValue:
    fields: list[JsonValue] = [_describe_column(column) for column in columns]
    return {
        "name": name.replace("_", "-"),
        "path": f"{name}.csv",
        "schema": {"fields": fields},
    }


def _describe_column(column: Column) -> dict[str, JsonValue]:
    meaning = " ".join(column.meaning.split())
    told: dict[str, JsonValue] = {"description": meaning} if meaning else {}
    return {"name": column.name, **_TYPES[column.kind], **told}
