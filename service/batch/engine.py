"""What every engine of batches is: the narrow seam between articles in a queue and their summaries.

Owns the protocol. An engine knows who works; it knows no folder, no output and no request.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from schemas.batch import JobState
from service.store.batches import BatchHandle
from service.store.outcomes import NewJob


class BatchEngine(Protocol):
    """Has the jobs of batches done, each once, whoever dies on the way."""

    async def submit(self, handle: BatchHandle, jobs: Sequence[NewJob]) -> None:
        """Keep ``jobs`` to be done; those that are known and unchanged are not done again."""
        ...  # pragma: no cover

    async def run(self, handle: BatchHandle, stop: asyncio.Event) -> None:
        """Have the batch done; return when nothing of it is open.

        Once ``stop`` is set, nothing more is begun, and it returns when what is in flight is
        finished. Raises a ``ReadoutError`` that every article would meet.
        """
        ...  # pragma: no cover

    async def requeue(self, handle: BatchHandle, states: Sequence[JobState]) -> int:
        """Have the jobs in ``states`` done again, and return how many they are."""
        ...  # pragma: no cover
