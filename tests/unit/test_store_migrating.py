"""The schema is the one that this version needs, or the store is not opened."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from service.errors import MigrationError, StoreError
from service.store import migrate_store, open_store
from service.store.migrating import MIGRATIONS, list_revisions
from service.store.tables import metadata
from tests.unit.data_store import (
    HEAD,
    connect,
    make_id,
    make_summary,
    name_url,
    query,
    run_python,
)

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"

def upgrade():
    op.add_column("readings", sa.Column("note", sa.String))
    {more}
"""
"""A migration of the next version of Readout."""


async def _open(url: str, migrations: Path = MIGRATIONS) -> None:
    async with open_store(url, migrations=migrations):
        pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the test's database is to be."""
    return tmp_path / "readout.db"


def _add_migration(tmp_path: Path, more: str = "") -> Path:
    """Return a folder of migrations that goes one further than the real one."""
    folder = tmp_path / "100% next"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_next.py").write_text(NEXT.format(head=HEAD, more=more))
    return folder


@pytest.fixture
def next_migrations(tmp_path: Path) -> Path:
    """Return the migrations of the next version of Readout."""
    return _add_migration(tmp_path)


async def test_alembic_finds_no_difference_to_the_tables_of_the_code(path: Path) -> None:
    """A column that only one of both knows would fail at the first query."""
    await _open(name_url(path))

    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differences == []


async def test_migrated_tables_are_made_by_the_same_statements(path: Path, tmp_path: Path) -> None:
    """Alembic does not compare everything: numbers that are never used again, deletions."""
    await _open(name_url(path))
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.db'}", poolclass=NullPool)

    metadata.create_all(engine)

    assert _list_statements(path) == _list_statements(tmp_path / "direct.db")


def _list_statements(path: Path) -> set[tuple[object, ...]]:
    """Return the statements that made tables and indexes, Alembic's own table left out."""
    statement = "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
    return set(query(path, statement))


def test_the_last_file_is_the_head_of_alembic() -> None:
    """Opening goes by the names of the files, since Alembic is slow to import."""
    script = ScriptDirectory(str(MIGRATIONS))

    revisions = [one.revision for one in script.walk_revisions()]

    assert script.get_heads() == [list_revisions(MIGRATIONS)[-1]]
    assert sorted(revisions) == list_revisions(MIGRATIONS)


async def test_an_older_schema_is_refused(path: Path, next_migrations: Path) -> None:
    """Nothing is migrated without being asked: an older Readout could not open it any more."""
    await _open(name_url(path))

    with pytest.raises(MigrationError, match=rf"has schema {HEAD}.* needs 9999.*store migrate`"):
        await _open(name_url(path), next_migrations)


async def test_a_newer_schema_is_refused(path: Path, next_migrations: Path) -> None:
    """What a newer Readout wrote may mean something else."""
    await _open(name_url(path), next_migrations)

    with pytest.raises(MigrationError, match=r"has schema 9999, which .* a newer one wrote it"):
        await _open(name_url(path))


async def test_a_newer_schema_is_not_migrated(path: Path, next_migrations: Path) -> None:
    """There is no way back."""
    await _open(name_url(path), next_migrations)

    with pytest.raises(MigrationError, match="a newer one wrote it"):
        await migrate_store(name_url(path))


async def test_an_older_schema_is_migrated_when_asked(path: Path, next_migrations: Path) -> None:
    """What was stored is there afterwards."""
    async with open_store(name_url(path)) as store:
        await store.save_summary(make_summary())

    revisions = await migrate_store(name_url(path), migrations=next_migrations)

    assert revisions == (HEAD, "9999")
    async with open_store(name_url(path), migrations=next_migrations) as store:
        assert await store.find_summary(make_id("one"))


async def test_migrating_makes_what_is_not_there(path: Path) -> None:
    """It may be the first command that is run."""
    assert await migrate_store(name_url(path)) == ("none", HEAD)

    await _open(name_url(path))


async def test_migrating_again_changes_nothing(path: Path) -> None:
    """It may stand in a start script."""
    await migrate_store(name_url(path))

    assert await migrate_store(name_url(path)) == (HEAD, HEAD)


async def test_a_database_without_a_revision_is_older(path: Path) -> None:
    """A downgrade to nothing leaves Alembic's table behind."""
    await _open(name_url(path))
    with connect(path) as connection:
        connection.execute("DELETE FROM alembic_version")

    with pytest.raises(MigrationError, match="has schema none"):
        await _open(name_url(path))


def _read(path: Path) -> bytes:
    return path.read_bytes()


@pytest.mark.parametrize("command", [_open, migrate_store])
async def test_another_programs_database_is_left_alone(
    path: Path, command: Callable[[str], Awaitable[object]]
) -> None:
    """A wrong path in the settings must not put tables into a browser's history."""
    with connect(path) as connection:
        connection.execute("CREATE TABLE history (url TEXT)")
    before = _read(path)

    with pytest.raises(MigrationError, match="is not a Readout database; set READOUT_DATABASE_URL"):
        await command(name_url(path))

    assert _read(path) == before


async def test_a_migration_that_fails_changes_nothing(path: Path, tmp_path: Path) -> None:
    """Half a schema fits no version."""
    await _open(name_url(path))
    broken = _add_migration(tmp_path, more='op.execute("SELECT * FROM nowhere")')

    with pytest.raises(StoreError, match="a table or column is missing"):
        await migrate_store(name_url(path), migrations=broken)

    await _open(name_url(path))
    columns = {row[1] for row in query(path, "PRAGMA table_info(readings)")}
    assert "note" not in columns


async def test_tables_without_a_revision_are_not_made_again(path: Path) -> None:
    """Whoever emptied Alembic's table must put the revision back; nothing is dropped."""
    await _open(name_url(path))
    with connect(path) as connection:
        connection.execute("DELETE FROM alembic_version")

    with pytest.raises(StoreError, match="it answers SQLITE_ERROR"):
        await migrate_store(name_url(path))


async def test_migrations_that_do_not_fit_together_are_told(path: Path, tmp_path: Path) -> None:
    """A broken installation is not the database's fault."""
    broken = _add_migration(tmp_path)
    version = broken / "versions" / "9999_next.py"
    version.write_text(version.read_text().replace(f'"{HEAD}"', "None"))
    await _open(name_url(path))

    with pytest.raises(MigrationError, match="of this installation do not fit together"):
        await migrate_store(name_url(path), migrations=broken)


async def test_migrating_leaves_the_logs_as_they_are(path: Path) -> None:
    """Alembic's usual environment sets up logging, and silences all that was there."""
    mine = logging.getLogger("test.store")
    root = logging.getLogger()
    before = (mine.disabled, mine.level, root.level, list(root.handlers))

    await migrate_store(name_url(path))

    assert (mine.disabled, mine.level, root.level, list(root.handlers)) == before


async def test_all_migrations_can_be_taken_back(path: Path) -> None:
    """Whoever goes back to a version without a store gets an empty file."""
    await _open(name_url(path))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")

    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as config.attributes["connection"]:
        downgrade(config, "base")

    names = {name for (name,) in query(path, "SELECT name FROM sqlite_master")}
    assert not names & set(metadata.tables)


def test_opening_a_database_does_not_import_alembic(path: Path) -> None:
    """It takes a third of a second, at every command of the shell."""
    asyncio.run(_open(name_url(path)))
    script = (
        "import asyncio, sys\n"
        "from service.store import open_store\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1]): pass\n"
        "asyncio.run(main())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )

    assert run_python(script, name_url(path)).returncode == 0
