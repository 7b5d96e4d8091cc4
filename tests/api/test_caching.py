"""What may be served again without a look at the article, and what may not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

import httpx2
import pytest

from schemas.problem import Problem
from tests.api.serving import ARTICLE, EVENTS, GOOD, make_settings, run_service
from tests.builders import ARTICLE_TEXT
from tests.standin import StandIn

PAGE = f"<html><body><article><p>{ARTICLE_TEXT}</p></article></body></html>".encode()
"""Bytes that can be read as HTML, as plain text, and in several charsets."""


class Declared(NamedTuple):
    """What is said of a body: beside it stands what the same body can be as well."""

    media_type: str
    query: str = ""

    async def post(self, client: httpx2.AsyncClient) -> httpx2.Response:
        """Send the page, declared so."""
        response = await client.post(
            f"/v1/summaries?{self.query}", content=PAGE, headers={"content-type": self.media_type}
        )
        assert response.status_code == 200, response.text
        return response


PAIRS = {
    "another source": (Declared("text/html", "source=A"), Declared("text/html", "source=B")),
    "another day": (
        Declared("text/html", "published=2025-12-06"),
        Declared("text/html", "published=2025-12-07"),
    ),
    "no metadata": (Declared("text/html"), Declared("text/html", "title=T")),
    "another charset": (
        Declared("text/plain; charset=utf-8"),
        Declared("text/plain; charset=koi8-r"),
    ),
    "another media type": (Declared("text/html"), Declared("text/plain")),
}


@pytest.mark.parametrize("turned", [False, True], ids=["forth", "back"])
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
async def test_the_same_body_declared_otherwise_is_another_summary(
    pair: tuple[Declared, Declared], turned: bool, client: httpx2.AsyncClient
) -> None:
    """Whichever comes first: each gets its own, also when both are in memory."""
    one, other = pair[::-1] if turned else pair

    first = [await declared.post(client) for declared in (one, other)]
    again = [await declared.post(client) for declared in (one, other)]

    assert first[0].json()["article"] != first[1].json()["article"]
    assert first[0].json()["id"] != first[1].json()["id"]
    assert [response.content for response in again] == [response.content for response in first]
    assert {response.headers["cache-status"] for response in again} == {"readout; hit"}


async def test_another_body_declared_alike_is_another_summary(client: httpx2.AsyncClient) -> None:
    """Two outlets send two articles with the same headers."""
    first, other = [
        await client.post("/v1/summaries", json={"text": f"{ARTICLE_TEXT} {number}."})
        for number in range(2)
    ]

    assert first.json()["id"] != other.json()["id"]


def forbid_opening(patch: pytest.MonkeyPatch) -> None:
    """Let the service fail at the next article that it opens."""

    async def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise AssertionError("the article was opened")

    patch.setattr("service.routes.summaries.open_article", refuse)


async def test_what_was_just_served_is_served_without_a_look_at_the_article(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hit costs a hash of the body, not the parsing of it."""
    first = await client.post("/v1/summaries", json=ARTICLE)
    forbid_opening(monkeypatch)

    again = await client.post("/v1/summaries", json=ARTICLE)
    other = await client.post("/v1/summaries", json={"text": ARTICLE_TEXT})

    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["cache-status"] == "readout; hit"
    assert again.headers["etag"] == first.headers["etag"]
    assert other.status_code == 500


async def test_what_was_told_by_events_is_remembered_too(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that listens asks again as often as another."""
    told = await client.post("/v1/summaries", json=ARTICLE, headers=EVENTS)
    forbid_opening(monkeypatch)

    again = await client.post("/v1/summaries", json=ARTICLE)

    assert "event: done" in told.text
    assert (again.status_code, again.headers["cache-status"]) == (200, "readout; hit")


async def test_what_is_derived_is_remembered_too(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most of what a running service serves was read by an earlier one."""
    await client.post("/v1/summaries", json=ARTICLE)
    copy = {**ARTICLE, "url": "https://b.example/2"}
    first = await client.post("/v1/summaries", json=copy)
    forbid_opening(monkeypatch)

    again = await client.post("/v1/summaries", json=copy)

    assert (again.status_code, again.content) == (200, first.content)


async def test_a_fetched_summary_may_be_kept_but_must_be_asked_for(
    client: httpx2.AsyncClient,
) -> None:
    """It may be deleted at any time; a cache in between must not bring it back."""
    posted = await client.post("/v1/summaries", json=ARTICLE)
    whole = await client.get(posted.headers["location"])
    unchanged = await client.get(
        posted.headers["location"], headers={"if-none-match": whole.headers["etag"]}
    )

    assert (whole.status_code, unchanged.status_code) == (200, 304)
    assert {one.headers.get("cache-control") for one in (whole, unchanged)} == {"no-cache"}


async def test_a_summary_that_is_deleted_while_in_memory_is_gone_for_a_post_too(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """The same bytes are derived again from what was paid, and stored again."""
    posted = [await client.post("/v1/summaries", json=ARTICLE) for _ in range(2)]
    location = posted[0].headers["location"]
    await client.delete(location)
    gone = await client.get(location)

    again = await client.post("/v1/summaries", json=ARTICLE)

    listed = (await client.get("/v1/summaries")).json()["items"]
    assert gone.status_code == 404
    assert (again.status_code, again.headers["cache-status"]) == (200, "readout; hit")
    assert [f"/v1/summaries/{row['id']}" for row in listed] == [location]
    assert (await client.get(location)).content == again.content
    assert len(endpoint.received) == 1


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "application/pdf"])
async def test_a_length_that_is_too_large_is_answered_before_the_body(
    media_type: str, client: httpx2.AsyncClient
) -> None:
    """Nobody uploads 50 MB to be told that they are too many."""
    head = (
        "POST /v1/summaries HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        f"content-type: {media_type}\r\ncontent-length: {50 * 1024 * 1024}\r\n\r\n"
    )
    address = client.base_url
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(head.encode())

    try:
        async with asyncio.timeout(5):
            answer = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readuntil(b"}")
    finally:
        # The service waits for whoever is connected when it stops.
        writer.close()
        await writer.wait_closed()

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert Problem.model_validate_json(body).actual == 50 * 1024 * 1024


@asynccontextmanager
async def listen(client: httpx2.AsyncClient) -> AsyncIterator[None]:
    """Listen to the reading of the default article, from when it is being read; then leave."""
    async with client.stream("POST", "/v1/summaries", json=ARTICLE, headers=EVENTS) as response:
        # Kept by name: the connection of an iterator that is forgotten is closed.
        lines = response.aiter_lines()
        async for line in lines:
            if line == "event: reading":
                break
        yield


async def test_listeners_that_leave_leave_no_task_behind(tmp_path: Path, allow_sleep: None) -> None:
    """While the reading goes on: each would hold a queue, and the article, until its end."""
    with StandIn(lambda _received: GOOD._replace(fault="late")) as endpoint:
        async with (
            run_service(make_settings(tmp_path, endpoint.base_url)) as client,
            listen(client),
        ):
            before = asyncio.all_tasks()
            async with AsyncExitStack() as listeners:
                for _ in range(5):
                    await listeners.enter_async_context(listen(client))
                theirs = asyncio.all_tasks() - before

            _ended, left = await asyncio.wait(theirs, timeout=5)
            # The service finishes what it reads before it stops.
            endpoint.released.set()

    assert (len(theirs) > 5, left) == (True, set())
