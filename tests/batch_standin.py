"""A stand-in for a Batch API: a real HTTP server on loopback that has files and batches.

Owns the vendor's shapes: OpenAI API reference, "Files", "Batch". A batch is over as soon as it is
asked for; its answers come in the reverse order of its requests, replies in one file and errors in
another.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.standin import Answer, Received, replay

Line = dict[str, Any]
AnswerLine = Callable[[Line], Line]
"""Makes the answer to one request."""


def answer_line(key: str, body: object, status: int = 200, *, number: int = 1) -> Line:
    """Return the answer of the endpoint to the request ``key``."""
    response = {"status_code": status, "request_id": f"req_{number}", "body": body}
    return {
        "id": f"batch_req_{number}", "custom_id": key, "response": response, "error": None,
    }  # fmt: skip


def error_line(key: str, code: str, *, number: int = 1) -> Line:
    """Return the answer of the batch itself, of a request that it did not make."""
    error = {"code": code, "message": "made up"}
    return {"id": f"batch_req_{number}", "custom_id": key, "response": None, "error": error}


def complete_line(key: str, answer: Answer, *, number: int = 1) -> Line:
    """Return the answer that holds what ``answer`` would have been online."""
    return answer_line(key, json.loads(answer.body), answer.status, number=number)


def write_lines(*lines: Line) -> bytes:
    """Return a file of ``lines``."""
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def replay_lines() -> AnswerLine:
    """Answer with the recorded exchange of the request that the SDK would have sent."""
    respond = replay()

    def answer(line: Line) -> Line:
        body = line["body"]
        # The SDK puts its own parameters first.
        ordered = {"messages": body["messages"], "model": body["model"]}
        sent = json.dumps({**ordered, **body}).encode()
        return complete_line(line["custom_id"], respond(Received(line["url"], {}, sent)))

    return answer


class BatchStandIn:
    """The server's files and batches; ``faults`` are played, by method and path, before others."""

    def __init__(self, answer: AnswerLine) -> None:
        self.answer = answer
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.state = "completed"
        self.errors: list[dict[str, Any]] = []
        self.faults: dict[str, Answer] = {}
        self.base_url = ""

    def handle(self, method: str, path: str, body: bytes) -> Answer:
        """Return what the API says."""
        self.asked.append(f"{method} {path}")
        made = self._handle(method, path.partition("?")[0].removeprefix("/v1"), body)
        return self.faults.pop(f"{method} {path}", made)

    def _handle(self, method: str, path: str, body: bytes) -> Answer:
        match method, *path.strip("/").split("/"):
            case "POST", "files":
                return _say({"object": "file", **self._add_file(_unwrap(body))})
            case "POST", "batches":
                return _say(self._create(json.loads(body)))
            case "GET", "batches":
                listed = list(reversed(self.batches.values()))
                return _say({"object": "list", "data": listed, "has_more": False})
            case "GET", "batches", batch_id if batch_id in self.batches:
                return _say(self.batches[batch_id])
            case "GET", "files", file_id, "content" if file_id in self.files:
                return Answer(self.files[file_id])
        error = {"message": "no such thing", "type": "invalid_request_error", "code": None}
        return Answer(json.dumps({"error": error}).encode(), 404)

    def _add_file(self, content: bytes) -> dict[str, str]:
        file_id = f"file-{len(self.files) + 1}"
        self.files[file_id] = content
        return {"id": file_id}

    def _create(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        requests = [json.loads(line) for line in self.files[wanted["input_file_id"]].splitlines()]
        done = [] if self.state == "failed" else [self.answer(line) for line in requests[::-1]]
        good = [line for line in done if (line["response"] or {}).get("status_code") == 200]
        bad = [line for line in done if line not in good]
        batch_id = f"batch_{len(self.batches) + 1}"
        self.batches[batch_id] = {
            "id": batch_id,
            "object": "batch",
            **wanted,
            "status": self.state,
            "created_at": 1764979200,
            "output_file_id": self._add_file(write_lines(*good))["id"] if good else None,
            "error_file_id": self._add_file(write_lines(*bad))["id"] if bad else None,
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "request_counts": {
                "total": len(requests),
                "completed": len(good),
                "failed": len(bad),
            },
        }
        return self.batches[batch_id]


def _say(document: object) -> Answer:
    return Answer(json.dumps(document).encode())


def _unwrap(form: bytes) -> bytes:
    """Return the file of a multipart form."""
    found = re.search(rb'filename="[^"]*"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', form, re.DOTALL)
    assert found, "the form has no file"
    return found.group(1)


@contextmanager
def serve_batches(answer: AnswerLine) -> Iterator[BatchStandIn]:
    """Serve files and batches for as long as the context lasts."""
    stand_in = BatchStandIn(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def _answer(self, method: str) -> None:
            answer = stand_in.handle(method, self.path, self._read())
            self.send_response_only(answer.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def _read(self) -> bytes:
            if self.headers.get("transfer-encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("content-length", 0)))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base's name
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand_in.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
