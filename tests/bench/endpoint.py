"""A stand-in endpoint for many calls at once: one event loop, a fixed answer, next to no CPU.

Owns what it answers, and when: each call after the same delay, some with a fault. It counts what
it was asked, and notes when. ``python -m tests.bench.endpoint FILE DELAY_S [faults]`` says the
reply in ``FILE``, and names its address; ``GET /`` tells what was counted.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import cast

import uvloop

from tests.standin import Answer, complete, fail

THROTTLED_EVERY, FAILED_EVERY = 50, 100
"""Of so many calls one is answered with 429, and one with 500."""
RETRY_AFTER_S = 1


class Endpoint:
    """What was asked so far, and how the next call is answered."""

    def __init__(self, reply: str, delay_s: float, *, has_faults: bool) -> None:
        self.delay_s = delay_s
        self._good = _write(complete(reply))
        self._throttled = _write(fail(429, headers={"retry-after": str(RETRY_AFTER_S)}))
        self._failed = _write(fail(500))
        self._has_faults = has_faults
        self._calls = 0
        self._faults = 0
        self._now = self._most = 0
        self._first_s = self._last_s = 0.0

    def begin(self) -> bytes:
        """Count a call; return the bytes that answer it."""
        self._calls += 1
        self._now += 1
        self._most = max(self._most, self._now)
        self._first_s = self._first_s or time.monotonic()
        answer = self._choose(self._calls)
        self._faults += answer is not self._good
        return answer

    def end(self) -> None:
        """Note that a call was answered."""
        self._now -= 1
        self._last_s = time.monotonic()

    def report(self) -> bytes:
        """Return what was counted, and begin anew."""
        counted = {
            "calls": self._calls,
            "faults": self._faults,
            "most_at_once": self._most,
            "wall_s": self._last_s - self._first_s,
        }
        self._calls = self._faults = self._most = 0
        self._first_s = self._last_s = 0.0
        return _write(Answer(json.dumps(counted).encode()))

    def _choose(self, number: int) -> bytes:
        if not self._has_faults:
            return self._good
        # Apart from each other, and none at the very beginning.
        if number % THROTTLED_EVERY == THROTTLED_EVERY // 2:
            return self._throttled
        return self._failed if number % FAILED_EVERY == 0 else self._good


def _write(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} -", "content-type: application/json"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    lines += [f"content-length: {len(answer.body)}", "", ""]
    return "\r\n".join(lines).encode() + answer.body


class _Connection(asyncio.Protocol):
    """One connection that is kept alive; its calls come one after the other."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._received = bytearray()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop has classes of its own

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._received[:end]).lower()
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
        if len(self._received) >= end + 4 + length:
            self._received.clear()
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        if head.startswith(b"get "):
            self._write(self._endpoint.report())
            return
        answer = self._endpoint.begin()
        asyncio.get_running_loop().call_later(self._endpoint.delay_s, self._end, answer)

    def _end(self, answer: bytes) -> None:
        self._endpoint.end()
        self._write(answer)

    def _write(self, answer: bytes) -> None:
        assert self._transport is not None
        self._transport.write(answer)


async def serve(endpoint: Endpoint) -> None:
    """Serve until the process ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(endpoint), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}/v1", flush=True)  # noqa: T201  # a command's voice
    await server.serve_forever()


def main() -> None:
    """Serve the reply that is named."""
    path, delay_s, *faults = sys.argv[1:]
    reply = Path(path).read_text(encoding="utf-8")
    uvloop.run(serve(Endpoint(reply, float(delay_s), has_faults=bool(faults))))


if __name__ == "__main__":
    main()
