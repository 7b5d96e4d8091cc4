"""Lists of items over 100,000 of them against 1,000: the same questions, asked in turns.

Two services stand over two databases that were filled through the store itself. Asked are each
filter alone, filters together, those that nothing or one item fits, and pages far down.
"""

import asyncio
import json
import math
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from tests.bench import filling
from tests.bench.latencies import Latencies, find_quantile_ms, print_latencies
from tests.bench.load import Connection, build_get
from tests.bench.measuring import print_verdict
from tests.bench.servers import Server, open_service

BOUND = 2.0
SMALL, LARGE = 1_000, 100_000
NOWHERE = "http://127.0.0.1:9/v1"
"""An endpoint that nobody listens at, and nobody asks."""
_WALK = 500
"""Rows of a page on the way down to a cursor."""

QUERIES = {
    "everything": "",
    "everything, 500 rows": "limit=500",
    "country, common": "country=CN",
    "country, scarce": "country=AU",
    "country, of one item": f"country={filling.RARE_COUNTRY}",
    "country, of none": "country=ZW",
    "list": "list=tariffs",
    "topic": "topic=agriculture",
    "topic, of one item": f"topic={filling.RARE_TOPIC}",
    "product, common": "product=h20",
    "product, of one article": f"product={quote(filling.name_own_product(7))}",
    "product, of one item": f"product={filling.RARE_PRODUCT}",
    "product, of none": "product=abacus",
    "status, common": "status=in_force",
    "status, of the older half": f"status={filling.OLD_STATUS}",
    "status, of one item": f"status={filling.RARE_STATUS}",
    "since, all": "since=2017",
    "since, few": "since=2025-12-05",
    "since, none": "since=2031",
    "list, country, topic, since": "list=commitments&country=CN&topic=agriculture&since=2025-06",
    "country, status": "country=US&status=in_force",
    "list, country, status, since": "list=tariffs&country=AU&status=rejected&since=2020",
    "all but topic": "list=chip_policies&country=CN&product=H20&status=threatened&since=2019",
    "list and topic that never meet": "list=tariffs&topic=chips",
    "country and list that never meet": f"country={filling.APART}&list=chip_policies",
    "never meet, since": f"country={filling.APART}&list=chip_policies&since=2018",
    "rare and common that never meet": f"country={filling.RARE_COUNTRY}&list=tariffs",
    "half-way": "cursor={middle}",
    "half-way, country, list": "cursor={middle}&country=CN&list=tariffs",
    "half-way, never meet": f"cursor={{middle}}&country={filling.APART}&list=chip_policies",
    "near the end": "cursor={last}",
    "near the end, country, status": "cursor={last}&country=CN&status=in_force",
}
"""Questions by name; ``{middle}`` and ``{last}`` are cursors, each database's own."""


class Library:
    """A service over a database of so many items, and what its answers took so far."""

    def __init__(self, items: int, server: Server, connection: Connection) -> None:
        self.items = items
        self._server = server
        self._connection = connection
        self._requests = build_requests(connection, items)
        self.rows = {name: self._count_rows(name) for name in QUERIES}
        self.taken: dict[str, list[float]] = {name: [] for name in QUERIES}
        self._begun_s = server.read_cpu_s()

    def ask(self, name: str) -> None:
        """Ask the question ``name``, and note the seconds."""
        self.taken[name].append(self._connection.time(self._requests[name]))

    def sum_up(self) -> Latencies:
        """Return what all questions took together, and the CPU of one."""
        seconds = [one for times in self.taken.values() for one in times]
        cpu_ms = (self._server.read_cpu_s() - self._begun_s) / len(seconds) * 1_000
        return Latencies(f"{self.items:,} items", seconds, f"{cpu_ms:.2f} ms of CPU each")

    def _count_rows(self, name: str) -> int:
        return len(json.loads(self._connection.send(self._requests[name]).body)["items"])


def measure(*, rounds: int = 40) -> None:
    """Measure and print the comparison."""
    with TemporaryDirectory() as scratch, ExitStack() as stack:
        # A connection that was open while the other database is filled would be closed meanwhile.
        databases = {items: fill_database(Path(scratch), items) for items in (SMALL, LARGE)}
        libraries = [open_library(stack, path, items) for items, path in databases.items()]
        for _ in range(rounds):
            for name in QUERIES:
                for library in libraries:
                    library.ask(name)
        totals = [library.sum_up() for library in libraries]
    print_kinds(*libraries)
    print_latencies("GET /v1/items, all kinds of requests together", totals)
    ratio = totals[1].find_ms(0.95) / totals[0].find_ms(0.95)
    print_verdict(
        f"p95 {ratio:.2f} × that of {SMALL:,} items; bound {BOUND:g}", good=ratio <= BOUND
    )


def fill_database(scratch: Path, items: int) -> Path:
    """Fill a database of ``items`` items somewhere in ``scratch``; return its path."""
    database = scratch / f"{items}" / "readout.db"
    seconds = asyncio.run(filling.fill_database(database, items))
    print(f"\nfilled {items:,} items in {seconds:.0f} s", end="", flush=True)  # noqa: T201  # a command
    return database


def open_library(stack: ExitStack, database: Path, items: int) -> Library:
    """Serve ``database``, which holds ``items`` items, until ``stack`` ends."""
    server = stack.enter_context(open_service(database, NOWHERE))
    return Library(items, server, stack.enter_context(Connection(server.port)))


def build_requests(connection: Connection, items: int) -> dict[str, bytes]:
    """Return the bytes of every question, with the cursors of a database of ``items`` items."""
    middle = _walk(connection, items // 2)
    last = _walk(connection, items - 100)
    return {
        name: build_get(f"/v1/items?{query.format(middle=middle, last=last)}")
        for name, query in QUERIES.items()
    }


def _walk(connection: Connection, depth: int) -> str:
    """Return the cursor of the page that begins below ``depth`` items."""
    cursor = ""
    for page in range(math.ceil(depth / _WALK)):
        rows = min(_WALK, depth - page * _WALK)
        body = connection.send(build_get(f"/v1/items?limit={rows}{cursor}")).body
        cursor = f"&cursor={json.loads(body)['next']}"
    return cursor.removeprefix("&cursor=")


def print_kinds(small: Library, large: Library) -> None:
    """Print what each kind of question gave, and took in medians and p95."""
    title = f"GET /v1/items: {small.items:,} and {large.items:,} items"
    print(f"\n{title:<42}{'rows':>10}{'p50':>15}{'p95':>31}")  # noqa: T201  # a command's voice
    for name in QUERIES:
        shown = [f"  {name:<40}{small.rows[name]:5}{large.rows[name]:5}"]
        for share in (0.5, 0.95):
            few, many = (find_quantile_ms(one.taken[name], share) for one in (small, large))
            shown.append(f"{few:8.2f}{many:8.2f} ms{many / few:8.2f} ×")
        print("  ".join(shown))  # noqa: T201  # as above


if __name__ == "__main__":
    measure()
