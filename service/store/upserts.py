"""Rows that may be there already.

Owns the one statement that each kind of database has a dialect of. Knows no table.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, Table


def insert_unless_there(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert a row of ``values`` and return true; false where one of its key is there already.

    To look first would not do: on PostgreSQL another process may insert between the two.
    """
    if connection.dialect.name == "postgresql":
        # Loaded where it is needed: it takes 30 ms.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        found = connection.execute(postgresql.insert(table).values(values).on_conflict_do_nothing())
    else:
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415  # as above

        found = connection.execute(sqlite.insert(table).values(values).on_conflict_do_nothing())
    return found.rowcount == 1
