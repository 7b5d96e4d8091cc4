"""What a listing has come upon before, outside of memory.

Owns the promises that an article is listed once and a name given once, for any number of them.
"""

import sqlite3
from types import TracebackType
from typing import Self

from service.errors import SourceError

_CREATE = "CREATE TABLE seen (key TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID"
_COUNT = (
    "INSERT INTO seen VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1 "
    "RETURNING times"
)


class Seen:
    """Remembers keys: in memory while they are few, else in a temporary file that goes with it.

    To be closed, or used as a context. One thread at a time may use it.
    """

    def __init__(self) -> None:
        # An empty name is SQLite's for a private database that spills to disk and is removed.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(_CREATE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def add(self, key: str) -> bool:
        """Remember ``key``; say whether it is new. ``SourceError`` where the disk is full."""
        return self._count(f"key {key}") == 1

    def claim_name(self, name: str) -> str:
        """Return ``name``, or ``name (2)`` and so on where it is taken.

        The same names in the same order give the same answers. Raises as ``add``.
        """
        times = self._count(f"name {name}")
        return name if times == 1 else self.claim_name(f"{name} ({times})")

    def _count(self, key: str) -> int:
        try:
            (times,) = self._database.execute(_COUNT, (key,)).fetchone()
        except sqlite3.Error as error:
            raise SourceError(
                f"what was listed cannot be noted in a temporary file: {error}; "
                "make room there, or set TMPDIR to a folder that has some"
            ) from error
        return int(times)
