"""``make bench``: every comparison, one after the other."""

import asyncio

from tests.bench import examining, reader, starting

asyncio.run(reader.measure())
examining.measure()
starting.measure()
