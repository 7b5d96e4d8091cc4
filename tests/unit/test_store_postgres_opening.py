"""A PostgreSQL database that cannot be used is told at once, and no secret with it."""

import pytest
from psycopg import OperationalError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.errors import MigrationError, StoreAwayError, StoreError
from service.store import migrate_store, open_store
from service.store.faults import Label
from service.store.postgres_faults import translate_faults
from tests.postgres import Server
from tests.unit.data_store import run_python
from tests.unit.databases import PostgresDatabase

ELSEWHERE = "set READOUT_DATABASE_URL to another database"


async def _refuse(url: str, kind: type[StoreError] = StoreError) -> str:
    """Return the sentence with which opening ``url`` fails; it holds no part of the password."""
    with pytest.raises(kind) as caught:
        async with open_store(url):
            pass
    assert not any(part in str(caught.value) for part in ("p@ss", "wörd", "secret", "postgres:"))
    return str(caught.value)


async def test_a_server_that_is_not_there_is_told(postgres_server: Server) -> None:
    """Most often it was not started."""
    found = await _refuse(postgres_server.name_url("x", port="1"), StoreAwayError)

    assert found == (
        "the database postgresql://127.0.0.1:1/x does not work: the server cannot be reached; "
        "start the server, or check host and port in READOUT_DATABASE_URL"
    )


@pytest.mark.parametrize("account", [{"password": "secret"}, {"user": "nobody"}])
async def test_a_wrong_user_or_password_is_told(
    postgres_server: Server, account: dict[str, str]
) -> None:
    """Without showing either."""
    found = await _refuse(postgres_server.name_url(**account))

    assert "the server refuses the user or the password; check both in" in found


async def test_a_database_that_is_not_there_is_told(postgres_server: Server) -> None:
    """Unlike a file, it is not made: that is for who owns the server to decide."""
    found = await _refuse(postgres_server.name_url("none"))

    assert f"there is no database of that name; make it with `createdb`, or {ELSEWHERE}" in found


@pytest.mark.parametrize("host", ["a..b", "x" * 70])
async def test_a_host_that_is_none_is_told(host: str) -> None:
    """What cannot be a name is never looked up."""
    found = await _refuse(f"postgresql://u:secret@{host}/name")

    assert "its host or port leads nowhere; check both in READOUT_DATABASE_URL" in found


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:secret%zz@host/name",
        "postgresql://u:12secret/3@host/name",
        "postgresql://host/name?secret=1",
        "postgresql://u:secret@[::1/name",
        "postgresql://u:secret\0@host/name",
        "postgresql://u:secret\udcff@host/name",
    ],
)
async def test_an_address_that_cannot_be_parsed_is_told(url: str) -> None:
    """Passwords have characters that an address gives a meaning."""
    found = await _refuse(url)

    assert "its address cannot be parsed; write it postgresql://USER:PASSWORD@HOST" in found


async def test_libpqs_other_prefix_and_parameters_are_taken(postgres_url: str) -> None:
    """What ``psql`` takes, Readout takes."""
    url = postgres_url.replace("postgresql://", "postgres://") + "?application_name=mine"

    async with open_store(url) as store:
        name = await store._database.read(lambda one: one.scalar(text("SHOW application_name")))

        shown = (await store.measure()).database

    assert name == "mine"
    assert shown == f"postgresql://{postgres_url.rpartition('@')[2]}"


async def test_another_encoding_is_refused(postgres_server: Server) -> None:
    """Readings are paid for in every script; one that cannot be stored would be lost."""
    postgres_server.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")

    found = await _refuse(postgres_server.name_url("latin"))

    postgres_server.execute("DROP DATABASE latin WITH (FORCE)")
    assert "its encoding is not UTF8; make one with `createdb --encoding=UTF8" in found


async def test_a_database_that_only_reads_is_refused(
    postgres_server: Server, postgres_url: str
) -> None:
    """A standby would answer everything until the first reply that was paid for."""
    await migrate_store(postgres_url)
    name = postgres_url.rpartition("/")[2]
    postgres_server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")

    assert f"it is read-only; {ELSEWHERE}" in await _refuse(postgres_url)


async def test_a_user_without_rights_is_refused(postgres_server: Server, postgres_url: str) -> None:
    """The tables are another's."""
    await migrate_store(postgres_url)
    postgres_server.execute("CREATE ROLE reader LOGIN PASSWORD 'secret'")

    name = postgres_url.rpartition("/")[2]
    found = await _refuse(postgres_server.name_url(name, user="reader", password="secret"))

    postgres_server.execute("DROP ROLE reader")
    assert f"access is denied; {ELSEWHERE}" in found


async def test_another_programs_database_is_left_alone(postgres_url: str) -> None:
    """A server has many; the wrong one must not get tables."""
    other = PostgresDatabase(postgres_url)
    other.query("CREATE TABLE history (url text)")

    found = await _refuse(postgres_url, MigrationError)
    with pytest.raises(MigrationError):
        await migrate_store(postgres_url)

    assert f"is not a Readout database; {ELSEWHERE}" in found
    assert other.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [
        ("history",)
    ]


def test_a_missing_driver_is_told() -> None:
    """It is an extra; the sentence names it."""
    script = (
        "import asyncio, sys\n"
        "sys.modules['psycopg'] = None\n"
        "from service.errors import StoreError\n"
        "from service.store import migrate_store\n"
        "try: asyncio.run(migrate_store('postgresql://u:secret@host/name'))\n"
        "except StoreError as error: print(error)\n"
    )

    assert run_python(script).stdout == (
        "the database postgresql://host/name needs PostgreSQL's driver: install Readout as "
        "`readout[scale]`, or set READOUT_DATABASE_URL to sqlite:///PATH\n"
    )


def test_a_file_needs_no_driver() -> None:
    """Nor the time to import it."""
    script = (
        "import asyncio, sys\n"
        "from service.store import open_store\n"
        "async def main():\n"
        "    async with open_store('sqlite:///readout.db'): pass\n"
        "asyncio.run(main())\n"
        "print({'psycopg', 'service.store.postgres'} & set(sys.modules))\n"
    )

    assert run_python(script).stdout == "set()\n"


@pytest.mark.parametrize(
    ("saying", "sentence"),
    [
        ("server does not support SSL, but SSL was required", "no encrypted connection can be"),
        ("FATAL:  the database system is starting up", "the server is starting or stopping; try"),
        ("FATAL:  sorry, too many clients already", "the server takes no more connections"),
        ("connection timeout expired", "the server cannot be reached"),
        ("FATAL:  Passwort-Authentifizierung", "it answers Passwort-Authentifizierung"),
        ("something about secret", "no connection can be made; set READOUT"),
    ],
)
def test_what_has_no_code_is_told_by_its_words(saying: str, sentence: str) -> None:
    """While a connection is made, libpq gives no code; some servers speak German."""
    error = DBAPIError(None, None, OperationalError(f"connection failed: {saying}"))

    with (
        pytest.raises(StoreError, match=sentence) as caught,
        translate_faults(Label("x", ELSEWHERE)),
    ):
        raise error

    assert "secret" not in str(caught.value)
