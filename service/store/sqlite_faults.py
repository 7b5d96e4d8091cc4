"""What SQLite and the file system say, in Readout's own errors.

Owns the one table from SQLite's result codes to faults. Knows no statement and no table.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.errors import StoreError
from service.store.faults import (
    ALL_TAKEN,
    BUSY,
    DENIED,
    DISK_FAILS,
    DISK_FULL,
    MISSING_TABLES,
    READ_ONLY,
    TOO_LARGE,
    TOO_LONG,
    Fault,
    Label,
    describe,
)

ELSEWHERE = "set READOUT_DATABASE_URL to a file that can be written to"
"""The advice where a file will not do."""
_RESTORE = "restore it from a copy, or set READOUT_DATABASE_URL to another file"
_PRIMARY_CODE = 0xFF
"""The low byte of an extended result code is its primary one: https://sqlite.org/rescode.html."""
_REPLACED = Fault(
    "the file was removed or replaced while it was open", "put it back, or start Readout again"
)
_FAULTS: dict[int, Fault] = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: DENIED,
    sqlite3.SQLITE_AUTH: DENIED,
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_IOERR: DISK_FAILS,
    sqlite3.SQLITE_CANTOPEN: Fault("it cannot be opened"),
    sqlite3.SQLITE_CORRUPT: Fault("it is damaged", _RESTORE),
    sqlite3.SQLITE_NOTADB: Fault("it is not an SQLite database", _RESTORE),
    sqlite3.SQLITE_TOOBIG: TOO_LONG,
}


def label_file(path: Path) -> Label:
    """Return what sentences say of the database at ``path``."""
    return Label(str(path), ELSEWHERE)


def describe_replaced(path: Path) -> StoreError:
    """Return the error for a file that is no longer the one that was opened."""
    return describe(label_file(path), _REPLACED)


@contextmanager
def translate_faults(path: Path) -> Iterator[None]:
    """Turn what SQLAlchemy, SQLite and the file system raise into a ``StoreError``.

    ``StoreBusyError`` where the database stays locked, or no connection gets free in time.
    Errors of other kinds are defects, and pass.
    """
    label = label_file(path)
    try:
        yield
    except DBAPIError as error:
        raise describe(label, _classify(error.orig)) from error
    except sqlite3.Error as error:
        raise describe(label, _classify(error)) from error
    except PoolTimeoutError as error:
        raise describe(label, ALL_TAKEN) from error
    except OverflowError as error:
        # The driver's own: SQLAlchemy passes it on as it is.
        raise describe(label, TOO_LARGE) from error
    except OSError as error:
        raise describe(label, Fault(f"{error.strerror or 'I/O error'}")) from error


def _classify(error: BaseException | None) -> Fault:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
    if code == sqlite3.SQLITE_ERROR and re.search("no such|has no column", str(error)):
        return MISSING_TABLES
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return _FAULTS.get(code, Fault(f"it answers {name}"))
