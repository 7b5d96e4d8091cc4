"""``readout compare --read``: articles read now, by an endpoint that a stand-in plays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.comparison import ComparisonReport, Spread
from tests.builders import ARTICLE_TEXT, build_draft
from tests.cli.processes import Result, run
from tests.standin import Answer, Received, StandIn, complete, fail, play
from tests.unit.data_golden import (
    ARTICLE,
    OTHER,
    OTHER_TEXT,
    build_fixture,
    write_article,
    write_both,
    write_fixture,
    write_two,
)

GOOD = complete(build_draft().model_dump_json())
WITHOUT_TARIFF = complete(build_draft(tariffs=[]).model_dump_json())


def _answer_one(received: Received) -> Answer:
    """Refuse the other article, and read the default one well."""
    is_other = OTHER_TEXT.rpartition(". ")[2] in received.body.decode()
    return complete(None, refusal="I would rather not") if is_other else GOOD


@pytest.fixture
def endpoint() -> Iterator[StandIn]:
    """Return an endpoint that reads everything well."""
    with StandIn(lambda _received: GOOD) as stand_in:
        yield stand_in


def _compare(endpoint: StandIn, *arguments: str, **more: str) -> Result:
    return run(
        "compare", "--read", *arguments, stdin=b"", OPENAI_BASE_URL=endpoint.base_url, **more
    )


def _parse(result: Result) -> ComparisonReport:
    assert "Traceback" not in result.err, result.err
    return ComparisonReport.model_validate_json(result.out)


def test_the_articles_of_the_fixtures_are_read_and_compared(
    tmp_path: Path, endpoint: StandIn
) -> None:
    """Without ACTUAL it is all of them; a model's change is judged in one command."""
    golden = write_two(tmp_path)

    result = _compare(endpoint, "--json", "--min-f1", "1", str(golden))
    assert (result.code, _parse(result).comparison.unread) == (0, 0)
    assert len(endpoint.received) == 2


def test_only_the_articles_that_are_named_are_read(tmp_path: Path, endpoint: StandIn) -> None:
    """Each is paid for; what is not read counts as zero."""
    golden = write_two(tmp_path)

    result = _compare(endpoint, "--json", str(tmp_path / OTHER), str(golden))
    statuses = {one.article: one.status for one in _parse(result).comparison.documents}
    assert statuses == {OTHER: "compared", ARTICLE: "missing"}
    assert len(endpoint.received) == 1


def test_an_article_is_read_with_the_date_that_its_fixture_gives(
    tmp_path: Path, endpoint: StandIn
) -> None:
    """Else every weekday would be wrong, and the model to blame."""
    golden = write_both(tmp_path, build_fixture(published="2025-12-06"))

    _compare(endpoint, str(golden))
    assert "2025-12-06" in endpoint.received[0].body.decode()


def test_what_was_read_is_not_read_again(tmp_path: Path, endpoint: StandIn) -> None:
    """The second comparison costs nothing, and says the same."""
    golden = str(write_both(tmp_path))

    first, second = (_compare(endpoint, "--json", golden) for _ in range(2))
    assert (second.code, second.out) == (0, first.out)
    assert len(endpoint.received) == 1


def test_an_article_whose_reading_fails_counts_as_zero_and_says_why(tmp_path: Path) -> None:
    """One refusal must not cost the run, nor be left out of it."""
    golden = write_two(tmp_path)
    with StandIn(_answer_one) as endpoint:
        result = _compare(endpoint, "--json", "--max-critical", "0", str(golden))

    report = _parse(result)
    failed = next(one for one in report.comparison.documents if one.article == OTHER)
    assert (result.code, failed.status, failed.scores.items.f1) == (1, "failed", 0)
    assert failed.reason is not None
    assert "refuse" in failed.reason
    assert report.shortfalls == ["1 of 2 articles have no summary; each counts as 0"]


def test_of_two_articles_with_one_file_name_the_right_one_has_failed(tmp_path: Path) -> None:
    """Archives have one ``01.txt`` a month; the reason must stand where it belongs."""
    for name in ("a/01 100%41.txt", "b/01 100%41.txt"):
        text = OTHER_TEXT if name.startswith("a") else ARTICLE_TEXT
        write_article(tmp_path, name, text)
        write_fixture(tmp_path, build_fixture(name), f"{name[0]}.json")
    with StandIn(_answer_one) as endpoint:
        result = _compare(endpoint, "--json", str(tmp_path / "golden"))

    report = _parse(result)
    statuses = {one.article[0]: one.status for one in report.comparison.documents}
    assert (statuses, report.comparison.strays) == ({"a": "failed", "b": "compared"}, [])


def test_an_endpoint_that_fails_for_all_is_a_run_of_zeros(tmp_path: Path) -> None:
    """Below any bar; the reason is in the report."""
    golden = write_both(tmp_path)
    with StandIn(play([fail(401)])) as endpoint:
        result = _compare(endpoint, "--min-f1", "0.5", str(golden))

    assert (result.code, "Unread: 1" in result.out) == (1, True)


def test_no_endpoint_is_exit_code_2_and_names_the_settings(tmp_path: Path) -> None:
    """Nothing was compared: a run of zeros would read like a bad model."""
    page = tmp_path / "page.html"

    result = run(
        "compare", "--read", "--html", str(page), str(write_both(tmp_path)), READOUT_READER="llm"
    )
    assert (result.code, result.out, page.exists()) == (2, "", False)
    assert "OPENAI_API_KEY" in result.sentence


def test_a_database_that_cannot_be_used_is_exit_code_2_and_nothing_is_paid(
    tmp_path: Path, endpoint: StandIn
) -> None:
    """A reply that cannot be kept must not be bought."""
    result = _compare(
        endpoint, str(write_both(tmp_path)), READOUT_DATABASE_URL="sqlite:////proc/none/x.db"
    )

    assert (result.code, "/proc/none" in result.sentence) == (2, True)
    assert endpoint.received == []


BEFORE_PAYING: dict[str, tuple[list[str], str]] = {
    "folder of a report": (["--html", "{tree}/none/p.html"], "there is no folder {tree}/none"),
    "baseline": (["--baseline", "{tree}/articles/soybeans.txt"], "soybeans.txt is no JSON"),
    "one bad fixture": (["{tree}/articles"], "bad.json: article: field required"),
    "an article without a fixture": (["{tree}/stray.txt"], "stray.txt: there is no article of wh"),
    "an article that is empty": (["{tree}/empty"], "{tree}/empty/e.txt: the article is empty"),
    "an article that is not there": (["{tree}/none.txt"], "{tree}/none.txt: No such file"),
}


@pytest.mark.parametrize(("arguments", "words"), BEFORE_PAYING.values(), ids=BEFORE_PAYING.keys())
def test_what_can_be_known_before_is_told_before_anything_is_paid(
    arguments: list[str], words: str, tmp_path: Path, endpoint: StandIn
) -> None:
    """Five minutes and five cents later is too late."""
    golden = write_two(tmp_path)
    (tmp_path / "stray.txt").write_text("Nothing to see here.", encoding="utf-8")
    write_article(tmp_path, "empty/e.txt", "")
    if "bad.json" in words:
        write_fixture(tmp_path, {}, "bad.json")

    given = [one.format(tree=tmp_path) for one in arguments]
    result = _compare(endpoint, *given, str(golden))
    assert (result.code, result.out, endpoint.received) == (2, "", [])
    assert words.format(tree=tmp_path) in result.sentence


@pytest.fixture
def varying() -> Iterator[StandIn]:
    """Return an endpoint that leaves out the tariff every second time."""
    with StandIn(play([GOOD, WITHOUT_TARIFF, GOOD, *[fail(401)] * 9])) as stand_in:
        yield stand_in


def _find_items(report: ComparisonReport) -> Spread:
    (spread,) = [spread for spread in report.repetitions if spread.name == "items"]
    return spread


def test_repetitions_are_read_anew_and_give_mean_and_interval(
    tmp_path: Path, varying: StandIn
) -> None:
    """1, 10/11 and 1: one reading alone would have been luck."""
    golden = str(write_both(tmp_path))

    result = _compare(varying, "--json", "--repeat", "3", "--min-f1", "0.97", golden)
    report = _parse(result)
    items = _find_items(report)
    assert items.values == pytest.approx([1, 10 / 11, 1])
    assert items.mean == pytest.approx(32 / 33)
    assert items.low == pytest.approx(32 / 33 - 4.3027 * 0.052486 / 3**0.5, abs=1e-4)
    assert items.high == 1
    assert report.comparison.scores.items.f1 == pytest.approx(10 / 11)
    assert (result.code, report.shortfalls) == (
        1,
        ["F1 of items is 0.9697, at least 0.97 is asked for"],
    )


def test_repetitions_are_kept_and_not_paid_for_again(tmp_path: Path, varying: StandIn) -> None:
    """Each has a database of its own beside the configured one; the mean is shown to people."""
    golden = str(write_both(tmp_path))
    database = {"READOUT_DATABASE_URL": f"sqlite:///{tmp_path}/my.data.db"}

    first = _compare(varying, "--repeat", "3", golden, **database)
    second = _compare(varying, "--repeat", "3", golden, **database)
    assert (second.code, second.out) == (0, first.out)
    assert len(varying.received) == 3
    assert {path.name for path in tmp_path.glob("*.db")} == {
        "my.data.db", "my.data.repeat-2.db", "my.data.repeat-3.db",
    }  # fmt: skip
    words = " ".join(first.out.split())
    assert "95 % interval" in words
    assert "items 0.9697 0.8393 to 1" in words


def test_a_repetition_that_fails_counts_as_zero(tmp_path: Path) -> None:
    """It is no outlier to be left out."""
    golden = str(write_both(tmp_path))
    with StandIn(play([GOOD, complete(None, refusal="no")])) as endpoint:
        result = _compare(endpoint, "--json", "--repeat", "2", golden)

    report = _parse(result)
    assert _find_items(report).values == [1, 0]
    assert report.comparison.documents[0].status == "failed"
