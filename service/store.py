"""What was paid for, kept.

Owns the log of replies: one JSON line each, on disk before anything else is done with it. It
knows nothing of drafts, summaries or articles.
"""

import os
from pathlib import Path

from schemas.reading import PaidReply

REPLY_LOG_NAME = "replies.jsonl"
"""Name of the log in the data folder."""


class ReplyLog:
    """An append-only file of paid replies; several processes may write to it at once."""

    def __init__(self, folder: Path) -> None:
        """Keep the log in ``folder``, which is made with the first reply."""
        self.path = folder / REPLY_LOG_NAME

    def keep(self, reply: PaidReply) -> None:
        """Append ``reply`` and wait until it is on disk; ``OSError`` where it cannot be."""
        line = f"{reply.model_dump_json()}\n".encode()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # One write to a descriptor opened for appending: lines of two processes never mix.
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
