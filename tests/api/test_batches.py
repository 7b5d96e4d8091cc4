"""Batches over HTTP: kept, done, told, collected and cancelled."""

import asyncio
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from schemas.batch import BatchReport
from service.settings import Settings
from tests.api.serving import ARTICLE, EVENTS, GOOD, make_settings, read_problem, run_service
from tests.builders import ARTICLE_TEXT
from tests.standin import Answer, Received, StandIn

LINES = {"content-type": "application/x-ndjson"}
ZIP = {"content-type": "application/zip"}


def make_articles(count: int) -> list[dict[str, str]]:
    """Return articles of which each has a text of its own."""
    return [
        {**ARTICLE, "text": f"{ARTICLE_TEXT}\n\nNumber {n}.", "name": str(n)} for n in range(count)
    ]


async def send(client: httpx2.AsyncClient, articles: object) -> str:
    """POST a batch and return its address."""
    response = await client.post("/v1/batches", json=articles)
    assert response.status_code == 202, response.text
    assert response.json()["counts"]["total"] == len(articles)  # type: ignore[arg-type]
    return str(response.headers["location"])


async def wait_until(
    client: httpx2.AsyncClient, address: str, is_so: Callable[[BatchReport], bool]
) -> BatchReport:
    """Look at the batch until it is as wanted."""
    async with asyncio.timeout(60):
        while not is_so(report := await watch(client, address)):  # noqa: ASYNC110  # over HTTP
            await asyncio.sleep(0.05)
    return report


async def watch(client: httpx2.AsyncClient, address: str) -> BatchReport:
    """Return how far the batch is."""
    return BatchReport.model_validate_json((await client.get(address)).content)


def is_finished(report: BatchReport) -> bool:
    """Say whether nothing of it is open."""
    return report.finished_at is not None


async def collect(client: httpx2.AsyncClient, address: str) -> list[dict[str, Any]]:
    """Return the results that there are."""
    response = await client.get(f"{address}/results")
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.text.splitlines()]


def zip_files(**files: str) -> bytes:
    """Return a ZIP of text files."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"folder/{name}.txt", text)
    return body.getvalue()


async def test_a_list_of_articles_is_summarized(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """Each once, and each summary is the one that a single POST gives."""
    address = await send(client, make_articles(5))
    report = await wait_until(client, address, is_finished)
    results = await collect(client, address)

    assert (report.state, report.counts.done, report.usage.input_tokens) == ("finished", 5, 500)
    assert [one["name"] for one in results] == ["0", "1", "2", "3", "4"]
    assert len(endpoint.received) == 5
    alone = {**make_articles(1)[0]}
    del alone["name"]
    response = await client.post("/v1/summaries", json=alone)
    assert response.headers["cache-status"] == "readout; hit"
    assert response.json() == results[0]["summary"]


async def test_lines_and_archives_are_taken_too(client: httpx2.AsyncClient) -> None:
    """What an analyst has is a file of lines, or a folder that was zipped."""
    lines = "\n".join(json.dumps(one) for one in make_articles(2))
    for body, headers, names in (
        (lines.encode(), LINES, ["0", "1"]),
        (
            zip_files(a=ARTICLE_TEXT, b=f"{ARTICLE_TEXT} More."),
            ZIP,
            ["folder/a.txt", "folder/b.txt"],
        ),
    ):
        response = await client.post("/v1/batches", content=body, headers=headers)
        address = response.headers["location"]
        await wait_until(client, address, is_finished)

        assert [one["name"] for one in await collect(client, address)] == names


async def test_a_bad_article_is_a_result_with_its_problem(client: httpx2.AsyncClient) -> None:
    """It stops no other, and says which one it is."""
    articles = [*make_articles(1), {"text": "  ", "name": "blank"}, {"title": "no text"}]
    address = await send(client, articles)
    report = await wait_until(client, address, is_finished)
    first, second, third = await collect(client, address)

    assert (report.counts.done, report.counts.failed) == (1, 2)
    assert "summary" in first
    assert (second["name"], second["problem"]["type"]) == ("blank", "/problems/empty-article")
    assert "text" in third["problem"]["detail"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"[", {"content-type": "application/json"}, 400),
        (b'{"text": "one"}', {"content-type": "application/json"}, 422),
        (b"[]", {"content-type": "application/json"}, 422),
        (b"", LINES, 422),
        (b"PK no archive", ZIP, 422),
        (b"text", {"content-type": "text/plain"}, 415),
    ],
)
async def test_what_is_no_batch_is_refused(
    client: httpx2.AsyncClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    """At once, in words that name neither our folders nor the article."""
    response = await client.post("/v1/batches", content=body, headers=headers)

    problem = read_problem(response)
    assert response.status_code == status
    assert "/tmp" not in problem.detail


async def test_articles_of_one_name_are_told_apart(client: httpx2.AsyncClient) -> None:
    """None takes another's place."""
    one, two, three = make_articles(3)
    address = await send(client, [{**one, "name": "2"}, {**two, "name": "2"}, three])
    await wait_until(client, address, is_finished)

    assert [line["name"] for line in await collect(client, address)] == ["2", "2 (2)", "2 (3)"]


async def test_unknown_batches_are_not_found(client: httpx2.AsyncClient) -> None:
    """By whatever they are asked."""
    address = f"/v1/batches/{'0' * 32}"
    for response in (
        await client.get(address),
        await client.get(f"{address}/results"),
        await client.delete(address),
    ):
        assert response.status_code == 404
        assert "no batch" in read_problem(response).detail


async def test_progress_is_told_as_it_happens(client: httpx2.AsyncClient) -> None:
    """A page need not poll."""
    address = await send(client, make_articles(3))
    names = []
    async with client.stream("GET", address, headers=EVENTS) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        async for line in response.aiter_lines():
            if line.startswith("event: "):
                names.append(line.removeprefix("event: "))
            if line.startswith("data: "):
                report = BatchReport.model_validate_json(line.removeprefix("data: "))

    assert names[-1] == "done"
    assert set(names[:-1]) <= {"progress"}
    assert report.counts.done == 3


async def test_cancelling_stops_what_has_not_begun(tmp_path: Path, allow_sleep: None) -> None:
    """What is being read is paid for, and its result stays."""
    with StandIn(lambda _received: GOOD._replace(delay_s=0.3)) as endpoint:
        settings = make_settings(tmp_path, endpoint.base_url, concurrency=2)
        async with run_service(settings) as client:
            address = await send(client, make_articles(20))
            await wait_until(client, address, lambda report: report.counts.running > 0)
            cancelled = BatchReport.model_validate_json((await client.delete(address)).content)
            report = await wait_until(client, address, lambda report: report.counts.running == 0)

            assert cancelled.state == "cancelled"
            assert report.counts.done + report.counts.cancelled == 20
            assert 1 <= report.counts.done == len(endpoint.received) < 20
            assert len(await collect(client, address)) == report.counts.done


async def test_a_batch_goes_on_after_a_restart(tmp_path: Path, allow_sleep: None) -> None:
    """Nothing of it is lost, and nothing is read twice."""
    with StandIn(lambda _received: GOOD._replace(delay_s=0.1)) as endpoint:
        settings = make_settings(tmp_path, endpoint.base_url, concurrency=4)
        async with run_service(settings) as client:
            address = await send(client, make_articles(12))
            await wait_until(client, address, lambda report: report.counts.done > 0)
        begun = len(endpoint.received)
        async with run_service(settings) as client:
            report = await wait_until(client, address, is_finished)

    assert begun < 12
    assert (report.counts.done, len(endpoint.received)) == (12, 12)


async def test_without_a_reader_nothing_is_taken(tmp_path: Path, allow_sleep: None) -> None:
    """Better refused at once than kept for ever."""
    settings = make_settings(tmp_path, None, reader="llm")
    async with run_service(settings) as client:
        response = await client.post("/v1/batches", json=make_articles(1))

    assert read_problem(response).type == "/problems/no-endpoint"


async def test_many_batches_share_the_places(tmp_path: Path, allow_sleep: None) -> None:
    """Whoever sends one article does not wait behind thirty batches."""
    with StandIn(lambda _received: GOOD._replace(delay_s=0.2)) as endpoint:
        settings = make_settings(tmp_path, endpoint.base_url, concurrency=4)
        async with run_service(settings) as client:
            addresses = [await send(client, [one]) for one in make_articles(12)]
            most = 0
            for address in addresses:
                async with asyncio.timeout(60):
                    while not is_finished(await watch(client, address)):  # as above
                        most = max(most, count_running(settings))

    assert most == 2


def count_running(settings: Settings) -> int:
    """Return how many jobs are running at one moment, as the database has it."""
    path = settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        (count,) = database.execute("SELECT count(*) FROM jobs WHERE state = 'running'").fetchone()
    return int(count)


async def test_a_wrong_key_does_not_fail_the_batch(tmp_path: Path, allow_sleep: None) -> None:
    """Its articles wait until the key is mended."""
    answers = {"status": 401}

    def answer(_received: Received) -> Answer:
        return GOOD if answers["status"] == 200 else Answer(b"{}", 401)

    with StandIn(answer) as endpoint:
        settings = make_settings(tmp_path, endpoint.base_url)
        async with run_service(settings) as client:
            address = await send(client, make_articles(3))
            await wait_until(client, address, lambda _report: len(endpoint.received) > 0)
            report = await wait_until(client, address, lambda report: report.waits_for is not None)
            assert report.counts.failed == 0
            assert report.waits_for is not None
            assert report.waits_for.type == "/problems/authentication"
        answers["status"] = 200
        async with run_service(settings) as client:
            report = await wait_until(client, address, is_finished)

    assert report.counts.done == 3
