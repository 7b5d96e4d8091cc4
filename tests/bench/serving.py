"""CPU of a summary that is served from the cache: bare endpoints, a usual route, and ours.

All answer the same POST of a 4.8 kB article with the same bytes, over one connection that is
kept alive. The bare ones do not look at what is sent; ours is the service as shipped.
"""

import gc
import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.examining import SAMPLES, load_sample
from tests.bench.load import Connection, build_post
from tests.bench.measuring import Line, print_lines, take_median
from tests.bench.servers import Server, open_endpoint, open_rival, open_service

BOUND = 2.5
HIT = b"cache-status: readout; hit"
OURS = "Readout"
RIVALS = {
    "bare FastAPI, bytes": "fastapi",
    "bare Starlette, bytes": "starlette",
    "FastAPI, models and a dictionary": "home-made",
}


def measure(*, rounds: int = 61, calls: int = 100) -> None:
    """Measure and print the comparison."""
    text, draft = load_sample(SAMPLES[0])
    request = build_post(json.dumps({"text": text}).encode())
    with TemporaryDirectory() as scratch, ExitStack() as stack:
        base_url = stack.enter_context(open_endpoint(draft.model_dump_json()))
        ours = stack.enter_context(open_service(Path(scratch) / "readout.db", base_url))
        summary = _read_first(ours, request)
        servers = {
            name: stack.enter_context(open_rival(rival, summary=summary))
            for name, rival in RIVALS.items()
        }
        results = race_servers({**servers, OURS: ours}, request, rounds=rounds, calls=calls)
    base = next(iter(results.values()))
    lines = [
        Line(name, cpu_ms, cpu_ms / base, BOUND if name == OURS else None)
        for name, cpu_ms in results.items()
    ]
    print_lines("CPU of a cached POST, 4.8 kB article (ratio to bare FastAPI)", lines)


def _read_first(server: Server, request: bytes) -> bytes:
    """Return the summary that ``server`` makes of ``request``; from then on it is a hit."""
    with Connection(server.port) as connection:
        made = connection.send(request)
        again = connection.send(request)
    assert HIT in again.head
    assert again.body == made.body
    return made.body


def race_servers(
    servers: Mapping[str, Server], request: bytes, *, rounds: int, calls: int
) -> dict[str, float]:
    """Return each server's CPU milliseconds a request; they take turns, round by round.

    The first round is not counted.
    """
    samples: dict[str, list[float]] = {name: [] for name in servers}
    with ExitStack() as stack:
        connections = {
            name: stack.enter_context(Connection(server.port)) for name, server in servers.items()
        }
        for _ in range(rounds + 1):
            for name, server in servers.items():
                gc.collect()
                before_s = server.read_cpu_s()
                for _ in range(calls):
                    connections[name].send(request)
                samples[name].append((server.read_cpu_s() - before_s) / calls)
    return {name: take_median(times[1:]) for name, times in samples.items()}


if __name__ == "__main__":
    measure()
