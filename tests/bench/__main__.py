"""``make bench``: every comparison, one after the other; each module is a command too."""

import asyncio

from tests.bench import (
    batch,
    comparing,
    crowding,
    documents,
    embedded,
    embedded_serving,
    examining,
    judging,
    listing,
    reader,
    serving,
    starting,
)

asyncio.run(reader.measure())
examining.measure()
starting.measure()
serving.measure()
crowding.measure()
embedded.measure()
embedded_serving.measure()
listing.measure()
asyncio.run(documents.measure())
comparing.measure()
judging.measure()
batch.measure()
