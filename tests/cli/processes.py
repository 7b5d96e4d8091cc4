"""``readout`` as a user runs it: processes of their own.

Owns how one is started, watched and ended. What it prints is the tests' matter.
"""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import NamedTuple, Self

import httpx2

from tests.standin import Answer, StandIn, play

COMMAND = [sys.executable, "-W", "error", "-m", "service.cli"]
"""``readout``, with warnings as errors."""
PATIENCE_S = 90
"""Seconds after which a process that should have ended is taken for one that hangs."""


class Result(NamedTuple):
    """What a finished process left behind."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """Return standard error on one line; fails where it is a traceback."""
        assert "Traceback" not in self.err, self.err
        return " ".join(self.err.split())


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Result:
    """Run ``readout`` with ``arguments``."""
    process = subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "COLUMNS": "100", **environment},
        check=False,
        timeout=PATIENCE_S,
    )
    return Result(process.returncode, process.stdout.decode(), process.stderr.decode())


def run_with(answers: Iterable[Answer], *arguments: str, stdin: bytes = b"", **more: str) -> Result:
    """Run ``readout`` with an endpoint that gives ``answers``."""
    with StandIn(play(answers)) as stand_in:
        return run(*arguments, stdin=stdin, OPENAI_BASE_URL=stand_in.base_url, **more)


class Service:
    """A ``readout serve`` that runs while the context lasts, at a free port of its own."""

    command: Sequence[str] = ("serve", "--port", "0")
    ready = "Try it:"

    def __init__(self, *arguments: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, *self.command, *arguments],
            env={**os.environ, **environment},
            stderr=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._lines: list[str] = []
        self._news = threading.Condition()
        self._has_ended = False
        self._reader = threading.Thread(target=self._collect)

    def __enter__(self) -> Self:
        self._reader.start()
        self.wait_for(self.ready)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._reader.join()
        self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    @property
    def said(self) -> str:
        """Return what it has written to standard error so far."""
        return "".join(self._lines)

    @property
    def url(self) -> str:
        """Return the address that it announced."""
        found = re.search(r"listens at (http://\S+?)[,;]", self.said)
        assert found is not None, self.said
        return found.group(1)

    def open_client(self) -> httpx2.Client:
        """Return a client of it, which waits as long as it takes."""
        return httpx2.Client(base_url=self.url, timeout=PATIENCE_S)

    def wait_for(self, words: str) -> None:
        """Wait until standard error has ``words``; fail where it ends without them."""
        with self._news:
            heard = self._news.wait_for(lambda: words in self.said or self._has_ended, PATIENCE_S)
        assert heard, f"nothing like {words!r} after {PATIENCE_S} s"
        assert words in self.said, self.said

    def signal(self, sign: signal.Signals) -> None:
        """Send it ``sign``."""
        self._process.send_signal(sign)

    def finish(self) -> Result:
        """Return what it left behind, once it has ended of itself."""
        code = self._process.wait(timeout=PATIENCE_S)
        self._reader.join(timeout=PATIENCE_S)
        return Result(code, "", self.said)

    def _collect(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            with self._news:
                self._lines.append(line)
                self._news.notify_all()
        with self._news:
            self._has_ended = True
            self._news.notify_all()


class WorkerProcess(Service):
    """A ``readout worker`` that runs while the context lasts."""

    command = ("worker",)
    ready = "takes articles"
