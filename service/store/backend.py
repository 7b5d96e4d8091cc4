"""What is asked of a database, whichever it is.

Owns the protocol between ``database`` and the two that implement it, ``sqlite`` and ``postgres``.
Everything here blocks, and belongs into a thread.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from service.store.faults import Label

BUSY_TIMEOUT_S = 5.0
"""Seconds that ordinary work waits for another process's lock."""
PROBE_TIMEOUT_S = 0.5
"""Seconds that a probe waits: who asks whether the service is ready does not wait long."""
MAX_READS = 5
"""Transactions that read at the same time; each has a thread and a connection."""

Result = TypeVar("Result")
Work = Callable[[Connection], Result]
"""Something to be done within one transaction, in a thread of its own."""


class Backend(Protocol):
    """One database; several processes may have it open at once.

    All that leaves it for the database's sake is a ``StoreError``, ``StoreBusyError`` where
    waiting helps.
    """

    @property
    def label(self) -> Label:
        """What sentences say of it."""

    @property
    def max_writes(self) -> int:
        """Transactions of ``write`` that one process may have under way; at least 1."""

    def read(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, all of it from one state of the database."""

    def write(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, once it is committed and on disk.

        Another process may write at the same time: ``work`` must not go by what it read before
        of rows that others change. It may be called again where it collided with another's.
        """

    def write_alone(self, work: Work[Result]) -> Result:
        """Like ``write``, with no other ``write_alone`` beside it from its first read on."""

    def prove(self) -> None:
        """Write without changing anything; what cannot be written shows here."""

    def probe(self) -> None:
        """``prove``, and return or raise within about a second."""

    def keep_journal(self) -> None:
        """Let reads run beside a write from now on."""

    def shrink(self) -> None:
        """Give freed space back, as far as that holds up nobody for long."""

    def measure(self) -> int:
        """Return the bytes that it takes on disk."""

    def close(self) -> None:
        """Close all connections."""
