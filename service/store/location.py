"""Where an SQLite database is: from its URL to a file.

Owns the form of the URL, the making of folder and file, and what they weigh on disk. Knows
nothing of what is in the file.
"""

import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL

from service.addresses import FORMS, SQLITE_PREFIX
from service.errors import StoreError
from service.store.sqlite_faults import ELSEWHERE

FILE_MODE = 0o600
"""Replies quote articles that may be embargoed: nobody else reads them."""
_JOURNALS = ("-wal", "-shm")


def locate_database(url: str) -> Path:
    """Return the absolute path that ``url`` (``sqlite:///PATH``) names.

    Everything after the prefix is the path, as it stands: no character of it is special but a
    leading ``~``, which is the home folder. A relative one starts from the working folder.
    Raises ``StoreError`` for another kind of URL and for databases in memory.
    """
    name = url.removeprefix(SQLITE_PREFIX)
    if not url.startswith(SQLITE_PREFIX) or not name or "\0" in name:
        raise StoreError(f"a database is named {FORMS}; {ELSEWHERE}")
    if name == ":memory:" or name.startswith("file:"):
        raise StoreError(f"{name} is no file, and would be forgotten; {ELSEWHERE}")
    try:
        return Path(name).expanduser().absolute()
    except (RuntimeError, FileNotFoundError) as error:
        raise StoreError(f"{name} leads nowhere: {error}; {ELSEWHERE}") from error


def make_file(path: Path) -> None:
    """Make the folder of ``path``, and an empty file where there is none.

    An existing file is left alone, its mode included. It is not even opened: closing it would
    drop the locks that this process holds on it (https://sqlite.org/howtocorrupt.html, 2.2).
    Raises ``OSError``.
    """
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    except FileExistsError:
        return
    os.close(descriptor)


def make_address(path: Path) -> URL:
    """Return SQLAlchemy's URL for ``path``; a file that has gone is not made again."""
    return URL.create(
        "sqlite+pysqlite", database=f"file:{quote(str(path))}", query={"mode": "rw", "uri": "true"}
    )


def identify_file(path: Path) -> tuple[int, int]:
    """Return device and inode of ``path``, (0, 0) where nothing is there."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_dev, status.st_ino


def measure_file(path: Path) -> int:
    """Return the bytes of the database and its journals on disk."""
    parts = [path, *(path.with_name(f"{path.name}{suffix}") for suffix in _JOURNALS)]
    return sum(part.stat().st_size for part in parts if part.exists())
