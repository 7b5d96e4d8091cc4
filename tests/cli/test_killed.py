"""A service that is killed has lost no reply that was paid for."""

import asyncio
import json
import signal
from pathlib import Path

import httpx2
import pytest

from tests.builders import ARTICLE_TEXT, build_draft, build_draft_tariff
from tests.cli.processes import Service, run
from tests.standin import Answer, Received, StandIn, complete, play

GOOD = complete(build_draft().model_dump_json())
LIE = complete(build_draft(tariffs=[build_draft_tariff(rate=85)]).model_dump_json())
ARTICLES = [{"text": f"{ARTICLE_TEXT} {number}."} for number in range(24)]


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a database of the test's own."""
    if getattr(request, "param", "sqlite") == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'readout.db'}"


def read_report(database: str) -> dict[str, int]:
    """Return what the database holds, as the command line tells it."""
    report: dict[str, int] = json.loads(
        run("store", "show", "--json", READOUT_DATABASE_URL=database).out
    )
    return report


def test_a_conversation_that_was_cut_off_goes_on_where_it_was(
    database: str, allow_sleep: None
) -> None:
    """Killed while it asked again: the first reply is taken up, and not paid twice."""
    with (
        StandIn(play([LIE, Answer(fault="hang")])) as endpoint,
        Service(OPENAI_BASE_URL=endpoint.base_url, READOUT_DATABASE_URL=database) as service,
    ):
        asyncio.run(post_until_received(service.url, endpoint, count=2))
        service.signal(signal.SIGKILL)
        service.finish()

    with (
        StandIn(play([GOOD])) as endpoint,
        Service(OPENAI_BASE_URL=endpoint.base_url, READOUT_DATABASE_URL=database) as service,
        service.open_client() as client,
    ):
        response = client.post("/v1/summaries", json={"text": ARTICLE_TEXT})

    (sent,) = [received.parse()["messages"] for received in endpoint.received]
    assert sent[-2]["content"] == json.loads(LIE.body)["choices"][0]["message"]["content"]
    assert response.json()["provenance"]["attempts"] == 2
    assert read_report(database)["pending"] == 0


async def post_until_received(base_url: str, endpoint: StandIn, *, count: int) -> None:
    """Post the default article; return once the endpoint was asked ``count`` times."""
    async with httpx2.AsyncClient(base_url=base_url, timeout=60) as client:
        posting = asyncio.create_task(client.post("/v1/summaries", json={"text": ARTICLE_TEXT}))
        while len(endpoint.received) < count:
            await asyncio.wait([posting], timeout=0.02)
        posting.cancel()


@pytest.mark.parametrize(
    ("database", "survivors"),
    [("sqlite", 1), ("sqlite", 7), ("sqlite", 16), ("postgresql", 7)],
    indirect=["database"],
)
def test_killed_in_the_middle_of_many_no_reply_is_paid_twice(
    survivors: int, database: str, allow_sleep: None
) -> None:
    """Whatever was on disk when it died is used; only the rest is asked for again."""
    answered = 0

    def answer(_received: Received) -> Answer:
        nonlocal answered
        answered += 1
        return GOOD if answered <= survivors else Answer(fault="hang")

    with (
        StandIn(answer) as endpoint,
        Service(OPENAI_BASE_URL=endpoint.base_url, READOUT_DATABASE_URL=database) as service,
    ):
        asyncio.run(post_and_kill(service, survivors))
    before = read_report(database)

    with (
        StandIn(lambda _received: GOOD) as endpoint,
        Service(OPENAI_BASE_URL=endpoint.base_url, READOUT_DATABASE_URL=database) as service,
        service.open_client() as client,
    ):
        for article in ARTICLES:
            assert client.post("/v1/summaries", json=article).status_code == 200
    after = read_report(database)

    kept = before["readings"] + before["pending"]
    assert kept >= survivors - 1
    assert len(endpoint.received) == len(ARTICLES) - kept
    assert (after["readings"], after["pending"]) == (len(ARTICLES), 0)


async def post_and_kill(service: Service, survivors: int) -> None:
    """Post all articles at once; kill the service as soon as ``survivors`` are answered."""
    async with httpx2.AsyncClient(base_url=service.url, timeout=60) as client:
        posts = [
            asyncio.create_task(client.post("/v1/summaries", json=article)) for article in ARTICLES
        ]
        pending = set(posts)
        while len(posts) - len(pending) < survivors - 1:
            _done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        service.signal(signal.SIGKILL)
        await asyncio.gather(*posts, return_exceptions=True)
    service.finish()
