"""Fixtures of the service's tests: an endpoint that answers well, and a service that uses it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest

from service.settings import Settings
from tests.api.serving import GOOD, make_settings, run_service
from tests.standin import StandIn


@pytest.fixture
def endpoint() -> Iterator[StandIn]:
    """Return an endpoint that answers everything with the default draft."""
    with StandIn(lambda _received: GOOD) as stand_in:
        yield stand_in


@pytest.fixture
def service_settings(tmp_path: Path, endpoint: StandIn) -> Settings:
    """Return settings that name the endpoint and a database of the test's own."""
    return make_settings(tmp_path, endpoint.base_url)


@pytest.fixture
async def client(
    service_settings: Settings, allow_sleep: None
) -> AsyncIterator[httpx2.AsyncClient]:
    """Return a client of a running service."""
    async with run_service(service_settings) as client:
        yield client
