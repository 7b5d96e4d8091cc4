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
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from service.store.tables import metadata

Rows = Sequence[tuple[object, ...]]
KINDS = ["sqlite", "postgresql"]
TABLES = tuple(metadata.tables)
Statements = Sequence[tuple[str, object]]
_EXPLAINED = ("SELECT", "UPDATE", "DELETE", "INSERT")


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

    def make_engine(self) -> Engine:
        """Return a plain engine of SQLAlchemy, without anything of the store's."""

    def connect(self) -> AbstractContextManager[Other]:
        """Open it as another program would."""

    def query(self, statement: str, *parameters: object) -> Rows:
        """Return the rows of ``statement``, run by another connection."""

    def skip_seqs(self, table: str, seq: int) -> None:
        """Let the next row of ``table`` have a seq above ``seq``."""

    def is_left(self) -> bool:
        """Say whether no connection to it is open any more."""

    def explain(self, statements: Statements) -> list[str]:
        """Return the steps by which it would carry out ``statements``, given their parameters."""


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

    def make_engine(self) -> Engine:
        return create_engine(self.url, poolclass=NullPool)

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

    def explain(self, statements: Statements) -> list[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            return [
                str(step[3])
                for statement, parameters in _pick(statements)
                for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]


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

    def make_engine(self) -> Engine:
        url = self.url.replace("postgresql://", "postgresql+psycopg://")
        return create_engine(url, poolclass=NullPool)

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

    def explain(self, statements: Statements) -> list[str]:
        with closing(psycopg.connect(self.url)) as connection:
            # Of few rows it would walk over all, index or not.
            connection.execute("SET enable_seqscan = off")
            return [
                str(step)
                for statement, parameters in _pick(statements)
                for (step,) in connection.execute(f"EXPLAIN {statement}".encode(), parameters)
            ]

    def empty(self) -> None:
        """Delete all rows; numbers begin again."""
        self.query(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY")


def _pick(statements: Statements) -> Iterator[tuple[str, Any]]:
    """Yield what can be explained, with the parameters of one execution."""
    for statement, parameters in statements:
        if statement.startswith(_EXPLAINED):
            yield statement, parameters[0] if isinstance(parameters, list) else parameters
