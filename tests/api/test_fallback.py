"""Where the endpoint is down, rules may stand in: marked, and only for as long as it is."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from schemas.summary import Summary
from service.settings import Settings
from tests.api.serving import (
    ARTICLE,
    EVENTS,
    GOOD,
    list_events,
    make_settings,
    read_problem,
    run_service,
)
from tests.builders import ARTICLE_TEXT
from tests.standin import Answer, Received, StandIn, complete, fail

QUOTA = fail(429, code="insufficient_quota")
"""An outage that is not tried again: the test need not wait for retries."""
REFUSAL = complete(None, refusal="I would rather not")


class Endpoint:
    """What the endpoint says now."""

    def __init__(self) -> None:
        self.answer = QUOTA

    def respond(self, _received: Received) -> Answer:
        """Return it."""
        return self.answer


@pytest.fixture
def said() -> Endpoint:
    """Return an endpoint that is down."""
    return Endpoint()


@pytest.fixture
def endpoint(said: Endpoint) -> Iterator[StandIn]:
    """Return the stand-in that says it."""
    with StandIn(said.respond) as stand_in:
        yield stand_in


@pytest.fixture
def service_settings(tmp_path: Path, endpoint: StandIn) -> Settings:
    """Return settings with that endpoint, and rules that stand in."""
    return make_settings(tmp_path, endpoint.base_url, fallback=True)


async def test_a_marked_summary_is_served_and_never_in_place_of_the_llms(
    client: httpx2.AsyncClient, said: Endpoint, endpoint: StandIn
) -> None:
    """The same bytes, to the byte, reach the endpoint again each time, until it has answered."""
    down = [await client.post("/v1/summaries", json=ARTICLE) for _ in range(2)]
    said.answer = GOOD
    back, again = [await client.post("/v1/summaries", json=ARTICLE) for _ in range(2)]

    assert [one.headers["cache-status"] for one in down] == [
        "readout; fwd=miss; detail=fallback"
    ] * 2
    assert back.headers["cache-status"] == "readout; fwd=miss"
    assert (again.headers["cache-status"], again.content) == ("readout; hit", back.content)
    assert len(endpoint.received) == 3
    stood_in, by_llm = (Summary.model_validate_json(one.content) for one in (down[0], back))
    assert [warning.code for warning in stood_in.warnings][-1] == "fallback_reader"
    assert (stood_in.provenance.engine, by_llm.provenance.engine) == ("embedded", "llm")
    assert stood_in.id != by_llm.id


async def test_its_address_leads_to_it_and_the_lists_to_the_llms(
    client: httpx2.AsyncClient, said: Endpoint
) -> None:
    """What was handed out stays; what is looked for is the better one."""
    down = await client.post("/v1/summaries", json=ARTICLE)
    listed_before = (await client.get("/v1/summaries")).json()["items"]
    said.answer = GOOD
    back = await client.post("/v1/summaries", json=ARTICLE)

    fetched = await client.get(down.headers["location"])
    listed_after = (await client.get("/v1/summaries")).json()["items"]
    assert fetched.content == down.content
    assert [row["id"] for row in listed_before] == [down.json()["id"]]
    assert [row["id"] for row in listed_after] == [back.json()["id"]]


async def test_by_events_it_is_no_other(
    client: httpx2.AsyncClient, said: Endpoint, endpoint: StandIn
) -> None:
    """The summary is told as done, marked, and not remembered for the same bytes."""
    told = (await client.post("/v1/summaries", json=ARTICLE, headers=EVENTS)).text
    said.answer = GOOD
    back = await client.post("/v1/summaries", json=ARTICLE)

    events = list_events(told)
    assert events == ["queued", "reading", "done"]
    assert "fallback_reader" in told
    assert back.headers["cache-status"] == "readout; fwd=miss"
    assert len(endpoint.received) == 2


@pytest.mark.parametrize(
    ("answer", "slug"),
    [(REFUSAL, "refusal"), (fail(401), "authentication"), (fail(400), "endpoint-request")],
)
async def test_what_is_no_outage_is_told(
    answer: Answer, slug: str, client: httpx2.AsyncClient, said: Endpoint
) -> None:
    """A wrong key must be mended, and a refusal known."""
    said.answer = answer

    problem = read_problem(await client.post("/v1/summaries", json=ARTICLE))
    assert (problem.status, problem.type) == (502, f"/problems/{slug}")


async def test_without_the_setting_an_outage_is_503(
    tmp_path: Path, endpoint: StandIn, allow_sleep: None
) -> None:
    """Nobody gets rules who has not asked for them."""
    async with run_service(make_settings(tmp_path, endpoint.base_url)) as client:
        response = await client.post("/v1/summaries", json=ARTICLE)

    assert read_problem(response).type == "/problems/quota"


async def test_what_the_llm_has_read_is_a_hit_while_it_is_down(
    client: httpx2.AsyncClient, said: Endpoint, endpoint: StandIn
) -> None:
    """An outage concerns what is new."""
    said.answer = GOOD
    first = await client.post("/v1/summaries", json=ARTICLE)
    said.answer = QUOTA

    again = await client.post("/v1/summaries", json={**ARTICLE, "text": f"{ARTICLE_TEXT} "})
    assert (again.content, again.headers["cache-status"]) == (first.content, "readout; hit")
    assert len(endpoint.received) == 1
