"""The signs of life of who has jobs in hand.

Owns how often one is given, and how a worker is called. Who gives none loses its jobs to others.
"""

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress

from service.errors import StoreError
from service.store.jobs import LEASE_S
from service.store.queue import Queue

BEAT_S = LEASE_S / 4
"""Seconds between two signs of life."""


def name_worker() -> str:
    """Return a name that no other worker has, at most 64 characters."""
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:12]}"


@asynccontextmanager
async def keep_leases(
    queue: Queue, worker: str, list_seqs: Callable[[], Sequence[int]]
) -> AsyncIterator[None]:
    """Give signs of life of ``worker``, for the jobs ``list_seqs()``, while the context lasts."""
    async with run_beside(_beat(queue, worker, list_seqs)):
        yield


@asynccontextmanager
async def run_beside(beat: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run ``beat`` until the context ends; what it has raised by then is raised."""
    beating = asyncio.ensure_future(beat)
    try:
        yield
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating


async def _beat(queue: Queue, worker: str, list_seqs: Callable[[], Sequence[int]]) -> None:
    while True:
        await asyncio.sleep(BEAT_S)
        # What cannot be said now is said again soon; if it never can, others take over.
        with suppress(StoreError):
            await queue.extend(worker, list_seqs())
