"""The ground that every test stands on.

Owns the sandbox (scrubbed environment, no sleeping) and the sample articles. Knows nothing of
any stage. Blocked sockets and warnings as errors are pytest settings, in ``pyproject.toml``.
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from tests.postgres import module_postgres_url, postgres_server, postgres_url

__all__ = ["module_postgres_url", "postgres_server", "postgres_url"]
"""Fixtures that stand elsewhere, for all tests."""

SEEDS = Path(__file__).parent.parent / "seeds"
"""The folder of the sample articles."""

SCRUBBED_PREFIXES = ("OPENAI_", "READOUT_", "XDG_")
SCRUBBED_SUFFIXES = ("_PROXY",)
XDG_FOLDERS = ("CACHE", "CONFIG", "DATA", "STATE")

# Hypothesis derandomizes by default where it detects a CI, so the desk's profile says it is not.
settings.register_profile("local", deadline=None, derandomize=False)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def scrub_environment(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Remove the machine's settings and proxies, and make ``home`` the home, by ``patch``."""
    for name in list(os.environ):
        if name.startswith(SCRUBBED_PREFIXES) or name.upper().endswith(SCRUBBED_SUFFIXES):
            patch.delenv(name)
    patch.setenv("HOME", str(home))
    # A developer's own .env stands in the working folder.
    patch.chdir(home)
    for kind in XDG_FOLDERS:
        patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture(scope="session", autouse=True)
def session_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Scrub the environment before any session fixture can read a key from it."""
    with pytest.MonkeyPatch.context() as patch:
        scrub_environment(patch, tmp_path_factory.mktemp("session-home"))
        yield


@pytest.fixture(autouse=True)
def environment(
    session_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Give the test an empty home and no setting of the machine's; return the home."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        scrub_environment(patch, home)
        yield home


def _refuse_sleep(seconds: float) -> NoReturn:
    pytest.fail(f"slept {seconds} s: inject the wait, or ask for the fixture allow_sleep")


@pytest.fixture(autouse=True)
def no_sleep(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test when it waits for real time, unless it asks for ``allow_sleep``.

    Waits of zero seconds pass: they only yield. So do those of ``subprocess``, which polls
    for the end of a process that was given a time limit.
    """
    if "allow_sleep" in request.fixturenames:
        yield
        return
    sleep, sleep_async = time.sleep, asyncio.sleep

    def check_sleep(seconds: float) -> None:
        caller = sys._getframe(1).f_globals.get("__name__")
        if seconds > 0 and caller != "subprocess":
            _refuse_sleep(seconds)
        sleep(seconds)

    async def check_sleep_async(delay: float, result: object = None) -> object:
        if delay > 0:
            _refuse_sleep(delay)
        return await sleep_async(delay, result)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", check_sleep)
        patch.setattr(asyncio, "sleep", check_sleep_async)
        yield


@pytest.fixture
def allow_sleep() -> None:
    """Let the test wait for real time; for tests of a running server or process only."""


@pytest.fixture(scope="session")
def seed_paths() -> tuple[Path, ...]:
    """Return the paths of the sample articles, sorted by name."""
    return tuple(sorted(SEEDS.glob("*.txt")))


@pytest.fixture(scope="session")
def seed_texts(seed_paths: tuple[Path, ...]) -> tuple[str, ...]:
    """Return the sample articles as they are on disk, decoded, in the order of the paths."""
    return tuple(path.read_bytes().decode("utf-8") for path in seed_paths)
