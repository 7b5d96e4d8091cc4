"""Rows that are put in or, where they are known, changed: in one statement.

Owns the one thing about it that SQLAlchemy leaves to each database. Knows no table.
"""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Upsert = sqlite.Insert | postgresql.Insert
"""An INSERT that takes ``on_conflict_do_update``."""


def upsert(connection: Connection, table: Table) -> Upsert:
    """Return the INSERT into ``table`` of the database that ``connection`` leads to."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
