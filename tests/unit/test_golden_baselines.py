"""Reports of earlier runs, and what is told of a file that is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.errors import ComparisonError
from service.golden.baselines import load_baseline, parse_baseline
from tests.unit.data_comparison import (
    build_comparison_report,
    build_damaged_document,
    build_unread_document,
)
from tests.unit.data_golden import build_claim, build_fixture, change

REPORT: dict[str, Any] = build_comparison_report(
    [build_damaged_document(), build_unread_document()]
).model_dump(mode="json")


def test_what_compare_wrote_is_a_baseline(tmp_path: Path) -> None:
    """To the last field: what got worse is told field by field."""
    path = tmp_path / "before.json"
    path.write_text(json.dumps(REPORT), encoding="utf-8")

    assert load_baseline(path).model_dump(mode="json") == REPORT["comparison"]


WRONG: dict[str, tuple[object, str]] = {
    "another version": (
        change(REPORT, "comparison", "comparison_version", value="2"),
        'comparison.comparison_version: it is "2", this version writes "1"; make the baseline',
    ),
    "a version that is no text": (
        change(REPORT, "comparison", "comparison_version", value=1),
        "comparison.comparison_version: it is no text",
    ),
    "no version": (
        change(REPORT, "comparison", "comparison_version", value=None),
        "comparison.comparison_version: there is none",
    ),
    "summary": (build_claim(), "comparison: it is no report of a comparison"),
    "fixture": (build_fixture(), "comparison: it is no report of a comparison"),
    "nothing": ({}, "comparison: it is no report of a comparison"),
    "the run alone": (REPORT["comparison"], "comparison: it is no report of a comparison"),
    "an object": ({"comparison": {}}, "comparison: it is no report of a comparison"),
    "text": ({"comparison": "good"}, "comparison: it is no report of a comparison"),
    "field missing": (
        {name: value for name, value in REPORT.items() if name != "shortfalls"},
        "shortfalls: field required",
    ),
    "field unknown": ({**REPORT, "x": 1}, "x: there is no such field"),
    "score": (
        change(REPORT, "comparison", "documents", 0, "scores", "items", "f1", value="good"),
        "comparison.documents[0].scores.items.f1: input should be a valid number",
    ),
    "outcome": (
        change(REPORT, "comparison", "documents", 0, "items", 0, "outcome", value="fine"),
        "comparison.documents[0].items[0].outcome: input should be 'right'",
    ),
}


@pytest.mark.parametrize(("data", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_anything_else_is_refused_with_its_field(data: dict[str, object], sentence: str) -> None:
    """A baseline that is not understood must not pass for one that nothing is worse than."""
    with pytest.raises(ComparisonError) as caught:
        parse_baseline(data, "before.json")

    assert str(caught.value).startswith(f"before.json: {sentence}")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"garbage", "is no JSON: see line 1, column 1"),
        (b"[]", "is no JSON object"),
        (b"", "is no JSON"),
        (b'{"comparison": {"mean_f1": NaN}}', "NaN"),
    ],
)
def test_a_file_that_is_no_json_is_named(body: bytes, words: str, tmp_path: Path) -> None:
    """No score is worse than NaN: it would silence every comparison."""
    path = tmp_path / "before.json"
    path.write_bytes(body)

    with pytest.raises(ComparisonError) as caught:
        load_baseline(path)

    assert str(caught.value).startswith(f"{path} ")
    assert words in str(caught.value)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    """The first run has no baseline yet; whoever asks must leave the option out."""
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        load_baseline(tmp_path / "none.json")
