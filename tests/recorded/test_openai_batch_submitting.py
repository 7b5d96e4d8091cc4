"""Batches are submitted once, watched and fetched, through the real SDK over real HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.bootstrap import open_batch_office
from service.errors import (
    AuthenticationError,
    BatchFileError,
    EndpointUnavailableError,
    InvalidReplyError,
    NoEndpointError,
)
from service.openai_batch.request_files import PartLimits, write_line
from service.openai_batch.submitting import inspect_file
from service.settings import Settings
from tests.batch_standin import (
    BatchStandIn,
    Line,
    complete_line,
    error_line,
    serve_batches,
    write_lines,
)
from tests.batching import export, make_settings, read_requests, take_in_lines
from tests.builders import build_article, build_draft
from tests.standin import Answer, complete, fail

GOOD = complete(build_draft().model_dump_json())
ARTICLE = build_article()


def _answer(line: Line) -> Line:
    return complete_line(line["custom_id"], GOOD)


def _read(path: Path) -> bytes:
    return path.read_bytes()


def _list_answers(folder: Path) -> list[Path]:
    return list(folder.glob("batch_1*"))


@pytest.fixture
def stand_in() -> Iterator[BatchStandIn]:
    """Serve a Batch API that answers everything well."""
    with serve_batches(_answer) as served:
        yield served


@pytest.fixture
def settings(tmp_path: Path, stand_in: BatchStandIn) -> Settings:
    """Return settings for the stand-in, with a database of the test's own."""
    return make_settings(tmp_path, stand_in.base_url)


@pytest.fixture
async def requests(settings: Settings, tmp_path: Path) -> Path:
    """Export the default article."""
    path = tmp_path / "requests.jsonl"
    await export(settings, path, ARTICLE)
    return path


async def test_a_file_arrives_as_it_is(
    settings: Settings, requests: Path, stand_in: BatchStandIn
) -> None:
    """Byte for byte, and the batch names endpoint and window."""
    async with open_batch_office(settings) as office:
        batch = await office.submit(requests)

    assert stand_in.files["file-1"] == _read(requests)
    made = stand_in.batches[batch.id]
    assert (made["endpoint"], made["completion_window"]) == ("/v1/chat/completions", "24h")
    assert (batch.state, batch.total, batch.completed) == ("completed", 1, 1)


async def test_a_file_is_not_paid_for_twice(
    settings: Settings, requests: Path, stand_in: BatchStandIn
) -> None:
    """Whoever wants that says so."""
    async with open_batch_office(settings) as office:
        await office.submit(requests)
        with pytest.raises(BatchFileError, match=r"submitted already, as batch_1; .*--again"):
            await office.submit(requests)
        again = await office.submit(requests, again=True)

    assert again.id == "batch_2"
    assert len(stand_in.batches) == 2


async def test_a_batch_whose_making_was_not_heard_of_is_found_again(
    settings: Settings, requests: Path, stand_in: BatchStandIn
) -> None:
    """The connection broke after the batch was made: submitting again must not pay again."""
    stand_in.faults["POST /v1/batches"] = fail(502)
    async with open_batch_office(settings) as office:
        with pytest.raises(EndpointUnavailableError):
            await office.submit(requests)
        batch = await office.submit(requests)

    assert batch.id == "batch_1"
    assert list(stand_in.batches) == ["batch_1"]


async def test_a_batch_that_was_not_made_is_made_of_the_same_upload(
    settings: Settings, requests: Path, stand_in: BatchStandIn
) -> None:
    """200 MB need not go up twice."""
    stand_in.faults["POST /v1/batches"] = fail(429)
    async with open_batch_office(settings) as office:
        with pytest.raises(Exception, match="takes no more requests"):
            await office.submit(requests)
        stand_in.batches.clear()
        await office.submit(requests)

    assert [one for one in stand_in.asked if one == "POST /v1/files"] == ["POST /v1/files"]
    assert len(stand_in.batches) == 1


async def test_what_is_in_a_batch_is_not_exported_again(
    settings: Settings, requests: Path, tmp_path: Path
) -> None:
    """Until its answer is imported, or it is wanted all the same."""
    async with open_batch_office(settings) as office:
        await office.submit(requests)

    report = await export(settings, tmp_path / "more.jsonl", ARTICLE)
    wanted = await export(settings, tmp_path / "wanted.jsonl", ARTICLE, again=True)

    assert (report.waiting, report.requests, wanted.requests) == (1, 0, 1)
    assert not (tmp_path / "more.jsonl").exists()


async def test_a_batch_that_failed_as_a_whole_frees_its_articles(
    settings: Settings, requests: Path, stand_in: BatchStandIn, tmp_path: Path
) -> None:
    """Its file did not pass; nothing was read, and the reason is told by codes."""
    stand_in.state = "failed"
    stand_in.errors = [
        {"code": "invalid_json_line", "line": line, "message": "x"} for line in range(1, 6)
    ]
    async with open_batch_office(settings) as office:
        batch = await office.check((await office.submit(requests)).id)
        paths = await office.fetch(batch, tmp_path)

    report = await export(settings, tmp_path / "more.jsonl", ARTICLE)
    assert batch.message == (
        "invalid_json_line in line 1, invalid_json_line in line 2, invalid_json_line in line 3, "
        "and 2 more"
    )
    assert (paths, report.requests) == ([], 1)


async def test_what_an_import_writes_again_is_not_what_is_under_way(
    settings: Settings, requests: Path, tmp_path: Path
) -> None:
    """The refusal's next round is in a batch: importing the refusal again asks nothing."""
    (line,) = read_requests(requests)
    refusal = complete_line(line["custom_id"], complete(None, refusal="No."))
    await take_in_lines(settings, refusal, folder=tmp_path, retry=tmp_path / "retry.jsonl")
    async with open_batch_office(settings) as office:
        await office.submit(tmp_path / "retry.jsonl")

    report = await take_in_lines(settings, refusal, folder=tmp_path, retry=tmp_path / "2.jsonl")

    assert (report.waiting, report.to_ask) == (1, 0)


async def test_answers_are_fetched_whole_and_once(
    settings: Settings, requests: Path, stand_in: BatchStandIn, tmp_path: Path
) -> None:
    """What is there is not fetched again."""
    async with open_batch_office(settings) as office:
        batch = await office.submit(requests)
        first = await office.fetch(batch, tmp_path)
        second = await office.fetch(batch, tmp_path)

    assert [path.name for path in first] == ["batch_1.output.jsonl"]
    assert _read(first[0]) == stand_in.files["file-2"]
    assert second == first
    assert stand_in.asked.count("GET /v1/files/file-2/content") == 1


async def test_nothing_is_fetched_of_a_batch_that_runs(
    settings: Settings, requests: Path, stand_in: BatchStandIn, tmp_path: Path
) -> None:
    """Some endpoints show a file that still grows."""
    stand_in.state = "in_progress"
    async with open_batch_office(settings) as office:
        batch = await office.submit(requests)

        assert await office.fetch(batch, tmp_path) == []
        assert await office.list_ids(only_open=True) == ["batch_1"]


async def test_a_download_that_fails_leaves_no_file(
    settings: Settings, requests: Path, stand_in: BatchStandIn, tmp_path: Path
) -> None:
    """Half a file would look like a batch of half the answers."""
    stand_in.faults["GET /v1/files/file-2/content"] = fail(500)
    async with open_batch_office(settings) as office:
        batch = await office.submit(requests)
        with pytest.raises(EndpointUnavailableError):
            await office.fetch(batch, tmp_path)

    assert _list_answers(tmp_path) == []


async def test_only_what_is_open_is_listed_as_open(settings: Settings, requests: Path) -> None:
    """A status is not asked for ever."""
    async with open_batch_office(settings) as office:
        await office.submit(requests)

        assert await office.list_ids(only_open=True) == []
        assert await office.list_ids() == ["batch_1"]


async def test_a_refused_key_is_the_sentence_of_the_online_path(
    settings: Settings, requests: Path, stand_in: BatchStandIn
) -> None:
    """Vendor errors stop at the reader, here too."""
    stand_in.faults["POST /v1/files"] = fail(401, code="invalid_api_key")

    async with open_batch_office(settings) as office:
        with pytest.raises(AuthenticationError, match="refuses the key"):
            await office.submit(requests)


@pytest.mark.parametrize("batch_id", ["../../etc/passwd", "", "a b", "x" * 200, ".hidden"])
async def test_an_id_that_could_be_a_path_is_none(batch_id: str, settings: Settings) -> None:
    """It goes into an address, and into a file's name."""
    async with open_batch_office(settings) as office:
        with pytest.raises(InvalidReplyError, match="is none of a batch"):
            await office.check(batch_id)


async def test_an_endpoint_without_batches_is_one_error(settings: Settings, requests: Path) -> None:
    """Many that are compatible have none."""
    async with open_batch_office(settings) as office:
        office._endpoint._client.base_url = f"{settings.openai_base_url}/none/"
        with pytest.raises(Exception, match="does not take the request"):
            await office.submit(requests)


async def test_an_answer_that_is_no_batch_is_told(
    settings: Settings, requests: Path, stand_in: BatchStandIn
) -> None:
    """The SDK does not validate what arrives."""
    stand_in.faults["POST /v1/batches"] = Answer(b'{"hello": "world"}')

    async with open_batch_office(settings) as office:
        with pytest.raises(InvalidReplyError):
            await office.submit(requests)


async def test_without_an_endpoint_nothing_is_submitted(tmp_path: Path) -> None:
    """The sentence says what to set."""
    with pytest.raises(NoEndpointError, match="OPENAI_API_KEY"):
        async with open_batch_office(make_settings(tmp_path)):
            pytest.fail("there is no endpoint")


async def test_a_file_of_another_database_is_not_submitted(
    settings: Settings, tmp_path: Path
) -> None:
    """Its answers could not be imported here."""
    path = tmp_path / "foreign.jsonl"
    path.write_bytes(write_line("row-1", {}))

    async with open_batch_office(settings) as office:
        with pytest.raises(BatchFileError, match="1 of its 1 requests were not exported"):
            await office.submit(path)


REQUEST = write_line("a", {"model": "m"})
NO_FILES = {
    "empty": (b"", "is empty"),
    "answers": (write_lines(error_line("a", "batch_expired")), "line 1 is no request to /v1/chat"),
    "cut off": (REQUEST + REQUEST[:-9], "line 2 is no JSON"),
    "an id twice": (REQUEST + REQUEST, "line 2 has the custom_id of an earlier line"),
    "too many": (b"".join(write_line(f"{number}", {}) for number in range(4)), "3 lines"),
    "too large": (write_line("a", {"model": "m" * 2_000}), "1,000 bytes"),
}


@pytest.mark.parametrize("case", NO_FILES)
def test_what_is_no_file_of_requests_is_not_uploaded(case: str, tmp_path: Path) -> None:
    """The endpoint would say so hours later, about the file as a whole."""
    content, word = NO_FILES[case]
    path = tmp_path / "file.jsonl"
    path.write_bytes(content)

    with pytest.raises(BatchFileError, match=word):
        inspect_file(path, PartLimits(lines=3, size_bytes=1_000))
