"""A service without an endpoint reads by rules, says so, and is not brought down by them."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from schemas.summary import Summary
from service import worker_engine
from service.app import create_app
from service.settings import Settings
from service.worker_engine import Worker
from tests.api.serving import ARTICLE, EVENTS, list_events, make_settings, read_problem, run_service
from tests.builders import ARTICLE_TEXT
from tests.standin import StandIn


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a fresh machine, with a database of the test's own."""
    return make_settings(tmp_path, None)


async def test_an_article_is_read_at_once_and_served_as_any_other(
    settings: Settings, allow_sleep: None
) -> None:
    """Also after a restart; nobody is sent away for want of a key."""
    async with run_service(settings) as client:
        first = await client.post("/v1/summaries", json=ARTICLE)
        again = await client.post("/v1/summaries", json=ARTICLE)
        fetched = await client.get(first.headers["location"])
    async with run_service(settings) as client:
        later = await client.post("/v1/summaries", json=ARTICLE)
        copy = await client.post("/v1/summaries", json={**ARTICLE, "url": "https://b.example/"})

    assert first.headers["cache-status"] == "readout; fwd=miss"
    assert {one.headers["cache-status"] for one in (again, later, copy)} == {"readout; hit"}
    assert {one.content for one in (first, again, fetched, later)} == {first.content}
    summary = Summary.model_validate_json(first.content)
    made = summary.provenance
    assert (made.engine, made.model, made.prompt_version) == ("embedded", "rules", "none")
    assert (made.cost_usd, made.usage.input_tokens) == (0, 0)
    assert "fallback_reader" not in [warning.code for warning in summary.warnings]


async def test_it_is_ready_and_says_what_reads(settings: Settings, allow_sleep: None) -> None:
    """An orchestrator sends it articles; who looks at it is told by what they are read."""
    async with run_service(settings) as client:
        readiness = await client.get("/readyz")
        index = (await client.get("/")).json()
        document = (await client.get("/openapi.json")).json()

    assert readiness.status_code == 200
    assert index["reader"] == "embedded: rules, not an LLM"
    assert "rules, not an LLM" in document["info"]["description"]


async def test_a_service_with_an_endpoint_says_that_an_llm_reads(
    client: httpx2.AsyncClient,
) -> None:
    """The same place, the other answer."""
    assert (await client.get("/")).json()["reader"] == "llm"


async def test_rules_read_where_that_is_set_though_there_is_an_endpoint(
    tmp_path: Path, endpoint: StandIn, allow_sleep: None
) -> None:
    """Nothing leaves the machine."""
    async with run_service(make_settings(tmp_path, endpoint.base_url, reader="embedded")) as client:
        response = await client.post("/v1/summaries", json=ARTICLE)

    assert response.json()["provenance"]["engine"] == "embedded"
    assert endpoint.received == []


async def test_what_an_llm_has_read_is_served_without_its_endpoint(
    service_settings: Settings, settings: Settings, allow_sleep: None
) -> None:
    """It was paid for, and is better than what rules would find."""
    async with run_service(service_settings) as client:
        first = await client.post("/v1/summaries", json=ARTICLE)
    async with run_service(settings) as client:
        again = await client.post("/v1/summaries", json=ARTICLE)

    assert (again.content, again.headers["cache-status"]) == (first.content, "readout; hit")


async def test_progress_is_told_as_for_any_reader(settings: Settings, allow_sleep: None) -> None:
    """Whoever listens needs to know nothing of readers."""
    async with run_service(settings) as client:
        told = (await client.post("/v1/summaries", json=ARTICLE, headers=EVENTS)).text
        again = await client.post("/v1/summaries", json=ARTICLE)

    events = list_events(told)
    assert events == ["queued", "reading", "done"]
    assert again.headers["cache-status"] == "readout; hit"


async def test_identical_articles_at_once_are_read_once(
    settings: Settings, allow_sleep: None
) -> None:
    """As with a model."""
    async with run_service(settings) as client:
        posts = [client.post("/v1/summaries", json=ARTICLE) for _ in range(20)]
        responses = await asyncio.gather(*posts)

    statuses = [response.headers["cache-status"] for response in responses]
    assert statuses.count("readout; fwd=miss") == 1
    assert len({response.content for response in responses}) == 1


async def test_a_killed_process_of_rules_is_not_noticed(
    settings: Settings, allow_sleep: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next article starts another one."""
    workers: list[Worker] = []
    start = Worker.start

    async def note(worker: Worker) -> None:
        workers.append(worker)
        await start(worker)

    monkeypatch.setattr(Worker, "start", note)
    async with run_service(settings) as client:
        await client.post("/v1/summaries", json=ARTICLE)
        process = workers[0]._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        response = await client.post("/v1/summaries", json={"text": f"{ARTICLE_TEXT} More."})

    assert response.status_code == 200


async def test_a_fault_of_the_rules_is_a_problem_and_the_service_goes_on(
    settings: Settings, allow_sleep: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept as no summary: with better rules the same article is read."""
    program = (
        "import service.readers.embedded.reader as reader\n"
        "read = reader.read_article\n"
        "def fail(article):\n"
        "    if 'More.' in article.text: raise KeyError(article.text)\n"
        "    return read(article)\n"
        "reader.read_article = fail\n"
        "from service.worker import main; main()"
    )
    command = (sys.executable, "-P", "-c", program)
    monkeypatch.setattr(worker_engine, "name_command", lambda **_reads: command)
    more = {"text": f"{ARTICLE_TEXT} More."}
    async with run_service(settings) as client:
        failed = [await client.post("/v1/summaries", json=more) for _ in range(2)]
        good = await client.post("/v1/summaries", json=ARTICLE)
        health = await client.get("/readyz")

    for response in failed:
        problem = read_problem(response)
        assert (problem.status, problem.type) == (500, "/problems/embedded-reader")
        assert ARTICLE_TEXT[:20] not in problem.detail
    assert (good.status_code, health.status_code) == (200, 200)


def test_neither_the_service_nor_a_reading_loads_an_llms_libraries(tmp_path: Path) -> None:
    """They take a second and a hundred megabytes, for nothing."""
    program = (
        "import asyncio, sys\n"
        "from service.app import create_app\n"
        "from service.settings import Settings\n"
        "from service.bootstrap import open_workbench, warm_up\n"
        "from schemas.article import Article\n"
        "async def main():\n"
        "    settings = Settings.load()\n"
        "    create_app(settings)\n"
        "    warm_up(settings)\n"
        "    async with open_workbench(settings) as workbench:\n"
        "        await workbench.pipeline.summarize(Article(text='China buys soybeans.'))\n"
        "asyncio.run(main())\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    database = {"READOUT_DATABASE_URL": f"sqlite:///{tmp_path}/readout.db"}
    process = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **database},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(process.stdout.split())
    assert "service" in loaded
    assert not loaded & {"openai", "instructor", "tenacity", "httpx2", "genai_prices"}


def test_the_application_needs_no_worker_to_be_made(settings: Settings) -> None:
    """Whoever only wants its document starts no process."""
    assert create_app(settings).openapi()["info"]["title"] == "Readout"
