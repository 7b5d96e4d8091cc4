"""Files that are written beside their place and take it once they are whole.

Owns how that is done. Knows nothing of what is written.
"""

import errno
import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

PREFIX = ".readout-"
"""Begins the names of files that are not yet whole."""


class WholeFile(io.FileIO):
    """A file without a buffer that takes all of what it is given, or raises ``OSError``."""

    def write(self, body: "ReadableBuffer", /) -> int:
        """Write all of ``body``; return its number of bytes."""
        rest = memoryview(body).cast("B")
        size = len(rest)
        while rest:
            written = super().write(rest)
            if written is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            rest = rest[written:]
        return size


class Replacement:
    """A new file, in the folder of the one whose place it shall take.

    A link stays, and what it leads to is replaced. Raises ``OSError`` where the folder takes no
    file.
    """

    def __init__(self, path: Path) -> None:
        self._target = follow(path)
        handle, name = tempfile.mkstemp(dir=self._target.parent, prefix=_name_prefix(self._target))
        self.file = WholeFile(handle, "wb")
        self.path = Path(name)

    def sync(self) -> None:
        """Wait until all that was written is on disk."""
        os.fsync(self.file.fileno())

    def publish(self) -> None:
        """Take the place; the file stays open and may still grow. Raises ``OSError``."""
        _copy_mode(self._target, self.path)
        self.path.replace(self._target)

    def discard(self) -> None:
        """Close and remove the file, of which nothing is wanted; what it was to replace stays."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self.path.unlink()


def write_file(path: Path, body: bytes) -> None:
    """Write ``body`` to ``path``, replacing what is there once all of it is on disk.

    A link stays, and what it leads to is replaced; a device or pipe is written to as it is.
    Raises ``OSError``; then the file is what it was.
    """
    if not is_replaced(path):
        path.write_bytes(body)
        return
    with replace_file(path) as new:
        new.file.write(body)
        new.sync()


@contextmanager
def replace_file(path: Path) -> Iterator[Replacement]:
    """Publish the new file at the end, closed; remove it where anything is raised."""
    new = Replacement(path)
    try:
        yield new
        new.file.close()
        new.publish()
    except BaseException:
        new.discard()
        raise


def remove_leftovers(path: Path) -> None:
    """Remove what runs that were killed left beside ``path``.

    A run that still writes there loses its file with it, and fails when it publishes.
    """
    target = follow(path)
    for left in target.parent.glob(f"{_name_prefix(target)}*"):
        with suppress(OSError):
            left.unlink()


def is_replaced(path: Path) -> bool:
    """Say whether ``path`` is, or will be, a regular file: nothing else may be replaced."""
    return path.is_file() or not path.exists()


def follow(path: Path) -> Path:
    """Return what ``path`` leads to."""
    return Path(os.path.realpath(path))


def _name_prefix(target: Path) -> str:
    """Return how the new file's name begins: short, whatever the target's length."""
    return f"{PREFIX}{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]}-"


def _copy_mode(target: Path, new: Path) -> None:
    """Give the new file the old one's permissions, or those of any new file."""
    try:
        mode = target.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    new.chmod(mode)
