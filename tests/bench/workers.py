"""A batch done by three workers of which one is killed: what is lost, and what is paid twice.

``python -m tests.bench.workers [--articles N] [--latency S] [--concurrency N] [--restart]``

Owns a PostgreSQL server, an endpoint that counts who asks for what, and the processes. The bound
on repeats is what the killed worker had in flight, or had answered and not recorded yet.
"""

import argparse
import asyncio
import json
import re
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.servers import ROOT, make_environment
from tests.builders import ARTICLE_TEXT, build_draft
from tests.postgres import Server, find_programs
from tests.standin import complete

WORKERS = 3
COMMAND = [sys.executable, "-m", "service.cli"]
_NUMBER = re.compile(rb"It is number (\d+) of its kind")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Options(NamedTuple):
    """What a run is of."""

    articles: int
    latency_s: float
    concurrency: int
    restart: bool


class Endpoint:
    """An endpoint that answers after a while, and counts how often each article was asked for."""

    def __init__(self, latency_s: float) -> None:
        self.asked: Counter[int] = Counter()
        self._latency_s = latency_s
        self._news = asyncio.Condition()
        body = complete(build_draft().model_dump_json()).body
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
        self._answer = f"{head}\r\n\r\n".encode() + body

    async def open(self) -> str:
        """Listen; return the address, with /v1."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1_000_000)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def wait_for(self, count: int) -> None:
        """Return once so many requests have come."""
        async with self._news:
            await self._news.wait_for(lambda: self.asked.total() >= count)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length[1]) if length else 0)
                number = _NUMBER.search(body)
                async with self._news:
                    self.asked[int(number[1]) if number else -1] += 1
                    self._news.notify_all()
                await asyncio.sleep(self._latency_s)
                writer.write(self._answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


async def measure(options: Options, folder: Path, server: Server) -> None:
    """Run the batch, kill a worker on the way, and print what came of it."""
    articles = folder / "articles"
    articles.mkdir()
    for number in range(options.articles):
        text = f"{ARTICLE_TEXT}\n\nIt is number {number} of its kind.\n"
        (articles / f"{number:05}.txt").write_text(text, encoding="utf-8")
    endpoint = Endpoint(options.latency_s)
    settings = {
        "OPENAI_BASE_URL": await endpoint.open(),
        "READOUT_DATABASE_URL": server.name_url(),
        "READOUT_CONCURRENCY": str(options.concurrency),
        "PYTHONPATH": str(ROOT),
    }
    await (await _start(settings, folder, "store", "migrate")).wait()
    workers = [await _start(settings, folder, "worker") for _ in range(WORKERS)]
    started_s = time.monotonic()
    out = folder / "out.jsonl"
    batch = await _start(settings, folder, "batch", str(articles), "-o", str(out))
    await endpoint.wait_for(options.articles // 3)
    workers[0].send_signal(signal.SIGKILL)
    if options.restart:
        await endpoint.wait_for(options.articles // 2)
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
    code = await batch.wait()
    elapsed_s = time.monotonic() - started_s
    for worker in workers[1:]:
        worker.send_signal(signal.SIGINT)
    codes = [await worker.wait() for worker in workers]
    ids = [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()]
    repeats = endpoint.asked.total() - len(endpoint.asked)
    print(  # noqa: T201  # a command
        f"{options.articles} articles of {options.latency_s} s, {WORKERS} workers with "
        f"{options.concurrency} places each, one killed: {elapsed_s:.1f} s, exit code {code}, "
        f"workers' {codes}\n"
        f"results: {len(ids)}, of {len(set(ids))} articles; lost: "
        f"{options.articles - len(set(ids))}\n"
        f"asked: {endpoint.asked.total()}, repeated: {repeats} (bound: {options.concurrency} "
        f"in flight or not recorded); most for one article: {max(endpoint.asked.values())}"
    )


async def _start(settings: dict[str, str], folder: Path, *arguments: str) -> Process:
    environment = make_environment(settings)
    return await asyncio.create_subprocess_exec(
        *COMMAND, *arguments, cwd=folder, env=environment, stdin=DEVNULL
    )


def main() -> None:
    """Measure once, as the command line says."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--latency", type=float, default=0.3)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--restart", action="store_true", help="restart the server on the way")
    given = parser.parse_args()
    options = Options(given.articles, given.latency, given.concurrency, given.restart)
    server = Server(find_programs())
    try:
        server.start()
        with TemporaryDirectory() as folder:
            asyncio.run(measure(options, Path(folder), server))
    finally:
        server.remove()


if __name__ == "__main__":
    main()
