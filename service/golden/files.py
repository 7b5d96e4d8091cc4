"""Files of JSON: which a path stands for, and how much of one is read.

Owns the order of a folder's files and the limit of their size.
"""

from collections.abc import Sequence
from pathlib import Path

from service.errors import ComparisonError
from service.showing import show_path

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Largest document; a fixture or summary has some tens of kilobytes."""
TOO_LARGE = f"has more than {MAX_FILE_BYTES:,} bytes; split it"
"""What is said of a larger one, after its name."""


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
        if file.suffix.lower() in suffixes and _is_wanted(file) and not _is_hidden(file, path)
    )


def _is_wanted(file: Path) -> bool:
    """Say whether ``file`` is to be read: a link that leads nowhere is, and fails when opened."""
    return file.is_file() or not file.exists()


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def read_bytes(path: Path) -> bytes:
    """Return what is in ``path``; raise ``ComparisonError`` for more than 64 MiB.

    Raises ``OSError`` for a file that cannot be opened.
    """
    with path.open("rb") as file:
        body = file.read(MAX_FILE_BYTES + 1)
    if len(body) > MAX_FILE_BYTES:
        raise ComparisonError(f"{show_path(path)} {TOO_LARGE}")
    return body
