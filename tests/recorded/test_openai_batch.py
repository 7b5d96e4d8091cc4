"""OpenAI's Batch files give what the online path gives, for the recorded samples."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.article import Article
from service.bootstrap import make_body, open_batch_office
from service.intake import Metadata, make_article
from service.settings import Settings
from tests.batch_standin import BatchStandIn, replay_lines, serve_batches
from tests.batching import export, find_summary, make_settings, read_requests, take_in
from tests.recorded.record import summarize
from tests.standin import StandIn, replay


@pytest.fixture
def articles(seed_texts: tuple[str, ...]) -> list[Article]:
    """Return the sample articles."""
    return [make_article(text, Metadata(), max_chars=100_000) for text in seed_texts]


async def _send(settings: Settings, path: Path, folder: Path) -> list[Path]:
    """Submit a file of requests and fetch its answers, through the SDK."""
    async with open_batch_office(settings) as office:
        batch = await office.submit(path)
        return await office.fetch(await office.check(batch.id), folder)


def _strip(summary: Any) -> Any:
    document = json.loads(summary.model_dump_json())
    del document["provenance"]
    return document


@pytest.fixture
def stand_in() -> Any:
    """Serve a Batch API that answers from the recordings."""
    with serve_batches(replay_lines()) as served:
        yield served


async def test_a_round_trip_gives_the_summaries_of_the_online_path(
    articles: list[Article], tmp_path: Path, stand_in: BatchStandIn
) -> None:
    """Identical but for provenance: export, upload, answer, fetch, import."""
    settings = make_settings(tmp_path, stand_in.base_url)

    await export(settings, tmp_path / "requests.jsonl", *articles)
    paths = await _send(settings, tmp_path / "requests.jsonl", tmp_path)
    report = await take_in(settings, *(one.read_bytes() for one in paths), folder=tmp_path)

    assert (report.summaries, report.read_now, report.faults) == (5, 5, [])
    requests = read_requests(tmp_path / "requests.jsonl")
    for number, (article, request) in enumerate(zip(articles, requests, strict=True)):
        (tmp_path / str(number)).mkdir()
        with StandIn(replay()) as endpoint:
            online = await summarize(article.text, endpoint.base_url, tmp_path / str(number))
        batched = await find_summary(settings, request["custom_id"], article)
        assert _strip(batched) == _strip(online)
        assert batched.provenance.usage == online.provenance.usage


async def test_what_is_exported_is_what_is_sent_online(
    articles: list[Article], tmp_path: Path
) -> None:
    """A batch that asks something else would be another reading."""
    settings = make_settings(tmp_path)

    await export(settings, tmp_path / "requests.jsonl", *articles)

    requests = read_requests(tmp_path / "requests.jsonl")
    assert [one["body"] for one in requests] == [make_body(one, settings) for one in articles]
    assert {(one["method"], one["url"]) for one in requests} == {("POST", "/v1/chat/completions")}
