"""Answers that are imported: hand-written, after the vendor's shapes, beside good ones."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.article import Article
from schemas.books import StoreReport
from schemas.openai_batch import BatchAnswer, ImportReport
from service.bootstrap import open_batch_desk, open_workbench
from service.openai_batch.answer_files import RawLine, read_answer
from service.settings import Settings
from service.store import open_store
from tests.batch_standin import (
    Line,
    answer_line,
    complete_line,
    error_line,
    write_lines,
)
from tests.batching import (
    export,
    find_summaries,
    find_summary,
    make_settings,
    read_requests,
    take_in,
    take_in_lines,
)
from tests.builders import build_article, build_draft, build_lie
from tests.standin import StandIn, complete, fail, play

GOOD = complete(build_draft().model_dump_json())
LIE = complete(build_lie().model_dump_json())
"""A draft with one rate that its quote does not have."""
REFUSAL = complete(None, refusal="I can't help with that.")
CUT = complete('{"talks": [', finish_reason="length")
PROSE = complete("I am sorry, there is nothing in it.")
ARTICLE = build_article()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with a database of the test's own, and no endpoint."""
    return make_settings(tmp_path)


@pytest.fixture
async def key(settings: Settings, tmp_path: Path) -> str:
    """Export the default article; return its key."""
    await export(settings, tmp_path / "requests.jsonl", ARTICLE)
    return read_key(tmp_path / "requests.jsonl")


def read_key(path: Path) -> str:
    """Return the id of the only line of a file of requests."""
    (line,) = read_requests(path)
    return str(line["custom_id"])


async def measure(settings: Settings) -> StoreReport:
    """Return what the store holds."""
    async with open_store(settings.database_url) as store:
        return await store.measure()


async def import_one(
    settings: Settings, line: Line, folder: Path, retry: str = "retry.jsonl"
) -> tuple[ImportReport, list[Line]]:
    """Import one line; return the report, and what is to be asked again."""
    path = folder / retry
    report = await take_in_lines(settings, line, folder=folder, retry=path)
    return report, read_requests(path) if path.exists() else []


async def test_a_reply_that_does_not_hold_is_sent_back_as_online(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """The same conversation, word for word: messages, reply, what to mend."""
    report, retry = await import_one(settings, complete_line(key, LIE), tmp_path)

    with StandIn(play([LIE, GOOD])) as endpoint:
        (tmp_path / "online").mkdir()
        online = make_settings(tmp_path / "online", endpoint.base_url)
        async with open_workbench(online) as workbench:
            await workbench.pipeline.summarize(ARTICLE)
    assert [line["custom_id"] for line in retry] == [key]
    assert retry[0]["body"] == endpoint.received[1].parse()
    assert (report.to_ask, report.summaries, report.files[0].lines) == (1, 0, 1)


async def test_the_rounds_of_a_reading_add_up(settings: Settings, key: str, tmp_path: Path) -> None:
    """What a summary cost is what was paid for it, over all batches."""
    await import_one(settings, complete_line(key, LIE), tmp_path)

    report, retry = await import_one(settings, complete_line(key, GOOD, number=2), tmp_path, "2")

    provenance = (await find_summary(settings, key, ARTICLE)).provenance
    assert (report.summaries, retry) == (1, [])
    assert (provenance.attempts, provenance.usage.input_tokens) == (2, 200)


async def test_rounds_end_where_they_would_online(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """After the last re-ask the best draft is served, and what still fails is dropped."""
    for number in range(3):
        line = complete_line(key, LIE, number=number)
        report, retry = await import_one(settings, line, tmp_path, str(number))

    summary = await find_summary(settings, key, ARTICLE)
    assert (report.summaries, retry) == (1, [])
    assert summary.provenance.attempts == 3
    assert summary.warnings


@pytest.mark.parametrize(
    ("answer", "word"), [(REFUSAL, "refuses"), (CUT, "cut at its token limit")]
)
async def test_what_would_fail_online_is_asked_anew(
    answer: object, word: str, settings: Settings, key: str, tmp_path: Path
) -> None:
    """A refusal holds nothing to send back; its reply stays in the books."""
    assert isinstance(answer, type(GOOD))
    report, retry = await import_one(settings, complete_line(key, answer), tmp_path)

    assert retry == read_requests(tmp_path / "requests.jsonl")
    assert word in report.faults[0].message
    assert (await measure(settings)).unused == 1


ASKED_AGAIN = {
    "expired": (error_line("", "batch_expired"), "batch expired"),
    "cancelled": (error_line("", "batch_cancelled"), "batch_cancelled"),
    "rate limit": (
        answer_line("", json.loads(fail(429, code="rate_limit_exceeded").body), 429),
        "takes no more requests",
    ),
    "server error": (answer_line("", json.loads(fail(500).body), 500), "endpoint fails (500"),
    "no JSON in an error": (answer_line("", "Bad Gateway", 502), "endpoint fails (502"),
    "quota": (answer_line("", json.loads(fail(429, code="insufficient_quota").body), 429), "quota"),
    "key": (answer_line("", json.loads(fail(401).body), 401), "refuses the key"),
    "no completion": (answer_line("", {"hello": "world"}), "neither a chat completion"),
    "nothing": ({"custom_id": "", "response": None, "error": None}, "neither a chat completion"),
}
"""By hand, after OpenAI's reference: errors of the batch, and of the endpoint within it."""


@pytest.mark.parametrize("case", ASKED_AGAIN)
async def test_an_error_that_may_pass_is_asked_again(
    case: str, settings: Settings, key: str, tmp_path: Path
) -> None:
    """Nothing was paid; the same request goes into the next file, with the reason told."""
    line, word = ASKED_AGAIN[case]

    report, retry = await import_one(settings, {**line, "custom_id": key}, tmp_path)

    assert retry == read_requests(tmp_path / "requests.jsonl")
    assert (report.errors, report.replies) == (1, 0)
    assert word in report.faults[0].message


async def test_a_request_that_is_not_taken_is_not_asked_again(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """It would meet the same answer; the sentence is that of the online path."""
    body = json.loads(fail(404, code="model_not_found").body)

    report, retry = await import_one(settings, answer_line(key, body, 404), tmp_path)

    assert (report.to_ask, retry) == (0, [])
    assert "check READOUT_MODEL" in report.faults[0].message


async def test_a_reask_that_is_not_taken_leaves_the_best_draft(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """As online: what was paid for is used, and the warning says what happened."""
    await import_one(settings, complete_line(key, LIE), tmp_path)
    body = json.loads(fail(400, code="context_length_exceeded").body)

    report, retry = await import_one(settings, answer_line(key, body, 400), tmp_path, "2")

    summary = await find_summary(settings, key, ARTICLE)
    assert (report.summaries, retry) == (1, [])
    assert "partial_reading" in {warning.code for warning in summary.warnings}


async def test_a_reask_that_expired_is_sent_back_again(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """The reply that was paid for is not forgotten over it."""
    _, first = await import_one(settings, complete_line(key, LIE), tmp_path)

    _, second = await import_one(settings, error_line(key, "batch_expired"), tmp_path, "2")

    assert second == first


async def test_importing_twice_changes_nothing(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """A file may be imported by mistake, or again after a kill."""
    other = build_article(title="Another")
    await export(settings, tmp_path / "other.jsonl", other)
    lines = [complete_line(key, GOOD), complete_line(read_key(tmp_path / "other.jsonl"), LIE)]
    await take_in_lines(settings, *lines, folder=tmp_path, retry=tmp_path / "retry-a")
    before = await measure(settings), await find_summaries(settings, key, [ARTICLE])

    report = await take_in_lines(settings, *lines, folder=tmp_path, retry=tmp_path / "retry-b")

    after = await measure(settings), await find_summaries(settings, key, [ARTICLE])
    assert (report.repeated, report.replies, report.read_now) == (2, 0, 0)
    assert (tmp_path / "retry-a").read_bytes() == (tmp_path / "retry-b").read_bytes()
    assert after == (before[0].model_copy(update={"size_bytes": after[0].size_bytes}), before[1])


async def test_an_import_that_was_cut_off_between_its_passes_goes_on(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """The reply is in the books, no summary is there yet, and it is not paid again."""
    async with open_batch_desk(settings) as desk:
        content = write_lines(complete_line(key, GOOD))
        answer = read_answer(RawLine("file", content, is_whole=True), desk.compute_cost)
        assert isinstance(answer, BatchAnswer)
        await desk.store.openai_batches.take([answer])

    report = await take_in_lines(settings, complete_line(key, GOOD), folder=tmp_path)

    assert (report.repeated, report.read_now, report.summaries) == (1, 1, 1)
    assert (await measure(settings)).calls == 1


async def test_lines_come_in_any_order_from_any_file(settings: Settings, tmp_path: Path) -> None:
    """With the errors in a file of their own, and one line in both."""
    articles = [build_article(title=f"Title {number}") for number in range(4)]
    await export(settings, tmp_path / "requests.jsonl", *articles)
    keys = [line["custom_id"] for line in read_requests(tmp_path / "requests.jsonl")]
    good = [complete_line(key, GOOD, number=number) for number, key in enumerate(keys)]
    expired = error_line(keys[0], "batch_expired")

    report = await take_in(
        settings, write_lines(good[3], expired, good[1]), write_lines(good[2], good[3]),
        folder=tmp_path,
    )  # fmt: skip

    assert (report.replies, report.errors, report.repeated, report.summaries) == (3, 1, 1, 3)
    assert report.to_ask == 1


async def test_a_line_that_another_program_wrote_anew_is_the_same_line(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """A tool may sort members and change blanks; the reply is paid once all the same."""
    line = complete_line(key, GOOD)
    again = json.dumps(line, sort_keys=True, indent=None, separators=(" , ", " : ")).encode()

    report = await take_in(settings, write_lines(line), again, folder=tmp_path)

    assert (report.replies, report.repeated) == (1, 1)


async def test_answers_to_others_are_reported_and_left(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """A file of another database, or another program's, must not stop the import."""
    strange = complete_line("row-1\x1b[31m", GOOD)

    report = await take_in_lines(settings, strange, complete_line(key, GOOD), folder=tmp_path)

    assert (report.unknown_count, report.unknown) == (1, ["row-1?[31m"])
    assert report.summaries == 1


BROKEN = {
    "cut off": (b'{"id": "batch_req_1", "custom_id": "', "is no JSON"),
    "no object": (b"[1, 2]\n", "no custom_id"),
    "an id that is no text": (b'{"custom_id": 7, "response": null}\n', "no custom_id"),
    "a request": (b'{"custom_id": "a", "method": "POST", "body": {}}\n', "neither response nor"),
    "not UTF-8": (b'{"custom_id": "\xff"}\n', "is not UTF-8"),
    "not a number": (b'{"custom_id": "a", "response": NaN}\n', "NaN"),
    "nested without end": (b"[" * 100_000 + b"\n", "nested too deep"),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_a_line_that_is_none_is_told_and_the_others_count(
    case: str, settings: Settings, key: str, tmp_path: Path
) -> None:
    """A download that broke off costs its last line, not the file."""
    content, word = BROKEN[case]

    good = write_lines(complete_line(key, GOOD))
    report = await take_in(settings, b"\xef\xbb\xbf\n" + good + content, folder=tmp_path)

    assert (report.lines, report.summaries, len(report.broken)) == (2, 1, 1)
    assert report.broken[0].name.endswith("answers-0.jsonl, line 3")
    assert word in report.broken[0].message


@pytest.mark.parametrize("model", ["gpt-5-mini", "gpt-5-mini-2025-08-07"])
async def test_a_reply_costs_half_of_what_it_costs_online(
    model: str, settings: Settings, key: str, tmp_path: Path
) -> None:
    """A dated snapshot is the model that was asked."""
    answer = complete(build_draft().model_dump_json(), model=model, prompt_tokens=1_000_000)

    report = await take_in_lines(settings, complete_line(key, answer), folder=tmp_path)

    online = 0.25 + 10 * 2.0 / 1_000_000
    assert report.cost_usd == pytest.approx(online / 2)
    assert (await find_summary(settings, key, ARTICLE)).provenance.cost_usd == report.cost_usd
    assert report.other_models == 0


async def test_a_reply_of_another_model_is_used_and_told(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """It was paid for, and it is checked like any other; its provenance names who gave it."""
    report, _ = await import_one(settings, complete_line(key, GOOD), tmp_path)

    assert report.other_models == 1
    assert (await find_summary(settings, key, ARTICLE)).provenance.model == "stand-in"


async def test_articles_that_share_a_key_share_an_answer(
    settings: Settings, tmp_path: Path
) -> None:
    """A syndicated text is paid once, and each outlet gets its summary."""
    articles = [build_article(source=source) for source in ("One", "Two", "One")]
    exported = await export(settings, tmp_path / "requests.jsonl", *articles)
    key = read_key(tmp_path / "requests.jsonl")

    report = await take_in_lines(settings, complete_line(key, GOOD), folder=tmp_path)

    assert (exported.articles, exported.requests) == (3, 1)
    assert (report.summaries, report.read_now) == (2, 1)
    assert len(await find_summaries(settings, key, articles[:2])) == 2


async def test_answers_are_for_what_was_asked_then(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """Settings may change, and Readout too, while a batch takes its day."""
    changed = make_settings(tmp_path, model="another-model", mode="tools")

    report = await take_in_lines(changed, complete_line(key, GOOD), folder=tmp_path)

    assert report.summaries == 1
    assert await find_summaries(settings, key, [ARTICLE])


async def test_what_has_to_be_asked_again_is_read_online_by_choice(
    key: str, tmp_path: Path
) -> None:
    """The re-ask goes to the endpoint at once; the reply of the batch is its first round."""
    with StandIn(play([GOOD])) as endpoint:
        report = await take_in(
            make_settings(tmp_path, endpoint.base_url),
            write_lines(complete_line(key, LIE)),
            folder=tmp_path,
            reads_online=True,
        )

    assert (report.summaries, report.to_ask, len(endpoint.received)) == (1, 0, 1)
    summary = await find_summary(make_settings(tmp_path), key, ARTICLE)
    assert summary.provenance.attempts == 2


async def test_a_second_reply_to_what_is_read_is_in_the_books_only(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """A file that was submitted twice was paid twice; the summary stays as it is."""
    await import_one(settings, complete_line(key, GOOD), tmp_path)
    before = await find_summaries(settings, key, [ARTICLE])

    await import_one(settings, complete_line(key, LIE, number=2), tmp_path)

    assert await find_summaries(settings, key, [ARTICLE]) == before
    report = await measure(settings)
    assert (report.calls, report.unused, report.pending) == (2, 1, 0)


async def test_an_answer_that_is_all_wrong_ends_as_online(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """Prose three times is no draft; then it is asked anew."""
    for number in range(3):
        line = complete_line(key, PROSE, number=number)
        report, retry = await import_one(settings, line, tmp_path, str(number))

    assert "no JSON object of the schema" in report.faults[0].message
    assert retry == read_requests(tmp_path / "requests.jsonl")


def make_articles(count: int) -> list[Article]:
    """Return articles that differ."""
    return [build_article(title=f"Title {number}") for number in range(count)]


async def test_export_leaves_out_what_is_read(settings: Settings, key: str, tmp_path: Path) -> None:
    """It is paid for; only what is new is asked."""
    await import_one(settings, complete_line(key, GOOD), tmp_path)

    report = await export(settings, tmp_path / "more.jsonl", ARTICLE, *make_articles(2))

    assert (report.articles, report.already_read, report.requests) == (3, 1, 2)


async def test_export_goes_on_with_what_was_sent_back(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """The same conversation that an import would write."""
    _, retry = await import_one(settings, complete_line(key, LIE), tmp_path)

    report = await export(settings, tmp_path / "more.jsonl", ARTICLE)

    assert read_requests(tmp_path / "more.jsonl") == retry
    assert (report.requests, report.reasks) == (1, 1)


async def test_what_is_pruned_leaves_no_article_in_the_batch_tables(
    settings: Settings, key: str, tmp_path: Path
) -> None:
    """Removed is removed; what was not read yet can still be imported."""
    other = build_article(title="Another")
    await export(settings, tmp_path / "other.jsonl", other)
    await import_one(settings, complete_line(key, GOOD), tmp_path)

    async with open_store(settings.database_url) as store:
        await store.prune(datetime.max.replace(tzinfo=UTC))
        read = await store.openai_batches.find_line(key)
        unread = await store.openai_batches.find_line(read_key(tmp_path / "other.jsonl"))

    assert read is None
    assert unread is not None
    assert unread.articles[0].article == other
