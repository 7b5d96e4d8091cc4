"""The commands on PostgreSQL, run as a user runs them."""

import json
from pathlib import Path

import pytest

from tests.cli.processes import run
from tests.postgres import Server


@pytest.fixture
def url(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Set a new database of a PostgreSQL server; return what is shown of it."""
    monkeypatch.setenv("READOUT_DATABASE_URL", postgres_url)
    return f"postgresql://{postgres_url.rpartition('@')[2]}"


def test_what_was_read_is_stored_reported_and_pruned(url: str, article: Path) -> None:
    """One variable makes the difference to a file."""
    migrated = run("store", "migrate", "--json")
    first, second = (run("summarize", "--json", str(article)) for _ in range(2))
    shown = run("store", "show", "--json")
    pruned = run("store", "prune", "--before", "2100-01-01", "--json")

    assert json.loads(migrated.out)["before"] == "none"
    assert (first.code, second.out) == (0, first.out)
    report = json.loads(shown.out)
    assert (report["database"], report["summaries"]) == (url, 1)
    assert report["size_bytes"] > 0
    assert json.loads(pruned.out)["summaries"] == 1


def test_settings_show_no_password(url: str) -> None:
    """They are sent to whoever helps."""
    listed = run("settings", COLUMNS="300")

    assert f" {url} " in listed.out
    assert "%40ss" not in listed.out


def test_a_server_that_refuses_is_one_sentence(postgres_server: Server) -> None:
    """Not the driver's traceback, and without the password."""
    wrong = postgres_server.name_url(password="secret")

    result = run("store", "show", READOUT_DATABASE_URL=wrong)

    assert (result.code, result.out) == (2, "")
    assert "the server refuses the user or the password" in result.sentence
    assert "secret" not in result.sentence
