"""A service on PostgreSQL goes on when its server comes back, and pays for nothing meanwhile."""

from pathlib import Path

from tests.api.serving import ARTICLE, make_settings, read_problem, run_service
from tests.builders import ARTICLE_TEXT
from tests.postgres import Server
from tests.standin import StandIn


async def test_a_server_that_is_away_is_503_and_nothing_is_paid(
    tmp_path: Path, endpoint: StandIn, postgres_server: Server, postgres_url: str, allow_sleep: None
) -> None:
    """A reply that cannot be kept must not be asked for; no one has to start anything again."""
    settings = make_settings(tmp_path, endpoint.base_url, database_url=postgres_url)
    async with run_service(settings) as client:
        stored = await client.post("/v1/summaries", json=ARTICLE)
        postgres_server.stop()
        try:
            hit = await client.post("/v1/summaries", json=ARTICLE)
            missed = await client.post("/v1/summaries", json={"text": ARTICLE_TEXT})
            ready = await client.get("/readyz")
            health = await client.get("/healthz")
        finally:
            postgres_server.start()
        after = await client.post("/v1/summaries", json={"text": ARTICLE_TEXT})

    assert (stored.status_code, hit.content) == (200, stored.content)
    assert read_problem(missed).type == read_problem(ready).type == "/problems/store-away"
    assert int(missed.headers["retry-after"]) > 0
    assert (health.status_code, after.status_code) == (200, 200)
    assert len(endpoint.received) == 2
