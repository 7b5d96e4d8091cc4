"""Files that a command writes: whole or not at all.

Owns how that is done. Knows nothing of what is written.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from service.errors import ComparisonError


def check_writable(paths: Iterable[Path | None]) -> None:
    """Raise ``ComparisonError`` for a path whose folder is missing, or that is a folder itself.

    Asked before anything is paid for.
    """
    for path in paths:
        if path is not None and path.is_dir():
            raise ComparisonError(f"{path} is a folder; name a file in it")
        if path is not None and not path.parent.is_dir():
            raise ComparisonError(f"there is no folder {path.parent}; make it first")


def write_file(path: Path, body: bytes) -> None:
    """Write ``body`` to ``path``, replacing what is there once all of it is on disk.

    Raises ``OSError``; then ``path`` is what it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        _copy_mode(path, name)
        os.replace(name, path)  # noqa: PTH105  # a name and a path
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _copy_mode(path: Path, name: str) -> None:
    """Give the new file the old one's permissions, or those of any new file."""
    try:
        mode = path.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    Path(name).chmod(mode)
