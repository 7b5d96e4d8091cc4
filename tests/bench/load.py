"""Requests: one connection that is timed, and a crowd that keeps a service busy.

Owns the client's side of HTTP/1.1, as little of it as these servers need, so that what is timed
is the server. ``python -m tests.bench.load PORT BODY SECONDS WAY`` is the crowd, in its own
process: it says ``begun``, and at the end how many of its articles were read.
"""

import asyncio
import itertools
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

CROWD = 64
"""Articles that the crowd keeps in flight."""
_SPREAD_S = 0.5
"""Seconds over which the crowd sets in: it comes one by one, not as a wave."""


def add_line(text: str, number: int) -> str:
    """Return ``text`` with a last line of its own: what quotes the rest still quotes it."""
    return f"{text}\n\nFiled under number {number}."


def add_words(text: str, number: int) -> str:
    """Return ``text`` with a made-up word at the end of each sentence: none was seen before."""
    word = "q" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return re.sub(r"(?<=[a-z])\. ", f" {word}. ", text)


Way = Literal["line", "words"]
_WAYS: dict[str, Callable[[str, int], str]] = {"line": add_line, "words": add_words}
"""How one article of the crowd differs from another."""


class Reply(NamedTuple):
    """What came back: the status line and headers, lower-cased, and the body."""

    head: bytes
    body: bytes


def build_post(body: bytes, path: str = "/v1/summaries") -> bytes:
    """Return the bytes of a POST of ``body``, which is JSON."""
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def build_get(path: str) -> bytes:
    """Return the bytes of a GET of ``path``, its query included."""
    return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode()


def _parse_head(head: bytes) -> tuple[bytes, int]:
    """Return the head in lower case, and the length of the body that follows it."""
    head = head.lower()
    status = head.split(b" ", 2)[1]
    if status != b"200":
        raise RuntimeError(f"not answered: {head.decode('latin-1')}")
    return head, int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])


class Connection:
    """One connection that is kept alive; use it as a context manager."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def send(self, request: bytes) -> Reply:
        """Send ``request``; return its reply, whole. ``RuntimeError`` where it is no 200."""
        self._socket.sendall(request)
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head, length = _parse_head(bytes(received[:end]))
        while len(received) < end + 4 + length:
            received += self._receive()
        return Reply(head, bytes(received[end + 4 :]))

    def time(self, request: bytes) -> float:
        """Return the seconds from sending ``request`` to having its reply."""
        started = time.perf_counter()
        self.send(request)
        return time.perf_counter() - started

    def _receive(self) -> bytes:
        received = self._socket.recv(1 << 18)
        if not received:
            raise RuntimeError("the server closed the connection")
        return received


@contextmanager
def open_crowd(
    port: int, body: Path, seconds: float, way: Way = "line"
) -> Iterator[subprocess.Popen[str]]:
    """Yield the crowd's process once it has begun; it ends by itself after ``seconds``."""
    command = [sys.executable, "-m", "tests.bench.load", str(port), str(body), str(seconds), way]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "begun":
            raise RuntimeError("the crowd did not come")
        try:
            yield process
        finally:
            process.terminate()


def count_read(crowd: subprocess.Popen[str]) -> int:
    """Wait for the crowd's end; return how many of its articles were read."""
    assert crowd.stdout is not None
    return int(crowd.stdout.readline())


async def press(port: int, article: dict[str, str], seconds: float, way: str) -> int:
    """Keep ``CROWD`` articles in flight, none like another; return how many were read.

    All of them are waited for, so that it takes somewhat longer than ``seconds``.
    """
    numbers = itertools.count(1)
    ends_at = time.monotonic() + _SPREAD_S + seconds
    finished = 0

    async def work(waits_s: float) -> None:
        nonlocal finished
        await asyncio.sleep(waits_s)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < ends_at:
            text = _WAYS[way](article["text"], int(f"{os.getpid()}{next(numbers):06}"))
            writer.write(build_post(json.dumps({**article, "text": text}).encode()))
            _head, length = _parse_head(await reader.readuntil(b"\r\n\r\n"))
            await reader.readexactly(length)
            finished += 1
        writer.close()

    workers = [asyncio.ensure_future(work(_SPREAD_S * at / CROWD)) for at in range(CROWD)]
    await asyncio.sleep(_SPREAD_S)
    print("begun", flush=True)  # noqa: T201  # what the other process waits for
    await asyncio.gather(*workers)
    return finished


def main() -> None:
    """Press until the time is over, and say how many articles were read."""
    port, body, seconds, way = sys.argv[1:]
    article = json.loads(Path(body).read_bytes())
    print(asyncio.run(press(int(port), article, float(seconds), way)), flush=True)  # noqa: T201  # as above


if __name__ == "__main__":
    main()
