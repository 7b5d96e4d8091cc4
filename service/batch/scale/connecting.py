"""Connections of pgqueuer's driver, which is asyncpg, and what it says in Readout's own errors.

Owns how libpq's parameters are told to it: the one address serves both drivers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import asyncpg
from pgqueuer.domain.errors import FailingListenerError

from service.errors import StoreAwayError
from service.store.backend import BUSY_TIMEOUT_S
from service.store.faults import Fault, Label, describe
from service.store.postgres import parse_address
from service.store.postgres_faults import classify

CONNECT_TIMEOUT_S = 5.0
"""Seconds after which a server that does not answer is taken to be away."""
UNDERSTOOD = (
    "host port user password dbname passfile sslmode sslcert sslkey sslrootcert sslcrl sslpassword "
    "ssl_min_protocol_version ssl_max_protocol_version target_session_attrs krbsrvname gsslib "
    "options"
).split()
"""Parameters of libpq that asyncpg has too; any other it would send to the server as a setting."""
_LOST = Fault("the server cannot be reached", "try again once it is back", StoreAwayError)


async def connect(url: str) -> asyncpg.Connection:
    """Return a new connection to the database at ``url``; raises the driver's errors."""
    return await asyncpg.connect(
        translate_address(url),
        timeout=CONNECT_TIMEOUT_S,
        server_settings={
            "application_name": "readout",
            "lock_timeout": str(round(BUSY_TIMEOUT_S * 1_000)),
        },
    )


def translate_address(url: str) -> str:
    """Return ``url`` as asyncpg reads it; ``StoreError`` where it cannot be parsed."""
    _, given = parse_address(url)
    given["host"] = given.get("hostaddr") or given.get("host")
    kept = {name: given[name] for name in UNDERSTOOD if given.get(name)}
    return f"postgresql://?{urlencode(kept, quote_via=quote)}"


@contextmanager
def translate_faults(label: Label) -> Iterator[None]:
    """Turn what asyncpg and pgqueuer raise for the database's sake into a ``StoreError``."""
    try:
        yield
    except asyncpg.PostgresError as error:
        raise describe(label, classify(error)) from error
    except (asyncpg.InterfaceError, FailingListenerError, OSError, TimeoutError) as error:
        raise describe(label, _LOST) from error
