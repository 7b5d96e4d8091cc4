"""What every request passes."""

import asyncio
import logging

import httpx2
import pytest

from tests.api.serving import ARTICLE, read_problem
from tests.builders import ARTICLE_TEXT
from tests.standin import StandIn

REQUEST_LOG = "readout.requests"


async def test_what_another_sites_page_sends_is_refused(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """Any page in a browser could else spend the money of whoever runs the service."""
    response = await client.post(
        "/v1/summaries",
        content=ARTICLE_TEXT,
        headers={"content-type": "text/plain", "origin": "https://evil.example"},
    )

    assert read_problem(response).type == "/problems/foreign-origin"
    assert endpoint.received == []


@pytest.mark.parametrize("origin", ["null", "http://127.0.0.1:1", "", "//[", "http://[::1"])
async def test_an_odd_origin_is_another_site(origin: str, client: httpx2.AsyncClient) -> None:
    """Sandboxed frames, other ports, and what is no origin at all."""
    response = await client.post("/v1/summaries", json=ARTICLE, headers={"origin": origin})

    assert read_problem(response).status == 403


async def test_the_services_own_pages_may_post(client: httpx2.AsyncClient) -> None:
    """The same scheme of things: origin and host agree."""
    origin = f"http://{client.base_url.netloc.decode()}"
    response = await client.post("/v1/summaries", json=ARTICLE, headers={"origin": origin})

    assert response.status_code == 200


async def test_requests_are_logged_without_what_they_hold(
    client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Titles and articles may be embargoed; a log is read by many."""
    with caplog.at_level(logging.INFO, REQUEST_LOG):
        await client.post(
            "/v1/summaries?title=Embargoed",
            content=ARTICLE_TEXT,
            headers={"content-type": "text/plain"},
        )

    line = caplog.messages[-1]
    assert line.startswith("POST /v1/summaries 200 ")
    assert "fwd=miss" in line
    assert "Embargoed" not in caplog.text
    assert "soybeans" not in caplog.text


async def test_a_defect_is_a_problem_and_its_log_holds_no_article(
    client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of our own is found by its place, not by what it was doing."""

    def crash(*_given: object) -> None:
        raise ZeroDivisionError(ARTICLE_TEXT)

    monkeypatch.setattr("service.pipeline.derive_id", crash)
    response = await client.post("/v1/summaries", json=ARTICLE)

    problem = read_problem(response)
    assert (problem.status, problem.type) == (500, "/problems/defect")
    assert "ZeroDivisionError" in caplog.text
    assert "pipeline.py" in caplog.text
    assert "soybeans" not in caplog.text + response.text


async def test_a_client_that_hangs_up_while_it_sends_is_no_defect(
    client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Half an upload is an everyday thing; a traceback for each would hide the real ones."""
    url = client.base_url
    head = f"POST /v1/summaries HTTP/1.1\r\nhost: {url.netloc.decode()}\r\n"
    head += "content-type: text/plain\r\ncontent-length: 1000\r\n\r\nChina"
    with caplog.at_level(logging.INFO, REQUEST_LOG):
        _reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(head.encode())
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.close()
        while not caplog.messages:  # noqa: ASYNC110  # a log has no event to wait for
            await asyncio.sleep(0.02)

    assert caplog.messages[-1].startswith("POST /v1/summaries 499 ")
    assert "Traceback" not in caplog.text
    assert "defect" not in caplog.text
