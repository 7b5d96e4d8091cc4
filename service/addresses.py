"""The addresses of databases: which kind one names, and how it is shown.

Owns the two forms of ``READOUT_DATABASE_URL`` and the mask over what is secret in them. Knows no
database and no driver.
"""

import re

SQLITE_PREFIX = "sqlite:///"
POSTGRES_PREFIXES = ("postgresql://", "postgres://")
"""Both are libpq's own: https://www.postgresql.org/docs/current/libpq-connect.html, 32.1.1.2."""
FORMS = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
"""How a database is named, for messages."""
HIDDEN = "postgresql://(not shown)"
"""What is shown of an address in which the password cannot be told apart from the rest."""
_POSTGRES = re.compile(r"postgres(?:ql)?://(?:[^/@]*@)?([^/?#@]*(?:/[^/?#@]*)?)(?:\?.*)?")
"""What libpq takes for the account ends at the first @ before a slash."""


def is_postgres(url: str) -> bool:
    """Say whether ``url`` names a database of PostgreSQL."""
    return url.startswith(POSTGRES_PREFIXES)


def names_database(url: str) -> bool:
    """Say whether ``url`` has one of the two forms, with something behind the prefix."""
    prefixes = (SQLITE_PREFIX, *POSTGRES_PREFIXES)
    return any(url.startswith(prefix) and len(url) > len(prefix) for prefix in prefixes)


def mask_postgres(url: str) -> str:
    """Return ``url`` with host, port and database only: no user, password or parameter.

    ``HIDDEN`` where these cannot be told apart, as with a bare slash in the password.
    """
    found = _POSTGRES.fullmatch(url)
    return f"postgresql://{found[1]}" if found else HIDDEN
