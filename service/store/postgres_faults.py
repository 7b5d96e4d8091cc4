"""What PostgreSQL and its driver say, in Readout's own errors.

Owns the tables from SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) and
from what libpq tells of connections to faults. Knows no statement and no table; a password is in
no sentence.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.addresses import mask_postgres
from service.errors import StoreAwayError, StoreBusyError
from service.showing import show
from service.store.faults import (
    ALL_TAKEN,
    BUSY,
    DAMAGED,
    DENIED,
    DISK_FAILS,
    DISK_FULL,
    MISSING_TABLES,
    READ_ONLY,
    TOO_LARGE,
    TOO_LONG,
    Fault,
    Label,
    describe,
)

ELSEWHERE = "set READOUT_DATABASE_URL to another database"
"""The advice where a server will not do."""
COLLISIONS = {"40001", "40P01"}
"""Two transactions that cannot both go on: one of them is to be done again."""
UNPARSABLE = Fault(
    "its address cannot be parsed",
    "write it postgresql://USER:PASSWORD@HOST:PORT/NAME, with %2F for a slash in the password and "
    "%40 for an @, and only parameters that libpq knows",
)
WRONG_ENCODING = Fault(
    "its encoding is not UTF8", "make one with `createdb --encoding=UTF8 --template=template0`"
)
_START_IT = "start the server, or check host and port in READOUT_DATABASE_URL"
_AWAY = Fault("the server closed the connection", "try again once it is back", StoreAwayError)
_STARTING = Fault("the server is starting or stopping", "try again", StoreAwayError)
_UNREACHABLE = Fault("the server cannot be reached", _START_IT, StoreAwayError)
UNNAMED = Fault("its host or port leads nowhere", "check both in READOUT_DATABASE_URL")
_REFUSED = Fault(
    "the server refuses the user or the password", "check both in READOUT_DATABASE_URL"
)
_MISSING = Fault("there is no database of that name", "make it with `createdb`, or {elsewhere}")
_UNENCRYPTED = Fault(
    "no encrypted connection can be made", "check sslmode and certificates in READOUT_DATABASE_URL"
)
_CROWDED = Fault(
    "the server takes no more connections",
    "try again, or raise its max_connections",
    StoreBusyError,
)
_EXHAUSTED = Fault("the server lacks memory or another resource", "try again", StoreBusyError)

_FAULTS = {
    "22003": TOO_LARGE,
    "25006": READ_ONLY,
    "28000": _REFUSED,
    "28P01": _REFUSED,
    "3D000": _MISSING,
    "3F000": MISSING_TABLES,
    "40001": BUSY,
    "40P01": BUSY,
    "42501": DENIED,
    "42703": MISSING_TABLES,
    "42P01": MISSING_TABLES,
    "53100": DISK_FULL,
    "53300": _CROWDED,
    "54000": TOO_LONG,
    "55P03": BUSY,
    "57014": BUSY,
    "57P03": _STARTING,
    "58030": DISK_FAILS,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
_CLASSES = {"08": _AWAY, "53": _EXHAUSTED, "57": _AWAY}
"""By the first two characters, where the code itself is not in the table."""
_SAYINGS = {
    "password authentication failed|no password supplied": _REFUSED,
    "role .* does not exist|no pg_hba.conf entry": _REFUSED,
    "database .* does not exist": _MISSING,
    "invalid .* value": UNPARSABLE,
    "SSL|certificate": _UNENCRYPTED,
    "resolve host|translate host name": UNNAMED,
    "too many clients|too many connections|connection slots": _CROWDED,
    "starting up|shutting down|in recovery|not currently accepting": _STARTING,
    "refused|timeout|timed out|No such file|[Uu]nreachable|No route": _UNREACHABLE,
    "closed|lost|terminat|reset by peer|Broken pipe|EOF": _AWAY,
}
"""What libpq and the server say where no code is given: while connecting, and of a lost one."""


def label_server(url: str) -> Label:
    """Return what sentences say of the database at ``url``."""
    return Label(mask_postgres(url), ELSEWHERE)


@contextmanager
def translate_faults(label: Label) -> Iterator[None]:
    """Turn what SQLAlchemy and the driver raise into a ``StoreError``.

    ``StoreBusyError`` where waiting helps, ``StoreAwayError`` where the server must come back.
    Errors of other kinds are defects, and pass.
    """
    try:
        yield
    except DBAPIError as error:
        fault = classify(error.orig)
        raise describe(label, fault) from (None if fault is UNPARSABLE else error)
    except PoolTimeoutError as error:
        raise describe(label, ALL_TAKEN) from error


def is_collision(error: DBAPIError) -> bool:
    """Say whether the transaction came into another's way, and can be done again."""
    return getattr(error.orig, "sqlstate", None) in COLLISIONS


def classify(error: BaseException | None) -> Fault:
    """Return what a driver's error means: by its ``sqlstate``, else by what it says."""
    code: str | None = getattr(error, "sqlstate", None)
    if code is None:
        return _classify_saying(str(error))
    known = _FAULTS.get(code) or _CLASSES.get(code[:2])
    return known or Fault(f"it answers SQLSTATE {code}")


def _classify_saying(saying: str) -> Fault:
    for pattern, fault in _SAYINGS.items():
        if re.search(pattern, saying):
            return fault
    # Only the server's own words can be shown: what libpq says may repeat a part of the password.
    told = re.search(r"FATAL: +(.*)", saying)
    return Fault(f"it answers {show(told[1])}" if told else "no connection can be made")
