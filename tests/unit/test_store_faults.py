"""An SQLite database that does not work says so, with its path, the reason and what to do."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.errors import StoreBusyError, StoreError
from service.store import Store, open_store
from service.store.accounts import Patience
from service.store.sqlite import SqliteBackend
from service.store.sqlite_faults import translate_faults
from tests.unit.data_store import connect, make_summary, name_url, run_python
from tests.unit.data_store_calls import CALLS, WRITES

ADVICE = "set READOUT_DATABASE_URL to a file that can be written to"
PAGE = 4_096
"""Bytes of a page of the database."""
LETTER = b"Dear Sir or Madam, " * 1_000
WAIT_S = 0.05
"""How long the stores of these tests wait for a lock."""
READ_ONLY_VERSION = b"\x03"
"""A version of the file format that SQLite reads and does not write: 18th byte of the header."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the test's database is."""
    return tmp_path / "readout.db"


@pytest_asyncio.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    """Open a new store that does not wait long for locks."""
    patience = Patience(limit_s=0)
    async with open_store(name_url(path), busy_timeout_s=WAIT_S, patience=patience) as opened:
        yield opened


async def _open(path: Path) -> None:
    async with open_store(name_url(path), busy_timeout_s=WAIT_S):
        pass


def _move(path: Path, target: Path) -> None:
    path.replace(target)


def _read(path: Path) -> bytes:
    return path.read_bytes()


def _overwrite(path: Path, offset: int, content: bytes) -> None:
    path.touch()
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


async def test_readiness_is_proved_by_a_write_that_is_committed(store: Store, path: Path) -> None:
    """What is rolled back never reaches the disk, and would not notice that it is full."""
    with connect(path) as other:
        before = other.execute("PRAGMA data_version").fetchone()

        await store.check()

        assert other.execute("PRAGMA data_version").fetchone() != before


async def test_opening_a_read_only_database_is_refused(path: Path) -> None:
    """Better no service than one that pays for replies that it cannot keep."""
    await _open(path)
    _overwrite(path, 18, READ_ONLY_VERSION)

    with pytest.raises(StoreError, match=f"readout.db does not work: it is read-only; {ADVICE}"):
        await _open(path)


@pytest.mark.parametrize("name", WRITES)
async def test_a_write_to_a_database_that_became_read_only(store: Store, name: str) -> None:
    """A file system that fails is mounted again read-only."""
    _run_on_connections(store, "PRAGMA query_only = ON")

    with pytest.raises(StoreError, match="it is read-only"):
        await WRITES[name](store)


def _run_on_connections(store: Store, pragma: str) -> None:
    """Run ``pragma`` on each connection of ``store`` before it is used again."""

    def run(connection: DBAPIConnection, *_others: object) -> None:
        connection.cursor().execute(pragma)

    backend = store._database._backend
    assert isinstance(backend, SqliteBackend)
    for engine in (backend._engine, backend._prober):
        event.listen(engine, "checkout", run)


async def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    """The settings may name a document."""
    _overwrite(path, 0, LETTER)

    with pytest.raises(StoreError, match=r"readout\.db does not work: it is not an SQLite"):
        await _open(path)

    assert _read(path) == LETTER


@pytest.mark.parametrize("name", ["find_summary", "save_summary", "list_items", "measure"])
async def test_a_damaged_database_says_so(path: Path, name: str) -> None:
    """A disk that lies must not become an empty list."""
    async with open_store(name_url(path)) as store:
        for number in range(20):
            await store.save_summary(make_summary(str(number)))
    _overwrite(path, 2 * PAGE, os.urandom(len(_read(path)) - 2 * PAGE))

    with pytest.raises(StoreError, match=r"readout\.db does not work: it is damaged; restore"):
        async with open_store(name_url(path)) as store:
            await CALLS[name](store)


async def _save_many(store: Store) -> None:
    for number in range(100):
        await store.save_summary(make_summary(str(number)))


async def test_a_full_disk_says_so(store: Store, path: Path) -> None:
    """What was stored before is served on."""
    saved = await store.save_summary(make_summary())
    _run_on_connections(store, "PRAGMA max_page_count = 40")

    with pytest.raises(StoreError, match="the disk is full; make room there"):
        await _save_many(store)

    async with open_store(name_url(path)) as other:
        assert await other.find_summary(saved.id) == saved


def test_a_disk_that_takes_no_more_is_told_before_a_call_is_paid(path: Path) -> None:
    """The entry in the books is written first; where it fails, nothing is sent."""
    asyncio.run(_open(path))
    script = (
        "import asyncio, resource, signal, sys\n"
        "from service.errors import StoreError\n"
        "from service.store import open_store\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1]) as store:\n"
        "        account = await store.open_account('k')\n"
        "        await account.enter()\n"
        "        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "        try:\n"
        "            while True: await account.enter()\n"
        "        except StoreError as error: print(error)\n"
        "asyncio.run(main())\n"
    )

    finished = run_python(script, name_url(path))

    assert (finished.returncode, finished.stderr) == (0, "")
    assert "the disk" in finished.stdout
    assert ADVICE in finished.stdout


@pytest.mark.parametrize("name", CALLS)
async def test_a_file_that_was_removed_is_noticed(
    store: Store, path: Path, tmp_path: Path, name: str
) -> None:
    """SQLite would go on writing into a file that no longer has a name."""
    _move(path, tmp_path / "away.db")

    with pytest.raises(StoreError, match="removed or replaced while it was open"):
        await CALLS[name](store)

    assert not path.exists()  # noqa: ASYNC240  # a single look


async def test_a_file_that_was_replaced_is_noticed(
    store: Store, path: Path, tmp_path: Path
) -> None:
    """A backup that is put back under a running service is another file."""
    shutil.copy(path, tmp_path / "copy.db")
    _move(tmp_path / "copy.db", path)

    with pytest.raises(StoreError, match="start Readout again"):
        await store.save_summary(make_summary())


async def test_a_file_that_is_put_back_works_again(
    store: Store, path: Path, tmp_path: Path
) -> None:
    """Nothing was lost, and nobody has to start anything."""
    _move(path, tmp_path / "away.db")
    with pytest.raises(StoreError):
        await store.check()

    _move(tmp_path / "away.db", path)

    await store.check()


def test_faults_of_other_kinds_are_told_by_their_code(path: Path) -> None:
    """A code that nobody thought of must be findable in SQLite's documentation."""
    error = sqlite3.OperationalError("near “soybeans”: syntax error")
    error.sqlite_errorcode = sqlite3.SQLITE_NOLFS
    error.sqlite_errorname = "SQLITE_NOLFS"

    with (
        pytest.raises(StoreError, match="it answers SQLITE_NOLFS; set") as caught,
        translate_faults(path),
    ):
        raise error

    assert "soybeans" not in str(caught.value)


def test_a_number_that_no_column_holds_is_told(path: Path) -> None:
    """The driver raises what neither SQLAlchemy nor SQLite knows of."""
    with (
        connect(path) as connection,
        pytest.raises(StoreError, match="a number is too large for it"),
        translate_faults(path),
    ):
        connection.execute("SELECT ?", (1 << 64,))


def test_no_free_connection_is_busy(path: Path) -> None:
    """It is a matter of load, and of time."""
    with pytest.raises(StoreBusyError, match="all connections are taken"), translate_faults(path):
        raise PoolTimeoutError


def test_a_defect_is_not_taken_for_a_fault_of_the_database(path: Path) -> None:
    """Telling people to look for another disk would hide it."""
    with pytest.raises(KeyError), translate_faults(path):
        raise KeyError
