"""``readout openai-batch`` as a user runs it."""

import json
import os
import signal
import subprocess
from pathlib import Path
from queue import Queue

import pytest

from tests.batch_standin import Line, complete_line, error_line, serve_batches, write_lines
from tests.batching import read_requests
from tests.builders import ARTICLE_TEXT, build_draft, build_draft_tariff
from tests.cli.processes import COMMAND, PATIENCE_S, Result, run, run_with
from tests.standin import Answer, Received, StandIn, complete, fail

GOOD = complete(build_draft().model_dump_json())
LIE = complete(build_draft(tariffs=[build_draft_tariff(rate=85)]).model_dump_json())
"""A draft with one rate that its quote does not have."""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a database of the test's own."""
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{tmp_path / 'readout.db'}")


@pytest.fixture
def folder(tmp_path: Path, database: None) -> Path:
    """Return a folder of two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"{ARTICLE_TEXT} {name}.", encoding="utf-8")
    return folder


def batch(*arguments: object, **environment: str) -> Result:
    """Run ``readout openai-batch``."""
    return run("openai-batch", *map(str, arguments), stdin=b"", **environment)


def test_from_a_folder_to_summaries(folder: Path, tmp_path: Path) -> None:
    """Every command once: what one prints is what the next one takes."""

    def answer(line: Line) -> Line:
        if "two." in line["body"]["messages"][-1]["content"]:
            return error_line(line["custom_id"], "batch_expired")
        return complete_line(line["custom_id"], GOOD)

    requests = tmp_path / "requests.jsonl"
    with serve_batches(answer) as stand_in:
        endpoint = {"OPENAI_BASE_URL": stand_in.base_url}
        exported = batch("export", folder, "-o", requests)
        submitted = batch("submit", requests, **endpoint)
        known = batch("status", "batch_1", "--json", **endpoint)
        fetched = batch("fetch", "-o", tmp_path / "answers", **endpoint)
    paths = fetched.out.splitlines()
    imported = batch("import", *paths, "--retry-out", tmp_path / "retry.jsonl")

    codes = [one.code for one in (exported, submitted, known, fetched, imported)]
    assert codes == [0, 0, 0, 0, 3], [exported.err, submitted.err, fetched.err, imported.err]
    assert "2 articles: 2 requests written" in exported.out
    assert "batch_1 completed 2 1 1" in " ".join(submitted.out.split())
    assert json.loads(known.out)[0]["state"] == "completed"
    assert [Path(path).name for path in paths] == ["batch_1.output.jsonl", "batch_1.errors.jsonl"]
    assert "1 articles have a summary" in imported.out
    assert "two.txt: the batch expired" in imported.sentence
    assert len(read_requests(tmp_path / "retry.jsonl")) == 1


def test_an_import_that_is_killed_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    """Killed while it asks online what the batch's reply lacks: nothing is paid twice."""
    batch("export", folder, "-o", tmp_path / "requests.jsonl")
    keys = [line["custom_id"] for line in read_requests(tmp_path / "requests.jsonl")]
    answers = tmp_path / "answers.jsonl"
    answers.write_bytes(write_lines(complete_line(keys[0], GOOD), complete_line(keys[1], LIE)))
    command = ["openai-batch", "import", str(answers), "--read-online"]
    processes: Queue[subprocess.Popen[bytes]] = Queue()

    def kill(_received: Received) -> Answer:
        processes.get(timeout=PATIENCE_S).kill()
        return fail(500)

    with StandIn(kill) as endpoint:
        environment = {**os.environ, "OPENAI_BASE_URL": endpoint.base_url}
        with subprocess.Popen([*COMMAND, *command], env=environment) as process:
            processes.put(process)
            assert process.wait(PATIENCE_S) == -signal.SIGKILL
    again = run_with([GOOD], *command, "--json")

    report = json.loads(again.out)
    assert (again.code, report["repeated"], report["summaries"]) == (0, 2, 2)
    books = json.loads(run("store", "show", "--json").out)
    assert (books["calls"], books["unanswered"], books["pending"]) == (4, 1, 0)


def test_a_folder_without_articles_is_one_sentence(tmp_path: Path, database: None) -> None:
    """And no file is left behind."""
    (tmp_path / "empty").mkdir()

    result = batch("export", tmp_path / "empty", "-o", tmp_path / "requests.jsonl")

    assert (result.code, result.out) == (2, "")
    assert "has no article" in result.sentence
    assert not list(tmp_path.glob("requests*"))


def test_an_article_that_cannot_be_read_is_told_and_the_others_are_written(
    folder: Path, tmp_path: Path
) -> None:
    """Exit code 3, as everywhere where some of several fail."""
    (folder / "bad.pdf").write_bytes(b"no PDF")

    result = batch("export", folder, "-o", tmp_path / "requests.jsonl", "--json")

    report = json.loads(result.out)
    assert (result.code, report["articles"], report["requests"]) == (3, 3, 2)
    assert report["faults"][0]["name"].endswith("bad.pdf")


def test_a_file_in_the_way_is_told_before_anything_is_done(folder: Path, tmp_path: Path) -> None:
    """The answers are not half imported when the next file cannot be written."""
    (tmp_path / "retry.jsonl").touch()
    (tmp_path / "answers.jsonl").write_bytes(write_lines(error_line("a", "batch_expired")))

    result = batch("import", tmp_path / "answers.jsonl", "--retry-out", tmp_path / "retry.jsonl")

    assert result.code == 2
    assert "retry.jsonl is there already; name another file" in result.sentence


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "a", "--retry-out", "b", "--read-online"], "take one of them"),
        (["import", "none.jsonl"], "none.jsonl: No such file"),
        (["submit", "none.jsonl"], "no LLM endpoint is configured"),
        (["import", "none.jsonl", "--read-online"], "no LLM endpoint is configured"),
        (["export", "none", "-o", "x.jsonl"], "there is no file or folder none"),
        (["export", ".", "-o", "no/such/x.jsonl"], "has no article"),
    ],
)
def test_what_cannot_run_is_one_sentence(arguments: list[str], words: str, database: None) -> None:
    """With what was wrong and what to do, and exit code 2."""
    result = batch(*arguments)

    assert (result.code, result.out) == (2, "")
    assert words in result.sentence


def test_nothing_open_is_said(database: None) -> None:
    """An empty table would look like a fault."""
    result = batch("status", OPENAI_BASE_URL="http://127.0.0.1:9/v1")

    assert (result.code, result.out.strip()) == (0, "no batch is open")
