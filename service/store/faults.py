"""What can go wrong with the database, in Readout's own errors.

Owns the one table from SQLite's result codes to sentences. Knows no statement and no table; the
sentences hold the path, the reason and what to do, never SQL or parameters: those are articles.
"""

import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.errors import StoreBusyError, StoreError

ELSEWHERE = "set READOUT_DATABASE_URL to a file that can be written to"
"""The advice where this file will not do."""
_RESTORE = "restore it from a copy, or set READOUT_DATABASE_URL to another file"
_PRIMARY_CODE = 0xFF
"""The low byte of an extended result code is its primary one: https://sqlite.org/rescode.html."""


class Fault(NamedTuple):
    """What is wrong with a database, and what to do."""

    reason: str
    advice: str
    kind: type[StoreError] = StoreError


_BUSY = Fault("another process holds it", "try again, or end that process", StoreBusyError)
_READ_ONLY = Fault("it is read-only", ELSEWHERE)
_MISSING_TABLES = Fault(
    "a table or column is missing", "if the file was replaced, start Readout again"
)
_REPLACED = Fault(
    "the file was removed or replaced while it was open", "put it back, or start Readout again"
)
_UNREADABLE = Fault(
    "a reading or reply in it is damaged, or another version of Readout wrote it",
    "use that version, or remove it by `readout store prune`",
)
_TOO_LARGE = Fault("a number is too large for it", "this is a fault of Readout's own: report it")
_FAULTS: dict[int, Fault] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: Fault("access is denied", ELSEWHERE),
    sqlite3.SQLITE_AUTH: Fault("access is denied", ELSEWHERE),
    sqlite3.SQLITE_FULL: Fault("the disk is full", f"make room there, or {ELSEWHERE}"),
    sqlite3.SQLITE_IOERR: Fault(
        "the disk cannot be read or written (I/O error)", f"check the disk, or {ELSEWHERE}"
    ),
    sqlite3.SQLITE_CANTOPEN: Fault("it cannot be opened", ELSEWHERE),
    sqlite3.SQLITE_CORRUPT: Fault("it is damaged", _RESTORE),
    sqlite3.SQLITE_NOTADB: Fault("it is not an SQLite database", _RESTORE),
    sqlite3.SQLITE_TOOBIG: Fault("a value is too large for it", "shorten the article"),
}


def describe(path: Path, fault: Fault) -> StoreError:
    """Return the error that says what is wrong with the database at ``path``."""
    return fault.kind(f"the database {path} does not work: {fault.reason}; {fault.advice}")


def describe_replaced(path: Path) -> StoreError:
    """Return the error for a file that is no longer the one that was opened."""
    return describe(path, _REPLACED)


@contextmanager
def translate_faults(path: Path) -> Iterator[None]:
    """Turn what SQLAlchemy, SQLite and the file system raise into a ``StoreError``.

    ``StoreBusyError`` where the database stays locked, or no connection gets free in time.
    Errors of other kinds are defects, and pass.
    """
    try:
        yield
    except DBAPIError as error:
        raise describe(path, _classify(error.orig)) from error
    except sqlite3.Error as error:
        raise describe(path, _classify(error)) from error
    except PoolTimeoutError as error:
        fault = Fault("all connections are taken", "try again", StoreBusyError)
        raise describe(path, fault) from error
    except OverflowError as error:
        # The driver's own: SQLAlchemy passes it on as it is.
        raise describe(path, _TOO_LARGE) from error
    except OSError as error:
        raise describe(path, Fault(f"{error.strerror or 'I/O error'}", ELSEWHERE)) from error


@contextmanager
def translate_damage(path: Path) -> Iterator[None]:
    """Turn what unpacking and parsing of a stored value raise into a ``StoreError``."""
    try:
        yield
    except (zlib.error, ValueError) as error:
        raise describe(path, _UNREADABLE) from error


def _classify(error: BaseException | None) -> Fault:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
    if code == sqlite3.SQLITE_ERROR and re.search("no such|has no column", str(error)):
        return _MISSING_TABLES
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return _FAULTS.get(code, Fault(f"it answers {name}", ELSEWHERE))
