"""What was paid for, kept.

Owns the log of replies: one JSON line each, on disk before anything else is done with it. It
knows nothing of drafts, summaries or articles.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from schemas.reading import PaidReply
from service.errors import StoreError

REPLY_LOG_NAME = "replies.jsonl"
"""Name of the log in the data folder."""


class ReplyLog:
    """An append-only file of paid replies; several processes may write to it at once."""

    def __init__(self, folder: Path) -> None:
        """Keep the log in ``folder``, which is made when it is prepared."""
        self.path = folder / REPLY_LOG_NAME

    def prepare(self) -> None:
        """Make the folder and the file, before anything is paid; ``StoreError`` if it fails."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _open(self.path.parent, os.O_RDONLY) as folder, self._open_for_appending():
                os.fsync(folder)
        except OSError as error:
            raise StoreError(
                f"replies cannot be kept in {self.path} ({error.strerror}); nothing was sent; "
                "set READOUT_DATA_DIR to a folder that can be written to"
            ) from error

    def keep(self, reply: PaidReply) -> None:
        """Append ``reply`` and wait until it is on disk; ``StoreError`` where it cannot be."""
        line = f"{reply.model_dump_json()}\n".encode()
        try:
            with self._open_for_appending() as descriptor:
                _write_whole(descriptor, line)
                os.fsync(descriptor)
        except OSError as error:
            raise StoreError(
                f"a paid reply cannot be kept in {self.path} ({error.strerror}); make room there"
            ) from error

    def _open_for_appending(self) -> AbstractContextManager[int]:
        return _open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _write_whole(descriptor: int, line: bytes) -> None:
    """Write all of ``line``; what a full disk cuts off raises ``OSError``.

    It is one write as a rule, to a descriptor opened for appending: the lines of two processes
    do not mix.
    """
    written = os.write(descriptor, line)
    while written < len(line):
        written += os.write(descriptor, line[written:])


@contextmanager
def _open(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
