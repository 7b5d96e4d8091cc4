"""A running service for a test: the real application, server and client.

Owns how it is started and stopped, in the test's own event loop.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import uvicorn

from schemas.problem import Problem
from service.app import create_app
from service.settings import Settings
from tests.builders import ARTICLE_TEXT, build_draft
from tests.standin import complete

GOOD = complete(build_draft().model_dump_json())
"""What a model says that reads the default article well."""
ARTICLE: dict[str, str] = {"text": ARTICLE_TEXT, "published": "2025-12-06"}
"""The default article, as JSON."""
EVENTS = {"accept": "text/event-stream"}
"""The header of who would have progress told."""
NOWHERE = "http://127.0.0.1:9/v1"
"""An endpoint that nobody listens at."""


def make_settings(folder: Path, base_url: str | None = NOWHERE, **more: object) -> Settings:
    """Return settings with a database in ``folder`` and an endpoint at ``base_url``."""
    url = f"sqlite:///{folder / 'readout.db'}"
    return Settings.model_validate(
        {"OPENAI_BASE_URL": base_url, "database_url": url, "timeout_s": 10, **more}
    )


def list_events(told: str) -> list[str]:
    """Return the names of the events in a stream that has ended, in order."""
    return [line.removeprefix("event: ") for line in told.splitlines() if "event: " in line]


def read_problem(response: httpx2.Response) -> Problem:
    """Return the problem document of ``response``; fails where it is none, or says otherwise."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    problem = Problem.model_validate_json(response.content)
    assert problem.status == response.status_code
    assert "Traceback" not in problem.detail
    return problem


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def run_service(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client of a service that runs with ``settings``; the test needs ``allow_sleep``."""
    config = uvicorn.Config(create_app(settings), log_config=None, access_log=False, ws="none")
    server = _Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await server.ready.wait()
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield client
        server.should_exit = True
        await serving
