"""SQLite: connections, transactions, and what it needs to be told.

Owns everything that is SQLite's own (pragmas, kinds of BEGIN, the vacuum), and sees to it that
what is written goes into the file that was opened. Knows no table.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from service.errors import StoreBusyError
from service.store.backend import MAX_READS, PROBE_TIMEOUT_S, Result, Work
from service.store.faults import Label
from service.store.location import (
    identify_file,
    locate_database,
    make_address,
    make_file,
    measure_file,
)
from service.store.sqlite_faults import describe_replaced, label_file, translate_faults

_PRAGMAS = ("synchronous = FULL", "foreign_keys = ON")
_PAUSE_S = 0.05
"""Seconds between two tries of what SQLite refuses without waiting."""
_BEGIN = "readout_begin"
"""Execution option: the statement that begins a transaction; empty for none."""


def open_sqlite(url: str, *, busy_timeout_s: float) -> "SqliteBackend":
    """Return the database at ``url``, ``sqlite:///PATH``; an empty file is made where none is.

    Raises ``StoreError`` where ``url`` names no file, or none can be made there.
    """
    path = locate_database(url)
    with translate_faults(path):
        make_file(path)
    return SqliteBackend(path, busy_timeout_s=busy_timeout_s)


class SqliteBackend:
    """One SQLite file: ``service.store.backend.Backend``."""

    max_writes = 1
    """SQLite has one writer at a time; a queue in the process costs less than its lock."""

    def __init__(self, path: Path, *, busy_timeout_s: float) -> None:
        """Work on the file at ``path``, which must be there; nothing is opened yet."""
        self._path = path
        self._busy_timeout_s = busy_timeout_s
        self._identity = identify_file(path)
        self._engine = _build_engine(path, busy_timeout_s)
        self._writer = self._engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        self._prober = _build_engine(path, PROBE_TIMEOUT_S, poolclass=NullPool).execution_options(
            **{_BEGIN: "BEGIN IMMEDIATE"}
        )

    @property
    def label(self) -> Label:
        """What sentences say of it."""
        return label_file(self._path)

    def read(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, all of it from one state of the database."""
        return self._transact(self._engine, work)

    def write(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, once it is committed and on disk.

        The write lock is taken before ``work`` reads anything.
        """
        return self._transact(self._writer, work)

    def write_alone(self, work: Work[Result]) -> Result:
        """Do the same: every write is alone."""
        return self.write(work)

    def prove(self) -> None:
        """Write without changing anything; what cannot be written shows here."""
        self._transact(self._writer, _write_nothing)

    def probe(self) -> None:
        """``prove``, and return or raise within about a second."""
        self._transact(self._prober, _write_nothing)

    def keep_journal(self) -> None:
        """Let reads run beside a write from now on: the file remembers it.

        Where another process does the same at this moment, SQLite refuses without waiting.
        """
        end_s = time.monotonic() + self._busy_timeout_s
        while True:
            try:
                self._execute("PRAGMA journal_mode = WAL")
            except StoreBusyError:
                if time.monotonic() >= end_s:
                    raise
                threading.Event().wait(_PAUSE_S)
            else:
                return

    def shrink(self) -> None:
        """Give freed space back to the file system, and empty the journal."""
        self._execute("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")

    def measure(self) -> int:
        """Return the bytes of the file and its journals."""
        with translate_faults(self._path):
            return measure_file(self._path)

    def close(self) -> None:
        """Close all connections; the last one moves the journal into the file."""
        self._engine.dispose()

    def _transact(self, engine: Engine, work: Work[Result]) -> Result:
        with self._watch(), engine.begin() as connection:
            return work(connection)

    def _execute(self, *statements: str) -> None:
        """Run ``statements`` that must stand in no transaction."""
        engine = self._engine.execution_options(**{_BEGIN: ""})
        with self._watch(), engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    @contextmanager
    def _watch(self) -> Iterator[None]:
        """Translate faults, and refuse to work on a file that is no longer there.

        SQLite would go on writing to a file without a name, and all of it would be lost.
        """
        with translate_faults(self._path):
            if identify_file(self._path) != self._identity:
                raise describe_replaced(self._path)
            yield


def _write_nothing(connection: Connection) -> None:
    """Write without changing anything; what cannot be written shows here, or at the commit.

    Setting the user version is a write even if it stays 0 (https://sqlite.org/pragma.html); Readout
    has no other use for it.
    """
    connection.exec_driver_sql("PRAGMA user_version = 0")


def _build_engine(
    path: Path, busy_timeout_s: float, *, poolclass: type[NullPool] | None = None
) -> Engine:
    # A write and all reads have a connection each.
    size = {} if poolclass else {"pool_size": 1 + MAX_READS}
    engine = create_engine(
        make_address(path),
        hide_parameters=True,
        # Any thread may use a connection, one after the other, and another one closes it.
        connect_args={
            "timeout": busy_timeout_s,
            "isolation_level": None,
            "check_same_thread": False,
        },
        poolclass=poolclass,
        **size,
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin as the engine says: sqlite3 by itself would only do so before a write.

    A transaction that reads first and writes then is refused when another one wrote in between,
    however long it waits; BEGIN IMMEDIATE waits at the start instead
    (https://sqlite.org/lang_transaction.html).
    """
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)
