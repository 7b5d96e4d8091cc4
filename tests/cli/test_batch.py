"""``readout batch``: a folder, once or many times, whatever happens on the way."""

import csv
import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from schemas.summary import Summary
from tests.api.serving import EVENTS
from tests.builders import ARTICLE_TEXT, build_draft
from tests.cli.processes import COMMAND, PATIENCE_S, Result, Service, run
from tests.standin import Answer, Received, StandIn, complete, fail

GOOD = complete(build_draft().model_dump_json())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of six articles, one of them in a folder below."""
    folder = tmp_path / "articles"
    (folder / "below").mkdir(parents=True)
    for number in range(5):
        write_article(folder / f"{number}.txt", number)
    write_article(folder / "below" / "5.md", 5)
    return folder


def write_article(path: Path, number: int) -> None:
    """Write an article of its own to ``path``."""
    path.write_text(f"{ARTICLE_TEXT}\n\nNumber {number}.", encoding="utf-8")


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test a database."""
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{tmp_path / 'readout.db'}")


@pytest.fixture
def endpoint() -> Iterator[StandIn]:
    """Return an endpoint that answers everything well."""
    with StandIn(lambda _received: GOOD) as stand_in:
        yield stand_in


def batch(endpoint: StandIn | None, *arguments: str | Path, stdin: bytes = b"") -> Result:
    """Run ``readout batch``."""
    environment = {"OPENAI_BASE_URL": endpoint.base_url} if endpoint else {}
    return run("batch", *map(str, arguments), stdin=stdin, **environment)


def read_lines(text: str) -> list[dict[str, Any]]:
    """Return the results on ``text``'s lines."""
    return [json.loads(line) for line in text.splitlines()]


def list_texts(results: list[dict[str, Any]]) -> set[str]:
    """Return the ends of the texts that were summarized."""
    return {Summary.model_validate(one).article.text.rsplit("\n")[-1] for one in results}


def test_a_folder_is_read_to_its_end(folder: Path, endpoint: StandIn) -> None:
    """Every article of it, once, as a line that ``compare`` and others take."""
    result = batch(endpoint, folder)

    assert result.code == 0, result.err
    assert list_texts(read_lines(result.out)) == {f"Number {number}." for number in range(6)}
    assert len(endpoint.received) == 6
    assert "Finished: all articles are read" in result.err


def test_the_same_command_again_costs_nothing(folder: Path, endpoint: StandIn) -> None:
    """And gives all results again."""
    first = batch(endpoint, folder)
    again = batch(endpoint, folder)

    assert sorted(again.out.splitlines()) == sorted(first.out.splitlines())
    assert len(endpoint.received) == 6
    assert "6, 6 of them read before" in again.err


def test_a_new_and_a_changed_file_are_read_and_no_other(folder: Path, endpoint: StandIn) -> None:
    """Folders grow; what is in them is corrected, or taken away."""
    batch(endpoint, folder)
    write_article(folder / "0.txt", 10)
    write_article(folder / "new.txt", 11)
    (folder / "1.txt").unlink()

    result = batch(endpoint, folder)

    numbers = [10, 2, 3, 4, 5, 11]
    assert list_texts(read_lines(result.out)) == {f"Number {number}." for number in numbers}
    assert len(endpoint.received) == 8


def test_two_files_of_one_text_are_two_results_and_one_call(
    folder: Path, endpoint: StandIn
) -> None:
    """Syndicated articles are common."""
    write_article(folder / "copy.txt", 0)

    result = batch(endpoint, folder)

    assert len(read_lines(result.out)) == 7
    assert len(endpoint.received) == 6


def test_a_bad_article_is_a_row_with_its_error(folder: Path, endpoint: StandIn) -> None:
    """The others are read; the exit code says that not all are."""
    (folder / "empty.txt").write_text(" \n")

    result = batch(endpoint, folder)

    assert result.code == 3
    (problem,) = [one for one in read_lines(result.out) if "type" in one]
    assert problem["type"] == "/problems/empty-article"
    assert problem["instance"].endswith("empty.txt")
    assert "--retry-failed" in result.err


def test_what_failed_is_tried_again_only_when_asked(folder: Path) -> None:
    """A refusal costs money each time."""
    with StandIn(lambda _received: complete(None, refusal="no")) as endpoint:
        assert batch(endpoint, folder).code == 3
        assert batch(endpoint, folder).code == 3
        assert len(endpoint.received) == 6
    with StandIn(lambda _received: GOOD) as endpoint:
        result = batch(endpoint, folder, "--retry-failed")
        assert result.code == 0, result.err
        assert len(endpoint.received) == 6


def test_a_wrong_key_stops_the_batch_and_fails_no_article(folder: Path) -> None:
    """The same command goes on once it is mended."""
    with StandIn(lambda _received: fail(401, code="invalid_api_key")) as endpoint:
        result = batch(endpoint, folder)
        assert result.code == 4
        assert "key" in result.sentence
    with StandIn(lambda _received: GOOD) as endpoint:
        assert batch(endpoint, folder).code == 0


def test_without_an_endpoint_rules_read(folder: Path) -> None:
    """A fresh machine does the main job; it says with what."""
    result = batch(None, folder)

    assert result.code == 0, result.err
    assert "rules and not by an LLM" in result.err
    assert {one["provenance"]["engine"] for one in read_lines(result.out)} == {"embedded"}


def test_an_endpoint_that_is_configured_later_reads_what_rules_have_read(
    folder: Path, endpoint: StandIn
) -> None:
    """Whoever has tried it without a key wants the model's answers once there is one."""
    batch(None, folder)
    result = batch(endpoint, folder)

    assert [one["provenance"]["engine"] for one in read_lines(result.out)] == ["llm"] * 6
    assert len(endpoint.received) == 6


def test_a_dry_run_says_what_it_would_cost(folder: Path, endpoint: StandIn) -> None:
    """And does nothing of it."""
    write_article(folder / "copy.txt", 0)
    (folder / "empty.txt").write_text("")
    batch(endpoint, folder / "1.txt")

    result = batch(endpoint, folder, "--dry-run", "--json")

    forecast = json.loads(result.out)
    assert (forecast["articles"], forecast["faults"], forecast["hits"]) == (8, 1, 2)
    assert forecast["usage"]["input_tokens"] > 5 * 4_000
    assert len(endpoint.received) == 1
    assert "to be read" in batch(endpoint, folder, "--dry-run").out


def test_a_budget_that_cannot_be_kept_is_refused(folder: Path) -> None:
    """Of an endpoint whose prices nobody knows."""
    with StandIn(lambda _received: GOOD) as endpoint:
        result = run("batch", str(folder), "--budget-usd", "0", OPENAI_BASE_URL=endpoint.base_url)
    assert result.code == 2
    assert "price of this model is not known" in result.sentence


def test_only_the_first_articles_are_taken(folder: Path, endpoint: StandIn) -> None:
    """For a look at what comes out before all is paid for."""
    result = batch(endpoint, folder, "--max-articles", "2")

    assert len(read_lines(result.out)) == 2
    assert len(endpoint.received) == 2


def test_metadata_is_given_and_sidecars_outrank_it(folder: Path, endpoint: StandIn) -> None:
    """Relative dates hang on it."""
    (folder / "0.json").write_text(json.dumps({"published": "2025-01-02", "source": "Own"}))

    result = batch(endpoint, folder, "--published", "2026-01-31", "--source", "Wire")

    found = {
        (one["article"]["published"], one["article"]["source"]) for one in read_lines(result.out)
    }
    assert found == {("2025-01-02", "Own"), ("2026-01-31", "Wire")}


def test_results_go_to_a_file_that_is_not_overwritten(
    folder: Path, endpoint: StandIn, tmp_path: Path
) -> None:
    """Unless it is the batch's own, or one says so."""
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    refused = batch(endpoint, folder, "--out", out)
    assert refused.code == 2
    assert "--overwrite" in refused.sentence
    assert batch(endpoint, folder, "--out", out).code == 2
    assert out.read_text() == "mine"
    assert endpoint.received == []

    assert batch(endpoint, folder, "--out", out, "--overwrite").code == 0
    write_article(folder / "new.txt", 11)
    assert batch(endpoint, folder, "--out", out).code == 0
    assert len(read_lines(out.read_text())) == 7


def test_what_was_pruned_is_read_again(folder: Path, endpoint: StandIn) -> None:
    """A result whose summary is gone is no result."""
    batch(endpoint, folder)
    assert run("store", "prune", "--older-than", "0d").code == 0

    result = batch(endpoint, folder)

    assert result.code == 0, result.err
    assert len(list_texts(read_lines(result.out))) == 6
    assert len(endpoint.received) == 12


def test_tables_have_one_row_an_item(folder: Path, endpoint: StandIn, tmp_path: Path) -> None:
    """What an analyst opens in a spreadsheet."""
    out = tmp_path / "tables"
    result = batch(endpoint, folder, "--format", "csv", "--out", out)

    assert result.code == 0, result.err
    with (out / "summaries.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 6
    with (out / "commitments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 6 * len(build_draft().commitments)


def test_paths_come_on_standard_input(folder: Path, endpoint: StandIn) -> None:
    """As ``find`` gives them."""
    named = "\n".join(map(str, sorted(folder.glob("*.txt"))))

    assert len(read_lines(batch(endpoint, "-", stdin=named.encode()).out)) == 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "there is no file or folder nowhere"),
        ([], "Missing argument"),
        ([".", "--budget-usd", "-1"], "budget-usd"),
        ([".", "--published", "soon"], "is no date"),
        ([".", "--out", "nowhere/out.jsonl"], "there is no folder nowhere"),
        ([".", "--format", "csv"], "name it with --out"),
    ],
)
def test_what_cannot_run_is_told_before_anything_is_paid(
    folder: Path,
    endpoint: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    sentence: str,
) -> None:
    """In one sentence, with exit code 2."""
    monkeypatch.chdir(folder)
    result = batch(endpoint, *arguments)

    assert result.code == 2
    assert sentence in result.sentence
    assert endpoint.received == []


def test_an_empty_folder_is_an_error(tmp_path: Path, endpoint: StandIn) -> None:
    """Nobody means to read nothing."""
    (tmp_path / "empty").mkdir()

    result = batch(endpoint, tmp_path / "empty")

    assert result.code == 2
    assert "has no article" in result.sentence


class Running:
    """A ``readout batch`` that runs while the context lasts."""

    def __init__(self, endpoint: StandIn, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "batch", *map(str, arguments)],
            env={**os.environ, "OPENAI_BASE_URL": endpoint.base_url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def finish(self) -> Result:
        """Wait for its end."""
        out, err = self.process.communicate(timeout=PATIENCE_S)
        return Result(self.process.returncode, out.decode(), err.decode())


@contextmanager
def answer_some(count: int) -> Iterator[tuple[StandIn, threading.Event]]:
    """Yield an endpoint that answers ``count`` requests, the next late; and what tells of those."""
    asked = threading.Event()
    answered = 0

    def answer(_received: Received) -> Answer:
        nonlocal answered
        answered += 1
        if answered <= count:
            return GOOD
        asked.set()
        return GOOD._replace(fault="late")

    with StandIn(answer) as endpoint:
        yield endpoint, asked


def test_ctrl_c_finishes_what_is_in_flight(folder: Path) -> None:
    """It is paid for; the same command goes on with the rest."""
    with answer_some(2) as (endpoint, asked):
        running = Running(endpoint, folder, "--concurrency", "1")
        assert asked.wait(PATIENCE_S)
        running.process.send_signal(signal.SIGINT)
        assert running.process.stderr is not None
        lines = iter(running.process.stderr.readline, b"")
        assert any(b"Ctrl-C again stops at once" in line for line in lines)
        endpoint.released.set()
        result = running.finish()
        assert result.code == 130
        assert len(read_lines(result.out)) == 3
        assert "3 articles to go" in " ".join(result.err.split())

    with StandIn(lambda _received: GOOD) as endpoint:
        assert len(read_lines(batch(endpoint, folder, "--concurrency", "1").out)) == 6
        assert len(endpoint.received) == 3


def test_a_second_ctrl_c_stops_at_once(folder: Path) -> None:
    """Whoever asks twice does not want to wait; the article is read the next time."""
    with answer_some(2) as (endpoint, asked):
        running = Running(endpoint, folder, "--concurrency", "1")
        assert asked.wait(PATIENCE_S)
        running.process.send_signal(signal.SIGINT)
        assert running.process.stderr is not None
        lines = iter(running.process.stderr.readline, b"")
        assert any(b"Ctrl-C again stops at once" in line for line in lines)
        running.process.send_signal(signal.SIGINT)
        result = running.finish()
        assert result.code == 130
        assert "Traceback" not in result.err

    with StandIn(lambda _received: GOOD) as endpoint:
        assert len(read_lines(batch(endpoint, folder).out)) == 6
        assert len(endpoint.received) == 4


def test_killed_it_goes_on_where_it_was(folder: Path, allow_sleep: None) -> None:
    """Nothing is lost, and only what was in flight may be paid for again."""
    with answer_some(3) as (endpoint, asked):
        running = Running(endpoint, folder, "--concurrency", "2")
        assert asked.wait(PATIENCE_S)
        running.process.kill()
        running.finish()

    with StandIn(lambda _received: GOOD) as again:
        result = batch(again, folder, "--concurrency", "2")
        assert result.code == 0, result.err

    assert list_texts(read_lines(result.out)) == {f"Number {number}." for number in range(6)}
    assert len(again.received) <= 6 - 3 + 2


def test_one_batch_is_not_run_twice_at_once(folder: Path) -> None:
    """Two that write one output would spoil it."""
    with answer_some(0) as (endpoint, asked):
        running = Running(endpoint, folder)
        assert asked.wait(PATIENCE_S)
        refused = batch(endpoint, folder)  # which waits for some 20 s: the other may be dead
        endpoint.released.set()
        assert running.finish().code == 0

    assert refused.code == 2
    assert "another process runs this batch" in refused.sentence


def test_results_that_cannot_be_written_stop_it_and_are_not_lost(
    folder: Path, endpoint: StandIn
) -> None:
    """A full disk is no reason to go on paying."""
    result = batch(endpoint, folder, "--out", "/dev/full")

    assert result.code == 2
    assert "no space left" in result.sentence
    paid = len(endpoint.received)
    assert len(read_lines(batch(endpoint, folder).out)) == 6
    assert len(endpoint.received) == 6 >= paid


def test_nobody_reads_on(folder: Path) -> None:
    """``readout batch … | head`` ends as such a pipe does, without a word."""
    with answer_some(1) as (endpoint, _asked):
        running = Running(endpoint, folder, "--concurrency", "1")
        assert running.process.stdout is not None
        running.process.stdout.readline()
        running.process.stdout.close()
        endpoint.released.set()
        assert running.process.stderr is not None
        with running.process.stderr as errors:
            told = errors.read()

    assert running.process.wait(PATIENCE_S) == 141
    assert b"Traceback" not in told


def test_who_watches_a_batch_does_not_keep_the_service(tmp_path: Path) -> None:
    """Told to stop, it finishes what is in flight, and begins nothing more of the batch."""
    articles = [{"text": f"{ARTICLE_TEXT} {number}."} for number in range(40)]
    with (
        StandIn(lambda _received: GOOD._replace(delay_s=0.3)) as endpoint,
        Service(OPENAI_BASE_URL=endpoint.base_url, READOUT_CONCURRENCY="2") as service,
        service.open_client() as client,
    ):
        address = client.post("/v1/batches", json=articles).headers["location"]
        with client.stream("GET", address, headers=EVENTS) as response:
            lines = response.iter_lines()
            assert next(lines).startswith("event: progress")
            service.signal(signal.SIGTERM)
            rest = list(lines)
        assert service.finish().code == 0

    assert not any("event: done" in line for line in rest)
    assert len(endpoint.received) < 40
