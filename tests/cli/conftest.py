"""What the tests of the command line share."""

import shutil
import socket
from pathlib import Path

import pytest

from tests.builders import ARTICLE_TEXT, build_draft
from tests.cli.processes import Result, run_with
from tests.standin import complete


@pytest.fixture
def ipv6() -> None:
    """Skip the test on a machine, or in a container, that has no IPv6."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return
    except OSError as error:
        pytest.skip(f"no IPv6 here: {error.strerror}")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return the path of a file that holds the default article."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE_TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def first_reading(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Read the default article once; return the database, and what ``summarize --json`` left."""
    folder = tmp_path_factory.mktemp("first-reading")
    database = folder / "readout.db"
    result = run_with(
        [complete(build_draft().model_dump_json())], "summarize", "--json", "-",
        stdin=ARTICLE_TEXT.encode(), READOUT_DATABASE_URL=f"sqlite:///{database}",
    )  # fmt: skip
    assert result.code == 0, result.err
    return database, result


@pytest.fixture
def already_read(
    first_reading: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Result:
    """Set a database of the test's own in which the default article is; return its reading."""
    database, result = first_reading
    own = Path(shutil.copy(database, tmp_path / "own.db"))
    monkeypatch.setenv("READOUT_DATABASE_URL", f"sqlite:///{own}")
    return result
