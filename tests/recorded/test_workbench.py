"""The parts of a running Readout: what is paid for is finished, however one leaves."""

import asyncio
from pathlib import Path

import pytest

from service.bootstrap import open_workbench
from service.settings import Settings
from tests.builders import build_article, build_draft
from tests.standin import StandIn, complete

LATE = complete(build_draft().model_dump_json())._replace(fault="late")


def make_settings(folder: Path, base_url: str) -> Settings:
    """Return settings with a database in ``folder`` and an endpoint at ``base_url``."""
    url = f"sqlite:///{folder / 'readout.db'}"
    return Settings.model_validate({"OPENAI_BASE_URL": base_url, "database_url": url})


async def leave(settings: Settings, endpoint: StandIn, error: Exception | None) -> None:
    """Begin to read an article, then leave, by ``error`` or in good order."""
    async with open_workbench(settings) as workbench:
        reading = asyncio.create_task(workbench.pipeline.summarize(build_article()))
        while not endpoint.received:
            await asyncio.wait([reading], timeout=0.01)
        reading.cancel()
        asyncio.get_running_loop().call_later(0.05, endpoint.released.set)
        if error is not None:
            raise error


@pytest.mark.parametrize("error", [None, ValueError("no")])
async def test_a_reading_in_flight_is_finished_before_the_parts_are_closed(
    error: Exception | None, tmp_path: Path
) -> None:
    """A command whose output nobody reads on must not throw away what it has paid for."""
    with StandIn(lambda _received: LATE) as endpoint:
        settings = make_settings(tmp_path, endpoint.base_url)
        leaving = asyncio.create_task(leave(settings, endpoint, error))
        await asyncio.wait([leaving])
        assert leaving.exception() is error
        async with open_workbench(settings) as workbench:
            served = await workbench.pipeline.summarize(build_article())

    assert (served.origin, len(endpoint.received)) == ("stored", 1)
