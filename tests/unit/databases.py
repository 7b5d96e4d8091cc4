"""The databases that the tests of the store run on, seen as another program sees them.

Owns what differs between the two for a test: how one connects, locks and skips numbers. Knows
nothing of the store but its tables' names.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg

from service.store.tables import metadata

Rows = Sequence[tuple[object, ...]]
TABLES = tuple(metadata.tables)


class Other(Protocol):
    """Another program's connection, in autocommit mode."""

    def execute(self, statement: str, *parameters: object) -> Rows:
        """Return the rows of ``statement``; its parameters are question marks."""

    def lock(self) -> None:
        """Begin a transaction that holds up every write of others, and no read."""

    def rollback(self) -> None:
        """End it."""


class AnyDatabase(Protocol):
    """A database of the test's own."""

    @property
    def url(self) -> str:
        """What ``READOUT_DATABASE_URL`` would be."""

    @property
    def name(self) -> str:
        """What sentences call it."""

    def connect(self) -> AbstractContextManager[Other]:
        """Open it as another program would."""

    def query(self, statement: str, *parameters: object) -> Rows:
        """Return the rows of ``statement``, run by another connection."""

    def skip_seqs(self, table: str, seq: int) -> None:
        """Let the next row of ``table`` have a seq above ``seq``."""

    def is_left(self) -> bool:
        """Say whether no connection to it is open any more."""


class _OtherSqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, *parameters: object) -> Rows:
        return self._connection.execute(statement, parameters).fetchall()

    def lock(self) -> None:
        self.execute("BEGIN IMMEDIATE")

    def rollback(self) -> None:
        self._connection.rollback()


class SqliteFile:
    """The SQLite file at ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"sqlite:///{path}"
        self.name = str(path)

    @contextmanager
    def connect(self) -> Iterator[Other]:
        with closing(
            sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        ) as connection:
            yield _OtherSqlite(connection)

    def query(self, statement: str, *parameters: object) -> Rows:
        with self.connect() as other:
            return other.execute(statement, *parameters)

    def skip_seqs(self, table: str, seq: int) -> None:
        with self.connect() as other:
            other.execute("DELETE FROM sqlite_sequence WHERE name = ?", table)
            other.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", table, seq)

    def is_left(self) -> bool:
        # The last connection removes the journals.
        return list(self.path.parent.glob(f"{self.path.name}*")) == [self.path]


class _OtherPostgres:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, *parameters: object) -> Rows:
        found = self._connection.execute(statement.replace("?", "%s").encode(), parameters)
        return found.fetchall() if found.description else ()

    def lock(self) -> None:
        self.execute("BEGIN")
        self.execute(f"LOCK TABLE {', '.join(TABLES)}, alembic_version IN EXCLUSIVE MODE")

    def rollback(self) -> None:
        self._connection.rollback()


class PostgresDatabase:
    """The database of a PostgreSQL server at ``url``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = f"postgresql://{url.rpartition('@')[2]}"

    @contextmanager
    def connect(self) -> Iterator[Other]:
        with closing(psycopg.connect(self.url, autocommit=True)) as connection:
            try:
                yield _OtherPostgres(connection)
            finally:
                # The server notices a connection that was closed a moment later.
                connection.rollback()

    def query(self, statement: str, *parameters: object) -> Rows:
        with self.connect() as other:
            return other.execute(statement, *parameters)

    def skip_seqs(self, table: str, seq: int) -> None:
        self.query("SELECT setval(pg_get_serial_sequence(?, 'seq'), ?)", table, seq)

    def is_left(self) -> bool:
        statement = (
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with self.connect() as other:
            # The server notices a connection that was closed a moment later.
            return any(other.execute(statement) == [(0,)] for _ in range(1_000))

    def empty(self) -> None:
        """Delete all rows; numbers begin again."""
        self.query(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY")
