"""Files of JSON: which a path stands for, and how much of one is read.

Owns the order of a folder's files and the limit of their size.
"""

from collections.abc import Sequence
from pathlib import Path

from service.errors import ComparisonError

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Largest document; a fixture or summary has some tens of kilobytes."""


def list_files(path: Path, suffixes: Sequence[str]) -> list[Path]:
    """Return ``path`` where it is a file, else the files below it with one of ``suffixes``.

    In the order of their paths; hidden files and folders are left out, links to folders are not
    followed.
    """
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in suffixes and file.is_file() and not _is_hidden(file, path)
    )


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def read_bytes(path: Path) -> bytes:
    """Return what is in ``path``; raise ``ComparisonError`` for more than 64 MiB.

    Raises ``OSError`` for a file that cannot be opened.
    """
    with path.open("rb") as file:
        body = file.read(MAX_FILE_BYTES + 1)
    if len(body) > MAX_FILE_BYTES:
        raise ComparisonError(f"{path} has more than {MAX_FILE_BYTES:,} bytes; split it")
    return body
