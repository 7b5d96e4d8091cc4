"""``readout compare`` with summaries on file: bars, baselines, reports, exit codes."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from schemas.comparison import ComparisonReport, DocumentComparison
from tests.cli.processes import Result, run
from tests.unit.data_golden import (
    ARTICLE,
    OTHER,
    OTHER_TEXT,
    build_claim,
    build_fixture,
    build_problem,
    change,
    write_article,
    write_both,
    write_fixture,
    write_json,
    write_lines,
    write_two,
)


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two fixtures, whose articles are there."""
    return write_two(tmp_path_factory.mktemp("golden"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of two summaries, each just as its fixture has it."""
    path = tmp_path_factory.mktemp("good") / "good.jsonl"
    return write_lines(path, build_claim(), build_claim(OTHER_TEXT))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of the same two, of which one has a wrong rate."""
    wrong = change(build_claim(), "tariffs", 0, "rate", value=15)
    path = tmp_path_factory.mktemp("bad") / "bad.jsonl"
    return write_lines(path, wrong, build_claim(OTHER_TEXT))


@pytest.fixture(scope="module")
def of_good(golden: Path, good: Path) -> Result:
    """Return what is printed of the good ones, without a bar."""
    return run("compare", "--json", str(good), str(golden))


@pytest.fixture(scope="module")
def of_bad(golden: Path, bad: Path) -> Result:
    """Return what is printed of the bad ones, without a bar."""
    return run("compare", "--json", str(bad), str(golden))


def write_baseline(path: Path, result: Result) -> Path:
    """Write what was printed to ``path``, as a shell would."""
    path.write_text(result.out, encoding="utf-8")
    return path


def read_report(result: Result) -> ComparisonReport:
    """Return the report that was printed; fails where anything else was."""
    assert "Traceback" not in result.err, result.err
    return ComparisonReport.model_validate_json(result.out)


def find(report: ComparisonReport, article: str) -> DocumentComparison:
    """Return what the report says of ``article``."""
    (document,) = [one for one in report.comparison.documents if one.article == article]
    return document


def test_summaries_that_are_right_meet_every_bar(golden: Path, good: Path) -> None:
    """Exit code 0, and standard error is silent; JSON is UTF-8 whatever the terminal is."""
    result = run(
        "compare", "--json", "--min-f1", "1", "--min-leaf-f1", "1", "--max-critical", "0",
        str(good), str(golden), PYTHONIOENCODING="ascii",
    )  # fmt: skip

    report = read_report(result)
    assert (result.code, result.err, report.shortfalls) == (0, "", [])
    assert report.comparison.scores.leaves.f1 == 1
    assert [one.status for one in report.comparison.documents] == ["compared", "compared"]


def test_a_page_for_people_says_what_decides_first(golden: Path, bad: Path) -> None:
    """Verdict, critical errors with both values, scores."""
    result = run("compare", "--max-critical", "0", str(bad), str(golden))

    assert (result.code, result.err) == (1, "")
    words = " ".join(result.out.split())
    assert words.index("Falls short") < words.index("Critical errors: 1") < words.index("Scores")
    assert "1 critical error, at most 0 may be" in words
    for part in (ARTICLE, "rate", "10", "15"):
        assert part in words


@pytest.mark.parametrize(
    ("bar", "sentence"),
    [
        (["--min-f1", "0.92"], "F1 of items is 0.9167, at least 0.92 is asked for"),
        (["--min-leaf-f1", "1"], "F1 of leaves is 0.9"),
        (["--max-critical", "0"], "1 critical error, at most 0 may be"),
    ],
)
def test_what_falls_short_of_a_bar_is_exit_code_1_and_says_so(
    bar: list[str], sentence: str, golden: Path, bad: Path
) -> None:
    """A build fails by the code, and its author reads the sentence."""
    result = run("compare", "--json", *bar, str(bad), str(golden))

    (shortfall,) = read_report(result).shortfalls
    assert (result.code, shortfall.startswith(sentence)) == (1, True)


def test_what_just_meets_its_bars_is_exit_code_0(golden: Path, bad: Path) -> None:
    """Eleven of twelve items, one critical error: the bar itself is enough."""
    result = run("compare", "--min-f1", "0.9166", "--max-critical", "1", str(bad), str(golden))

    assert result.code == 0


def test_without_a_bar_whatever_is_found_is_exit_code_0(of_bad: Result) -> None:
    """Looking is no test."""
    assert read_report(of_bad).comparison.critical_errors == 1
    assert of_bad.code == 0


def test_a_missing_summary_counts_as_zero_and_falls_short(golden: Path, tmp_path: Path) -> None:
    """However low the bar is: what was not read is not good."""
    one = write_json(tmp_path / "one.json", build_claim())

    result = run("compare", "--json", "--min-f1", "0.1", str(one), str(golden))
    report = read_report(result)
    assert result.code == 1
    assert report.shortfalls == ["1 of 2 articles have no summary; each counts as 0"]
    assert (find(report, OTHER).status, find(report, OTHER).scores.items.f1) == ("missing", 0)
    assert report.comparison.mean_f1 == 0.5


def test_a_line_that_is_a_problem_is_a_failed_document_with_its_reason(
    golden: Path, tmp_path: Path
) -> None:
    """``summarize --json … > all.jsonl 2>&1`` is what one has after a night."""
    lines = write_lines(
        tmp_path / "all.jsonl", build_problem(f"x/{OTHER}", "the model refused"), build_claim()
    )

    result = run("compare", "--json", "--max-critical", "0", str(lines), str(golden))
    document = find(read_report(result), OTHER)
    assert (result.code, document.status, document.reason) == (1, "failed", "the model refused")
    assert document.scores.leaves.f1 == 0


def test_summaries_come_from_standard_input(golden: Path, good: Path) -> None:
    """The end of a pipeline."""
    result = run("compare", "--json", "-", str(golden), stdin=good.read_bytes())

    assert (result.code, read_report(result).comparison.unread) == (0, 0)


def test_summaries_come_from_a_folder(golden: Path, tmp_path: Path) -> None:
    """One file an article, in folders, by any name."""
    folder = tmp_path / "runs 🌾\n2025"
    write_json(folder / "a" / "soy beans\n.json", build_claim())
    write_json(folder / "other.json", build_claim(OTHER_TEXT))

    result = run("compare", "--json", "--min-f1", "1", str(folder), str(golden))
    assert (result.code, read_report(result).comparison.unread) == (0, 0)


def test_one_fixture_is_compared_alone_and_the_rest_are_strays(golden: Path, good: Path) -> None:
    """One looks at one article, with the summaries of all."""
    result = run("compare", "--json", str(good), str(golden / "other.json"))

    report = read_report(result)
    assert [one.article for one in report.comparison.documents] == [OTHER]
    assert len(report.comparison.strays) == 1


def test_fixtures_can_be_compared_with_fixtures(golden: Path) -> None:
    """How far two annotators agree."""
    result = run("compare", "--json", "--min-leaf-f1", "1", str(golden), str(golden))

    assert (result.code, read_report(result).comparison.unread) == (0, 0)


@pytest.fixture
def baseline(of_good: Result, tmp_path: Path) -> Path:
    """Return the report of a run in which everything was right."""
    return write_baseline(tmp_path / "before.json", of_good)


def test_the_same_again_is_no_worse(golden: Path, good: Path, baseline: Path) -> None:
    """What ``--json`` prints is what ``--baseline`` reads, to the last digit."""
    result = run("compare", "--json", "--baseline", str(baseline), str(good), str(golden))

    report = read_report(result)
    assert (result.code, report.changes, report.shortfalls) == (0, [], [])


def test_what_got_worse_is_exit_code_1_and_says_which_field(
    golden: Path, bad: Path, baseline: Path
) -> None:
    """Which article, which item, which field, from what to what."""
    result = run("compare", "--json", "--baseline", str(baseline), str(bad), str(golden))

    report = read_report(result)
    (shortfall,) = report.shortfalls
    assert result.code == 1
    assert shortfall.startswith(f"{ARTICLE} is worse than in the baseline: items 1.000")
    (changed,) = [one for one in report.changes if one.is_worse]
    leaf = changed.changes[0]
    assert (leaf.list, leaf.field, leaf.before, leaf.after) == (
        "tariffs", "rate", "right: 10", "wrong: 15",
    )  # fmt: skip


def test_the_page_says_what_got_worse(golden: Path, bad: Path, baseline: Path) -> None:
    """People see it without JSON."""
    result = run("compare", "--baseline", str(baseline), str(bad), str(golden))

    words = " ".join(result.out.split())
    assert "Since the baseline" in words
    assert f"worse {ARTICLE}" in words
    assert "wrong: 15" in words


def test_what_got_better_is_exit_code_0_and_told(
    golden: Path, good: Path, of_bad: Result, tmp_path: Path
) -> None:
    """A baseline is a floor."""
    before = write_baseline(tmp_path / "before.json", of_bad)

    result = run("compare", "--json", "--baseline", str(before), str(good), str(golden))
    report = read_report(result)
    (change_,) = report.changes
    assert (result.code, change_.article, change_.is_worse) == (0, ARTICLE, False)


def test_an_article_of_the_baseline_that_is_left_out_is_worse(
    golden: Path, good: Path, baseline: Path
) -> None:
    """A bad article must not be got rid of in silence."""
    one = golden / "other.json"

    result = run("compare", "--json", "--baseline", str(baseline), str(good), str(one))
    (shortfall,) = read_report(result).shortfalls
    assert (result.code, "is not compared now" in shortfall) == (1, True)


def test_a_new_article_has_nothing_to_be_worse_than(
    golden: Path, good: Path, of_good: Result, tmp_path: Path
) -> None:
    """Fixtures grow."""
    document = find(read_report(of_good), OTHER).model_dump(mode="json")
    one = change(json.loads(of_good.out), "comparison", "documents", value=[document])
    before = write_json(tmp_path / "before.json", one)

    result = run("compare", "--baseline", str(before), str(good), str(golden))
    assert result.code == 0


def test_reports_are_written_beside_the_verdict(golden: Path, bad: Path, tmp_path: Path) -> None:
    """Also where it falls short: then one looks at them."""
    page, junit = tmp_path / "my report.html", tmp_path / "report.xml"
    page.write_bytes(b"old")

    result = run(
        "compare", "--max-critical", "0", "--html", str(page), "--junit", str(junit),
        str(bad), str(golden),
    )  # fmt: skip
    assert (result.code, result.err) == (1, "")
    assert "lower the duty on Chinese toys" in page.read_text(encoding="utf-8")
    suites = ET.parse(junit).getroot()
    assert [suite.get("name") for suite in suites] == [OTHER, ARTICLE, "bars"]
    assert int(suites.get("failures", "0")) >= 2


def test_names_of_any_kind_pass_through_every_report(tmp_path: Path) -> None:
    """Blanks, emoji, line ends: in the article's name and the fixture's."""
    name = "articles/so\ny 🌾 <b>&.txt"
    write_article(tmp_path, name)
    golden = write_fixture(tmp_path, build_fixture(name), "so\ny 🌾.json").parent
    actual = write_json(tmp_path / "s\n🌾.json", build_claim())
    outputs = [tmp_path / "p\n 🌾.html", tmp_path / "j\n 🌾.xml"]

    options = ["--html", str(outputs[0]), "--junit", str(outputs[1])]
    page = run("compare", *options, str(actual), str(golden))
    report = read_report(run("compare", "--json", str(actual), str(golden)))
    assert (page.code, page.err) == (0, "")
    assert all(output.stat().st_size for output in outputs)
    assert [one.article for one in report.comparison.documents] == [name]


def test_a_root_is_where_articles_start_from(tmp_path: Path) -> None:
    """Fixtures may stand in another tree."""
    golden = write_fixture(tmp_path / "elsewhere")
    write_article(tmp_path / "tree")
    actual = write_json(tmp_path / "s.json", build_claim())

    result = run("compare", "--root", str(tmp_path / "tree"), str(actual), str(golden))
    assert result.code == 0


def test_nothing_is_written_that_was_not_asked_for(tmp_path: Path) -> None:
    """Not even a database: nothing is read by a model."""
    golden = write_both(tmp_path)
    actual = write_json(tmp_path / "s.json", build_claim())
    before = sorted(tmp_path.rglob("*"))

    run("compare", str(actual), str(golden), HOME=str(tmp_path))
    assert sorted(tmp_path.rglob("*")) == before
