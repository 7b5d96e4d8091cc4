"""Files that a command writes: whole or not at all.

Owns how that is done. Knows nothing of what is written.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from service.errors import ComparisonError
from service.showing import show_path

_PREFIX = ".readout-"
"""Begins the names of files that are not yet whole."""


def check_writable(paths: Iterable[Path | None]) -> None:
    """Raise ``ComparisonError`` for a path that no file can be written to, or that is given twice.

    Asked before anything is paid for. Raises ``OSError`` where a folder takes no new file.
    """
    seen = set()
    for path in paths:
        if path is None:
            continue
        name, target = show_path(path), _follow(path)
        if path.is_dir():
            raise ComparisonError(f"{name} is a folder; name a file in it")
        if target in seen:
            raise ComparisonError(f"{name} is to hold two reports; name another file for one")
        seen.add(target)
        if _is_replaced(path):
            _check_folder(target.parent)


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise ComparisonError(f"there is no folder {show_path(folder)}; make it first")
    with tempfile.NamedTemporaryFile(dir=folder, prefix=_PREFIX):
        pass


def write_file(path: Path, body: bytes) -> None:
    """Write ``body`` to ``path``, replacing what is there once all of it is on disk.

    A link stays, and what it leads to is replaced; a device or pipe is written to as it is.
    Raises ``OSError``; then the file is what it was.
    """
    if not _is_replaced(path):
        path.write_bytes(body)
        return
    target = _follow(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_PREFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        _copy_mode(target, name)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _is_replaced(path: Path) -> bool:
    """Say whether ``path`` is, or will be, a regular file: nothing else may be replaced."""
    return path.is_file() or not path.exists()


def _follow(path: Path) -> Path:
    """Return what ``path`` leads to."""
    return Path(os.path.realpath(path))


def _copy_mode(path: Path, name: str) -> None:
    """Give the new file the old one's permissions, or those of any new file."""
    try:
        mode = path.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    Path(name).chmod(mode)
