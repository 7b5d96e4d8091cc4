"""Addresses of databases are told apart, and shown without what is secret in them."""

import pytest

from service.addresses import is_postgres, mask_postgres, names_database
from service.settings import Settings

SHOWN = "postgresql://host:5433/name"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (SHOWN, SHOWN),
        ("postgres://host:5433/name", SHOWN),
        ("postgresql://me:secret@host:5433/name", SHOWN),
        ("postgresql://me:secret%2F%40@host:5433/name?sslmode=require", SHOWN),
        ("postgresql://me:#secret?@host:5433/name", SHOWN),
        ("postgresql://host:5433/name?user=me&password=secret@x", SHOWN),
        ("postgresql://me@host:5433/name?options=-csecret", SHOWN),
        ("postgresql:///name?host=/run/secret", "postgresql:///name"),
        ("postgresql://me:secret@[::1]:5433/name", "postgresql://[::1]:5433/name"),
        ("postgresql://me:secret@one:1,two:2/name", "postgresql://one:1,two:2/name"),
        ("postgresql://host", "postgresql://host"),
        ("postgresql://me:sec/ret@host/name", "postgresql://(not shown)"),
        ("postgresql://me:secret/@host/name#", "postgresql://(not shown)"),
        ("postgresql://me:sec@secret@host/name", "postgresql://(not shown)"),
    ],
)
def test_of_a_server_only_host_port_and_database_are_shown(url: str, shown: str) -> None:
    """What cannot be told apart from a password is not shown at all."""
    assert mask_postgres(url) == shown
    assert Settings(database_url=url).describe()["READOUT_DATABASE_URL"][0] == shown


@pytest.mark.parametrize("url", ["postgresql://h/d", "postgres://h/d", "sqlite:///a.db"])
def test_both_kinds_of_databases_are_named_by_a_url(url: str) -> None:
    """The prefix decides."""
    assert names_database(url)
    assert is_postgres(url) == url.startswith("postgres")


@pytest.mark.parametrize(
    "url", ["", "sqlite:///", "postgresql://", "postgresql:name", "mysql://h/d", "readout.db"]
)
def test_what_names_no_database_is_told(url: str) -> None:
    """Before anything is opened."""
    assert not names_database(url)
