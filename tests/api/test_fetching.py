"""What is stored can be fetched, listed, filtered and deleted."""

import asyncio
from typing import Any

import httpx2
import pytest

from schemas.api import ItemPage, SummaryPage
from tests.api.serving import ARTICLE, read_problem
from tests.builders import ARTICLE_TEXT, KEY
from tests.standin import StandIn


@pytest.fixture
async def location(client: httpx2.AsyncClient) -> str:
    """Return the address of the default article's summary, stored."""
    response = await client.post("/v1/summaries", json=ARTICLE)
    return response.headers["location"]


async def test_what_was_served_is_fetched_to_the_byte(
    location: str, client: httpx2.AsyncClient
) -> None:
    """A summary that was acted on can be shown again as it was."""
    posted = await client.post("/v1/summaries", json=ARTICLE)
    fetched = await client.get(location)

    assert fetched.content == posted.content
    assert fetched.headers["etag"] == posted.headers["etag"]


@pytest.mark.parametrize("form", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
async def test_a_conditional_get_is_304_where_the_client_has_it(
    form: str, location: str, client: httpx2.AsyncClient
) -> None:
    """Pollers need not carry the article every time."""
    etag = (await client.get(location)).headers["etag"]
    response = await client.get(location, headers={"if-none-match": form.format(etag=etag)})

    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == etag


async def test_a_conditional_get_with_another_tag_is_the_whole_summary(
    location: str, client: httpx2.AsyncClient
) -> None:
    """A stale copy is replaced."""
    response = await client.get(location, headers={"if-none-match": '"other"'})

    assert (response.status_code, response.json()["id"]) == (200, location.rpartition("/")[2])


async def test_a_deleted_summary_is_gone_and_its_reading_is_not(
    location: str, client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """The article leaves the lists; sending it again costs nothing."""
    deleted = await client.delete(location)
    gone = await client.get(location)
    items = await client.get("/v1/items")
    again = await client.delete(location)
    posted = await client.post("/v1/summaries", json=ARTICLE)

    assert (deleted.status_code, deleted.content) == (204, b"")
    assert read_problem(gone).type == read_problem(again).type == "/problems/not-found"
    assert items.json()["items"] == []
    assert posted.headers["cache-status"] == "readout; hit"
    assert len(endpoint.received) == 1


@pytest.mark.parametrize("summary_id", [KEY, "0", "a" * 3_000, "%00", "..%2f..%2fetc", "🌾"])
async def test_an_unknown_id_is_404(summary_id: str, client: httpx2.AsyncClient) -> None:
    """Whatever it looks like."""
    for response in (
        await client.get(f"/v1/summaries/{summary_id}"),
        await client.delete(f"/v1/summaries/{summary_id}"),
    ):
        assert read_problem(response).status == 404


async def test_lists_have_the_documented_shape(location: str, client: httpx2.AsyncClient) -> None:
    """Rows are of the schema, and name the summary that they belong to."""
    summaries = SummaryPage.model_validate_json((await client.get("/v1/summaries")).content)
    items = ItemPage.model_validate_json((await client.get("/v1/items")).content)

    summary_id = location.rpartition("/")[2]
    assert [row.id for row in summaries.items] == [summary_id]
    assert [row.list for row in items.items] == [
        "talks", "commitments", "tariffs", "chip_policies", "non_tariff_measures", "doubts",
    ]  # fmt: skip
    assert {row.summary_id for row in items.items} == {summary_id}


FILTERS: dict[str, set[str]] = {
    "list=tariffs": {"tariffs"},
    "country=CN": {"talks", "commitments", "non_tariff_measures"},
    "country=US&list=talks": {"talks"},
    "topic=agriculture": {"commitments"},
    "product=mi308": {"chip_policies"},
    "status=held": {"talks"},
    "status=in_force&country=US": {"tariffs"},
    "since=2025-12-06": {"commitments", "tariffs", "chip_policies", "doubts"},
    "since=2026": set(),
    "country=JP": set(),
    "list=commitments&country=CN&topic=agriculture&since=2025-06": {"commitments"},
}


@pytest.mark.parametrize("query", FILTERS)
async def test_filters_keep_what_they_say(
    query: str, location: str, client: httpx2.AsyncClient
) -> None:
    """Every commitment of China on agriculture since June: one request."""
    items = await client.get(f"/v1/items?{query}")
    summaries = await client.get(f"/v1/summaries?{query}")

    assert {row["list"] for row in items.json()["items"]} == FILTERS[query]
    expected = 0 if query in {"since=2026", "country=JP"} else 1
    assert len(summaries.json()["items"]) == expected


@pytest.fixture
async def many(client: httpx2.AsyncClient) -> list[str]:
    """Return the ids of twelve stored summaries, the newest first."""
    ids = []
    for number in range(12):
        body = {**ARTICLE, "url": f"https://a.example/{number}"}
        ids.append((await client.post("/v1/summaries", json=body)).json()["id"])
    return ids[::-1]


async def _page_through(client: httpx2.AsyncClient, path: str, limit: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await client.get(f"{path}?limit={limit}{cursor}")).json()
        rows += page["items"]
        cursor = page["next"] and f"&cursor={page['next']}"
        assert len(page["items"]) == limit or cursor is None
    return rows


@pytest.mark.parametrize("limit", [1, 5, 12, 500])
async def test_pages_give_every_row_once_newest_first(
    limit: int, many: list[str], client: httpx2.AsyncClient
) -> None:
    """Whatever the size of the page, also where the last one is full."""
    summaries = await _page_through(client, "/v1/summaries", limit)
    items = await _page_through(client, "/v1/items", limit)

    assert [row["id"] for row in summaries] == many
    assert [row["summary_id"] for row in items] == [one for one in many for _ in range(6)]


async def test_paging_is_stable_while_rows_arrive_and_go(
    many: list[str], client: httpx2.AsyncClient
) -> None:
    """Nothing twice, nothing left out, while a batch is running."""
    first = (await client.get("/v1/summaries?limit=4")).json()
    await asyncio.gather(
        client.post("/v1/summaries", json={"text": f"{ARTICLE_TEXT} More."}),
        client.delete(f"/v1/summaries/{many[1]}"),
    )
    second = (await client.get(f"/v1/summaries?limit=100&cursor={first['next']}")).json()

    assert [row["id"] for row in first["items"] + second["items"]] == many
