"""How a store is opened, and how its schema is brought up to date.

Owns the order: which database, its schema, a proof that it can be written to. Only here may one
be made or changed in shape.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from service.addresses import is_postgres
from service.store.accounts import Patience
from service.store.backend import BUSY_TIMEOUT_S, Backend
from service.store.database import Database
from service.store.faults import Label
from service.store.migrating import (
    MIGRATIONS,
    NO_REVISION,
    check_revision,
    list_revisions,
    read_revision,
    upgrade,
)
from service.store.sqlite import open_sqlite
from service.store.store import MAX_MEMORY_BYTES, Store


@asynccontextmanager
async def open_store(
    url: str,
    *,
    max_memory_bytes: int = MAX_MEMORY_BYTES,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    patience: Patience | None = None,
    migrations: Path = MIGRATIONS,
) -> AsyncIterator[Store]:
    """Open the store at ``url``; on leaving, what has begun is completed.

    Of ``sqlite:///PATH``, folder and file are made where they lack (the file readable by its owner
    only); the database of ``postgresql://…`` must be there, and the extra ``scale`` installed. The
    tables of an empty database are made. At most ``max_memory_bytes`` of summaries are held in
    memory; ``busy_timeout_s`` is how long another process's lock is waited for, ``patience`` how
    long it is put up with when a reply is there to be kept. Raises ``MigrationError`` where the
    schema is not the newest of ``migrations``, and ``StoreError`` where the database cannot be
    read and written.
    """
    async with _open_database(url, busy_timeout_s=busy_timeout_s) as database:
        revision = await database.read(partial(read_revision, label=database.label))
        if revision is None:
            _, revision = await _upgrade(database, migrations)
        check_revision(revision, list_revisions(migrations), database.label)
        await database.keep_journal()
        await database.prove()
        store = Store(database, max_memory_bytes=max_memory_bytes, patience=patience)
        try:
            yield store
        finally:
            await store.rescue()


async def migrate_store(url: str, *, migrations: Path = MIGRATIONS) -> tuple[str, str]:
    """Bring the schema at ``url`` to the newest revision; return those before and after.

    A file that is not there is made; its revision before is ``none``. Raises
    ``MigrationError`` for a database of a newer Readout or of another program.
    """
    async with _open_database(url) as database:
        return await _upgrade(database, migrations)


async def _upgrade(database: Database, migrations: Path) -> tuple[str, str]:
    work = partial(_migrate, label=database.label, migrations=migrations)
    return await database.write_alone(work)


def _migrate(connection: Connection, label: Label, migrations: Path) -> tuple[str, str]:
    """Upgrade unless the newest revision is there already: another process may have been faster."""
    known = list_revisions(migrations)
    before = read_revision(connection, label) or NO_REVISION
    if before not in known[:-1] and before != NO_REVISION:
        check_revision(before, known, label)
        return before, before
    upgrade(connection, migrations)
    return before, known[-1]


@asynccontextmanager
async def _open_database(
    url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> AsyncIterator[Database]:
    database = Database(_choose_backend(url, busy_timeout_s))
    try:
        yield database
    finally:
        await database.close()


def _choose_backend(url: str, busy_timeout_s: float) -> Backend:
    if not is_postgres(url):
        return open_sqlite(url, busy_timeout_s=busy_timeout_s)
    from service.store.postgres import open_postgres  # noqa: PLC0415  # slow, and an extra

    return open_postgres(url, busy_timeout_s=busy_timeout_s)
