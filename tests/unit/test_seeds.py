"""What every test stands on: the sample articles byte for byte, and the sandbox."""

import asyncio
import hashlib
import os
import re
import socket
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_socket import SocketConnectBlockedError

from tests.conftest import SEEDS, scrub_environment

DIGESTS = {
    "000_5afe54d1572835e4.txt": "aa8653383af4db3ebf5593b0ac79e7f1da05370e1ea2c774fa0aa3f6b62ccc77",
    "001_3e998ab9ef9df302.txt": "65c9276c07bc1e17d768fac2a34d138284e4a1b0f0e30083316506def95a8a86",
    "002_3b93ebfc25ea1967.txt": "ce0afa7863eae6c33e8349f5cdb89db3d1fb5860ea733fd1b5ddbd1d2075b54c",
    "003_ebedd4a92f329c8a.txt": "6888810daf93188ff8e2b4e11ec64b128c890356f8e906a0e8cac5db9f4237e8",
    "004_8a944e28370b9769.txt": "2e7b92e7578ed46e8ff045238b1de3840af0465bb00adfb9161e1e9cdbf9284c",
}
"""SHA-256 of each sample article: golden quotes and recordings depend on every byte."""


def test_seeds_are_the_five_articles_in_order(seed_paths: tuple[Path, ...]) -> None:
    """A missing article would take its golden fixture's tests with it."""
    assert [path.name for path in seed_paths] == list(DIGESTS)


@pytest.mark.parametrize("name", DIGESTS)
def test_seed_is_unchanged_to_the_byte(name: str) -> None:
    """An editor's line ends or final newline would shift offsets and change every key."""
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == DIGESTS[name]


@pytest.mark.parametrize("name", DIGESTS)
def test_seed_is_utf_8(name: str) -> None:
    """The articles hold curly quotes and Chinese names that other encodings garble."""
    text = (SEEDS / name).read_bytes().decode("utf-8")

    assert text.strip()
    assert "\ufffd" not in text


def test_seed_texts_are_the_files_as_they_are(
    seed_paths: tuple[Path, ...], seed_texts: tuple[str, ...]
) -> None:
    """Text and path of the same index belong together, and no line end was translated."""
    pairs = zip(seed_paths, seed_texts, strict=True)

    assert all(text.encode() == path.read_bytes() for path, text in pairs)


# The plugin warns before it raises, and a warning is an error here: that is what is seen.
# 192.0.2.0/24 and 2001:db8::/32 are reserved for documentation (RFC 5737, RFC 3849).
@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_connection_beyond_loopback_is_blocked(host: str) -> None:
    """A test that reaches a real endpoint costs money and passes by luck."""
    with pytest.raises((UserWarning, SocketConnectBlockedError), match="tried to use socket"):
        socket.create_connection((host, 443), timeout=1)


async def test_async_connection_beyond_loopback_is_blocked() -> None:
    """The service speaks through asyncio, which has its own way to a socket."""
    with pytest.raises((UserWarning, SocketConnectBlockedError), match="tried to use socket"):
        await asyncio.open_connection("192.0.2.1", 443)


def test_loopback_connection_is_allowed() -> None:
    """Stand-in endpoints listen on loopback."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as client,
    ):
        peer = client.getpeername()

        assert peer == server.getsockname()


@pytest.mark.parametrize(
    "kind", [UserWarning, DeprecationWarning, PendingDeprecationWarning, ResourceWarning]
)
def test_warning_is_an_error(kind: type[Warning]) -> None:
    """A deprecation that only scrolls by is found when the library is gone."""
    with pytest.raises(kind, match="of this kind"):
        warnings.warn("of this kind", kind, stacklevel=1)


@pytest.mark.parametrize(
    "name", ["OPENAI_API_KEY", "OPENAI_BASE_URL", "READOUT_MODEL", "HTTPS_PROXY", "https_proxy"]
)
def test_setting_of_the_machine_does_not_reach_a_test(
    name: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A developer's key or proxy must neither be used nor decide what a test sees."""
    monkeypatch.setenv(name, "from the machine")

    scrub_environment(monkeypatch, tmp_path_factory.mktemp("other"))

    assert name not in os.environ


def test_environment_of_this_test_is_scrubbed() -> None:
    """The fixture is in force without being asked for."""
    assert not [
        name for name in os.environ if re.match("OPENAI_|READOUT_|.*_PROXY", name, re.IGNORECASE)
    ]


def test_home_and_data_folders_are_the_tests_own(environment: Path) -> None:
    """The store's default place is in the home: tests must not write to a real one."""
    folders = [os.environ[f"XDG_{kind}_HOME"] for kind in ("CACHE", "CONFIG", "DATA", "STATE")]

    assert Path.home() == environment
    assert list(environment.iterdir()) == []
    assert all(Path(folder).is_relative_to(environment) for folder in folders)


def test_sleeping_fails_the_test() -> None:
    """A test that waits is slow on a good day and flaky on a bad one."""
    with pytest.raises(pytest.fail.Exception, match=r"slept 0\.01 s"):
        time.sleep(0.01)


async def test_async_sleeping_fails_the_test() -> None:
    """Waits of the service are asynchronous, and are injected where a test needs them."""
    with pytest.raises(pytest.fail.Exception, match=r"slept 0\.01 s"):
        await asyncio.sleep(0.01)


async def test_yielding_is_no_sleep() -> None:
    """A wait of zero seconds lets other tasks run, and costs nothing."""
    assert await asyncio.sleep(0, "result") == "result"


async def test_sleep_can_be_allowed(allow_sleep: None) -> None:
    """A test of a running server asks for it, and the request is visible in its signature."""
    before = time.monotonic()

    time.sleep(0.001)  # noqa: ASYNC251  # that blocking works again is what is tested
    await asyncio.sleep(0.001)

    assert time.monotonic() - before >= 0.002


def test_process_with_a_time_limit_needs_no_permission() -> None:
    """The standard library polls for the end of a process; that wait is not the test's."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.01)
    process.communicate(b"\n", timeout=30)

    assert process.returncode == 0


def test_properties_have_no_time_limit_and_are_repeatable_in_ci() -> None:
    """A slow machine is no failure, and a failure in CI must be seen again on a desk."""
    assert settings.default is not None
    assert settings.default.deadline is None
    assert settings.get_profile("ci").deadline is None
    assert settings.get_profile("ci").derandomize is True
    assert settings.get_profile("local").derandomize is False
