"""A store is made where there is none, and opened only where it can be used."""

import asyncio
import gc
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, text

from service.errors import StoreError
from service.store import open_store
from service.store.location import locate_database, measure_file
from tests.unit.data_store import HEAD, ROOT, connect, make_id, make_summary, name_url, query

ADVICE = "set READOUT_DATABASE_URL to a file that can be written to"
PROCESSES = 4


async def _open(url: str) -> None:
    async with open_store(url):
        pass


def _read_pragmas(connection: Connection) -> list[object]:
    names = ("journal_mode", "synchronous", "foreign_keys")
    return [connection.scalar(text(f"PRAGMA {name}")) for name in names]


@contextmanager
def _watch_connections() -> Iterator[list[sqlite3.Connection]]:
    """Yield all connections that are made inside."""
    made: list[sqlite3.Connection] = []
    connect_really = sqlite3.connect

    def connect_watched(*arguments: Any, **options: Any) -> sqlite3.Connection:
        made.append(connect_really(*arguments, **options))
        return made[-1]

    with (
        patch.object(sqlite3, "connect", connect_watched),
        patch.object(sqlite3.dbapi2, "connect", connect_watched),
    ):
        yield made


def _is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1 WHERE 0")
    except sqlite3.ProgrammingError as error:
        return "closed database" not in str(error)
    return True


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _list_modes(folder: Path) -> dict[str, int]:
    """Return the permissions of the files of ``folder``."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def _weigh_files(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


async def test_folder_and_file_are_made(tmp_path: Path) -> None:
    """A fresh machine needs no preparation."""
    path = tmp_path / "new" / "folder" / "readout.db"

    await _open(name_url(path))

    assert query(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    """Replies quote articles that may be embargoed; the journal holds them, too."""
    async with open_store(name_url(tmp_path / "new.db")) as store:
        await store.save_summary(make_summary())
        modes = _list_modes(tmp_path)

    assert modes == {"new.db": 0o600, "new.db-wal": 0o600, "new.db-shm": 0o600}


async def test_the_mode_of_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    """Whoever shares a database with a group means it."""
    path = tmp_path / "new.db"
    path.touch(0o660)
    path.chmod(0o660)

    await _open(name_url(path))

    assert stat.S_IMODE(path.stat().st_mode) == 0o660


@pytest.mark.parametrize(
    "name",
    [
        "a b.db",
        "50%.db",
        "%20.db",
        "what?.db",
        "a?mode=memory",
        "a#b.db",
        "稀土 “é”🌾.db",
        "'\";.db",
    ],
)
async def test_no_character_of_a_path_is_special(tmp_path: Path, name: str) -> None:
    """Folders are named by people."""
    path = tmp_path / f"folder {name}" / name

    async with open_store(name_url(path)) as store:
        await store.save_summary(make_summary())

    assert query(path, "SELECT id FROM summaries") == [(make_id("one"),)]
    assert list(_list_modes(path.parent)) == [name]


async def test_a_tilde_is_the_home_folder(environment: Path) -> None:
    """In a file of settings no shell expands it."""
    await _open("sqlite:///~/data/readout.db")

    assert (environment / "data" / "readout.db").exists()


async def test_a_relative_path_starts_from_the_working_folder(tmp_path: Path) -> None:
    """Also when the working folder changes later."""
    os.chdir(tmp_path)

    located = locate_database("sqlite:///data/readout.db")

    assert located == tmp_path / "data" / "readout.db"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared",
        "sqlite:////tmp/nul\0byte",
        "postgresql://user:secret@host/name",
        "/tmp/readout.db",
        "sqlite:///~nobody-of-that-name/readout.db",
    ],
)
async def test_what_names_no_file_is_refused(url: str) -> None:
    """What is kept in memory is lost; and a password must not be shown."""
    with pytest.raises(StoreError, match=ADVICE) as caught:
        await _open(url)

    assert "secret" not in str(caught.value)


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """A mount point that is not mounted looks like this."""
    with pytest.raises(StoreError, match=f"{tmp_path} does not work: it is a folder; {ADVICE}"):
        await _open(name_url(tmp_path))


async def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """The reason of the system is told."""
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=f"(File exists|Not a directory); {ADVICE}"):
        await _open(name_url(tmp_path / "file" / "readout.db"))


async def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """Some make the file beforehand to give it to an owner."""
    (tmp_path / "new.db").touch()

    async with open_store(name_url(tmp_path / "new.db")) as store:
        assert (await store.measure()).revision == HEAD


async def test_a_database_without_tables_gets_them(tmp_path: Path) -> None:
    """A process that was killed while it made the first tables leaves this behind."""
    with connect(tmp_path / "new.db") as connection:
        connection.execute("PRAGMA journal_mode = WAL")

    async with open_store(name_url(tmp_path / "new.db")) as store:
        assert (await store.measure()).revision == HEAD


async def test_writes_are_durable_and_references_are_kept(tmp_path: Path) -> None:
    """A reply that was paid for survives a power cut, and items go with their summary."""
    async with open_store(name_url(tmp_path / "new.db")) as store:
        pragmas = await store._database.read(_read_pragmas)

    assert pragmas == ["wal", 2, 1]


async def test_closing_leaves_one_file(tmp_path: Path) -> None:
    """A copy of it is a backup."""
    async with open_store(name_url(tmp_path / "new.db")) as store:
        await store.save_summary(make_summary())
        during = len(_list_modes(tmp_path))

    assert (during, list(_list_modes(tmp_path))) == (3, ["new.db"])


async def test_closing_leaves_no_connection_behind(tmp_path: Path) -> None:
    """One that is collected unclosed would warn here; nor does a thread of its work stay."""
    threads = set(threading.enumerate())

    with _watch_connections() as connections:
        async with open_store(name_url(tmp_path / "new.db")) as store:
            await asyncio.gather(*(store.find_summary(make_id(str(n))) for n in range(20)))
            await store.check()

    gc.collect()
    assert set(threading.enumerate()) <= threads
    assert len(connections) > 1
    assert [one for one in connections if _is_open(one)] == []


@pytest.mark.parametrize("content", [b"", b"Dear Sir or Madam, " * 1_000])
async def test_an_opening_that_fails_leaves_no_connection_behind(
    tmp_path: Path, content: bytes
) -> None:
    """Whoever tries again and again would run out of files."""
    path = tmp_path / "new.db"
    _write(path, content)

    with _watch_connections() as connections, connect(path) as other:
        if not content:
            other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError):
            async with open_store(name_url(path), busy_timeout_s=0):
                pass

        assert len(connections) > 1
        assert [one for one in connections if _is_open(one)] == [other]


async def test_an_error_inside_closes_the_store(tmp_path: Path) -> None:
    """The command line leaves that way."""
    with pytest.raises(KeyError):
        async with open_store(name_url(tmp_path / "new.db")):
            raise KeyError

    assert list(_list_modes(tmp_path)) == ["new.db"]


async def test_size_is_that_of_all_files(tmp_path: Path) -> None:
    """The journal may be larger than the database."""
    async with open_store(name_url(tmp_path / "new.db")) as store:
        await store.save_summary(make_summary())

        measured = measure_file(tmp_path / "new.db")

        assert measured == _weigh_files(tmp_path)


async def test_two_stores_of_one_process_share_a_file(tmp_path: Path) -> None:
    """Opening the second must not drop the locks of the first."""
    url = name_url(tmp_path / "new.db")
    async with open_store(url) as first, open_store(url) as second:
        await asyncio.gather(
            *(
                store.save_summary(make_summary(f"{store is first}{n}"))
                for n in range(10)
                for store in (first, second)
            )
        )

        assert (await first.measure()).summaries == 20


def test_processes_that_make_the_same_database_at_once_all_succeed(tmp_path: Path) -> None:
    """A service and a command of the shell may both be the first."""
    script = (
        "import asyncio, sys\n"
        "from service.store import open_store\n"
        "from tests.unit.data_store import make_summary\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1]) as store:\n"
        "        await store.save_summary(make_summary(sys.argv[2]))\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", script, name_url(tmp_path / "new.db")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    running = [
        subprocess.Popen([*command, str(n)], env=environment, stderr=subprocess.PIPE)
        for n in range(PROCESSES)
    ]
    errors = [process.communicate()[1] for process in running]

    assert errors == [b""] * PROCESSES
    assert query(tmp_path / "new.db", "SELECT count(*) FROM summaries") == [(PROCESSES,)]
