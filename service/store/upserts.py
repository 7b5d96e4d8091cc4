"""Rows that may be there already.

Owns the one statement that each kind of database has a dialect of. Knows no table.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

    Upsert = postgresql.Insert | sqlite.Insert


def upsert(connection: Connection, table: Table) -> "Upsert":
    """Return an INSERT into ``table`` that takes what to do where its key is there already."""
    if connection.dialect.name == "postgresql":
        # Loaded where it is needed: it takes 30 ms.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  # see above

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415  # as above

    return sqlite.insert(table)


def insert_unless_there(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert a row of ``values`` and return true; false where one of its key is there already.

    To look first would not do: on PostgreSQL another process may insert between the two.
    """
    statement = upsert(connection, table).on_conflict_do_nothing()
    return connection.execute(statement, dict(values)).rowcount == 1
