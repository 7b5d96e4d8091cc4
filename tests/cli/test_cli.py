"""The command line, run as a user runs it: a process of its own, a real endpoint on loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from schemas.books import StoreReport
from schemas.problem import Problem
from schemas.reading import Usage
from schemas.summary import Summary
from service.outputs.tables import TABLES
from tests.builders import ARTICLE_TEXT, build_draft, build_draft_tariff, build_empty_draft
from tests.cli.documents import build_encrypted_pdf
from tests.cli.processes import COMMAND, Result, run, run_with
from tests.lots import answer_lots, write_document
from tests.standin import Answer, StandIn, complete, fail, play

NOWHERE = "http://127.0.0.1:9/v1"
"""An endpoint that nobody listens at: commands that should not call it do not wait for it."""
GOOD = complete(build_draft().model_dump_json())
LIE = complete(build_empty_draft(tariffs=[build_draft_tariff(rate=85)]).model_dump_json())


def test_summarize_json_prints_one_summary(article: Path) -> None:
    """Programs read one line of JSON, and nothing else, from standard output."""
    result = run_with([GOOD], "summarize", "--json", str(article))

    summary = Summary.model_validate_json(result.out)
    assert (result.code, result.out.count("\n"), result.err) == (0, 1, "")
    assert summary.article.text == ARTICLE_TEXT
    assert len(summary.iterate_items()) == 6


def test_summarize_prints_a_page_for_people(article: Path) -> None:
    """Headline, items with their quotes and places, and what it cost."""
    result = run_with([GOOD], "summarize", str(article))

    assert result.code == 0
    for expected in (
        build_draft().headline,
        "Commitments",
        "buy 12 million metric tons of soybeans",
        "12,000,000 metric ton",
        "20% → 10%",
        "“The United States lowered its duty on Chinese toys from 20% to 10%”",
        "1 call",
        "cost unknown",
    ):
        assert expected in result.out


def test_a_terminal_without_unicode_gets_json_in_utf_8_and_pages_without_a_traceback(
    article: Path,
) -> None:
    """Build servers often have no locale at all."""
    as_json = run_with([GOOD], "summarize", "--json", str(article), PYTHONIOENCODING="ascii")
    as_page = run_with([GOOD], "summarize", str(article), PYTHONIOENCODING="ascii")

    assert Summary.model_validate_json(as_json.out).article.text == ARTICLE_TEXT
    assert (as_page.code, as_page.err) == (0, "")


def test_errors_that_concern_every_file_are_problems_too(article: Path, tmp_path: Path) -> None:
    """A program that asked for JSON gets JSON, whatever is missing."""
    missing = tmp_path / "none.txt"

    result = run("summarize", "--json", str(missing), str(article), READOUT_READER="llm")
    problems = [Problem.model_validate_json(line) for line in result.err.splitlines()]
    assert [problem.type for problem in problems] == [
        "/problems/broken-article",
        "/problems/no-endpoint",
    ]
    assert result.code == 3


@pytest.mark.parametrize("kind", ["folder", "garbage"])
def test_a_database_that_cannot_be_used_is_found_before_anything_is_paid(
    kind: str, article: Path, tmp_path: Path
) -> None:
    """A reply that cannot be kept must not be bought; each file is told, as data."""
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"garbage " * 2_000)
    path = garbage if kind == "garbage" else Path("/proc/none/readout.db")
    with StandIn(play([GOOD])) as stand_in:
        result = run(
            "summarize", "--json", str(article), str(article), OPENAI_BASE_URL=stand_in.base_url,
            READOUT_DATABASE_URL=f"sqlite:///{path}",
        )  # fmt: skip

    problems = [Problem.model_validate_json(line) for line in result.err.splitlines()]
    assert [problem.type for problem in problems] == ["/problems/store"] * 2
    assert str(path) in problems[0].detail
    assert (result.code, result.out, stand_in.received) == (3, "", [])


def test_what_was_read_is_not_read_again(article: Path, already_read: Result) -> None:
    """The second run makes no call, and prints the same to the byte."""
    with StandIn(play([])) as stand_in:
        result = run("summarize", "--json", str(article), OPENAI_BASE_URL=stand_in.base_url)

    assert (result.code, result.out) == (0, already_read.out)
    assert stand_in.received == []


def test_the_same_text_from_another_address_is_derived_without_a_call(
    article: Path, already_read: Result
) -> None:
    """Syndicated news is read once."""
    address = "https://another.example/"
    with StandIn(play([])) as stand_in:
        result = run(
            "summarize", "--json", "--url", address, str(article),
            OPENAI_BASE_URL=stand_in.base_url,
        )  # fmt: skip

    assert Summary.model_validate_json(result.out).article.url == address
    assert stand_in.received == []


def test_what_is_stored_is_served_without_an_endpoint(
    article: Path, already_read: Result, tmp_path: Path
) -> None:
    """Paid once, it stays readable; what is not stored still says what is missing."""
    other = tmp_path / "other.txt"
    other.write_text(f"{ARTICLE_TEXT} More.", encoding="utf-8")

    stored = run("summarize", "--json", str(article))
    mixed = run("summarize", "--json", str(article), str(other), READOUT_READER="llm")
    assert (stored.code, stored.out, stored.err) == (0, already_read.out, "")
    assert (mixed.code, mixed.out) == (3, already_read.out)
    assert Problem.model_validate_json(mixed.err).type == "/problems/no-endpoint"


def test_a_stored_summary_is_a_page_for_people_too(article: Path, already_read: Result) -> None:
    """What is stored is bytes; a page is made of them."""
    result = run("summarize", str(article))

    assert (result.code, build_draft().headline in result.out) == (0, True)


def test_output_that_nobody_reads_on_is_exit_code_141(article: Path) -> None:
    """As for every command in a pipeline with head; 1 would mean something else."""
    with StandIn(play([GOOD] * 2)) as stand_in:
        command = [*COMMAND, "summarize", "--json", str(article)]
        environment = {**os.environ, "OPENAI_BASE_URL": stand_in.base_url}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            err = process.stderr.read()
            code = process.wait(timeout=60)

    assert (code, err) == (141, b"")


def test_a_file_name_that_is_not_text_is_still_named(tmp_path: Path) -> None:
    """File systems know bytes only."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt"))
    path.write_bytes(b"")

    result = run("summarize", "--json", str(path), OPENAI_BASE_URL=NOWHERE)
    assert Problem.model_validate_json(result.err).instance == f"{tmp_path}/bad%FF.txt"


def test_help_waits_for_no_slow_library() -> None:
    """It must answer at once: each of these alone costs more than the rest together."""
    script = "import sys, service.cli.commands; print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    loaded = {name.partition(".")[0] for name in printed.stdout.decode().split()}
    slow = {"alembic", "fastapi", "openai", "pydantic", "sqlalchemy", "uvicorn", "uvloop"}
    assert loaded & slow == set()


def test_version_is_shown() -> None:
    """A bug report begins with it."""
    assert run("--version").out.startswith("readout ")


@pytest.mark.parametrize(
    ("answers", "slug"),
    [
        ([Answer(fault="hang")] * 9, "reader-timeout"),
        ([Answer(fault="reset")] * 9, "endpoint-unavailable"),
        ([fail(500, headers={"retry-after": "0"})] * 9, "endpoint-unavailable"),
    ],
)
def test_an_endpoint_that_does_not_answer_ends_in_a_problem(
    answers: list[Answer], slug: str, article: Path
) -> None:
    """However patient, it ends."""
    result = run_with(answers, "summarize", "--json", str(article), READOUT_TIMEOUT_S="2")

    assert (result.code, Problem.model_validate_json(result.err).type) == (4, f"/problems/{slug}")


def test_ctrl_c_is_exit_code_130_without_a_traceback(article: Path, allow_sleep: None) -> None:
    """Stopping a command is no defect."""
    with StandIn(play([Answer(fault="hang")])) as stand_in:
        process = subprocess.Popen(
            [*COMMAND, "summarize", str(article)],
            env={**os.environ, "OPENAI_BASE_URL": stand_in.base_url},
            stderr=subprocess.PIPE,
        )
        while not stand_in.received and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=60)

    assert (process.returncode, b"Traceback" in err) == (130, False)


def test_metadata_and_standard_input_reach_the_summary() -> None:
    """A pipeline of commands needs no file."""
    result = run_with(
        [GOOD], "summarize", "--json", "--published", "2025-12-06", "--title", "A title",
        "--source", "An outlet", "--url", "https://a.example/1", "--language", "en", "-",
        stdin=ARTICLE_TEXT.encode(),
    )  # fmt: skip

    article = Summary.model_validate_json(result.out).article
    assert article.model_dump(exclude={"text"}) == {
        "title": "A title",
        "source": "An outlet",
        "url": "https://a.example/1",
        "published": "2025-12-06",
        "language": "en",
    }


def test_a_lie_in_every_reply_ends_in_a_warning(article: Path) -> None:
    """Two re-asks, then the value is gone and the caller knows."""
    result = run_with([LIE] * 3, "summarize", "--json", str(article))

    summary = Summary.model_validate_json(result.out)
    assert (summary.tariffs[0].rate, summary.provenance.attempts) == (None, 3)
    assert [warning.code for warning in summary.warnings] == ["value_cleared"]


@pytest.mark.parametrize(
    ("answers", "code", "slug"),
    [
        ([fail(401)], 4, "authentication"),
        ([fail(429, code="insufficient_quota")], 4, "quota"),
        ([fail(429, headers={"retry-after": "900"})], 4, "rate-limit"),
        ([complete(None, refusal="no")], 4, "refusal"),
        ([complete("prose")] * 3, 4, "invalid-reply"),
    ],
)
def test_a_reader_that_fails_is_exit_code_4_and_a_problem(
    answers: list[Answer], code: int, slug: str, article: Path
) -> None:
    """Programs tell a refusal from a spent quota without parsing prose."""
    result = run_with(answers, "summarize", "--json", str(article))

    problem = Problem.model_validate_json(result.err)
    assert (result.code, result.out, problem.type) == (code, "", f"/problems/{slug}")


def test_a_failed_reading_loses_no_paid_reply(article: Path) -> None:
    """Each reply is in the books, and the message says that it was paid for."""
    answers = [complete("prose one"), complete("prose two"), complete("prose three")]

    result = run_with(answers, "summarize", str(article))
    report = StoreReport.model_validate_json(run("store", "show", "--json").out)
    assert (report.readings, report.calls, report.unused) == (0, 3, 3)
    assert report.costs[0].usage == Usage(input_tokens=300, output_tokens=30)
    assert "3 replies kept; 300 tokens in, 30 out" in result.err.replace("\n", " ")


def test_no_endpoint_is_exit_code_2_and_names_the_settings(article: Path) -> None:
    """Whoever wants an LLM and has none is told what to set."""
    result = run("summarize", str(article), READOUT_READER="llm")

    assert (result.code, result.out) == (2, "")
    assert "OPENAI_API_KEY" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("name", "body", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
        ("long.txt", b"tariff " * 100_000, "400,000"),
        ("article.docx", b"PK", ".docx"),
        ("surrogate.txt", b"China \xed\xa0\xbd agreed", "UTF-8"),
        ("menu.html", b"<html><body><img src=x></body></html>", "main text"),
        ("locked.pdf", build_encrypted_pdf(), "password"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_code_2(
    name: str, body: bytes, word: str, tmp_path: Path
) -> None:
    """No traceback, and the file is named."""
    path = tmp_path / name
    path.write_bytes(body)

    result = run("summarize", str(path), OPENAI_BASE_URL=NOWHERE)
    assert (result.code, result.out) == (2, "")
    assert name in result.err
    assert word in result.err.replace("\n", " ")
    assert "Traceback" not in result.err


def test_a_missing_file_is_exit_code_2(tmp_path: Path) -> None:
    """The plainest mistake of all."""
    result = run("summarize", str(tmp_path / "none.txt"), OPENAI_BASE_URL=NOWHERE)

    assert (result.code, "none.txt" in result.err) == (2, True)


def test_some_of_several_failed_is_exit_code_3_and_the_rest_is_printed(
    article: Path, tmp_path: Path
) -> None:
    """One bad article never stops the others."""
    empty = tmp_path / "empty.txt"
    empty.touch()

    result = run_with([GOOD], "summarize", "--json", str(empty), str(article))
    assert result.code == 3
    assert Summary.model_validate_json(result.out)
    assert Problem.model_validate_json(result.err).instance == str(empty)


def test_prompt_prints_the_request_that_is_then_sent(article: Path) -> None:
    """What one inspects is what one pays for."""
    shown = run("prompt", str(article))
    with StandIn(play([GOOD])) as stand_in:
        run("summarize", "--json", str(article), OPENAI_BASE_URL=stand_in.base_url)

    assert json.loads(shown.out) == stand_in.received[0].parse()


def test_prompt_prints_a_request_for_each_part_of_a_long_article(tmp_path: Path) -> None:
    """Each of them is sent, and paid for."""
    path = tmp_path / "long.txt"
    path.write_text(write_document(2), encoding="utf-8")
    shown = run("prompt", str(path), READOUT_PART_CHARS="2000")
    with StandIn(answer_lots) as stand_in:
        run(
            "summarize",
            "--json",
            str(path),
            OPENAI_BASE_URL=stand_in.base_url,
            READOUT_PART_CHARS="2000",
            READOUT_CONCURRENCY="1",
        )

    assert json.loads(shown.out) == [received.parse() for received in stand_in.received]


def test_schema_prints_the_exported_document() -> None:
    """The contract is one command away."""
    exported = Path(__file__).parents[2] / "schemas" / "json" / "summary.schema.json"

    assert run("schema").out == exported.read_text(encoding="utf-8")


def test_schema_describes_the_tables_of_a_batch() -> None:
    """Whoever loads a CSV need not guess what a column holds."""
    described = json.loads(run("schema", "tables").out)

    assert [one["path"] for one in described["resources"]] == [f"{name}.csv" for name in TABLES]


def test_settings_show_values_and_hide_secrets() -> None:
    """One looks at settings in shared terminals."""
    result = run("settings", "--json", OPENAI_API_KEY="sk-secret", READOUT_MODEL="m")

    assert json.loads(result.out)["READOUT_MODEL"] == "m"
    assert "sk-secret" not in result.out + run("settings", OPENAI_API_KEY="sk-secret").out


def test_a_setting_that_does_not_fit_is_named(article: Path) -> None:
    """Not a traceback of a library."""
    result = run("summarize", str(article), READOUT_MAX_REASKS="many", OPENAI_API_KEY="sk-secret")

    assert (result.code, "READOUT_MAX_REASKS" in result.err) == (2, True)
    assert "Traceback" not in result.err
    assert "sk-secret" not in result.err


def test_a_date_that_is_none_is_refused_before_anything_is_paid(article: Path) -> None:
    """A wrong anchor would make every weekday wrong."""
    result = run_with([GOOD], "summarize", "--published", "yesterday", str(article))

    assert (result.code, "yesterday" in result.err) == (2, True)
