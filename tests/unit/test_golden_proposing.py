"""What a fixture would be if a reading were right: no more, no less, and a fixture again."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.claimed import ClaimedSummary
from schemas.comparison import DocumentComparison
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from service.golden.checking import check_case
from service.golden.fixtures import GoldenCase, load_case
from service.golden.proposing import propose_text
from tests.builders import ARTICLE_TEXT, CHIP_QUOTE, TALK_QUOTE, TARIFF_QUOTE
from tests.unit.data_golden import (
    ARTICLE,
    MAX_CHARS,
    Json,
    build_claim,
    build_fixture,
    build_small_fixture,
    change,
    make_case,
    make_claimed,
)

JAPAN = [{"name": "Japan", "country": "JP"}]


def _propose(folder: Path, fixture: Json, claim: Json | None = None) -> Json:
    """Return the fixture that is proposed; it must load with its quotes."""
    case, text = _write(folder, fixture)
    case.path.write_text(propose_text(case, make_claimed(claim), text), encoding="utf-8")
    proposed: Json = json.loads(case.path.read_bytes())
    load_case(case.path, max_chars=MAX_CHARS)
    return proposed


def _write(folder: Path, fixture: Json) -> tuple[GoldenCase, str]:
    case = make_case(folder, fixture)
    return case, case.path.read_bytes().decode()


def _compare(folder: Path, claim: Json | None = None) -> DocumentComparison:
    """Return how the summary compares with the fixture that is on disk now."""
    case = load_case(folder / "golden" / "soybeans.json", max_chars=MAX_CHARS)
    summary: ClaimedSummary = make_claimed(claim)
    return compare_document(case.fixture, case.article.text, find_in_summary(summary))


def _is_right(document: DocumentComparison) -> bool:
    scores = document.scores
    return (scores.items.f1, scores.leaves.f1, document.critical_errors) == (1, 1, [])


WRONG: dict[str, Json] = {
    "rate": change(build_fixture(), "tariffs", 0, "rate", value=85),
    "null": change(build_fixture(), "tariffs", 0, "rate", value=None),
    "several": change(build_fixture(), "tariffs", 0, "rate", value={"any": [85, None]}),
    "date, coarse": change(build_fixture(), "commitments", 0, "due", value="2026-02-28"),
    "parties": change(build_fixture(), "tariffs", 0, "actors", value=JAPAN),
    "list": change(build_fixture(), "chip_policies", 0, "products", value=[]),
    "flag": change(build_fixture(), "talks", 0, "aside", value=True),
    "statement": change(build_fixture(), "tariffs", 0, "statement", value="ban chips"),
    "quote": change(build_fixture(), "tariffs", 0, "evidence", value=[TALK_QUOTE]),
    "quote and rate": build_small_fixture(rate=85, evidence=[TALK_QUOTE]),
    "quotes, several": build_small_fixture(evidence={"any": [[TALK_QUOTE], [CHIP_QUOTE]]}),
    "all of an item": build_small_fixture(
        rate=85, goods="steel", actors=JAPAN, targets=JAPAN, action="impose", status="ended",
        statement="ban chips", previous_rate=None, evidence=[CHIP_QUOTE],
    ),
    "item missing": change(build_fixture(), "tariffs", value=[]),
    "list missing": {"article": ARTICLE},
    "item more": change(build_fixture(), "tariffs", value=[
        {"statement": "ban chips", "evidence": [CHIP_QUOTE]}, *build_fixture()["tariffs"],
        {"statement": "raise a port fee", "goods": "ships", "actors": JAPAN},
    ]),
    "part of an item": {"article": ARTICLE, "tariffs": [{"statement": "lower a duty", "rate": 85}]},
    "headline": build_fixture(headline="Nothing of the kind"),
    "gist, several": build_fixture(gist={"any": ["Nothing of the kind", "Nor that"]}),
    "optional": build_small_fixture(rate=85, optional=True),
}  # fmt: skip


@pytest.mark.parametrize("fixture", WRONG.values(), ids=WRONG.keys())
def test_the_proposed_fixture_compares_at_one_with_the_summary(
    fixture: Json, tmp_path: Path
) -> None:
    """In one step: what is proposed a second time would be reviewed a second time."""
    _propose(tmp_path, fixture)

    assert _is_right(_compare(tmp_path))
    case = load_case(tmp_path / "golden" / "soybeans.json", max_chars=MAX_CHARS)
    text = case.path.read_text(encoding="utf-8")
    assert propose_text(case, make_claimed(), text) == text


@pytest.mark.parametrize(
    "text",
    [json.dumps(build_fixture()), json.dumps(build_fixture(), indent=7) + "\r\n\n"],
    ids=["compact", "indented"],
)
def test_a_fixture_that_is_right_stays_as_it_is_to_the_byte(text: str, tmp_path: Path) -> None:
    """However it is written: form alone is no reason for a diff."""
    assert propose_text(make_case(tmp_path), make_claimed(), text) == text


def test_what_is_not_judged_and_what_is_right_stay(tmp_path: Path) -> None:
    """An alternative that a person found is not lost to a reading that found another."""
    fixture = build_small_fixture(rate=85, goods={"any": ["toys", "all toys"]})
    del fixture["tariffs"][0]["status"]
    fixture |= {"must_not_contain": ["made up"], "published": "2025-12-06"}

    proposed = _propose(tmp_path, fixture)
    (tariff,) = proposed.pop("tariffs")
    assert tariff == {**fixture["tariffs"][0], "rate": 10}
    assert {name: proposed[name] for name in ("article", "must_not_contain", "published")} == {
        "article": ARTICLE, "must_not_contain": ["made up"], "published": "2025-12-06",
    }  # fmt: skip


def test_a_quote_that_points_to_the_right_place_stays_where_a_value_is_wrong(
    tmp_path: Path,
) -> None:
    """A person chose the shortest one; under a wrong value no quote counts, but none is wrong."""
    shortest = TARIFF_QUOTE.removeprefix("The United States ")

    proposed = _propose(tmp_path, build_small_fixture(rate=85, evidence=[shortest]))
    assert proposed["tariffs"][0] == {**build_small_fixture()["tariffs"][0], "evidence": [shortest]}


def test_an_optional_item_that_was_not_found_stays(tmp_path: Path) -> None:
    """It is free to be missed, and another reading may find it."""
    optional = {"statement": "ban chips", "evidence": [CHIP_QUOTE], "optional": True}
    fixture = change(build_fixture(), "chip_policies", value=[optional])

    proposed = _propose(tmp_path, fixture, build_claim(chip_policies=[]))
    assert proposed["chip_policies"] == [optional]


def test_items_go_by_their_place_and_new_ones_come_last(tmp_path: Path) -> None:
    """The right ones of several must be taken out."""
    gone = [{"statement": f"raise fee {number} on ships", "goods": "ships"} for number in (1, 2, 3)]
    (kept,) = build_fixture()["tariffs"]
    fixture = change(build_fixture(), "tariffs", value=[gone[0], kept, gone[1], gone[2]])

    assert _propose(tmp_path, fixture)["tariffs"] == [kept]


def test_a_new_item_is_written_as_fixtures_are(tmp_path: Path) -> None:
    """Without id, its quotes plain, whole numbers without a point."""
    proposed = _propose(tmp_path, {"article": ARTICLE})

    expected: Any = {**build_fixture()["commitments"][0], "evidence": None}
    expected["evidence"] = build_fixture()["commitments"][0]["evidence"]
    assert proposed["commitments"] == [expected]
    text = (tmp_path / "golden" / "soybeans.json").read_text(encoding="utf-8")
    assert '"value": 12000000,' in text
    assert "稀土" in text


def _quote(claim: Json, *quotes: str) -> Json:
    """Return ``claim`` with ``quotes`` under its tariff, where they stand in the article."""
    evidence = [
        {"quote": one, "start": at, "end": at + len(one)}
        for one, at in ((one, max(0, ARTICLE_TEXT.find(one))) for one in quotes)
    ]
    return change(claim, "tariffs", 0, "evidence", value=evidence)


UNPROVEN = {
    "made up": ("made up",),
    "one of two": (TARIFF_QUOTE, "made up"),
    "none": (),
    "words cut": (TARIFF_QUOTE[1:-1],),
}


@pytest.mark.parametrize("quotes", UNPROVEN.values(), ids=UNPROVEN.keys())
def test_an_item_without_proven_quotes_is_not_taken(
    quotes: tuple[str, ...], tmp_path: Path
) -> None:
    """The proposal would be no fixture, or a fixture of what the article does not say."""
    claim = _quote(build_claim(), *quotes)

    assert "tariffs" not in _propose(tmp_path, {"article": ARTICLE}, claim)


@pytest.mark.parametrize("quotes", UNPROVEN.values(), ids=UNPROVEN.keys())
def test_quotes_that_are_not_proven_never_replace_those_that_are(
    quotes: tuple[str, ...], tmp_path: Path
) -> None:
    """A golden quote stays where the reading has none for it."""
    claim = _quote(build_claim(), *quotes)

    proposed = _propose(tmp_path, build_small_fixture(rate=85), claim)
    assert proposed["tariffs"][0]["evidence"] == [TARIFF_QUOTE]


def test_of_many_quotes_as_many_are_taken_as_a_fixture_has(tmp_path: Path) -> None:
    """A summary of another program may have more than three, and one twice."""
    claim = _quote(build_claim(), *[TARIFF_QUOTE] * 2, TALK_QUOTE, CHIP_QUOTE, "Soybeans first")

    proposed = _propose(tmp_path, {"article": ARTICLE}, claim)
    assert proposed["tariffs"][0]["evidence"] == [TARIFF_QUOTE, TALK_QUOTE, CHIP_QUOTE]


@pytest.mark.parametrize("tariffs", [[], build_fixture()["tariffs"]], ids=["new", "paired"])
def test_an_item_that_the_fixture_forbids_is_not_taken(tariffs: list[Json], tmp_path: Path) -> None:
    """The proposal would rule itself out."""
    fixture = build_fixture(tariffs=tariffs, forbidden={"tariffs": [{"rate": 145}]})
    claim = change(build_claim(), "tariffs", 0, "rate", value=145)

    assert _propose(tmp_path, fixture, claim)["tariffs"] == tariffs


def test_a_text_that_the_fixture_rules_out_is_not_taken(tmp_path: Path) -> None:
    """Wherever it stands: in a field, an item of its own, a headline."""
    claim = change(build_claim(headline="AI image"), "tariffs", 0, "goods", value="AI image")
    claim = change(claim, "doubts", 0, "about", value="AI image")
    fixture = build_fixture(
        must_not_contain=["AI image"], headline="Nothing of the kind", doubts=[], talks=[]
    )

    proposed = _propose(tmp_path, fixture, claim)
    assert proposed["headline"] == "Nothing of the kind"
    assert (proposed["tariffs"], proposed["doubts"]) == (fixture["tariffs"], [])
    assert len(proposed["talks"]) == 1
    case = load_case(tmp_path / "golden" / "soybeans.json", max_chars=MAX_CHARS)
    assert check_case(case) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_end_as_they_did(end: str, tmp_path: Path) -> None:
    """Else every line of the file would differ."""
    fixture = json.dumps(build_small_fixture(rate=85), indent=2, ensure_ascii=False)
    case = make_case(tmp_path, build_small_fixture(rate=85))

    proposed = propose_text(case, make_claimed(), fixture.replace("\n", end) + end)
    assert proposed.count("\n") == proposed.count(end)
    assert proposed.endswith(f"}}{end}")


def test_proposing_writes_nothing(tmp_path: Path) -> None:
    """It is a proposal."""
    case, text = _write(tmp_path, build_small_fixture(rate=85))

    assert propose_text(case, make_claimed(), text) != text
    assert case.path.read_bytes().decode() == text
