"""Hits while the embedded reader reads: how long a stored summary is waited for beside it.

A crowd in another process keeps 64 articles in flight, no sentence of which was seen before; one
stored article is asked for again and again beside it. On a machine of two cores, service, rules,
crowd and whoever measures share them.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.crowding import Stage
from tests.bench.examining import SAMPLES, load_sample
from tests.bench.latencies import print_latencies
from tests.bench.measuring import print_verdict
from tests.bench.servers import open_service

BOUND = 3.0
"""Most by which the p99 of hits may grow beside a crowd."""


def measure(*, rounds: int = 3, alone_s: float = 4.0, beside_s: float = 7.0) -> None:
    """Measure and print."""
    text, _draft = load_sample(SAMPLES[0])
    with TemporaryDirectory() as scratch:
        body = Path(scratch) / "article.json"
        body.write_text(json.dumps({"text": text}), encoding="utf-8")
        with open_service(Path(scratch) / "readout.db", base_url="") as service:
            stage = Stage("embedded reader", service, body, "words")
            for _ in range(rounds):
                stage.play(alone_s=alone_s, beside_s=beside_s)
    alone, beside = stage.describe()
    print_latencies("Hits while the embedded reader reads", [alone, beside])
    ratio = beside.find_ms(0.99) / alone.find_ms(0.99)
    print_verdict(f"p99 {ratio:.1f} × that alone; bound {BOUND:g}", good=ratio <= BOUND)


if __name__ == "__main__":
    measure()
