"""``make bench``: every comparison, one after the other; each module is a command too."""

import asyncio

from tests.bench import crowding, examining, listing, reader, serving, starting

asyncio.run(reader.measure())
examining.measure()
starting.measure()
serving.measure()
crowding.measure()
listing.measure()
