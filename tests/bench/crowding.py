"""Hits while misses are in flight: how long a stored summary is waited for at a busy service.

A crowd in another process keeps 64 articles in flight, each of which the endpoint, in a third,
answers after half a second; one stored article is asked for again and again beside it. Ours
examines, derives and stores every reading; plain instructor keeps what it parsed in memory.
"""

import json
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.examining import SAMPLES, load_sample
from tests.bench.latencies import Latencies, print_latencies
from tests.bench.load import CROWD, Connection, Way, build_post, count_read, open_crowd
from tests.bench.servers import Server, open_endpoint, open_rival, open_service

ENDPOINT_S = 0.5
PAUSE_S = 0.005
"""Seconds between two hits: they are to find the service busy, not to make it so."""


class Stage:
    """A server, and what its hits took so far."""

    def __init__(self, name: str, server: Server, body: Path, way: Way = "line") -> None:
        self._name = name
        self._way: Way = way
        self._server = server
        self._body = body
        self._alone: list[float] = []
        self._beside: list[float] = []
        self._read = 0
        self._pressed_s = 0.0
        self._cpu_s = 0.0
        self._ask_once()

    def play(self, *, alone_s: float, beside_s: float) -> None:
        """Take hits for a while, then beside a crowd, over one connection."""
        with Connection(self._server.port) as connection:
            self._alone += self._hit(connection, alone_s)
            cpu_s, started = self._server.read_cpu_s(), time.monotonic()
            with open_crowd(self._server.port, self._body, beside_s, self._way) as crowd:
                self._beside += self._hit(connection, beside_s)
                self._read += count_read(crowd)
            self._pressed_s += time.monotonic() - started
            self._cpu_s += self._server.read_cpu_s() - cpu_s

    def describe(self) -> tuple[Latencies, Latencies]:
        """Return what hits took alone and beside the crowd, and how fast that was read.

        The CPU of an article is all that the server's own process used, hits included.
        """
        speed = (
            f"{self._read / self._pressed_s:.0f} articles a second, "
            f"{self._cpu_s / self._read * 1_000:.0f} ms of CPU each"
        )
        return (
            Latencies(f"{self._name}, alone", self._alone),
            Latencies(f"{self._name}, beside {CROWD} misses", self._beside, speed),
        )

    def _ask_once(self) -> None:
        with Connection(self._server.port) as connection:
            connection.send(build_post(self._body.read_bytes()))

    def _hit(self, connection: Connection, seconds: float) -> list[float]:
        request = build_post(self._body.read_bytes())
        ends_at = time.monotonic() + seconds
        taken = []
        while time.monotonic() < ends_at:
            taken.append(connection.time(request))
            time.sleep(PAUSE_S)
        return taken


def measure(*, rounds: int = 2, alone_s: float = 2.0, beside_s: float = 7.0) -> None:
    """Measure and print the comparison."""
    text, draft = load_sample(SAMPLES[0])
    with TemporaryDirectory() as scratch, ExitStack() as stack:
        folder = Path(scratch)
        body = folder / "article.json"
        body.write_text(json.dumps({"text": text}), encoding="utf-8")
        endpoint = open_endpoint(draft.model_dump_json(), delay_s=ENDPOINT_S)
        base_url = stack.enter_context(endpoint)
        ours = stack.enter_context(open_service(folder / "readout.db", base_url))
        plain = stack.enter_context(open_rival("plain-instructor", base_url=base_url))
        stages = [Stage("plain instructor", plain, body), Stage("Readout", ours, body)]
        for _ in range(rounds):
            for stage in stages:
                stage.play(alone_s=alone_s, beside_s=beside_s)
    rows = [row for stage in stages for row in stage.describe()]
    print_latencies(f"Hits while {CROWD} misses are in flight", rows)


if __name__ == "__main__":
    measure()
