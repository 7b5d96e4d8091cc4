"""``assert_matches_golden``, as whoever uses Readout calls it in tests of their own."""

import json
from pathlib import Path

import pytest

from schemas.summary import Summary
from service.errors import ClaimError, ComparisonError, FixtureError
from service.testing import FixtureLike, SummaryLike, assert_matches_golden
from tests.builders import (
    build_draft,
    build_draft_tariff,
    build_empty_draft,
    build_summary,
)
from tests.unit.data_golden import (
    ARTICLE,
    build_claim,
    build_fixture,
    build_small_fixture,
    change,
    make_fixture,
    write_fixture,
)


def _fail(summary: SummaryLike, fixture: FixtureLike, **bars: float) -> list[str]:
    """Return the lines of the failure's message."""
    with pytest.raises(AssertionError) as caught:
        assert_matches_golden(summary, fixture, **bars)  # type: ignore[arg-type]  # floats and a count
    return str(caught.value).splitlines()


SUMMARIES: dict[str, SummaryLike] = {
    "summary": build_summary(),
    "dumped": build_summary().model_dump(),
    "JSON, parsed": build_claim(),
    "JSON": json.dumps(build_claim()),
    "bytes": json.dumps(build_claim()).encode(),
}


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=SUMMARIES.keys())
def test_a_summary_is_taken_in_each_form_that_one_has_it_in(summary: SummaryLike) -> None:
    """From the library, from the service, from a file."""
    document = assert_matches_golden(summary, build_fixture())

    assert (document.status, document.scores.items.f1) == ("compared", 1)


def test_a_fixture_is_taken_as_file_json_or_model(tmp_path: Path) -> None:
    """The article's own file is not needed: its text is the summary's."""
    path = write_fixture(tmp_path)

    for fixture in (path, str(path), build_fixture(), make_fixture()):
        assert assert_matches_golden(build_summary(), fixture).article == ARTICLE


def test_a_failure_names_both_sides_and_the_field_with_both_values(tmp_path: Path) -> None:
    """The message is all that a build server shows."""
    path = write_fixture(tmp_path, change(build_fixture(), "tariffs", 0, "rate", value=15))

    lines = _fail(build_summary(), path)
    assert lines[0] == f"the summary of {ARTICLE} does not match {path}:"
    assert "F1 of items is 0.8333, at least 1 is asked for" in lines
    (line,) = [line for line in lines if "critical:" in line]
    assert line == (
        '  critical: wrong value: tariffs "lower the duty on Chinese toys to 10%" rate: '
        "expected 15, found 10"
    )


def test_each_difference_is_a_line_and_what_is_right_is_none() -> None:
    """A missing item, an invented one, a wrong word: three lines to look at."""
    fixture = change(build_fixture(talks=[]), "commitments", 0, "source", value="Xinhua")
    summary = build_summary(draft=build_draft(doubts=[]))

    told = [line.strip() for line in _fail(summary, fixture) if line.startswith("  ")]
    assert len(told) == 3
    assert any(line.startswith("wrong value: commitments") for line in told)
    assert 'missing item: doubts "The rank of Mr. He was corrected."' in told
    assert any(line.startswith("invented item: talks") for line in told)


def test_a_difference_that_is_not_critical_fails_too() -> None:
    """Right items with a wrong word in them are no match, unless that is allowed."""
    fixture = change(build_fixture(), "commitments", 0, "source", value="Xinhua")

    assert any("F1 of leaves" in line for line in _fail(build_summary(), fixture))
    assert assert_matches_golden(build_summary(), fixture, min_leaf_f1=0.9).cosmetic == 0


def test_bars_loosen_what_matches() -> None:
    """A suite begins with what its model can do, and is tightened."""
    fixture = change(build_fixture(), "tariffs", 0, "rate", value=15)

    document = assert_matches_golden(
        build_summary(), fixture, min_f1=0.8, min_leaf_f1=0.9, max_critical=1
    )
    assert len(document.critical_errors) == 1
    assert _fail(build_summary(), fixture, min_f1=0.8, min_leaf_f1=0.9)
    assert _fail(build_summary(), fixture, min_f1=0.9, min_leaf_f1=0.9, max_critical=1)


def test_a_quote_that_is_not_in_the_article_fails() -> None:
    """However right the values are; that is what the evidence is for."""
    claim = change(build_claim(), "tariffs", 0, "evidence", 0, "quote", value="made up")

    assert any("ungrounded item" in line for line in _fail(claim, build_fixture()))


def test_what_the_fixture_forbids_fails_by_itself() -> None:
    """A fixture may name mistakes only."""
    draft = build_empty_draft(tariffs=[build_draft_tariff(rate=10)])
    fixture = {"article": ARTICLE, "forbidden": {"tariffs": [{"rate": 10}]}}

    lines = _fail(build_summary(draft=draft), fixture, min_f1=0, min_leaf_f1=0)
    assert any("forbidden item" in line for line in lines)


def test_a_summary_that_expects_nothing_and_finds_nothing_matches() -> None:
    """An article without news is a test as well."""
    summary: Summary = build_summary(draft=build_empty_draft())

    assert assert_matches_golden(summary, {"article": ARTICLE}).scores.items.f1 == 1


def test_values_are_shown_without_effect_on_a_terminal() -> None:
    """They are an article's own text."""
    claim = change(build_claim(), "commitments", 0, "source", value="Xin\x1b[2Jhua\nNews")

    told = "\n".join(_fail(claim, build_fixture()))
    assert "\x1b" not in told
    assert "hua News" in told


@pytest.mark.parametrize(
    ("summary", "fixture", "kind", "sentence"),
    [
        ("{", {}, ComparisonError, "the summary is no JSON"),
        ({}, {}, ClaimError, "the summary: schema_version: there is none"),
        (build_claim(schema_version="2"), {}, ClaimError, "the summary: schema_version: it is"),
        (build_claim(), {"article": ARTICLE, "tarifs": []}, FixtureError, "the fixture: tarifs: "),
        (
            build_claim(),
            build_small_fixture(evidence=["made up"]),
            FixtureError,
            "the fixture: tariffs[0].evidence[0]: the article does not have",
        ),
    ],
)
def test_what_cannot_be_compared_is_an_error_and_no_failure(
    summary: SummaryLike, fixture: FixtureLike, kind: type[Exception], sentence: str
) -> None:
    """A test that cannot run must not read like one that ran."""
    with pytest.raises(kind) as caught:
        assert_matches_golden(summary, fixture)

    assert str(caught.value).startswith(sentence)
    assert not isinstance(caught.value, AssertionError)


def test_a_fixture_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        assert_matches_golden(build_summary(), tmp_path / "none.json")
