"""A database that fails costs no money, loses nothing that was paid for, and is said plainly."""

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx2

from service.settings import Settings
from tests.api.serving import ARTICLE, GOOD, make_settings, read_problem, run_service
from tests.builders import ARTICLE_TEXT
from tests.standin import StandIn


def find_path(settings: Settings) -> Path:
    """Return the path of the database."""
    return Path(settings.database_url.removeprefix("sqlite:///"))


async def test_a_locked_database_is_503_and_nothing_is_paid(
    client: httpx2.AsyncClient, service_settings: Settings, endpoint: StandIn
) -> None:
    """The call would be made and its reply could not be kept: so it is not made."""
    await client.post("/v1/summaries", json=ARTICLE)
    other = sqlite3.connect(find_path(service_settings), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    locked = await client.post("/v1/summaries", json={"text": ARTICLE_TEXT})
    listed = await client.get("/v1/summaries")
    ready = await client.get("/readyz")
    other.execute("ROLLBACK")
    other.close()
    after = await client.post("/v1/summaries", json={"text": ARTICLE_TEXT})

    assert read_problem(locked).type == read_problem(ready).type == "/problems/store-busy"
    assert int(locked.headers["retry-after"]) > 0
    assert len(listed.json()["items"]) == 1
    assert after.status_code == 200
    assert len(endpoint.received) == 2


async def test_a_database_that_breaks_while_it_is_used_is_503(
    client: httpx2.AsyncClient, service_settings: Settings, endpoint: StandIn
) -> None:
    """A problem that says so; not a 500, and no traceback."""
    await client.post("/v1/summaries", json=ARTICLE)
    path = find_path(service_settings)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    with path.open("r+b") as file:
        file.seek(0)
        file.write(os.urandom(path.stat().st_size))

    posted = await client.post("/v1/summaries", json={"text": ARTICLE_TEXT})
    health = await client.get("/healthz")

    assert read_problem(posted).type == "/problems/store"
    assert str(path) in read_problem(posted).detail
    assert health.status_code == 200
    assert len(endpoint.received) == 1


async def test_a_database_that_is_taken_away_is_503_not_another_empty_one(
    client: httpx2.AsyncClient, service_settings: Settings
) -> None:
    """An answer that forgets all that was stored would be wrong, and cost money again."""
    await client.post("/v1/summaries", json=ARTICLE)
    for path in find_path(service_settings).parent.glob("readout.db*"):
        path.unlink()

    for response in (
        await client.get("/v1/items"),
        await client.post("/v1/summaries", json={"text": ARTICLE_TEXT}),
    ):
        assert read_problem(response).type == "/problems/store"


def test_a_full_disk_is_503_and_what_was_stored_is_served(
    tmp_path: Path, allow_sleep: None
) -> None:
    """In a process of its own, whose files may not grow beyond half a megabyte."""
    script = (
        "import asyncio, resource, sys\n"
        "from pathlib import Path\n"
        "from tests.api.test_store_faults import fill\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))\n"
        "asyncio.run(fill(Path(sys.argv[1])))\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert (process.returncode, process.stderr) == (0, "")


async def fill(folder: Path) -> None:
    """Post articles until the disk is full; then see that the service still serves."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == 500_000
    with StandIn(lambda _received: GOOD) as endpoint:
        async with run_service(make_settings(folder, endpoint.base_url)) as client:
            for number in range(400):
                body = {"text": f"{ARTICLE_TEXT} {number}."}
                response = await client.post("/v1/summaries", json=body)
                if response.status_code != 200:
                    break
            assert read_problem(response).type == "/problems/store"
            assert "full" in read_problem(response).detail
            paid = len(endpoint.received)
            first = await client.post("/v1/summaries", json={"text": f"{ARTICLE_TEXT} 0."})
            again = await client.post("/v1/summaries", json=body)
            assert first.headers["cache-status"] == "readout; hit"
            assert again.status_code == 503
            # What could not be entered beforehand was not paid.
            assert len(endpoint.received) == paid


async def test_a_service_and_a_second_one_share_a_database(
    service_settings: Settings, endpoint: StandIn, allow_sleep: None
) -> None:
    """What one has read, the other serves."""
    async with run_service(service_settings) as one, run_service(service_settings) as other:
        bodies = [{"text": f"{ARTICLE_TEXT} {number}."} for number in range(20)]
        await asyncio.gather(*(one.post("/v1/summaries", json=body) for body in bodies))
        responses = [await other.post("/v1/summaries", json=body) for body in bodies]

    assert {response.headers["cache-status"] for response in responses} == {"readout; hit"}
    assert len(endpoint.received) == 20
