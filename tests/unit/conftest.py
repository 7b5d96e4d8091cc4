"""What the tests of the store stand on: a database of each kind."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store import migrate_store
from tests.postgres import Server
from tests.unit.databases import KINDS, AnyDatabase, PostgresDatabase, SqliteFile


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server) -> Iterator[PostgresDatabase]:
    """Return a database with the newest schema; one for all, since making it takes 0.2 s."""
    with postgres_server.make_database() as url:
        asyncio.run(migrate_store(url))
        yield PostgresDatabase(url)


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
