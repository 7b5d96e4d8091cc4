"""A POST that is told as it goes: server-sent events."""

import asyncio
import json
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from schemas.problem import Problem
from schemas.summary import Summary
from tests.api.serving import ARTICLE, EVENTS, GOOD, make_settings, read_problem, run_service
from tests.builders import build_lie
from tests.standin import Answer, StandIn, complete, fail, play

LIE = complete(build_lie().model_dump_json())


class Event(NamedTuple):
    """One event as it arrived."""

    name: str
    data: Any


async def listen(client: httpx2.AsyncClient, body: Any = ARTICLE) -> list[Event]:
    """POST ``body`` and return the events, until the stream ends."""
    async with client.stream("POST", "/v1/summaries", json=body, headers=EVENTS) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["x-accel-buffering"] == "no"
        text = "".join([part async for part in response.aiter_text()])
    events = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line[0] != ":")
        if fields:
            events.append(Event(fields["event"], json.loads(fields["data"])))
    return events


async def listen_with(answers: list[Answer], folder: Path) -> list[Event]:
    """Return the events of a reading with an endpoint that gives ``answers``."""
    with StandIn(play(answers)) as endpoint:
        async with run_service(make_settings(folder, endpoint.base_url)) as client:
            return await listen(client)


async def test_a_reading_is_queued_read_and_done(client: httpx2.AsyncClient) -> None:
    """The last event holds the summary, the same as without events."""
    events = await listen(client)
    plain = await client.post("/v1/summaries", json=ARTICLE)

    assert [event.name for event in events] == ["queued", "reading", "done"]
    assert Summary.model_validate(events[-1].data)
    assert events[-1].data == plain.json()


async def test_each_reask_is_told_with_its_number_of_complaints(
    tmp_path: Path, allow_sleep: None
) -> None:
    """Whoever waits sees that something did not hold, and how much."""
    events = await listen_with([LIE, GOOD], tmp_path)

    assert [event.name for event in events] == ["queued", "reading", "reasking", "done"]
    assert events[2].data["complaints"] > 0


async def test_a_reader_that_fails_ends_in_a_problem(tmp_path: Path, allow_sleep: None) -> None:
    """The status line is long gone; the problem is the last event."""
    events = await listen_with([fail(401)], tmp_path)

    assert events[-1].name == "problem"
    assert Problem.model_validate(events[-1].data).type == "/problems/authentication"


async def test_what_is_stored_is_done_at_once(client: httpx2.AsyncClient) -> None:
    """Also where it is found by the request's own bytes alone."""
    await client.post("/v1/summaries", json=ARTICLE)

    assert [event.name for event in await listen(client)] == ["done"]


async def test_a_bad_request_is_a_problem_and_no_stream(client: httpx2.AsyncClient) -> None:
    """What can be said by a status is said by it."""
    response = await client.post("/v1/summaries", json={}, headers=EVENTS)

    assert read_problem(response).status == 422


async def test_a_listener_that_leaves_stops_nothing(tmp_path: Path, allow_sleep: None) -> None:
    """The reading is paid for and is finished; a second listener gets it."""
    with StandIn(lambda _received: GOOD._replace(fault="late")) as endpoint:
        async with run_service(make_settings(tmp_path, endpoint.base_url)) as client:
            async with client.stream(
                "POST", "/v1/summaries", json=ARTICLE, headers=EVENTS
            ) as response:
                async for line in response.aiter_lines():
                    if line == "event: reading":
                        break
            endpoint.released.set()
            events = await listen(client)

    assert events[-1].name == "done"
    assert len(endpoint.received) == 1


async def test_listeners_of_one_article_hear_of_one_reading(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """Everyone ends with the same summary."""
    heard = await asyncio.gather(*(listen(client) for _ in range(8)))

    assert len(endpoint.received) == 1
    assert len({json.dumps(events[-1].data) for events in heard}) == 1


async def test_a_silent_reading_keeps_its_connection_alive(
    tmp_path: Path, allow_sleep: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxies cut connections on which nothing comes for a minute."""
    monkeypatch.setattr("service.routes.progress.KEEPALIVE_S", 0.05)
    text = ""
    with StandIn(lambda _received: GOOD._replace(fault="late")) as endpoint:
        async with (
            run_service(make_settings(tmp_path, endpoint.base_url)) as client,
            client.stream("POST", "/v1/summaries", json=ARTICLE, headers=EVENTS) as response,
        ):
            async for part in response.aiter_text():
                text += part
                if text.count(": ping") > 1:
                    endpoint.released.set()

    assert "event: done" in text
