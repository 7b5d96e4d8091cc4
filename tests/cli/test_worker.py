"""``readout worker`` and ``readout batch`` on PostgreSQL, run as a user runs them."""

import json
import signal
from pathlib import Path

import pytest

from tests.builders import ARTICLE_TEXT, build_draft
from tests.cli.processes import Service, WorkerProcess, run
from tests.standin import Answer, StandIn, complete, fail

GOOD = complete(build_draft().model_dump_json())


class BatchProcess(Service):
    """A ``readout batch`` that runs while the context lasts."""

    command = ("batch",)
    ready = ""


@pytest.fixture(autouse=True)
def _on_postgres(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a new database of a PostgreSQL server."""
    monkeypatch.setenv("READOUT_DATABASE_URL", postgres_url)
    monkeypatch.setenv("OPENAI_API_KEY", "none")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of five articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(5):
        write_article(folder, number)
    return folder


def write_article(folder: Path, number: int) -> None:
    """Write an article of its own."""
    text = f"{ARTICLE_TEXT}\n\nNumber {number}."
    (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def test_workers_do_what_a_batch_hands_over(folder: Path) -> None:
    """The article itself is handed over: a worker need not see the files."""
    (folder / "empty.txt").write_text(" ", encoding="utf-8")
    with (
        StandIn(lambda _received: GOOD) as endpoint,
        WorkerProcess(OPENAI_BASE_URL=endpoint.base_url) as worker,
    ):
        done = run("batch", str(folder), OPENAI_BASE_URL=endpoint.base_url)
        (folder / "4.txt").unlink()
        again = run("batch", str(folder), OPENAI_BASE_URL=endpoint.base_url)
        worker.signal(signal.SIGINT)
        ended = worker.finish()

    results = [json.loads(line) for line in done.out.splitlines()]
    problems = [one["type"] for one in results if "type" in one]
    assert (done.code, len(results), problems) == (3, 6, ["/problems/empty-article"])
    assert (again.code, len(again.out.splitlines())) == (3, 5)
    assert len(endpoint.received) == 5
    assert (ended.code, "Traceback" in ended.err) == (0, False)


def test_a_worker_finishes_what_is_in_flight(folder: Path) -> None:
    """It is being paid for; the rest waits for another worker."""
    with StandIn(lambda _received: Answer(*GOOD[:3], "late")) as endpoint:
        settings = {"OPENAI_BASE_URL": endpoint.base_url}
        with (
            WorkerProcess("--concurrency", "2", **settings) as worker,
            BatchProcess(str(folder), **settings) as batch,
        ):
            wait_until_asked(endpoint, 2)
            worker.signal(signal.SIGINT)
            worker.wait_for("finishing what is in flight")
            endpoint.released.set()
            assert worker.finish().code == 0
            assert len(endpoint.received) == 2
            with WorkerProcess(**settings):
                assert batch.finish().code == 0

    assert len(endpoint.received) == 5


def test_a_second_ctrl_c_gives_back_what_is_in_flight(folder: Path) -> None:
    """Whoever must go at once leaves nothing that others must wait for."""
    with StandIn(lambda _received: Answer(*GOOD[:3], "late")) as endpoint:
        settings = {"OPENAI_BASE_URL": endpoint.base_url}
        with (
            WorkerProcess("--concurrency", "2", **settings) as worker,
            BatchProcess(str(folder), **settings),
        ):
            wait_until_asked(endpoint, 2)
            worker.signal(signal.SIGINT)
            worker.wait_for("finishing what is in flight")
            worker.signal(signal.SIGINT)
            ended = worker.finish()

    assert (ended.code, "Traceback" in ended.err) == (130, False)


def wait_until_asked(endpoint: StandIn, count: int) -> None:
    """Return once the endpoint was asked so often."""
    while len(endpoint.received) < count:
        endpoint.released.wait(0.02)


def test_a_wrong_key_ends_the_worker_and_fails_no_article(folder: Path) -> None:
    """Ten million rows that say so help nobody; they wait for a worker that can."""
    refusal = fail(401, code="invalid_api_key")
    with StandIn(lambda _received: refusal) as endpoint:
        settings = {"OPENAI_BASE_URL": endpoint.base_url}
        with WorkerProcess(**settings) as worker, BatchProcess(str(folder), **settings) as batch:
            ended = worker.finish()
            batch.signal(signal.SIGINT)
            stopped = batch.finish()

    assert (ended.code, "Traceback" in ended.err) == (4, False)
    assert stopped.code == 130
    assert " failed    0 " in stopped.err


def test_a_budget_needs_a_price(folder: Path) -> None:
    """A limit that cannot be kept is refused, not forgotten; nothing is handed over."""
    with StandIn(lambda _received: GOOD) as endpoint:
        result = run("batch", str(folder), "--budget-usd", "3", OPENAI_BASE_URL=endpoint.base_url)

    assert (result.code, result.out, endpoint.received) == (2, "", [])
    assert "price of this model is not known" in result.sentence


def test_a_file_is_no_database_for_workers(tmp_path: Path) -> None:
    """It says what to do instead."""
    result = run("worker", READOUT_DATABASE_URL=f"sqlite:///{tmp_path / 'readout.db'}")

    assert result.code == 2
    assert "set it to postgresql://" in result.sentence
