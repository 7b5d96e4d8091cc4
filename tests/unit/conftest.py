"""What the tests of the store stand on: a database of each kind."""

import asyncio
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store import migrate_store
from tests.postgres import Server
from tests.unit.databases import AnyDatabase, PostgresDatabase, SqliteFile

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server) -> Iterator[PostgresDatabase]:
    """Return a database with the newest schema; one for all, since making it takes 0.2 s."""
    name = f"migrated_{secrets.token_hex(8)}"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    url = postgres_server.name_url(name)
    asyncio.run(migrate_store(url))
    yield PostgresDatabase(url)
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> AnyDatabase:
    """Return a database in which nothing is, of each kind."""
    if request.param == "sqlite":
        return SqliteFile(tmp_path / "readout.db")
    migrated: PostgresDatabase = request.getfixturevalue("migrated_postgres")
    migrated.empty()
    return migrated


@pytest.fixture(params=KINDS)
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> AnyDatabase:
    """Return a database that has no tables yet, of each kind."""
    if request.param == "sqlite":
        return SqliteFile(tmp_path / "readout.db")
    return PostgresDatabase(request.getfixturevalue("postgres_url"))
