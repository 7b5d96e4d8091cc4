"""Server processes: how one is started, asked for its CPU, and stopped.

Owns the way from a command to an address. Every server stands in a process of its own, so that
the CPU of who asks it does not count. Knows nothing of what is asked.
"""

import ctypes
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
"""The repository: servers that stand among the tests are found from there."""
START_S = 60.0
"""Seconds that a server may take to listen."""

_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)[^\d]")
_PREFIXES = ("OPENAI_", "READOUT_")


class Server(NamedTuple):
    """A process that listens on loopback."""

    pid: int
    port: int

    def read_cpu_s(self) -> float:
        """Return the seconds of CPU that all threads of the process have used so far.

        They come from its CPU clock, in nanoseconds: ``/proc`` counts hundredths of a second.
        Source: POSIX.1-2008, ``clock_getcpuclockid``.
        """
        clock = ctypes.c_int()
        failure = ctypes.CDLL(None).clock_getcpuclockid(self.pid, ctypes.byref(clock))
        if failure:
            raise OSError(failure, os.strerror(failure))
        return time.clock_gettime(clock.value)


def make_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with ``settings``, and none of the machine's own."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_PREFIXES) and not name.upper().endswith("_PROXY")
    }
    return {**inherited, **settings}


@contextmanager
def open_server(
    arguments: Sequence[str], *, settings: Mapping[str, str] | None = None, folder: Path = ROOT
) -> Iterator[Server]:
    """Run ``python ARGUMENTS`` in ``folder``; yield it once it names its address on loopback.

    What it prints goes to a file, as a service's log does. Raises ``RuntimeError`` with its
    last words where it ends before it listens.
    """
    environment = make_environment(settings or {})
    with TemporaryDirectory() as scratch:
        log = Path(scratch) / "log.txt"
        with (
            log.open("wb") as output,
            subprocess.Popen(
                [sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=folder,
            ) as process,
        ):
            try:
                yield Server(process.pid, _await_port(process, log))
            finally:
                process.terminate()


@contextmanager
def open_service(database: Path, base_url: str) -> Iterator[Server]:
    """Yield the service as it is shipped, with its log, over ``database`` and ``base_url``."""
    settings = {"READOUT_DATABASE_URL": f"sqlite:///{database}", "OPENAI_BASE_URL": base_url}
    arguments = ["-m", "service.cli", "serve", "--host", "127.0.0.1", "--port", "0"]
    # In the database's folder there is no .env of the user's.
    with open_server(arguments, settings=settings, folder=database.parent) as server:
        yield server


@contextmanager
def open_rival(name: str, *, summary: bytes = b"", base_url: str = "") -> Iterator[Server]:
    """Yield the rival ``name`` of ``tests.bench.rivals``; each is told what it needs."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "summary.json"
        path.write_bytes(summary)
        with open_server(["-m", "tests.bench.rivals", name, str(path), base_url]) as server:
            yield server


@contextmanager
def open_endpoint(reply: str, *, delay_s: float = 0.0) -> Iterator[str]:
    """Yield the address, with /v1, of a stand-in that says ``reply`` after ``delay_s``."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "reply.txt"
        path.write_text(reply, encoding="utf-8")
        arguments = ["-m", "tests.standin", "--say", str(path), "--delay", str(delay_s)]
        with open_server(arguments) as server:
            yield f"http://127.0.0.1:{server.port}/v1"


def _await_port(process: subprocess.Popen[bytes], log: Path) -> int:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        found = _ADDRESS.search(log.read_text(encoding="utf-8"))
        if found:
            return int(found[1])
        time.sleep(0.02)
    raise RuntimeError(f"no server came up:\n{log.read_text(encoding='utf-8')[-2_000:]}")
