"""The exported JSON Schemas: which there are, and where they stand.

Owns the list of exported documents. ``python -m schemas.export`` writes them again; a test
fails when a file differs from the code.
"""

import json
from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from schemas.comparison import ComparisonReport
from schemas.draft import Draft
from schemas.problem import Problem
from schemas.strict import build_strict_schema
from schemas.summary import Summary

Schema = dict[str, JsonValue]

FOLDER = Path(__file__).parent / "json"


def _make_golden() -> Schema:
    # Its many models take time to build, and no other document needs them.
    from schemas.golden import GoldenFixture  # noqa: PLC0415  # see above

    return GoldenFixture.model_json_schema()


DOCUMENTS: dict[str, Callable[[], Schema]] = {
    "comparison": lambda: ComparisonReport.model_json_schema(mode="serialization"),
    "draft": Draft.model_json_schema,
    "golden": _make_golden,
    "problem": Problem.model_json_schema,
    "strict": build_strict_schema,
    "summary": lambda: Summary.model_json_schema(mode="serialization"),
}
"""Name of a document to the function that makes it; ``strict`` is what an LLM is sent."""


def render_schema(name: str) -> str:
    """Return the JSON text of document ``name``; ``KeyError`` where there is none."""
    return json.dumps(DOCUMENTS[name](), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = FOLDER) -> None:
    """Write every document to ``folder`` as ``NAME.schema.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in DOCUMENTS:
        (folder / f"{name}.schema.json").write_text(render_schema(name), encoding="utf-8")


if __name__ == "__main__":
    write_schemas()
