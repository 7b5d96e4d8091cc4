"""``readout store``, run as a user runs it, and how its reports look."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from schemas.books import ModelCosts, PruneReport, StoreReport
from schemas.reading import Usage
from service.cli.store_report import describe_size, print_migration, print_pruning, print_report
from tests.cli.processes import Result, run

READ_AT = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
Printed = Callable[[], str]


def measure() -> StoreReport:
    """Return what the store reports of itself."""
    return StoreReport.model_validate_json(run("store", "show", "--json").out)


def build_report(**changed: object) -> StoreReport:
    """Return a report of a store in which something was read."""
    fields: dict[str, object] = {
        "database": "/data/readout.db", "size_bytes": 1_234_567, "revision": "0001",
        "readings": 1_000, "summaries": 1_200, "superseded": 200, "items": 9_876,
        "calls": 1_500, "unanswered": 3, "unused": 2, "pending": 1,
        "oldest": READ_AT, "newest": READ_AT + timedelta(days=1),
        "costs": [build_costs("model-a", 1.5, 0), build_costs("model-b", 0.0, 7)],
    }  # fmt: skip
    return StoreReport.model_validate(fields | changed)


def build_costs(model: str, cost_usd: float, unpriced: int) -> ModelCosts:
    """Return the costs of ``model``."""
    usage = Usage(input_tokens=12_345, cached_input_tokens=1_024, output_tokens=678)
    return ModelCosts(model=model, calls=10, usage=usage, cost_usd=cost_usd, unpriced=unpriced)


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Printed:
    """Return a function that returns what was printed since, its blanks as one."""
    monkeypatch.setenv("COLUMNS", "200")
    return lambda: " ".join(capsys.readouterr().out.split())


def test_a_fresh_store_is_empty_and_says_where_it_is(environment: Path) -> None:
    """The first thing that one asks of a database."""
    result = run("store", "show", "--json")

    report = StoreReport.model_validate_json(result.out)
    assert (result.code, result.err) == (0, "")
    assert (report.readings, report.summaries, report.calls, report.costs) == (0, 0, 0, [])
    assert str(environment) in report.database


def test_without_a_command_it_shows_what_is_stored(already_read: Result) -> None:
    """The harmless one of the three."""
    bare, named = run("store"), run("store", "show")

    assert (bare.code, bare.out) == (0, named.out)
    assert re.search(r"summaries +1, 0 of them superseded", bare.out)
    assert "stand-in" in bare.out
    assert run("store", "--json").out == run("store", "show", "--json").out


def test_json_before_a_command_is_refused() -> None:
    """An option that is silently dropped misleads."""
    result = run("store", "--json", "show")

    assert (result.code, result.out) == (2, "")
    assert "--json stands behind show" in result.sentence.replace("│", "")


def test_what_is_old_is_removed_and_what_it_cost_stays(already_read: Result) -> None:
    """Retention must not falsify the books."""
    before = measure()

    result = run("store", "prune", "--older-than", "0h", "--json")
    removed, after = PruneReport.model_validate_json(result.out), measure()
    assert (removed.readings, removed.summaries, removed.items, removed.replies) == (1, 1, 6, 1)
    assert (after.readings, after.summaries, after.items) == (0, 0, 0)
    assert after.costs == before.costs


def test_what_is_younger_stays(already_read: Result) -> None:
    """A day is a day."""
    result = run("store", "prune", "--older-than", "1d", "--json")

    assert PruneReport.model_validate_json(result.out).readings == 0
    assert measure().readings == 1


def test_a_dry_run_removes_nothing_and_says_what_it_would(already_read: Result) -> None:
    """One looks before one leaps."""
    result = run("store", "prune", "--before", "9000-01-01", "--dry-run")

    assert result.out.startswith("would be removed, from before 9000-01-01 00:00 UTC: 1 reading, ")
    assert measure().summaries == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "--older-than"),
        (["--older-than", "three days"], "three days"),
    ],
)
def test_an_age_that_is_none_is_one_sentence_and_nothing_is_removed(
    arguments: list[str], word: str, already_read: Result
) -> None:
    """What was paid for is not removed by a slip."""
    result = run("store", "prune", *arguments)

    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert word in result.sentence
    assert measure().readings == 1


def test_migrating_says_from_what_to_what() -> None:
    """A second time there is nothing to do, and that is no failure."""
    first, second = run("store", "migrate", "--json"), run("store", "migrate", "--json")

    made, kept = json.loads(first.out), json.loads(second.out)
    assert (first.code, second.code) == (0, 0)
    assert made["before"] != made["after"]
    assert kept == {"before": made["after"], "after": made["after"]}


@pytest.mark.parametrize("command", [["show"], ["prune", "--older-than", "1d"], ["migrate"]])
def test_a_database_that_cannot_be_used_is_one_sentence(command: list[str]) -> None:
    """With the path in it."""
    result = run("store", *command, READOUT_DATABASE_URL="sqlite:////proc/none/readout.db")

    assert (result.code, result.out) == (2, "")
    assert "/proc/none" in result.sentence


def test_the_report_for_people_holds_every_number(printed: Printed) -> None:
    """Counts, the span of time in UTC, and the money model by model."""
    print_report(build_report())

    text = printed()
    for expected in (
        "database /data/readout.db", "size 1.2 MB, schema 0001",
        "readings 1,000, from 2026-01-31 23:30 UTC to 2026-02-01 23:30 UTC",
        "summaries 1,200, 200 of them superseded", "items 9,876 in the lists",
        "calls 1,500, 3 of them unanswered", "replies 2 unused, 1 to be taken up",
        "cost $1.5000, and 7 replies of unknown price",
        "model-a 10 12,345 1,024 678 1.5000 0", "model-b 10 12,345 1,024 678 0.0000 7",
    ):  # fmt: skip
        assert expected in text


def test_an_empty_report_has_neither_a_span_nor_a_table(printed: Printed) -> None:
    """There is nothing between nothing and nothing."""
    print_report(build_report(readings=0, oldest=None, newest=None, costs=[]))

    text = printed()
    assert "readings 0 summaries" in text
    assert text.endswith("cost $0.0000")


def test_a_models_name_is_no_markup(printed: Printed) -> None:
    """The endpoint says it, and endpoints say anything."""
    print_report(build_report(costs=[build_costs("[red]model[/red]", 0.1, 0)]))

    assert "[red]model[/red]" in printed()


def test_instants_are_shown_in_utc(printed: Printed) -> None:
    """Whatever zone they come in."""
    eastern = READ_AT.astimezone(timezone(timedelta(hours=8)))
    report = PruneReport(
        before=eastern, readings=1, summaries=2, items=0, replies=1, batches=3, size_bytes=999
    )

    print_pruning(report, dry_run=False)
    assert printed() == (
        "removed, from before 2026-01-31 23:30 UTC: 1 reading, 2 summaries, 0 items, "
        "1 text of a paid reply, 3 batches; the database has 999 B"
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("0001", "0002", "schema 0001 → 0002"),
        ("", "0002", "schema none → 0002"),
        ("0002", "0002", "the schema is that of this version already: 0002"),
    ],
)
def test_a_migration_names_both_revisions(
    before: str, after: str, words: str, printed: Printed
) -> None:
    """So that a backup can be told from what came after it."""
    print_migration(before, after)

    assert printed() == words


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (1_234_567_890, "1.2 GB"),
        (5 * 10**16, "50000.0 TB"),
    ],
)
def test_a_size_is_shown_in_a_fitting_unit(size_bytes: int, shown: str) -> None:
    """Seven digits of bytes are counted, not read."""
    assert describe_size(size_bytes) == shown
