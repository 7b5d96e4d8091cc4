"""A stand-in for an LLM endpoint: a real HTTP server on loopback that plays what it is given.

Owns two ways of answering: a script (answers in order, whatever is asked) and recordings (the
answer whose recorded request equals the one that arrives, else a 400 that says so). It can
also misbehave: hang, or reset the connection.

``python -m tests.standin [--port N]`` plays the recordings until it is interrupted.
"""

import argparse
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

RECORDINGS = Path(__file__).parent / "recorded" / "exchanges"
"""Where the recorded exchanges stand, one JSON file each."""


class Answer(NamedTuple):
    """What the stand-in does with one request."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    fault: Literal["none", "hang", "late", "reset", "drip"] = "none"
    delay_s: float = 0.0


class Received(NamedTuple):
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    def parse(self) -> Any:
        """Return the body's JSON."""
        return json.loads(self.body)


def complete(
    content: str | None,
    *,
    model: str = "stand-in",
    finish_reason: str = "stop",
    refusal: str | None = None,
    prompt_tokens: int = 100,
    completion_tokens: int = 10,
) -> Answer:
    """Return a chat completion that says ``content``."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return Answer(
        json.dumps(
            {
                "id": "chatcmpl-standin",
                "object": "chat.completion",
                "created": 1764979200,
                "model": model,
                "choices": [
                    {
                        "index": 0,
                        "message": message,
                        "finish_reason": finish_reason,
                        "logprobs": None,
                    }
                ],
                "usage": {
                    "prompt_tokens": prompt_tokens,
                    "completion_tokens": completion_tokens,
                    "total_tokens": prompt_tokens + completion_tokens,
                },
            }
        ).encode()
    )


def fail(
    status: int, *, code: str | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Return an error in the vendor's documented shape."""
    error = {"message": "made up", "type": "invalid_request_error", "param": None, "code": code}
    return Answer(json.dumps({"error": error}).encode(), status, dict(headers or {}))


NOT_RECORDED = fail(400, code="not_recorded")
"""The answer to a request that no recording matches."""


class StandIn:
    """The server; use it as a context manager. ``received`` holds the requests in order."""

    def __init__(self, respond: Callable[[Received], Answer], *, port: int = 0) -> None:
        self.received: list[Received] = []
        self.unanswered: list[Received] = []
        self._respond = respond
        self.released = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def base_url(self) -> str:
        """The address to configure, with /v1."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def wait(self) -> None:
        """Serve until interrupted."""
        self._thread.join()

    def answer(self, received: Received) -> Answer:
        """Note the request, and return what is to be done with it."""
        with self._lock:
            self.received.append(received)
            answer = self._respond(received)
            if answer is NOT_RECORDED:
                self.unanswered.append(received)
            return answer


class _Server(ThreadingHTTPServer):
    """The HTTP server of one stand-in."""

    daemon_threads = True

    def __init__(self, stand_in: StandIn, port: int) -> None:
        self.stand_in = stand_in
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection as its stand-in says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        answer = self.server.stand_in.answer(Received(self.path, dict(self.headers), body))
        if answer.fault == "hang":
            self.server.stand_in.released.wait(60)
            self.close_connection = True
        elif answer.fault == "reset":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
            self.close_connection = True
        else:
            if answer.fault == "late":
                self.server.stand_in.released.wait(60)
            if answer.delay_s:
                self.server.stand_in.released.wait(answer.delay_s)
            self._write(answer)

    def _write(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in {"content-type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        with suppress(ConnectionError):
            if answer.fault == "drip":
                self._drip(answer.body)
            self.wfile.write(answer.body)

    def _drip(self, body: bytes) -> None:
        """Write a byte now and then, until the stand-in ends or the body does."""
        for byte in body:
            self.wfile.write(bytes([byte]))
            if self.server.stand_in.released.wait(0.1):
                return

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            # A connection that was reset on purpose cannot be flushed.
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Stay silent."""


def play(answers: Iterable[Answer]) -> Callable[[Received], Answer]:
    """Answer in order, whatever is asked; a request too many is a 400."""
    script = iter(answers)
    return lambda _received: next(script, fail(400, code="script_is_over"))


def replay(folder: Path = RECORDINGS) -> Callable[[Received], Answer]:
    """Answer with the recorded exchange whose request body is the one that arrives."""
    recorded = {}
    for path in sorted(folder.glob("*.json")):
        exchange = json.loads(path.read_text(encoding="utf-8"))
        recorded[_fingerprint(exchange["request"]["body"])] = exchange["response"]

    def respond(received: Received) -> Answer:
        response = recorded.get(_fingerprint(received.parse()))
        if response is None:
            return NOT_RECORDED
        return Answer(
            json.dumps(response["body"]).encode(), response["status"], response["headers"]
        )

    return respond


def _fingerprint(body: object) -> str:
    """Return what two bodies share when they are the same, the order of members included."""
    return json.dumps(body)


def _repeat(path: Path, delay_s: float) -> Callable[[Received], Answer]:
    answer = complete(path.read_text(encoding="utf-8"))._replace(delay_s=delay_s)
    return lambda _received: answer


def _run(command: Sequence[str], base_url: str) -> int:
    """Run ``command`` against the stand-in alone: no setting, proxy or ``.env`` of the user's."""
    prefixes = ("OPENAI_", "READOUT_")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(prefixes) and not name.upper().endswith("_PROXY")
    }
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'readout.db'}"
        environment |= {"OPENAI_BASE_URL": base_url, "READOUT_DATABASE_URL": database}
        with subprocess.Popen(command, env=environment, cwd=folder) as process:
            return _wait(process)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Return the exit code; a Ctrl-C is the command's own matter, which it gets too."""
    while True:
        with suppress(KeyboardInterrupt):
            return process.wait()


def main() -> int:
    """Play the recordings on loopback: until interrupted, or for as long as a command runs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--say", type=Path, help="a file: give its text as the reply to all")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before what --say gives")
    parser.add_argument("--run", nargs=argparse.REMAINDER, help="a command to run against it")
    options = parser.parse_args()
    respond = _repeat(options.say, options.delay) if options.say else replay()
    with StandIn(respond, port=options.port) as stand_in:
        if options.run:
            return _run(options.run, stand_in.base_url)
        print(f"export OPENAI_BASE_URL={stand_in.base_url}", flush=True)  # noqa: T201  # a command
        try:
            stand_in.wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
