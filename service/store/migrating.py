"""The version of the schema: found, judged, and brought up to date.

Owns what Alembic is told. Alembic is imported only where a schema is changed: it takes a third of
a second, and every command of the shell opens the store.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from service.errors import MigrationError
from service.store.faults import Label

MIGRATIONS = Path(__file__).parent / "migrations"
"""The folder of Alembic's environment; the files of its versions begin with their revision."""
VERSION_TABLE = "alembic_version"
NO_REVISION = "none"
"""How the revision of an empty database is called."""


def list_revisions(migrations: Path) -> list[str]:
    """Return the revisions of the folder, the oldest first: they are numbered."""
    return sorted(path.name[:4] for path in migrations.glob("versions/[0-9]*.py"))


def read_revision(connection: Connection, label: Label) -> str | None:
    """Return the revision of the database of ``label``, ``None`` where it is empty.

    Raises ``MigrationError`` for one that has tables, but not those of Readout.
    """
    names = _list_tables(connection)
    if names and VERSION_TABLE not in names:
        raise MigrationError(
            f"the database {label.name} has tables, but it is not a Readout database; "
            f"{label.elsewhere}"
        )
    return read_version(connection) if names else None


def read_version(connection: Connection) -> str:
    """Return the revision that Alembic noted."""
    query = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  # a constant
    revision: str | None = connection.scalar(query)
    return revision or NO_REVISION


def check_revision(revision: str, known: list[str], label: Label) -> None:
    """Raise ``MigrationError`` where ``revision`` is not the last one ``known``."""
    if revision == known[-1]:
        return
    if revision in {*known, NO_REVISION}:
        raise MigrationError(
            f"the database {label.name} has schema {revision}, and this version of Readout needs "
            f"{known[-1]}; copy it, then run `readout store migrate`"
        )
    raise MigrationError(
        f"the database {label.name} has schema {revision}, which this version of Readout does "
        f"not know: a newer one wrote it; install that, or {label.elsewhere}"
    )


def upgrade(connection: Connection, migrations: Path) -> None:
    """Bring the schema to the newest revision, within the transaction of ``connection``.

    Raises ``MigrationError`` where a migration fails; nothing is changed then.
    """
    from alembic.command import upgrade as run  # noqa: PLC0415  # slow, and seldom needed
    from alembic.config import Config  # noqa: PLC0415  # as above
    from alembic.util import CommandError  # noqa: PLC0415  # as above

    config = Config()
    # A percent sign would begin an interpolation of configparser's.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        run(config, "head")
    except CommandError as error:
        raise MigrationError("the migrations of this installation do not fit together") from error


def _list_tables(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()
