"""Jobs, and a clock that is moved by hand.

Owns what the tests of batches share.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.article import Article
from schemas.batch import Source
from schemas.problem import Problem
from service.store import Store, open_store
from service.store.batches import BatchHandle, Kind, NewBatch
from service.store.outcomes import NewJob
from tests.unit.data_store import name_url

BATCH = hashlib.sha256(b"batch").hexdigest()[:32]


class Clock:
    """An instant that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 31, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def make_source(name: str = "a.txt", stamp: str = "1") -> Source:
    """Return the source of a file, which need not be there."""
    return Source(name=name, kind="file", path=f"/articles/{name}", stamp=stamp)


def make_job(
    name: str = "a.txt",
    stamp: str = "1",
    *,
    article: Article | None = None,
    problem: Problem | None = None,
) -> NewJob:
    """Return a job that nobody knows yet."""
    return NewJob(make_source(name, stamp), article, problem)


@asynccontextmanager
async def open_queue(tmp_path: Path, clock: Clock | None = None) -> AsyncIterator[Store]:
    """Yield a store whose queue goes by ``clock``."""
    async with open_store(name_url(tmp_path / "readout.db")) as store:
        if clock is not None:
            store.queue._clock = clock
        yield store


async def list_jobs(store: Store, *names: str) -> BatchHandle:
    """Begin a round of the batch with the jobs ``names``."""
    handle = await open_batch(store)
    await store.queue.add(handle, [make_job(name) for name in names])
    await store.queue.seal(handle)
    return handle


async def open_batch(store: Store, kind: Kind = "local") -> BatchHandle:
    """Begin a round of the batch."""
    handle = await store.queue.open_batch(BATCH, NewBatch(kind, "articles/"))
    assert handle is not None
    return handle
