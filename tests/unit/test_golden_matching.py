"""Which reading is of which article, and what an article without one counts."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from schemas.comparison import Comparison, DocumentComparison
from schemas.problem import Problem
from service.errors import ClaimError, FixtureError
from service.golden.fixtures import GoldenCase, load_cases
from service.golden.matching import NO_SUMMARY, compare_readings, match_readings
from service.golden.readings import Document, NamedReading
from tests.builders import TARIFF_QUOTE
from tests.unit.data_golden import (
    ARTICLE,
    MAX_CHARS,
    OTHER,
    OTHER_TEXT,
    build_claim,
    build_fixture,
    build_problem,
    build_small_fixture,
    change,
    make_claimed,
    make_fixture,
    write_article,
    write_fixture,
    write_two,
)


@pytest.fixture
def cases(tmp_path: Path) -> list[GoldenCase]:
    """Return two fixtures, in the order of their files: the other one, the default one."""
    return load_cases([write_two(tmp_path)], max_chars=MAX_CHARS)


def _name(*documents: Document) -> list[NamedReading]:
    return [NamedReading(f"reading {at}", document) for at, document in enumerate(documents)]


def _make_problem(instance: str | None = ARTICLE, detail: str = "it refused") -> Problem:
    return Problem.model_validate(build_problem(detail=detail) | {"instance": instance})


def _find(comparison: Comparison, article: str) -> DocumentComparison:
    (document,) = [one for one in comparison.documents if one.article == article]
    return document


def _list_statuses(cases: Sequence[GoldenCase], *documents: Document) -> dict[str, str]:
    run = compare_readings(cases, _name(*documents))
    return {document.article: document.status for document in run.documents}


def test_a_summary_is_of_the_fixture_whose_article_has_its_text(cases: list[GoldenCase]) -> None:
    """Summaries know the text and no path; the order in which they come says nothing."""
    other = make_claimed(build_claim(OTHER_TEXT, id="other"))

    run = compare_readings(cases, _name(other, make_claimed()))
    assert _find(run, OTHER).summary_id == "other"
    assert (run.scores.items.f1, run.unread, run.strays) == (1, 0, [])


def test_a_missing_summary_counts_as_zero_and_says_so(cases: list[GoldenCase]) -> None:
    """Absent, it would make the rest look better."""
    run = compare_readings(cases, _name(make_claimed()))

    document = _find(run, OTHER)
    assert (document.status, document.reason) == ("missing", NO_SUMMARY)
    assert document.scores.items.f1 == document.scores.leaves.f1 == 0
    assert document.scores.items.expected == 6
    assert (run.unread, run.mean_f1) == (1, 0.5)
    assert run.scores.items.recall == 0.5


def test_an_article_that_expects_nothing_and_was_not_read_counts_as_zero_too(
    tmp_path: Path,
) -> None:
    """Nothing was found, but nobody looked."""
    write_article(tmp_path)
    case = load_cases([write_fixture(tmp_path, {"article": ARTICLE})], max_chars=MAX_CHARS)

    run = compare_readings(case, _name(_make_problem()))
    assert run.documents[0].scores.items.f1 == 0


def test_no_reading_at_all_is_zero_for_each(cases: list[GoldenCase]) -> None:
    """A run that gave nothing is a run."""
    assert compare_readings(cases, []).unread == 2


def test_a_problem_makes_a_failed_document_with_its_reason(cases: list[GoldenCase]) -> None:
    """Whoever reads the report must see why, without the log."""
    run = compare_readings(cases, _name(make_claimed(), _make_problem(OTHER)))

    document = _find(run, OTHER)
    assert (document.status, document.reason) == ("failed", "it refused")
    assert (document.scores.items.f1, run.unread) == (0, 1)


@pytest.mark.parametrize(
    "instance",
    [
        ARTICLE,
        f"./{ARTICLE}",
        f"/x/y/{ARTICLE}",
        f"C:/x/{ARTICLE}",
        "soybeans.txt",
        "x/soybeans.txt",
    ],
)
def test_a_problem_is_of_the_file_that_it_names(instance: str, cases: list[GoldenCase]) -> None:
    """It was printed by a command in another folder, or on another machine."""
    assert _list_statuses(cases, _make_problem(instance)) == {ARTICLE: "failed", OTHER: "missing"}


@pytest.mark.parametrize("name", ["100% of 🌾.txt", "a?b#c.txt", "100%41.txt", "so\ny.txt"])
def test_a_problem_names_a_file_as_an_address_does(name: str, tmp_path: Path) -> None:
    """``summarize --json`` quotes what an address cannot have."""
    from urllib.parse import quote

    write_article(tmp_path, name)
    fixture = write_fixture(tmp_path, build_fixture(name))
    cases = load_cases([fixture], max_chars=MAX_CHARS)

    instance = quote(os.fsencode(tmp_path / name))
    assert _list_statuses(cases, _make_problem(instance)) == {name: "failed"}


def test_of_two_files_with_one_name_a_problem_is_of_the_one_in_its_folder(tmp_path: Path) -> None:
    """Archives have one ``01.txt`` a month."""
    for folder, text in (("a", OTHER_TEXT), ("b", f"{OTHER_TEXT} Twice.")):
        write_article(tmp_path, f"{folder}/01.txt", text)
        write_fixture(tmp_path, build_fixture(f"{folder}/01.txt"), f"{folder}.json")
    cases = load_cases([tmp_path / "golden"], max_chars=MAX_CHARS)

    statuses = _list_statuses(cases, _make_problem("/x/a/01.txt"))
    assert statuses == {"a/01.txt": "failed", "b/01.txt": "missing"}
    assert set(_list_statuses(cases, _make_problem("01.txt")).values()) == {"missing"}


@pytest.mark.parametrize("instance", [None, "", "-", "none.txt", "/"])
def test_a_problem_of_no_article_here_is_a_stray(
    instance: str | None, cases: list[GoldenCase]
) -> None:
    """Standard input has no name."""
    run = compare_readings(cases, _name(_make_problem(instance)))

    assert (run.unread, run.strays) == (2, ["reading 0"])
    assert {document.status for document in run.documents} == {"missing"}


@pytest.mark.parametrize("is_first", [True, False])
def test_a_problem_gives_way_to_a_summary_of_its_article(
    is_first: bool, cases: list[GoldenCase]
) -> None:
    """It was asked for again, and then it worked."""
    documents: list[Document] = [_make_problem(), make_claimed()]

    statuses = _list_statuses(cases, *documents[:: 1 if is_first else -1])
    assert statuses[ARTICLE] == "compared"


def test_two_problems_of_one_article_are_one_failure(cases: list[GoldenCase]) -> None:
    """Three attempts that all failed are no error of whoever compares."""
    assert _list_statuses(cases, _make_problem(), _make_problem())[ARTICLE] == "failed"


def test_two_summaries_of_one_article_are_refused_with_both_names(
    cases: list[GoldenCase],
) -> None:
    """Also where they are the same: which was meant is not known, and one would be ignored."""
    with pytest.raises(ClaimError) as caught:
        match_readings(cases, _name(make_claimed(), make_claimed()))

    assert str(caught.value) == (
        f"reading 1: {ARTICLE} has another summary, reading 0; compare one at a time"
    )


def test_a_summary_of_no_article_here_is_a_stray_and_counts_nowhere(
    cases: list[GoldenCase],
) -> None:
    """It is named, since it may be the one that is missed: its text was edited."""
    edited = make_claimed(build_claim(f"{OTHER_TEXT} Edited.", id="edited"))

    run = compare_readings(cases, _name(make_claimed(), edited))
    assert (run.strays, run.unread) == (["edited"], 1)
    assert run.scores.items.found == 6


def test_two_fixtures_can_be_compared(cases: list[GoldenCase]) -> None:
    """How far two annotators agree is told in the same words."""
    second = make_fixture(change(build_fixture(), "tariffs", 0, "rate", value=15))

    document = _find(compare_readings(cases, _name(second)), ARTICLE)
    assert document.status == "compared"
    assert [(error.field, error.expected, error.found) for error in document.critical_errors] == [
        ("rate", "10", "15")
    ]


def test_a_fixture_in_the_place_of_a_summary_is_held_to_its_quotes(
    cases: list[GoldenCase],
) -> None:
    """Both sides are annotations of one text."""
    second = make_fixture(build_small_fixture(evidence=[f"{TARIFF_QUOTE} or so"]))

    with pytest.raises(FixtureError, match=r"^reading 0: tariffs\[0\]\.evidence\[0\]: the article"):
        compare_readings(cases, _name(second))


def test_a_fixture_of_no_article_here_is_a_stray_by_its_name(cases: list[GoldenCase]) -> None:
    """It has no id."""
    run = compare_readings(cases, _name(make_fixture(build_fixture("none.txt"))))

    assert run.strays == ["reading 0"]
