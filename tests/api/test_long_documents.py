"""A hundred pages are read like a page: whole, quoted, and paid for once."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from schemas.summary import Summary
from service.settings import Settings
from tests.api.serving import make_settings, read_problem, run_service
from tests.lots import answer_lots, list_lots, write_document, write_lot
from tests.standin import Answer, Received, StandIn, complete, fail

TEXT = write_document(100)
SOME_PAGES = write_document(24)
LOTS = list_lots(SOME_PAGES)
REFUSAL = complete(None, refusal="I would rather not")
DOWN = fail(429, code="insufficient_quota")


class Endpoint:
    """A model that reads lots; what it says to the text with a certain lot can be set."""

    def __init__(self) -> None:
        self.said: dict[int, Answer] = {}

    def respond(self, received: Received) -> Answer:
        """Answer a request."""
        lots = list_lots(received.parse()["messages"][-1]["content"])
        return next((self.said[lot] for lot in self.said if lot in lots), answer_lots(received))


@pytest.fixture
def model() -> Endpoint:
    """Return a model that reads everything."""
    return Endpoint()


@pytest.fixture
def endpoint(model: Endpoint) -> Iterator[StandIn]:
    """Return the stand-in that has it."""
    with StandIn(model.respond) as stand_in:
        yield stand_in


@pytest.fixture
def service_settings(tmp_path: Path, endpoint: StandIn) -> Settings:
    """Return settings with that endpoint, of whose lengths nothing is set."""
    return make_settings(tmp_path, endpoint.base_url)


async def post(client: httpx2.AsyncClient, text: str, **more: str) -> httpx2.Response:
    """Send a document."""
    article = {"text": text, "published": "2025-12-06", **more}
    return await client.post("/v1/summaries", json=article, timeout=120)


def list_numbers(summary: Summary) -> list[float]:
    """Return the numbers of the lots that ``summary`` has, in its order."""
    return [one.quantity.value for one in summary.commitments if one.quantity]


async def test_a_hundred_pages_are_read_in_parts(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """Every fact once, in the order of the text, with its place in the whole of it."""
    response = await post(client, TEXT)

    summary = Summary.model_validate_json(response.content)
    assert list_numbers(summary) == list_lots(TEXT)
    assert [one.evidence[0].start for one in summary.commitments] == [
        TEXT.index(write_lot(lot)) for lot in list_lots(TEXT)
    ]
    assert summary.provenance.parts == len(endpoint.received) == 14
    assert [warning.code for warning in summary.warnings] == ["split"]


async def test_it_is_paid_for_once(client: httpx2.AsyncClient, endpoint: StandIn) -> None:
    """The same bytes, and another outlet's copy."""
    first = await post(client, SOME_PAGES)
    calls = len(endpoint.received)

    again, copy = (
        await post(client, SOME_PAGES),
        await post(client, SOME_PAGES, url="https://b.example/"),
    )
    assert (again.content, again.headers["cache-status"]) == (first.content, "readout; hit")
    assert copy.headers["cache-status"] == "readout; hit"
    assert list_numbers(Summary.model_validate_json(copy.content)) == LOTS
    assert len(endpoint.received) == calls


async def test_a_part_that_is_refused_is_named_and_tried_again_alone(
    client: httpx2.AsyncClient, endpoint: StandIn, model: Endpoint
) -> None:
    """The rest is served meanwhile, and not paid for again."""
    model.said[LOTS[-1]] = REFUSAL
    partial = Summary.model_validate_json((await post(client, SOME_PAGES)).content)
    calls = len(endpoint.received)
    model.said.clear()

    whole = Summary.model_validate_json((await post(client, SOME_PAGES)).content)
    assert [warning.code for warning in partial.warnings] == ["split", "partial_reading"]
    assert "part 4 of 4" in partial.warnings[1].message
    assert len(partial.commitments) < len(LOTS)
    assert list_numbers(whole) == LOTS
    assert len(endpoint.received) == calls + 1


async def test_an_outage_is_told_and_only_the_rest_is_read_after_it(
    client: httpx2.AsyncClient, endpoint: StandIn, model: Endpoint
) -> None:
    """The problem says how far it came."""
    model.said[LOTS[-1]] = DOWN
    problem = read_problem(await post(client, SOME_PAGES))
    model.said.clear()

    whole = Summary.model_validate_json((await post(client, SOME_PAGES)).content)
    assert problem.type == "/problems/quota"
    assert "of the article's 4 parts are read and kept" in problem.detail
    assert list_numbers(whole) == LOTS
    assert len(endpoint.received) == 4 + 1


async def test_the_embedded_reader_reads_a_hundred_pages_as_a_whole(
    tmp_path: Path, allow_sleep: None
) -> None:
    """Its time grows with the text alone."""
    async with run_service(make_settings(tmp_path, None)) as client:
        summary = Summary.model_validate_json((await post(client, TEXT)).content)

    assert (summary.provenance.engine, summary.provenance.parts) == ("embedded", 1)
    assert summary.commitments
