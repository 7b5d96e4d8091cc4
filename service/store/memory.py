"""The front of the cache: what is answered without asking the database.

Owns the two bounded maps and how long they may be believed. Knows no table and no event loop.
"""

import hashlib
import time
from collections.abc import Callable
from typing import NamedTuple, Self

from cachetools import LRUCache, TTLCache

MAX_AGE_S = 60.0
"""Seconds after which a summary is asked for again: another process may have deleted it."""
MAX_FINGERPRINTS = 16_384


class StoredSummary(NamedTuple):
    """A summary as it is kept and served."""

    id: str
    body: bytes
    """Its JSON, as served."""
    etag: str
    """Strong entity tag with its quotes (RFC 9110, 8.8.3)."""

    @classmethod
    def make(cls, summary_id: str, body: bytes) -> Self:
        """Return the summary with the tag of its ``body``: 32 hex digits of its SHA-256."""
        return cls(summary_id, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


class Memory:
    """Summaries by id, bounded by bytes and age, and ids by fingerprint, bounded by count.

    Two steps, so that what is dropped from the first leaves nothing to be found by the second.
    """

    def __init__(self, max_bytes: int, *, timer: Callable[[], float] = time.monotonic) -> None:
        """Hold at most ``max_bytes`` of bodies; 0 holds none. ``timer`` counts seconds."""
        self._summaries: TTLCache[str, StoredSummary] = TTLCache(
            max_bytes, MAX_AGE_S, timer, lambda stored: len(stored.body)
        )
        self._ids: LRUCache[bytes, str] = LRUCache(MAX_FINGERPRINTS)
        self.generation = 0
        """Grows whenever something is dropped: what was read before may be gone since."""

    def get(self, summary_id: str) -> StoredSummary | None:
        """Return the summary, ``None`` where it is not held or too old."""
        return self._summaries.get(summary_id)

    def put(self, stored: StoredSummary, generation: int) -> None:
        """Hold ``stored``, read at ``generation``; not where something was dropped since.

        A body that is larger than all of the memory is not held.
        """
        if generation == self.generation and len(stored.body) <= self._summaries.maxsize:
            self._summaries[stored.id] = stored

    def recall(self, fingerprint: bytes) -> StoredSummary | None:
        """Return the summary that ``fingerprint`` stands for, where both are held."""
        summary_id = self._ids.get(fingerprint)
        return None if summary_id is None else self.get(summary_id)

    def remember(self, fingerprint: bytes, summary_id: str) -> None:
        """Note that a request of ``fingerprint`` is answered by ``summary_id``."""
        self._ids[fingerprint] = summary_id

    def clear(self) -> None:
        """Forget everything: something was deleted."""
        self.generation += 1
        self._summaries.clear()
        self._ids.clear()
