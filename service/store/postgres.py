"""PostgreSQL: connections, transactions, and what it needs to be told.

Owns everything that is PostgreSQL's own: isolation, the lock for what must be alone, what a
connection waits for. The driver comes with the extra ``scale``, and is imported only here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from service.addresses import HIDDEN
from service.errors import StoreError
from service.store.backend import MAX_READS, PROBE_TIMEOUT_S, Result, Work
from service.store.faults import Label, describe
from service.store.postgres_faults import (
    UNNAMED,
    UNPARSABLE,
    WRONG_ENCODING,
    is_collision,
    label_server,
    translate_faults,
)
from service.store.tables import metadata

if TYPE_CHECKING:
    import psycopg

MAX_WRITES = 4
"""Transactions that write at the same time, besides one that is alone."""
MAX_TRIES = 5
"""How often a transaction that collided with another's is done at most."""
ALONE = 0x7265_6164_6F75_74
"""Key of the advisory lock: the bytes of ``readout``; the application's own to choose."""
_VERSION_TABLE = "alembic_version"
_CONNECTING = {
    "application_name": "readout",
    "client_encoding": "utf8",
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""What libpq is told unless the address says otherwise: a server whose machine is gone without a
word is noticed within a minute (https://www.postgresql.org/docs/current/libpq-connect.html)."""
_PROBING = {"connect_timeout": "2"}
"""The least that libpq takes, in seconds."""


def open_postgres(url: str, *, busy_timeout_s: float) -> "PostgresBackend":
    """Return the database at ``url``, ``postgresql://…``; nothing is connected yet.

    Raises ``StoreError`` where the driver is not installed, or ``url`` cannot be parsed.
    """
    label, given = parse_address(url)
    return PostgresBackend(label, given, busy_timeout_s=busy_timeout_s)


def parse_address(url: str) -> tuple[Label, dict[str, Any]]:
    """Return what sentences say of the database at ``url``, and libpq's parameters for it.

    Raises ``StoreError`` where the driver is not installed, or ``url`` cannot be parsed.
    """
    label = label_server(url)
    try:
        from psycopg import ProgrammingError  # noqa: PLC0415  # an extra, not always installed
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # as above
    except ImportError as error:
        raise StoreError(
            f"the database {label.name} needs PostgreSQL's driver: install Readout as "
            "`readout[scale]`, or set READOUT_DATABASE_URL to sqlite:///PATH"
        ) from error
    try:
        given = conninfo_to_dict(url)
    except (ProgrammingError, ValueError):
        # Not chained: it repeats what may be a part of the password.
        raise describe(label, UNPARSABLE) from None
    if label.name == HIDDEN or "\0" in url:
        # libpq would take a part of the password for a host, or the address to end there.
        raise describe(label, UNPARSABLE)
    return label, given


class PostgresBackend:
    """One database of a PostgreSQL server: ``service.store.backend.Backend``.

    A server that went away is connected to again by the next transaction.
    """

    max_writes = MAX_WRITES

    def __init__(self, label: Label, given: dict[str, Any], *, busy_timeout_s: float) -> None:
        """Work on what ``given``, libpq's parameters, leads to; nothing is connected yet."""
        self._label = label
        connect = _Connecting(label, {**_CONNECTING, **given}, {"lock_timeout": busy_timeout_s})
        self._writer = _build_engine(connect, pool_size=MAX_READS + MAX_WRITES + 1, max_overflow=0)
        # Nothing is said of reading only: SQLAlchemy would ask for writing explicitly afterwards,
        # and write where the server's default is not to.
        self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ")
        self._executor = self._writer.execution_options(isolation_level="AUTOCOMMIT")
        limits = {"lock_timeout": PROBE_TIMEOUT_S, "statement_timeout": PROBE_TIMEOUT_S}
        probing = _Connecting(label, {**_CONNECTING, **given, **_PROBING}, limits)
        self._prober = _build_engine(probing, poolclass=NullPool)

    @property
    def label(self) -> Label:
        """What sentences say of it."""
        return self._label

    def read(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, all of it from one state of the database."""
        return self._transact(self._reader, work)

    def write(self, work: Work[Result]) -> Result:
        """Return what ``work`` returns, once it is committed; others may write beside it."""
        return self._transact(self._writer, work)

    def write_alone(self, work: Work[Result]) -> Result:
        """Do the same under a lock that is held until the end of the transaction."""

        def lock_and_work(connection: Connection) -> Result:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ALONE})
            return work(connection)

        return self._transact(self._writer, lock_and_work)

    def prove(self) -> None:
        """Write without changing anything; what cannot be written shows here."""
        self._transact(self._writer, _write_nothing)

    def probe(self) -> None:
        """``prove`` over a connection of its own, and return or raise soon.

        Within about a second, or two where the server's machine does not answer at all.
        """
        self._transact(self._prober, _write_nothing)

    def keep_journal(self) -> None:
        """Do nothing: reads run beside writes anyway."""

    def shrink(self) -> None:
        """Let freed space be used again; what lies at the end of a table is given back.

        All of it would be by VACUUM FULL, which holds up every reader for as long as it copies.
        """
        names = ", ".join(metadata.tables)
        with translate_faults(self._label), self._executor.connect() as connection:
            connection.exec_driver_sql(f"VACUUM (ANALYZE) {names}")

    def measure(self) -> int:
        """Return the bytes of the tables, with their indexes."""
        return self._transact(self._reader, _measure_tables)

    def close(self) -> None:
        """Close all connections."""
        self._writer.dispose()

    def _transact(self, engine: Engine, work: Work[Result]) -> Result:
        """Do ``work`` in a transaction; again where it collided with another's."""
        with translate_faults(self._label):
            for _ in range(MAX_TRIES - 1):
                try:
                    with engine.begin() as connection:
                        return work(connection)
                except DBAPIError as error:
                    if not is_collision(error):
                        raise
            with engine.begin() as connection:
                return work(connection)


class _Connecting:
    """Makes connections by libpq's parameters, with limits on what they wait for."""

    def __init__(
        self, label: Label, parameters: dict[str, Any], limits_s: dict[str, float]
    ) -> None:
        """Connect with ``parameters``; ``limits_s`` are settings of time, in seconds."""
        self._label = label
        self._parameters = parameters
        # Zero would be no limit at all.
        self._limits = {name: max(1, round(limit * 1_000)) for name, limit in limits_s.items()}

    def __call__(self) -> "psycopg.Connection[Any]":
        """Return a new connection; a driver's error, or ``StoreError`` for another encoding."""
        import psycopg  # noqa: PLC0415  # an extra, not always installed

        try:
            connection = psycopg.connect(**self._parameters, autocommit=True)
        except ValueError as error:
            # A host that is no name at all never reaches the driver's own errors.
            raise describe(self._label, UNNAMED) from error
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: "psycopg.Connection[Any]") -> None:
        if connection.info.parameter_status("server_encoding") != "UTF8":
            raise describe(self._label, WRONG_ENCODING)
        for name, limit_ms in self._limits.items():
            connection.execute(f"SET {name} = {limit_ms}".encode())
        connection.autocommit = False


def _build_engine(connect: Callable[[], "psycopg.Connection[Any]"], **options: object) -> Engine:
    # Parameters of a server's errors would be articles. A connection is looked at before it is
    # used: after a restart of the server, none of them is any good.
    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        hide_parameters=True,
        pool_pre_ping=True,
        use_native_hstore=False,
        **options,
    )


def _write_nothing(connection: Connection) -> None:
    """Write a row again as it is: rights, disk and a server that only reads show by that."""
    statement = f"UPDATE {_VERSION_TABLE} SET version_num = version_num"  # noqa: S608  # a constant
    connection.exec_driver_sql(statement)


def _measure_tables(connection: Connection) -> int:
    size = connection.scalar(
        text(
            "SELECT sum(pg_total_relation_size(to_regclass(name))) "
            "FROM unnest(CAST(:names AS text[])) AS name"
        ),
        {"names": [*metadata.tables, _VERSION_TABLE]},
    )
    return int(size or 0)
